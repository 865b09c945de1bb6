"""Revision letters: A, B … Z, AA, AB …"""


def letter(index):
    """Return the letter of the ``index``-th revision, counted from 0.

    >>> letter(0), letter(25), letter(26), letter(701), letter(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    if index < 0:
        raise ValueError(f"no revision {index}")
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
