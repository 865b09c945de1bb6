from odoo import api, models

from odoo.addons.gendan_followup.calc.working_time import company_date

from .fact import contradicts, missing, supports

# a case shows so many refused attempts one by one
SHOWN_ATTEMPTS = 10


class LiabilityEvidence(models.AbstractModel):
    """L-M1 to L-M6: what the merchandiser did."""

    _inherit = "gendan.liability.evidence"

    # -------------------------------------------------------------------- L-M1

    @api.model
    def _evidence_l_m1(self, case):
        """Released unapproved: what was signed and released at the time of the fault.

        What was signed later does not heal; the attempts that the system refused are the
        proof that it was not the system that let it through (D1.10).
        """
        if not case.revision:
            return self._no_record(self.env._("a submitted revision of the order"))
        if case.valid_then:
            return self._approved_facts(case)
        facts = [self._release_fact(case), *self._signature_facts(case)]
        facts += [supports("refused_attempt", self.env._(
            "%(when)s: %(person)s tried %(document)s and was refused: %(message)s",
            when=self._when(row.occurred_at), person=row.user_name, document=row.document,
            message=" ".join((row.message or "").split())), row.occurred_at, row)
            for row in case.refusals[:SHOWN_ATTEMPTS]]
        return facts

    def _approved_facts(self, case):
        valid_at = case.valid_then.happened_at
        words = {"revision": case.revision.display_name, "valid": self._when(valid_at)}
        if case.released_at and case.released_at < valid_at and case.revision.number == 1:
            return [supports("released_before", self.env._(
                "%(revision)s was released at %(released)s, before it was valid at %(valid)s.",
                released=self._when(case.released_at), **words), case.released_at, case.notice)]
        return [contradicts("approved", self.env._(
            "%(revision)s was verified and signed by both, valid since %(valid)s.", **words),
            valid_at, case.valid_then)]

    def _release_fact(self, case):
        name = case.revision.display_name
        if not case.released_at:
            return supports("never_released", self.env._("%s: released: never.", name),
                            record=case.notice)
        return supports("released_unapproved", self.env._(
            "%(revision)s: not valid at the time of the fault; the notice had been released at "
            "%(when)s.", revision=name, when=self._when(case.released_at)),
            case.released_at, case.notice)

    def _signature_facts(self, case):
        labels = case.revision._role_labels()
        facts = []
        if not case.verification:
            facts.append(missing("not_verified", self.env._(
                "%s: not verified by the merchandiser.", case.revision.display_name),
                case.revision, proves=True))
        if case.missing_roles:
            facts.append(missing("missing_signature", self.env._(
                "%(revision)s: missing: %(roles)s.", revision=case.revision.display_name,
                roles=", ".join(labels[role] for role in case.missing_roles)),
                case.revision, proves=True))
        return facts

    # -------------------------------------------------------------- L-M2, D3.14

    @api.model
    def _evidence_l_m2(self, case):
        """Packaging wrong or late: dates promised and kept of what was ordered."""
        if not case.packaging_lines:
            return self._no_record(self.env._("a purchase of packaging for this notice"))
        zone = case.incident.company_id.gendan_tz
        facts = []
        for line in case.packaging_lines:
            done = line.move_ids.filtered(lambda move: move.state == "done").sorted("date")
            due = company_date(line.date_planned, zone)
            came = done and company_date(done[0].date, zone)
            words = {"order": line.order_id.name, "product": line.product_id.display_name,
                     "due": due, "came": came or ""}
            if came and came <= due:
                facts.append(contradicts("in_time", self.env._(
                    "%(order)s, %(product)s: promised for %(due)s, there on %(came)s.", **words),
                    done[0].date, line.order_id))
            elif came:
                facts.append(supports("late", self.env._(
                    "%(order)s, %(product)s: promised for %(due)s, came only on %(came)s.",
                    **words), done[0].date, line.order_id))
            elif due <= company_date(case.at, zone):
                facts.append(supports("not_there", self.env._(
                    "%(order)s, %(product)s: promised for %(due)s, not there yet.", **words),
                    line.date_planned, line.order_id))
        return facts

    # ------------------------------------------------------------- L-M3 to L-M6

    @api.model
    def _evidence_l_m3(self, case):
        """Question not passed on, or answer not brought back: two legs, two faults."""
        return [self._leg_fact(case, one) for one in case.deviations.filtered(
            lambda one: one.production_result == "cannot" and one.production_at <= case.at
        )] or self._no_record(self.env._(
            "production's question: asked, passed on, answered, brought back"))

    def _leg_fact(self, case, one):
        words = {"deviation": one.display_name, "when": self._when(one.production_at),
                 "relayed": self._when(one.relayed_at), "answered": self._when(one.answered_at)}
        if not one.relayed_at or one.relayed_at > case.at:
            return supports("not_relayed", self.env._(
                "%(deviation)s: production could not solve it at %(when)s; not passed on to sales "
                "by the time of the fault.", **words), one.production_at, one)
        if one.answered_at and one.answered_at <= case.at and not (
                one.returned_at and one.returned_at <= case.at):
            return supports("not_returned", self.env._(
                "%(deviation)s: sales answered at %(answered)s; not brought back to production by "
                "the time of the fault.", **words), one.answered_at, one)
        return contradicts("relayed", self.env._(
            "%(deviation)s: passed on to sales at %(relayed)s.", **words), one.relayed_at, one)

    @api.model
    def _evidence_l_m4(self, case):
        """No plan, or a changed one that was not told: plan lines, revisions, who was told."""
        if not case.notice:
            return self._no_record(self.env._("a production notice to be planned"))
        changes = [self._told_fact(case, revision) for revision in case.plan_changes]
        planned = case.plan_lines.filtered(
            lambda line: line.state in ("confirmed", "done")
            and max(line.production_at, line.packaging_at) <= case.at)
        if not planned and not changes:
            return [missing("no_plan", self.env._(
                "%s: no plan line that production and packaging had confirmed.",
                case.notice.name), case.notice, proves=True)]
        return changes + [self._planned_fact(case, line) for line in planned]

    def _told_fact(self, case, revision):
        """Return whether both sides heard of a change; told but unread is told (X8)."""
        told = case.plan_told.filtered(
            lambda row: row.revision_id == revision and row.sent_at <= case.at)
        wanted = ["production", "packaging"]
        if case.notice.salesperson_id:
            wanted.insert(0, "salesperson")
        left_out = [role for role in wanted if role not in told.mapped("role")]
        words = {"revision": revision.display_name, "person": revision.published_by_id.name,
                 "when": self._when(revision.published_at)}
        if left_out:
            return supports("not_told", self.env._(
                "%(revision)s, published by %(person)s at %(when)s: not told: %(roles)s.",
                roles=self._role_words(left_out), **words), revision.published_at, revision,
                merchandiser=self._employee(revision.published_by_id))
        return contradicts("told", self.env._(
            "%(revision)s, published by %(person)s at %(when)s: told %(people)s.",
            people=self._names(told.user_id), **words), revision.published_at, revision)

    def _planned_fact(self, case, line):
        """Return what became of a line that both sides had confirmed."""
        agreed = max(line.production_at, line.packaging_at)
        words = {"notice": case.notice.name, "day": line.day, "when": self._when(agreed)}
        if line.day < company_date(case.at, case.incident.company_id.gendan_tz) and (
                not case.was_made):
            return supports("slipped", self.env._(
                "%(notice)s was planned for %(day)s and not made then; no revision of the plan "
                "told sales or production.", **words), agreed, line,
                merchandiser=self._employee(line.proposed_by_id))
        return contradicts("planned", self.env._(
            "%(notice)s was planned for %(day)s, confirmed by production and packaging at "
            "%(when)s.", **words), agreed, line)

    @api.model
    def _evidence_l_m5(self, case):
        """Dispatch or shipping notice: his fields, the dispatch sheet."""
        return self._entry_facts(case, "merchandiser", "merchandiser")

    @api.model
    def _evidence_l_m6(self, case):
        """Any other stop: he held the notice himself and did not let it go on."""
        holds = case.events_then.filtered(lambda event: event.kind in ("hold", "resume"))
        last = holds[-1:]
        if last.kind == "hold" and last.user_id._has_role("merchandiser"):
            return [supports("on_hold", self.env._(
                "%(notice)s stood still since %(when)s: put on hold by %(person)s, %(reason)s.",
                notice=case.notice.name, when=self._when(last.happened_at),
                person=last.user_id.name, reason=last.reason or ""), last.happened_at, last,
                merchandiser=self._employee(last.user_id))]
        return self._no_record(self.env._("what the merchandiser did; the reason is compulsory"))
