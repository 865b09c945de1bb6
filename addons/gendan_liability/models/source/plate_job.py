from odoo import models


class PlateJob(models.Model):
    _name = "gendan.plate.job"
    _inherit = ["gendan.plate.job", "gendan.incident.source.mixin"]

    def _prepare_incident(self):
        """Link version and notice; the fault is the approval of the artwork (L-S5)."""
        approved = self.approval_ids.filtered(lambda row: row.kind == "salesperson")[-1:]
        return {
            **super()._prepare_incident(), "cause_id": self._cause("plate"),
            "product_id": self.product_id.id, "notice_id": self.notice_line_id.notice_id.id,
            "event_at": approved.approved_at,
        }
