from odoo import models


class EtaEnquiry(models.Model):
    _name = "gendan.eta.enquiry"
    _inherit = ["gendan.eta.enquiry", "gendan.incident.source.mixin"]

    def _prepare_incident(self):
        """Link the notice whose material was asked for (L-R3)."""
        return {
            **super()._prepare_incident(), "origin": "enquiry", "cause_id": self._cause("plan"),
            "subject": self.display_name, "notice_id": self.notice_id.id,
            "event_at": self.answered_at or self.asked_at,
        }
