"""A database of its own for tests that commit: a copy of the tests' one, dropped afterwards.

What is signed or logged is never deleted, and rows of refused attempts are written by other
cursors: neither can be seen, or undone, from inside the savepoint of a transaction case.
"""

import os
import shutil
import threading
import time
from contextlib import closing, contextmanager
from functools import partial
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import DummyRLock, Registry
from odoo.service import model as service_model
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, config, mute_logger

from ..demo.factory import Factory
from .common import FollowupVerbs

WAIT = 30  # seconds after which something that should have happened has not


def copy_database(source, target):
    """Make database ``target`` as a copy of ``source``, its stored files included."""
    drop_database(target)
    # PostgreSQL copies no database that somebody is connected to
    sql_db.close_db(source)
    _administrate("CREATE DATABASE %s TEMPLATE %s", target, source)
    if os.path.isdir(config.filestore(source)):
        # stored files are never changed, so that a link is as good as a copy
        shutil.copytree(config.filestore(source), config.filestore(target), copy_function=os.link)


def drop_database(name):
    """Drop database ``name`` and its stored files, where there are any."""
    Registry.delete(name)
    sql_db.close_db(name)
    _administrate("DROP DATABASE IF EXISTS %s WITH (FORCE)", name)
    shutil.rmtree(config.filestore(name), ignore_errors=True)


def _administrate(statement, *names):
    with closing(sql_db.db_connect("postgres").cursor()) as cr:
        cr.rollback()
        cr._cnx.autocommit = True
        with mute_logger("odoo.sql_db"):
            cr.execute(SQL(statement, *map(SQL.identifier, names)))


class Person:
    """One user on a connection of his own, whose view of the data begins at once."""

    def __init__(self, case, number):
        self.cr = case.registry.cursor()
        case.addCleanup(self.close)
        self.env = api.Environment(self.cr, case.user(number).id, {
            "lang": "en_US", "allowed_company_ids": case.company.ids})
        self.attempts = 0
        self.error = None
        # from here on this transaction sees nothing of what others commit
        self.cr.execute("SELECT pg_backend_pid() FROM res_users LIMIT 1")
        self.pid = self.cr.fetchone()[0]

    def close(self):
        """Give the connection back."""
        if not self.cr.closed:
            self.cr.close()

    def do(self, records, method, *args, **context):
        """Do one step and leave it uncommitted."""
        self.attempts += 1
        result = getattr(records.with_env(self.env).with_context(**context), method)(*args)
        self.env.flush_all()
        return result

    def request(self, records, method, *args, **context):
        """Do one step as the server does with a request: commit it, or try again."""
        return service_model.retrying(
            partial(self.do, records, method, *args, **context), self.env)

    def refused(self, records, method, *args, **context):
        """Do one step and return the text of its refusal; an empty one if it went through."""
        try:
            self.request(records, method, *args, **context)
        except Exception as error:  # noqa: BLE001 - the test looks at its text
            self.cr.rollback()
            return str(error)
        return ""


@tagged("post_install", "-at_install")
class OwnDatabaseCase(FollowupVerbs, BaseCase):
    """Tests on a copy of the database, in which everything is really committed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Odoo's own runner holds the registry's lock while it tests: other threads would hang
        cls.classPatch(Registry, "_lock", DummyRLock())
        source = get_db_name()
        cls.database = f"{source}_{cls.__name__.lower()}"
        cls.addClassCleanup(drop_database, cls.database)
        copy_database(source, cls.database)
        cls.registry = cls._load_registry()
        with cls.registry.cursor() as cr:
            Factory(api.Environment(cr, SUPERUSER_ID, {})).ensure()

    @classmethod
    def _load_registry(cls):
        # loading a registry in test mode would run the tests at its end
        enabled, config["test_enable"] = config["test_enable"], False
        try:
            return Registry(cls.database)
        finally:
            config["test_enable"] = enabled

    def setUp(self):
        super().setUp()
        self.cr = self.registry.cursor()
        self.addCleanup(self.cr.close)
        self.env = api.Environment(self.cr, SUPERUSER_ID, {
            "lang": "en_US", "tracking_disable": True})
        self.factory = Factory(self.env)
        self.company = self.factory.company
        self.env = self.factory.env
        # the server waits a random while before it tries again
        self.startPatcher(patch.object(service_model.random, "uniform", return_value=0.0))
        muted = mute_logger("odoo.sql_db", "odoo.service.model")
        muted.__enter__()
        self.addCleanup(muted.__exit__, None, None, None)

    def commit(self):
        """Commit what the test prepared, and begin a new view of the data."""
        self.env.flush_all()
        # the database is this test class's own and is dropped afterwards
        self.env.cr.commit()  # pylint: disable=invalid-commit
        self.env.invalidate_all()

    def person(self, number):
        """Return an employee on a connection of his own."""
        return Person(self, number)

    @contextmanager
    def waiting_for(self, first, action):
        """Run ``action`` in a thread; the block begins when it waits for ``first``.

        :param Person first: whose uncommitted step it waits for
        """
        thread = threading.Thread(target=action, daemon=True)
        thread.start()
        self.wait_until_blocked(first.pid, thread)
        yield
        thread.join(WAIT)
        self.assertFalse(thread.is_alive(), "the second one never came to an end")

    def wait_until_blocked(self, pid, thread):
        """Return as soon as some connection waits for the one of ``pid``."""
        deadline = time.monotonic() + WAIT
        with self.registry.cursor() as cr:
            while time.monotonic() < deadline:
                cr.execute("SELECT EXISTS (SELECT FROM pg_stat_activity"
                           " WHERE %s = ANY(pg_blocking_pids(pid)))", [pid])
                if cr.fetchone()[0]:
                    return
                self.assertTrue(thread.is_alive(), "the second one did not wait for the first")
        self.fail("nobody waited for the first one")

    def audit_rows(self, since=0):
        """Return the entries of the log of refused attempts after id ``since``."""
        with self.registry.cursor() as cr:
            cr.execute("SELECT id, kind, gate, user_id_int, res_model, message FROM gendan_audit"
                       " WHERE id > %s ORDER BY id", [since])
            return cr.dictfetchall()

    def last_audit_id(self):
        """Return the id of the last entry there is."""
        with self.registry.cursor() as cr:
            cr.execute("SELECT coalesce(max(id), 0) FROM gendan_audit")
            return cr.fetchone()[0]
