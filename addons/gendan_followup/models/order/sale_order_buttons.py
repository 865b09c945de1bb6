from odoo import api, fields, models

from ..foundation.revision_mixin import LOCKED_STATES

# button → the gate that would refuse it: shown exactly when it would not be refused
BUTTONS = {
    "can_withdraw": "_gate_withdraw",
    "can_return": "_gate_return",
    "can_sign_finance": "_gate_sign_finance",
    "can_sign_sales_manager": "_gate_sign_sales_manager",
    "can_open_revision": "_gate_open_revision",
    "can_discard": "_gate_discard",
    "can_withdraw_signature": "_gate_withdraw_signature",
    "can_assign": "_gate_assign",
}


class SaleOrder(models.Model):
    """Which buttons this person sees on this order.

    Submit and verify are shown to the person whose work it is even while something is
    missing: the list of what is missing stands above them.
    """

    _inherit = "sale.order"

    can_submit = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")
    can_verify = fields.Boolean(compute="_compute_can")
    can_return = fields.Boolean(compute="_compute_can")
    can_sign_finance = fields.Boolean(compute="_compute_can")
    can_sign_sales_manager = fields.Boolean(compute="_compute_can")
    can_open_revision = fields.Boolean(compute="_compute_can")
    can_discard = fields.Boolean(compute="_compute_can")
    can_withdraw_signature = fields.Boolean(compute="_compute_can")
    can_assign = fields.Boolean(compute="_compute_can")
    can_invoice = fields.Boolean(compute="_compute_can", help="Invoices are made by finance.")
    can_edit = fields.Boolean(
        compute="_compute_can", help="The salesperson's fields are open to this user now.")

    @api.depends_context("uid")
    @api.depends("state", "revision_id", "revision_state", "valid_revision_id", "user_id",
                 "merchandiser_id")
    def _compute_can(self):
        orders = self._gendan_on().filtered("id")
        for button, method in BUTTONS.items():
            refused = orders._gate_unmet(method)
            for order in self:
                order[button] = order in orders and order.id not in refused
        invoices = self.env.user.has_group("account.group_account_invoice")
        for order in self:
            known = order in orders
            order.can_invoice = invoices
            own = order._may_edit_controlled()
            order.can_edit = own and order.state != "cancel" and not order._is_locked()
            order.can_submit = (known and own and order.state in ("draft", "sent", "sale")
                                and order.revision_state not in (*LOCKED_STATES, "void"))
            order.can_verify = known and not order._verifier_conditions()
            order.can_open_revision &= order.revision_state == "valid"
