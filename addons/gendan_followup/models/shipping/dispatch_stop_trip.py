from odoo import api, fields, models

from ...calc.working_time import company_date
from ..foundation.gate_mixin import Unmet, gate


class DispatchStop(models.Model):
    """Arrived when, and the signed delivery note back when (D8.9, D11.2)."""

    _name = "gendan.dispatch.stop"
    _inherit = ["gendan.dispatch.stop", "gendan.gate.mixin"]

    due_at = fields.Datetime("Due", compute="_compute_due_at")
    late_minutes = fields.Integer("Late (min)", compute="_compute_late_minutes", store=True)
    is_note_late = fields.Boolean(compute="_compute_is_note_late")

    @api.depends("hour_due", "day")
    def _compute_due_at(self):
        for stop in self:
            stop.due_at = stop.hour_due and stop.day and stop.company_id._moment_on(
                stop.day, stop.hour_due)

    @api.depends("arrived_at", "hour_due", "day")
    def _compute_late_minutes(self):
        for stop in self:
            stop.late_minutes = self.env["gendan.dispatch"]._minutes_between(
                stop.due_at, stop.arrived_at)

    def _compute_is_note_late(self):
        for stop in self:
            stop.is_note_late = stop._is_note_late(fields.Datetime.now())

    def _is_note_late(self, at):
        """Whether the delivery note was, or still is, out too long (D11.2)."""
        self.ensure_one()
        company = self.company_id
        if not (self.shipping_id and self.dispatch_id.departed_at):
            return False
        back = company_date(self.note_returned_at or at, company.gendan_tz)
        return (back - self.day).days > company.note_return_days

    @gate("dispatch.stop", "D8.9")
    def _gate_stop(self):
        """Arrivals belong to a trip that is under way, by its driver or the merchandiser."""
        unmet = self.dispatch_id._gate_clock()
        result = {}
        for stop in self:
            conditions = list(unmet.get(stop.dispatch_id.id, []))
            if stop.dispatch_id.state not in ("out", "done"):
                conditions.append(Unmet("state", self.env._(
                    "%s has not left yet", stop.dispatch_id.name),
                    self.env._("clock the departure first")))
            result[stop.id] = conditions
        return result

    def action_arrive(self):
        """Clock the arrival."""
        return self._clock_arrive(fields.Datetime.now())

    def _clock_arrive(self, at):
        self._pass_gate("_gate_stop")
        open_stops = self.filtered(lambda stop: not stop.arrived_at)
        for stop in open_stops:
            stop.dispatch_id._check_order(stop.dispatch_id.departed_at, at)
        return open_stops.sudo().write({"arrived_at": at})

    def action_note_back(self):
        """Take the customer's signed delivery note back (回单)."""
        return self._clock_note_back(fields.Datetime.now())

    def _clock_note_back(self, at):
        self._pass_gate("_gate_stop")
        open_stops = self.filtered(lambda stop: not stop.note_returned_at)
        return open_stops.sudo().write({"note_returned_at": at})

    def _phone_stop(self):
        """Return what the driver needs to know of this stop."""
        self.ensure_one()
        shipping, clock = self.shipping_id, self.dispatch_id._clock_text
        return {
            "id": self.id, "place": self.place or self.purpose or "", "kind": self.kind,
            "purpose": self.purpose or "", "address": shipping.address or "",
            "customer": shipping.partner_id.name or "", "notice": shipping.name or "",
            "cartons": self.cartons or shipping.cartons, "due": self.hour_due,
            "goods": shipping.goods_text or "", "needs_note": bool(shipping),
            "arrived": clock(self.arrived_at), "note_back": clock(self.note_returned_at),
        }
