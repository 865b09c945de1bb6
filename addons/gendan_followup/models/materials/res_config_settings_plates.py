from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Defaults of plate jobs."""

    _inherit = "res.config.settings"

    plate_days = fields.Integer(related="company_id.plate_days", readonly=False)
    plate_idle_days = fields.Integer(related="company_id.plate_idle_days", readonly=False)
    arrival_lead_days = fields.Integer(related="company_id.arrival_lead_days", readonly=False)
    arrival_first_days = fields.Integer(related="company_id.arrival_first_days", readonly=False)
    arrival_last_days = fields.Integer(related="company_id.arrival_last_days", readonly=False)
