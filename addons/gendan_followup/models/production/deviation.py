from datetime import timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calc.working_time import local, next_working_day
from ..foundation.gate_mixin import Gate

DECISIONS = [("accept", "Accept"), ("concession", "Accept with concession"),
             ("rework", "Rework"), ("change_spec", "Change the specification"),
             ("cancel", "Cancel the order")]


class Deviation(models.Model):
    """偏差: production tries first; what it cannot solve goes to salesperson and customer (D5.5).

    Asked by the merchandiser, answered by production; only its "cannot" opens the way to the
    salesperson, whose decision carries the customer's own message (D5.6). It is the proof for
    L-S2 (who decided what) and L-M3 (who passed it on, and back).
    """

    _name = "gendan.deviation"
    _inherit = ["gendan.photo.mixin", "gendan.enquiry.mixin"]
    _description = "Deviation"
    _order = "id desc"
    _check_company_auto = True
    _enquiry_clause = "D5.5 D5.6"
    _enquiry_roles = {
        "ask": ("merchandiser", "plan_manager"),
        "try": ("production",),
        "relay": ("merchandiser", "plan_manager"),
        "answer": ("salesperson", "showroom", "sales_manager"),
        "return": ("merchandiser", "plan_manager"),
    }
    _stamps = frozenset({
        "asked_by_id", "asked_at", "relayed_by_id", "relayed_at", "relayed_to_id",
        "answered_by_id", "answered_at", "answer", "returned_by_id", "returned_at",
        "cancelled_by_id", "cancelled_at", "cancel_reason", "production_result",
        "production_answer", "production_by_id", "production_at", "customer_decision",
        "customer_message", "concession_amount", "escalated_at", "first_article_id",
        "reminded_at",
    })

    notice_line_id = fields.Many2one(
        "gendan.production.notice.line", "Notice line", required=True, index=True,
        ondelete="restrict", check_company=True)
    notice_id = fields.Many2one(related="notice_line_id.notice_id", store=True, precompute=True,
                                index=True)
    workcenter_id = fields.Many2one("mrp.workcenter", "Machine", required=True, index=True,
                                    ondelete="restrict", check_company=True)
    first_article_id = fields.Many2one("gendan.first.article", readonly=True, copy=False,
                                       index="btree_not_null", ondelete="restrict")
    photo = fields.Image(max_width=1600, max_height=1600)
    production_result = fields.Selection(
        [("solved", "Solved"), ("cannot", "Production cannot")], "Production says", readonly=True,
        copy=False, index=True)
    production_answer = fields.Text("What production says", readonly=True, copy=False)
    production_by_id = fields.Many2one("res.users", "Production", readonly=True, copy=False,
                                       ondelete="restrict")
    production_at = fields.Datetime("Production answered at", readonly=True, copy=False)
    escalated_at = fields.Datetime("Plan manager told at", readonly=True, copy=False)
    reminded_at = fields.Datetime("Sales manager told at", readonly=True, copy=False)
    customer_message = fields.Text("Customer's message", readonly=True, copy=False,
                                   help="In his own words, with its time.")
    customer_decision = fields.Selection(DECISIONS, "Decision", readonly=True, copy=False,
                                         index=True)
    concession_amount = fields.Monetary("Concession", readonly=True, copy=False,
                                        groups="gendan_followup.group_price")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id",
                                  groups="gendan_followup.group_price")

    @api.depends("notice_id")
    def _compute_currency_id(self):
        for deviation in self:
            deviation.currency_id = deviation.sudo().notice_id.order_id.currency_id

    @api.depends("notice_id.name", "workcenter_id.name")
    def _compute_display_name(self):
        for deviation in self:
            deviation.display_name = self.env._(
                "Deviation %(notice)s %(machine)s", notice=deviation.notice_id.name or "",
                machine=deviation.sudo().workcenter_id.name or "")

    @api.model_create_multi
    def create(self, vals_list):
        """Take the company from the notice line, and the sheet that it is about."""
        lines = self.env["gendan.production.notice.line"]
        deviations = super().create([
            {"company_id": lines.browse(vals.get("notice_line_id")).company_id.id
             or self.env.company.id, **vals} for vals in vals_list])
        for deviation in deviations.sudo():
            deviation.first_article_id = self.env["gendan.first.article"].sudo()._of_lines(
                deviation.notice_line_id).filtered(
                    lambda one, deviation=deviation:
                    one.workcenter_id == deviation.workcenter_id)[-1:]
        return deviations

    # -------------------------------------------------------------------- steps

    def action_ask(self):
        """Tell production; it has two working hours, or what the company says (D5.5)."""
        for deviation in self:
            deviation.due_at = deviation._answer_due_at()
            deviation.addressee_id = deviation.addressee_id or self.env[
                "res.users"]._users_of_role("production", deviation.company_id)[:1]
            # production is told now: what the rejection asked for is done
            deviation.sudo().first_article_id.filtered(
                lambda one: one.decision == "rejected").activity_unlink(
                    ["mail.mail_activity_data_todo"])
        return super().action_ask()

    def _answer_due_at(self):
        """Return the end of the working hours for an answer that begin now (X2)."""
        now, hours = fields.Datetime.now(), self.company_id.answer_hours
        calendar = self.company_id.resource_calendar_id.sudo()
        if not calendar:
            return now + timedelta(hours=hours)
        aware = now.replace(tzinfo=ZoneInfo("UTC"))
        end = calendar.plan_hours(hours, aware, compute_leaves=True)
        return end.astimezone(ZoneInfo("UTC")).replace(tzinfo=None) if end else False

    def action_solved(self, how):
        """Production has solved it, and says how; a new first article follows (D5.5).

        :param str how: what was changed
        """
        self._try("solved", how)
        self._step("answered", answer=how, **self._stamp("answered"))
        for deviation in self:
            # what was sampled before shows the fault, or what no longer comes out
            deviation.sudo()._sheets_before()._end(self.env._(
                "%(deviation)s was solved: %(how)s", deviation=deviation.display_name, how=how))
            deviation._remind(deviation.sudo().asked_by_id)
        return True

    def _sheets_before(self):
        """Return the first articles of this machine whose sample was taken until now."""
        self.ensure_one()
        return self.env["gendan.first.article"]._of_lines(self.notice_line_id).filtered(
            lambda one: one.workcenter_id == self.workcenter_id and one.sampled_at
            and one.decision in ("pending", "accepted"))

    def action_cannot(self, why):
        """Production cannot solve it: now, and not before, it is the salesperson's (D5.6).

        :param str why: what stands against it
        """
        self._try("cannot", why)
        for deviation in self:
            deviation._remind(deviation.sudo().asked_by_id)
        return True

    def _try(self, result, words):
        self._check_step("try")
        if not (words or "").strip():
            raise UserError(self.env._("%s: say how, or why not.", self[:1].display_name))
        for deviation in self:
            if deviation.state != "asked" or deviation.production_result:
                raise UserError(deviation._no_way_message("answered"))
        # production's word is written by this step only
        self.sudo().write({"production_result": result, "production_answer": words,
                           "production_by_id": self.env.user._acting().id,
                           "production_at": fields.Datetime.now()})

    def action_relay(self, user=False):
        """Pass it on to the salesperson, who talks to the customer (D5.6).

        :raise UserError: before production has said that it cannot
        """
        self._check_step("relay")
        for deviation in self:
            if deviation.production_result != "cannot":
                self.env["gendan.audit"]._refuse(
                    Gate("deviation.relay", "D5.5 D5.6"), deviation, self.env._(
                        "%(deviation)s: production has not answered that it cannot solve it. "
                        "%(who)s tries first.", deviation=deviation.display_name,
                        who=deviation.addressee_id.name or self.env._("production")))
            super(Deviation, deviation).action_relay(
                user or deviation.notice_id.salesperson_id or deviation._plan_manager())
        return True

    def _plan_manager(self):
        return self.env["res.users"]._users_of_role("plan_manager", self.company_id)[:1]

    def action_answer(self, answer, decision=None, message=False, concession=0):
        """Decide, with the customer's message (D5.6).

        :param str answer: the instruction that production reads
        :param str decision: a key of `DECISIONS`
        :param str message: what the customer wrote; without it the decision is one's own (L-S2)
        :param float concession: all told, in the currency of the order
        """
        self._check_step("answer")
        if decision not in dict(DECISIONS):
            raise UserError(self.env._("%s: say what was agreed with the customer.",
                                       self[:1].display_name))
        for deviation in self:
            salesperson = deviation.notice_id.salesperson_id
            if salesperson and not self.env.user._principals("sales_manager") and (
                    salesperson not in self.env.user._principals("salesperson")
                    | self.env.user._principals("showroom")):
                self.env["gendan.audit"]._refuse(
                    Gate("deviation.answer", "D5.6"), deviation, self.env._(
                        "%(deviation)s: %(who)s talks to the customer and decides.",
                        deviation=deviation.display_name, who=salesperson.name))
        if not (answer or "").strip():
            raise UserError(self.env._("%s: write the answer.", self[:1].display_name))
        self._answer(answer=answer, customer_decision=decision, customer_message=message,
                     concession_amount=concession)
        self.sudo()._after_customer(decision)
        return True

    def action_cancel(self, reason):
        """Take it back; what production cannot solve is taken back by the plan manager (D5.6).

        Otherwise whoever asked would start the machine again without a decision.
        """
        beyond = self.filtered(lambda one: one.production_result == "cannot")
        if beyond:
            beyond._check_roles(("plan_manager",), "deviation.cancel", "D5.6 X4")
        return super().action_cancel(reason)

    def action_decide(self):
        """Decide with what stands on the form."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "gendan_followup.action_deviation_decide")

    def _after_customer(self, decision):
        """What the decision leads to: finance, a revision, or a stop (D5.6)."""
        for deviation in self:
            notice = deviation.notice_id
            if decision == "concession":
                finance = self.env["res.users"]._users_of_role("finance", deviation.company_id)
                deviation.message_post(
                    body=self.env._("A concession was agreed: the price changes by a revision."),
                    partner_ids=(finance | notice.salesperson_id).partner_id.ids)
            elif decision in ("change_spec", "cancel") and not notice.on_hold:
                notice._hold("manual", self.env._(
                    "deviation: %s", deviation._decision_label()))
            if decision == "change_spec":
                deviation._open_revision()

    def _open_revision(self):
        """Begin the revision in which the agreed specification is written (D1.11, D5.6).

        Whoever decided may not write the order himself: then it is on its salesperson's list.
        """
        self.ensure_one()
        reason = self.env._("%(deviation)s: %(decision)s", deviation=self.display_name,
                            decision=self._decision_label())
        order = self.notice_id.order_id.with_user(self.env.user).sudo(False)
        if not order:
            return
        if order.revision_state == "valid" and order._may_edit_controlled():
            order.action_open_revision(reason)
        order.sudo().activity_schedule(
            "mail.mail_activity_data_todo", summary=reason, note=self.answer,
            user_id=(self.notice_id.salesperson_id or self.env.user).id,
            date_deadline=self.company_id._company_today())

    def _decision_label(self):
        return dict(self._fields["customer_decision"]._description_selection(self.env)).get(
            self.customer_decision, "")

    def _is_settled(self):
        """Whether a restart may follow: production solved it, or somebody decided (D5.6)."""
        self.ensure_one()
        return self.state in ("answered", "returned", "cancel", "draft")

    # ---------------------------------------------------------------- reminder

    @api.model
    def _cron_tell_plan_manager(self):
        """Tell the plan manager what production left unanswered (D5.5)."""
        late = self.search([("state", "=", "asked"), ("production_result", "=", False),
                            ("due_at", "<=", fields.Datetime.now()),
                            ("escalated_at", "=", False)])
        for deviation in late:
            deviation.sudo().escalated_at = fields.Datetime.now()
            deviation.message_post(
                body=self.env._("Production has not answered in time."),
                partner_ids=deviation._plan_manager().partner_id.ids)
            deviation.activity_schedule(
                "mail.mail_activity_data_todo", user_id=deviation._plan_manager().id,
                summary=deviation.display_name)
        self._remind_silent()

    @api.model
    def _remind_silent(self):
        """Tell the sales manager where the customer said nothing for a working day (D5.6).

        The machine stands meanwhile: nothing starts again before a decision.
        """
        now = fields.Datetime.now()
        waiting = self.search([("state", "=", "relayed"), ("reminded_at", "=", False)])
        for deviation in waiting.filtered(lambda one: one._customer_due_at() <= now):
            deviation.sudo().reminded_at = now
            managers = self.env["res.users"]._users_of_role(
                "sales_manager", deviation.company_id)
            for user in managers | deviation.relayed_to_id:
                deviation.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=user.id,
                    date_deadline=deviation.company_id._company_today(),
                    summary=self.env._(
                        "No answer of the customer yet: %s", deviation.display_name))

    def _customer_due_at(self):
        """Return the same hour of the working day after it was passed on (D4.8)."""
        self.ensure_one()
        company = self.company_id
        clock = local(self.relayed_at, company.gendan_tz)
        return company._moment_on(
            next_working_day(clock.date(), company._is_working_day),
            clock.hour + clock.minute / 60)
