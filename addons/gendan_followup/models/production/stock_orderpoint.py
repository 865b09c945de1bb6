from odoo import models


class StockWarehouseOrderpoint(models.Model):
    """Replenishment proposals of manufacturing stay drafts (traps 9.5)."""

    _inherit = "stock.warehouse.orderpoint"

    def _post_process_scheduler(self):
        """Core would confirm all draft orders of these rules here."""
        gated = self.filtered(lambda orderpoint: orderpoint.company_id.uses_gendan)
        return super(StockWarehouseOrderpoint, self - gated)._post_process_scheduler()
