from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calc.week import label, monday

STANDING = ("proposed", "confirmed", "done")


class WeekPlan(models.Model):
    """周计划: one per ISO week of the company's timezone (D4.4, X1).

    It has no content of its own. Lines come in with a revision, and a revision is the only
    way in which a plan that was published changes (D4.3).
    """

    _name = "gendan.week.plan"
    _inherit = ["gendan.system.mixin", "gendan.role.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Week plan"
    _order = "week_start desc"

    name = fields.Char("Week", compute="_compute_name", store=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    week_start = fields.Date("Monday", required=True, readonly=True, index=True)
    revision_ids = fields.One2many("gendan.plan.revision", "plan_id", "Revisions", readonly=True)
    revision_id = fields.Many2one(
        "gendan.plan.revision", "Revision in force", compute="_compute_revision_id")
    draft_revision_id = fields.Many2one(
        "gendan.plan.revision", "Revision being drafted", compute="_compute_revision_id")
    line_ids = fields.Many2many("gendan.plan.line", string="Lines", compute="_compute_line_ids")
    reminded_at = fields.Datetime("Reminded at", readonly=True)
    alarmed_at = fields.Datetime("Gap shown to the plan manager at", readonly=True)

    _once = models.Constraint("UNIQUE (company_id, week_start)", "A week has one plan.")
    _monday = models.Constraint("CHECK (EXTRACT(isodow FROM week_start) = 1)",
                                "A week begins on Monday.")

    @api.depends("week_start")
    def _compute_name(self):
        for plan in self:
            plan.name = plan.week_start and label(plan.week_start)

    @api.depends("revision_ids.state")
    def _compute_revision_id(self):
        for plan in self:
            revisions = plan.revision_ids.sorted("number")
            plan.draft_revision_id = revisions.filtered(lambda r: r.state == "draft")[-1:]
            plan.revision_id = revisions.filtered(
                lambda r: r.state in ("published", "confirmed"))[-1:]

    @api.depends("revision_ids")
    def _compute_line_ids(self):
        standing = self._standing_lines().grouped(
            lambda line: (line.company_id, line.week_start))
        for plan in self:
            plan.line_ids = standing.get((plan.company_id, plan.week_start))

    def _standing_lines(self, since=None):
        """Return what is planned in these weeks and neither replaced, refused nor a draft.

        :param date since: leave out the days before
        """
        domain = [("company_id", "in", self.company_id.ids), ("state", "in", STANDING),
                  ("week_start", "in", self.mapped("week_start"))]
        if since:
            domain.append(("day", ">=", since))
        return self.env["gendan.plan.line"].search(domain)

    @api.model
    def _of(self, company, day):
        """Return the plan of the week of ``day``; the first line of a week opens it."""
        week_start = monday(day)
        plan = self.search([("company_id", "=", company.id), ("week_start", "=", week_start)])
        return plan or self.sudo().create(
            {"company_id": company.id, "week_start": week_start}).sudo(self.env.su)

    # ------------------------------------------------------------------ revisions

    def _draft_revision(self):
        """Return the revision in which this week is being drafted, opening one if need be.

        What was published is copied into it from today on: what has been is not planned
        again. Only these copies are moved about; the lines in force stay until publication.
        """
        self.ensure_one()
        if self.draft_revision_id:
            return self.draft_revision_id
        today = self.company_id._company_today()
        standing = self._standing_lines(since=today).filtered(lambda line: line.state != "done")
        # who may open one is asked by the callers; the row and its copies are the server's
        revision = self.env["gendan.plan.revision"].sudo().create({
            "plan_id": self.id, "number": len(self.revision_ids) + 1,
            "standing_ids": [fields.Command.set(standing.ids)],
        })
        self.env["gendan.plan.line"].sudo().create([
            {**line._prepare_draft(), "revision_id": revision.id} for line in standing])
        return revision.sudo(self.env.su)

    def action_revise(self):
        """Open a revision of this week's plan, or the one that is open already (D4.3)."""
        self.ensure_one()
        self._check_roles(("merchandiser", "plan_manager"), "week_plan.revise", "D4.3 D4.4 X4")
        return self._draft_revision()._get_records_action()

    @api.model
    def action_plan_week(self):
        """Open the plan of the present week of the company, for the Monday meeting (D4.4)."""
        self._check_roles(("merchandiser", "plan_manager"), "week_plan.revise", "D4.3 D4.4 X4")
        company = self.env.company
        return self._of(company, company._company_today()).action_revise()

    def action_timeline(self):
        """Open the week on the timeline: the open draft, or what is in force (screens, 7)."""
        self.ensure_one()
        revision = self.draft_revision_id or self.revision_id
        if not revision:
            raise UserError(self.env._("Week %s is not planned yet: open a revision.", self.name))
        return revision.action_timeline()

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A week plan is revised, never deleted (D4.3)."))

    # ------------------------------------------------------------------ reminders

    @api.model
    def _remind_week(self, company, now):
        """Ask for this week's plan on its first working day, show the gap at noon (D4.4)."""
        today = company._company_today()
        first = monday(today)
        while not company._is_working_day(first) and first < today:
            first = fields.Date.add(first, days=1)
        if first != today or not company._is_working_day(today):
            return
        plan = self._of(company, today)
        if plan.revision_id:
            return
        users = self.env["res.users"]
        if not plan.reminded_at and now >= company._moment_on(today, company.week_plan_hour):
            plan.reminded_at = now
            plan._ask(users._users_of_role("merchandiser", company), today)
        if not plan.alarmed_at and now >= company._moment_on(today, company.week_plan_alarm_hour):
            plan.alarmed_at = now
            plan._ask(users._users_of_role("plan_manager", company), today)

    def _ask(self, users, day):
        for user in users:
            self.activity_schedule(
                "mail.mail_activity_data_todo", user_id=user.id, date_deadline=day,
                summary=self.env._("The plan of week %s is not published yet", self.name))
