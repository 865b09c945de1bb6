"""The ledger of what is bought for a need: what still counts, and for whom (D3.3, X14).

Ledger = ordered − cancelled remainder − returned, which is: still open + received −
returned. Over-delivery that the plan manager accepted stands apart. Everything is exact:
quantities are fractions of pieces (or of the stock unit), compared and never rounded.
"""

from fractions import Fraction
from typing import NamedTuple

from .tolerance import exact, pool_shares

COUNTING = ("to approve", "purchase")
ZERO = Fraction(0)


class Line(NamedTuple):
    """What happened to one purchase line, in pieces.

    ``is_moved``: whether its goods have moves at all, be they cancelled; before that the
    ordered quantity is what counts. ``is_confirming``: the order is being placed just now.
    """

    state: str
    ordered: Fraction = ZERO
    open: Fraction = ZERO
    received: Fraction = ZERO
    returned: Fraction = ZERO
    over: Fraction = ZERO
    is_moved: bool = False
    is_confirming: bool = False


class Entry(NamedTuple):
    """One need in the ledger; the columns of the screen and of the paper."""

    ordered: Fraction = ZERO
    cancelled: Fraction = ZERO
    received: Fraction = ZERO
    returned: Fraction = ZERO
    over: Fraction = ZERO
    open: Fraction = ZERO

    @property
    def covered(self):
        """Return what counts towards the limit.

        >>> Entry(ordered=Fraction(9600), cancelled=Fraction(1000),
        ...       returned=Fraction(500)).covered
        Fraction(8100, 1)
        """
        return self.ordered - self.cancelled - self.returned

    @property
    def at_hand(self):
        """Return what came in for this need and was not sent back."""
        return self.received + self.over - self.returned


def entry(line):
    """Return the ledger entry of one purchase line.

    >>> entry(Line("draft", ordered=Fraction(500))).covered
    Fraction(0, 1)
    >>> entry(Line("purchase", ordered=Fraction(5000))).covered
    Fraction(5000, 1)
    >>> entry(Line("purchase", Fraction(5000), received=Fraction(4000),
    ...            is_moved=True)).cancelled
    Fraction(1000, 1)
    >>> entry(Line("cancel", Fraction(5000), received=Fraction(4000), is_moved=True)).covered
    Fraction(4000, 1)
    """
    arrived = line.received - min(line.over, line.received)
    counting = line.state in COUNTING or line.is_confirming
    left = line.open if line.is_moved else line.ordered if counting else ZERO
    if line.is_confirming or line.state == "to approve":
        left = max(left, line.ordered - arrived)
    if not counting:
        left = ZERO
    ordered = max(line.ordered if counting else ZERO, arrived + left)
    return Entry(ordered=ordered, cancelled=ordered - arrived - left, received=arrived,
                 returned=line.returned, over=min(line.over, line.received), open=left)


def share(line_entry, weights):
    """Divide the entry of a line among its needs, in proportion to their allocations.

    A whole line is one need's; else every column is divided exactly, so that the sum of
    the shares is the line.

    >>> [part.ordered for part in share(Entry(ordered=Fraction(45000)), [32143, 12857])]
    [Fraction(32143, 1), Fraction(12857, 1)]
    """
    if len(weights) == 1:
        return [line_entry]
    exact_weights = [exact(weight) for weight in weights]
    total = sum(exact_weights)
    if not total:
        exact_weights, total = [Fraction(1)] * len(weights), Fraction(len(weights))
    return [Entry(*(column * weight / total for column in line_entry))
            for weight in exact_weights]


def add(entries):
    """Return the sum of ledger entries, column by column."""
    return Entry(*(sum(columns, ZERO) for columns in zip(*entries, strict=True))) if (
        entries) else Entry()


def allocate(total, weights):
    """Divide a purchased quantity among its needs in whole pieces.

    >>> allocate(45000, [30000, 12000]), allocate("15001.5", [1]), allocate(7, [0, 0])
    ([32143, 12857], [15002], [4, 3])
    """
    if not any(map(exact, weights)):
        weights = [1] * len(weights)
    return pool_shares(total, weights)
