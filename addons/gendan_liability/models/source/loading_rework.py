from odoo import models


class LoadingRework(models.Model):
    _name = "gendan.loading.rework"
    _inherit = ["gendan.loading.rework", "gendan.incident.source.mixin"]

    def _prepare_incident(self):
        """Link the event: its charge is the incident's, and there is no second one (D6.5)."""
        return {
            **self.report_id._prepare_incident(), "subject": self.description,
            "event_at": self.reported_at, "rework_id": self.id,
        }
