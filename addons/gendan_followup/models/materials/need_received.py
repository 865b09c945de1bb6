from odoo import api, models

from ...calc import tolerance
from ...calc.text import plain_number
from ..foundation.gate_mixin import Unmet
from ..foundation.reading import read_together
from .need_ledger import Claim

BAGS = ("bag", "film")
# orders that have taken their bags, or are taking them
BEGUN = ("progress", "to_close", "done")


class Need(models.Model):
    """Whether the bags of a line have come, so that it may be started (D3.13)."""

    _inherit = "gendan.need"

    @api.model
    def _bags_awaited(self, lines):
        """Return the needs of bag or roll film of these lines that have not come in full.

        What stock gave at the first calculation is here already; of what was bought counts
        what came in and was not sent back. A supplement makes good for bags that were here.
        """
        return self._bought_for(lines).filtered(
            lambda need: need.kind in BAGS and need.net > 0)._awaited()

    @api.model
    def _bought_for(self, lines):
        """Return the needs of these lines that the recipe has, in sudo, read once for all asked."""
        lines = lines.sudo()
        read_together(lines, "need_ids")
        return lines.need_ids.filtered(lambda need: not need.is_supplement)

    def _awaited(self):
        """Return those of these needs of which less came in than was to be bought."""
        entries = self._ledger()
        return self.filtered(lambda need: entries[need].at_hand < tolerance.exact(need.net))

    @api.model
    def _start_warnings(self, lines):
        """Return ``{line: [Unmet or Reason, …]}`` that is red and still lets a line start (X13).

        Cartons that are not here, and whatever came unchecked or is on hold by a check.
        """
        needs = self._bought_for(lines)
        cartons = needs.filtered(lambda need: need.kind == "carton" and need.net > 0)._awaited()
        here = cartons._bags_here()
        doubts, warnings = needs._doubtful(), {}
        for need in needs:
            found = warnings.setdefault(need.notice_line_id, [])
            at_hand = here.get((need.product_id, need.notice_id))
            if need in cartons and at_hand < tolerance.exact(need.gross):
                found.append(need._not_received_unmet(at_hand))
            if doubts.get(need.id):
                found.append(need._unchecked_reason(doubts[need.id]))
        return {line: found for line, found in warnings.items() if found}

    def _bags_here(self):
        """Return ``{(version, notice): pieces}`` that are here for the notices of these needs.

        Used, held or reserved for the notice, or held by nobody: bags that were found in
        stock, or that the customer sent, serve as well. What is another notice's does not.
        """
        here = {}
        for company, needs in self.grouped("company_id").items():
            products, used = needs.product_id, needs._used()
            held = self._held(products, company)
            free = products._free_for_needs(company)
            for key in {(need.product_id, need.notice_id) for need in needs}:
                claim = held.get(key, Claim())
                here[key] = used[key][0] + max(claim.held, claim.reserved) + max(
                    free[key[0]], 0)
        return here

    def _bags_left(self, here):
        """Return ``{(version, notice): pieces}`` that no order of the notice that began asks for.

        :param dict here: of `_bags_here`
        """
        left = dict(here)
        of_notices = self.notice_id.need_ids.filtered(lambda need: not need.is_supplement)
        for need in of_notices:
            key = need.product_id, need.notice_id
            if key in left:
                begun = need.notice_line_id.production_ids.filtered(
                    lambda production: production.state in BEGUN)
                left[key] -= need._bags_for(sum(begun.mapped("product_uom_qty")))
        return left

    def _bags_for(self, packs):
        """Return how many of these bags go into ``packs`` of the line, exactly."""
        self.ensure_one()
        planned = tolerance.exact(self.notice_line_id._packs_for_needs())
        if not planned:
            return tolerance.exact(packs)
        return tolerance.exact(packs) * tolerance.exact(self.gross) / planned

    def _not_received_unmet(self, here):
        """Return the condition that these bags have not come: how many of how many."""
        self.ensure_one()
        buyer = self.notice_id.merchandiser_id
        keepers = self.env["res.users"]._users_of_role("packaging_keeper", self.company_id)
        return Unmet(
            "bag_not_received", self.env._(
                "%(notice)s: %(received)s of %(needed)s %(version)s received",
                notice=self.notice_id.name, version=self.product_id.display_name,
                received=plain_number(float(here)), needed=plain_number(self.gross)),
            self.env._("%(buyer)s has them delivered, %(keeper)s books them in",
                       buyer=buyer.name or self.env._("the merchandiser"),
                       keeper=", ".join(keepers.mapped("name"))),
            tuple((buyer | keepers).ids))
