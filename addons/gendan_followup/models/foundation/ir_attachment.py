from odoo import api, models


class IrAttachment(models.Model):
    """The photo of a closed check is as closed as the check (X5).

    Whoever may write a record may otherwise replace or delete the file behind its
    photo field directly, without the record knowing.
    """

    _inherit = "ir.attachment"

    @api.model
    def _evidence_models(self):
        """Return the models whose photos are evidence; the rooms add theirs.

        Each of them has a method `_check_photos_open` that raises while its record is closed.
        """
        return ()

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse a second photo behind the field of a closed record."""
        attachments = super().create(vals_list)
        attachments._check_evidence()
        return attachments

    def write(self, vals):
        """Refuse to change the photo of a closed record, or to move it away or there."""
        self._check_evidence()
        result = super().write(vals)
        if vals.keys() & {"res_model", "res_id", "res_field"}:
            self._check_evidence()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        self._check_evidence()

    def _check_evidence(self):
        # whose photo it is must be known even where the user may not read the record
        photos = self.sudo().filtered(
            lambda a: a.res_field and a.res_model in self._evidence_models())
        for model, group in photos.grouped("res_model").items():
            self.env[model].sudo().browse(group.mapped("res_id")).exists()._check_photos_open()
