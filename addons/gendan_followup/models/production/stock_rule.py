from odoo import models


class StockRule(models.Model):
    """What replenishment proposes stays a draft until the merchandiser decides."""

    _inherit = "stock.rule"

    def _should_auto_confirm_procurement_mo(self, p):
        """Never confirm behind the merchandiser's back; an error here would stop the scheduler."""
        return not p.company_id.uses_gendan and super()._should_auto_confirm_procurement_mo(p)

    def _get_stock_move_values(self, product_id, product_qty, product_uom, location_id, name,
                               origin, company_id, values):
        """A sales order never makes to order: the notice decides what is made (design 3)."""
        result = super()._get_stock_move_values(
            product_id, product_qty, product_uom, location_id, name, origin, company_id, values)
        if values.get("sale_line_id") and company_id.uses_gendan:
            result["procure_method"] = "make_to_stock"
        return result
