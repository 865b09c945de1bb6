from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calc.working_time import local


class Dispatch(models.Model):
    """The driver's own page on the phone at the gate: he shows his badge and clocks (D8.9, X11)."""

    _name = "gendan.dispatch"
    _inherit = ["gendan.dispatch", "gendan.phone.mixin"]

    _phone_steps = ("duty", "depart", "arrive", "note_back", "return", "wait")

    phone_step_ids = fields.One2many(
        "gendan.phone.step", "res_id", "Clocked on the phone", readonly=True,
        domain=[("res_model", "=", "gendan.dispatch")])

    @api.model
    def phone_trips(self):
        """Return the trips of whoever holds the phone: what is ahead, under way, or not settled.

        Settled is a trip that is back with every delivery note; today's are shown all the same.
        """
        driver = self._clocking_employee()
        if not driver:
            return []
        today = self.env.company._company_today()
        # a driver reads his own trips, and nothing else of the orders behind them
        trips = self.sudo().search([
            ("driver_id", "=", driver.id), ("company_id", "=", self.env.company.id),
            ("day", "<=", fields.Date.add(today, days=2)),
            "|", ("state", "in", ("confirmed", "out")),
            "&", ("state", "=", "done"), "|", ("notes_open", ">", 0), ("day", "=", today),
        ], order="day, hour_from, id", limit=20)
        readings = trips._last_odometers()
        return [trip._phone_trip(readings) for trip in trips]

    @api.model
    def _clocking_employee(self):
        """Return the employee for whom this call clocks: who holds the device, or the login's."""
        return self.env.user._person()

    def _last_odometers(self):
        """Return ``{vehicle id: the highest reading so far}``, to start from."""
        rows = self.env["gendan.dispatch"].sudo()._read_group(
            [("vehicle_id", "in", self.vehicle_id.ids), ("odometer_in", ">", 0)],
            ["vehicle_id"], ["odometer_in:max"])
        return {vehicle.id: reading for vehicle, reading in rows}

    def _phone_trip(self, readings):
        self.ensure_one()
        unmet = self._departure_conditions() if self.state == "confirmed" else []
        return {
            "id": self.id, "name": self.name, "state": self.state, "plate": self.plate or "",
            "day": fields.Date.to_string(self.day),
            "is_today": self.day == self.company_id._company_today(),
            "hours": [self.hour_from, self.hour_to], "remark": self.remark or "",
            "load": "loaded" if self.loaded_at else "staged" if self.staged_at else "open",
            "duty": self._clock_text(self.duty_at), "departed": self._clock_text(self.departed_at),
            "returned": self._clock_text(self.returned_at),
            "odometer_out": self.odometer_out, "odometer_in": self.odometer_in,
            "last_odometer": readings.get(self.vehicle_id.id, 0), "distance": self.distance,
            "wait": self._minutes_between(
                self.duty_at, self.departed_at or fields.Datetime.now()) if self.duty_at else 0,
            "missing": "\n".join(map(str, unmet)),
            "causes": self.env["gendan.dispatch.wait"]._fields["cause"]._description_selection(
                self.env),
            "waits": [{"cause": row.cause, "minutes": row.minutes} for row in self.wait_ids],
            "stops": [stop._phone_stop() for stop in self.stop_ids],
        }

    def _clock_text(self, moment):
        return local(moment, self.company_id.gendan_tz).strftime("%H:%M") if moment else ""

    # ------------------------------------------------------------------- steps

    def _phone_duty(self, step):
        self._clock_duty(step["event_at"] or fields.Datetime.now())

    def _phone_depart(self, step):
        self._clock_depart(self._reading(step), step["event_at"] or fields.Datetime.now())

    def _phone_return(self, step):
        self._clock_return(self._reading(step), step["event_at"] or fields.Datetime.now())

    def _phone_arrive(self, step):
        self._own_stop(step)._clock_arrive(step["event_at"] or fields.Datetime.now())

    def _phone_note_back(self, step):
        self._own_stop(step)._clock_note_back(step["event_at"] or fields.Datetime.now())

    def _phone_wait(self, step):
        cause, minutes = step.get("cause"), step.get("minutes")
        if cause not in dict(self.env["gendan.dispatch.wait"]._fields["cause"].selection) or (
                not isinstance(minutes, int)):
            raise UserError(self.env._("Say what the truck waited for, and how many minutes."))
        self.action_note_wait(cause, minutes, step.get("remark"))

    def _reading(self, step):
        """Return the km that were typed; a clock without a reading is no evidence."""
        odometer = step.get("odometer")
        if not isinstance(odometer, int) or isinstance(odometer, bool) or odometer <= 0:
            raise UserError(self.env._("“%s” is no odometer reading: type the km on the clock.",
                                       odometer))
        return odometer

    def _own_stop(self, step):
        stop = self.stop_ids.filtered(lambda one: one.id == step.get("stop"))
        if not stop:
            raise UserError(self.env._("That stop is not on %s.", self.name))
        return stop
