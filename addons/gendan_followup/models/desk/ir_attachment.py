from odoo import api, models


class IrAttachment(models.Model):
    """The file of an answer is evidence."""

    _inherit = "ir.attachment"

    @api.model
    def _evidence_models(self):
        return (*super()._evidence_models(), "gendan.task.answer", "gendan.customer.log")
