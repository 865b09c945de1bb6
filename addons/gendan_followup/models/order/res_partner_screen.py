from odoo import fields, models


class ResPartner(models.Model):
    """A customer's item numbers on his own form."""

    _inherit = "res.partner"

    customer_item_ids = fields.One2many("gendan.customer.item", "partner_id",
                                        "Item numbers")
