from odoo import fields, models

from ..models.production.deviation import DECISIONS


class DeviationDecide(models.TransientModel):
    """What was agreed with the customer about a deviation (D5.6)."""

    _name = "gendan.deviation.decide"
    _description = "Decision about a deviation"

    deviation_id = fields.Many2one("gendan.deviation", required=True,
                                   default=lambda self: self.env.context.get("active_id"))
    question = fields.Text(related="deviation_id.question")
    production_answer = fields.Text(related="deviation_id.production_answer")
    decision = fields.Selection(DECISIONS, required=True)
    customer_message = fields.Text("Customer's message", required=True)
    concession_amount = fields.Float("Concession", digits=(12, 2),
                                     help="All told, in the currency of the order.")
    answer = fields.Text("Instruction to production", required=True)

    def action_confirm(self):
        """Hand it over to the deviation, which asks whose part it is."""
        self.ensure_one()
        self.deviation_id.action_answer(
            self.answer, self.decision, self.customer_message,
            self.concession_amount if self.decision == "concession" else 0)
        return {"type": "ir.actions.act_window_close"}
