from odoo import fields, models


class MrpProduction(models.Model):
    """A manufacturing order works from a production notice."""

    _name = "mrp.production"
    _inherit = ["mrp.production", "gendan.gate.mixin"]

    notice_id = fields.Many2one("gendan.production.notice", "Production notice",
                                index="btree_not_null", ondelete="restrict")
    notice_line_id = fields.Many2one("gendan.production.notice.line", "Notice line",
                                     index="btree_not_null", ondelete="restrict")
    sale_line_id = fields.Many2one(index="btree_not_null")
