from odoo import fields, models


class VersionStatus(models.Model):
    """When a packaging version became regular or was withdrawn, and by what (A14, D3.4)."""

    _name = "gendan.version.status"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Version status"
    _order = "changed_at, id"
    _rec_name = "status"
    _evidence_stamps = ("user_id", "changed_at")

    product_id = fields.Many2one("product.product", "Version", required=True, readonly=True,
                                 index=True, ondelete="restrict")
    old_status = fields.Char(readonly=True)
    status = fields.Char(required=True, readonly=True)
    first_article_id = fields.Many2one("gendan.first.article", readonly=True,
                                       index="btree_not_null", ondelete="restrict")
    reason = fields.Text(readonly=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")
    changed_at = fields.Datetime(required=True, readonly=True)
