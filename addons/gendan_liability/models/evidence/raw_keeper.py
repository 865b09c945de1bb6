from odoo import api, models

from .fact import contradicts, supports


class LiabilityEvidence(models.AbstractModel):
    """L-R1 to L-R3: what the raw-material keeper did."""

    _inherit = "gendan.liability.evidence"

    @api.model
    def _evidence_l_r1(self, case):
        """Issued against the order: what was taken against what the notice names."""
        moves = case.consumed.filtered(lambda move: not move.product_id.packaging_kind)
        return self._issue_facts(case, moves, "issued_wrong") or self._no_record(
            self.env._("what was issued to the manufacturing order"))

    def _issue_facts(self, case, moves, code):
        """Return what was issued that the notice does not name, or that all was right."""
        specified = case.specified_products
        if not (moves and specified):
            return []
        wrong = moves.filtered(lambda move: move.product_id.id not in specified)
        return [supports(code, self.env._(
            "%(order)s took %(quantity)s %(product)s; its notice does not name it.",
            order=move.raw_material_production_id.name, quantity=f"{move.quantity:g}",
            product=move.product_id.display_name), move.date, move.raw_material_production_id)
            for move in wrong] or [contradicts("issued_right", self.env._(
                "%s took what the notice names.", ", ".join(sorted(set(
                    moves.raw_material_production_id.mapped("name"))))), moves[0].date,
                moves[0].raw_material_production_id)]

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
        facts = []
        for question in case.keeper_questions.filtered(
                lambda one: one.need_id.kind == "raw" and one.asked_at):
            facts += self._promise_facts(case, question)
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
