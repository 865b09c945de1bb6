"""Debian packages without root: a private apt that reads nothing but its own sources.

The mirror is the one this machine uses already, or DEBIAN_MIRROR.
"""

import os
import shutil
from pathlib import Path

from . import paths, processes
from .console import SetupError

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
# Suites of Debian itself: a machine of another distribution has other code names.
DEBIAN_SUITES = {
    "bullseye", "bookworm", "trixie", "forky", "duke", "sid",
    "stable", "testing", "unstable", "oldstable",
}  # fmt: skip
HOME = paths.TMP / "apt"


def require_apt():
    """Refuse a machine without apt, where only an existing tree helps."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise SetupError(
            "there is no apt-get here, so Odoo cannot be fetched: give an existing "
            "Odoo 19 tree instead: make demo ODOO_SRC=/path/to/odoo"
        )


def find_mirror():
    """Return the Debian mirror of this machine."""
    given = os.environ.get("DEBIAN_MIRROR")
    if given:
        return given
    targets = processes.output(
        ["apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME) $(COMPONENT)"]
    )
    mirror = pick_mirror(targets)
    if not mirror:
        raise SetupError(
            "the apt sources of this machine name no Debian mirror: give one: "
            "make demo DEBIAN_MIRROR=http://<any Debian mirror>/debian"
        )
    return mirror


def pick_mirror(targets):
    """Choose among lines of `uri codename component` the first that is Debian's main archive."""
    for line in targets.splitlines():
        uri, codename, component = (line.split() + ["", "", ""])[:3]
        suite = codename.split("-")[0].split("/")[0]
        if suite in DEBIAN_SUITES and component == "main" and "security" not in uri + codename:
            return uri
    return None


def _keyring():
    """Return Debian's keyring, fetched by the machine's own apt where it is not installed."""
    if KEYRING.exists():
        return KEYRING
    folder = HOME / "keyring"
    folder.mkdir(parents=True, exist_ok=True)
    processes.run(
        ["apt-get", "download", "debian-archive-keyring"],
        "apt-keyring",
        "fetching Debian's keyring (as root: apt-get install debian-archive-keyring)",
        cwd=folder,
    )
    for deb in folder.glob("*.deb"):
        processes.run(["dpkg-deb", "-x", deb, folder], "apt-keyring", "unpacking Debian's keyring")
    return folder / KEYRING.relative_to("/")


def _write_config():
    """Write the private configuration and return its file."""
    for name in ("etc", "state/lists/partial", "cache/archives/partial"):
        (HOME / name).mkdir(parents=True, exist_ok=True)
    (HOME / "state/status").touch()
    sources = HOME / "etc/debian.sources"
    sources.write_text(
        f"Types: deb\nURIs: {find_mirror()}\nSuites: sid bookworm\nComponents: main\n"
        f"Signed-By: {_keyring()}\n"
    )
    config = HOME / "apt.conf"
    config.write_text(
        f'Dir::Etc::sourcelist "{sources}";\n'
        'Dir::Etc::sourceparts "-";\n'
        'Dir::Etc::preferencesparts "-";\n'
        f'Dir::State "{HOME}/state";\n'
        f'Dir::State::status "{HOME}/state/status";\n'
        f'Dir::Cache "{HOME}/cache";\n'
        'APT::Sandbox::User "";\n'
        'Acquire::Languages "none";\n'
        'Acquire::Retries "3";\n'
        # Without it a failed update counts as done, with whatever lists there are.
        'APT::Update::Error-Mode "any";\n'
    )
    return config


def download(packages):
    """Download `name/suite` packages and return the .deb files."""
    require_apt()
    env = {"APT_CONFIG": str(_write_config())}
    processes.run(["apt-get", "update"], "apt-update", "reading Debian's package lists", env=env)
    folder = HOME / "debs"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    processes.run(
        ["apt-get", "download", *packages],
        "apt-download",
        "downloading from Debian (if a package has left Debian, give ODOO_SRC=/path/to/odoo)",
        env=env,
        cwd=folder,
    )
    return sorted(folder.glob("*.deb"))


def unpack(debs, prefix):
    """Unpack packages into a folder, without running anything of theirs."""
    for deb in debs:
        processes.run(["dpkg-deb", "-x", deb, prefix], "dpkg-deb", f"unpacking {deb.name}")
