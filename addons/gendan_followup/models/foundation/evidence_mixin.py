from odoo import api, fields, models
from odoo.exceptions import UserError


class EvidenceMixin(models.AbstractModel):
    """Rows that are written once and never again (D1.12, X5).

    Users are kept away by the system mixin; this keeps other apps' code under sudo away
    from `write` and `unlink` as well: what was signed is changed by a later row and by
    nothing else. Who and when (`_evidence_stamps`) are always the server's.
    """

    _name = "gendan.evidence.mixin"
    _inherit = ["gendan.system.mixin"]
    _description = "Evidence, written once"

    # field of the person, field of the time
    _evidence_stamps = ()

    @api.model_create_multi
    def create(self, vals_list):
        """Stamp the row with the present user and the present time, whatever was sent."""
        stamps = dict(zip(self._evidence_stamps, (self.env.uid, fields.Datetime.now()),
                          strict=False))
        return super().create([{**vals, **stamps} for vals in vals_list])

    # pylint: disable-next=method-required-super
    def write(self, vals):
        """Refuse: evidence is not edited (D1.12).

        :raise UserError: always, unless nothing is written
        """
        if not vals or not self:
            return True
        self._check_system_only()
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
        return self.env._(
            "%(kind)s %(record)s is kept as evidence: it is never edited, copied or deleted. "
            "What is wrong in it is corrected by a later entry.",
            kind=self.env["ir.model"]._get(self._name).name,
            record=self[:1].sudo().display_name or "",
        )
