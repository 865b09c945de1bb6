from odoo import api, fields, models
from odoo.tools import SQL


class StockCounter(models.Model):
    """The row that a stock check UPDATEs first, one per product (X6)."""

    _name = "gendan.stock.counter"
    _description = "Stock check counter"
    _log_access = False

    product_id = fields.Many2one("product.product", required=True, ondelete="cascade")
    hand_count = fields.Integer(default=0, required=True)

    _one_product = models.Constraint("UNIQUE (product_id)", "A product has one counter.")

    @api.model
    def _raise(self, products):
        """Raise the counters of these products, in id order, in one statement.

        It also makes the missing ones: two first checks of a product in the same second
        would otherwise both try, and one of them fail for good.
        """
        self.env.cr.execute(SQL(
            """
            INSERT INTO gendan_stock_counter AS counter (product_id, hand_count)
                 SELECT unnest(%s), 1
            ON CONFLICT (product_id) DO UPDATE SET hand_count = counter.hand_count + 1
            """, sorted(products.ids)))
        self.invalidate_model(["hand_count"])
