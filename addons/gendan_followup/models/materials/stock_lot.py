from odoo import api, models


class StockLot(models.Model):
    """Keepers create lots at receipts, although core gives a new lot its cost price."""

    _inherit = "stock.lot"

    @api.model_create_multi
    def create(self, vals_list):
        """Let core read the cost price of a new lot in sudo when the keeper may not see it."""
        if self.env["gendan.price.guard"]._is_price_blind():
            self.check_access("create")
            return super(StockLot, self.sudo()).create(vals_list).sudo(False)
        return super().create(vals_list)
