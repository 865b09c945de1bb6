from odoo import models


class DelayNotice(models.Model):
    _name = "gendan.delay.notice"
    _inherit = ["gendan.delay.notice", "gendan.incident.source.mixin"]

    def _prepare_incident(self):
        """Link the notice that was late; the fault is the plan (L-M4, L-R3)."""
        return {
            **super()._prepare_incident(), "origin": "enquiry", "cause_id": self._cause("plan"),
            "subject": self.display_name, "event_at": self.detected_at,
            "notice_id": self.notice_id.id,
        }
