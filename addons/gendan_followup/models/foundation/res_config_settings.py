from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The company's switch and the defaults of order follow-up."""

    _inherit = "res.config.settings"

    uses_gendan = fields.Boolean(related="company_id.uses_gendan", readonly=False)
    gendan_tz = fields.Char(related="company_id.gendan_tz", readonly=False)
    release_rounding = fields.Boolean(related="company_id.release_rounding", readonly=False)
    reshelf_share = fields.Float(related="company_id.reshelf_share", readonly=False)
    badge_minutes = fields.Integer(related="company_id.badge_minutes", readonly=False)
