"""`make lint`: code, addons, translations. Everything is checked before the verdict."""

from . import databases, odoo_run, paths, translations
from .console import say

# pylint-odoo's rules without the rest of pylint, which is ruff's work; and without
PYLINT_OFF = (
    "consider-merging-classes-inherited",  # a core model of several rooms has a file per room
    "manifest-required-author",  # asks for the Odoo Community Association; the addons are ours
    "missing-readme",  # asks for a README.rst; the text is in the fragments of readme/
)
# Odoo 19 calls the field `user_ids`: an empty one is said, for everybody.
OCA_OFF = "--disable=xml-dangerous-filter-wo-user"
PYLINT = ("-m", "pylint", "--disable=all", "--enable=odoolint", "--disable", ",".join(PYLINT_OFF))


def run_code():
    """Check what needs no database; return the names of the checks that found something."""
    addons = [paths.ADDONS / name for name in databases.manifests()]
    checks = {
        "ruff": ["-m", "ruff", "check", "."],
        "pylint-odoo": [*PYLINT, *addons],
        "oca-checks-odoo-module": [paths.VENV_BIN / "oca-checks-odoo-module", OCA_OFF, *addons],
        "oca-checks-po": [paths.VENV_BIN / "oca-checks-po", *paths.ADDONS.glob("*/i18n/*.po*")],
    }
    if not addons:
        checks = {"ruff": checks["ruff"]}
    return [name for name, command in checks.items() if not _passes(name, command)]


def _passes(name, command):
    say(f"  {name}")
    return odoo_run.python(command, {}, cwd=paths.ROOT) == 0


def run_translations(server):
    """Check the Chinese against a fresh export; return what failed."""
    known = databases.Databases(server)
    ready = known.ensure_ready()
    conf = odoo_run.write_conf("ready", server, ready)
    addons = list(databases.manifests())
    return [] if translations.check(conf, server, addons) else ["translations"]
