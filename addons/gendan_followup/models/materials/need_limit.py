from odoo import models

from ...calc import tolerance
from ...calc.text import plain_number
from ..foundation.gate_mixin import Unmet, gate


class Need(models.Model):
    """The limit of what may be bought for a need: nobody overrides it (D3.3–D3.5, X7)."""

    _name = "gendan.need"
    _inherit = ["gendan.need", "gendan.gate.mixin"]

    @gate("need.limit", "D3.2 D3.3 D3.4 D3.5 X3 X6")
    def _gate_limit(self):
        """Bought is at most the net need and its tolerance; raw material only warns (D3.12)."""
        return {need.id: [need._limit_unmet(entry.covered)]
                for need, entry in self._ledger().items()
                if need.kind != "raw" and entry.covered > need._limit()}

    def _limit_unmet(self, covered):
        """Return the refusal with its figures: 9,601 of 8,000 is 20.0125 % above."""
        self.ensure_one()
        limit, net = self._limit(), tolerance.exact(self.net)
        excess = tolerance.excess_percent(covered, net)
        if excess is None:
            above = self.env._("nothing is needed")
        else:
            above = self.env._(
                "%(excess)s %% above %(net)s", excess=_exact_text(excess),
                net=_exact_text(net))
        return Unmet(
            "limit",
            self.env._(
                "%(need)s: %(covered)s %(unit)s bought with this order, %(above)s; at most "
                "%(limit)s (%(percent)s %%)", need=self.display_name,
                covered=_exact_text(covered), unit=self.product_uom_id.name, above=above,
                limit=_exact_text(limit), percent=plain_number(self.tolerance_percent)),
            self.env._(
                "buy %s less; spoiled packaging is a supplement that the plan manager approves",
                _exact_text(covered - limit)),
        )

    # -------------------------------------------------------------- tolerance

    def _tolerance_now(self):
        """Return the percentage of the company for this kind and version (D3.3–D3.5)."""
        self.ensure_one()
        company = self.company_id
        if self.is_supplement or self.kind == "raw":
            return 0
        if self.kind == "carton":
            return company.carton_tolerance
        if self.product_id.packaging_state == "new":
            return company.new_bag_tolerance
        return company.bag_tolerance

    def _refresh_tolerance(self):
        """Judge at the moment of buying: a version may have become regular meanwhile (D3.4)."""
        for percent, needs in self.grouped(lambda need: need._tolerance_now()).items():
            needs.sudo()._write_changed({"tolerance_percent": percent})

    def _write_changed(self, vals):
        """Write only where something changes: the rows are everybody's."""
        changed = self.filtered(lambda need: any(
            tolerance.exact(need[name]) != tolerance.exact(value)
            for name, value in vals.items()))
        if changed:
            changed.write(vals)


def _exact_text(number):
    """Return an exact number as people read it: four decimals, none of them noise."""
    return f"{float(round(number, 4)):,.4f}".rstrip("0").rstrip(".")
