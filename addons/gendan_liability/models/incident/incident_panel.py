from collections import Counter

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.gendan_followup.models.foundation.gate_mixin import Unmet, gate

from ...calc.apportionment import FIXED_CODES, Share, exact, money, problems

# the chair goes to the first of these roles that has somebody who is no party (L-G5, A32)
CHAIR_ROLES = ("plan_manager", "general_manager", "sales_manager", "hr")
# an objection is heard by the first of these who is neither party nor decider (L-G6)
HEARING_ROLES = ("general_manager", "plan_manager", "sales_manager", "hr")
PRINCIPAL_CODES = (*FIXED_CODES, "panel")
LINE_FIELDS = ("role", "employee_id", "share_code", "percent", "amount", "leads")


class Incident(models.Model):
    """The panel: people decide, never a party, and every departure is shown (L-G5)."""

    _inherit = "gendan.incident"

    # ------------------------------------------------------------------ chair

    def _chairs(self, roles=CHAIR_ROLES, but=None):
        """Return who decides: of the first role that has somebody uninvolved.

        :param roles: keys of `ROLES`, in the order in which they are asked
        :param but: users who are excluded besides the parties
        """
        self.ensure_one()
        involved = self._parties().user_id | (but or self.env["res.users"])
        for role in roles:
            free = self.env["res.users"]._users_of_role(role, self.sudo().company_id) - involved
            if free and (role != roles[0] or not self._holds_party(role, involved)):
                return free
        return self.env["res.users"]

    def _holds_party(self, role, involved):
        """Whether one of those who hold ``role`` is involved: then the next role steps in."""
        return bool(self.env["res.users"]._users_of_role(
            role, self.sudo().company_id) & involved)

    def _decides_for(self, chairs, but=None):
        """Return in whose name the present user decides, empty if he may not.

        A deputy decides for an uninvolved chair, and not if he is a party himself.
        """
        self.ensure_one()
        user = self.env.user
        involved = self._parties().user_id | (but or self.env["res.users"])
        if user in involved:
            return user.browse()
        if user in chairs:
            return user
        deputies = self.env["gendan.deputy"].sudo()._standing_in(user, fields.Datetime.now())
        return (deputies.principal_id & chairs)[:1]

    @gate("incident.decide", "L-G5 L-G6")
    def _gate_decide(self):
        """The chair decides a case before the panel; a party never decides his own."""
        unmet = {}
        for incident in self:
            conditions = []
            chairs = incident._chairs()
            if self.env.user in incident._parties().user_id:
                conditions.append(Unmet(
                    "party", self.env._("%(user)s is a party to %(case)s",
                                        user=self.env.user.name, case=incident.name),
                    self._remedy_for(chairs), tuple(chairs.ids)))
            elif not incident._decides_for(chairs):
                conditions.append(Unmet(
                    "role", self.env._("%s is not yours to decide", incident.name),
                    self._remedy_for(chairs), tuple(chairs.ids)))
            if incident.state not in ("proposed", "final"):
                conditions.append(Unmet(
                    "state", self.env._("%(case)s is “%(state)s”", case=incident.name,
                                        state=incident._state_label(incident.state)), ""))
            elif incident._needs_leader():
                conditions.append(Unmet(
                    "leading", self.env._("%s: the matched rules name different primary parties",
                                          incident.name),
                    self.env._("choose the rule that leads")))
            unmet[incident.id] = conditions
        return unmet

    def _remedy_for(self, users):
        return self.env._("%s decides it", ", ".join(users.mapped("name"))
                          or self.env._("nobody is uninvolved: name a deputy; somebody"))

    def _needs_leader(self):
        self.ensure_one()
        return not self.leading_rule_id and bool(self.match_ids.rule_id.filtered("may_lead"))

    # --------------------------------------------------------------- decision

    def action_decide(self, lines, reason, severity=False):
        """Decide the case, or correct what is final by a further decision (L-G5, L-G6).

        :param lines: dicts with ``role``, ``employee_id``, ``share_code``, ``percent`` and,
            where it is not the share of the loss, ``amount``
        :param str reason: compulsory, also without departure
        :param severity: of a count error that the customer found (D6.6)
        """
        self.ensure_one()
        self._pass_gate("_gate_decide")
        chair = self._decides_for(self._chairs())
        kind = "correction" if self.state == "final" else "first"
        self._decide(kind, lines, reason, severity, chair)
        if kind == "first":
            self._step("decided")
        return True

    def _decide(self, kind, lines, reason, severity, chair):
        """Write the decision and tell the parties; the caller's gate has passed."""
        self.ensure_one()
        incident = self.sudo()
        lines = incident._clean_lines(lines)
        incident._check_decision(lines, reason, severity, chair)
        # nobody writes decisions by any door: this is the only one, behind the gates
        decision = self.env["gendan.incident.decision"].sudo().create(
            incident._prepare_decision(kind, lines, reason, severity, chair))
        incident.activity_unlink(["mail.mail_activity_data_todo"])
        incident._tell(decision)
        return decision

    def _clean_lines(self, lines):
        """Return the lines with nothing but what a decision takes, percentages exact."""
        proposed = {(share.role, share.employee_id.id): share for share in self.share_ids}
        clean = []
        for number, line in enumerate(lines):
            values = {name: line.get(name) or False for name in LINE_FIELDS}
            known = proposed.get((values["role"], values["employee_id"]))
            clean.append({
                **values,
                "percent": values["percent"] or 0,
                "amount": line.get("amount"),
                "share_code": values["share_code"] or (known and known.share_code) or "panel",
                "leads": known.leads if known else number == 0 and not self.share_ids,
                "proposed_percent": known.percent if known else 0,
            })
        return clean

    def _as_shares(self, lines):
        return [Share(line["role"], line["share_code"], exact(line["percent"]),
                      line["employee_id"] or None, bool(line["leads"])) for line in lines]

    def _check_decision(self, lines, reason, severity, chair):
        """Refuse what L-G5 and section 12 refuse.

        :raise UserError: naming case, figure and remedy
        """
        self.ensure_one()
        leading = self._deciding_rule()
        employees = self.env["hr.employee"].browse(
            line["employee_id"] for line in lines if line["employee_id"])
        shares = self._as_shares(lines)
        wrong = problems(shares)
        complaints = [
            (not (reason or "").strip(), self.env._("say why you decide so")),
            (not leading, self.env._("no rule is matched: match one, or “outside”")),
            ("negative" in wrong, self.env._("a share is not negative")),
            ("over" in wrong, self.env._(
                "the percentages add up to %s, more than 100",
                f"{float(sum(share.percent for share in shares)):.12g}")),
            ("twice" in wrong, self.env._("somebody stands there twice in one role")),
            (chair in employees.user_id or self.env.user in employees.user_id, self.env._(
                "%s would decide his own case", self.env.user.name)),
            (leading and leading.basis != "none" and not any(
                share.person and share.code in PRINCIPAL_CODES for share in shares),
             self.env._("nobody is named as the primary party")),
            (any(share.percent and not share.person and share.code in PRINCIPAL_CODES
                 for share in shares),
             self.env._("the share of a primary party has no person: name him, or leave it out")),
            (bool(employees - employees.exists()), self.env._("such a person does not exist")),
            (any(employee.company_id != self.company_id for employee in employees.exists()),
             self.env._("a person of another company is named")),
            (self._lacks_event(), self.env._(
                "the flat charge is that of a rework event: link it first")),
            (leading.basis == "severity" and not severity, self.env._(
                "choose how serious it was: this rule has no amount of its own (D6.6)")),
            (leading.basis == "severity" and any(
                line["employee_id"] and line["amount"] is None for line in lines),
             self.env._("type the amount: this rule has none of its own (D6.6)")),
        ]
        complaints += self._amount_complaints(lines, shares, leading, wrong)
        found = [text for is_wrong, text in complaints if is_wrong]
        if found:
            raise UserError(self.env._("%(case)s cannot be decided so: %(why)s.",
                                       case=self.name, why="; ".join(found)))

    def _deciding_rule(self):
        """Return the rule under which it is decided, also where only joint ones match."""
        return self.leading_rule_id or self.match_ids.rule_id[:1]

    def _amount_complaints(self, lines, shares, leading, wrong):
        if set(wrong) & {"over", "negative"}:
            return []
        amounts = [line["amount"] for line in lines if line["amount"] is not None]
        total = sum(amount for _line, amount in self._amounts(lines, shares))
        limited = leading.basis not in ("charge", "severity")
        return [
            (any(amount < 0 for amount in amounts), self.env._("an amount is not negative")),
            (any(line["amount"] and not line["employee_id"] for line in lines),
             self.env._("an amount has no person")),
            (limited and total > self._base_cents(), self.env._(
                "the amounts add up to %(total)s, the loss is %(loss)s",
                total=f"{total / 100:.2f}", loss=f"{self._base_cents() / 100:.2f}")),
        ]

    def _amounts(self, lines, shares):
        """Return ``[(share in cents, decided in cents)]`` of each line."""
        cents = money(self._base_cents(), shares).cents
        return [(share, share if line["amount"] is None else round(line["amount"] * 100))
                for line, share in zip(lines, cents, strict=True)]

    def _prepare_decision(self, kind, lines, reason, severity, chair):
        shares = self._as_shares(lines)
        amounts = self._amounts(lines, shares)
        departure = self._departure(lines, amounts)
        return {
            "incident_id": self.id,
            "number": len(self.decision_ids) + 1,
            "kind": kind,
            "decided_by_id": self.env.uid,
            "decided_for_id": chair.id if chair != self.env.user else False,
            "decided_at": fields.Datetime.now(),
            "reason": reason,
            "leading_rule_id": self._deciding_rule().id,
            "rule_ids": [Command.set(self.match_ids.rule_id.ids)],
            "percentage_id": self.percentage_id.id,
            "severity": severity,
            "departs": bool(departure),
            "departure": "\n".join(departure) or False,
            "loss": self._base_cents() / 100,
            "unassigned_percent": round(float(100 - sum(
                share.percent for share in shares if share.person)), 8),
            "line_ids": [Command.create({
                "sequence": number, "role": line["role"], "employee_id": line["employee_id"],
                "share_code": line["share_code"], "leads": line["leads"],
                "proposed_percent": line["proposed_percent"],
                "percent": round(float(share.percent), 8),
                "share_amount": of_loss / 100, "amount": decided / 100,
            }) for number, (line, share, (of_loss, decided)) in enumerate(
                zip(lines, shares, amounts, strict=True))],
        }

    def _departure(self, lines, amounts):
        """Return in which figures the decision departs from the proposal, a line each."""
        names = {employee.id: employee.name for employee in self.env["hr.employee"].browse(
            line["employee_id"] for line in lines if line["employee_id"])}
        texts, seen = [], Counter()
        for line, (of_loss, decided) in zip(lines, amounts, strict=True):
            key = (line["role"], line["employee_id"])
            seen[key] += 1
            who = names.get(line["employee_id"]) or self.env._("nobody")
            if exact(line["percent"]) != exact(line["proposed_percent"]):
                texts.append(self.env._("%(person)s: %(decided)s %% instead of %(proposed)s %%",
                                        person=who, decided=f"{line['percent']:.12g}",
                                        proposed=f"{line['proposed_percent']:.12g}"))
            if decided != of_loss:
                texts.append(self.env._(
                    "%(person)s: amount %(decided)s, share of the loss %(share)s", person=who,
                    decided=f"{decided / 100:.2f}", share=f"{of_loss / 100:.2f}"))
        texts += [self.env._("%(person)s: left out, proposed %(proposed)s %%",
                             person=share.employee_id.name or self.env._("nobody"),
                             proposed=f"{share.percent:.12g}")
                  for share in self.share_ids
                  if (share.role, share.employee_id.id) not in seen and share.percent]
        return texts

    # ------------------------------------------------------------------- tell

    def _tell(self, decision):
        """Tell every party who has a login; the others get a printed sheet (L-G6, X8)."""
        self.ensure_one()
        for employee in decision.line_ids.employee_id:
            user = employee.user_id.filtered("active")
            if user:
                self._note_told(decision, employee, "message")
                self.message_notify(
                    partner_ids=user.partner_id.ids,
                    subject=self.env._("Decision on %s", self.name),
                    body=self.env._(
                        "A decision on %(case)s names you. Read it there; you may object once, "
                        "until %(day)s.", case=self.display_name,
                        day=self._told(employee)[-1:].objection_until))

    def _told(self, employee):
        """Return the notes that ``employee`` was told, the last one last."""
        # searched, not taken from the field: its cache may hold only what one party may read
        return self.env["gendan.incident.notification"].sudo().search(
            [("incident_id", "=", self.id), ("employee_id", "=", employee.id)], order="id")

    def _note_told(self, decision, employee, method):
        notes = self.env["gendan.incident.notification"].sudo()
        now = fields.Datetime.now()
        before = self._told(employee)[-1:]
        until = before.objection_until if decision.kind == "kept" and before else (
            notes._last_day(self.company_id, now, decision.percentage_id.objection_days))
        return notes.create({
            "incident_id": self.id, "decision_id": decision.id, "employee_id": employee.id,
            "method": method, "told_by_id": self.env.uid, "told_at": now,
            "objection_until": until,
        })

    def action_hand_over(self, employee_id):
        """Note that the printed sheet was handed to a party without login.

        :param int employee_id: the person
        """
        self.ensure_one()
        self._pass_gate("_gate_hand_over")
        incident = self.sudo()
        employee = incident.decision_id.line_ids.employee_id.filtered(
            lambda person: person.id == employee_id)
        if not employee:
            raise UserError(self.env._("%s names no such person.", incident.name))
        if self.env["gendan.incident.notification"].sudo().search_count([
                ("decision_id", "=", incident.decision_id.id),
                ("employee_id", "=", employee.id)], limit=1):
            raise UserError(self.env._("%(person)s has been told of %(decision)s already.",
                                       person=employee.name,
                                       decision=incident.decision_id.display_name))
        incident._note_told(incident.decision_id, employee, "sheet")
        return True

    @gate("incident.hand_over", "L-G6 X17")
    def _gate_hand_over(self):
        """Sheets are handed over by the plan manager, HR or the general manager."""
        user = self.env.user
        if any(user._principals(role) for role in ("plan_manager", "hr", "general_manager")):
            return {incident.id: [Unmet(
                "state", self.env._("%s has no decision yet", incident.name), "")]
                for incident in self if not incident.decision_id}
        return {incident.id: [Unmet(
            "role", self.env._("%s: sheets are not yours to hand over", incident.name),
            self.env._("the plan manager or HR does it"))] for incident in self}
