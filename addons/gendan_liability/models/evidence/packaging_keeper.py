from odoo import api, models

from .fact import contradicts, supports


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
        """Book and actual differ: the stock count about the time of the shortage.

        What was never bought is no fault of the book: that is the merchandiser's (L-M2).
        """
        facts = [supports("count_short", self.env._(
            "%(when)s: the count took %(quantity)s %(product)s out of the book.",
            when=self._when(move.date), quantity=f"{move.quantity:g}",
            product=move.product_id.display_name), move.date, move)
            for move in case.counts]
        facts += [contradicts("ordered_too_few", text, need.create_date, need)
                  for need, text in self._short_needs(case)]
        return facts or self._no_record(
            self.env._("a stock count of the packaging at the time of the shortage"))

    @api.model
    def _evidence_l_k4(self, case):
        """Wrong bag issued: slip and version that was taken, against the notice."""
        return self._issue_facts(case, True, "packaging_keeper", "packaging")
