from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Hours of the two meetings."""

    _inherit = "res.config.settings"

    week_plan_hour = fields.Float(related="company_id.week_plan_hour", readonly=False)
    week_plan_alarm_hour = fields.Float(related="company_id.week_plan_alarm_hour", readonly=False)
    day_plan_remind_hour = fields.Float(related="company_id.day_plan_remind_hour", readonly=False)
    day_plan_due_hour = fields.Float(related="company_id.day_plan_due_hour", readonly=False)
