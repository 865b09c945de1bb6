from odoo import api, models


class IrAttachment(models.Model):
    """The photos of checks and first articles are evidence."""

    _inherit = "ir.attachment"

    @api.model
    def _evidence_models(self):
        return (*super()._evidence_models(), "gendan.check.sheet.line", "gendan.first.article",
                "gendan.abnormality", "gendan.patrol", "gendan.deviation")
