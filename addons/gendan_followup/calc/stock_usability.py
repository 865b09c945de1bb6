"""Which stock an order may use, and why the rest may not be used (D2.2)."""

from datetime import timedelta
from typing import NamedTuple


class Lot(NamedTuple):
    """One lot at one place, in the product's unit; `expires` is a date or None.

    `bag` is 0 where nobody wrote it down, and None for goods that are kept without lots.
    """

    key: object
    on_hand: float
    reserved: float
    bag: int
    mark: str
    blocked: bool
    expires: object


class Demand(NamedTuple):
    """What the order asks of a lot; `needed_until` is a date or None."""

    bag: int
    mark: str
    needed_until: object


NEUTRAL = {"", "无唛", "neutral", "no mark"}


def normal_mark(text):
    """Return a shipping mark in a form that compares; a neutral carton has none.

    >>> normal_mark(" 无唛 "), normal_mark("NP  PO 77")
    ('', 'np po 77')
    """
    mark = " ".join((text or "").split()).lower()
    return "" if mark in NEUTRAL else mark


def refusal(lot, demand):
    """Return why ``lot`` may not be used, or None when it may.

    The reasons come in the order in which a keeper would see them.
    """
    if lot.blocked:
        return "blocked"
    if demand.bag and lot.bag is not None and lot.bag != demand.bag:
        return "other_bag"
    if normal_mark(lot.mark) != normal_mark(demand.mark):
        return "other_mark"
    if demand.needed_until and lot.expires and lot.expires < demand.needed_until:
        return "short_dated"
    if lot.on_hand <= 0:
        return "empty"
    if lot.on_hand <= lot.reserved:
        return "reserved"
    return None


def usable(lot, demand):
    """Return the free quantity of ``lot`` that ``demand`` may use."""
    return 0 if refusal(lot, demand) else max(lot.on_hand - lot.reserved, 0)


def needed_until(delivery, shelf_life_months, share):
    """Return the date until which goods delivered on ``delivery`` must last.

    A month counts as 30.4375 days; 36 months and a share of 2/3 give two years.
    """
    if not delivery or not shelf_life_months or not share:
        return None
    return delivery + timedelta(days=int(shelf_life_months * 30.4375 * share))


def allocate(lots, demand, quantity):
    """Take ``quantity`` from usable lots, soonest expiry first.

    :return: list of ``(lot, taken)`` for every lot, 0 where nothing was taken
    """
    order = sorted(range(len(lots)), key=lambda i: (lots[i].expires is None,
                                                     lots[i].expires or 0, i))
    taken = [0] * len(lots)
    left = quantity
    for index in order:
        taken[index] = min(usable(lots[index], demand), max(left, 0))
        left -= taken[index]
    return list(zip(lots, taken, strict=True))
