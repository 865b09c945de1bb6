from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calc.working_time import next_working_day

PARTS = ("merchandiser", "production", "packaging")


class DayPlan(models.Model):
    """日计划: the next working day, agreed at the afternoon meeting by three (D4.5).

    It is drafted from the week plan; confirming freezes what stood there. "No production"
    is confirmed too.
    """

    _name = "gendan.day.plan"
    _inherit = ["gendan.state.mixin", "gendan.role.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Day plan"
    _order = "day desc"
    _rec_name = "day"

    _transitions = {"draft": ("confirmed",), "confirmed": ()}
    _stamps = frozenset({
        "confirmed_at", "is_late", "line_ids", "reminded_at", "alarmed_at", "due_at",
        *(f"{part}_{field}" for part in PARTS for field in ("id", "at")),
    })

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    day = fields.Date(required=True, readonly=True, index=True)
    state = fields.Selection([("draft", "Draft"), ("confirmed", "Confirmed")], required=True,
                             default="draft", readonly=True, index=True)
    due_at = fields.Datetime("To be confirmed by", readonly=True)
    merchandiser_id = fields.Many2one("res.users", "Merchandiser there", readonly=True,
                                      ondelete="restrict")
    merchandiser_at = fields.Datetime("Merchandiser there at", readonly=True)
    production_id = fields.Many2one("res.users", "Production there", readonly=True,
                                    ondelete="restrict")
    production_at = fields.Datetime("Production there at", readonly=True)
    packaging_id = fields.Many2one("res.users", "Packaging there", readonly=True,
                                   ondelete="restrict")
    packaging_at = fields.Datetime("Packaging there at", readonly=True)
    confirmed_at = fields.Datetime(readonly=True)
    is_late = fields.Boolean("Confirmed late", readonly=True)
    reminded_at = fields.Datetime(readonly=True)
    alarmed_at = fields.Datetime(readonly=True)
    line_ids = fields.Many2many("gendan.plan.line", string="Confirmed lines", readonly=True)
    draft_line_ids = fields.Many2many("gendan.plan.line", string="Planned",
                                      compute="_compute_draft_line_ids")

    _once = models.Constraint("UNIQUE (company_id, day)", "A day has one plan.")
    _three_persons = models.Constraint(
        "CHECK (merchandiser_id <> production_id AND production_id <> packaging_id "
        "AND merchandiser_id <> packaging_id)",
        "Three people meet: somebody else is there for the other part.")

    @api.depends("day", "state")
    def _compute_draft_line_ids(self):
        lines = self.env["gendan.plan.line"].search([
            ("day", "in", self.mapped("day")), ("company_id", "in", self.company_id.ids),
            ("state", "in", ("proposed", "confirmed", "done"))])
        by_day = lines.grouped(lambda line: (line.company_id, line.day))
        for plan in self:
            plan.draft_line_ids = plan.line_ids or by_day.get((plan.company_id, plan.day))

    @api.model
    def _draft_next(self, company):
        """Return the plan of the company's next working day, drafting it if it is not there."""
        today = company._company_today()
        day = next_working_day(today, company._is_working_day)
        plan = self.search([("company_id", "=", company.id), ("day", "=", day)])
        if plan:
            return plan
        # nobody creates one by hand: it follows from the calendar
        return self.sudo().create({"company_id": company.id, "day": day}).sudo(self.env.su)

    @api.model_create_multi
    def create(self, vals_list):
        """Draft a plan, with the hour at which it is due by the settings (D4.5)."""
        plans = super().create(vals_list)
        for plan in plans:
            company = plan.company_id
            plan.due_at = company._moment_on(
                company._working_day_before(plan.day), company.day_plan_due_hour)
        return plans

    @api.model
    def action_meeting(self):
        """Open the meeting of today: the plan of the next working day."""
        self._check_roles((*PARTS, "plan_manager"), "day_plan.meet", "D4.5 X4")
        return self._draft_next(self.env.company)._get_records_action()

    def action_attend(self):
        """Be there for one's own part; with the third the plan is confirmed (D4.5).

        :raise UserError: by somebody who speaks for none of the three parts
        """
        self._check_roles(PARTS, "day_plan.attend", "D4.5 X4")
        user = self.env.user
        mine = [part for part in PARTS if user._principals(part)]
        for plan in self:
            if not plan._may_become("confirmed"):
                raise UserError(plan._no_way_message("confirmed"))
            free = [part for part in mine if not plan[f"{part}_at"]]
            if not free or any(plan[f"{part}_id"] == user for part in PARTS):
                raise UserError(self.env._(
                    "%(plan)s: your attendance is noted already; another person is there for "
                    "the other parts.", plan=plan.display_name))
            plan._attend(free[0])
        return True

    def _attend(self, part):
        now = fields.Datetime.now()
        stamps = {f"{part}_id": self.env.uid, f"{part}_at": now}
        if any(not self[f"{other}_at"] for other in PARTS if other != part):
            # one of three: a stamp that no user may write
            self.sudo().write(stamps)
            return
        lines = self.draft_line_ids.filtered(lambda line: line.state == "confirmed")
        self._step("confirmed", **stamps, confirmed_at=now, is_late=now > self.due_at,
                   line_ids=[fields.Command.set(lines.ids)])
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    # ------------------------------------------------------------------ reminders

    @api.model
    def _cron_meetings(self):
        """Remind of the meetings that are due, in every company that uses 跟单 (D4.4, D4.5)."""
        now = fields.Datetime.now()
        for company in self.env["res.company"].browse(self.env["res.company"]._timezones_on()):
            # the job has no language of its own; its to-dos are read in the company's
            company = company.with_context(lang=company.partner_id.lang or self.env.lang)
            env = company.env
            env["gendan.week.plan"]._remind_week(company, now)
            env["gendan.delay.notice"]._remind_unanswered(company, now)
            if company._is_working_day(company._company_today()):
                env["gendan.day.plan"]._remind_day(company, now)

    def _remind_day(self, company, now):
        today = company._company_today()
        if now < company._moment_on(today, company.day_plan_remind_hour):
            return
        plan = self._draft_next(company)
        if plan.state == "confirmed":
            return
        if not plan.reminded_at:
            plan.reminded_at = now
            plan._ask(PARTS, self.env._("Meeting: agree the plan of %s", plan.day))
        if not plan.alarmed_at and now >= plan.due_at:
            plan.alarmed_at = now
            alarm = self.env._("The plan of %s is not confirmed yet", plan.day)
            plan._ask((*PARTS, "plan_manager"), alarm)
            self.env["gendan.message"]._tell_group(plan, alarm)

    def _ask(self, roles, summary):
        users = self.env["res.users"]
        for user in users.union(*(users._users_of_role(role, self.company_id) for role in roles)):
            self.activity_schedule("mail.mail_activity_data_todo", user_id=user.id,
                                   date_deadline=self.company_id._company_today(), summary=summary)
