from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calc.working_time import local, next_working_day
from ..foundation.enquiry_mixin import EnquiryMixin
from ..foundation.gate_mixin import Gate

OPEN_STATES = ("draft", "asked", "relayed")


class DelayNotice(models.Model):
    """交期问题: told to the salesperson in advance; the customer's answer rules (D4.7, D4.8).

    The system drafts it as soon as the plan in force ends after the customer's date.
    When it was found, sent and answered are the proof for L-M4.
    """

    _name = "gendan.delay.notice"
    _inherit = ["gendan.enquiry.mixin"]
    _description = "Delay notice"
    _order = "detected_at desc, id desc"
    _rec_name = "notice_id"
    _check_company_auto = True

    _stamps = EnquiryMixin._stamps | {
        "detected_at", "outcome", "new_date", "is_in_advance", "is_answer_late", "reminded_at"}
    _enquiry_clause = "D4.7 D4.8"

    notice_id = fields.Many2one("gendan.production.notice", required=True, index=True,
                                ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="notice_id.company_id", store=True, precompute=True,
                                 index=True)
    salesperson_id = fields.Many2one(related="notice_id.salesperson_id")
    question = fields.Text("Why it is late")
    planned_finish = fields.Date(required=True, help="Last day of the plan in force.")
    customer_date = fields.Date("Customer's date", required=True)
    detected_at = fields.Datetime("Found at", readonly=True, copy=False)
    is_in_advance = fields.Boolean(
        "Told in advance", readonly=True, copy=False,
        help="Sent before the customer's date; on the date itself it is not in advance.")
    outcome = fields.Selection(
        [("new_date", "New date"), ("partial", "Partial shipment"),
         ("refused", "Insists on the date"),
         ("cancel", "Cancels")], "Customer's answer", readonly=True, copy=False)
    new_date = fields.Date(readonly=True, copy=False)
    is_answer_late = fields.Boolean("Answered late", readonly=True, copy=False)
    reminded_at = fields.Datetime("Sales manager told at", readonly=True, copy=False)

    _one_open = models.UniqueIndex(
        "(notice_id) WHERE state IN ('draft', 'asked', 'relayed')",
        "That notice has an open delay notice: go on in that one.")

    @api.depends("notice_id.name")
    def _compute_display_name(self):
        for delay in self:
            delay.display_name = self.env._(
                "%(notice)s: planned %(finish)s, promised %(promised)s",
                notice=delay.notice_id.name, finish=delay.planned_finish,
                promised=delay.customer_date)

    @api.model
    def _creation_stamps(self):
        return {"detected_at": fields.Datetime.now()}

    # ------------------------------------------------------------------ detection

    @api.model
    def _detect(self, notices):
        """Draft a delay notice where the plan in force ends after the customer's date (D4.7).

        A draft whose risk has disappeared again is cancelled with that reason.
        """
        # the one policy says what is at risk (D4.1); an unsigned order has no date to break
        states = notices._milestone_states()
        late = notices.filtered(lambda notice: notice.state in ("valid", "released")
                                and states[notice.id]["is_at_risk"])
        # found by the system, whoever planned: the merchandiser sends it
        known = self.sudo().search([("notice_id", "in", notices.ids), ("state", "!=", "cancel")],
                                   order="id")
        open_ones = known.filtered(lambda delay: delay.state in OPEN_STATES)
        gone = open_ones.filtered(lambda delay: delay.state == "draft"
                                  and delay.notice_id not in late)
        if gone:
            gone._step("cancel", cancel_reason=self.env._("The plan is in time again."),
                       cancelled_at=fields.Datetime.now(), cancelled_by_id=self.env.uid)
        last = {delay.notice_id: delay for delay in known}
        drafts = self.sudo().create([
            self._prepare_draft(notice, states[notice.id])
            for notice in late - open_ones.notice_id
            if not last.get(notice, self)._answers(*notice._endangered(states[notice.id]))])
        for draft in drafts:
            draft._remind(draft.notice_id.merchandiser_id)
        return drafts

    @api.model
    def _prepare_draft(self, notice, state):
        """Return the values of a draft: the forecast, and what the delivery waits for."""
        finish, promised = notice._endangered(state)
        return {
            "notice_id": notice.id, "planned_finish": finish, "customer_date": promised,
            "question": self.env._(
                "The forecast is %(finish)s, promised is %(promised)s. It waits for: %(step)s "
                "(%(who)s).", finish=finish, promised=promised,
                step=state["blocker_label"] or state["next_label"], who=state["owner"] or "-"),
        }

    def _answers(self, finish, promised):
        """Whether the customer's answer covers a finish on that day already.

        He took a date that is not before it; or he refused one that was not better. Who took
        a part on the old date did not say that this may come later.

        :param date finish: the forecast
        :param date promised: the date in danger
        """
        if not self or self.state not in ("answered", "returned"):
            return False
        if self.outcome == "partial" and promised == self.notice_id.first_part_date:
            return False
        if self.outcome in ("new_date", "partial"):
            return finish <= self.new_date
        return self.outcome == "cancel" or finish <= self.planned_finish

    @api.model
    def _remind_unanswered(self, company, now):
        """Tell the sales manager of answers that are due (D4.8)."""
        due = self.search([("company_id", "=", company.id), ("state", "in", ("asked", "relayed")),
                           ("due_at", "<=", now), ("reminded_at", "=", False)])
        managers = self.env["res.users"]._users_of_role("sales_manager", company)
        for delay in due:
            delay.sudo().write({"reminded_at": now})
            for manager in managers:
                delay.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=manager.id,
                    summary=self.env._("No answer of the customer yet: %s", delay.display_name),
                    date_deadline=company._company_today())

    # ---------------------------------------------------------------------- steps

    def action_ask(self):
        """Send it to the salesperson; the answer is due within a working day (D4.7, D4.8)."""
        now = fields.Datetime.now()
        for delay in self:
            company = delay.company_id
            clock = local(now, company.gendan_tz)
            due = next_working_day(clock.date(), company._is_working_day)
            delay.sudo().write({
                "addressee_id": delay.notice_id.salesperson_id.id,
                "due_at": company._moment_on(due, clock.hour + clock.minute / 60),
                "is_in_advance": clock.date() < delay.customer_date,
            })
            self.env["gendan.message"]._tell_group(delay, self.env._(
                "Delay: %(delay)s. %(seller)s asks the customer.", delay=delay.display_name,
                seller=delay.notice_id.salesperson_id.name or "-"))
        return super().action_ask()

    def action_answer(self, answer=None, outcome=None, new_date=None):
        """Record what the customer says, with his message (D4.8).

        :param str answer: the customer's message
        :param str outcome: ``new_date``, ``partial``, ``refused`` or ``cancel``
        :param new_date: needed when the customer takes another date or a part later
        :raise UserError: by anybody but the order's salesperson, his deputy or the sales manager
        """
        self.ensure_one()
        self._check_step("answer")
        new_date = fields.Date.to_date(new_date)
        if outcome not in dict(self._fields["outcome"].selection):
            raise UserError(self.env._("%s: say what the customer decided.", self.display_name))
        if not (answer or "").strip():
            raise UserError(self.env._("%s: add the customer's message.", self.display_name))
        if outcome in ("new_date", "partial") and (
                not new_date or new_date <= self.customer_date):
            raise UserError(self.env._(
                "%(delay)s: give the date after %(date)s which the customer accepts.",
                delay=self.display_name, date=self.customer_date))
        return self._answer(
            answer=answer, outcome=outcome, new_date=new_date,
            is_answer_late=bool(self.due_at) and fields.Datetime.now() > self.due_at)

    def _check_step(self, step):
        """The answer is the part of the order's own salesperson (D4.8)."""
        if step != "answer":
            return super()._check_step(step)
        user = self.env.user
        principals = user.union(*(user._principals(role) for role in (
            "salesperson", "showroom", "sales_manager")))
        for delay in self:
            seller = delay.sudo().notice_id.salesperson_id
            if seller in principals or any(
                    person._has_role("sales_manager") for person in principals):
                continue
            self.env["gendan.audit"]._refuse(Gate("delay_notice.answer", "D4.8 X4"), delay,
                self.env._("%(delay)s: the customer's answer is recorded by %(seller)s.",
                           delay=delay.display_name, seller=seller.name or ""))
        return None

    def _after_answer(self):
        """Tell the merchandiser what rules the schedule now."""
        self.notice_id.sudo().message_post(
            body=self.env._("Customer's answer to the delay: %(outcome)s %(date)s", date=(
                self.new_date or ""), outcome=dict(self._fields[
                    "outcome"]._description_selection(self.env))[self.outcome]),
            partner_ids=self.notice_id.merchandiser_id.partner_id.ids)
        return super()._after_answer()

    def _roles_of(self, step):
        asker = ("merchandiser", "plan_manager")
        return {"ask": asker, "return": asker, "relay": asker}.get(step, ())
