from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import float_compare

from ...calc.text import plain_number
from ..foundation.gate_mixin import Unmet, gate


class IssueSlip(models.Model):
    """出库单: finance lets exactly the goods of a shipping notice go (D8.6)."""

    _name = "gendan.issue.slip"
    _inherit = ["gendan.state.mixin", "gendan.gate.mixin", "mail.thread"]
    _description = "Goods-issue slip"
    _order = "id desc"

    _transitions = {"draft": ("issued", "void"), "issued": ("void",), "void": ()}
    _stamps = frozenset({"version", "issued_by_id", "issued_at", "void_reason", "voided_at"})

    name = fields.Char("Document no.", readonly=True, copy=False, default="/", index="trigram")
    company_id = fields.Many2one(related="shipping_id.company_id", store=True, index=True)
    shipping_id = fields.Many2one("gendan.shipping.notice", "Shipping notice", required=True,
                                  index=True, ondelete="restrict")
    version = fields.Integer("Version of the notice", readonly=True, copy=False)
    partner_id = fields.Many2one(related="shipping_id.partner_id", store=True)
    state = fields.Selection(
        [("draft", "Draft"), ("issued", "Issued"), ("void", "Void")],
        required=True, default="draft", readonly=True, copy=False, index=True, tracking=True)
    release_remark = fields.Char(
        "Release remark", help="Paid (with the number of the bank's slip), month account …")
    is_payment_due = fields.Boolean(compute="_compute_payment_due")
    payment_due = fields.Monetary("Still to be paid", compute="_compute_payment_due",
                                  groups="gendan_followup.group_price")
    received_amount = fields.Monetary(
        "Has come in, not booked yet", copy=False, groups="gendan_followup.group_price",
        help="What finance sees at the bank and has not booked on the order yet; the release "
        "remark names the bank's slip. Goods that are paid before they leave leave only when "
        "this makes up for what is due.")
    currency_id = fields.Many2one(related="shipping_id.notice_id.order_id.currency_id",
                                  groups="gendan_followup.group_price")
    line_ids = fields.One2many("gendan.issue.slip.line", "slip_id", "Goods")
    issued_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    issued_at = fields.Datetime(readonly=True, copy=False)
    void_reason = fields.Char(readonly=True, copy=False)
    voided_at = fields.Datetime(readonly=True, copy=False)

    _one_in_force = models.UniqueIndex("(shipping_id) WHERE state = 'issued'",
                                       "This shipping notice has a goods-issue slip already.")

    @api.depends("shipping_id")
    def _compute_payment_due(self):
        for slip in self:
            shipping = slip.shipping_id.sudo()
            slip.is_payment_due = bool(shipping) and shipping._is_payment_due()
            slip.payment_due = shipping.notice_id.order_id.deposit_open

    @api.model_create_multi
    def create(self, vals_list):
        """Number the slips; finance only."""
        for vals in vals_list:
            vals["name"] = self.env["ir.sequence"].sudo().next_by_code("gendan.issue.slip") or "/"
        slips = super().create(vals_list)
        slips._pass_gate("_gate_finance")
        return slips

    @gate("slip.finance", "D8.6")
    def _gate_finance(self):
        """A goods-issue slip is finance's and nobody else's."""
        if self.env.su or self.env.user._principals("finance"):
            return {}
        return {slip.id: [slip.shipping_id._not_finance_unmet()] for slip in self}

    @gate("slip.issue", "D8.6")
    def _gate_issue(self):
        """Issued is what equals the accepted notice, and is paid for as agreed."""
        unmet = self._gate_finance()
        for slip in self:
            shipping = slip.shipping_id
            conditions = unmet.setdefault(slip.id, [])
            if shipping.state != "accepted":
                conditions.append(shipping._not_accepted_unmet())
            if shipping.sudo().slip_id:
                conditions.append(Unmet(
                    "twice", self.env._("%(notice)s has a goods-issue slip already: %(slip)s",
                                        notice=shipping.display_name,
                                        slip=shipping.sudo().slip_id.name),
                    self.env._("make that one void first")))
            conditions += slip._difference_conditions()
            conditions += slip._received_conditions()
            conditions += shipping._payment_conditions(
                slip.release_remark, slip.sudo().received_amount)
        return unmet

    def _difference_conditions(self):
        """Return where slip and notice differ (D8.6)."""
        self.ensure_one()
        asked, given = self.shipping_id.line_ids._quantities(), self.line_ids._quantities()
        return [Unmet(
            "difference", self.env._("%(product)s: slip %(slip)s, shipping notice %(notice)s",
                                     product=product.display_name,
                                     slip=plain_number(given.get(product, 0)),
                                     notice=plain_number(asked.get(product, 0))),
            self.env._("the slip equals the notice, or the salesperson corrects the notice"))
            for product in asked.keys() | given.keys()
            if float_compare(asked.get(product, 0), given.get(product, 0), precision_digits=2)]

    def _received_conditions(self):
        """Return why what is said to have come in cannot be: a digit too many, or a sign."""
        self.ensure_one()
        order, received = self.sudo().shipping_id.notice_id.order_id, self.sudo().received_amount
        currency = order.currency_id
        if not order or currency.compare_amounts(received, 0) == 0:
            return []
        words = {"received": currency.format(received), "order": order.name,
                 "total": currency.format(order.amount_total)}
        if currency.compare_amounts(received, 0) < 0:
            return [Unmet("received", self.env._("%(received)s cannot have come in", **words),
                          self.env._("write what the bank shows"))]
        if currency.compare_amounts(received, order.amount_total) > 0:
            return [Unmet(
                "received", self.env._("%(received)s is more than all of %(order)s, %(total)s",
                                       **words),
                self.env._("write what has come in for this order; book the rest on the others"))]
        return []

    @api.onchange("received_amount")
    def _onchange_received_amount(self):
        """Say at once that a figure cannot be, before anybody issues on it."""
        conditions = self._received_conditions() if self.shipping_id else []
        if conditions:
            return {"warning": {"title": self.env._("Has come in, not booked yet"),
                                "message": str(conditions[0])}}
        return None

    @api.onchange("shipping_id")
    def _onchange_shipping_id(self):
        """Propose the goods of the notice: a slip equals it."""
        if self.shipping_id:
            values = self._prepare_for(self.shipping_id)
            self.line_ids = [Command.clear(), *values["line_ids"]]
            self.release_remark = self.release_remark or values["release_remark"]

    def action_issue(self):
        """Issue, as finance; two people in the same second come one after the other (X6)."""
        self.shipping_id._take_turn()
        self._pass_gate("_gate_issue")
        for slip in self:
            slip._step("issued", version=slip.shipping_id.version, issued_by_id=self.env.uid,
                       issued_at=fields.Datetime.now())
        return True

    def action_void(self, reason=False):
        """Take a slip back, as finance, before the goods are loaded.

        :param str reason: why
        """
        self._pass_gate("_gate_finance")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why %s is void.", self[:1].name))
        if any(slip.shipping_id.state in ("loading", "shipped") for slip in self):
            raise UserError(self.env._(
                "The goods of %s are being loaded: the merchandiser stops the loading first.",
                self[:1].name))
        self._void(reason)
        return True

    def _void(self, reason):
        self._step("void", void_reason=reason, voided_at=fields.Datetime.now())

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A goods-issue slip becomes void, it is never deleted."))

    @api.model
    def _prepare_for(self, shipping):
        """Return the values of a slip that equals ``shipping``."""
        return {
            "shipping_id": shipping.id,
            # where money is due, finance writes itself what has come in
            "release_remark": not shipping._is_payment_due() and (
                shipping.sudo().notice_id.order_id.payment_term_id.name),
            "line_ids": [Command.create({"shipping_line_id": line.id, "quantity": line.quantity})
                         for line in shipping.line_ids],
        }
