from odoo import api, models

from .purchase_order import ORDERED_STATES


class PurchaseOrderLine(models.Model):
    """A version that comes onto an order later has to be settled as well (X4)."""

    _inherit = "purchase.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        """Judge the order that got another line after it was placed."""
        lines = super().create(vals_list)
        lines._judge_packaging()
        return lines

    def write(self, vals):
        """Judge the order whose line buys something else from now on."""
        result = super().write(vals)
        if vals.keys() & {"product_id", "order_id"}:
            self._judge_packaging()
        return result

    def _judge_packaging(self):
        self.order_id.filtered(lambda order: order.state in ORDERED_STATES)._pass_gate(
            "_gate_packaging")
