from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..foundation.revision import SIGNING_ROLES

YEAR = timedelta(days=365)


class SaleOrder(models.Model):
    """What finance and sales manager look at before they sign, and what comes next (X19)."""

    _inherit = "sale.order"

    waits_finance = fields.Boolean(
        "Waits for finance", compute="_compute_waits", search="_search_waits_finance")
    waits_sales_manager = fields.Boolean(
        "Waits for the sales manager", compute="_compute_waits",
        search="_search_waits_sales_manager")
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company currency")

    # finance
    deposit_needed = fields.Monetary(
        compute="_compute_deposit",
        help="What the payment terms ask for at once, before anything is delivered.")
    deposit_received = fields.Monetary(
        compute="_compute_deposit", help="Paid on the invoices of this order and online.")
    deposit_open = fields.Monetary("Deposit missing", compute="_compute_deposit")
    receivable_open = fields.Monetary(
        "Customer owes", compute="_compute_receivable", currency_field="company_currency_id")
    receivable_overdue = fields.Monetary(
        "Overdue", compute="_compute_receivable", currency_field="company_currency_id")
    receivable_advance = fields.Monetary(
        "Paid in advance", compute="_compute_receivable", currency_field="company_currency_id",
        help="The customer's payments that no invoice has used yet.")
    customer_credit_limit = fields.Float(
        "Credit limit", related="partner_id.commercial_partner_id.credit_limit",
        groups="account.group_account_invoice,account.group_account_readonly")

    # sales manager
    price_history = fields.Json(
        compute="_compute_price_history",
        help="Each price beside those of the customer's last three orders.")
    customer_history = fields.Json(compute="_compute_customer_history")
    days_to_delivery = fields.Integer(compute="_compute_days_to_delivery")

    # --------------------------------------------------------------- to sign

    @api.depends("revision_id", "revision_state")
    def _compute_waits(self):
        waiting = {role: self._waiting_for_signature(role) for role in SIGNING_ROLES}
        for order in self:
            order.waits_finance = order in waiting["finance"]
            order.waits_sales_manager = order in waiting["sales_manager"]

    def _search_waits_finance(self, operator, value):
        return self._search_waits("finance", operator, value)

    def _search_waits_sales_manager(self, operator, value):
        return self._search_waits("sales_manager", operator, value)

    @api.model
    def _search_waits(self, role, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        # revisions and signatures are evidence that a user may not search himself; which
        # orders he sees his own rules decide
        waits = Domain("revision_state", "=", "verified") & Domain(
            "revision_id", "any!", self.env["gendan.revision"]._unsigned_by(role))
        return waits if (operator == "in") == (True in value) else ~waits

    def _waiting_for_signature(self, role):
        """Return the verified orders among these that lack the signature of ``role``."""
        verified = self.filtered(lambda order: order.revision_state == "verified")
        in_force = verified.sudo().revision_id._signatures_in_force() if verified else {}
        return verified.filtered(
            lambda order: role not in in_force[order.sudo().revision_id.id].mapped("role"))

    def _next_to_sign(self, role):
        """Show the next order that waits for this signature, the soonest delivery first."""
        waiting = self.search([
            (f"waits_{role}", "=", True), ("company_id", "=", self.env.company.id),
            ("id", "not in", self.ids),
        ], order="commitment_date, id", limit=1)
        return waiting._action_sign_page(role) if waiting else True

    def _action_sign_page(self, role):
        """Return the action that shows one order on the sign page of ``role``."""
        self.ensure_one()
        return {
            "type": "ir.actions.client", "tag": "gendan_open_in_list",
            "params": {"action": f"gendan_followup.action_order_to_sign_{role}",
                       "res_id": self.id},
        }

    # --------------------------------------------------------------- finance

    @api.depends("amount_total", "payment_term_id", "require_payment", "prepayment_percent",
                 "invoice_ids.amount_residual", "invoice_ids.state", "amount_paid")
    def _compute_deposit(self):
        for order in self:
            needed = order.currency_id.round(order.amount_total * order._deposit_share())
            received = order.amount_paid + order._paid_on_invoices()
            order.deposit_needed = needed
            order.deposit_received = received
            order.deposit_open = max(needed - received, 0)

    def _deposit_share(self):
        """Return the share of the amount that is due before delivery."""
        self.ensure_one()
        if self.require_payment:
            return self.prepayment_percent
        at_once = self.payment_term_id.line_ids.filtered(
            lambda line: line.value == "percent" and not line.nb_days)
        return sum(at_once.mapped("value_amount")) / 100

    def _paid_on_invoices(self):
        """Return what came in on posted invoices of this order, in its currency.

        The sales manager may not read invoices, and sees this one figure of his order.
        """
        invoices = self.sudo().invoice_ids.filtered(lambda invoice: invoice.state == "posted")
        return sum(
            invoice.currency_id._convert(
                (invoice.amount_total - invoice.amount_residual) * invoice.direction_sign * -1,
                self.currency_id, self.company_id, invoice.date)
            for invoice in invoices)

    @api.depends("partner_id", "company_id")
    def _compute_receivable(self):
        """Sum up the customer's open items; only for people who may read them."""
        lines = self.env["account.move.line"]
        open_items = {}
        if lines.has_access("read"):
            for partner, company, line in self._open_items():
                open_items.setdefault((partner, company), []).append(line)
        for order in self:
            today = order._company_today()
            items = open_items.get(
                (order.partner_id.commercial_partner_id, order.company_id), ())
            owed = [item for item in items if item.amount_residual > 0]
            order.receivable_open = sum(item.amount_residual for item in owed)
            order.receivable_overdue = sum(
                item.amount_residual for item in owed
                if item.date_maturity and item.date_maturity < today)
            order.receivable_advance = -sum(
                item.amount_residual for item in items if item.amount_residual < 0)

    def _open_items(self):
        """Return ``(customer, company, journal item)`` of what is not settled yet."""
        lines = self.env["account.move.line"].search([
            ("partner_id.commercial_partner_id", "in",
             self.partner_id.commercial_partner_id.ids),
            ("company_id", "in", self.company_id.ids), ("parent_state", "=", "posted"),
            ("account_id.account_type", "=", "asset_receivable"), ("reconciled", "=", False),
        ])
        return [(line.partner_id.commercial_partner_id, line.company_id, line) for line in lines]

    # --------------------------------------------------------- sales manager

    @api.depends_context("lang")
    @api.depends("order_line.price_unit", "order_line.product_id", "partner_id")
    def _compute_price_history(self):
        history = self.order_line._price_history()
        for order in self:
            order.price_history = [
                order._price_row(line, history.get(line, line.browse()))
                for line in order.order_line if line.product_id and not line.display_type]

    def _price_row(self, line, older):
        return {
            "id": line.id, "product": line.product_id.display_name,
            "quantity": line._packs_text(), "price": line._net_price(),
            "currency": line.currency_id.name, "subtotal": line.price_subtotal,
            "older": [{
                "order": before.order_id.name, "id": before.order_id.id,
                "date": fields.Date.to_string(before.order_id.date_order),
                "quantity": before._packs_text(), "price": before._net_price(),
                "currency": before.currency_id.name,
                "change": line._price_change(before),
            } for before in older],
        }

    @api.depends("partner_id", "commitment_date")
    def _compute_customer_history(self):
        """Count orders and returned goods of the last twelve months, and the busy weeks."""
        since = fields.Datetime.now() - YEAR
        partners = self.partner_id.commercial_partner_id
        orders = dict(self._read_group(
            [("partner_id", "child_of", partners.ids), ("state", "=", "sale"),
             ("date_order", ">=", since)], ["partner_id"], ["__count"]))
        # how often goods came back is what the manager asks; the deliveries stay closed to him
        returns = dict(self.env["stock.picking"].sudo()._read_group(
            [("partner_id", "child_of", partners.ids), ("state", "=", "done"),
             ("location_id.usage", "=", "customer"), ("date_done", ">=", since)],
            ["partner_id"], ["__count"]))
        for order in self:
            customer = order.partner_id.commercial_partner_id
            family = {p for p in (*orders, *returns) if p.commercial_partner_id == customer}
            order.customer_history = {
                "orders": sum(orders.get(p, 0) for p in family),
                "returns": sum(returns.get(p, 0) for p in family),
                "same_week": order._orders_due_in_the_same_week(),
            }

    def _orders_due_in_the_same_week(self):
        """Count the other valid orders that are due in the week of this one."""
        self.ensure_one()
        if not self.commitment_date:
            return 0
        monday = self.commitment_date - timedelta(days=self._delivery_date().weekday())
        return self.search_count([
            ("state", "=", "sale"), ("id", "not in", self.ids),
            ("company_id", "=", self.company_id.id),
            ("commitment_date", ">=", monday), ("commitment_date", "<", monday + timedelta(7))])

    @api.depends("commitment_date")
    def _compute_days_to_delivery(self):
        for order in self:
            delivery = order._delivery_date()
            order.days_to_delivery = (delivery - order._company_today()).days if delivery else 0
