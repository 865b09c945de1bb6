"""When a piece of work on a machine begins and ends within its working hours (D2.10)."""

from datetime import timedelta


def hours_of(intervals):
    """Return the hours of ``(start, end)`` intervals.

    >>> from datetime import datetime as d
    >>> hours_of([(d(2026, 12, 3, 0), d(2026, 12, 3, 4)), (d(2026, 12, 3, 5), d(2026, 12, 3, 9))])
    8.0
    """
    return sum((end - start).total_seconds() for start, end in intervals) / 3600


def at_offset(intervals, hours):
    """Return the moment after ``hours`` of working time, past the end when they do not suffice.

    :param intervals: ``(start, end)`` of the working time of a day, in order, not empty

    >>> from datetime import datetime as d
    >>> day = [(d(2026, 12, 3, 0), d(2026, 12, 3, 4)), (d(2026, 12, 3, 5), d(2026, 12, 3, 9))]
    >>> at_offset(day, 4.5).isoformat(), at_offset(day, 10).isoformat()
    ('2026-12-03T05:30:00', '2026-12-03T11:00:00')
    """
    left = timedelta(hours=hours)
    for start, end in intervals:
        if left <= end - start:
            return start + left
        left -= end - start
    return intervals[-1][1] + left
