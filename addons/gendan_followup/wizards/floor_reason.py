from odoo import fields, models

# model → what may be called with a text: nothing else is
OPERATIONS = {
    "gendan.first.article": ("action_reject", "action_accept_by_phone", "action_withdraw"),
    "gendan.deviation": ("action_solved", "action_cannot", "action_cancel"),
    "gendan.patrol": ("action_solve", "action_escalate", "action_answer", "action_close"),
}


class FloorReason(models.TransientModel):
    """One sentence that a step on the shop floor asks for: why, how, or what was said."""

    _name = "gendan.floor.reason"
    _description = "Sentence for a step on the shop floor"

    operation = fields.Selection([
        ("action_reject", "Reject"), ("action_accept_by_phone", "Accepted by phone"),
        ("action_withdraw", "Withdraw"), ("action_solved", "Solved"),
        ("action_cannot", "Production cannot solve it"), ("action_cancel", "Cancel"),
        ("action_solve", "Solved at the source"), ("action_escalate", "Escalate"),
        ("action_answer", "Answer"), ("action_close", "Checked again")], required=True)
    res_model = fields.Char(required=True, default=lambda self: self.env.context.get(
        "active_model"))
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Hand the sentence over to the document's own step, which has the gates."""
        self.ensure_one()
        if self.operation not in OPERATIONS.get(self.res_model, ()):
            return False
        records = self.env[self.res_model].browse(self.env.context.get("active_ids", []))
        getattr(records, self.operation)(self.reason)
        return {"type": "ir.actions.act_window_close"}
