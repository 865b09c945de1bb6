from odoo import fields, models
from odoo.exceptions import UserError


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "gendan.spec.mixin"]

    packaging_kind = fields.Selection(
        [("bag", "Bag"), ("film", "Roll film"), ("carton", "Carton"), ("label", "Label"),
         ("other", "Other packaging")], string="Packaging",
        help="Packaging is bought by the merchandiser within tolerance (D3.1).")
    is_special_material = fields.Boolean(
        "Special material", help="Bought for an order, not kept on stock (D2.5, D3.12).")
    is_dangerous = fields.Boolean("Dangerous goods")

    def write(self, vals):
        """Change the unit of an ordered product only with a message that helps (D1.5).

        :raise UserError: core's, with the remedy in front
        """
        try:
            return super().write(vals)
        except UserError as error:
            if "uom_id" in vals and any(self.sudo().company_id.mapped("uses_gendan") or [
                    self.env.company.uses_gendan]):
                raise UserError(self.env._(
                    "The unit of %(product)s stands in orders and notices. Archive it and make a "
                    "new product with the other unit.\n%(error)s",
                    product=self[:1].display_name, error=error)) from error
            raise
