from odoo import api, fields, models
from odoo.tools import float_compare

from ...calc import tolerance


class PurchaseOrderLine(models.Model):
    """How much a line may be, beside the number that is typed (D3.2 to D3.5).

    It is the figure that confirming judges by, so that nobody learns of the limit by a refusal.
    """

    _inherit = "purchase.order.line"

    most_quantity = fields.Float(
        "At most", digits="Product Unit", compute="_compute_most_quantity",
        help="What the limits of its notices leave for this line, in its unit.")
    is_above_limit = fields.Boolean(compute="_compute_most_quantity")

    @api.depends("product_qty", "product_id", "product_uom_id", "allocation_ids.need_id", "state")
    def _compute_most_quantity(self):
        self.most_quantity = 0
        self.is_above_limit = False
        lines = self._for_needs()
        for line in lines - lines._ordered():
            needs = line.allocation_ids.need_id.filtered(lambda need: need.kind != "raw")
            factor = line.product_id._pieces_factor(line.product_uom_id)
            if not needs or not factor:
                continue
            room = sum(max(tolerance.exact(need.headroom), 0) for need in needs)
            line.most_quantity = float(
                tolerance.limit_quantity(room, tolerance.exact(factor)))
            line.is_above_limit = float_compare(
                line.product_qty, line.most_quantity, precision_digits=2) > 0
