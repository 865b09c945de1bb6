from odoo import api, models


class StockRule(models.Model):
    """Core looks for a push rule at every goods move done, and at each location above it."""

    _name = "stock.rule"
    _inherit = ["stock.rule", "gendan.rare.mixin"]

    @api.model
    def _ids_with(self, owner_ids):
        return set(self.sudo().with_context(active_test=False).search_fetch(
            [("location_src_id", "in", list(owner_ids)), ("action", "in", ("push", "pull_push"))],
            ["location_src_id"]).location_src_id.ids)

    @api.model
    def _rare_by(self):
        return {"location_src_id", "action"}

    @api.model
    def _get_push_rule(self, product_id, location_dest_id, values):
        """Climb from a location only where one on the way may have a push rule."""
        way = location_dest_id.browse(map(
            int, filter(None, (location_dest_id.parent_path or "").split("/"))))
        if way and not self._may_have(way):
            return self.browse()
        return super()._get_push_rule(product_id, location_dest_id, values)
