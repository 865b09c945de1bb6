from odoo import api, fields, models


class ShowroomMinimum(models.Model):
    """How many packs of a product a showroom wants on its shelf, and how many there are."""

    _name = "gendan.showroom.minimum"
    _inherit = ["gendan.reckoned.mixin"]
    _description = "Sample stock of a showroom"
    _order = "showroom_id, product_id, id"
    _rec_name = "product_id"
    _check_company_auto = True

    showroom_id = fields.Many2one("gendan.showroom", required=True, index=True,
                                  ondelete="cascade")
    company_id = fields.Many2one(related="showroom_id.company_id", store=True, index=True)
    product_id = fields.Many2one("product.product", required=True, index=True,
                                 ondelete="restrict", check_company=True,
                                 domain=[("packaging_kind", "=", False), ("sale_ok", "=", True)])
    image_128 = fields.Image(related="product_id.image_128")
    minimum = fields.Float("Minimum (packs)", digits="Product Unit", required=True, default=2)
    on_shelf = fields.Float("On the shelf (packs)", digits="Product Unit",
                            compute="_compute_on_shelf")
    on_the_way = fields.Float("On the way (packs)", digits="Product Unit",
                              compute="_compute_on_shelf")
    is_short = fields.Boolean("Below minimum", compute="_compute_on_shelf",
                              search="_search_is_short")

    _once = models.Constraint("UNIQUE (showroom_id, product_id)",
                              "This product has a minimum in that showroom already.")
    _not_negative = models.Constraint("CHECK (minimum >= 0)", "A minimum is not below 0.")

    @api.depends("minimum", "product_id", "showroom_id.location_id")
    def _compute_on_shelf(self):
        """Count what lies on the shelf, in one query; sold from there it is no order (D9.2)."""
        # a showroom salesperson reads no stock
        shelves = self.env["stock.quant"].sudo()._read_group(
            [("location_id", "child_of", self.showroom_id.location_id.ids),
             ("product_id", "in", self.product_id.ids)],
            ["location_id", "product_id"], ["quantity:sum"])
        coming = self.env["gendan.sample.request"].sudo()._read_group(
            [("showroom_id", "in", self.showroom_id.ids),
             ("product_id", "in", self.product_id.ids), ("state", "in", ("ready", "transit"))],
            ["showroom_id", "product_id"], ["open_packs:sum"])
        lying, on_way = {}, {(room, product): packs for room, product, packs in coming}
        for location, product, quantity in shelves:
            for showroom in self.showroom_id:
                if location._child_of(showroom.location_id):
                    key = (showroom, product)
                    lying[key] = lying.get(key, 0) + quantity
        for row in self:
            key = (row.showroom_id, row.product_id)
            row.on_shelf, row.on_the_way = lying.get(key, 0), on_way.get(key, 0)
            row.is_short = row.on_shelf < row.minimum

    def _search_is_short(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        short = self.search([("minimum", ">", 0)]).filtered("is_short")
        wanted = (operator == "in") == (True in value)
        return [("id", "in" if wanted else "not in", short.ids)]
