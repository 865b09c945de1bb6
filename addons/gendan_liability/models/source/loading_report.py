from odoo import models


class LoadingReport(models.Model):
    _name = "gendan.loading.report"
    _inherit = ["gendan.loading.report", "gendan.incident.source.mixin"]

    def _prepare_incident(self):
        """Link report, container and shipping notice; the fault is the count (D6.6)."""
        return {
            **self.shipping_id._prepare_incident(), "origin": "loading",
            "cause_id": self._cause("loading"), "loading_report_id": self.id,
            "container_no": self.container_no, "event_at": self.closed_at or self.started_at,
        }
