"""A step is done when its stamp holds the hash of what it was made from.

The stamp is written last, so a step that was interrupted is simply done again.
"""

import hashlib
from pathlib import Path

from . import paths


def digest(*parts):
    """Return a short hash of texts and of the contents of files."""
    total = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if _is_file(part) else str(part).encode()
        total.update(hashlib.sha256(data).digest())
    return total.hexdigest()[:16]


def _is_file(part):
    return isinstance(part, Path) and part.is_file()


def tree_digest(folder, skip=()):
    """Return a hash of names and contents below a folder.

    `skip` names folders that do not count at any depth, such as tests: a changed test must not
    cost a new installation of the addons.
    """
    parts = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and path.suffix != ".pyc" and not set(inside.parts) & set(skip):
            parts += [str(inside), path]
    return digest(*parts)


def is_done(name, key):
    """Tell whether the step was finished with exactly these inputs."""
    stamp = paths.STAMPS / name
    return stamp.is_file() and stamp.read_text() == key


def mark_done(name, key):
    """Record that the step was finished."""
    paths.STAMPS.mkdir(parents=True, exist_ok=True)
    (paths.STAMPS / name).write_text(key)


def forget(name):
    """Make the step run again the next time."""
    (paths.STAMPS / name).unlink(missing_ok=True)
