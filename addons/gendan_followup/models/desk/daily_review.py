from datetime import timedelta

from odoo import api, fields, models

from ...calc.working_time import local
from ..foundation.gate_mixin import Unmet, gate


class DailyReview(models.Model):
    """日整理表: once a day every open order passes before its merchandiser's eyes (D7).

    The lines are filled in when the sheet is opened; what is assigned later that day
    appears tomorrow. A sheet that is finished stays as it was.
    """

    _name = "gendan.daily.review"
    _inherit = ["gendan.state.mixin", "gendan.gate.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Daily review"
    _order = "day desc, user_id, id desc"

    _transitions = {"open": ("done", "missing"), "missing": ("missing", "done"), "done": ()}
    # who forgot it may still do it; when he finished says how late it was
    _open_states = ("open", "missing")
    _stamps = frozenset({"day", "user_id", "started_at", "finished_at"})

    user_id = fields.Many2one("res.users", "Merchandiser", required=True, readonly=True,
                              index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, index=True,
                                 default=lambda self: self.env.company)
    day = fields.Date(required=True, readonly=True, index=True)
    state = fields.Selection(
        [("open", "Under way"), ("done", "Finished"), ("missing", "Missing")],
        required=True, default="open", readonly=True, copy=False, index=True)
    started_at = fields.Datetime("Started at", readonly=True, copy=False)
    finished_at = fields.Datetime("Finished at", readonly=True, copy=False)
    minutes = fields.Integer(compute="_compute_minutes", store=True, aggregator="avg")
    line_ids = fields.One2many("gendan.daily.review.line", "review_id", "Orders")
    order_count = fields.Integer("Open orders", compute="_compute_counts", store=True)
    reviewed_count = fields.Integer("Reviewed", compute="_compute_counts", store=True)
    plan = fields.Text("Plan for tomorrow")

    _once = models.Constraint("UNIQUE (user_id, day, company_id)",
                              "There is a review of that day already.")

    @api.depends("user_id", "day")
    def _compute_display_name(self):
        for review in self:
            review.display_name = f"{review.day} {review.user_id.sudo().name}"

    @api.depends("started_at", "finished_at")
    def _compute_minutes(self):
        for review in self:
            span = (review.finished_at - review.started_at) if review.finished_at else timedelta()
            review.minutes = round(span.total_seconds() / 60)

    @api.depends("line_ids.is_reviewed")
    def _compute_counts(self):
        for review in self:
            review.order_count = len(review.line_ids)
            review.reviewed_count = len(review.line_ids.filtered("is_reviewed"))

    # ------------------------------------------------------------------ start

    @api.model
    def _creation_stamps(self):
        """The day is the company's when the sheet is opened, 23:50 included (X1)."""
        return {"user_id": self.env.uid, "day": self.env.company._company_today(),
                "started_at": fields.Datetime.now()}

    @api.model
    def action_start(self):
        """Open today's sheet of the present user; the one that is there, if it is.

        :return: the action that shows it
        """
        self.browse()._check_merchandiser()
        review = self.search([
            ("user_id", "=", self.env.uid), ("day", "=", self.env.company._company_today()),
            ("company_id", "=", self.env.company.id)])
        review = review or self.create({"company_id": self.env.company.id})
        if review.state == "missing":
            # noted as missing: his own time begins now
            review._step("missing", started_at=fields.Datetime.now())
        return {"type": "ir.actions.act_window", "res_model": self._name,
                "res_id": review.id, "views": [(False, "form")], "target": "current"}

    @api.model_create_multi
    def create(self, vals_list):
        """Fill the sheet with every open order, overdue and showroom on top (D7.2, D9.1)."""
        if not self.env.su:
            self._check_merchandiser()
        reviews = super().create(vals_list)
        for review in reviews.filtered(lambda review: review.state == "open"):
            review._prefill()
        return reviews

    def _check_merchandiser(self):
        user = self.env.user
        if not self.env.su and not user._principals("merchandiser"):
            self.env["gendan.audit"]._refuse(
                self._gate_of("_gate_finish"), self,
                self.env._("The daily review is the merchandiser's: %s is none.", user.name))

    def _prefill(self):
        today = self.env["gendan.today"].with_user(self.user_id).with_company(self.company_id)
        # what the sheet says of an order is written by the system
        self.env["gendan.daily.review.line"].sudo().create(
            [{**values, "review_id": self.id, "sequence": index}
             for index, values in enumerate(today._review_lines())])

    # ----------------------------------------------------------------- finish

    def action_finish(self):
        """Finish the sheet: every order was looked at (D7.2).

        :raise UserError: naming the orders that were not
        """
        self._pass_gate("_gate_finish")
        self._step("done", finished_at=fields.Datetime.now())
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        return True

    @gate("review.finish", "D7.2")
    def _gate_finish(self):
        """No open order is forgotten, and a red one is not passed over in silence."""
        return {review.id: review._finish_conditions() for review in self}

    def _finish_conditions(self):
        self.ensure_one()
        if self.env.user != self.user_id:
            return [Unmet("role", self.env._("%s is not your review", self.display_name),
                          self.env._("%s finishes it", self.user_id.sudo().name))]
        left = self.line_ids.filtered(lambda line: not line.is_reviewed)
        if not left:
            return []
        return [Unmet(
            "unreviewed", self.env._(
                "%(done)s of %(all)s orders are reviewed; left: %(orders)s",
                done=len(self.line_ids) - len(left), all=len(self.line_ids),
                orders=", ".join(left.mapped("order_name"))),
            self.env._("look at them and mark them"))]

    def action_review_green(self):
        """Mark all lines that are not red: they need no word (D7.2)."""
        lines = self.line_ids.filtered(lambda line: not line.is_reviewed and line.risk != "red")
        lines.action_reviewed()
        return True

    # ---------------------------------------------------------------- missing

    @api.model
    def _cron_missing(self):
        """Show the plan manager who made no review today (D7.1)."""
        for company in self.env["res.company"].search([("uses_gendan", "=", True)]):
            clock = local(fields.Datetime.now(), company.gendan_tz)
            if clock.hour + clock.minute / 60 >= company.review_hour and (
                    company._is_working_day(clock.date())):
                self.with_company(company)._note_missing(company, clock.date())

    def _note_missing(self, company, day):
        """Write a row for each merchandiser who owes today's review, once."""
        there = self.search([("company_id", "=", company.id), ("day", "=", day),
                             ("state", "in", ("done", "missing"))]).user_id
        owing = (self.env["res.users"]._users_of_role("merchandiser", company) - there).filtered(
            lambda user: self._owes(user, company, day))
        planners = self.env["res.users"]._users_of_role("plan_manager", company)
        for user in owing:
            review = self.search([("user_id", "=", user.id), ("day", "=", day),
                                  ("company_id", "=", company.id)])
            # the sheet that he did not open is opened in his name, and stays empty of marks
            review = review or self.with_user(user).sudo().create({"company_id": company.id})
            review._step("missing")
            for planner in planners:
                review.sudo().activity_schedule(
                    "mail.mail_activity_data_todo", user_id=planner.id, date_deadline=day,
                    summary=self.env._("No daily review of %s", user.name))

    def _owes(self, user, company, day):
        """Whether ``user`` has open orders and works on ``day``: leave exempts (D7.1)."""
        if not self.env["sale.order"].sudo().search_count([
                ("merchandiser_id", "=", user.id), ("is_followed", "=", True),
                ("company_id", "=", company.id)], limit=1):
            return False
        return user._works_on(company, day)
