from odoo import models


class ProductionNotice(models.Model):
    _name = "gendan.production.notice"
    _inherit = ["gendan.production.notice", "gendan.incident.source.mixin"]

    def _prepare_incident(self):
        """Link the notice itself, and its product where there is one only."""
        products = self.line_ids.product_id
        return {"notice_id": self.id, "product_id": products.id if len(products) == 1 else False}
