from odoo import models


class StockMove(models.Model):
    """Reordering rules are looked for only where a product has one."""

    _inherit = "stock.move"

    def _update_orderpoints(self):
        return super(StockMove, self._with_orderpoint())._update_orderpoints()

    def _trigger_scheduler(self):
        return super(StockMove, self._with_orderpoint())._trigger_scheduler()

    def _with_orderpoint(self):
        """Return the moves of products that may have a reordering rule."""
        having = set(self.env["stock.warehouse.orderpoint"]._may_have(self.product_id).ids)
        return self.filtered(lambda move: move.product_id.id in having)
