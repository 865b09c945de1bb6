from odoo import fields, models


class ProductProduct(models.Model):
    """A version of packaging is a variant: the lot is the supplier's batch."""

    _inherit = "product.product"

    packaging_state = fields.Selection(
        [("new", "New"), ("regular", "Regular"), ("withdrawn", "Withdrawn")],
        string="Version status", readonly=True, copy=False,
        help="A version is new until it was used in an accepted first article (A14).")
