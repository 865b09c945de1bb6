from odoo import fields, models


class NoticeRequestLine(models.TransientModel):
    """One product of a request."""

    _name = "gendan.notice.request.line"
    _description = "Product of a notice request"

    request_id = fields.Many2one("gendan.notice.request", required=True, ondelete="cascade")
    product_id = fields.Many2one(
        "product.product", required=True, ondelete="cascade",
        domain=[("packaging_kind", "=", False), ("sale_ok", "=", True)])
    quantity = fields.Float("Packs", digits="Product Unit", required=True, default=1)
