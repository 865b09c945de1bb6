from odoo import api, models


class IrAttachment(models.Model):
    """Artwork, proofs, mark drawings and photos of sample cartons are evidence."""

    _inherit = "ir.attachment"

    @api.model
    def _evidence_models(self):
        return (*super()._evidence_models(), "gendan.plate.job", "gendan.carton.sample",
                "gendan.carton.specification")
