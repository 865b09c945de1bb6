from odoo import fields, models


class UomUom(models.Model):
    """A kilogram of film holds another number of bags with each version (X3)."""

    _inherit = "uom.uom"

    packaging_version_id = fields.Many2one(
        "product.product", "Of packaging version", ondelete="restrict", index="btree_not_null",
        help="This unit says how many pieces of this very version it holds, and of no other.")
