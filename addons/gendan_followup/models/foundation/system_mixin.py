from odoo import api, models
from odoo.exceptions import AccessError

from .gate_mixin import Gate


class SystemMixin(models.AbstractModel):
    """Rows that only the steps of the system write (D1.9, D1.12).

    Nobody has rights to create, edit or delete them. The refusal stands here and not in
    the access rights alone, because an administrator may grant himself those, and because
    an attempt to forge evidence is on record (X5).
    """

    _name = "gendan.system.mixin"
    _description = "Written by the system only"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse rows that a user makes up.

        :raise AccessError: by anybody; the steps create in sudo behind their gates
        """
        self._check_system_only()
        return super().create(vals_list)

    def write(self, vals):
        """Refuse what a user would write himself.

        :raise AccessError: by anybody; the steps write in sudo behind their gates
        """
        if vals and self:
            self._check_system_only()
        return super().write(vals)

    def unlink(self):
        """Refuse what a user would delete.

        :raise AccessError: by anybody
        """
        if self:
            self._check_system_only()
        return super().unlink()

    def _check_system_only(self):
        if not self.env.su:
            self.env["gendan.audit"]._refuse(
                Gate("system.only", "D1.9 D1.12 X5"), self, self._system_message(), AccessError)

    def _system_message(self):
        return self.env._(
            "%(kind)s %(record)s is written by the steps of the work only, never by hand.",
            kind=self.env["ir.model"]._get(self._name).name,
            record=self[:1].sudo().display_name or "")
