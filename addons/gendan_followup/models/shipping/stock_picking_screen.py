from odoo import api, fields, models


class StockPicking(models.Model):
    """The way from a delivery to the notices whose goods it carries."""

    _inherit = "stock.picking"

    notice_ids = fields.Many2many("gendan.production.notice", compute="_compute_notice_ids",
                                  string="Production notices")
    hold_text = fields.Char("On hold", compute="_compute_notice_ids")

    @api.depends("move_ids.sale_line_id")
    def _compute_notice_ids(self):
        for picking in self:
            # the keeper reads the notice; how it hangs on the order is not his to read
            notices = picking.sudo().move_ids.sale_line_id.order_id.notice_id.sudo(False)
            picking.notice_ids = notices
            picking.hold_text = ", ".join(
                f"{notice.name}: {notice.hold_text or ''}"
                for notice in notices if notice.on_hold) or False

    def action_open_notices(self):
        """Open the production notices of this delivery."""
        return self.notice_ids._action_open()
