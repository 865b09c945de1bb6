from odoo import api, models

from odoo.addons.gendan_followup.calc.text import plain_number

from .fact import contradicts, missing, supports


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
        facts = [self._shortage_fact(one) for one in case.shortages]
        facts += [supports("count_short", self.env._(
            "%(when)s: the count took %(quantity)s %(product)s out of the book.",
            when=self._when(move.date), quantity=plain_number(move.quantity),
            product=move.product_id.display_name), move.date, move)
            for move in case.counts - case.shortages.move_ids]
        facts += [contradicts("ordered_too_few", text, need.create_date, need)
                  for need, text in self._short_needs(case)]
        return facts or self._no_record(
            self.env._("a stock count of the packaging at the time of the shortage"))

    def _shortage_fact(self, one):
        """Return what the count says that was made because packaging had run out."""
        words = {"count": one.name, "product": one.product_id.display_name,
                 "when": self._when(one.reported_at), "counted_at": self._when(one.event_at),
                 "person": one.employee_id.name or "", "book": plain_number(one.book_quantity),
                 "counted": plain_number(one.counted_quantity)}
        if one.state != "counted":
            return missing("not_counted", self.env._(
                "%(count)s: %(product)s ran out at %(when)s; nobody counted it.", **words), one)
        if one.difference < 0:
            return supports("count_short", self.env._(
                "%(count)s: %(product)s ran out at %(when)s; the book said %(book)s, %(person)s "
                "counted %(counted)s at %(counted_at)s.", **words), one.reported_at, one)
        return contradicts("book_right", self.env._(
            "%(count)s: %(product)s ran out at %(when)s; the book said %(book)s and %(person)s "
            "counted %(counted)s at %(counted_at)s: the book was right.", **words),
            one.reported_at, one)

    @api.model
    def _evidence_l_k4(self, case):
        """Wrong bag issued: slip and version that was taken, against the notice."""
        return self._issue_facts(case, True, "packaging_keeper", "packaging")
