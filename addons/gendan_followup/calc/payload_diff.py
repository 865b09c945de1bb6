"""What changed between two revision payloads, and how much it stops.

D1.11 knows two classes of change. *Technical*: the factory would make or ship
something else. *Commercial*: only price, payment or a later date.
"""

from decimal import Decimal
from typing import NamedTuple

COMMERCIAL_ORDER = frozenset({"pricelist", "currency", "payment_term", "prepayment"})
COMMERCIAL_LINE = frozenset({"price_unit", "discount", "taxes"})


class Change(NamedTuple):
    """One difference; ``line`` is 0 for a field of the order itself."""

    line: int
    field: str
    old: object
    new: object


def diff(old, new):
    """Return the list of :class:`Change` from payload ``old`` to ``new``."""
    changes = _diff_fields(0, old.get("order", {}), new.get("order", {}))
    old_lines = {line["id"]: line for line in old.get("lines", ())}
    new_lines = {line["id"]: line for line in new.get("lines", ())}
    for line_id in sorted(old_lines.keys() | new_lines.keys()):
        before, after = old_lines.get(line_id), new_lines.get(line_id)
        if before is None or after is None:
            changes.append(
                Change(line_id, "line", before and _name(before), after and _name(after))
            )
        else:
            changes += _diff_fields(line_id, before, after)
    return changes


def change_class(changes):
    """Return ``'technical'``, ``'commercial'`` or ``'none'`` for a list of changes."""
    if not changes:
        return "none"
    commercial = all(is_commercial(change, changes) for change in changes)
    return "commercial" if commercial else "technical"


def is_commercial(change, changes):
    """Whether a change lets go on what runs.

    :param changes: all that changed with it: a part is judged beside the old date
    """
    if change.line:
        return change.field in COMMERCIAL_LINE
    if change.field == "part":
        due = next((one.old for one in changes
                    if not one.line and one.field == "delivery_date"), None)
        return _asks_no_more(change.old, change.new, due)
    if change.field == "delivery_date":
        # a later date takes nothing from the factory, an earlier one does
        return bool(change.old and change.new and change.new > change.old)
    return change.field in COMMERCIAL_ORDER


def _asks_no_more(old, new, due):
    """Whether a partial shipment asks for nothing earlier, and for no more of it, than before.

    :param old: ``[day, quantity]`` of the part that leaves first, or None
    :param due: the day on which all was due before, where it changed

    >>> _asks_no_more(None, ["2026-12-08", "10000"], "2026-12-08")
    True
    >>> _asks_no_more(None, ["2026-12-08", "10000"], None)
    False
    >>> _asks_no_more(["2026-12-08", "10000"], ["2026-12-10", "9000"], None)
    True
    """
    if not new:
        return True
    if not old:
        return bool(due) and new[0] >= due
    return new[0] >= old[0] and Decimal(new[1]) <= Decimal(old[1])


def _diff_fields(line, before, after):
    return [
        Change(line, key, before.get(key), after.get(key))
        for key in sorted(before.keys() | after.keys())
        if before.get(key) != after.get(key)
    ]


def _name(line):
    return {"product": line.get("product"), "quantity": line.get("quantity")}
