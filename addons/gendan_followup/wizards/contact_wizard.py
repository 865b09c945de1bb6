from odoo import fields, models
from odoo.fields import Command


class ContactWizard(models.TransientModel):
    """What came of a call to a small customer (D10.3)."""

    _name = "gendan.contact.wizard"
    _description = "Contact"

    partner_id = fields.Many2one("res.partner", "Customer", required=True, ondelete="cascade",
                                 default=lambda self: self.env.context.get("active_id"))
    result = fields.Selection(
        [("order", "Orders"), ("later", "Later"), ("lost", "Lost"),
         ("unreached", "Not reached")], required=True, default="order")
    note = fields.Char()
    next_date = fields.Date("Next contact", help="Empty: after the usual cycle.")

    def action_confirm(self):
        """Record the contact; the customer's own rules say who may.

        :return: the draft of the order where one came of it, with his usual goods
        """
        self.ensure_one()
        order = self._draft_order() if self.result == "order" else self.env["sale.order"]
        self.partner_id.action_record_contact(
            self.result, self.note, self.next_date, order_id=order.id)
        if not order:
            return {"type": "ir.actions.act_window_close"}
        return {"type": "ir.actions.act_window", "res_model": "sale.order", "res_id": order.id,
                "views": [(False, "form")]}

    def _draft_order(self):
        """Begin the order in the name of who calls; signed it is like any other (D10.3)."""
        partner, orders = self.partner_id, self.env["sale.order"]
        if not orders.has_access("create"):
            return orders
        goods = {"product_id": partner.usual_product_id.id,
                 "product_uom_qty": partner.usual_quantity}
        return orders.create({
            "partner_id": partner.id, "user_id": partner.user_id.id,
            "order_line": [Command.create(goods)] if all(goods.values()) else []})
