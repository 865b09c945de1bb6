from odoo import models
from odoo.fields import Command


class MrpProduction(models.Model):
    _name = "mrp.production"
    _inherit = ["mrp.production", "gendan.incident.source.mixin"]

    def _prepare_incident(self):
        """Link the order, its notice, its machine, and the lots that went into it."""
        return {
            "production_ids": [Command.set(self.ids)], "product_id": self.product_id.id,
            "notice_id": self.notice_id.id,
            "workcenter_id": self.workorder_ids.workcenter_id[:1].id,
            "lot_ids": [Command.set(self.move_raw_ids.lot_ids.ids)],
        }
