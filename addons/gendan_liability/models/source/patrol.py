from odoo import models
from odoo.fields import Command


class Patrol(models.Model):
    _name = "gendan.patrol"
    _inherit = ["gendan.patrol", "gendan.incident.source.mixin"]

    def _prepare_incident(self):
        """Link machine, notice and lot of the finding (D13.4)."""
        return {
            **super()._prepare_incident(), "origin": "patrol", "subject": self.description,
            "event_at": self.patrolled_at, "notice_id": self.notice_line_id.notice_id.id,
            "product_id": self.notice_line_id.product_id.id,
            "workcenter_id": self.workcenter_id.id, "lot_ids": [Command.set(self.lot_id.ids)],
        }
