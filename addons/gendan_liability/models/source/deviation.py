from odoo import models


class Deviation(models.Model):
    _name = "gendan.deviation"
    _inherit = ["gendan.deviation", "gendan.incident.source.mixin"]

    def _prepare_incident(self):
        """Link notice and machine; it is about what was asked and answered (L-S2, L-M3)."""
        return {
            **super()._prepare_incident(), "origin": "enquiry",
            "cause_id": self._cause("communication"), "subject": self.question,
            "event_at": self.answered_at or self.production_at or self.asked_at,
            "notice_id": self.notice_id.id, "product_id": self.notice_line_id.product_id.id,
            "workcenter_id": self.workcenter_id.id,
        }
