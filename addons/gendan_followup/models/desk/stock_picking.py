from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    sample_id = fields.Many2one("gendan.sample.request", "Sample request", readonly=True,
                                index="btree_not_null", ondelete="restrict")
