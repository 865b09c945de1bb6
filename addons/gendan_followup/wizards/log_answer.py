from odoo import fields, models


class LogAnswer(models.TransientModel):
    """React to what a customer said (D0.2)."""

    _name = "gendan.log.answer"
    _description = "Reaction"

    log_id = fields.Many2one("gendan.customer.log", required=True, ondelete="cascade",
                             default=lambda self: self.env.context.get("active_id"))
    question = fields.Text(related="log_id.question", string="What was said")
    answer = fields.Text("What will be done", required=True)

    def action_confirm(self):
        """Hand the answer to the entry, which has the gate."""
        self.ensure_one()
        self.log_id.action_answer(self.answer)
        return {"type": "ir.actions.act_window_close"}
