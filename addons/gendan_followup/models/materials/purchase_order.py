from contextlib import contextmanager

from odoo import api, fields, models

from ..foundation.gate_mixin import Gate, gate

# an order in one of these is on its way to the supplier
ORDERED_STATES = ("to approve", "purchase")
# orders that passed every gate together and are being placed one by one; on the cursor,
# where no caller reaches it
PLACING = "gendan_followup.orders_placing"


class PurchaseOrder(models.Model):
    """Packaging and special material are ordered for a notice in force only (D1.10, D3.1)."""

    _name = "purchase.order"
    _inherit = ["purchase.order", "gendan.gate.mixin"]

    need_ids = fields.Many2many("gendan.need", compute="_compute_need_ids", string="Needs")
    is_for_needs = fields.Boolean(
        "Packaging or special material", compute="_compute_is_for_needs")
    excess_warning = fields.Text("Please look again", compute="_compute_excess_warning")

    @api.depends("order_line.allocation_ids.need_id")
    def _compute_need_ids(self):
        for order in self:
            order.need_ids = order.order_line.allocation_ids.need_id

    @api.depends("order_line.product_id")
    def _compute_is_for_needs(self):
        for order in self:
            order.is_for_needs = bool(order.order_line._for_needs())

    @api.depends("order_line.product_qty", "order_line.allocation_ids.quantity")
    @api.depends_context("lang")
    def _compute_excess_warning(self):
        for order in self:
            order.excess_warning = "\n".join(order._gendan_on().order_line._excess_texts()) or False

    # ------------------------------------------------------------------ gates

    @gate("purchase.confirm", "D1.10 D2.1")
    def _gate_purchase(self):
        """What is bought for a notice waits until it is valid and nothing holds it."""
        allocations = self.sudo().order_line.allocation_ids
        notice_unmet = allocations.need_id.notice_id._gate_unmet("_gate_work")
        by_order = allocations.grouped(lambda allocation: allocation.purchase_line_id.order_id)
        return {order.id: [
            unmet for notice in by_order.get(
                order.sudo(), allocations.browse()).need_id.notice_id
            for unmet in notice_unmet.get(notice.id, [])] for order in self}

    @gate("purchase.allocation", "D3.1 D3.2 D3.12 X3")
    def _gate_allocation(self):
        """Packaging and special material are bought for the need of a notice."""
        return {order.id: [unmet for line in order.sudo().order_line._for_needs()
                           for unmet in line._allocation_conditions()] for order in self}

    # ----------------------------------------------------------------- waists

    def button_confirm(self):
        """Judge all orders at once, then place them."""
        ordering = self.filtered(lambda order: order.state in ("draft", "sent"))
        ordering._place_within_limits()
        with ordering._being_placed():
            return super().button_confirm()

    @api.model_create_multi
    def create(self, vals_list):
        """An order that is born ordered has passed no gate."""
        orders = super().create(vals_list)
        orders.filtered(lambda order: order.state in ORDERED_STATES)._place_within_limits()
        return orders

    def write(self, vals):
        """Order only what a notice in force needs, by whatever door (X4)."""
        if vals.get("state") in ORDERED_STATES:
            placing = self.env.cr.cache.get(PLACING, ())
            self.filtered(lambda order: order.state not in ORDERED_STATES
                          and order.id not in placing)._place_within_limits()
        elif "state" in vals:
            self.filtered(lambda order: order.state in ORDERED_STATES)._check_receipts_closed()
        result = super().write(vals)
        if vals.get("state") == "cancel":
            # what was cut may settle an over-limit case
            self._gendan_on().sudo().order_line.allocation_ids.need_id._review_open_cases()
        return result

    def _check_receipts_closed(self):
        """Refuse to take back an order whose goods may still come in (D3.3–D3.5, X4).

        A draft and a cancelled order count for nothing, so that twice the limit could arrive.
        Cancelling by its button cancels the receipts first.
        """
        waiting = self._gendan_on().filtered(lambda order: any(
            move.state not in ("done", "cancel")
            for move in order.sudo().order_line._for_needs().move_ids))
        if waiting:
            self.env["gendan.audit"]._refuse(
                Gate("purchase.take_back", "D3.3 D3.4 D3.5 X4"), waiting, self.env._(
                    "%s: the receipt of these goods is still open. Cancel the order, which "
                    "cancels the receipt with it.", ", ".join(waiting.mapped("name"))))

    def _place_within_limits(self):
        """Let these orders be placed, or refuse them (D3.1–D3.5).

        First the turn of every need, in id order, then the sums: of two buyers at once the
        second one sees what the first one ordered (X6).
        """
        orders = self._gendan_on()
        if not orders:
            return
        orders._pass_gate("_gate_purchase")
        lines = orders.sudo().order_line._for_needs()
        if not lines:
            return
        orders._pass_gate("_gate_buyer")
        needs = lines.allocation_ids.need_id
        needs._take_turn()
        needs._refresh_tolerance()
        orders._pass_gate("_gate_allocation")
        lines._settle_allocations()
        with lines._confirming():
            needs.with_env(self.env)._pass_gate("_gate_limit")
        buying = lines.order_id
        buying._log_excess()
        with lines._confirming():
            needs._clear_special()
        # the server's stamps; no user writes them
        buying.write(orders._prepare_buyer())

    @contextmanager
    def _being_placed(self):
        """Note that these orders passed together, while core places them one by one."""
        placing = self.env.cr.cache.setdefault(PLACING, set())
        new = set(self.ids) - placing
        placing |= new
        try:
            yield
        finally:
            placing -= new

    def _log_excess(self):
        """Keep the warning about special material on the order: it goes through (D3.12)."""
        texts = {order.id: "\n".join(order.order_line._excess_texts()) for order in self}
        warned = self.filtered(lambda order: texts[order.id])
        if warned:
            warned._message_log_batch({order.id: texts[order.id] for order in warned})

    def action_allocate(self):
        """Allocate the lines of a draft to the open needs, the earliest delivery first."""
        self.ensure_one()
        self.check_access("write")
        self.order_line._for_needs()._allocate_open_needs()
        return True
