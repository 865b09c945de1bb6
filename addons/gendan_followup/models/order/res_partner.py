from odoo import fields, models

ORDER_KINDS = [("export", "Export"), ("domestic", "Domestic"), ("showroom", "Showroom"),
               ("small", "Small customer")]


class ResPartner(models.Model):
    _inherit = "res.partner"

    order_kind = fields.Selection(ORDER_KINDS, string="Kind of business",
                                  help="Proposed on this customer's orders (D0.1).")
    merchandiser_id = fields.Many2one(
        "res.users", domain=[("share", "=", False)], index="btree_not_null",
        help="Responsible for this customer's orders unless the plan manager assigns another "
        "(X19).")
    shelf_life_share = fields.Float(
        "Remaining shelf life", default=2 / 3,
        help="Share of the shelf life that must be left at delivery (D2.2).")
    spec_note = fields.Text("Customer's standing demands")
