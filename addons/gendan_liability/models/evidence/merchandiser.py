from odoo import api, models

from odoo.addons.gendan_followup.calc.text import plain_number
from odoo.addons.gendan_followup.calc.working_time import company_date

from .fact import SUPPORTS, contradicts, missing, supports

# stages of a plate job that lie with sales (A30)
SALES_STAGES = ("salesperson", "customer", "proof")
# what a truck waits for without a fault of who dispatched it (L-M5)
NOT_DISPATCH = ("vehicle", "driver", "traffic", "customer")
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
        """Return what exculpates; a release before the first approval is not healed by it.

        The gates refuse such a release; it is on record where the company had them switched
        off at that hour (X20), which is on record as well.
        """
        valid_at = case.valid_then.happened_at
        words = {"revision": case.revision.display_name, "valid": self._when(valid_at)}
        if case.released_at and case.released_at < case.first_valid.happened_at:
            words |= {"revision": case.first_valid.revision_id.display_name,
                      "valid": self._when(case.first_valid.happened_at)}
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
        """Packaging wrong, late or not bought at all; artwork that lay with sales (A30)."""
        facts = self._version_facts(case) + self._arrival_facts(case)
        facts += [missing("not_ordered", text, need, proves=True)
                  for need, text in self._short_needs(case)]
        facts += self._sales_stage_facts(case)
        return facts or self._no_record(self.env._("a purchase of packaging for this notice"))

    def _version_facts(self, case):
        named = case.named(True)
        return [supports("wrong_version", self.env._(
            "%(order)s: %(person)s bought %(product)s; the notice names %(named)s.",
            order=line.order_id.name, person=line.order_id.buyer_id.name or "",
            product=line.product_id.display_name,
            named=", ".join(named.mapped("display_name"))), line.order_id.bought_at,
            line.order_id, merchandiser=self._employee(line.order_id.buyer_id))
            for line in case.packaging_lines if named and line.product_id not in named
            and line.order_id.buyer_role == "merchandiser"]

    def _arrival_facts(self, case):
        zone = case.incident.company_id.gendan_tz
        facts = []
        for line in case.packaging_lines:
            done = line.move_ids.filtered(
                lambda move: move.state == "done" and move.date <= case.incident.discovered_at
            ).sorted("date")
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

    def _short_needs(self, case):
        """Return ``[(need, sentence)]`` of packaging that had not been bought by then."""
        bought = {need: sum(rows.mapped("quantity"))
                  for need, rows in case.allocations.grouped("need_id").items()}
        return [(need, self.env._(
            "%(product)s: %(net)s needed, only %(bought)s ordered by the time of the fault.",
            product=need.product_id.display_name, net=plain_number(need.net),
            bought=plain_number(bought.get(need, 0))))
            for need in case.packaging_needs if bought.get(need, 0) < need.net]

    def _sales_stage_facts(self, case):
        """The stage log shows whether it was late already with the salesperson (A30)."""
        zone = case.incident.company_id.gendan_tz
        labels = dict(self.env["gendan.plate.job"]._fields[
            "state"]._description_selection(self.env))
        return [contradicts("late_with_sales", self.env._(
            "%(job)s: “%(stage)s” was due on %(due)s and over only on %(day)s.",
            job=step.job_id.display_name, stage=labels.get(step.from_stage, step.from_stage),
            due=step.due, day=company_date(step.happened_at, zone)), step.happened_at, step)
            for step in case.plate_stages if step.from_stage in SALES_STAGES and step.due
            and company_date(step.happened_at, zone) > step.due]

    # ------------------------------------------------------------- L-M3 to L-M6

    @api.model
    def _evidence_l_m3(self, case):
        """Question not passed on, or answer not brought back: two legs, two faults."""
        return [self._leg_fact(case, one) for one in case.deviations.filtered(
            lambda one: one.production_result == "cannot" and one.production_at <= case.at
        )] or self._no_record(self.env._(
            "production's question: asked, passed on, answered, brought back"))

    def _leg_fact(self, case, one):
        """Return what became of the two legs, each with its working hours (L-M3)."""
        company = case.incident.company_id
        due = self._hours_on(company, one.production_at, company.answer_hours)
        relayed = one.relayed_at if one.relayed_at and one.relayed_at <= case.at else False
        answered = one.answered_at if one.answered_at and one.answered_at <= case.at else False
        returned = one.returned_at if one.returned_at and one.returned_at <= case.at else False
        words = {"deviation": one.display_name, "when": self._when(one.production_at),
                 "relayed": self._when(relayed), "answered": self._when(answered),
                 "returned": self._when(returned), "due": self._when(due)}
        if not relayed and case.at <= due:
            return contradicts("not_due", self.env._(
                "%(deviation)s: production could not solve it at %(when)s; there was time until "
                "%(due)s to pass it on.", **words), one.production_at, one)
        if not relayed:
            return supports("not_relayed", self.env._(
                "%(deviation)s: production could not solve it at %(when)s; not passed on to sales "
                "by the time of the fault.", **words), one.production_at, one,
                **self._who_had_it(case, one, one.production_at, due))
        if relayed > due:
            return supports("relayed_late", self.env._(
                "%(deviation)s: production could not solve it at %(when)s; passed on to sales "
                "only at %(relayed)s instead of by %(due)s.", **words), relayed, one,
                **self._who_had_it(case, one, one.production_at, due))
        if not answered:
            return contradicts("relayed", self.env._(
                "%(deviation)s: passed on to sales at %(relayed)s; sales had not answered.",
                **words), relayed, one)
        return self._return_fact(case, one, answered, returned, words)

    def _return_fact(self, case, one, answered, returned, words):
        company = case.incident.company_id
        due = self._hours_on(company, answered, company.answer_hours)
        words["due"] = self._when(due)
        if not returned and case.at > due:
            return supports("not_returned", self.env._(
                "%(deviation)s: sales answered at %(answered)s; not brought back to production by "
                "the time of the fault.", **words), answered, one,
                **self._who_had_it(case, one, answered, due))
        if returned and returned > due:
            return supports("returned_late", self.env._(
                "%(deviation)s: sales answered at %(answered)s; brought back to production only "
                "at %(returned)s instead of by %(due)s.", **words), returned, one,
                **self._who_had_it(case, one, answered, due))
        return contradicts("relayed", self.env._(
            "%(deviation)s: passed on to sales at %(relayed)s, answered at %(answered)s.",
            **words), one.relayed_at, one)

    def _who_had_it(self, case, one, since, due):
        """Return whose part a leg was when it was due: that was the fault, not what came of it.

        Who takes an order over while the leg is open has the questions that the hand-over
        lists; one that it leaves out stays with whoever had the order before (D0.3).
        """
        at_due = case.assignments.filtered(lambda row: row.date_from <= due and (
            not row.date_to or row.date_to > due))
        held = at_due[-1:]
        if held.date_from and held.date_from > since and one not in held.question_ids:
            held = at_due[-2:-1] or held
        users = held.user_id
        users = self.env["gendan.deputy"]._deputies_of(users, due).deputy_id or users
        return {"merchandiser": self._employee(users)} if users else {}

    @api.model
    def _evidence_l_m4(self, case):
        """No plan, or a changed one that was not told: plan lines, revisions, who was told."""
        if not case.notice:
            return self._no_record(self.env._("a production notice to be planned"))
        changes = [self._told_fact(case, revision) for revision in case.plan_changes]
        changes += self._delay_facts(case)
        planned = case.plan_lines.filtered(
            lambda line: line.state in ("confirmed", "done")
            and max(line.production_at, line.packaging_at) <= case.at)
        if not planned and not changes:
            return [missing("no_plan", self.env._(
                "%s: no plan line that production and packaging had confirmed.",
                case.notice.name), case.notice, proves=True)]
        facts = [self._planned_fact(case, line) for line in planned]
        if any(fact.verdict == SUPPORTS for fact in changes):
            # that a plan stands does not excuse a change of which nobody was told
            facts = [fact for fact in facts if fact.verdict == SUPPORTS]
        return changes + facts

    def _delay_facts(self, case):
        """Return whether sales was told of the delay in advance (D4.7).

        A change of the plan of which sales was told says it as well.
        """
        heard = case.plan_told.filtered(
            lambda row: row.role == "salesperson" and row.sent_at <= case.at)
        facts = []
        for one in case.delay_notices:
            sent = one.asked_at and one.asked_at <= case.at
            words = {"delay": one.display_name, "found": self._when(one.detected_at),
                     "sent": self._when(one.asked_at), "person": one.asked_by_id.name or ""}
            if sent and one.is_in_advance:
                facts.append(contradicts("delay_told", self.env._(
                    "%(delay)s: %(person)s told sales at %(sent)s, before the customer's date.",
                    **words), one.asked_at, one))
            elif sent:
                facts.append(supports("delay_told_late", self.env._(
                    "%(delay)s: known since %(found)s; %(person)s told sales only at %(sent)s.",
                    **words), one.asked_at, one, merchandiser=self._employee(one.asked_by_id)))
            elif not heard:
                facts.append(supports("delay_not_told", self.env._(
                    "%(delay)s: known since %(found)s; sales was not told by the time of the "
                    "fault.", **words), one.detected_at, one))
        return facts

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
        """Dispatch or shipping notice: his fields, the refusal of the day, the trip."""
        if not case.shipping:
            return self._no_record(self.env._(
                "the shipping notice: who wrote which of its fields"))
        facts = self._refused_day_facts(case) + [
            fact for stop in case.stops for fact in self._trip_facts(case, stop)]
        entries = self._entry_facts(case, "merchandiser", "merchandiser")
        if facts and all(fact.code == "never_corrected" for fact in entries):
            return facts
        return facts + entries

    def _refused_day_facts(self, case):
        """Refusing what is asked for on the very day is never a fault (D8.4)."""
        return [contradicts("refused_same_day", self.env._(
            "%(shipping)s was asked for on the very day; refusing it at %(when)s was right.",
            shipping=one.name, when=self._when(one.decided_at)), one.decided_at, one)
            for one in case.shipping if one.state == "refused" and one.is_same_day]

    def _trip_facts(self, case, stop):
        trip = stop.dispatch_id
        if not (stop.hour_due and stop.arrived_at and stop.arrived_at <= (
                case.incident.discovered_at)):
            return []
        company = case.incident.company_id
        due = company._moment_on(trip.day, stop.hour_due)
        causes = dict(self.env["gendan.dispatch.wait"]._fields[
            "cause"]._description_selection(self.env))
        words = {"trip": trip.display_name, "due": self._when(due),
                 "arrived": self._when(stop.arrived_at), "person": trip.confirmed_by_id.name or "",
                 "waits": ", ".join(f"{causes[row.cause]} {row.minutes}" for row in trip.wait_ids)}
        if stop.arrived_at <= due:
            return [contradicts("in_time", self.env._(
                "%(trip)s: due there at %(due)s, arrived at %(arrived)s.", **words),
                stop.arrived_at, stop)]
        if trip.wait_ids.filtered(lambda row: row.cause in NOT_DISPATCH):
            return [contradicts("held_up", self.env._(
                "%(trip)s: due there at %(due)s, arrived at %(arrived)s; held up by: %(waits)s.",
                **words), stop.arrived_at, trip)]
        late = supports("arrived_late", self.env._(
            "%(trip)s, dispatched by %(person)s: due there at %(due)s, arrived only at "
            "%(arrived)s.", **words), stop.arrived_at, trip,
            merchandiser=self._employee(trip.confirmed_by_id))
        return [late, *self._replanned_facts(case, trip)]

    def _replanned_facts(self, case, trip):
        """Dispatched at will: a sheet that had been confirmed was planned anew (随意调度)."""
        return [supports("replanned", self.env._(
            "%(trip)s had been confirmed and was planned anew by %(person)s at %(when)s.",
            trip=trip.display_name, person=row.user_name, when=self._when(row.occurred_at)),
            row.occurred_at, row, merchandiser=self._employee(
                self.env["res.users"].browse(row.user_id_int)))
            for row in case.replans.get(trip, ())]

    @api.model
    def _evidence_l_m6(self, case):
        """Any other stop: he held the notice himself and did not let it go on."""
        holds = case.events_then.filtered(lambda event: event.kind in ("hold", "resume"))
        last = holds[-1:]
        words = {"notice": case.notice.name, "when": self._when(last.happened_at),
                 "person": last.user_id.name, "reason": last.reason or ""}
        if last.kind == "hold" and last.user_id._has_role("merchandiser"):
            return [supports("on_hold", self.env._(
                "%(notice)s stood still since %(when)s: put on hold by %(person)s, %(reason)s.",
                **words), last.happened_at, last, merchandiser=self._employee(last.user_id))]
        if last.kind == "hold":
            return [contradicts("held_by_another", self.env._(
                "%(notice)s was put on hold by %(person)s at %(when)s, %(reason)s.", **words),
                last.happened_at, last)]
        if last:
            return [contradicts("resumed", self.env._(
                "%(notice)s went on at %(when)s, let go by %(person)s.", **words),
                last.happened_at, last)]
        return self._no_record(self.env._("what the merchandiser did; the reason is compulsory"))
