"""Day rules in the company's timezone (X1); days are dates, never 24-hour spans."""

from datetime import datetime, time, timezone
from zoneinfo import ZoneInfo


def company_date(moment, tz):
    """Return the calendar date of a naive UTC ``moment`` in timezone ``tz``.

    >>> from datetime import datetime
    >>> company_date(datetime(2026, 12, 2, 16, 30), "Asia/Shanghai").isoformat()
    '2026-12-03'
    """
    return local(moment, tz).date()


def local(moment, tz):
    """Return a naive UTC ``moment`` as an aware datetime of timezone ``tz``."""
    return moment.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(tz))


def utc(day, clock, tz):
    """Return the naive UTC moment of ``clock`` (a :class:`time`) on ``day`` in ``tz``."""
    aware = datetime.combine(day, clock or time.min, ZoneInfo(tz))
    return aware.astimezone(timezone.utc).replace(tzinfo=None)


def next_working_day(day, is_working):
    """Return the first day after ``day`` for which ``is_working(day)`` holds."""
    return _step(day, 1, is_working)


def previous_working_day(day, is_working):
    """Return the last day before ``day`` for which ``is_working(day)`` holds."""
    return _step(day, -1, is_working)


def _step(day, direction, is_working, limit=400):
    for offset in range(1, limit):
        candidate = type(day).fromordinal(day.toordinal() + direction * offset)
        if is_working(candidate):
            return candidate
    raise ValueError(f"no working day within {limit} days of {day}")
