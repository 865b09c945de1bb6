from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sample_limit_pieces = fields.Integer(
        related="company_id.sample_limit_pieces", readonly=False)
    sample_limit_cartons = fields.Float(
        related="company_id.sample_limit_cartons", readonly=False)
    new_sample_days = fields.Integer(related="company_id.new_sample_days", readonly=False)
    review_hour = fields.Float(related="company_id.review_hour", readonly=False)
    care_cycle_days = fields.Integer(related="company_id.care_cycle_days", readonly=False)
