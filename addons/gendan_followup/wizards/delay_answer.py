from odoo import fields, models


class DelayAnswer(models.TransientModel):
    """The salesperson writes down what the customer said (D4.8)."""

    _name = "gendan.delay.answer"
    _description = "Customer's answer to a delay"

    delay_id = fields.Many2one("gendan.delay.notice", required=True, readonly=True,
                               default=lambda self: self.env.context.get("active_id"))
    outcome = fields.Selection(
        lambda self: self.env["gendan.delay.notice"]._fields["outcome"]._description_selection(
            self.env),
        "The customer says", required=True, default="new_date")
    new_date = fields.Date()
    part_quantity = fields.Float("Packs on the old date", digits="Product Unit")
    message = fields.Text("Customer's message", required=True)

    def action_confirm(self):
        """Record the answer in one's own name."""
        self.ensure_one()
        self.delay_id.action_answer(self.message, self.outcome, self.new_date,
                                    self.part_quantity)
        return {"type": "ir.actions.act_window_close"}
