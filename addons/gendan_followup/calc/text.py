"""Small helpers for the texts that people read."""


def bullet_list(items):
    """Return ``items`` one a line, each behind a bullet."""
    return "\n".join(f"• {item}" for item in items)


def unique_lines(items):
    """Return ``items`` one a line, each once, in the order of their first appearance.

    >>> unique_lines(["b", "a", "b"])
    'b\\na'
    """
    return "\n".join(dict.fromkeys(items))
