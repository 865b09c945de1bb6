"""A server process of its own on a database of its own: what a real request leaves behind.

A test inside the server's own transaction cannot see it: its cursor neither commits nor rolls
back, so what is written after the end of a transaction never comes.
"""

import contextlib
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import xmlrpc.client
from datetime import timedelta
from pathlib import Path

import psycopg2
import requests

from odoo import SUPERUSER_ID, api, fields, sql_db
from odoo.tools import config

from .own_database import WAIT, OwnDatabaseCase

HOST = "127.0.0.1"
START = 120  # seconds that a slow machine may need to start a server


class ServerProcess:
    """An Odoo server on ``database``, as it runs in the factory."""

    def __init__(self, database, workers):
        self.folder = tempfile.mkdtemp(prefix="gendan-server-")
        self.port = _free_port()
        self.lines = []
        self._wanted = "Worker WorkerHTTP" if workers else "HTTP service (werkzeug) running"
        self._ready = threading.Event()
        self._process = subprocess.Popen(
            self._command(database, workers), env=self._environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace",
            start_new_session=True)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        if not self._ready.wait(START):
            self.stop()
            raise RuntimeError("the server did not start:\n" + "".join(self.lines[-50:]))

    def _command(self, database, workers):
        program = shutil.which("odoo", path=os.pathsep.join(
            [str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]))
        # an empty file of settings, so that nobody's own ones get in
        settings = Path(self.folder, "odoo.conf")
        settings.write_text("[options]\n")
        options = {
            "config": settings, "database": database, "db-filter": f"^{database}$",
            "addons-path": ",".join(map(str, config["addons_path"])),
            "data-dir": config["data_dir"], "http-interface": HOST, "http-port": self.port,
            "gevent-port": _free_port(), "workers": workers, "max-cron-threads": 1,
            **{f"db_{key}": config[f"db_{key}"] for key in ("host", "port", "user")
               if config[f"db_{key}"]},
        }
        return [program, "server", *(f"--{key}={value}" for key, value in options.items())]

    @staticmethod
    def _environment():
        # the password is no argument: everybody on the machine reads those
        password = {"PGPASSWORD": config["db_password"]} if config["db_password"] else {}
        hidden = {"ODOO_RC", "COVERAGE_FILE", "PYTHONPATH"}
        return {**{k: v for k, v in os.environ.items() if k not in hidden}, **password,
                "PYTHONUNBUFFERED": "1"}

    def _read(self):
        for line in self._process.stderr:
            self.lines.append(line)
            if self._wanted in line and ("alive" in line or "running" in line):
                self._ready.set()

    @property
    def url(self):
        return f"http://{HOST}:{self.port}"

    def stop(self):
        """Stop the server and whatever it started."""
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(WAIT)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(WAIT)
        self._reader.join(WAIT)
        self._process.stderr.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


class OwnServerCase(OwnDatabaseCase):
    """Requests to a real server, and what the log holds after them."""

    workers = 0

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._announce_audit()
        cls._rest_jobs()
        server = ServerProcess(cls.database, cls.workers)
        cls.addClassCleanup(server.stop)
        cls.server = server

    @classmethod
    def _announce_audit(cls):
        """Let the database call out each new row of the log, for what nobody answers."""
        with cls.registry.cursor() as cr:
            cr.execute("""
                CREATE FUNCTION audit_test() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN PERFORM pg_notify('audit_test', NEW.id::text); RETURN NULL; END $$;
                CREATE TRIGGER audit_test AFTER INSERT ON gendan_audit
                    FOR EACH ROW EXECUTE FUNCTION audit_test();
            """)

    @classmethod
    def _rest_jobs(cls):
        """Let none of the jobs that were installed step between a test's two people.

        The server tries a person's request again when a job was faster; a test does not.
        """
        with cls.registry.cursor() as cr:
            api.Environment(cr, SUPERUSER_ID, {})["ir.cron"].search([]).active = False

    @contextlib.contextmanager
    def audit_row_awaited(self):
        """Within this block something happens that adds a row to the log; wait for it."""
        connection = psycopg2.connect(**sql_db.connection_info_for(self.database)[1])
        connection.autocommit = True
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute("LISTEN audit_test")
            yield
            self.assertTrue(select.select([connection], [], [], 2 * WAIT)[0],
                            "no row came:\n" + "".join(self.server.lines[-20:]))

    # ---------------------------------------------------------------- clients

    def login(self, number):
        """Return the login of an employee; the password is the same."""
        return self.user(number).login

    def web(self, number):
        """Return a browser's session of an employee."""
        session = requests.Session()
        self.addCleanup(session.close)
        answer = self.json(session, "/web/session/authenticate", {
            "db": self.database, "login": self.login(number), "password": self.login(number)})
        self.assertEqual(answer["result"]["uid"], self.user(number).id)
        return session

    def json(self, session, path, params):
        """Post a JSON-RPC request and return the whole answer."""
        response = session.post(self.server.url + path, json={
            "jsonrpc": "2.0", "method": "call", "params": params}, timeout=2 * WAIT)
        response.raise_for_status()
        return response.json()

    def call_kw(self, session, model, method, *args, **kwargs):
        """Call a method as the web client does."""
        return self.json(session, f"/web/dataset/call_kw/{model}/{method}", {
            "model": model, "method": method, "args": args,
            "kwargs": {"context": {"lang": "en_US"}, **kwargs}})

    def xml_rpc(self, number, model, method, *args, **kwargs):
        """Call a method as an outside program does."""
        with xmlrpc.client.ServerProxy(f"{self.server.url}/xmlrpc/2/object") as proxy:
            return proxy.execute_kw(self.database, self.user(number).id, self.login(number),
                                    model, method, args, kwargs)

    def api_key(self, number):
        """Return a new API key of an employee."""
        keys = self.env(user=self.user(number).id)["res.users.apikeys"].sudo()
        key = keys._generate("rpc", "test", fields.Datetime.now() + timedelta(days=1))
        self.commit()
        return key

    def json_2(self, key, model, method, **body):
        """Call a method by Odoo's JSON-2 API and return the response."""
        with requests.Session() as session:
            return session.post(
                f"{self.server.url}/json/2/{model}/{method}", json=body, timeout=2 * WAIT,
                headers={"Authorization": f"bearer {key}", "X-Odoo-Database": self.database})
