from odoo import api, models
from odoo.exceptions import AccessError

from odoo.addons.gendan_followup.models.foundation.gate_mixin import Gate


class LiabilityTextMixin(models.AbstractModel):
    """Master data of the text: nobody changes it, only an update of this module does.

    The refusal stands here and not in the access rights alone: an administrator may grant
    himself those, and other apps' code runs under sudo.
    """

    _name = "gendan.liability.text.mixin"
    _description = "Given by the text"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse what is not in the text.

        :raise AccessError: unless a module is being installed or updated
        """
        self._check_text()
        return super().create(vals_list)

    def write(self, vals):
        """Refuse to rewrite the text.

        :raise AccessError: unless a module is being installed or updated
        """
        if vals and self:
            self._check_text()
        return super().write(vals)

    def unlink(self):
        """Refuse to strike a rule from the text.

        :raise AccessError: unless a module is being installed or updated
        """
        if self:
            self._check_text()
        return super().unlink()

    def _check_text(self):
        # the registry is ready only after all modules are loaded; no caller can change that
        if self.env.su and not self.pool.ready:
            return
        self.env["gendan.audit"]._refuse(
            Gate("liability.text", "L-G2"), self, self.env._(
                "%(kind)s %(record)s is given by the text: it changes with the text and by nothing "
                "else. What the words are worth in per cent is a setting.",
                kind=self._description, record=self[:1].sudo().display_name or ""), AccessError)
