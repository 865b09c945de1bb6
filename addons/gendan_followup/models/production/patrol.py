from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

AREAS = [("machine", "Machines"), ("packing", "Packing"), ("raw_store", "Raw-material store"),
         ("packaging_store", "Packaging store"), ("finished_store", "Finished-goods store"),
         ("dock", "Loading dock"), ("other", "Elsewhere")]
KINDS = [("fine", "Nothing abnormal"), ("material", "Material"), ("print", "Print"),
         ("size", "Size"), ("seal", "Seal"), ("count", "Count"), ("hygiene", "Order and hygiene"),
         ("safety", "Safety"), ("record", "Record missing"), ("other", "Something else"),
         ("idea", "Suggestion")]
# what was seen is the word of whoever walked
SEEN = frozenset({"area", "kind", "description", "photo", "workcenter_id"})
SAME_HOUR, PATTERN_DAYS = 4, 5


class Patrol(models.Model):
    """巡视: the merchandiser walks through the workshop at varying times (D13.1–D13.4).

    A finding is solved at the source or goes to the plan manager; what was escalated is
    closed by both together, after a second look.
    """

    _name = "gendan.patrol"
    _inherit = ["gendan.photo.mixin", "gendan.state.mixin", "gendan.role.mixin", "mail.thread",
                "mail.activity.mixin"]
    _description = "Patrol"
    _order = "patrolled_at desc, id desc"
    _check_company_auto = True

    _transitions = {
        "open": ("solved", "escalated", "closed"),
        "solved": ("closed", "escalated"),
        "escalated": ("answered",),
        "answered": ("closed",),
        "closed": (),
    }
    _open_states = ("open",)
    _stamps = frozenset({
        "user_id", "patrolled_at", "action_text", "solved_by_id", "solved_at", "escalated_at",
        "escalated_by_id", "escalation", "plan_answer", "answered_by_id", "answered_at",
        "recheck", "closed_by_id", "closed_at", "is_repeated", "is_pattern",
    })

    company_id = fields.Many2one("res.company", required=True, index=True,
                                 default=lambda self: self.env.company)
    area = fields.Selection(AREAS, required=True, default="machine", index=True)
    workcenter_id = fields.Many2one("mrp.workcenter", "Machine", index="btree_not_null",
                                    ondelete="restrict", check_company=True)
    kind = fields.Selection(KINDS, "Finding", required=True, default="fine", index=True)
    description = fields.Text("What was seen")
    notice_line_id = fields.Many2one(
        "gendan.production.notice.line", "Notice line", index="btree_not_null",
        ondelete="restrict", check_company=True)
    lot_id = fields.Many2one("stock.lot", index="btree_not_null", ondelete="restrict",
                             check_company=True)
    photo = fields.Image(max_width=1600, max_height=1600)
    cause = fields.Char()
    told_id = fields.Many2one("hr.employee", "Told to", index="btree_not_null",
                              ondelete="restrict")
    due_date = fields.Date("By")
    user_id = fields.Many2one("res.users", "Merchandiser", readonly=True, copy=False, index=True,
                              ondelete="restrict")
    patrolled_at = fields.Datetime("At", readonly=True, copy=False, index=True)
    state = fields.Selection(
        [("open", "Found"), ("solved", "Solved"), ("escalated", "Escalated"),
         ("answered", "Answered"), ("closed", "Closed")], required=True, default="open",
        readonly=True, copy=False, index=True)
    action_text = fields.Text("What was done", readonly=True, copy=False)
    solved_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    solved_at = fields.Datetime(readonly=True, copy=False)
    escalation = fields.Text("Why it goes up", readonly=True, copy=False)
    escalated_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    escalated_at = fields.Datetime(readonly=True, copy=False)
    plan_answer = fields.Text("Plan manager's answer", readonly=True, copy=False)
    answered_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    answered_at = fields.Datetime(readonly=True, copy=False)
    recheck = fields.Text("Second look", readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    closed_at = fields.Datetime(readonly=True, copy=False)
    is_repeated = fields.Boolean("Comes again and again", readonly=True, copy=False)
    is_pattern = fields.Boolean("Always at the same hour", readonly=True, copy=False)

    @api.depends("area", "kind", "patrolled_at")
    def _compute_display_name(self):
        for patrol in self:
            labels = [dict(patrol._fields[name]._description_selection(self.env)).get(
                patrol[name], "") for name in ("area", "kind")]
            patrol.display_name = " · ".join(labels)

    @api.model
    def _creation_stamps(self):
        return {"user_id": self.env.uid, "patrolled_at": fields.Datetime.now()}

    @api.model_create_multi
    def create(self, vals_list):
        """Note a walk; one that found nothing is closed with it.

        :raise UserError: by another than a merchandiser, or a finding that says nothing
        """
        patrols = super().create(vals_list)
        if not self.env.su:
            patrols._check_part("merchandiser", "plan_manager")
        for patrol in patrols:
            if patrol.kind != "fine" and not (patrol.description or "").strip():
                raise UserError(self.env._("Say what you saw, so that it can be solved."))
            patrol.sudo().write(patrol.sudo()._prepare_flags())
        fine = patrols.filtered(lambda patrol: patrol.kind == "fine")
        for patrol in fine:
            patrol._step("closed", closed_by_id=self.env.uid, closed_at=fields.Datetime.now())
        return patrols

    def write(self, vals):
        """Let only whoever walked correct what was seen; a finding is not written away (X5).

        :raise UserError: for somebody else's finding, or one that would become none
        """
        if self.env.su or not vals.keys() & SEEN:
            return super().write(vals)
        user = self.env.user
        for patrol in self:
            if patrol.user_id != user:
                raise UserError(self.env._(
                    "%(patrol)s: %(who)s saw it and corrects it; say what you saw in a walk of "
                    "your own.", patrol=patrol.display_name, who=patrol.user_id.name))
            if vals.get("kind", patrol.kind) == "fine" and patrol.kind != "fine":
                raise UserError(self.env._(
                    "%s: something was found. Solve it, or escalate it.", patrol.display_name))
        result = super().write(vals)
        for patrol in self.sudo() if vals.keys() & {"area", "kind"} else ():
            patrol.write({"is_repeated": patrol._prepare_flags()["is_repeated"]})
        return result

    def _prepare_flags(self):
        """Return whether this finding repeats, and whether the walks follow the clock."""
        self.ensure_one()
        company = self.company_id
        before = self.search([
            ("company_id", "=", self.company_id.id), ("id", "!=", self.id),
            ("kind", "=", self.kind), ("area", "=", self.area),
            ("patrolled_at", ">=", self.patrolled_at - timedelta(days=company.patrol_repeat_days))])
        return {
            "is_repeated": self.kind not in ("fine", "idea")
            and len(before) + 1 >= company.patrol_repeats > 0,
            "is_pattern": self._walks_by_the_clock(),
        }

    def _walks_by_the_clock(self):
        """Whether the last days' walks all began in one and the same hour (D13.1)."""
        walks = self.search([
            ("user_id", "=", self.user_id.id), ("company_id", "=", self.company_id.id),
            ("patrolled_at", ">=", self.patrolled_at - timedelta(days=PATTERN_DAYS)),
            ("patrolled_at", "<=", self.patrolled_at)])
        days = {walk.patrolled_at.date() for walk in walks}
        return len(days) >= SAME_HOUR and len({walk.patrolled_at.hour for walk in walks}) == 1

    # -------------------------------------------------------------------- steps

    def action_solve(self, action):
        """Solved at the source: what was done, and by whom (D13.2).

        :param str action: what was done
        """
        self._check_part("merchandiser", "plan_manager")
        self._check_words(action)
        return self._step("solved", action_text=action, solved_by_id=self.env.uid,
                          solved_at=fields.Datetime.now())

    def action_escalate(self, why):
        """Not solved, or an idea: it goes to the plan manager (D13.3).

        :param str why: what stands against it
        """
        self._check_part("merchandiser", "plan_manager")
        self._check_words(why)
        self._step("escalated", escalation=why, escalated_by_id=self.env.uid,
                   escalated_at=fields.Datetime.now())
        for patrol in self.sudo():
            boss = self._superior(patrol.company_id)
            if boss:
                patrol.activity_schedule("mail.mail_activity_data_todo", user_id=boss.id,
                                         summary=patrol.display_name, note=why)
        return True

    @api.model
    def _superior(self, company):
        """Return the plan manager, who stands in for him, else the general manager (D13.3)."""
        users = self.env["res.users"]
        boss = users._users_of_role("plan_manager", company)[:1]
        deputies = self.env["gendan.deputy"].sudo()._deputies_of(boss, fields.Datetime.now())
        if deputies:
            return deputies.deputy_id[:1]
        today = company._company_today()
        # at night and on Sundays he finds it in the morning; on leave nobody does
        if boss and (not company._is_working_day(today) or boss._works_on(company, today)):
            return boss
        return users._users_of_role("general_manager", company)[:1] or boss

    def action_answer(self, answer):
        """The plan manager answers; both close it together (D13.4).

        :param str answer: what is done about it
        """
        self._check_part("plan_manager", "general_manager")
        self._check_words(answer)
        self._step("answered", plan_answer=answer, answered_by_id=self.env.uid,
                   answered_at=fields.Datetime.now())
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        return True

    def action_close(self, recheck):
        """Close it after a second look (D13.2, D13.4).

        :param str recheck: what the second look showed
        :raise UserError: without action, or without the plan manager's answer
        """
        self._check_part("merchandiser", "plan_manager")
        self._check_words(recheck)
        for patrol in self:
            if patrol.state == "open":
                raise UserError(self.env._(
                    "%s: nothing was done about it yet. Solve it, or escalate it.",
                    patrol.display_name))
            if patrol.state == "escalated":
                raise UserError(self.env._(
                    "%(patrol)s was escalated: %(who)s answers before it is closed.",
                    patrol=patrol.display_name, who=self._superior(patrol.company_id).name))
        return self._step("closed", recheck=recheck, closed_by_id=self.env.uid,
                          closed_at=fields.Datetime.now())

    def _check_words(self, words):
        if not (words or "").strip():
            raise UserError(self.env._("%s: say it in one sentence.", self[:1].display_name))

    def _check_part(self, *roles):
        self._check_roles(roles, "patrol.part", "D13.1 D13.3 D13.4")

    def _check_photos_open(self):
        """Refuse to touch the photo of a finding that is being dealt with (X5)."""
        for patrol in self:
            if not patrol._is_open():
                raise UserError(patrol._locked_message())

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A patrol is kept: close it instead."))
