from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..calc.milestones import Fact, back_schedule, judge

DAYS = st.dates(date(2026, 11, 1), date(2027, 2, 1))


class TestCalcMilestones(BaseCase):
    """One policy: what is done is never late, what is late moves all that follow."""

    def test_back_schedule_skips_holidays_and_starts_with_the_order(self):
        holiday = date(2027, 1, 1)
        days = back_schedule(date(2027, 1, 4), {"a": 2, "b": 0, "c": 40},
                             lambda day: day.weekday() < 6 and day != holiday,
                             start=date(2026, 12, 20))
        self.assertEqual(days, {"a": date(2026, 12, 31), "b": date(2027, 1, 4),
                                "c": date(2026, 12, 20)})

    def test_a_promise_after_the_delivery_puts_it_at_risk(self):
        """S06: RM05 comes on 12-05, the plan ends on 12-07, promised is 12-05."""
        due = date(2026, 12, 5)
        verdict = judge([
            Fact("raw", date(2026, 12, 3), promised=date(2026, 12, 5)),
            Fact("made", date(2026, 12, 4), promised=date(2026, 12, 7)),
            Fact("ship", due)], due, date(2026, 12, 2))
        self.assertEqual(
            (verdict.blocked_by, verdict.is_late, verdict.is_at_risk, verdict.forecast),
            ("raw", False, True, date(2026, 12, 7)))

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(DAYS, st.none() | DAYS, st.none() | DAYS, st.booleans()),
                    max_size=9), DAYS, DAYS)
    def test_policy(self, rows, due, today):
        facts = [Fact(str(n), *row) for n, row in enumerate(rows)]
        verdict = judge(facts, due, today)
        open_ones = [fact for fact in facts if fact.needed and not fact.actual]
        self.assertEqual(verdict.is_late, any(fact.planned < today for fact in open_ones))
        self.assertEqual(verdict.next_code, open_ones[0].code if open_ones else "")
        self.assertEqual(len([s for s in verdict.steps if s.status == "current"]),
                         bool(open_ones) and open_ones[0].planned >= today)
        for step, fact in zip(verdict.steps, facts, strict=True):
            if fact in open_ones:
                self.assertGreaterEqual(step.forecast, max(today, fact.planned))
        if verdict.is_at_risk:
            self.assertGreater(verdict.forecast, due)
        later = judge(facts, due + timedelta(days=400), today)
        self.assertFalse(later.is_at_risk, "with time enough nothing is at risk")
