from odoo import fields, models


class ReworkAmount(models.TransientModel):
    """Another amount than the proposal, with its reason (D6.5, X7)."""

    _name = "gendan.rework.amount"
    _description = "Amount of a rework event"

    amount = fields.Float(digits=(12, 2), required=True)
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Hand it to the event, which has the gate."""
        self.ensure_one()
        events = self.env["gendan.loading.rework"].browse(self.env.context.get("active_ids", []))
        events.action_confirm(self.amount, self.reason)
        return {"type": "ir.actions.act_window_close"}
