from odoo import api, fields, models
from odoo.exceptions import UserError

from ..foundation.gate_mixin import Unmet, gate


class Dispatch(models.Model):
    """The trip itself: duty, departure, arrival, return, and who waited for what (D8.9)."""

    _inherit = "gendan.dispatch"

    duty_at = fields.Datetime("On duty", readonly=True, copy=False)
    departed_at = fields.Datetime("Departed", readonly=True, copy=False)
    returned_at = fields.Datetime("Back", readonly=True, copy=False)
    odometer_out = fields.Integer(readonly=True, copy=False)
    odometer_in = fields.Integer(readonly=True, copy=False)
    distance = fields.Integer("km", compute="_compute_trip", store=True)
    wait_minutes = fields.Integer("Wait before departure (min)", compute="_compute_trip",
                                  store=True)
    wait_ids = fields.One2many("gendan.dispatch.wait", "dispatch_id", "Waiting")
    goods_wait_minutes = fields.Integer("Waited for goods (min)", compute="_compute_waits",
                                        store=True)
    driver_wait_minutes = fields.Integer("The driver's own (min)", compute="_compute_waits",
                                         store=True)
    unexplained_minutes = fields.Integer(compute="_compute_waits", store=True)
    notes_open = fields.Integer("Delivery notes out", compute="_compute_notes_open", store=True)

    @api.depends("duty_at", "departed_at", "odometer_out", "odometer_in", "day", "hour_from")
    def _compute_trip(self):
        for dispatch in self:
            dispatch.distance = max(dispatch.odometer_in - dispatch.odometer_out, 0) if (
                dispatch.odometer_in) else 0
            dispatch.wait_minutes = dispatch._minutes_between(
                dispatch.duty_at, dispatch.departed_at)

    @api.model
    def _minutes_between(self, start, end):
        return max(int((end - start).total_seconds() // 60), 0) if start and end else 0

    @api.depends("wait_ids.minutes", "wait_ids.cause", "wait_minutes")
    def _compute_waits(self):
        for dispatch in self:
            minutes = {}
            for wait in dispatch.wait_ids:
                minutes[wait.cause] = minutes.get(wait.cause, 0) + wait.minutes
            dispatch.goods_wait_minutes = minutes.get("goods", 0)
            dispatch.driver_wait_minutes = minutes.get("driver", 0)
            dispatch.unexplained_minutes = max(
                dispatch.wait_minutes - sum(minutes.values()), 0)

    @api.depends("stop_ids.note_returned_at", "stop_ids.shipping_id", "state")
    def _compute_notes_open(self):
        for dispatch in self:
            dispatch.notes_open = len(dispatch.stop_ids.filtered(
                lambda stop: stop.shipping_id and not stop.note_returned_at)) if (
                dispatch.state in ("out", "done")) else 0

    # ------------------------------------------------------------------- clock

    @gate("dispatch.clock", "D8.9")
    def _gate_clock(self):
        """The driver's clock: himself, his device, or the merchandiser."""
        user = self.env.user
        if (user._has_role("driver") or user._principals("merchandiser")
                or user._principals("plan_manager")):
            return {}
        return {dispatch.id: dispatch._role_conditions() or [Unmet(
            "role", self.env._("%s is not yours to clock", dispatch.name), "")]
            for dispatch in self}

    @gate("dispatch.depart", "D8.5 D8.6 D8.9")
    def _gate_depart(self):
        """A truck leaves on a confirmed sheet, with goods that have left the books."""
        unmet = self._gate_clock()
        for dispatch in self:
            if dispatch.state != "confirmed":
                unmet.setdefault(dispatch.id, []).append(Unmet(
                    "state", self.env._("%(dispatch)s is %(state)s", dispatch=dispatch.name,
                                        state=dispatch._state_label(dispatch.state)),
                    self.env._("the merchandiser confirms it first")))
            shippings = dispatch.stop_ids.shipping_id.filtered(
                lambda s: s.state not in ("loading", "shipped"))
            unmet.setdefault(dispatch.id, []).extend(
                shippings._not_loading_conditions() if shippings else [])
        return unmet

    def action_duty(self):
        """Clock in: the driver is there and could leave."""
        self._pass_gate("_gate_clock")
        self._check_once("duty_at")
        return self.sudo().write({"duty_at": fields.Datetime.now()})

    def action_depart(self, odometer=0):
        """Leave the yard.

        :param int odometer: km on the clock
        """
        self._pass_gate("_gate_depart")
        now = fields.Datetime.now()
        for dispatch in self:
            dispatch._check_odometer(odometer)
            dispatch._step("out", departed_at=now, odometer_out=odometer,
                           duty_at=dispatch.duty_at or now)
        return True

    def action_return(self, odometer=0):
        """Come back.

        :param int odometer: km on the clock, not below that of the departure
        """
        self._pass_gate("_gate_clock")
        for dispatch in self:
            dispatch._check_odometer(odometer)
            if odometer and odometer < dispatch.odometer_out:
                raise UserError(self.env._(
                    "%(plate)s left with %(out)s km and cannot come back with %(back)s km.",
                    plate=dispatch.plate, out=dispatch.odometer_out, back=odometer))
            dispatch._step("done", returned_at=fields.Datetime.now(), odometer_in=odometer)
        return True

    @api.model
    def _check_odometer(self, odometer):
        if odometer < 0 or odometer > 5_000_000:
            raise UserError(self.env._("%s km is no odometer reading.", odometer))

    def _check_once(self, name):
        for dispatch in self:
            if dispatch[name]:
                raise UserError(self.env._("%s has been clocked already.", dispatch.name))

    def action_note_wait(self, cause, minutes, remark=False):
        """Say why the truck waited; goods never count against the driver (D8.9).

        :param str cause: a value of the wait's ``cause``
        :param int minutes: how long
        """
        self._pass_gate("_gate_clock")
        # waits are evidence; the gate has passed
        self.env["gendan.dispatch.wait"].sudo().create([{
            "dispatch_id": dispatch.id, "cause": cause, "minutes": minutes,
            "remark": remark} for dispatch in self])
        return True
