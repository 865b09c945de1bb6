from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ..foundation.gate_mixin import Unmet


class FirstArticle(models.Model):
    """Fit test by QC, decision by phone, and what each person sees of the sheet (D5.3)."""

    _inherit = "gendan.first.article"

    fit_sheet_id = fields.Many2one(
        "gendan.check.sheet", "Bag and carton fit", readonly=True, copy=False,
        index="btree_not_null", ondelete="restrict")
    fit_result = fields.Selection(related="fit_sheet_id.result", string="Fit")
    by_phone = fields.Boolean("Decided by phone", readonly=True, copy=False)
    countersign_until = fields.Datetime(readonly=True, copy=False)
    countersigned_by_id = fields.Many2one("res.users", readonly=True, copy=False,
                                          ondelete="restrict")
    countersigned_at = fields.Datetime(readonly=True, copy=False)
    can_decide = fields.Boolean(compute="_compute_can_decide")
    accept_missing = fields.Text("Before the acceptance", compute="_compute_can_decide")
    partner_id = fields.Many2one(related="notice_id.partner_id")
    salesperson_id = fields.Many2one(related="notice_id.salesperson_id")
    merchandiser_id = fields.Many2one(related="notice_id.merchandiser_id")

    @api.depends_context("uid", "lang")
    @api.depends("decision", "sampled_at", "present_at", "state")
    def _compute_can_decide(self):
        """What the page shows beforehand is what the gate would refuse."""
        pending = self.filtered(lambda one: one.ids and one.decision == "pending")
        unmet = pending._gate_unmet("_gate_accept") if pending else {}
        for article in self:
            conditions = unmet.get(article.id, [])
            article.can_decide = article in pending and not any(
                condition.code == "role" for condition in conditions)
            article.accept_missing = "\n".join(
                str(one) for one in conditions if one.code != "role") or False

    # ---------------------------------------------------------------------- fit

    @api.model_create_multi
    def create(self, vals_list):
        """Open the sheet of the fit test beside each first article, for QC (L-Q1, L-O3)."""
        articles = super().create(vals_list)
        template = self.env["gendan.check.template"].sudo()._template_of(
            "bag_fit", self.env.company)
        for article in articles.sudo() if template else ():
            article.fit_sheet_id = self.env["gendan.check.sheet"].sudo().create({
                "template_id": template.id, "notice_line_id": article.notice_line_id.id,
                "workcenter_id": article.workcenter_id.id})
        return articles

    # ---------------------------------------------------------------- decision

    def _ask_decider(self):
        """Put the sheet on the salesperson's desk (D5.3)."""
        result = super()._ask_decider()
        for article in self.sudo():
            user = article.salesperson_id or self.env["res.users"]._users_of_role(
                "plan_manager", article.company_id)[:1]
            article.activity_unlink(["mail.mail_activity_data_todo"])
            if user:
                article.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=user.id,
                    summary=self.env._("First article %s: decide", article.name),
                    note=plaintext2html(article.notice_line_id.display_name))
        return result

    def _after_decision(self, decision):
        """Take the to-do off the desk and tell the workshop."""
        result = super()._after_decision(decision)
        for article in self:
            article.activity_unlink(["mail.mail_activity_data_todo"])
            if decision == "rejected" and article.merchandiser_id:
                article.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=article.merchandiser_id.id,
                    summary=self.env._("%s was rejected: tell production", article.name),
                    note=plaintext2html(article.decision_reason))
        self.notice_id._message_log_batch({
            article.notice_id.id: self.env._(
                "First article %(sheet)s on %(machine)s: %(decision)s", sheet=article.name,
                machine=article.workcenter_id.name, decision=article._state_label(decision))
            for article in self})
        return result

    def action_accept_by_phone(self, words):
        """Note the salesperson's word on the phone; he signs it within a day (D5.3).

        :param str words: what he said, and how he was reached
        :raise UserError: by another than the merchandiser, or without his words
        """
        self._check_reason(words)
        self._check_part("merchandiser")
        for article in self:
            if not article.sudo().salesperson_id:
                raise UserError(self.env._(
                    "%s has no salesperson: whoever decides signs himself.", article.name))
        unmet = {id_: [one for one in conditions if one.code != "role"]
                 for id_, conditions in self._gate_unmet("_gate_accept").items()}
        for article in self.filtered(lambda one: unmet.get(one.id)):
            raise UserError("\n".join(map(str, unmet[article.id])))
        until = fields.Datetime.now() + timedelta(days=self.company_id[:1].countersign_days)
        self._close_with("accepted", words, by_phone=True, countersign_until=until)
        self._ask_decider()
        return True

    def action_countersign(self):
        """Stand by what the merchandiser noted from the phone (D5.3)."""
        self.check_access("read")
        self._pass_gate("_gate_withdraw")
        phoned = self.filtered(lambda one: one.by_phone and not one.countersigned_at)
        # only this step writes the second name
        phoned.sudo().write({"countersigned_by_id": self.env.uid,
                             "countersigned_at": fields.Datetime.now()})
        phoned.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        return True

    # ------------------------------------------------------------------- texts

    def _phone_conditions(self):
        """Return a phone decision that nobody signed in time (D5.3)."""
        self.ensure_one()
        if not self.by_phone or self.countersigned_at or (
                self.countersign_until > fields.Datetime.now()):
            return []
        return [Unmet("countersign", self.env._(
            "%s was accepted by phone and is not countersigned", self.name),
            self.env._("%s signs it", self._decider_name()), tuple(self.salesperson_id.ids))]

    def _restart_unmet(self, why):
        self.ensure_one()
        return Unmet("restart", self.env._(
            "%(sheet)s counts no more: %(why)s", sheet=self.name, why=why), self.env._(
            "%s opens a new first article", self.merchandiser_id.name or self.env._(
                "the merchandiser")), tuple(self.merchandiser_id.ids))

    def _not_accepted_unmet(self):
        """Return how this sheet stands, and who goes on with it."""
        self.ensure_one()
        merchandiser = self.merchandiser_id.name or self.env._("the merchandiser")
        if self.decision == "pending":
            text = self.env._("first article %(sheet)s on %(machine)s is not accepted yet",
                              sheet=self.name, machine=self.workcenter_id.name)
            remedy = (self.env._("%s decides", self._decider_name()) if self.sampled_at
                      else self.env._("%s takes the sample", merchandiser))
        elif self.decision == "rejected":
            text = self.env._("first article %(sheet)s was rejected: %(why)s", sheet=self.name,
                              why=self.decision_reason or "")
            remedy = self.env._("production solves it, %s takes a new sample", merchandiser)
        else:
            text = self.env._(
                "first article %(sheet)s counts no more: %(why)s", sheet=self.name,
                why=self.end_reason or self.withdrawal_reason or "")
            remedy = self.env._("%s opens a new first article", merchandiser)
        return Unmet("first_article", text, remedy,
                     tuple((self.salesperson_id if self.sampled_at and self.decision == "pending"
                            else self.merchandiser_id).ids))

    def _stopped_by(self):
        """Return what this sheet waits for first: an open deviation, else its own next step."""
        self.ensure_one()
        return (self._deviation_conditions() or [self._not_accepted_unmet()])[0]

    @api.model
    def _stand_of(self, notices):
        """Return ``{notice id: {"note", "who"}}`` of the last sheet, where it is not accepted."""
        last = {article.notice_id.id: article for article in self.search(
            [("notice_id", "in", notices.ids)], order="id")}
        users = self.env["res.users"]
        return {id_: {
            "note": article._stand_text(),
            "who": ", ".join(users.browse(article._stopped_by().users).mapped("name")),
        } for id_, article in last.items() if article.decision != "accepted"}

    def _stand_text(self):
        self.ensure_one()
        if self.decision != "pending":
            return self._state_label(self.decision)
        return self.env._("Sample sent") if self.sampled_at else self.env._("No sample yet")

    def action_open_fit(self):
        """Open the sheet of bag and carton fit."""
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": "gendan.check.sheet",
                "res_id": self.fit_sheet_id.id, "views": [[False, "form"]]}

    def action_open_decision(self):
        """Open the page with the photos beside the order (D5.3)."""
        self.ensure_one()
        return {"type": "ir.actions.client", "tag": "gendan_decision_page",
                "context": {"active_id": self.id}}

    def _paper_production(self):
        """Return who of production opened the trial's start check, or is on duty there."""
        self.ensure_one()
        moment = self.sampled_at or self.opened_at
        return ", ".join(self.env["gendan.shift"]._on_duty(
            "production", moment, self.workcenter_id).mapped("name"))
