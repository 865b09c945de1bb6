from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import fields, models

from ...calc.working_time import company_date, previous_working_day, utc

COPY_LABELS = "1 计划部 / 跟单\n2 仓管\n3 财务"


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
    rework_charge = fields.Monetary(
        "Rework charge", default=200.0, help="Proposed once per rework event (A18).")
    departure_tolerance = fields.Integer(
        "Departure tolerance (min)", default=15, help="Waiting up to here is no wait (D8.9).")
    note_return_days = fields.Integer(
        "Delivery note back within (days)", default=3, help="Else it counts in the appraisal.")

    def _company_today(self):
        """Return today's date in the company's timezone (X1)."""
        self.ensure_one()
        return company_date(fields.Datetime.now(), self.gendan_tz)

    def _is_working_day(self, day):
        """Whether the company calendar has working hours on ``day`` (X2)."""
        self.ensure_one()
        calendar = self.resource_calendar_id
        if not calendar:
            return day.weekday() < 6
        zone = ZoneInfo(self.gendan_tz)
        start = datetime.combine(day, time.min, zone)
        intervals = calendar.sudo()._work_intervals_batch(start, start + timedelta(days=1))
        return bool(list(intervals[False]))

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
