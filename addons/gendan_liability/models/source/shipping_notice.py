from odoo import models


class ShippingNotice(models.Model):
    _name = "gendan.shipping.notice"
    _inherit = ["gendan.shipping.notice", "gendan.incident.source.mixin"]

    def _prepare_incident(self):
        """Link the shipping notice and the production notice behind it (L-S4, L-M5)."""
        products = self.line_ids.product_id
        return {
            "cause_id": self._cause("shipping"), "shipping_id": self.id,
            "notice_id": self.notice_id.id,
            "product_id": products.id if len(products) == 1 else False,
        }
