"""Terms that are counted in working days of the company (L-G6, X2)."""

from odoo.addons.gendan_followup.calc.working_time import next_working_day


def last_day(start, days, is_working):
    """Return the last day of a term of ``days`` working days that begins after ``start``.

    :param date start: the day on which the person was told; it does not count
    :param int days: length of the term
    :param is_working: says of a date whether the company works

    >>> from datetime import date
    >>> last_day(date(2027, 1, 28), 5, lambda day: day.weekday() < 6).isoformat()
    '2027-02-03'
    """
    day = start
    for _day in range(days):
        day = next_working_day(day, is_working)
    return day
