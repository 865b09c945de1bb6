from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Hours of the two meetings."""

    _inherit = "res.config.settings"

    week_plan_hour = fields.Float(related="company_id.week_plan_hour", readonly=False)
    week_plan_alarm_hour = fields.Float(related="company_id.week_plan_alarm_hour", readonly=False)
    day_plan_remind_hour = fields.Float(related="company_id.day_plan_remind_hour", readonly=False)
    progress_hour = fields.Float(related="company_id.progress_hour", readonly=False)
    idle_days = fields.Integer(related="company_id.idle_days", readonly=False)
    day_plan_due_hour = fields.Float(related="company_id.day_plan_due_hour", readonly=False)
