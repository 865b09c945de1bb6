"""Databases in three layers, each a copy of the one below it.

    core   Odoo, the Chinese company, and every module our addons depend on
    ready  core + our addons + the master data of the demo factory
    demo, test   copies of ready, used and thrown away

A finished database carries the hash of what it was made from as its comment; one without is a
half-made one and is dropped.
"""

import ast
import shutil
import uuid

from . import oca, odoo_run, odoo_tree, paths, stamps
from .console import step
from .sql import Sql

LANGUAGES = "en_US,zh_CN"
FACTORY = "gendan_followup/demo/factory.py"
# Nothing a database is made of.
SKIPPED = ("tests", "__pycache__", "readme", "description")


def manifests():
    """Return the manifest of each of our addons that can be installed, by name."""
    found = {}
    for path in sorted(paths.ADDONS.glob("*/__manifest__.py")):
        manifest = ast.literal_eval(path.read_text())
        if manifest.get("installable", True):
            found[path.parent.name] = manifest
    return found


def core_modules():
    """Return the modules that are not ours but wanted by ours."""
    ours = manifests()
    wanted = {name for manifest in ours.values() for name in manifest.get("depends", [])}
    return ["l10n_cn", *sorted(wanted - set(ours) - {"base", "l10n_cn"})]


def core_key():
    """Return the hash of what the core database is made from."""
    return stamps.digest(
        odoo_tree.version_key(),
        paths.ROOT / "requirements.txt",
        oca.KEY,
        core_modules(),
        LANGUAGES,
        paths.INSIDE / "company.py",
    )


def addons_key():
    """Return the hash of our addons' code and data."""
    return stamps.tree_digest(paths.ADDONS, SKIPPED)


def ready_key():
    """Return the hash of what the ready database is made from."""
    return stamps.digest(core_key(), addons_key(), paths.INSIDE / "factory.py")


class Databases:
    """The databases of one server."""

    def __init__(self, server):
        self.server = server
        self.sql = Sql(server)
        self.core_name = f"gendan_core_{core_key()[:8]}"

    def ensure_ready(self):
        """Have a database with our addons and the factory; return its name."""
        key = ready_key()
        if self.made_from("gendan_ready") != key:
            self.ensure_core()
            self.copy(self.core_name, "gendan_ready")
            conf = odoo_run.write_conf("ready", self.server, "gendan_ready")
            names = ",".join(manifests())
            if names:
                with step(f"installing {names}"):
                    odoo_run.install(conf, self.server, "install-addons", "-i", names)
            run_factory(conf, self.server)
            self.sql.set_comment("gendan_ready", key)
        return "gendan_ready"

    def ensure_core(self):
        """Have a database with the core modules only."""
        if self.made_from(self.core_name) == core_key():
            return
        self.drop(*self.sql.names("gendan_core_"))
        conf = odoo_run.write_conf("core", self.server, self.core_name)
        with step("new database in Chinese and English"):
            odoo_run.install(
                conf, self.server, "install-base", "-i", "base", "--load-language", LANGUAGES
            )
        with step("company 义乌市洁和无纺制品有限公司"):
            odoo_run.shell(conf, self.server, "company.py")
        modules = core_modules()
        with step(f"core modules ({', '.join(modules)})"):
            odoo_run.install(conf, self.server, "install-core", "-i", ",".join(modules))
        self.sql.set_comment(self.core_name, core_key())

    def made_from(self, name):
        """Return what a finished database was made from, else None.

        On a server that is not ours it outlives the stored files here: then it is worthless.
        """
        stored = paths.DATA / "filestore" / name
        return self.sql.comment(name) if stored.is_dir() else None

    def copy(self, source, target):
        """Make a database, and its stored files, as a copy of another."""
        with step(f"database {target}"):
            self.drop(target)
            self.sql.execute("postgres", f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
            self.sql.execute(
                target,
                "UPDATE ir_config_parameter SET value = %s WHERE key = 'database.uuid'",
                [str(uuid.uuid4())],
            )
            files = paths.DATA / "filestore"
            if (files / source).is_dir():
                shutil.copytree(files / source, files / target)

    def drop(self, *names):
        """Drop databases and their stored files."""
        for name in names:
            self.sql.execute("postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            shutil.rmtree(paths.DATA / "filestore" / name, ignore_errors=True)


def run_factory(conf, server):
    """Make or complete the master data of the demo factory, where there is one."""
    if has_factory():
        with step("demo factory: people, customers, products, stock"):
            logins = str(paths.STATE / "logins.json")
            odoo_run.shell(conf, server, "factory.py", GENDAN_LOGINS=logins)


def has_factory():
    """Tell whether the demo factory is part of the addons."""
    return (paths.ADDONS / FACTORY).is_file()
