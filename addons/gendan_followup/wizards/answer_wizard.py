from odoo import fields, models


class AnswerWizard(models.TransientModel):
    """Write an answer, with a file where there is one (D12.2)."""

    _name = "gendan.answer.wizard"
    _description = "Answer"

    task_id = fields.Many2one("gendan.task", required=True, ondelete="cascade",
                              default=lambda self: self.env.context.get("active_id"))
    question = fields.Text(related="task_id.question", string="What is asked")
    answer = fields.Text()
    file = fields.Binary(attachment=False)
    file_name = fields.Char()

    def action_confirm(self):
        """Hand the answer to the task, which has the gate."""
        self.ensure_one()
        self.task_id.action_answer(self.answer, self.file, self.file_name)
        return {"type": "ir.actions.act_window_close"}
