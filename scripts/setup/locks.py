"""Two commands at once in one clone: the second waits instead of breaking the first."""

import fcntl
from contextlib import contextmanager

from . import paths
from .console import say


@contextmanager
def only_one(name):
    """Hold a lock; say so when another command holds it."""
    paths.STATE.mkdir(exist_ok=True)
    with (paths.STATE / f"{name}.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"  waiting for another command that holds the {name} of this folder")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


class Users:
    """Count the commands that use something, so that the last one can switch it off."""

    def __init__(self, name):
        paths.STATE.mkdir(exist_ok=True)
        self._handle = (paths.STATE / f"{name}.users").open("w")

    def join(self):
        """Be one of the users."""
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def leave(self):
        """Stop being a user; tell whether nobody is left."""
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fcntl.flock(self._handle, fcntl.LOCK_UN)
            return False
        return True
