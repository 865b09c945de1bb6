from datetime import UTC, timedelta

from odoo import api, models
from odoo.tools import format_datetime

from .case import Case
from .fact import Finding, contradicts, missing, supports


class LiabilityEvidence(models.AbstractModel):
    """The engine: ask each rule's method what the records say, and rank the answers.

    A rule ``L-S1`` has a method ``_evidence_l_s1(case)`` that returns a list of
    :class:`~.fact.Fact`. It says what supports the rule, what contradicts it, and which
    record would prove it and is missing. It accuses nobody of what is only not recorded:
    a missing record *proves* only where its absence is the fault (no incoming check).
    """

    _name = "gendan.liability.evidence"
    _description = "Evidence towards the rules"

    @api.model
    def _examine(self, incident):
        """Return the :class:`~.fact.Finding` of each rule worth a card, the likeliest first.

        Cards are made for rules that the records speak for, and for all rules of the kind
        of incident that the reporter chose, also where nothing is on record or the records
        exculpate.
        """
        case = Case(incident)
        rules = self.env["gendan.liability.rule"].search([("basis", "!=", "none")])
        findings = [
            Finding(rule, getattr(self, self._method_of(rule))(case),
                    bool(incident.cause_id) and rule.cause_id == incident.cause_id)
            for rule in rules]
        worth = [finding for finding in findings if finding.fits_cause
                 or finding.standing in ("likely", "disputed")]
        return sorted(self._catch_all(worth), key=lambda finding: (
            -finding.score, finding.rule.sequence))

    @api.model
    def _catch_all(self, findings):
        """L-M6 applies only where no other rule does."""
        others = any(finding.standing == "likely" and finding.rule.basis != "panel"
                     for finding in findings)
        return [finding for finding in findings
                if not (others and finding.rule.basis == "panel")]

    @api.model
    def _method_of(self, rule):
        return "_evidence_" + rule.code.lower().replace("-", "_").replace(".", "_")

    # ------------------------------------------------- for the rules' methods

    def _when(self, moment):
        """Return a moment as people of the company read it."""
        return format_datetime(self.env, moment, tz=self.env.company.gendan_tz,
                               dt_format="yyyy-MM-dd HH:mm") if moment else ""

    def _names(self, people):
        return ", ".join(people.mapped("name"))

    def _employee(self, users):
        """Return the employees behind ``users``, also of those who have left."""
        return users.with_context(active_test=False).employee_ids

    def _role_words(self, roles):
        """Return role keys as words."""
        labels = dict(self.env["gendan.liability.rule.part"]._fields[
            "role"]._description_selection(self.env))
        return ", ".join(labels[role] for role in roles)

    def _no_record(self, words):
        """Return the fact that a kind of record is not kept here yet, or nothing is linked.

        :param str words: the record that would prove it
        """
        return [missing("no_record", self.env._(
            "The record that would show it is missing: %s.", words))]

    def _check_facts(self, case, kind, role, points=()):
        """Return what the check sheets of one kind say.

        Not checked, or checked as not OK and used all the same, supports the rule; checked
        as OK contradicts it; no sheet at all is the proof of what the text calls unchecked,
        as soon as there is something that had to be checked.

        :param str kind: kind of check sheet
        :param str role: whose fault it would be; named where the sheet shows the person
        :param points: external ids of the points that count, all of them if none is given
        """
        label = dict(self.env["gendan.check.sheet"]._fields[
            "kind"]._description_selection(self.env))[kind]
        sheets = case.sheets_of(kind)
        if not sheets:
            return self._unchecked(case, kind, label)
        wanted = {self.env.ref(f"gendan_followup.{point}").id for point in points}
        facts = []
        for sheet in sheets:
            lines = case.points.filtered(lambda line: line.sheet_id == sheet and (
                not wanted or line.template_line_id.id in wanted))
            facts.append(self._sheet_fact(sheet, lines, label, role))
        return facts

    def _unchecked(self, case, kind, label):
        subjects = {"incoming_raw": case.raw_lots, "incoming_packaging": case.packaging_lots}.get(
            kind, case.productions or case.notice)
        if not subjects:
            return self._no_record(label)
        return [missing(f"no_{kind}", self.env._(
            "%(check)s: nobody recorded one for %(subject)s.", check=label,
            subject=", ".join(subjects.mapped("display_name"))), record=subjects[0], proves=True)]

    def _sheet_fact(self, sheet, lines, label, role):
        words = {"check": label, "sheet": sheet.name, "when": self._when(sheet.event_at),
                 "person": sheet.employee_id.name or ""}
        persons = self._sheet_person(sheet, role)
        if skipped := lines.filtered(lambda line: line.result == "skipped"):
            return supports("skipped", self.env._(
                "%(check)s %(sheet)s, %(when)s, %(person)s: not checked: %(points)s.",
                points=", ".join(skipped.mapped("label")), **words),
                sheet.event_at, sheet, **persons)
        if wrong := lines.filtered(lambda line: line.result == "not_ok"):
            return supports("not_ok", self.env._(
                "%(check)s %(sheet)s, %(when)s, %(person)s: not OK, and it went on: %(points)s.",
                points=", ".join(wrong.mapped("label")), **words),
                sheet.event_at, sheet, **persons)
        return contradicts("checked", self.env._(
            "%(check)s %(sheet)s, %(when)s, %(person)s: checked, found OK.", **words),
            sheet.event_at, sheet)

    def _sheet_person(self, sheet, role):
        """Return who closed the sheet, if it is a person of that role."""
        return self._as_role(sheet.employee_id, role)

    def _as_role(self, employee, role):
        """Return ``{role: employee}`` if the person is one of that role, else nothing."""
        # operators have no login of their own (X17)
        fits = employee.user_id._has_role(role) if employee.user_id else role == "operator"
        return {role: employee} if employee and fits else {}

    def _hours_on(self, company, start, hours):
        """Return the moment that lies so many working hours after ``start`` (X2)."""
        calendar = company.resource_calendar_id
        if not calendar:
            return start + timedelta(hours=hours)
        end = calendar.plan_hours(hours, start.replace(tzinfo=UTC), compute_leaves=True)
        return end.astimezone(UTC).replace(tzinfo=None) if end else start
