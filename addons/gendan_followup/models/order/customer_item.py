from odoo import fields, models


class CustomerItem(models.Model):
    """How a customer calls our product: his item number and the name on the bag (D1.3)."""

    _name = "gendan.customer.item"
    _description = "Customer item number"
    _order = "partner_id, item_number"
    _rec_name = "item_number"

    partner_id = fields.Many2one("res.partner", "Customer", required=True, index=True,
                                 ondelete="cascade")
    product_id = fields.Many2one("product.product", required=True, index=True, ondelete="cascade")
    item_number = fields.Char(required=True)
    item_name = fields.Char("Customer's name of the product")
    bag_language = fields.Char("Language on the bag")

    _one_product = models.Constraint(
        "UNIQUE (partner_id, item_number)",
        "This customer uses that item number for another product already.")
