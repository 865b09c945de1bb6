"""A document that exchanges its own file, apart from whoever does it behind its back (X5)."""

from contextlib import contextmanager


def _key(records):
    return f"gendan_followup.own_files.{records._name}"


@contextmanager
def writing_own_files(records):
    """Within this block documents of this model write their files themselves.

    Kept on the cursor, which no client reaches, and not in the context.
    """
    cache, key = records.env.cr.cache, _key(records)
    cache[key] = cache.get(key, 0) + 1
    try:
        yield
    finally:
        cache[key] -= 1


def writes_own_files(records):
    """Tell whether documents of this model are writing their files themselves."""
    return bool(records.env.cr.cache.get(_key(records)))
