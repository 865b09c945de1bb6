"""Set up, run and check the project. `make help` lists what there is."""

import argparse
import os
import shutil
import signal
import sys

OLDEST, NEWEST = (3, 10), (3, 13)


def main():
    """Run one verb; a known problem is one line and exit code 1."""
    _require_python()
    from setup import console, verbs

    arguments = _parse(verbs.VERBS)
    for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop, signal.default_int_handler)
    try:
        return verbs.VERBS[arguments.verb](arguments) or 0
    except console.SetupError as error:
        console.report(error)
    except KeyboardInterrupt:
        console.say("\nstopped")
        return 0 if arguments.verb == "demo" else 130
    except OSError as error:
        if error.errno not in {28, 122}:
            raise
        console.report("the disk is full: free some space and run the same command again")
    return 1


def _require_python():
    """Refuse a Python that Odoo or its packages do not run on; name one that is here."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    names = ["python3.%d" % minor for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    which = getattr(shutil, "which", lambda name: None)  # Python 2 has none
    here = [name for name in names if which(name)]
    sys.exit(
        "error: this is Python %d.%d, Odoo 19 needs 3.10 to 3.13: %s"
        % (
            sys.version_info[0],
            sys.version_info[1],
            "run the same command with PYTHON=" + here[0] if here else "install one of them",
        )
    )


def _parse(verbs):
    """Read the command line; the environment holds what make was given."""
    parser = argparse.ArgumentParser(prog="gendan", description=__doc__)
    parser.add_argument("verb", choices=sorted(verbs))
    parser.add_argument("--port", default=os.environ.get("PORT") or "8069")
    parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
    parser.add_argument("--args", default=os.environ.get("ARGS") or "")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
