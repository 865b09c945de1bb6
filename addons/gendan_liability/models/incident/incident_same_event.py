from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

# two reports of one event lie at most so far apart
NEAR = timedelta(days=1)
# what two cases have in common when they speak of one event
SHARED = ("notice_id", "lot_ids", "production_ids", "picking_ids", "shipping_id",
          "loading_report_id")


class Incident(models.Model):
    """One event, one apportionment: what else was reported about the same (A29, L-G2)."""

    _inherit = "gendan.incident"

    same_event_ids = fields.Many2many(
        "gendan.incident", compute="_compute_same_event_ids", string="Reported about the same",
        help="Other cases of the same day about the same notice, lot or loading. If they speak of "
             "one event, one of them is withdrawn: nothing is charged twice.")

    @api.depends_context("uid")
    @api.depends("event_at", "state", *SHARED)
    def _compute_same_event_ids(self):
        """Keepers report what packing reports as well: K4 and P1 are one event from both ends.

        Only what the reader may see; two faults of one day about one lot are two cases (S14),
        so that it is people who say which they are.
        """
        for incident in self:
            # what it is linked to is not everybody's to read; the cases found are filtered
            everything = incident.sudo()
            about = [Domain(name, "in", everything[name].ids)
                     for name in SHARED if everything[name]]
            if not about or not incident.event_at or incident.state == "cancel":
                incident.same_event_ids = False
                continue
            incident.same_event_ids = everything.search(
                Domain.OR(about) & Domain("id", "not in", incident._origin.ids)
                & Domain("state", "not in", ("cancel", "breach"))
                & Domain("event_at", ">=", incident.event_at - NEAR)
                & Domain("event_at", "<=", incident.event_at + NEAR), order="id",
            ).sudo(False)._filtered_access("read")
