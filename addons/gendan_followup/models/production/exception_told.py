from odoo import fields, models


class ExceptionTold(models.Model):
    """Who was told of an emergency, when, and when he or his deputy took note (D4.2, X8)."""

    _name = "gendan.exception.told"
    _inherit = ["gendan.told.mixin"]
    _description = "Told of an emergency"
    _order = "exception_id desc, id"

    exception_id = fields.Many2one("gendan.exception", required=True, readonly=True, index=True,
                                   ondelete="restrict")
    company_id = fields.Many2one(related="exception_id.company_id", store=True, precompute=True,
                                 index=True)
    role = fields.Selection([("production", "Production"), ("packaging", "Packing")],
                            required=True, readonly=True)
