"""`make demo`: the demo database, and the server in the foreground."""

import json
import signal
import subprocess
import time
import unicodedata
import urllib.error
import urllib.request

from . import databases, odoo_run, paths
from .console import SetupError, say, step

NAME = "gendan_demo"
STORIES = paths.SCRIPTS / "demo_stories.py"
LOGINS = paths.STATE / "logins.json"
START_LIMIT = 180


def ensure_database(server, port, host):
    """Have the demo database, up to date with the code; return its configuration file."""
    known = databases.Databases(server)
    conf = odoo_run.write_conf("demo", server, NAME, host=host, port=port, crons=1)
    _bring_up_to_date(known, conf, server)
    _set_addresses(known, port)
    return conf


def _bring_up_to_date(known, conf, server):
    """Make or update the database, unless it is of this code already."""
    built = (known.made_from(NAME) or "").split()
    now = [databases.core_key(), databases.addons_key()]
    if built == now and (LOGINS.is_file() or not databases.has_factory()):
        return
    if built and built[0] == now[0]:
        _update(conf, server)
    else:
        _build(known, conf, server)
    known.sql.set_comment(NAME, " ".join(now))


def _set_addresses(known, port):
    """Let prints find their style sheets, and QR codes this server, on whatever port it is."""
    known.sql.set_parameter(NAME, "report.url", f"http://127.0.0.1:{port}")
    # an administrator who logged in from elsewhere has set the one that others can reach
    known.sql.set_parameter(
        NAME, "web.base.url", f"http://localhost:{port}", instead_of="http://localhost:%")


def _build(known, conf, server):
    """Make the database afresh and let the stories of the factory happen in it."""
    known.copy(known.ensure_ready(), NAME)
    if STORIES.is_file() and databases.has_factory():
        with step("demo stories: orders through the workflow, as their users"):
            odoo_run.shell(conf, server, "stories.py", GENDAN_SCRIPTS=str(paths.SCRIPTS))


def _update(conf, server):
    """Bring the data up to changed code, keeping what was typed in."""
    names = ",".join(databases.manifests())
    if names:
        with step(f"updating {names}"):
            # `-i` too: an addon may be new; it does nothing for an installed one.
            odoo_run.install(conf, server, "update-addons", "-u", names, "-i", names)
    databases.run_factory(conf, server)


def reset(server):
    """Throw the demo database away and make it again."""
    databases.Databases(server).drop(NAME)
    ensure_database(server, 8069, "127.0.0.1")


def serve(conf, server, port):
    """Run the server until Ctrl-C; say when it answers and who may log in."""
    log = paths.LOG / "server.log"
    paths.LOG.mkdir(parents=True, exist_ok=True)
    address = f"http://localhost:{port}"
    with log.open("wb") as output:
        # A session of its own: Ctrl-C reaches us, and we stop it once and in order.
        child = subprocess.Popen(
            [str(paths.VENV_BIN / "odoo"), "server", "-c", str(conf)],
            env=odoo_run.environment(server),
            cwd=paths.STATE,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_ready(child, address, log)
        say(f"ready: {address}")
        say(logins_table())
        say(f"Ctrl-C stops it. Log: {log.relative_to(paths.ROOT)}")
        if child.wait():
            raise SetupError(f"the server stopped by itself (log: {log.relative_to(paths.ROOT)})")
    finally:
        _stop(child)


def _wait_until_ready(child, address, log):
    """Return when the login page answers; its first call also builds the style sheets."""
    end = time.monotonic() + START_LIMIT
    with step("starting the server"):
        while time.monotonic() < end:
            if child.poll() is not None:
                break
            if _answers(f"{address}/web/login"):
                return
            time.sleep(0.2)
    raise SetupError(f"the server does not start (log: {log.relative_to(paths.ROOT)})")


def _answers(url):
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=60):
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _stop(child):
    """Stop the server in order, and by force when it does not listen."""
    if child.poll() is None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        child.terminate()
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def logins_table():
    """Return the demo logins as a table; each password is the login."""
    rows = json.loads(LOGINS.read_text()) if LOGINS.is_file() else []
    rows = [("角色", "登录名 = 密码", "姓名"), ("管理员", "admin", "Administrator"), *rows]
    widths = [max(_width(row[column]) for row in rows) for column in range(2)]
    return "\n".join(
        f"  {_pad(row[0], widths[0])}  {_pad(row[1], widths[1])}  {row[2]}" for row in rows
    )


def _width(text):
    """Count terminal cells: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _pad(text, width):
    return text + " " * (width - _width(text))
