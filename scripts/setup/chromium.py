"""Chromium for the browser tests."""

import os
import shutil

from . import processes
from .console import SetupError, step

# The names Odoo looks for.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")


def ensure():
    """Have a browser: from Debian when we may install, else say what to run."""
    if any(shutil.which(name) for name in NAMES):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SetupError(
            "the browser tests need Chromium: run `sudo apt-get install chromium`, then again"
        )
    env = {"DEBIAN_FRONTEND": "noninteractive"}
    with step("Chromium from Debian"):
        processes.run(["apt-get", "update"], "chromium", "reading package lists", env=env)
        processes.run(
            ["apt-get", "install", "-y", "--no-install-recommends", "chromium"],
            "chromium",
            "installing Chromium",
            env=env,
        )
