from odoo import fields, models


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
        """Record the contact; the customer's own rules say who may."""
        self.ensure_one()
        self.partner_id.action_record_contact(self.result, self.note, self.next_date)
        return {"type": "ir.actions.act_window_close"}
