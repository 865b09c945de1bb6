from odoo import fields, models


class OverDelivery(models.Model):
    """What came above the order and the plan manager accepted, per purchase line (X14).

    It stands in a column of its own and raises no limit.
    """

    _name = "gendan.over.delivery"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Accepted over-delivery"
    _order = "accepted_at, id"
    _rec_name = "purchase_line_id"
    _evidence_stamps = ("accepted_by_id", "accepted_at")

    purchase_line_id = fields.Many2one("purchase.order.line", required=True, readonly=True,
                                       index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    picking_id = fields.Many2one("stock.picking", "Receipt", readonly=True,
                                 index="btree_not_null", ondelete="restrict")
    product_id = fields.Many2one("product.product", required=True, readonly=True)
    quantity = fields.Float(digits="Product Unit", required=True, readonly=True,
                            help="In the unit of the product.")
    reason = fields.Text(required=True, readonly=True)
    accepted_by_id = fields.Many2one("res.users", required=True, readonly=True,
                                     ondelete="restrict")
    accepted_at = fields.Datetime(required=True, readonly=True)

    _quantity = models.Constraint("CHECK (quantity > 0)", "An over-delivery is above zero.")
