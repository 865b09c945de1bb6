from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..calc.progress import Planned, due_message, forecast_finish

MONDAY = date(2026, 12, 14)


def works(day):
    return day.weekday() < 6


days = st.integers(0, 20).map(lambda n: MONDAY + timedelta(days=n))
rows = st.lists(st.builds(Planned, days, st.integers(1, 5000), st.floats(0.1, 16)),
                min_size=1, max_size=8)


class TestCalcProgress(BaseCase):
    """The forecast by real progress (D4.7) and the messages on the way (D4.6)."""

    @settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(rows, st.integers(0, 40000), days)
    def test_never_in_the_past_nor_without_need(self, planned, produced, today):
        finish = forecast_finish(planned, produced, today, works)
        left = sum(row.quantity for row in planned) - produced
        self.assertEqual(finish is None, left <= 0)
        if finish:
            self.assertGreaterEqual(finish, today)

    @settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(rows, st.integers(0, 10000), st.integers(0, 10000), days)
    def test_more_made_is_never_later(self, planned, produced, more, today):
        before = forecast_finish(planned, produced, today, works)
        after = forecast_finish(planned, produced + more, today, works)
        if after:
            self.assertLessEqual(after, before)

    @settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(rows, days)
    def test_as_planned_is_as_planned(self, planned, today):
        """What was to be made until yesterday is made: the last planned day stands."""
        produced = sum(row.quantity for row in planned if row.day < today)
        last = max(row.day for row in planned)
        finish = forecast_finish(planned, produced, today, works)
        self.assertEqual(finish, last if last >= today else None)

    def test_backlog_follows_in_working_days(self):
        planned = [Planned(MONDAY, 600, 8), Planned(MONDAY + timedelta(days=1), 600, 8)]
        saturday = MONDAY + timedelta(days=5)
        self.assertEqual(forecast_finish(planned, 600, saturday, works), saturday)
        self.assertEqual(forecast_finish(planned, 0, saturday, works), saturday + timedelta(days=2))

    def test_messages_of_the_way(self):
        told = []
        for produced in (0, 10, 20399, 20400, 30000, 40800, 41000):
            if code := due_message(produced, 40800, told):
                told.append(code)
        self.assertEqual(told, ["start", "half", "full"])
        self.assertEqual(due_message(40800, 40800, ()), "full", "one message, the last word")
