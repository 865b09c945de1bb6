import json
from collections import defaultdict
from math import floor

from odoo import api, fields, models
from odoo.tools import float_round

from ...calc import tolerance
from .need import WHOLE_KINDS

DIGITS = 2


class ProductionNoticeLine(models.Model):
    """What a released line needs of each material, and what stock gives towards it (D3.2)."""

    _inherit = "gendan.production.notice.line"

    need_ids = fields.One2many("gendan.need", "notice_line_id", "Needs", readonly=True)

    # -------------------------------------------------------------- what is needed

    def _packs_for_needs(self):
        """Return the packs for which material is needed: what is released and not covered.

        A revision that grew needs more at once; what is made already stays needed.
        """
        self.ensure_one()
        if self.notice_id.state not in ("released", "done"):
            return 0
        return max(self.released_quantity, self._quantity_to_make())

    def _recipe_products(self):
        """Return the products of the frozen recipes that still exist, in one query."""
        return self.env["product.product"].browse(dict.fromkeys(
            component["product"] for line in self
            for component in json.loads(line.bom_snapshot or "[]"))).exists()

    def _gross_needs(self, existing):
        """Return ``{material: quantity}`` by the specification and the frozen recipe (A15).

        Bag and carton follow the specification; what else stands in the recipe follows
        that. A waste rate adds to raw material only.

        :param existing: see `_recipe_products`
        """
        self.ensure_one()
        packs = self._packs_for_needs()
        gross = {}
        if self.bag_version_id:
            gross[self.bag_version_id] = tolerance.need_pieces(packs)
        if self.carton_version_id and self.packs_per_carton:
            gross[self.carton_version_id] = tolerance.carton_need(packs, self.packs_per_carton)
        recipe = defaultdict(list)
        for component in json.loads(self.bom_snapshot or "[]"):
            recipe[component["product"]].append(component)
        for product in existing.browse(recipe).with_prefetch(existing._prefetch_ids) & existing:
            if product not in gross and product != self.product_id and product._is_procured():
                gross[product] = sum(
                    self._component_need(product, component, packs)
                    for component in recipe[product.id])
        return gross

    def _component_need(self, product, component, packs):
        unit = self.env["uom.uom"].browse(component["uom"])
        factor = unit._compute_quantity(1, product.uom_id, round=False)
        quantity = tolerance.exact(component["quantity"]) * tolerance.exact(factor)
        per_unit = self.env["uom.uom"].browse(component["per_uom"])
        per = tolerance.exact(component["per"]) * tolerance.exact(
            per_unit._compute_quantity(1, self.product_uom_id, round=False))
        if product.packaging_kind in WHOLE_KINDS:
            return tolerance.component_need(packs, quantity, per)
        return float_round(float(tolerance.exact(packs) * quantity / per),
                           precision_digits=DIGITS)

    # ------------------------------------------------------------- its calculation

    def _calculate_needs(self, cause="reduction"):
        """Calculate the needs of these lines anew, and see what is bought too much (D3.2).

        What stock gives is allocated at the first calculation and stays; it may grow by
        as much as the need grew (X15). A need that falls away goes to 0.

        :param str cause: why a need may have fallen, for the over-limit cases
        """
        lines = self.sudo()
        if not lines:
            return
        existing = lines._recipe_products()
        gross = {line: line._gross_needs(existing) for line in lines}
        needs = self.env["gendan.need"].sudo().search(
            [("notice_line_id", "in", lines.ids), ("is_supplement", "=", False)])
        known = {(need.notice_line_id, need.product_id): need for need in needs}
        products = needs.product_id.union(*(
            product for materials in gross.values() for product in materials))
        # two releases at once never net the same pieces
        self.env["gendan.stock.counter"].sudo()._raise(products)
        needs._take_turn()
        for company, of_company in lines.grouped("company_id").items():
            free = products._free_for_needs(company)
            values = []
            for line in of_company:
                materials = gross[line] | {
                    product: 0 for (of_line, product) in known
                    if of_line == line and product not in gross[line]}
                values += line._net_needs(materials, known, free)
            new = self.env["gendan.need"].sudo().create(values)
            new._ask_special()
            needs |= new
        needs._refresh_tolerance()
        needs._review_over_limit(cause)

    def _net_needs(self, materials, known, free):
        """Bring the known needs of this line up to date; return the values of new ones.

        :param dict free: product → stock that nobody holds; what is netted is taken off
        """
        self.ensure_one()
        values = []
        for product, quantity in materials.items():
            need = known.get((self, product))
            row = self._net_need(need, product, quantity, free[product])
            netted = tolerance.exact(row["netted"])
            free[product] -= max(netted - tolerance.exact(need.netted if need else 0), 0)
            if need:
                need._write_changed(row)
            elif row["gross"]:
                values.append({**row, "notice_line_id": self.id, "product_id": product.id})
        return values

    @api.model
    def _net_need(self, need, product, gross, free):
        """Return gross and netted quantity; the allocation stays and grows with the need."""
        before, netted = (need.gross, need.netted) if need else (0, 0)
        grown = max(min(tolerance.exact(free), tolerance.exact(gross) - tolerance.exact(before)),
                    0)
        if product.packaging_kind in WHOLE_KINDS:
            grown = floor(grown)
        return {"gross": gross,
                "netted": float(min(tolerance.exact(netted) + grown, tolerance.exact(gross)))}
