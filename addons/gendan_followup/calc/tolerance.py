"""Packaging needs, limits and headroom in exact numbers (D3.2–D3.5, A13, A15, A16).

A need rounds up, a limit rounds down, and nothing in between is a float: in floats
42,840 pieces are more than 105 % of 40,800. A need and its limit are whole pieces; an
order in kilograms counts as its weight times the pieces per kilogram of that version.
"""

from fractions import Fraction
from math import ceil, floor

FLOAT_DIGITS = 6


def exact(value):
    """Return ``value`` as a fraction; a float loses its noise beyond six decimals.

    >>> exact(0.1 + 0.2), exact(240.01), exact("42.37"), exact(7)
    (Fraction(3, 10), Fraction(24001, 100), Fraction(4237, 100), Fraction(7, 1))
    """
    if isinstance(value, float):
        return round(Fraction(repr(value)), FLOAT_DIGITS)
    return Fraction(value)


def need_pieces(packs, per_pack=1):
    """Return the whole pieces that ``packs`` need; no scrap rate is added (A15).

    >>> need_pieces(12000), need_pieces("12.5", 1), need_pieces(10, 2)
    (12000, 13, 20)
    """
    return ceil(_at_least_zero(packs) * _at_least_zero(per_pack))


def carton_need(packs, per_carton):
    """Return the cartons for ``packs``; the last one may be a tail carton (D3.5).

    >>> carton_need(40800, 24), carton_need(1000, 24), carton_need(2401, 24)
    (1700, 42, 101)
    """
    return ceil(_at_least_zero(packs) / _above_zero(per_carton))


def component_need(packs, quantity, per):
    """Return the whole pieces of a packaging component for ``packs``, by its recipe.

    A recipe may hold a waste rate; it is taken off again, because the tolerance is the
    allowance for waste (A15): of 1.03 bags a pack one is needed, of 103 cartons for 1,000
    packs there is one for each 10.

    >>> component_need(10000, 1030, 1000), component_need(10000, "20.6", 1)
    (10000, 200000)
    >>> component_need(10000, 103, 1000), component_need(10001, 100, 1000)
    (1000, 1001)
    """
    each = _at_least_zero(quantity) / _above_zero(per)
    if not each:
        return 0
    if each >= 1:
        return need_pieces(packs, floor(each))
    return carton_need(packs, ceil(1 / each))


def net_need(gross, usable):
    """Return what is left of a need once whole usable pieces are taken off (A13).

    >>> net_need(12000, 4000), net_need(10080, 6000), net_need(2400, 5000)
    (8000, 4080, 0)
    """
    return max(0, ceil(_at_least_zero(gross)) - floor(_at_least_zero(usable)))


def limit(net, percent):
    """Return the most whole pieces that may be ordered for a net need (D3.3, D3.4).

    >>> limit(8000, 20), limit(40800, 5), limit(300, 0)
    (9600, 42840, 300)
    >>> limit(13, 20), limit(19, 5), limit(20, 5), limit(0, 20)
    (15, 19, 21, 0)
    """
    return floor(_at_least_zero(net) * (100 + _at_least_zero(percent)) / 100)


def pieces(quantity, factor):
    """Return how many pieces a purchased ``quantity`` is, at ``factor`` pieces a unit.

    >>> pieces(240, 150), pieces("240.01", 150)
    (Fraction(36000, 1), Fraction(72003, 2))
    """
    return exact(quantity) * _above_zero(factor)


def limit_quantity(pieces_, factor, digits=2):
    """Return the most of a purchase unit that is not more than ``pieces_``, as a fraction.

    >>> float(limit_quantity(36000, 150)), float(limit_quantity(100, "42.37"))
    (240.0, 2.36)
    """
    scale = 10 ** digits
    return Fraction(floor(exact(pieces_) / _above_zero(factor) * scale), scale)


def covering_quantity(pieces_, factor, digits=2):
    """Return the least of a purchase unit that is not less than ``pieces_``, as a fraction.

    >>> float(covering_quantity(30000, 150)), float(covering_quantity(100, "42.37"))
    (200.0, 2.37)
    """
    scale = 10 ** digits
    return Fraction(ceil(exact(pieces_) / _above_zero(factor) * scale), scale)


def covered(ordered, cancelled=0, returned=0):
    """Return what orders still cover: cancelled remainders and returns fall out (D3.3).

    That is the same as still open + received − returned.

    >>> covered(9600, cancelled=1000), covered(9600, cancelled=1000, returned=500)
    (Fraction(8600, 1), Fraction(8100, 1))
    """
    return exact(ordered) - exact(cancelled) - exact(returned)


def headroom(limit_, covered_):
    """Return what may still be ordered; below 0 is an over-limit case.

    >>> headroom(9600, 5000), headroom(9600, 8100), headroom(7200, 8100)
    (Fraction(4600, 1), Fraction(1500, 1), Fraction(-900, 1))
    """
    return exact(limit_) - exact(covered_)


def fits(net, percent, covered_, more=0):
    """Whether ``more`` pieces may be ordered on top of what is covered already.

    >>> fits(8000, 20, 5000, 4600), fits(8000, 20, 5000, 4601)
    (True, False)
    >>> fits(30000, 20, 0, pieces("240.00", 150)), fits(30000, 20, 0, pieces("240.01", 150))
    (True, False)
    """
    return exact(covered_) + exact(more) <= limit(net, percent)


def excess_percent(quantity, net):
    """Return by how many percent ``quantity`` is above ``net``, or None without a need.

    >>> float(excess_percent(9601, 8000)), float(excess_percent(9600, 8000))
    (20.0125, 20.0)
    >>> excess_percent(1, 0) is None
    True
    """
    need = _at_least_zero(net)
    return (exact(quantity) / need - 1) * 100 if need else None


def pool_shares(total, needs):
    """Divide whole pieces bought for several notices in proportion to their needs (D3.3).

    The largest remainders get the last pieces, the first one of equals before the others.

    >>> pool_shares(45000, [30000, 12000])
    [32143, 12857]
    """
    weights = [_at_least_zero(need) for need in needs]
    whole, weight = ceil(_at_least_zero(total)), sum(weights)
    if not weight:
        raise ValueError("nothing is needed, so nothing is shared out")
    parts = [whole * part / weight for part in weights]
    shares = [floor(part) for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda i: shares[i] - parts[i])
    for index in by_remainder[: whole - sum(shares)]:
        shares[index] += 1
    return shares


def _at_least_zero(value):
    number = exact(value)
    if number < 0:
        raise ValueError(f"a quantity below zero: {value!r}")
    return number


def _above_zero(value):
    number = exact(value)
    if number <= 0:
        raise ValueError(f"a factor that is not above zero: {value!r}")
    return number
