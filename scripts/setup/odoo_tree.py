"""Odoo 19 itself, from Debian's package, and the fonts it prints with."""

import os
import shutil
from pathlib import Path

from . import apt, paths, stamps
from .console import SetupError, say, step

# bookworm's Font Awesome: sid's version 7 lacks the file names of 4.7 that Odoo's styles ask for.
PACKAGES = (
    "odoo-19/sid",
    "libjs-jquery/sid",
    "libjs-underscore/sid",
    "libjs-jquery-form/sid",
    "fonts-roboto-unhinted/sid",
    "fonts-montserrat/sid",
    "fonts-ocr-b/sid",
    "fonts-inconsolata/bookworm",
    "fonts-font-awesome/bookworm",
    "fonts-noto-cjk/bookworm",
)
DIST = "usr/lib/python3/dist-packages"
# Debian leaves out this minified file; the 404 makes every browser test fail.
SELFIE = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
KEY = stamps.digest(PACKAGES, SELFIE)

FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def given():
    """Return the tree the user brought, or None."""
    return Path(os.environ["ODOO_SRC"]).resolve() if os.environ.get("ODOO_SRC") else None


def ensure():
    """Have Odoo 19 and its fonts."""
    if given():
        _check(import_path())
    elif not (stamps.is_done("odoo", KEY) and import_path().is_dir()):
        with step("Odoo 19 and fonts from Debian"):
            _fetch()
    write_fonts_conf()


def _fetch():
    """Fetch and unpack beside, then put in place at once."""
    stamps.forget("odoo")
    fresh = paths.TMP / "odoo"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    apt.unpack(apt.download(PACKAGES), fresh)
    selfie = fresh / DIST / SELFIE
    selfie.parent.mkdir(parents=True, exist_ok=True)
    if not selfie.exists():
        selfie.unlink(missing_ok=True)
        selfie.write_text("// Left out by Debian: background blur in video calls.\n")
    _check(fresh / DIST)
    shutil.rmtree(paths.ODOO, ignore_errors=True)
    fresh.rename(paths.ODOO)
    shutil.rmtree(apt.HOME, ignore_errors=True)
    stamps.mark_done("odoo", KEY)


def _check(folder):
    """Refuse a tree that is not Odoo 19."""
    release = folder / "odoo/release.py"
    if not release.is_file():
        raise SetupError(f"there is no Odoo in {folder}: ODOO_SRC is the folder that holds odoo/")
    if "version_info = (19, 0" not in release.read_text():
        raise SetupError(f"the Odoo in {folder} is not version 19.0, which these addons need")


def import_path():
    """Return the folder Python imports `odoo` from."""
    return given() or paths.ODOO / DIST


def addons_paths():
    """Return the folders of core addons that `odoo.addons` does not find by itself."""
    source = import_path() / "addons"
    return [source] if source.is_dir() else []


def version_key():
    """Return a hash that changes with the Odoo code the databases are built from."""
    return stamps.digest(import_path() / "odoo/release.py", KEY, given() or "")


def write_fonts_conf():
    """Let PDF printing see the Chinese fonts, installed on the machine or not."""
    paths.FONTS.mkdir(parents=True, exist_ok=True)
    (paths.FONTS / "fonts.conf").write_text(
        FONTS_CONF.format(fonts=paths.ODOO / "usr/share/fonts", cache=paths.FONTS / "cache")
    )
    if given() and not (paths.ODOO / "usr/share/fonts").is_dir():
        say("  note: Chinese PDF needs a Chinese font on this machine, e.g. fonts-noto-cjk")
