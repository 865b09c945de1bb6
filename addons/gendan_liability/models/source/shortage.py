from odoo import models
from odoo.fields import Command


class Shortage(models.Model):
    _name = "gendan.stock.shortage"
    _inherit = ["gendan.stock.shortage", "gendan.incident.source.mixin"]

    def _prepare_incident(self):
        """Link what ran out and for which notice; the fault is the book (L-K3)."""
        return {
            **super()._prepare_incident(), "cause_id": self._cause("stock_book"),
            "subject": self.note or self.name, "event_at": self.reported_at,
            "notice_id": self.notice_id.id, "product_id": self.notice_line_id.product_id.id,
            "lot_ids": [Command.set(self.lot_id.ids)],
        }
