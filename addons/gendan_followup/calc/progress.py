"""When a line will be finished, judged by what was really made (D4.6, D4.7)."""

from math import ceil
from typing import NamedTuple

from .working_time import next_working_day, previous_working_day

# a longer backlog than that is late in any case
MOST_EXTRA_DAYS = 200
# what the salesperson is told of, besides the daily message (D4.6)
SHARES = (("start", 0), ("half", 50), ("full", 100))


class Planned(NamedTuple):
    """What the plan in force puts on a machine and day."""

    day: object
    quantity: float
    hours: float


def forecast_finish(planned, produced, today, is_working, hours_a_day=8.0):
    """Return the day on which the rest will be made, or None when nothing is left or planned.

    What is planned from today on counts as coming. What should have been made before and was
    not is added after the last planned day, at the planned speed.

    :param planned: iterable of :class:`Planned`
    :param float produced: what is made already
    :param date today: in the company's timezone
    :param is_working: says whether a date is a working day
    :param float hours_a_day: working hours of the machine on a day

    >>> from datetime import date
    >>> two_days = [Planned(date(2026, 12, 3), 300, 8), Planned(date(2026, 12, 4), 300, 8)]
    >>> forecast_finish(two_days, 0, date(2026, 12, 3), lambda d: d.weekday() < 6).isoformat()
    '2026-12-04'
    >>> forecast_finish(two_days, 100, date(2026, 12, 4), lambda d: d.weekday() < 6).isoformat()
    '2026-12-05'
    """
    rows = sorted(planned)
    left = sum(row.quantity for row in rows) - produced
    if not rows or left <= 0:
        return None
    for row in rows:
        if row.day >= today:
            left -= row.quantity
            if left <= 0:
                return row.day
    hours = sum(row.hours for row in rows) / sum(row.quantity for row in rows) * left
    day = max(rows[-1].day, previous_working_day(today, is_working))
    extra = ceil(hours / (hours_a_day or 8.0) - 1e-9)
    for _day in range(min(max(extra, 1), MOST_EXTRA_DAYS)):
        day = next_working_day(day, is_working)
    return day


def first_of(planned, quantity):
    """Return what of the plan makes the first ``quantity``, or None when it plans less.

    :param planned: iterable of :class:`Planned`

    >>> from datetime import date
    >>> two_days = [Planned(date(2026, 12, 3), 300, 8), Planned(date(2026, 12, 4), 300, 8)]
    >>> [(row.day.day, row.quantity, row.hours) for row in first_of(two_days, 450)]
    [(3, 300, 8), (4, 150, 4.0)]
    >>> first_of(two_days, 601) is None
    True
    """
    rows, left = [], quantity
    for row in sorted(planned):
        if left <= 0:
            break
        taken = min(row.quantity, left)
        rows.append(row if taken == row.quantity else row._replace(
            quantity=taken, hours=row.hours * taken / row.quantity))
        left -= taken
    return rows if left <= 0 else None


def due_message(produced, total, told):
    """Return the code of the message that is due for a running line, or None.

    A step that was jumped over is not told afterwards: the later one says more.

    :param float produced: what is made already
    :param float total: what is to be made
    :param told: codes that were told already

    >>> due_message(0, 100, ()), due_message(60, 100, ("start",)), due_message(60, 100, ("half",))
    ('start', 'half', None)
    """
    reached = [code for code, share in SHARES if produced * 100 >= share * total]
    return reached[-1] if reached and reached[-1] not in told else None
