"""The Chinese of the addons: every term, from a fresh export, and nothing left in English."""

from . import odoo_run, paths
from .console import say, step

# Terms that are the same in Chinese on purpose, one a line.
IDENTICAL = paths.SCRIPTS / "identical_terms.txt"
PROGRAM = paths.INSIDE / "translations.py"


def check(conf, server, addons):
    """Return whether each zh_CN.po translates all its addon's terms."""
    wrong = [addon for addon in addons if not _ask("check", conf, server, addon)]
    return not wrong


def refresh(conf, server, addons):
    """Write each addon's template anew and merge it into its zh_CN.po."""
    for addon in addons:
        _ask("merge", conf, server, addon)
    say(f"now translate what is empty in {', '.join(f'addons/{a}/i18n/zh_CN.po' for a in addons)}")


def _ask(verb, conf, server, addon):
    fresh = paths.TMP / f"{addon}.po"
    with step(f"terms of {addon}"):
        odoo_run.odoo(
            conf, server, "i18n-export", "exporting terms",
            "i18n", "export", "-l", "pot", "-o", str(fresh), addon,
        )  # fmt: skip
    folder = paths.ADDONS / addon / "i18n"
    return odoo_run.python([PROGRAM, verb, fresh, folder, addon, IDENTICAL], server) == 0
