from odoo import fields, models


class MrpProduction(models.Model):
    """The way from a manufacturing order to the paper it works from."""

    _inherit = "mrp.production"

    hold_text = fields.Char(related="notice_id.hold_text")

    def action_open_notice(self):
        """Open the production notice of this manufacturing order."""
        self.ensure_one()
        return self.notice_id._action_open()
