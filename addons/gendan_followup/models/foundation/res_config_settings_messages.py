from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Where messages go besides the inbox (X18)."""

    _inherit = "res.config.settings"

    push_messages = fields.Boolean(related="company_id.push_messages", readonly=False)
    robot_kind = fields.Selection(related="company_id.robot_kind", readonly=False)
    robot_url = fields.Char(related="company_id.robot_url", readonly=False,
                            groups="base.group_system")
    robot_secret = fields.Char(related="company_id.robot_secret", readonly=False,
                               groups="base.group_system")
