from odoo import models
from odoo.fields import Command

# kind of sheet → kind of incident
CAUSES = {
    "incoming_raw": "raw_material", "incoming_packaging": "packaging_incoming",
    "issue_recheck": "raw_material", "start_check": "machine", "bag_fit": "bag_fit",
    "coding": "coding", "piece_count": "packing", "sorting": "packing",
}


class CheckSheet(models.Model):
    _name = "gendan.check.sheet"
    _inherit = ["gendan.check.sheet", "gendan.incident.source.mixin"]

    def _prepare_incident(self):
        """Link what was checked; what was found not OK is what happened."""
        wrong = self.line_ids.filtered(lambda line: line.result == "not_ok")
        cause = CAUSES.get(self.kind)
        return {
            **super()._prepare_incident(), "origin": "qc",
            "cause_id": self._cause(cause) if cause else False,
            "subject": ", ".join(wrong.mapped("label")), "event_at": self.event_at,
            "notice_id": self.notice_id.id,
            "product_id": (self.production_id.product_id or self.notice_line_id.product_id
                           or self.product_id).id,
            "lot_ids": [Command.set(self.lot_id.ids)],
            "production_ids": [Command.set(self.production_id.ids)],
            "picking_ids": [Command.set(self.picking_id.ids)],
            "purchase_ids": [Command.set(self.picking_id.purchase_id.ids)],
            "workcenter_id": self.workcenter_id.id,
        }
