"""Canonical payload of a revision: the same content always gives the same bytes.

A signature binds the SHA-256 of these bytes, so nothing in them may depend on
the order of a dictionary, on float noise or on the language of a screen.
"""

import hashlib
import json
from decimal import Decimal

SCHEMA = 1


def decimal_string(value, digits=6):
    """Return ``value`` as a plain decimal string without trailing zeros.

    >>> decimal_string(0.1 + 0.2), decimal_string(40800.0), decimal_string(0)
    ('0.3', '40800', '0')
    """
    quantum = Decimal(1).scaleb(-digits)
    number = Decimal(repr(value) if isinstance(value, float) else value or 0).quantize(quantum)
    text = format(number, "f").rstrip("0").rstrip(".") if digits else format(number, "f")
    return "0" if text in ("", "-0") else text


def canonical_json(payload):
    """Return the one JSON text of ``payload`` (sorted keys, no blanks, no floats).

    :raise TypeError: when a float slipped in, because its text is not stable
    """
    _refuse_floats(payload)
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text):
    """Return the SHA-256 of a canonical text, as 64 hexadecimal characters."""
    return hashlib.sha256(text.encode()).hexdigest()


def _refuse_floats(node):
    if isinstance(node, float):
        raise TypeError(f"a float in a payload: {node!r}")
    if isinstance(node, dict):
        for value in node.values():
            _refuse_floats(value)
    elif isinstance(node, list | tuple):
        for value in node:
            _refuse_floats(value)
