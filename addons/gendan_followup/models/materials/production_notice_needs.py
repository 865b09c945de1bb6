from odoo import fields, models


class ProductionNotice(models.Model):
    """The needs follow the notice: with each revision, to its end (D3.2)."""

    _inherit = "gendan.production.notice"

    need_ids = fields.One2many("gendan.need", "notice_id", "Needs", readonly=True)

    def _follow_needs(self):
        """Bring the needs in line with the revision that is in force now (D1.11)."""
        lines = self.sudo().line_ids.filtered(
            lambda line: line.released_quantity or line.need_ids)
        lines._calculate_needs(cause="reduction")

    def _cancel(self, reason):
        """A cancelled notice needs nothing; what is bought for it is a case (D3.3)."""
        result = super()._cancel(reason)
        self.sudo().production_ids.filtered(
            lambda production: production.state == "confirmed").do_unreserve()
        self.sudo().line_ids.filtered("need_ids")._calculate_needs(cause="cancel")
        return result
