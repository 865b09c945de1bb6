from odoo import models
from odoo.fields import Command


class MaterialIssue(models.Model):
    _name = "gendan.material.issue"
    _inherit = ["gendan.material.issue", "gendan.incident.source.mixin"]

    def _prepare_incident(self):
        """Link lot and notice; the fault is what was handed out (L-R1, L-K4)."""
        kind = "packaging_use" if self.product_id.packaging_kind else "raw_material"
        return {
            **super()._prepare_incident(), "cause_id": self._cause(kind),
            "event_at": self.taken_at or self.event_at, "notice_id": self.notice_id.id,
            "product_id": self.notice_line_id.product_id.id,
            "lot_ids": [Command.set(self.lot_id.ids)],
        }
