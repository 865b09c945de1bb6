from odoo import fields, models


class SaleOrder(models.Model):
    """The order's own page shows its milestones (D4.1)."""

    _inherit = "sale.order"

    milestone_line = fields.Json(related="notice_id.milestone_line")
