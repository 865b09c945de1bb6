from odoo import models
from odoo.fields import Command


class Abnormality(models.Model):
    _name = "gendan.abnormality"
    _inherit = ["gendan.abnormality", "gendan.incident.source.mixin"]

    def _prepare_incident(self):
        """Link machine, notice and lot; what ran on after the stop is the fault (L-O2)."""
        return {
            **super()._prepare_incident(), "origin": "qc", "subject": self.description,
            "cause_id": self._cause("machine") if self.ran_on_count else False,
            "event_at": self.instructed_at if self.ran_on_count else self.event_at,
            "notice_id": self.notice_id.id, "product_id": self.notice_line_id.product_id.id,
            "workcenter_id": self.workcenter_id.id, "lot_ids": [Command.set(self.lot_id.ids)],
        }
