from math import ceil, floor

from odoo import api, models


class StockMove(models.Model):
    """Bags and cartons go into an order whole: nobody takes 2.08 cartons (X3, L-K3).

    Core divides a component with its order, down to hundredths, and the book of the keeper
    would never be what he counts.
    """

    _inherit = "stock.move"

    @api.model_create_multi
    def create(self, vals_list):
        """Give a part that is split off its whole pieces; a half goes to the other part."""
        return super().create(self._whole_demands(vals_list))

    def write(self, vals):
        """Keep the demand of whole pieces whole, whoever divides or changes it."""
        wanted = vals.get("product_uom_qty")
        if not wanted or wanted == int(wanted):
            return super().write(vals)
        whole = self.filtered(lambda move: move._is_whole_component())
        if not whole:
            return super().write(vals)
        super(StockMove, self - whole).write(vals)
        return super(StockMove, whole).write({**vals, "product_uom_qty": floor(wanted + 0.5)})

    @api.model
    def _whole_demands(self, vals_list):
        broken = {index: vals for index, vals in enumerate(vals_list)
                  if vals.get("raw_material_production_id")
                  and (vals.get("product_uom_qty") or 0) % 1}
        if not broken:
            return vals_list
        demands = list(vals_list)
        for index, vals in broken.items():
            product = self.env["product.product"].browse(vals.get("product_id"))
            production = self.env["mrp.production"].browse(vals["raw_material_production_id"])
            if production._counts_whole(product) and (
                    vals.get("product_uom", product.uom_id.id) == product.uom_id.id):
                demands[index] = {
                    **vals, "product_uom_qty": ceil(vals["product_uom_qty"] - 0.5)}
        return demands

    def _set_quantity_done(self, qty):
        """A carton that is begun is used up."""
        if qty % 1 and self._is_whole_component():
            qty = ceil(round(qty, 2))
        return super()._set_quantity_done(qty)

    def _is_whole_component(self):
        self.ensure_one()
        production = self.raw_material_production_id
        return bool(production) and self.product_uom == self.product_id.uom_id and (
            production._counts_whole(self.product_id))
