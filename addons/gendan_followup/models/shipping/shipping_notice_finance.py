from odoo import fields, models
from odoo.exceptions import UserError

from ..foundation.gate_mixin import Unmet, gate
from .shipping_notice import ShippingNotice as Base


class ShippingNotice(models.Model):
    """What finance looks at before goods leave: paid as agreed, or held (D8.6)."""

    _inherit = "gendan.shipping.notice"

    # finance's word also while it is being loaded, and nobody else's at any time
    _stamps = Base._stamps | {"payment_hold"}

    payment_hold = fields.Char("Payment hold", readonly=True, copy=False, tracking=True,
                               help="Finance's reason why these goods do not leave.")
    currency_id = fields.Many2one(related="notice_id.order_id.currency_id",
                                  groups="gendan_followup.group_price")
    deposit_open = fields.Monetary(related="notice_id.order_id.deposit_open",
                                   groups="gendan_followup.group_price")

    def action_hold_payment(self, reason=False):
        """Hold the goods back until they are paid for, as finance (D8.6).

        :param str reason: shown to salesperson and merchandiser
        """
        self._pass_gate("_gate_finance")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why %s is held.", self[:1].name))
        self.sudo()._set_payment_hold(reason)
        return True

    def action_release_payment(self):
        """Lift the payment hold, as finance."""
        self._pass_gate("_gate_finance")
        self.sudo()._set_payment_hold(False)
        return True

    def _set_payment_hold(self, reason):
        self.write({"payment_hold": reason})
        for shipping in self.filtered(lambda s: reason and s.state == "accepted"):
            shipping._void_slips(self.env._("payment hold: %s", reason))

    @gate("shipping.finance", "D8.6")
    def _gate_finance(self):
        """Payment is finance's to judge."""
        if self.env.user._principals("finance"):
            return {}
        return {shipping.id: [shipping._not_finance_unmet()] for shipping in self}

    def _not_finance_unmet(self):
        holders = self.env.user._users_of_role("finance", self.company_id)
        return Unmet("role", self.env._("the goods-issue slip of %s is issued by finance",
                                        self.display_name),
                     self.env._("%s does it", ", ".join(holders.mapped("name"))),
                     tuple(holders.ids))

    def _payment_conditions(self, remark, received):
        """Return why finance cannot let these goods go (D8.6).

        What is due before the goods leave is a hard stop, for finance too: a remark opens
        nothing. Only money does, booked on the order, or seen at the bank and stated on the
        slip with its amount and the bank's slip, in the name of who issues it.

        :param str remark: finance's release remark on the slip
        :param float received: what finance states to have come in, in the order's currency
        """
        self.ensure_one()
        if self.payment_hold:
            return [self._hold_unmet()]
        if not self._is_payment_due():
            return []
        order = self.sudo().notice_id.order_id
        if order.currency_id.compare_amounts(received or 0, order.deposit_open) >= 0 and (
                remark or "").strip():
            return []
        return [Unmet("payment", self.env._(
            "%(order)s: %(open)s of %(needed)s are still to be paid", order=order.name,
            open=order.currency_id.format(order.deposit_open),
            needed=order.currency_id.format(order.deposit_needed)),
            self.env._("book the payment, or write on the slip what has come in and the number "
                       "of the bank's slip"))]

    def _hold_unmet(self):
        return Unmet("hold", self.env._("payment hold: %s", self.payment_hold),
                     self.env._("finance lifts it when the money is there"))

    def _is_payment_due(self):
        self.ensure_one()
        order = self.sudo().notice_id.order_id
        return bool(order) and order.currency_id.compare_amounts(order.deposit_open, 0) > 0

    def action_write_slip(self):
        """Issue the slip at once, or open it where finance has to state what has come in."""
        self.ensure_one()
        if self.payment_hold or not self._is_payment_due():
            return self.action_issue_slip()
        self._pass_gate("_gate_finance")
        return {
            "type": "ir.actions.act_window", "res_model": "gendan.issue.slip",
            "name": self.env._("Goods-issue slip"), "views": [(False, "form")],
            "context": {"default_shipping_id": self.id},
        }

    def action_issue_slip(self):
        """Write and issue a slip that equals each notice, as finance."""
        self._pass_gate("_gate_finance")
        slips = self.env["gendan.issue.slip"]
        # a deputy of finance has finance's part, not its access rights; the gate has passed
        slips = slips.sudo().create([slips._prepare_for(shipping) for shipping in self])
        slips.sudo(False).action_issue()
        return True
