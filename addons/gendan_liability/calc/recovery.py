"""How much of a month's decided amounts the law lets a company recover (L-G7, A33).

Nothing is deducted here or anywhere else: HR sees the figure and decides.
"""

from typing import NamedTuple


class Month(NamedTuple):
    """One month of one employee, in cents."""

    ceiling: int
    recoverable: int
    carried: int


def month(carried, decided, wage, minimum_wage, ceiling_percent=20):
    """Return what may be recovered in a month, and what is carried to the next one.

    The ceiling is the smaller one of the part of the month's wage that the rule allows and
    of what the wage is above the minimum wage; both count for the sum of the month, not
    for each case.

    :param int carried: balance of the months before
    :param int decided: what was decided finally in this month
    :param int wage: wage of the month
    :param int minimum_wage: of the region
    :param ceiling_percent: part of the wage, in per cent

    >>> month(0, 180000, 600000, 249000)
    Month(ceiling=120000, recoverable=120000, carried=60000)
    >>> month(60000, 0, 260000, 249000)
    Month(ceiling=11000, recoverable=11000, carried=49000)
    """
    if min(carried, decided, wage, minimum_wage, ceiling_percent) < 0:
        raise ValueError("no figure of a month is negative")
    open_ = carried + decided
    ceiling = max(min(int(wage * ceiling_percent // 100), wage - minimum_wage), 0)
    recoverable = min(open_, ceiling)
    return Month(ceiling, recoverable, open_ - recoverable)
