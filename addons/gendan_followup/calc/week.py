"""ISO weeks of the company's own days (D4.4, X1)."""

from datetime import timedelta


def monday(day):
    """Return the Monday of the ISO week of ``day``.

    >>> from datetime import date
    >>> monday(date(2027, 1, 3)).isoformat()
    '2026-12-28'
    """
    return day - timedelta(days=day.weekday())


def label(day):
    """Return the ISO week of ``day`` as people write it.

    >>> from datetime import date
    >>> label(date(2027, 1, 3)), label(date(2027, 1, 4))
    ('2026-W53', '2027-W01')
    """
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"
