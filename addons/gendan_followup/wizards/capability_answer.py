from odoo import fields, models


class CapabilityAnswer(models.TransientModel):
    """Production's answer: yes, with limits, no; how fast (D2.6)."""

    _name = "gendan.capability.answer"
    _description = "Answer about our process"

    verdict = fields.Selection(
        [("yes", "Yes"), ("limits", "With limits"), ("no", "No")], required=True, default="yes")
    speed = fields.Integer("Packs a minute")
    limits = fields.Text()

    def action_confirm(self):
        """Hand the answer to the enquiry."""
        self.ensure_one()
        self.env["gendan.capability.enquiry"].browse(
            self.env.context.get("active_ids", [])).action_answer(
                self.verdict, self.speed, self.limits)
        return {"type": "ir.actions.act_window_close"}
