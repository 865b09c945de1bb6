"""Small helpers for the texts that people read."""


def bullet_list(items):
    """Return ``items`` one a line, each behind a bullet."""
    return "\n".join(f"• {item}" for item in items)
