from odoo import api, models

from .fact import supports


class LiabilityEvidence(models.AbstractModel):
    """L-K1 to L-K4: what the packaging-material keeper did."""

    _inherit = "gendan.liability.evidence"

    @api.model
    def _evidence_l_k1(self, case):
        """Booked in unchecked: quality and quantity of the incoming check."""
        return self._check_facts(case, "incoming_packaging", "packaging_keeper")

    @api.model
    def _evidence_l_k2(self, case):
        """Coding wrong: the coding sheet against what the notice asks for."""
        return self._check_facts(case, "coding", "packaging_keeper")

    @api.model
    def _evidence_l_k3(self, case):
        """Book and actual differ: the stock count about the time of the shortage."""
        return [supports("count_short", self.env._(
            "%(when)s: the count took %(quantity)s %(product)s out of the book.",
            when=self._when(move.date), quantity=f"{move.quantity:g}",
            product=move.product_id.display_name), move.date, move)
            for move in case.counts] or self._no_record(
                self.env._("a stock count of the packaging at the time of the shortage"))

    @api.model
    def _evidence_l_k4(self, case):
        """Wrong bag issued: the version that was taken against the notice."""
        return self._packaging_issue(case, "issued_wrong_bag")

    def _packaging_issue(self, case, code):
        moves = case.consumed.filtered("product_id.packaging_kind")
        return self._issue_facts(case, moves, code) or self._no_record(
            self.env._("the packaging that was issued to the manufacturing order"))
