"""`make lint`: code, addons, translations. Everything is checked before the verdict."""

from . import odoo_run, paths
from .console import say

# pylint-odoo's own rules, and nothing of pylint's: ruff has those.
PYLINT = ("-m", "pylint")


def run(server, known):
    """Run every check; return 1 when one of them found something."""
    checks = [
        ("ruff", ["-m", "ruff", "check", "."]),
        ("pylint-odoo", [*PYLINT, *_addons()] if _addons() else None),
    ]
    failed = [name for name, command in checks if command and not _passes(name, command)]
    say(f"lint: {'failed: ' + ', '.join(failed) if failed else 'clean'}")
    return 1 if failed else 0


def _passes(name, command):
    say(f"  {name}")
    return odoo_run.python(command, {}, cwd=paths.ROOT) == 0


def _addons():
    return sorted(path.parent for path in paths.ADDONS.glob("*/__manifest__.py"))
