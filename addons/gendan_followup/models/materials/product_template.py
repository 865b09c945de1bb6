from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    is_new_product = fields.Boolean("New product")
