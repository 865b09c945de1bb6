from odoo import api, models

from ..foundation.gate_mixin import gate

# an order in one of these is on its way to the supplier
ORDERED_STATES = ("to approve", "purchase")


class PurchaseOrder(models.Model):
    """Packaging and special material are ordered for a notice in force only (D1.10)."""

    _name = "purchase.order"
    _inherit = ["purchase.order", "gendan.gate.mixin"]

    @gate("purchase.confirm", "D1.10 D2.1")
    def _gate_purchase(self):
        """What is bought for a notice waits until it is valid and nothing holds it."""
        allocations = self.env["gendan.purchase.allocation"].sudo().search(
            [("purchase_line_id", "in", self.order_line.ids)])
        notice_unmet = allocations.need_id.notice_id._gate_unmet("_gate_work")
        by_order = allocations.grouped(lambda allocation: allocation.purchase_line_id.order_id)
        return {order.id: [
            unmet for notice in by_order.get(
                order.sudo(), allocations.browse()).need_id.notice_id
            for unmet in notice_unmet.get(notice.id, [])] for order in self}

    @api.model_create_multi
    def create(self, vals_list):
        """An order that is born ordered has passed no gate."""
        orders = super().create(vals_list)
        orders.filtered(lambda order: order.state in ORDERED_STATES)._pass_gate("_gate_purchase")
        return orders

    def write(self, vals):
        """Order only what a notice in force needs, by whatever door (X4)."""
        if vals.get("state") in ORDERED_STATES:
            self.filtered(lambda order: order.state not in ORDERED_STATES)._pass_gate(
                "_gate_purchase")
        return super().write(vals)
