from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...calc.working_time import company_date, next_working_day
from ..foundation.gate_mixin import Unmet, gate

GROUP_POINTS = {"punctual": 30, "goods": 25, "safety": 25, "vehicle": 10, "service": 10}
FEWEST_DAYS = 15


class DriverAppraisal(models.Model):
    """司机考核表: 100 points a month, each deduction rests on a fact (D11.1–D11.3)."""

    _name = "gendan.driver.appraisal"
    _inherit = ["gendan.state.mixin", "gendan.gate.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Driver appraisal"
    _order = "month desc, score desc, id"

    _transitions = {
        "draft": ("submitted", "revised"),
        "submitted": ("acknowledged", "revised"),
        "acknowledged": ("revised",),
        "revised": (),
    }
    _stamps = frozenset({
        "version", "submitted_at", "submitted_by_id", "acknowledged_at", "acknowledged_by_id",
        "read_at", "objection", "objected_at", "objected_by_id", "objection_answer",
        "answered_by_id", "revision_reason", "revises_id",
    })

    company_id = fields.Many2one("res.company", required=True, index=True,
                                 default=lambda self: self.env.company)
    driver_id = fields.Many2one("hr.employee", required=True, index=True, ondelete="restrict")
    month = fields.Date(required=True, index=True, help="First day of the month.")
    month_text = fields.Char("Month as text", compute="_compute_month_text")
    preparer_id = fields.Many2one("res.users", "Prepared by", required=True, readonly=True,
                                  default=lambda self: self.env.user, ondelete="restrict")
    state = fields.Selection(
        [("draft", "Draft"), ("submitted", "Submitted"), ("acknowledged", "Acknowledged"),
         ("revised", "Revised")],
        required=True, default="draft", readonly=True, copy=False, index=True, tracking=True)
    version = fields.Integer(default=1, readonly=True, copy=False)
    revises_id = fields.Many2one("gendan.driver.appraisal", readonly=True, copy=False,
                                 ondelete="restrict", index="btree_not_null")
    revision_reason = fields.Char(readonly=True, copy=False)
    line_ids = fields.One2many("gendan.driver.appraisal.line", "appraisal_id", "Deductions")
    remark = fields.Text()
    trip_count = fields.Integer("Trips", compute="_compute_trip_count", store=True)
    is_scored = fields.Boolean("Has a score", compute="_compute_score", store=True)
    no_score_text = fields.Char("Why no score", compute="_compute_no_score_text")
    score = fields.Integer(compute="_compute_score", store=True, aggregator="avg")
    punctual_score = fields.Integer("Punctuality", compute="_compute_score", store=True)
    goods_score = fields.Integer("Goods and papers", compute="_compute_score", store=True)
    safety_score = fields.Integer("Safety", compute="_compute_score", store=True)
    vehicle_score = fields.Integer("Vehicle", compute="_compute_score", store=True)
    service_score = fields.Integer("Service", compute="_compute_score", store=True)
    submitted_at = fields.Datetime(readonly=True, copy=False)
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    acknowledged_at = fields.Datetime(readonly=True, copy=False)
    acknowledged_by_id = fields.Many2one("res.users", readonly=True, copy=False,
                                         ondelete="restrict")
    objection = fields.Text(readonly=True, copy=False)
    objected_at = fields.Datetime(readonly=True, copy=False)
    objected_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    objection_answer = fields.Text(readonly=True, copy=False)
    answered_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")

    _one_sheet = models.UniqueIndex("(driver_id, month) WHERE state <> 'revised'",
                                    "This driver has a sheet for that month already.")
    _first_day = models.Constraint("CHECK (EXTRACT(day FROM month) = 1)",
                                   "A month is named by its first day.")

    @api.depends("month")
    def _compute_month_text(self):
        for sheet in self:
            sheet.month_text = sheet.month and sheet.month.strftime("%Y-%m")

    @api.depends("driver_id", "month", "version")
    def _compute_display_name(self):
        for sheet in self:
            sheet.display_name = f"{sheet.driver_id.sudo().name} {sheet.month_text}"

    @api.depends("driver_id", "month")
    def _compute_trip_count(self):
        for sheet in self:
            sheet.trip_count = self.env["gendan.dispatch"].sudo().search_count([
                ("driver_id", "=", sheet.driver_id.id), ("day", ">=", sheet.month),
                ("day", "<=", sheet._last_day()), ("departed_at", "!=", False)]
            ) if sheet.month else 0

    @api.depends("line_ids.points", "line_ids.group", "driver_id", "month", "trip_count")
    def _compute_score(self):
        for sheet in self:
            # who neither drove nor refused to has shown nothing to judge
            sheet.is_scored = sheet._days_employed() >= FEWEST_DAYS and bool(
                sheet.trip_count or sheet.line_ids)
            total = 0
            for group, points in GROUP_POINTS.items():
                taken = sum(sheet.line_ids.filtered(lambda line: line.group == group)
                            .mapped("points"))
                sheet[f"{group}_score"] = max(points - taken, 0)
                total += sheet[f"{group}_score"]
            sheet.score = total if sheet.is_scored else 0

    @api.depends_context("lang")
    @api.depends("is_scored", "driver_id", "month")
    def _compute_no_score_text(self):
        """Say which of the two edges of D11.1 it is, where a score is left out."""
        for sheet in self:
            days = sheet._days_employed()
            sheet.no_score_text = False if sheet.is_scored or not sheet.month else (
                self.env._("with us for %s days only", days) if days < FEWEST_DAYS
                else self.env._("no trip"))

    @api.model
    def _group_points(self):
        """Return ``{group: its points}`` of a sheet."""
        return GROUP_POINTS

    def _last_day(self):
        self.ensure_one()
        return fields.Date.end_of(self.month, "month")

    def _days_employed(self):
        """Return on how many days of the month the driver was with us."""
        self.ensure_one()
        if not self.month:
            return 0
        since = self.driver_id.sudo().driver_since
        first = max(since, self.month) if since else self.month
        return (self._last_day() - first).days + 1

    # ------------------------------------------------------------ create, prefill

    @api.model_create_multi
    def create(self, vals_list):
        """Begin a sheet, as merchandiser, after the month; filled from the facts (D11.2)."""
        for vals in vals_list:
            self._refuse_second(vals)
        sheets = super().create(vals_list)
        sheets._pass_gate("_gate_prepare")
        for sheet in sheets:
            if not sheet.line_ids:
                sheet._prefill()
        return sheets

    @api.model
    def _creation_stamps(self):
        return {**super()._creation_stamps(), "version": 1}

    def _refuse_second(self, vals):
        other = self.sudo().search([
            ("driver_id", "=", vals.get("driver_id")), ("month", "=", vals.get("month")),
            ("state", "!=", "revised")], limit=1)
        if other and not self.env.su:
            raise UserError(self.env._("%(sheet)s is there already, prepared by %(user)s.",
                                       sheet=other.display_name, user=other.preparer_id.name))

    def _prefill(self):
        """Cite every fact up to the end of the month that no sheet has cited yet, praise too.

        A fact that came to light after its month was closed counts in the next one.
        """
        self.ensure_one()
        facts = self.env["gendan.driver.fact"].sudo()
        facts._note_trips(self.driver_id.sudo(), self.month, self._last_day())
        open_facts = facts.search([
            ("driver_id", "=", self.driver_id.id), ("date", "<=", self._last_day()),
            ("is_excluded", "=", False),
            "|", ("points", ">", 0), ("kind", "=", "praise")]).filtered(
            lambda fact: not fact._is_cited())
        self.sudo().write({"line_ids": [
            Command.create({"fact_id": fact.id, "points": fact.points}) for fact in open_facts]})

    def write(self, vals):
        """Write a draft, as the merchandiser who prepares it."""
        if vals.keys() & {"line_ids", "remark", "driver_id", "month"} and not self.env.su:
            self._pass_gate("_gate_prepare")
        return super().write(vals)

    @gate("appraisal.prepare", "D11.1 D11.3")
    def _gate_prepare(self):
        """Prepared by one merchandiser, locked once submitted; revised instead."""
        unmet = {}
        for sheet in self:
            conditions = []
            user = self.env.user
            mine = user == sheet.preparer_id and user._principals("merchandiser")
            if not (self.env.su or mine or user._principals("plan_manager")):
                conditions.append(Unmet(
                    "role", self.env._("%s is not yours to prepare", sheet.display_name),
                    self.env._("%s prepares it", sheet.preparer_id.name)))
            if sheet.state != "draft":
                conditions.append(Unmet(
                    "locked", self.env._("%(sheet)s is %(state)s and locked",
                                         sheet=sheet.display_name,
                                         state=sheet._state_label(sheet.state)),
                    self.env._("make a revision")))
            unmet[sheet.id] = conditions
        return unmet

    # -------------------------------------------------------------- submit and on

    @gate("appraisal.submit", "D11.1 D11.2 D11.3")
    def _gate_submit(self):
        """Submitted is a sheet of a month that is over."""
        unmet = self._gate_prepare()
        for sheet in self:
            if sheet.company_id._company_today() <= sheet._last_day():
                unmet[sheet.id].append(Unmet(
                    "month", self.env._("%s is not over yet", sheet.month.strftime("%Y-%m")), ""))
        return unmet

    def action_submit(self):
        """Send the sheet to the plan manager; it is locked from now on (D11.3)."""
        self._pass_gate("_gate_submit")
        self._step("submitted", submitted_at=fields.Datetime.now(), submitted_by_id=self.env.uid)
        for sheet in self.sudo():
            for manager in self.env["res.users"]._users_of_role("plan_manager", sheet.company_id):
                sheet.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=manager.id,
                    date_deadline=sheet.company_id._company_today(),
                    summary=self.env._("Driver appraisal: %s", sheet.display_name))
        return True

    @gate("appraisal.acknowledge", "D11.3")
    def _gate_acknowledge(self):
        """Acknowledged by the plan manager, not by who prepared it."""
        unmet = {}
        for sheet in self:
            if not self.env.user._principals("plan_manager"):
                holders = self.env.user._users_of_role("plan_manager", sheet.company_id)
                unmet[sheet.id] = [Unmet(
                    "role", self.env._("%s goes up to the plan manager", sheet.display_name),
                    self.env._("%s acknowledges it", ", ".join(holders.mapped("name"))))]
            elif self.env.user == sheet.submitted_by_id:
                unmet[sheet.id] = [Unmet("own", self.env._(
                    "%s submitted it himself", self.env.user.name), "")]
        return unmet

    def action_acknowledge(self):
        """Take note of the result, as plan manager (D11.3)."""
        self._pass_gate("_gate_acknowledge")
        self._step("acknowledged", acknowledged_at=fields.Datetime.now(),
                   acknowledged_by_id=self.env.uid)
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        return True

    @gate("appraisal.object", "D11.3 X17")
    def _gate_object(self):
        """The driver objects once: at his own login, or with his badge on the gate's phone."""
        unmet = {}
        objecting = self.env["gendan.dispatch"]._clocking_employee()
        # whoever holds the phone reads no sheet but his own; the gate looks at it for him
        for sheet in self.sudo():
            conditions = unmet.setdefault(sheet.id, [])
            if not objecting or sheet.driver_id != objecting:
                conditions.append(Unmet("role", self.env._(
                    "only %s objects to his sheet", sheet.driver_id.name),
                    self.env._("he shows his badge at the gate")))
            if sheet.state not in ("submitted", "acknowledged"):
                conditions.append(Unmet("state", self.env._(
                    "%(sheet)s is %(state)s", sheet=sheet.display_name,
                    state=sheet._state_label(sheet.state)), ""))
            if sheet.objection:
                conditions.append(Unmet("once", self.env._("an objection is on record already"),
                                        ""))
        return unmet

    def action_object(self, text=False):
        """Object to a submitted sheet.

        :param str text: what is wrong in it
        """
        self._pass_gate("_gate_object")
        if not (text or "").strip():
            raise UserError(self.env._("Say what is wrong in the sheet."))
        self.sudo().write({"objection": text, "objected_at": fields.Datetime.now(),
                           "objected_by_id": self.env.uid})
        return True

    def action_answer(self, text=False):
        """Answer an objection, as plan manager; a change is a revision."""
        self._pass_gate("_gate_acknowledge")
        if not self[:1].objection or not (text or "").strip():
            raise UserError(self.env._("Answer an objection with its reason."))
        return self.sudo().write({"objection_answer": text, "answered_by_id": self.env.uid})

    def action_revise(self, reason=False):
        """Replace a submitted sheet by a new draft that cites the same facts (D11.3).

        :param str reason: why
        :return: the new draft
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the sheet is revised."))
        self.ensure_one()
        if not (self.env.user._principals("plan_manager") or self.env.user == self.preparer_id):
            self._pass_gate("_gate_acknowledge")
        self._step("revised", revision_reason=reason)
        fresh = self.sudo().create({
            "driver_id": self.driver_id.id, "month": self.month,
            "preparer_id": self.preparer_id.id, "company_id": self.company_id.id,
            "line_ids": [Command.create({"fact_id": line.fact_id.id, "points": line.points})
                         for line in self.sudo().line_ids]})
        # round the guard of write(): only a revision sets what it revises
        # pylint: disable-next=super-method-mismatch
        super(DriverAppraisal, fresh).write({"version": self.version + 1, "revises_id": self.id})
        return fresh.sudo(False)

    # -------------------------------------------------------------------- reminder

    @api.model
    def _cron_missing(self):
        """Tell the plan manager on the 3rd working day which sheets are missing (D11.3)."""
        for company in self.env["res.company"].sudo().search([("uses_gendan", "=", True)]):
            today = company._company_today()
            day = fields.Date.start_of(today, "month")
            if not company._is_working_day(day):
                day = next_working_day(day, company._is_working_day)
            for _count in range(2):
                day = next_working_day(day, company._is_working_day)
            if today == day:
                self._tell_missing(company, fields.Date.start_of(
                    fields.Date.subtract(today, months=1), "month"))

    @api.model
    def _tell_missing(self, company, month):
        last = fields.Date.end_of(month, "month")
        drivers = self.env["gendan.dispatch"].search([
            ("company_id", "=", company.id), ("day", ">=", month), ("day", "<=", last),
            ("departed_at", "!=", False)]).driver_id
        sent = self.search([("month", "=", month), ("state", "in", (
            "submitted", "acknowledged"))]).driver_id
        missing = (drivers - sent).sudo()
        summary = self.env._("Driver appraisals missing: %s", ", ".join(missing.mapped("name")))
        managers = self.env["res.users"]._users_of_role("plan_manager", company)
        for manager in managers if missing else ():
            manager.partner_id.activity_schedule(
                "mail.mail_activity_data_todo", user_id=manager.id, summary=summary,
                date_deadline=company_date(fields.Datetime.now(), company.gendan_tz))
