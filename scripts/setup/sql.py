"""A few SQL statements, sent by the environment's psycopg2: a machine may have no psql."""

import json
import subprocess

from . import paths
from .console import SetupError

PROGRAM = """
import json, sys, psycopg2
database, statement, values = json.load(sys.stdin)
connection = psycopg2.connect(dbname=database, connect_timeout=20)
connection.autocommit = True
cursor = connection.cursor()
cursor.execute(statement, values)
print(json.dumps(cursor.fetchall() if cursor.description else []))
"""


class Sql:
    """Statements on the databases of one server."""

    def __init__(self, server):
        self._server = server

    def execute(self, database, statement, values=None):
        """Run one statement and return its rows."""
        done = subprocess.run(
            [str(paths.VENV_PYTHON), "-c", PROGRAM],
            input=json.dumps([database, statement, values or None]),
            capture_output=True,
            text=True,
            env=self._server,
            check=False,
        )
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["no output"])[-1]
            raise SetupError(
                f"PostgreSQL at {self._server.get('PGHOST')}:{self._server.get('PGPORT', 5432)} "
                f"says: {reason}"
            )
        return json.loads(done.stdout)

    def names(self, prefix):
        """Return the databases whose name begins so."""
        rows = self.execute(
            "postgres", "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix]
        )
        return [name for (name,) in rows]

    def comment(self, database):
        """Return the comment of a database, or None."""
        rows = self.execute(
            "postgres",
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [database],
        )
        return rows[0][0] if rows else None

    def set_parameter(self, database, key, value, instead_of="%"):
        """Set a system parameter of an Odoo database, unless it has another kind of value."""
        self.execute(
            database,
            "INSERT INTO ir_config_parameter (key, value) VALUES (%s, %s) ON CONFLICT (key) "
            "DO UPDATE SET value = excluded.value WHERE ir_config_parameter.value LIKE %s",
            [key, value, instead_of],
        )

    def set_comment(self, database, text):
        """Give a database a comment."""
        self.execute("postgres", f'COMMENT ON DATABASE "{database}" IS %s', [text])
