from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

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
    progress_hour = fields.Float(
        "Daily progress at", default=17.0,
        help="When the salespersons of running lines are told what was made (D4.6).")
    idle_days = fields.Integer(
        "Flag orders without movement after (working days)", default=3, required=True,
        help="No step was done since (D4.1).")

    _idle_days = models.Constraint("CHECK (idle_days > 0)", "An order rests a day or more.")

    def _working_days_between(self, first, last):
        """Return the set of the company's working days from ``first`` to ``last`` (X2).

        :param date first: first day looked at
        :param date last: last day, included
        """
        self.ensure_one()
        zone = ZoneInfo(self.gendan_tz)
        calendar = self.resource_calendar_id
        if not calendar:
            days = (first + timedelta(days=n) for n in range((last - first).days + 1))
            return {day for day in days if day.weekday() < 6}
        start = datetime.combine(first, time.min, zone)
        end = datetime.combine(last + timedelta(days=1), time.min, zone)
        # the company's calendar is open to everybody in this sense
        intervals = calendar.sudo()._work_intervals_batch(start, end)[False]
        return {begin.astimezone(zone).date() for begin, _end, _meta in intervals}
