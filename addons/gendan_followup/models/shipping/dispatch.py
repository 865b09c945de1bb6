from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calc.load_plan import NOTHING, exact
from ..foundation.gate_mixin import Gate, Unmet, gate

PLAN_FIELDS = {"day", "vehicle_id", "hired_plate", "hired_volume", "hired_payload", "driver_id",
               "hired_driver", "hour_from", "hour_to", "company_id"}
# what the log calls it when a confirmed sheet is planned anew
REPLANNED = Gate("dispatch.replan", "D8.1")


class Dispatch(models.Model):
    """派车单: a vehicle, a driver, a day, and the stops in their order (D8.1)."""

    _name = "gendan.dispatch"
    _inherit = ["gendan.state.mixin", "gendan.gate.mixin", "gendan.turn.mixin",
                "gendan.company.day.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Dispatch sheet"
    _order = "day desc, hour_from, id"

    _transitions = {
        "draft": ("confirmed", "cancel"),
        "confirmed": ("out", "draft", "cancel"),
        "out": ("done",),
        "done": (),
        "cancel": (),
    }
    _open_states = ("draft", "confirmed", "out")
    _stamps = frozenset({
        "confirmed_by_id", "confirmed_at", "loaded_by_id", "loaded_at", "checked_by_id",
        "checked_at", "staged_at", "staged_reason", "is_load_late", "duty_at", "departed_at",
        "returned_at", "odometer_out", "odometer_in", "cancel_reason",
    })

    name = fields.Char("Document no.", readonly=True, copy=False, default="/", index="trigram")
    company_id = fields.Many2one("res.company", required=True, index=True,
                                 default=lambda self: self.env.company)
    state = fields.Selection(
        [("draft", "Planned"), ("confirmed", "Confirmed"), ("out", "On the road"),
         ("done", "Back"), ("cancel", "Cancelled")],
        required=True, default="draft", readonly=True, copy=False, index=True, tracking=True)
    day = fields.Date(required=True, index=True, tracking=True)
    hour_from = fields.Float("From", default=8.0)
    hour_to = fields.Float("Until", default=12.0)
    vehicle_id = fields.Many2one("fleet.vehicle", index=True, ondelete="restrict")
    hired_plate = fields.Char("Hired truck", help="Plate of a truck that is not ours.")
    hired_volume = fields.Float("Hired m³", digits=(8, 2))
    hired_payload = fields.Float("Hired kg", digits=(8, 0))
    driver_id = fields.Many2one("hr.employee", index=True, ondelete="restrict")
    hired_driver = fields.Char("Hired driver")
    plate = fields.Char(compute="_compute_truck", store=True)
    max_volume = fields.Float("Truck m³", compute="_compute_truck", store=True, digits=(8, 2))
    max_payload = fields.Float("Truck kg", compute="_compute_truck", store=True, digits=(8, 0))
    stop_ids = fields.One2many("gendan.dispatch.stop", "dispatch_id", "Stops")
    # stored, so that the board of trips reads no stops
    stops_text = fields.Char("Trip", compute="_compute_stops_text", store=True)
    volume = fields.Float("m³", compute="_compute_load", store=True, digits=(12, 4))
    weight = fields.Float("kg", compute="_compute_load", store=True, digits=(12, 2))
    volume_share = fields.Float(compute="_compute_shares")
    payload_share = fields.Float(compute="_compute_shares")
    is_overload = fields.Boolean(compute="_compute_shares")
    remark = fields.Text()
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    confirmed_at = fields.Datetime(readonly=True, copy=False)
    cancel_reason = fields.Char(readonly=True, copy=False)
    plan_missing = fields.Text("Before it drives", compute="_compute_plan_missing")

    _hours = models.Constraint(
        "CHECK (hour_from >= 0 AND hour_to <= 24 AND hour_from < hour_to)",
        "A trip begins before it ends, within one day.")

    @api.depends("vehicle_id", "hired_plate", "hired_volume", "hired_payload")
    def _compute_truck(self):
        for dispatch in self:
            vehicle = dispatch.vehicle_id.sudo()
            dispatch.plate = vehicle.license_plate or dispatch.hired_plate
            dispatch.max_volume = vehicle.category_id.volume_capacity or dispatch.hired_volume
            dispatch.max_payload = vehicle.category_id.weight_capacity or dispatch.hired_payload

    @api.depends("stop_ids.sequence", "stop_ids.place", "stop_ids.purpose", "stop_ids.kind")
    def _compute_stops_text(self):
        for dispatch in self:
            dispatch.stops_text = " → ".join(
                stop.place or stop.purpose or "" for stop in dispatch.stop_ids) or False

    @api.depends("stop_ids.volume", "stop_ids.weight")
    def _compute_load(self):
        for dispatch in self:
            load = sum((stop._load() for stop in dispatch.stop_ids), NOTHING)
            dispatch.volume, dispatch.weight = float(load.volume), float(load.weight)

    @api.depends("volume", "weight", "max_volume", "max_payload")
    def _compute_shares(self):
        for dispatch in self:
            dispatch.volume_share = dispatch.max_volume and dispatch.volume / dispatch.max_volume
            dispatch.payload_share = dispatch.max_payload and (
                dispatch.weight / dispatch.max_payload)
            dispatch.is_overload = max(dispatch.volume_share, dispatch.payload_share) > 1

    @api.depends_context("uid", "lang")
    @api.depends("state", "stop_ids.shipping_id.goods_confirmed_at")
    def _compute_plan_missing(self):
        planned = self.filtered(lambda dispatch: dispatch.state == "draft" and dispatch.ids)
        unmet = planned._gate_unmet("_gate_confirm") if planned else {}
        for dispatch in self:
            dispatch.plan_missing = "\n".join(map(str, unmet.get(dispatch.id, []))) or False

    @api.depends("name", "plate", "day")
    def _compute_display_name(self):
        for dispatch in self:
            dispatch.display_name = " ".join(filter(None, [dispatch.name, dispatch.plate]))

    # ------------------------------------------------------------ create, write

    @api.model_create_multi
    def create(self, vals_list):
        """Plan a trip, as merchandiser; what cannot drive is refused at once (D8.1)."""
        for vals in vals_list:
            vals["name"] = self.env["ir.sequence"].sudo().next_by_code("gendan.dispatch") or "/"
        dispatches = super().create(vals_list)
        dispatches._pass_plan()
        return dispatches

    def write(self, vals):
        """Change a plan, under the same conditions."""
        planned = vals.keys() & PLAN_FIELDS
        if planned:
            self._pass_gate("_gate_draft")
        result = super().write(vals)
        if planned or "stop_ids" in vals:
            self._pass_plan()
        return result

    def _pass_plan(self):
        """Judge these plans, after every other plan of the same vehicle, driver or goods (X6)."""
        self._take_turns()
        self._pass_gate("_gate_plan")

    def _take_turns(self):
        """Let two merchandisers who book one truck in one second come one after the other."""
        self.flush_recordset()
        self.env["gendan.dispatch.day"]._take_turn(
            {(dispatch.company_id.id, dispatch.day) for dispatch in self})
        self.stop_ids.sudo().shipping_id._take_turn()
        self.sudo()._take_turn()

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        if any(dispatch.state != "draft" for dispatch in self):
            raise UserError(self.env._("A dispatch sheet is cancelled, never deleted."))

    # -------------------------------------------------------------------- plan

    @gate("dispatch.draft", "D8.1")
    def _gate_draft(self):
        """A confirmed trip is taken back before it is changed."""
        return {dispatch.id: [Unmet(
            "state", self.env._("%(dispatch)s is %(state)s", dispatch=dispatch.name,
                                state=dispatch._state_label(dispatch.state)),
            self.env._("take it back to planning first"))]
            for dispatch in self if dispatch.state != "draft"}

    @gate("dispatch.plan", "D8.1 L-M5")
    def _gate_plan(self):
        """Neither overloaded nor booked twice, nothing expired, nobody on leave."""
        unmet = {}
        for dispatch in self:
            conditions = dispatch._role_conditions() + dispatch._load_conditions()
            conditions += dispatch._booking_conditions() + dispatch._expiry_conditions()
            conditions += dispatch._leave_conditions()
            conditions += [unmet for stop in dispatch.stop_ids for unmet in stop._conditions()]
            unmet[dispatch.id] = conditions
        return unmet

    def _role_conditions(self):
        user = self.env.user
        if self.env.su or user._principals("merchandiser") or user._principals("plan_manager"):
            return []
        holders = user._users_of_role("merchandiser", self.company_id)
        return [Unmet("role", self.env._("vehicles are dispatched by the merchandiser"),
                      self.env._("%s does it", ", ".join(holders.mapped("name"))),
                      tuple(holders.ids))]

    def _load_conditions(self):
        """Payload *and* volume, by our own figures (D8.1)."""
        self.ensure_one()
        conditions = []
        if self.weight and exact(round(self.weight, 2)) > exact(self.max_payload):
            conditions.append(Unmet(
                "payload", self.env._("%(weight)s kg on a truck of %(limit)s kg (%(plate)s)",
                                      weight=f"{self.weight:,.0f}",
                                      limit=f"{self.max_payload:,.0f}", plate=self.plate or "—"),
                self.env._("take a larger truck, or two")))
        if self.volume and exact(round(self.volume, 4)) > exact(self.max_volume):
            conditions.append(Unmet(
                "volume", self.env._("%(volume)s m³ on a truck of %(limit)s m³ (%(plate)s)",
                                     volume=f"{self.volume:.2f}",
                                     limit=f"{self.max_volume:.1f}", plate=self.plate or "—"),
                self.env._("take a larger truck, or two")))
        return conditions

    def _booking_conditions(self):
        """Return the other trips of vehicle and driver at the same hours."""
        self.ensure_one()
        others = self.sudo().search([
            ("id", "!=", self.id), ("day", "=", self.day), ("state", "!=", "cancel"),
            ("hour_from", "<", self.hour_to), ("hour_to", ">", self.hour_from)])
        conditions = []
        for field, name in (("vehicle_id", self.vehicle_id.sudo().license_plate),
                            ("driver_id", self.driver_id.sudo().name)):
            double = others.filtered(lambda other: self[field] and other[field] == self[field])
            if double:
                conditions.append(Unmet(
                    "double", self.env._("%(who)s is on %(other)s at that time", who=name,
                                         other=", ".join(double.mapped("display_name"))),
                    self.env._("choose another, or other hours")))
        return conditions

    def _expiry_conditions(self):
        """Return what is not in force any more on the day of the trip."""
        self.ensure_one()
        vehicle, driver = self.vehicle_id.sudo(), self.driver_id.sudo()
        papers = [
            (self.env._("inspection of %s", vehicle.license_plate), vehicle.inspection_expires),
            (self.env._("insurance of %s", vehicle.license_plate), vehicle.insurance_expires),
            (self.env._("driving licence of %s", driver.name), driver.licence_expires),
        ]
        return [Unmet("expired", self.env._("%(paper)s ended on %(day)s", paper=paper, day=until),
                      self.env._("renew it, or choose another"))
                for paper, until in papers if until and until < self.day]

    def _leave_conditions(self):
        """Return the driver's leave on the day of the trip."""
        self.ensure_one()
        driver = self.driver_id.sudo()
        if not driver:
            return []
        company = self.company_id
        # leaves are HR's, that somebody is away is not
        leaves = self.env["resource.calendar.leaves"].sudo().search([
            ("resource_id", "=", driver.resource_id.id),
            ("date_from", "<", company._moment_on(self.day, self.hour_to)),
            ("date_to", ">", company._moment_on(self.day, self.hour_from))], limit=1)
        return [Unmet("leave", self.env._("%(driver)s is on leave on %(day)s",
                                          driver=driver.name, day=self.day),
                      self.env._("choose another driver"))] if leaves else []

    # ----------------------------------------------------------------- confirm

    @gate("dispatch.confirm", "D8.1 D8.5")
    def _gate_confirm(self):
        """Confirmed is a whole plan of goods that were confirmed the day before."""
        unmet = self._gate_plan()
        for dispatch in self:
            conditions = unmet[dispatch.id]
            if not (dispatch.vehicle_id or dispatch.hired_plate):
                conditions.append(Unmet("vehicle", self.env._("%s has no truck", dispatch.name),
                                        self.env._("choose one, or type a hired plate")))
            if not (dispatch.driver_id or dispatch.hired_driver):
                conditions.append(Unmet("driver", self.env._("%s has no driver", dispatch.name),
                                        self.env._("choose one")))
            if not dispatch.stop_ids:
                conditions.append(Unmet("stops", self.env._("%s goes nowhere", dispatch.name),
                                        self.env._("add the stops")))
            conditions += [unmet for stop in dispatch.stop_ids
                           for unmet in stop._goods_conditions()]
        return unmet

    def action_confirm(self):
        """Send the sheet to driver and keeper."""
        self._take_turns()
        self._pass_gate("_gate_confirm")
        self._step("confirmed", confirmed_by_id=self.env.uid,
                   confirmed_at=fields.Datetime.now())
        for dispatch in self.sudo():
            dispatch.stop_ids.shipping_id.filtered(
                lambda s: s.state == "accepted" and not s.truck_plate
            ).write({"truck_plate": dispatch.plate})
        return True

    def action_replan(self):
        """Take a confirmed sheet back to planning; that it was confirmed stays on record (L-M5)."""
        self._pass_gate("_gate_role")
        for dispatch in self:
            self.env["gendan.audit"]._note("override", REPLANNED, dispatch, self.env._(
                "%(trip)s was confirmed by %(person)s, and is planned anew.",
                trip=dispatch.display_name, person=dispatch.confirmed_by_id.name or ""))
        self._step("draft", confirmed_by_id=False, confirmed_at=False)
        return True

    def action_cancel(self, reason=False):
        """Cancel a trip; it stays on record.

        :param str reason: why
        """
        self._pass_gate("_gate_role")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why %s is cancelled.", self[:1].name))
        self._step("cancel", cancel_reason=reason)
        return True

    @gate("dispatch.role", "D8.1")
    def _gate_role(self):
        """Vehicles and drivers are the merchandiser's to schedule."""
        return {dispatch.id: dispatch._role_conditions() for dispatch in self}
