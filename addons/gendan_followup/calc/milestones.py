"""One policy that says what is late, what blocks it and whether the delivery is at risk.

Every screen, report and reminder asks it, so that no two of them differ (D4.1, D7.2).
"""

from datetime import date
from typing import NamedTuple

from .working_time import previous_working_day


class Fact(NamedTuple):
    """What the records say of one step."""

    code: str
    planned: date
    actual: date | None = None
    # a promise or a plan, where there is one
    promised: date | None = None
    needed: bool = True


class Judged(NamedTuple):
    """What the policy makes of it."""

    code: str
    status: str
    forecast: date | None


class Verdict(NamedTuple):
    """What the policy says of the whole."""

    steps: tuple
    next_code: str
    blocked_by: str
    is_late: bool
    is_at_risk: bool
    forecast: date | None
    # of a partial shipment: when its first part will be ready, and when it left
    part_forecast: date | None = None
    part_left_on: date | None = None

    def with_part(self, due, forecast, left_on, today):
        """Return the verdict with its first part judged as well: it has a date of its own.

        :param date due: when the first part was promised
        :param forecast: when it will be made, or None while that is not planned
        :param left_on: when it left, or None
        """
        is_late = not left_on and max(forecast or today, today) > due
        return self._replace(is_at_risk=self.is_at_risk or is_late, part_forecast=forecast,
                             part_left_on=left_on)


STATES = ("done", "on_time", "late", "at_risk")


def state_of(is_open, is_late, is_at_risk):
    """Return the one word for an order: the policy of every list, board and reminder.

    ``at_risk``: the forecast lies after the delivery date. ``late``: a step is behind, the
    delivery is not in danger yet. ``done``: nothing is open.

    >>> state_of(True, True, True), state_of(True, True, False), state_of(False, True, True)
    ('at_risk', 'late', 'done')
    """
    if not is_open:
        return "done"
    return "at_risk" if is_at_risk else "late" if is_late else "on_time"


def back_schedule(due, leads, is_working, start=date.min):
    """Return ``{code: day}``, counted back in working days from the delivery.

    What would lie before the order came in is planned for that day.

    :param date due: the delivery date
    :param leads: ``{code: working days before the delivery}``
    :param is_working: says whether a date is a working day
    :param date start: the day on which the order came in

    >>> days = back_schedule(date(2026, 12, 7), {"made": 1, "ship": 0}, lambda d: d.weekday() < 6)
    >>> days["made"].isoformat(), days["ship"].isoformat()
    ('2026-12-05', '2026-12-07')
    """
    wanted, day, result = set(leads.values()), due, {0: due}
    for back in range(1, max(wanted, default=0) + 1):
        day = previous_working_day(day, is_working)
        result[back] = day
    return {code: max(result[lead], start) for code, lead in leads.items()}


def judge(facts, due, today):
    """Judge the steps of one order, in the order of the work.

    A step that is not done is not done before today, before what was promised, nor before
    the steps ahead of it; so a late step moves all that follow.

    :param facts: iterable of :class:`Fact`
    :param date due: the delivery date
    :param date today: in the company's timezone

    >>> v = judge([Fact("made", date(2026, 12, 5)), Fact("ship", date(2026, 12, 7))],
    ...           date(2026, 12, 7), date(2026, 12, 8))
    >>> v.next_code, v.is_late, v.is_at_risk, v.forecast.isoformat()
    ('made', True, True, '2026-12-08')
    """
    steps, reached, following, blocker, late = [], today, "", "", False
    for fact in facts:
        if not fact.needed:
            steps.append(Judged(fact.code, "none", None))
        elif fact.actual:
            steps.append(Judged(fact.code, "done", fact.actual))
        else:
            reached = max(reached, fact.promised or reached)
            is_behind = fact.planned < today
            status = "late" if is_behind else "todo" if following else "current"
            steps.append(Judged(fact.code, status, max(reached, fact.planned)))
            following = following or fact.code
            late = late or is_behind
            if not blocker and (is_behind or reached > fact.planned):
                blocker = fact.code
    forecast = reached if following else None
    return Verdict(tuple(steps), following, blocker, late,
                   bool(forecast) and forecast > due, forecast and max(forecast, due))
