import doctest
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.gendan_followup.calc import working_time
from odoo.addons.gendan_followup.calc.working_time import (
    company_date,
    local,
    next_working_day,
    previous_working_day,
    utc,
)

always = settings(database=None, deadline=None, max_examples=60)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0))
days = st.dates(date(2000, 1, 1), date(2060, 1, 1))
SHANGHAI = "Asia/Shanghai"


class TestCalcWorkingTime(BaseCase):
    """Days are dates of the company's timezone, never spans of 24 hours (X1, A21)."""

    def test_doctests(self):
        result = doctest.testmod(working_time)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)

    @always
    @given(moments)
    def test_shanghai_is_eight_hours_ahead(self, moment):
        self.assertEqual(local(moment, SHANGHAI).replace(tzinfo=None),
                         moment + timedelta(hours=8))
        self.assertEqual(company_date(moment, SHANGHAI), (moment + timedelta(hours=8)).date())

    @always
    @given(days, st.times().map(lambda clock: clock.replace(microsecond=0)),
           st.sampled_from([SHANGHAI, "Asia/Tokyo", "UTC"]))
    def test_there_and_back(self, day, clock, tz):
        moment = utc(day, clock, tz)
        self.assertIsNone(moment.tzinfo)
        self.assertEqual(local(moment, tz).replace(tzinfo=None), datetime.combine(day, clock))
        self.assertEqual(company_date(moment, tz), day)

    def test_eve_and_day(self):
        """23:59 of the eve is the eve, 00:00 of the day is the day (A21)."""
        eve = utc(date(2026, 12, 2), time(23, 59), SHANGHAI)
        self.assertEqual(company_date(eve, SHANGHAI), date(2026, 12, 2))
        self.assertEqual(company_date(eve + timedelta(minutes=1), SHANGHAI), date(2026, 12, 3))
        self.assertEqual(utc(date(2026, 12, 3), None, SHANGHAI), eve + timedelta(minutes=1))

    def test_no_clock_is_midnight(self):
        self.assertEqual(utc(date(2026, 12, 3), None, SHANGHAI), datetime(2026, 12, 2, 16))

    @always
    @given(days, st.integers(0, 6))
    def test_working_days(self, day, free_weekday):
        def working(candidate):
            return candidate.weekday() != free_weekday

        after, before = next_working_day(day, working), previous_working_day(day, working)
        self.assertTrue(before < day < after)
        self.assertTrue(working(after) and working(before))
        self.assertLessEqual((after - day).days, 2)
        self.assertLessEqual((day - before).days, 2)
        self.assertEqual(previous_working_day(after, working), day if working(day) else before)

    def test_a_calendar_without_working_days_is_said(self):
        with self.assertRaisesRegex(ValueError, "no working day within 400 days of 2026-12-03"):
            next_working_day(date(2026, 12, 3), lambda _day: False)
