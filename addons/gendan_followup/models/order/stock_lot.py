from odoo import fields, models


class StockLot(models.Model):
    """What was packed into what: two lots of one product may wear different bags (D2.2)."""

    _inherit = "stock.lot"

    bag_version_id = fields.Many2one(
        "product.product", "Bag version", index="btree_not_null", ondelete="restrict",
        domain=[("packaging_kind", "in", ("bag", "film"))])
    mark = fields.Char("Shipping mark", help="The front mark that stands on these cartons.")
    is_blocked = fields.Boolean("QC hold", help="Blocked goods are no usable stock.")
