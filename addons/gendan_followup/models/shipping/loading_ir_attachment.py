from odoo import api, models


class IrAttachment(models.Model):
    """The photos of a closed loading report are as closed as the report (X5)."""

    _inherit = "ir.attachment"

    @api.model
    def _evidence_models(self):
        return (*super()._evidence_models(), "gendan.loading.photo")
