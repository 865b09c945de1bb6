from odoo import api, models


class MrpBom(models.Model):
    """Core asks for every stock move whether its product is a kit: it is asked once for all."""

    _name = "mrp.bom"
    _inherit = ["mrp.bom", "gendan.rare.mixin"]

    @api.model
    def _ids_with(self, owner_ids):
        kits = self.sudo().with_context(active_test=False).search(
            [("product_tmpl_id.product_variant_ids", "in", list(owner_ids)),
             ("type", "=", "phantom")])
        return set(kits.product_tmpl_id.product_variant_ids.ids)

    @api.model
    def _rare_by(self):
        return {"product_id", "product_tmpl_id", "type"}

    @api.model
    def _bom_find(self, products, picking_type=None, company_id=False, bom_type=False):
        """Look for kits only among the products that may be one."""
        if bom_type == "phantom":
            products = self._may_have(products)
        return super()._bom_find(products, picking_type=picking_type, company_id=company_id,
                                 bom_type=bom_type)
