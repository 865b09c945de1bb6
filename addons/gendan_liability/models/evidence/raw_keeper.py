from odoo import api, models

from odoo.addons.gendan_followup.calc.text import plain_number

from .fact import SUPPORTS, contradicts, missing, supports


class LiabilityEvidence(models.AbstractModel):
    """L-R1 to L-R3: what the raw-material keeper did."""

    _inherit = "gendan.liability.evidence"

    @api.model
    def _evidence_l_r1(self, case):
        """Issued against the order: slips and what was taken, against what the notice names."""
        return self._issue_facts(case, False, "raw_keeper", "operator")

    def _issue_facts(self, case, packaging, keeper, taker):
        """Return what was handed out or used that the notice does not name, or that all was right.

        A wrong slip that nobody had taken over by the time of the fault did no damage: what is
        corrected before use is no incident (L-R1, L-K4).

        :param bool packaging: packaging versions, else raw material
        :param str keeper: role of who handed it out
        :param str taker: role of who took it over
        """
        named = case.named(packaging)
        facts = [self._foreign_slip_fact(case, slip, keeper, taker)
                 for slip in case.issued(packaging).filtered("is_foreign")]
        if named:
            facts += [self._foreign_use_fact(move) for move in case.consumed.filtered(
                lambda move: bool(move.product_id.packaging_kind) == packaging
                and move.product_id not in named)]
            lots = case.packaging_lots if packaging else case.raw_lots
            facts += [self._foreign_lot_fact(case, lot) for lot in lots.filtered(
                lambda lot: lot.product_id not in named | case.products)]
        return facts or self._right_issue_facts(case, packaging)

    def _foreign_slip_fact(self, case, slip, keeper, taker):
        words = {"slip": slip.name, "person": slip.employee_id.name or "",
                 "product": slip.product_id.display_name, "when": self._when(slip.event_at),
                 "taker": slip.taken_by_id.name or "", "taken": self._when(slip.taken_at)}
        if not slip.taken_at or slip.taken_at > case.at:
            return contradicts("not_used", self.env._(
                "%(slip)s: %(person)s handed out %(product)s at %(when)s, which the notice does "
                "not name; nobody had taken it over by the time of the fault.", **words),
                slip.event_at, slip)
        return supports("issued_wrong", self.env._(
            "%(slip)s: %(person)s handed out %(product)s at %(when)s, which the notice does not "
            "name; %(taker)s took it at %(taken)s.", **words), slip.event_at, slip,
            **self._as_role(slip.employee_id, keeper), **self._as_role(slip.taken_by_id, taker))

    def _foreign_use_fact(self, move):
        return supports("used_wrong", self.env._(
            "%(order)s took %(quantity)s %(product)s; its notice does not name it.",
            order=move.raw_material_production_id.name, quantity=plain_number(move.quantity),
            product=move.product_id.display_name), move.date, move.raw_material_production_id)

    def _foreign_lot_fact(self, case, lot):
        return supports("foreign_lot", self.env._(
            "Lot %(lot)s in this case is %(product)s; the notice names %(named)s.",
            lot=lot.name, product=lot.product_id.display_name,
            named=", ".join(case.named(bool(lot.product_id.packaging_kind)).mapped(
                "display_name"))), case.incident.discovered_at, lot)

    def _right_issue_facts(self, case, packaging):
        slips = case.issued(packaging)
        moves = case.consumed.filtered(
            lambda move: bool(move.product_id.packaging_kind) == packaging)
        facts = [contradicts("issued_right", self.env._(
            "%(slip)s: %(person)s handed out %(product)s at %(when)s, as the notice names it.",
            slip=slip.name, person=slip.employee_id.name or "",
            product=slip.product_id.display_name, when=self._when(slip.event_at)),
            slip.event_at, slip) for slip in slips]
        if not facts and moves and case.named(packaging):
            orders = moves.raw_material_production_id
            facts.append(contradicts("used_right", self.env._(
                "%s took what the notice names.", ", ".join(sorted(orders.mapped("name")))),
                moves[0].date, orders[0]))
        if facts or not (case.notice or case.productions):
            return facts or self._no_record(self.env._(
                "the issue slip: what was handed out for which notice"))
        subject = case.notice or case.productions[0]
        return [missing("no_slip", self.env._(
            "%s: there is no issue slip that says what was handed out, by whom and when.",
            subject.display_name), subject)]

    @api.model
    def _evidence_l_r2(self, case):
        """Booked in unchecked: the five points of the incoming check."""
        return self._check_facts(case, "incoming_raw", "raw_keeper")

    @api.model
    def _evidence_l_r3(self, case):
        """Wrong answer: question, promise, and the promise that had to be moved."""
        if not case.keeper_questions:
            if not case.notice:
                return self._no_record(self.env._("the merchandiser's question to the keeper"))
            return [contradicts("never_asked", self.env._(
                "%s: the merchandiser never asked the keeper.", case.notice.name),
                record=case.notice)]
        facts = [supports("emergency", self.env._(
            "Emergency at %(when)s, reported by %(person)s: %(title)s; it names the keeper's "
            "answer as wrong.", when=self._when(one.reported_at),
            person=one.reported_by_id.name or "", title=one.title), one.reported_at, one,
            raw_keeper=self._employee(one.eta_enquiry_id.answered_by_id))
            for one in case.exceptions]
        for question in case.keeper_questions.filtered(
                lambda one: one.need_id.kind == "raw" and one.asked_at):
            told = self._promise_facts(case, question)
            # an answer that an emergency calls wrong was not kept, only never taken back
            facts += [fact for fact in told if fact.verdict == SUPPORTS
                      or question not in case.exceptions.eta_enquiry_id]
        return facts or self._no_record(self.env._("a question about raw material"))

    def _promise_facts(self, case, question):
        given = case.promises.filtered(
            lambda promise: promise.enquiry_id == question and promise.answered_at <= case.at)
        if not given:
            return [supports("not_answered", self.env._(
                "%(question)s asked at %(when)s, not answered by the time of the fault.",
                question=question.display_name, when=self._when(question.asked_at)),
                question.asked_at, question)]
        first, last = given[0], case.promises.filtered(
            lambda promise: promise.enquiry_id == question)[-1]
        words = {"question": question.display_name, "person": first.user_id.name,
                 "when": self._when(first.answered_at), "first": first.promised_date or "",
                 "last": last.promised_date or ""}
        if first.promised_date and last.promised_date and (
                last.promised_date > first.promised_date):
            return [supports("promise_moved", self.env._(
                "%(question)s %(person)s promised %(first)s at %(when)s; it became %(last)s.",
                **words), first.answered_at, first,
                raw_keeper=self._employee(first.user_id))]
        return [contradicts("promise_kept", self.env._(
            "%(question)s answered by %(person)s at %(when)s; the answer was never moved.",
            **words), first.answered_at, first)]
