"""Small helpers for the texts that people read."""


def bullet_list(items):
    """Return ``items`` one a line, each behind a bullet."""
    return "\n".join(f"• {item}" for item in items)


def plain_number(value):
    """Return a quantity as people write it: thousands apart, no zeros behind the point.

    >>> plain_number(1234567.0), plain_number(0.5), plain_number(0)
    ('1,234,567', '0.5', '0')
    """
    text = f"{value:,.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def unique_lines(items):
    """Return ``items`` one a line, each once, in the order of their first appearance.

    >>> unique_lines(["b", "a", "b"])
    'b\\na'
    """
    return "\n".join(dict.fromkeys(items))
