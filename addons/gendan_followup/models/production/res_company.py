from odoo import fields, models


class ResCompany(models.Model):
    """Hours of the two meetings (D4.4, D4.5)."""

    _inherit = "res.company"

    week_plan_hour = fields.Float("Week plan: reminder", default=9.0)
    week_plan_alarm_hour = fields.Float("Week plan: gap shown from", default=12.0)
    day_plan_remind_hour = fields.Float("Day plan: reminder", default=14.75)
    day_plan_due_hour = fields.Float(
        "Day plan: confirmed by", default=16.0,
        help="Later is late but valid; until then the plan manager is told of the gap.")
