from odoo import fields, models

from ...calc import tolerance


class Need(models.Model):
    """What happens when a need falls below what is bought already (D3.3, design 6.9)."""

    _inherit = "gendan.need"

    case_ids = fields.One2many("gendan.over.limit.case", "need_id", "Over-limit cases",
                               readonly=True)

    def _review_over_limit(self, cause="reduction"):
        """Open a case where too much is bought now, and close those that were cut.

        :param str cause: why the need may have fallen
        """
        needs = self.filtered(lambda need: need.kind != "raw")
        if not needs:
            return
        entries = needs._ledger()
        cases = self.env["gendan.over.limit.case"].sudo().search([("need_id", "in", needs.ids)])
        values = []
        for need in needs:
            of_need = cases.filtered(lambda case, need=need: case.need_id == need)
            excess = entries[need].covered - need._limit()
            values += need._follow_cases(of_need, excess, entries[need], cause)
        for case in self.env["gendan.over.limit.case"].sudo().create(values):
            case._tell_opened()

    def _follow_cases(self, cases, excess, entry, cause):
        """Bring the cases of one need up to date; return the values of a new one."""
        self.ensure_one()
        opened = cases.filtered(lambda case: case.state == "open")
        kept = sum(tolerance.exact(case.left)
                   for case in cases if case.state == "surplus")
        left = excess - kept
        if opened and left <= 0:
            opened.left = 0
            opened._settle("closed")
        elif opened:
            opened.left = float(left)
        elif left > 0:
            # what has come already cannot be cut any more
            came = not entry.open
            now = fields.Datetime.now()
            return [{
                "need_id": self.id, "cause": cause, "quantity": float(left),
                "left": float(left), "opened_at": now, "state": "surplus" if came else "open",
                **({"settled_at": now, "settled_by_id": self.env.uid} if came else {})}]
        return []

    def _review_open_cases(self):
        """Look again at the needs among these that have an open case."""
        if not self:
            return
        cases = self.env["gendan.over.limit.case"].sudo().search(
            [("need_id", "in", self.ids), ("state", "=", "open")])
        if cases:
            cases.need_id._review_over_limit()
