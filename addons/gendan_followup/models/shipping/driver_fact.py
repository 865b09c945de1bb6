from odoo import api, fields, models
from odoo.exceptions import UserError

from ..foundation.gate_mixin import Gate

# kind → (group of the sheet, points)
POINTS = {
    "late_start": ("punctual", 3), "late_arrival": ("punctual", 5),
    "damage": ("goods", 5), "note_missing": ("goods", 2),
    "fine": ("safety", 5), "accident": ("safety", 5),
    "vehicle_care": ("vehicle", 2),
    "refused_trip": ("service", 5), "complaint": ("service", 5), "praise": ("service", 0),
}
GROUPS = [("punctual", "Punctuality"), ("goods", "Goods and papers"), ("safety", "Safety"),
          ("vehicle", "Vehicle"), ("service", "Obedience and service")]


class DriverFact(models.Model):
    """What a driver did or failed to do; the only thing a deduction may rest on (D11.2)."""

    _name = "gendan.driver.fact"
    _inherit = ["gendan.reckoned.mixin"]
    _description = "Fact about a driver"
    _order = "date desc, id desc"
    _rec_name = "description"

    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True,
                                 default=lambda self: self.env.company)
    driver_id = fields.Many2one("hr.employee", required=True, index=True, ondelete="restrict")
    date = fields.Date(required=True, index=True)
    kind = fields.Selection(
        [("late_start", "Late start"), ("late_arrival", "Late arrival"), ("damage", "Damage"),
         ("note_missing", "Delivery note not returned"), ("fine", "Traffic fine"),
         ("accident", "Accident"), ("vehicle_care", "Vehicle not cared for"),
         ("refused_trip", "Refused a trip"), ("complaint", "Complaint"), ("praise", "Praise")],
        required=True)
    group = fields.Selection(GROUPS, compute="_compute_points", store=True)
    points = fields.Integer("Points off", compute="_compute_points", store=True)
    description = fields.Char(required=True)
    dispatch_id = fields.Many2one("gendan.dispatch", "Trip", index="btree_not_null",
                                  ondelete="restrict")
    stop_id = fields.Many2one("gendan.dispatch.stop", index="btree_not_null",
                              ondelete="restrict")
    is_excluded = fields.Boolean("Not counted", readonly=True)
    exclusion = fields.Char("Not counted because", readonly=True)
    from_trip = fields.Boolean("From the trip", readonly=True)
    user_id = fields.Many2one("res.users", "Noted by", readonly=True, ondelete="restrict")
    noted_at = fields.Datetime(readonly=True)
    line_ids = fields.One2many("gendan.driver.appraisal.line", "fact_id", "Cited in",
                               readonly=True)

    _trip_once = models.UniqueIndex("(dispatch_id, kind) WHERE from_trip AND stop_id IS NULL")
    _stop_once = models.UniqueIndex("(stop_id, kind) WHERE from_trip AND stop_id IS NOT NULL")

    @api.depends("kind")
    def _compute_points(self):
        for fact in self:
            fact.group, fact.points = POINTS.get(fact.kind, (False, 0))

    @api.model_create_multi
    def create(self, vals_list):
        """Note a fact; who and when are the server's, and no fact lies in the future."""
        today = self.env.company._company_today()
        for vals in vals_list:
            if not self.env.su and vals.keys() & {"is_excluded", "exclusion", "from_trip"}:
                raise UserError(self.env._("What is not counted follows from the trip."))
            if fields.Date.to_date(vals.get("date")) > today:
                raise UserError(self.env._("%s has not come yet.", vals["date"]))
            vals.update(user_id=self.env.uid, noted_at=fields.Datetime.now())
        return super().create(vals_list)

    def write(self, vals):
        """Refuse: a fact is written once; a wrong one is followed by another (X5)."""
        if vals and self:
            self.env["gendan.audit"]._refuse(
                Gate("driver.fact", "D11.2 X5"), self,
                self.env._("A fact about a driver is written once: %s", self[0].description))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A fact about a driver is never deleted."))

    def _is_cited(self, line=None):
        """Whether a sheet in force, other than that of ``line``, counts this fact."""
        self.ensure_one()
        lines = self.sudo().line_ids - line if line else self.sudo().line_ids
        return bool(lines.filtered(lambda line: line.appraisal_id.state != "revised"))

    # ------------------------------------------------------------- from the trips

    @api.model
    def _note_trips(self, driver, first, last):
        """Note the facts that the trips of ``driver`` from ``first`` to ``last`` contain."""
        trips = self.env["gendan.dispatch"].search([
            ("driver_id", "=", driver.id), ("day", ">=", first), ("day", "<=", last),
            ("departed_at", "!=", False)])
        known = {(fact.dispatch_id, fact.stop_id, fact.kind) for fact in self.search([
            ("dispatch_id", "in", trips.ids), ("from_trip", "=", True)])}
        rows = [row for trip in trips for row in self._trip_rows(trip)]
        return self.create([
            {**row, "driver_id": driver.id, "from_trip": True, "company_id": driver.company_id.id}
            for row in rows
            if (trips.browse(row["dispatch_id"]),
                self.env["gendan.dispatch.stop"].browse(row.get("stop_id")), row["kind"])
            not in known])

    @api.model
    def _trip_rows(self, trip):
        """Return the facts of one trip: late start, late arrivals, notes that stayed out."""
        rows = []
        base = {"dispatch_id": trip.id, "date": trip.day}
        late = trip._late_start_minutes()
        if late:
            rows.append({**base, "kind": "late_start", "description": self.env._(
                "%(trip)s: left %(minutes)s minutes late by himself", trip=trip.name,
                minutes=late)})
        for stop in trip.stop_ids:
            rows += [{**base, **row, "stop_id": stop.id} for row in self._stop_rows(trip, stop)]
        return rows

    @api.model
    def _stop_rows(self, trip, stop):
        rows = []
        if stop.late_minutes:
            own = stop.late_minutes - trip._excused_minutes()
            excluded = own <= trip.company_id.departure_tolerance
            rows.append({"kind": "late_arrival", "is_excluded": excluded,
                         "exclusion": excluded and self.env._("he waited for others"),
                         "description": self.env._(
                             "%(place)s: arrived %(minutes)s minutes late",
                             place=stop.place or "—", minutes=stop.late_minutes)})
        if stop._is_note_late(fields.Datetime.now()):
            rows.append({"kind": "note_missing", "description": self.env._(
                "%s: delivery note not returned in time", stop.place or "—")})
        return rows
