from odoo import api, fields, models


class StockCounter(models.Model):
    """The row that a stock check UPDATEs first, one per product (X6)."""

    _name = "gendan.stock.counter"
    _description = "Stock check counter"
    _log_access = False

    product_id = fields.Many2one("product.product", required=True, ondelete="cascade")
    hand_count = fields.Integer(default=0, required=True)

    _one_product = models.Constraint("UNIQUE (product_id)", "A product has one counter.")

    @api.model
    def _ensure(self, products):
        """Create the missing counters."""
        known = self.search([("product_id", "in", products.ids)]).product_id
        self.create([{"product_id": product.id} for product in products - known])
