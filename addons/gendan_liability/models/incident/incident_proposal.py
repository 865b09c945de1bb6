from odoo import fields, models

from odoo.addons.gendan_followup.models.foundation.gate_mixin import Unmet, gate

from ...calc.apportionment import money, person_shares, role_shares


class Incident(models.Model):
    """Trace the records, match the rules, propose the shares (L-G1 to L-G4)."""

    _inherit = "gendan.incident"

    # ------------------------------------------------------------------ trace

    def action_trace(self):
        """Look through the records again: more of them may be there by now (L-G1)."""
        self._pass_gate("_gate_work")
        self._pass_gate("_gate_trace")
        self._trace()
        return True

    @gate("incident.trace", "L-G1 L-G3")
    def _gate_trace(self):
        """Records are traced for a moment, in a case that is still open."""
        unmet = {}
        for incident in self:
            conditions = []
            if incident.state not in ("reported", "proposed"):
                conditions.append(Unmet("state", incident._locked_message(), ""))
            if not incident.event_at:
                conditions.append(incident._no_time_unmet())
            unmet[incident.id] = conditions
        return unmet

    def _no_time_unmet(self):
        return Unmet("event_at", self.env._("%s has no time of the fault", self.display_name),
                     self.env._("enter when the mistake was made: it decides who it was"))

    def _trace(self):
        """Keep what the records say towards each rule, then match what they support."""
        # the records are read for the case, not for the person who traces
        for incident in self.sudo():
            incident = incident.with_context(lang=incident._language())
            findings = self.env["gendan.liability.evidence"].sudo().with_context(
                lang=incident._language())._examine(incident)
            incident._keep_findings(findings)
            incident._match_findings()

    def _language(self):
        """Return the language of the company's papers, in which facts are written down."""
        self.ensure_one()
        return self.company_id.partner_id.lang or self.env.lang

    def _keep_findings(self, findings):
        self.ensure_one()
        trace = self.trace + 1
        candidates = self.env["gendan.incident.candidate"].sudo().create([
            {**finding.candidate_vals(rank), "incident_id": self.id, "trace": trace}
            for rank, finding in enumerate(findings, 1)])
        self.env["gendan.incident.fact"].sudo().create([
            {**vals, "incident_id": self.id, "candidate_id": candidate.id}
            for candidate, finding in zip(candidates, findings, strict=True)
            for vals in finding.facts_vals()])
        self._write_stamps(trace=trace, traced_at=fields.Datetime.now())

    def _write_stamps(self, **stamps):
        """Write what only the system writes."""
        self.sudo().write(stamps)

    def _match_findings(self):
        """Match what the records support, unless a person has matched rules himself.

        The likeliest one leads; where the likely ones name different principals none does,
        and the panel chooses (L-G2).
        """
        self.ensure_one()
        if self.match_ids.filtered(lambda match: match.source == "person"):
            self._apportion()
            return
        likely = self.present_candidate_ids.filtered(
            lambda candidate: candidate.standing == "likely")
        if self.cause_id:
            likely = likely.filtered(
                lambda candidate: candidate.rule_id.cause_id == self.cause_id) or likely
        leaders = likely.rule_id.filtered("may_lead")
        leader = leaders[:1] if leaders and not leaders._conflict() else leaders.browse()
        self.match_ids.unlink()
        self.env["gendan.incident.match"].sudo().create([{
            "incident_id": self.id, "rule_id": candidate.rule_id.id, "source": "system",
            "reason": candidate.reason, "is_leading": candidate.rule_id == leader,
        } for candidate in likely])
        self._apportion()

    # --------------------------------------------------------------- proposal

    def _after_matches(self):
        """Bring the proposal in line with the matched rules."""
        for incident in self.sudo().exists():
            if incident.state in ("reported", "proposed"):
                incident._apportion()

    def _apportion(self):
        """Propose roles, persons at the time of the fault, percentages and cents."""
        self.ensure_one()
        shares = self.env["gendan.incident.share"].sudo()
        self.share_ids.unlink()
        version = self.env["gendan.liability.percentage"]._in_force(
            self.company_id, fields.Datetime.now())
        self._write_stamps(percentage_id=version.id)
        leading, others = self._leading_and_others()
        if not leading or not self.event_at:
            return
        split = role_shares(leading._parts(), [rule._parts() for rule in others],
                            version._percentages())
        known = self.env["gendan.liability.person"].sudo()._persons(
            self, [share.role for share in split])
        lines = person_shares(split, {role: found.employees for role, found in known.items()})
        amounts = money(self._base_cents(), lines).cents
        shares.create([{
            "incident_id": self.id, "sequence": number, "role": line.role,
            "employee_id": line.person.id if line.person else False,
            "share_code": line.code, "percent": round(float(line.percent), 8),
            "leads": line.leads, "amount": amount / 100,
            "how_known": known[line.role].how if line.role in known else False,
        } for number, (line, amount) in enumerate(zip(lines, amounts, strict=True))])

    def _leading_and_others(self):
        """Return the rule that fixes the shares, and those that join its pool.

        Without a leading rule there is no split, except where only joint parties are known
        (L-O4, L-Q3): they are shown with their part, the primary one being open.
        """
        self.ensure_one()
        rules = self.match_ids.rule_id
        leading = self.leading_rule_id or self.match_ids.filtered("is_leading").rule_id
        if not leading and not rules.filtered("may_lead"):
            leading = rules.filtered("part_ids")[:1]
        if leading.basis == "none":
            return leading.browse(), rules - leading
        return leading, rules - leading

    def _base_cents(self):
        """Return the amount that is split: the loss, or the flat charge of the event (D6.5)."""
        self.ensure_one()
        if self._leading_and_others()[0].basis == "charge":
            return round(self._charge_of_rework() * 100)
        return round(self.sudo().loss * 100)

    def _charge_of_rework(self):
        """Return what the re-work event costs.

        The once-only charge stands in the event itself; the incident repeats it and never
        makes a second one.
        """
        self.ensure_one()
        return self.rework_id.amount if self.rework_id else self.company_id.rework_charge

    # -------------------------------------------------------- before the panel

    def action_propose(self):
        """Lay the case before the panel."""
        self._pass_gate("_gate_work")
        self._pass_gate("_gate_propose")
        for incident in self.sudo():
            incident._apportion()
        self._step("proposed")
        self.env["gendan.incident.measure"].sudo()._lay_out(
            self.sudo().filtered("is_complaint"))
        self._call_panel()
        return True

    @gate("incident.propose", "L-G1 L-G2 L-G3")
    def _gate_propose(self):
        """The panel gets a time, a consequence and at least one rule."""
        unmet = {}
        for incident in self:
            conditions = []
            name = incident.display_name
            if not incident.event_at:
                conditions.append(incident._no_time_unmet())
            if not incident._has_consequence():
                conditions.append(Unmet(
                    "consequence", self.env._("%s has neither loss nor complaint", name),
                    self.env._("enter the loss, or close it as a breach note")))
            if not incident.match_ids:
                conditions.append(Unmet(
                    "rule", self.env._("%s matches no rule", name),
                    self.env._("match the rule with its reason, or “outside the 28 rules”")))
            if incident._lacks_event():
                conditions.append(Unmet(
                    "rework", self.env._("%s: the flat charge is that of a rework event", name),
                    self.env._("link the event of the loading, or match another rule")))
            unmet[incident.id] = conditions
        return unmet

    def _lacks_event(self):
        """Whether it would be charged flatly for no event: one event costs once (D6.5)."""
        self.ensure_one()
        return self._leading_and_others()[0].basis == "charge" and not self.sudo().rework_id

    def _has_consequence(self):
        self.ensure_one()
        return self.has_loss or self.is_complaint or bool(self.rework_id)

    def _call_panel(self):
        """Put the case on the desk of whoever decides it."""
        for incident in self.sudo():
            for user in incident._chairs()[:1]:
                incident.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=user.id,
                    summary=self.env._("Decide %s", incident.name))

    def action_reopen(self):
        """Take the case back from the panel: facts are to be added."""
        self._pass_gate("_gate_work")
        self._step("reported")
        return True
