import json

from odoo import api, models

from odoo.addons.gendan_followup.calc import payload_diff

from .fact import SUPPORTS, contradicts, missing, supports


class LiabilityEvidence(models.AbstractModel):
    """L-S1 to L-S5: what the salesperson did."""

    _inherit = "gendan.liability.evidence"

    @api.model
    def _evidence_l_s1(self, case):
        """Ordered wrongly: what he submitted, and what a later revision had to correct.

        No door submits an order without the customer's document (X19), and what was submitted
        is neither taken off nor deleted (X5); where a revision has none all the same, its rows
        came from outside, by a restore or a migration, and the case says so. An order of the
        time before the system has no revision, which is said in its place.
        """
        revision = case.revision
        if not revision:
            return self._no_record(self.env._("a submitted revision of the order"))
        submitter = case.submission.user_id
        facts = self._returns(case, revision) + self._paper_corrections(
            case, revision, submitter) + self._later_corrections(case, revision, submitter)
        facts += self._typed_facts(case, revision, submitter, facts)
        if not revision.document_ids:
            facts.append(missing("no_document", self.env._(
                "%s: the customer's own document is missing.", revision.display_name), revision))
        return facts or [missing("no_correction", self.env._(
            "%s: neither sent back nor corrected since; compare it with the customer's document.",
            revision.display_name), revision)]

    def _typed_facts(self, case, revision, submitter, facts):
        """At a small customer the merchandiser stands in for sales: then it was his (A34, L-S1).

        Where the records show no mistake of his, that he typed it says nothing against sales.
        """
        if case.order.order_kind != "small" or not submitter._has_role("merchandiser"):
            return []
        text = self.env._(
            "%(revision)s was entered by the merchandiser %(person)s for a small customer.",
            revision=revision.display_name, person=submitter.name)
        at = case.submission.happened_at
        if any(fact.verdict == SUPPORTS for fact in facts):
            return [supports("typed_by_merchandiser", text, at, revision,
                             salesperson=self._employee(submitter))]
        return [contradicts("typed_by_merchandiser", text, at, revision)]

    def _returns(self, case, revision):
        """What the merchandiser sent back and the salesperson submitted unchanged (D1.6)."""
        steps = case.events_then.filtered(lambda event: event.revision_id == revision)
        facts = []
        for before, after in zip(steps[:-1], steps[1:], strict=True):
            if (before.kind, after.kind) == ("return", "resubmit_unchanged"):
                facts.append(supports("returned_unheeded", self.env._(
                    "%(revision)s was returned by %(merchandiser)s at %(when)s (%(reason)s) and "
                    "submitted again unchanged by %(person)s.", revision=revision.display_name,
                    merchandiser=before.user_id.name, when=self._when(before.happened_at),
                    reason=before.reason or "", person=after.user_id.name),
                    after.happened_at, after, salesperson=self._employee(after.user_id)))
        return facts

    def _paper_corrections(self, case, revision, submitter):
        """A paper that was never valid is corrected under its own letter (L-M1 with L-S1).

        What it said at the time of the fault stands in the step of its submission.
        """
        then = case.submission
        if not then.payload:
            return []
        facts = []
        for step in case.events.filtered(
                lambda event: event.revision_id == revision and event.kind == "submit"
                and event.happened_at > case.at):
            changes = payload_diff.diff(json.loads(then.payload), json.loads(step.payload))
            if payload_diff.change_class(changes) != "technical":
                continue
            words = {"revision": revision.display_name, "person": submitter.name,
                     "when": self._when(then.happened_at), "changed": self._when(step.happened_at)}
            if fresh := step.document_ids - then.document_ids:
                facts.append(contradicts("customer_changed", self.env._(
                    "%(revision)s was right when it was submitted; what was submitted at "
                    "%(changed)s follows a new document of the customer: %(document)s.",
                    document=", ".join(fresh.mapped("name")), **words), step.happened_at, step))
            else:
                facts.append(supports("corrected_later", self.env._(
                    "%(revision)s, submitted by %(person)s at %(when)s, was submitted anew with "
                    "other figures at %(changed)s, after the fault.", **words),
                    step.happened_at, step, salesperson=self._employee(submitter)))
        return facts

    def _later_corrections(self, case, revision, submitter):
        """A technical revision after the fault says that the one before was wrong.

        One that brought a further document of the customer says that he changed his mind:
        it was right when it was signed (L-S1).
        """
        later = case.revisions.filtered(
            lambda later: later.number > revision.number and later.submitted_at
            and later.submitted_at > case.at and later.change_class == "technical")
        facts = []
        for one in later:
            words = {"revision": revision.display_name, "person": submitter.name,
                     "when": self._when(case.submission.happened_at), "later": one.letter,
                     "changed": self._when(one.submitted_at),
                     "reason": one.reason or self.env._("no reason given")}
            if fresh := one.document_ids - revision.document_ids:
                facts.append(contradicts("customer_changed", self.env._(
                    "%(revision)s was right when it was submitted; revision %(later)s at "
                    "%(changed)s follows a new document of the customer: %(document)s.",
                    document=", ".join(fresh.mapped("name")), **words), one.submitted_at, one))
            else:
                facts.append(supports("corrected_later", self.env._(
                    "%(revision)s, submitted by %(person)s at %(when)s, was corrected after the "
                    "fault by revision %(later)s: %(reason)s.", **words),
                    one.submitted_at, one, salesperson=self._employee(submitter)))
        return facts

    @api.model
    def _evidence_l_s2(self, case):
        """Wrong instruction: he accepted a piece on which a point was not OK."""
        facts = []
        for article in case.first_articles.filtered(lambda one: one.decided_at <= case.at):
            wrong = case.points.filtered(
                lambda line: line.sheet_id == article.sheet_id and line.result == "not_ok")
            words = {"article": article.name, "person": article.decided_by_id.name,
                     "when": self._when(article.decided_at)}
            if article.decision == "rejected":
                facts.append(contradicts("rejected", self.env._(
                    "%(article)s: %(person)s rejected the first article at %(when)s.", **words),
                    article.decided_at, article))
            elif wrong:
                facts.append(supports("accepted_not_ok", self.env._(
                    "%(article)s: %(person)s accepted the first article at %(when)s although not "
                    "OK: %(points)s.", points=", ".join(wrong.mapped("label")), **words),
                    article.decided_at, article,
                    salesperson=self._employee(article.decided_by_id)))
        facts += [self._customer_fact(one) for one in case.deviations.filtered(
            lambda one: one.customer_decision and one.answered_at <= case.at)]
        return facts or self._no_record(self.env._(
            "production's question and the salesperson's answer to it (D4.8, D5.6)"))

    def _customer_fact(self, one):
        """Return whether the customer himself decided, in his own words (D5.6)."""
        words = {"deviation": one.display_name, "person": one.answered_by_id.name,
                 "when": self._when(one.answered_at), "message": one.customer_message or ""}
        if (one.customer_message or "").strip():
            return contradicts("customer_decided", self.env._(
                "%(deviation)s: the customer decided, noted by %(person)s at %(when)s: "
                "%(message)s.", **words), one.answered_at, one)
        return supports("decided_alone", self.env._(
            "%(deviation)s: %(person)s decided at %(when)s without the customer's word.", **words),
            one.answered_at, one, salesperson=self._employee(one.answered_by_id))

    @api.model
    def _evidence_l_s3(self, case):
        """Bought it himself: the buyer of the purchase order."""
        if not case.purchases:
            return self._no_record(self.env._("a purchase order with its buyer"))
        facts = []
        for purchase in case.purchases:
            # stamped at the confirmation; a draft names only whom it was entered for
            buyer = purchase.buyer_id or purchase.user_id
            words = {"order": purchase.name, "person": buyer.name or "",
                     "when": self._when(purchase.bought_at or purchase.create_date)}
            if purchase.buyer_role == "merchandiser" or (
                    not purchase.buyer_role and buyer._has_role("merchandiser")):
                facts.append(contradicts("bought_by_merchandiser", self.env._(
                    "%(order)s was placed by the merchandiser %(person)s, %(when)s.", **words),
                    purchase.bought_at or purchase.create_date, purchase))
            elif buyer and buyer._has_role("salesperson", "showroom"):
                facts.append(supports("bought_by_salesperson", self.env._(
                    "%(order)s was bought by the salesperson %(person)s himself, %(when)s.",
                    **words), purchase.bought_at or purchase.create_date, purchase,
                    salesperson=self._employee(buyer)))
            else:
                facts.append(missing("no_buyer", self.env._(
                    "%(order)s names no salesperson or merchandiser as its buyer.", **words),
                    purchase))
        return facts

    @api.model
    def _evidence_l_s4(self, case):
        """Booking or warehouse accident: his fields of the shipping notice."""
        return self._entry_facts(case, "sales", "salesperson")

    def _entry_facts(self, case, owner, role):
        """Return which fields of ``owner`` on the shipping notice had to be corrected (A12)."""
        if not case.shipping:
            return self._no_record(self.env._(
                "the shipping notice: who wrote which of its fields"))
        own = self._corrected_entries(case, owner)
        facts = [supports("corrected", text, before.written_at, before,
                          **{role: self._employee(before.user_id)}) for before, text in own]
        other = "merchandiser" if owner == "sales" else "sales"
        facts += [contradicts("anothers_field", text, before.written_at, before)
                  for before, text in (() if own else self._corrected_entries(case, other))]
        return facts or [missing("never_corrected", self.env._(
            "%s: none of these fields was corrected afterwards.", case.shipping.name),
            case.shipping)]

    def _corrected_entries(self, case, owner):
        """Return ``[(entry, sentence)]`` of the fields of one owner that were wrong then."""
        entries = case.shipping_entries.filtered(lambda entry: entry.owner == owner)
        found = []
        for name, written in entries.grouped("field_name").items():
            before = written.filtered(lambda entry: entry.written_at <= case.at)[-1:]
            after = written.filtered(lambda entry: entry.written_at > case.at)[-1:]
            if before and after and after.value != before.value:
                found.append((before, self.env._(
                    "%(shipping)s, %(field)s: %(person)s wrote “%(value)s” at %(when)s; corrected "
                    "afterwards to “%(later)s”.", shipping=case.shipping.name,
                    field=before.field_label or name, person=before.user_id.name,
                    value=before.value or "", when=self._when(before.written_at),
                    later=after.value or "")))
        return found

    @api.model
    def _evidence_l_s5(self, case):
        """Plate error: the very file that he approved for the plates, and when."""
        return [self._artwork_fact(case, job) for job in case.plate_jobs] or self._no_record(
            self.env._("the plate job: approved artwork and who approved it"))

    def _artwork_fact(self, case, job):
        own = case.artwork_approvals.filtered(
            lambda row: row.job_id == job and row.kind == "salesperson")
        words = {"job": job.display_name}
        if not own:
            return missing("not_approved", self.env._(
                "%(job)s: no artwork was approved by the salesperson by then.", **words), job)
        last = own[-1]
        words |= {"person": last.user_id.name, "file": last.file_name or last.digest[:12],
                  "when": self._when(last.approved_at)}
        if last.digest != job.artwork_digest:
            return contradicts("another_file", self.env._(
                "%(job)s: what %(person)s approved at %(when)s (%(file)s) is not the file that "
                "is there now.", **words), last.approved_at, last)
        return supports("approved_artwork", self.env._(
            "%(job)s: %(person)s approved this artwork at %(when)s: %(file)s.", **words),
            last.approved_at, last, salesperson=self._employee(last.user_id))
