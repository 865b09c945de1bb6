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

    @gate("dispatch.clock", "D8.9 X17")
    def _gate_clock(self):
        """The driver's clock: himself, with his badge on the gate's phone, or the merchandiser."""
        if self.env["gendan.shipping.notice"]._may_decide():
            return {}
        clocking = self._clocking_employee()
        return {dispatch.id: [dispatch._not_driver_unmet()] for dispatch in self.sudo()
                if not clocking or dispatch.driver_id != clocking}

    def _not_driver_unmet(self):
        driver = self.driver_id.name or self.hired_driver or self.env._("its driver")
        return Unmet("role", self.env._("%s is not yours to clock", self.name),
                     self.env._("%s does it with his badge, or the merchandiser", driver))

    @gate("dispatch.depart", "D8.5 D8.6 D8.9")
    def _gate_depart(self):
        """A truck leaves on a confirmed sheet, with goods that have left the books."""
        unmet = self._gate_clock()
        for dispatch in self:
            unmet.setdefault(dispatch.id, []).extend(dispatch._departure_conditions())
        return unmet

    def _departure_conditions(self):
        """Return what keeps this truck in the yard, whoever clocks it."""
        self.ensure_one()
        conditions = []
        if self.state != "confirmed":
            conditions.append(Unmet(
                "state", self.env._("%(dispatch)s is %(state)s", dispatch=self.name,
                                    state=self._state_label(self.state)),
                self.env._("the merchandiser confirms it first")))
        shippings = self.stop_ids.shipping_id.filtered(
            lambda s: s.state not in ("loading", "shipped"))
        return conditions + (shippings._not_loading_conditions() if shippings else [])

    def action_duty(self):
        """Clock in: the driver is there and could leave."""
        return self._clock_duty(fields.Datetime.now())

    def _clock_duty(self, at):
        self._pass_gate("_gate_clock")
        self._check_once("duty_at")
        return self.sudo().write({"duty_at": at})

    def action_depart(self, odometer=0):
        """Leave the yard.

        :param int odometer: km on the clock
        """
        return self._clock_depart(odometer, fields.Datetime.now())

    def _clock_depart(self, odometer, at):
        self._pass_gate("_gate_depart")
        for dispatch in self:
            dispatch._check_odometer(odometer)
            dispatch._check_order(dispatch.duty_at, at)
            dispatch._step("out", departed_at=at, odometer_out=odometer,
                           duty_at=dispatch.duty_at or at)
        return True

    def action_return(self, odometer=0):
        """Come back.

        :param int odometer: km on the clock, not below that of the departure
        """
        return self._clock_return(odometer, fields.Datetime.now())

    def _clock_return(self, odometer, at):
        self._pass_gate("_gate_clock")
        for dispatch in self:
            dispatch._check_odometer(odometer)
            dispatch._check_order(dispatch.departed_at, at)
            if odometer and odometer < dispatch.odometer_out:
                raise UserError(self.env._(
                    "%(plate)s left with %(out)s km and cannot come back with %(back)s km.",
                    plate=dispatch.plate, out=dispatch.odometer_out, back=odometer))
            dispatch._step("done", returned_at=at, odometer_in=odometer)
        return True

    @api.model
    def _check_odometer(self, odometer):
        if odometer < 0 or odometer > 5_000_000:
            raise UserError(self.env._("%s km is no odometer reading.", odometer))

    def _check_order(self, before, at):
        """Refuse a moment before the step that comes first: a phone sent them out of order."""
        if before and at < before:
            raise UserError(self.env._(
                "%(dispatch)s: %(at)s lies before the step at %(before)s.", dispatch=self.name,
                at=self._clock_text(at), before=self._clock_text(before)))

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
            "remark": remark, "employee_id": self._clocking_employee().id} for dispatch in self])
        return True
