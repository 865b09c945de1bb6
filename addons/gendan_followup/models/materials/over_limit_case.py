from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calc.text import plain_number
from .purchase_order_buyer import BUYERS


class OverLimitCase(models.Model):
    """More packaging was bought than the changed order needs: who decides what with it (D3.3).

    It opens when a need falls below what is bought already, closes by itself when the
    orders are cut, and becomes surplus when everything has come: a consequence of the
    change, with its cause, and not of the merchandiser's buying.
    """

    _name = "gendan.over.limit.case"
    _inherit = ["gendan.system.mixin", "gendan.role.mixin", "mail.thread"]
    _description = "Over-limit case"
    _order = "opened_at desc, id desc"
    _rec_name = "need_id"

    need_id = fields.Many2one("gendan.need", required=True, readonly=True, index=True,
                              ondelete="restrict")
    notice_id = fields.Many2one(related="need_id.notice_id", store=True, index=True)
    company_id = fields.Many2one(related="need_id.company_id", store=True, index=True)
    product_id = fields.Many2one(related="need_id.product_id", store=True)
    merchandiser_id = fields.Many2one(related="need_id.notice_id.merchandiser_id")
    state = fields.Selection(
        [("open", "Open"), ("closed", "Cut"), ("surplus", "Kept as surplus")],
        default="open", required=True, readonly=True, index=True, tracking=True)
    cause = fields.Selection(
        [("reduction", "Customer's reduction"), ("version", "Other version or material"),
         ("cancel", "Order cancelled")], required=True, readonly=True)
    quantity = fields.Float("Above the limit", digits="Product Unit", required=True,
                            readonly=True, help="When the case was opened.")
    left = fields.Float("Still above", digits="Product Unit", required=True, readonly=True)
    opened_at = fields.Datetime(required=True, readonly=True)
    settled_at = fields.Datetime(readonly=True)
    settled_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    reason = fields.Text("Why it is kept", readonly=True)

    _one_open = models.UniqueIndex("(need_id) WHERE state = 'open'",
                                   "A need has one open over-limit case.")

    @api.depends("need_id")
    def _compute_display_name(self):
        for case in self:
            case.display_name = case.need_id.display_name

    def action_keep(self, reason):
        """Keep what is bought too much as surplus, with the reason (D3.5).

        :param str reason: why it is not cut or sent back
        :raise UserError: by another than a merchandiser or the plan manager, or when settled
        """
        self._check_roles(BUYERS, "over_limit.keep", "D3.3 D3.5")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why %s is kept.", self[:1].display_name))
        for case in self:
            if case.state != "open":
                raise UserError(self.env._("%s is settled already.", case.display_name))
        self.sudo()._settle("surplus", reason)
        return True

    def action_open_purchases(self):
        """Open the purchase orders of this need: there the excess is cut."""
        self.ensure_one()
        orders = self.need_id.sudo().allocation_ids.purchase_line_id.order_id
        return {"type": "ir.actions.act_window", "res_model": "purchase.order",
                "name": self.env._("Purchase orders"), "views": [(False, "list"), (False, "form")],
                "domain": [("id", "in", orders.ids)]}

    def _settle(self, state, reason=False):
        self.write({"state": state, "settled_at": fields.Datetime.now(),
                    "settled_by_id": self.env.uid, "reason": reason})

    def _tell_opened(self):
        """Tell the merchandiser what was bought too much and why."""
        self.ensure_one()
        labels = dict(self._fields["cause"]._description_selection(self.env))
        self.notice_id.message_post(
            body=self.env._(
                "%(product)s: %(quantity)s more are bought than the limit allows (%(cause)s). "
                "Cut the orders, or keep it as surplus.", product=self.product_id.display_name,
                quantity=plain_number(self.quantity), cause=labels[self.cause]),
            partner_ids=self.merchandiser_id.partner_id.ids, subtype_xmlid="mail.mt_comment")
