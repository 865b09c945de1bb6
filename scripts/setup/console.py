"""What the user sees: one line per step with its time, and one line when something is wrong."""

import sys
import time
from contextlib import contextmanager


class SetupError(Exception):
    """A problem the user can solve; its text is one line that says how."""


def say(text=""):
    """Print a line at once, also when the output is a pipe."""
    print(text, flush=True)


@contextmanager
def step(title):
    """Announce a step, then its duration on the same line."""
    print(f"  {title} … ", end="", flush=True)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        print("stopped", flush=True)
        raise
    print(f"{time.monotonic() - start:.1f} s", flush=True)


def report(error):
    """Print a SetupError on the error stream."""
    sys.stdout.flush()
    print(f"error: {error}", file=sys.stderr, flush=True)
