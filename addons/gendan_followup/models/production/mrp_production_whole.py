from math import ceil

from odoo import models

from ..materials.need import WHOLE_KINDS


class MrpProduction(models.Model):
    """An order asks for whole bags and cartons: as many as its need, not 81.24 (X3, D3.5)."""

    _inherit = "mrp.production"

    def _counts_whole(self, product):
        """Whether ``product`` is packaging that goes into this order in whole pieces."""
        return product.packaging_kind in WHOLE_KINDS and (
            self.company_id.id in self.env["res.company"]._timezones_on())

    def _get_move_raw_values(self, product, product_uom_qty, product_uom, operation_id=False,
                             bom_line=False):
        """Ask for the tail carton as a whole one, as the need does."""
        if product_uom == product.uom_id and self._counts_whole(product):
            product_uom_qty = ceil(round(product_uom_qty, 2))
        return super()._get_move_raw_values(
            product, product_uom_qty, product_uom, operation_id=operation_id, bom_line=bom_line)

    def _update_raw_moves(self, factor):
        """Let the whole pieces of a changed order follow from its recipe, not from its tail."""
        changed = super()._update_raw_moves(factor)
        if len(self.production_group_id.production_ids) > 1:
            # the tail carton is in one part of a divided order: it grows in proportion
            return changed
        for move, _old, _new in changed:
            recipe = move.bom_line_id.bom_id
            if move._is_whole_component() and recipe.product_uom_id == self.product_uom_id:
                move.product_uom_qty = ceil(round(
                    self.product_qty * factor * move.bom_line_id.product_qty
                    / recipe.product_qty, 2))
        return [(move, old, move.product_uom_qty) for move, old, _new in changed]

    def _get_consumption_issues(self):
        """Less than one piece more or less is the tail carton, and no other consumption."""
        return [issue for issue in super()._get_consumption_issues()
                if not (issue[0]._counts_whole(issue[1]) and abs(issue[2] - issue[3]) < 1)]
