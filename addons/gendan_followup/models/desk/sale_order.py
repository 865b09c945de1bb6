from odoo import api, fields, models

from ..foundation.gate_mixin import Unmet, gate

FLAGGERS = ("merchandiser", "sales_manager", "plan_manager", "general_manager")


class SaleOrder(models.Model):
    """Which orders a merchandiser follows: submitted, not cancelled, not yet gone (D4.1)."""

    _inherit = "sale.order"

    is_followed = fields.Boolean(
        "Followed", compute="_compute_is_followed", store=True,
        help="Submitted once, not cancelled, and not everything has left.")

    # the board reads the open orders of one person, whatever history lies behind them
    _followed = models.Index("(merchandiser_id, commitment_date) WHERE is_followed IS TRUE")

    @api.depends("state", "merchandiser_id", "delivery_status", "notice_id.state")
    def _compute_is_followed(self):
        for order in self:
            order.is_followed = bool(
                order.merchandiser_id and order.state != "cancel"
                and order.delivery_status != "full"
                and order.sudo().notice_id.state not in ("done", "cancel"))

    @api.model_create_multi
    def create(self, vals_list):
        """Nobody marks his own order in entering it (D9.1)."""
        orders = super().create(vals_list)
        if not self.env.su and any(vals.get("is_flagged") for vals in vals_list):
            orders.filtered("is_flagged")._pass_gate("_gate_flag")
        return orders

    def write(self, vals):
        """Hold the mark behind its gate, by whatever door it comes (D9.1, X4)."""
        if "is_flagged" in vals and not self.env.su:
            self.filtered(lambda order: order.is_flagged != bool(vals["is_flagged"]))._pass_gate(
                "_gate_flag")
        return super().write(vals)

    def action_flag(self):
        """Mark domestic orders that need attention, or take the mark off (D9.1).

        :raise UserError: by who is neither merchandiser, sales manager nor plan manager
        """
        self._pass_gate("_gate_flag")
        for order in self.sudo():
            order.is_flagged = not order.is_flagged
        return True

    @gate("order.flag", "D9.1")
    def _gate_flag(self):
        """Which domestic orders need attention is said by merchandiser and managers (D9.1)."""
        user = self.env.user
        if any(user._principals(role) for role in FLAGGERS):
            return {}
        return {order.id: [Unmet(
            "role", self.env._("%s is not yours to mark", order.name),
            self.env._("%s does it", order.sudo().merchandiser_id.name or
                       self.env._("the merchandiser")))] for order in self}
