"""Figures as a manager reads them: whole where halves mean nothing, days instead of 73 hours."""

from decimal import ROUND_HALF_UP, Decimal

HOURS_A_DAY = 24
# from here on hours are told as days
HOURS_UP_TO = 48
WHOLE = {"percent", "count", "cartons", "orders", "times", "money", "score"}


def figure_text(value, unit, words):
    """Return ``value`` as text.

    >>> figure_text(99.96, "percent", {})
    '99.9 %'
    >>> figure_text(66.666, "percent", {})
    '67 %'
    >>> figure_text(73, "hours", {"hours": "%s h", "days": "%s days"})
    '3 days'
    >>> figure_text(1234567.5, "money", {})
    '1,234,568'

    :param value: a number, or ``None`` where nothing was judged
    :param str unit: percent, hours, days, count, cartons, orders, times, score or money
    :param dict words: the words of the reader's language, by unit
    """
    if value is None or value is False:
        return words.get("none", "—")
    value = Decimal(str(value))
    if unit == "hours" and value >= HOURS_UP_TO:
        value, unit = value / HOURS_A_DAY, "days"
    number = _plain(value, 0 if unit in WHOLE else 1)
    if unit == "percent":
        # nearly all is not all, and nearly none is not none
        if number == "100" and value < 100:
            number = "99.9"
        elif number == "0" and value > 0:
            number = "0.1"
        return f"{number} %"
    return words[unit] % number if unit in words else number


def _plain(value, digits):
    rounded = value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
