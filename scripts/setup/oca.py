"""Addons of the Odoo Community Association, from their Python packages."""

import shutil

from . import paths, python_env, stamps
from .console import step

# Exact versions: the same name already carries releases for Odoo 20.
PACKAGES = ("odoo-addon-web-timeline==19.0.1.0.0.2",)
KEY = stamps.digest(PACKAGES)


def ensure():
    """Have the addons in a folder of their own."""
    if stamps.is_done("oca", KEY) and paths.OCA.is_dir():
        return
    with step("OCA addons"):
        fresh = paths.TMP / "oca"
        shutil.rmtree(fresh, ignore_errors=True)
        # Without dependencies: they ask for a package `odoo` that the index does not have.
        python_env.pip(
            "install", "--no-deps", "--target", fresh, *PACKAGES, what="installing OCA addons"
        )
        shutil.rmtree(paths.OCA, ignore_errors=True)
        (fresh / "odoo/addons").rename(paths.OCA)
        shutil.rmtree(fresh)
    stamps.mark_done("oca", KEY)
