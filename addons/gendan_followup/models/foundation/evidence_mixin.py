from odoo import api, models
from odoo.exceptions import UserError


class EvidenceMixin(models.AbstractModel):
    """Rows that are written once and never again (D1.12, X5).

    Access rights keep users away from `create`; this keeps everybody away from
    `write` and `unlink`, other apps' code under sudo included: what was signed
    is changed by a later row and by nothing else.
    """

    _name = "gendan.evidence.mixin"
    _description = "Evidence, written once"

    def write(self, vals):
        """Refuse: evidence is not edited (D1.12).

        :raise UserError: always, unless nothing is written
        """
        if not vals or not self:
            return True
        raise UserError(self._evidence_message())

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self._evidence_message())

    def copy_data(self, default=None):
        """Refuse: a copy of evidence would be a forgery (D1.12).

        :raise UserError: always
        """
        raise UserError(self._evidence_message())

    def _evidence_message(self):
        return self.env._("%(kind)s %(record)s is kept as evidence: it is never edited, copied or deleted. "
                 "What is wrong in it is corrected by a later entry.",
                 kind=self._description, record=self[:1].sudo().display_name or "")
