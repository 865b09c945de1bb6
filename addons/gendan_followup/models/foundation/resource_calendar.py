from datetime import datetime, timedelta

from pytz import timezone

from odoo import models
from odoo.fields import Domain
from odoo.tools import ormcache
from odoo.tools.date_utils import float_to_time
from odoo.tools.intervals import Intervals


class ResourceCalendar(models.Model):
    """Working hours with their make-up days (X2).

    Whatever counts working days or hours asks for the attendances of a span of time: deadlines,
    reminders, plans, machines, and Odoo's own planning.
    """

    _inherit = "resource.calendar"

    @ormcache("self.id")
    def _make_up_days(self):
        """Return ``((date, weekday whose hours it has), …)``; asked at every count, so kept."""
        # a calendar is read by everybody, and so are its days
        days = self.env["gendan.workday"].sudo().search([("calendar_id", "=", self.id)])
        return tuple((day.date, day.like_weekday) for day in days)

    def _attendance_intervals_batch(self, start_dt, end_dt, resources=None, domain=None, tz=None,
                                    lunch=False):
        """Add the hours of make-up days between the two moments."""
        result = super()._attendance_intervals_batch(
            start_dt, end_dt, resources, domain, tz, lunch)
        days = [(day, weekday) for day, weekday in self._make_up_days()
                if start_dt.date() - timedelta(days=1) <= day <= end_dt.date() + timedelta(days=1)]
        if not days or self.flexible_hours:
            return result
        hours = self._make_up_hours(days, Domain(domain or Domain.TRUE), lunch)
        for resource in [*(resources or ()), self.env["resource.resource"]]:
            if not resource or resource.calendar_id == self:
                zone = tz or timezone((resource or self).tz)
                low, high = start_dt.astimezone(zone), end_dt.astimezone(zone)
                extra = [(max(low, zone.localize(begin)), min(high, zone.localize(end)), line)
                         for begin, end, line in hours]
                result[resource.id] = Intervals(
                    [*result[resource.id], *(one for one in extra if one[0] < one[1])],
                    keep_distinct=True)
        return result

    def _make_up_hours(self, days, domain, lunch):
        """Return ``[(begin, end, line)]`` without timezone of days that are no workdays anyway.

        :param days: list of ``(date, weekday)``
        :param domain: which lines of the working hours are asked for
        :param bool lunch: the breaks instead of the work
        """
        lines = self.attendance_ids.filtered(lambda line: not line.display_type)
        usual = set(lines.mapped("dayofweek"))
        asked = lines.filtered_domain(domain).filtered(
            lambda line: (line.day_period == "lunch") == lunch)
        return [
            (datetime.combine(day, float_to_time(line.hour_from)),
             datetime.combine(day, float_to_time(line.hour_to)), line)
            for day, weekday in days if str(day.weekday()) not in usual
            for line in asked if line.dayofweek == weekday and (
                not self.two_weeks_calendar
                or line.week_type == str(line.get_week_type(day)))]
