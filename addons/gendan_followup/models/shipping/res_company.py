from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import fields, models

from ...calc.working_time import company_date, next_working_day, previous_working_day, utc

COPY_LABELS = "1 计划部 / 跟单\n2 仓管\n3 财务"

# days off in a row that are nothing special
WEEKEND = 2


class ResCompany(models.Model):
    """Defaults of shipping, all open to the company (A17, A18, A20–A22, 1.9)."""

    _inherit = "res.company"

    shipping_soft_hour = fields.Float(
        "Soft limit of notices", default=16.0,
        help="A shipping notice later than this on the last working day before is marked late "
        "(A21).")
    shipping_remind_hour = fields.Float(
        "Reminder for tomorrow's goods", default=14.0,
        help="Salespeople are reminded of goods due tomorrow that have no notice yet (D8.3).")
    preload_hour = fields.Float(
        "Loaded the day before by", default=17.0,
        help="Of the last working day before; what is neither loaded nor staged goes to the plan "
        "manager (D8.8).")
    shipping_copy_labels = fields.Text(
        "Copies of a shipping notice", default=COPY_LABELS, help="One label a line (A22).")
    large_load_volume = fields.Float(
        "Large load from (m³)", default=15.0, digits=(8, 2),
        help="From here on, and for every container, loading is supervised (A17).")
    full_volume_share = fields.Float("Full by volume from", default=0.85, digits=(4, 3))
    full_payload_share = fields.Float("Full by weight from", default=0.95, digits=(4, 3))
    pallet_volume = fields.Float("m³ of a pallet", default=0.16, digits=(8, 4),
                                 help="1.10 × 1.10 × 0.13 m; what pallets take of a container.")
    pallet_weight = fields.Float("kg of a pallet", default=18.0, digits=(8, 2))
    rework_charge = fields.Monetary(
        "Rework charge", default=200.0, help="Proposed once per rework event (A18).")
    departure_tolerance = fields.Integer(
        "Departure tolerance (min)", default=15, help="Waiting up to here is no wait (D8.9).")
    note_return_days = fields.Integer(
        "Delivery note back within (days)", default=3, help="Else it counts in the appraisal.")

    def _company_today(self):
        """Return today's date in the company's timezone (X1)."""
        self.ensure_one()
        # the gates keep it in memory; a company has a hundred columns to read for it otherwise
        zone = self._timezones_on().get(self.id) or self.gendan_tz
        return company_date(fields.Datetime.now(), zone)

    def _is_working_day(self, day):
        """Whether the company calendar has working hours on ``day`` (X2)."""
        return self._working_days([day])[0]

    def _working_days(self, days):
        """Return for each of these days, in their order, whether it has working hours (X2)."""
        self.ensure_one()
        calendar = self.resource_calendar_id
        if not calendar:
            return [day.weekday() < 6 for day in days]
        zone = ZoneInfo(self.gendan_tz)
        start = datetime.combine(min(days), time.min, zone)
        end = datetime.combine(max(days), time.min, zone) + timedelta(days=1)
        intervals = calendar.sudo()._work_intervals_batch(start, end)
        working = {begin.astimezone(zone).date() for begin, _end, _row in intervals[False]}
        return [day in working for day in days]

    def _days_ahead(self):
        """Return tomorrow, and with it the days off up to the next working day (D8.2).

        On a Saturday these are Sunday and Monday, on the eve of a holiday the day after it.
        """
        self.ensure_one()
        today = self._company_today()
        near = [fields.Date.add(today, days=index) for index in range(1, WEEKEND + 2)]
        # a weekend is asked about at once, a longer holiday goes on day by day
        known = dict(zip(near, self._working_days(near), strict=True))
        last = next_working_day(today, lambda day: (
            known[day] if day in known else self._is_working_day(day)))
        return [fields.Date.add(today, days=index)
                for index in range(1, (last - today).days + 1)]

    def _working_day_before(self, day):
        """Return the last working day before ``day``."""
        self.ensure_one()
        return previous_working_day(day, self._is_working_day)

    def _moment_on(self, day, hour):
        """Return ``hour`` (16.5 is half past four) of ``day`` as naive UTC."""
        self.ensure_one()
        clock = time(int(hour), round(hour % 1 * 60))
        return utc(day, clock, self.gendan_tz)

    def _notice_deadline(self, ship_date):
        """Return the soft limit for what leaves on ``ship_date`` (A21)."""
        return self._moment_on(self._working_day_before(ship_date), self.shipping_soft_hour)

    def _preload_deadline(self, ship_date):
        """Return when what leaves on ``ship_date`` should stand loaded (D8.8)."""
        return self._moment_on(self._working_day_before(ship_date), self.preload_hour)
