from odoo import fields, models


class ProductProduct(models.Model):
    """The outer size of a carton version, for door and layers (D6.2)."""

    _inherit = "product.product"

    outer_length = fields.Integer("Outer length (mm)")
    outer_width = fields.Integer("Outer width (mm)")
    outer_height = fields.Integer("Outer height (mm)")

    def _carton_sizes(self):
        """Return length, width and height of this carton in mm; 0 where unknown."""
        return (self.outer_length, self.outer_width, self.outer_height) if self else (0, 0, 0)
