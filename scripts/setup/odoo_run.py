"""Running Odoo: its configuration files, its environment, one-off commands."""

import os
import signal
import subprocess
from contextlib import contextmanager, suppress

from . import odoo_tree, paths, processes

CONF = """[options]
addons_path = {addons}
data_dir = {data}
db_host = {PGHOST}
db_port = {PGPORT}
db_user = {PGUSER}
db_password = {PGPASSWORD}
db_name = {database}
dbfilter = ^{database}$
list_db = False
admin_passwd =
http_interface = {host}
http_port = {port}
workers = 0
max_cron_threads = {crons}
"""


def write_conf(name, server, database, host="127.0.0.1", port=8069, crons=0):
    """Write a configuration file and return it. It holds the password, so only we may read it."""
    paths.CONF.mkdir(parents=True, exist_ok=True)
    conf = paths.CONF / f"{name}.conf"
    conf.touch(mode=0o600)
    folders = [*odoo_tree.addons_paths(), paths.OCA, paths.ADDONS]
    conf.write_text(
        CONF.format(
            addons=",".join(map(str, folders)),
            data=paths.DATA,
            database=database,
            host=host,
            port=port,
            crons=crons,
            **{**{"PGPORT": "5432", "PGUSER": "odoo", "PGPASSWORD": ""}, **server},
        )
    )
    return conf


def environment(server):
    """Return the variables for Odoo: our programs first, our fonts, no litter in addons/."""
    env = {key: value for key, value in os.environ.items() if key not in _UNWANTED}
    env.update(server)
    env["PATH"] = os.pathsep.join(
        [str(paths.VENV_BIN), str(paths.WKHTMLTOX / "bin"), env.get("PATH", os.defpath)]
    )
    env["FONTCONFIG_FILE"] = str(paths.FONTS / "fonts.conf")
    env["PYTHONPYCACHEPREFIX"] = str(paths.CACHE / "pycache")
    env["LANG"] = env["LC_ALL"] = "C.UTF-8"
    return env


# A PYTHONPATH would mix other packages in; without bytecode every start compiles all of Odoo.
_UNWANTED = {"PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "ODOO_RC", "VIRTUAL_ENV"}


def odoo(conf, server, log, what, *arguments):
    """Run one Odoo command to its end, for instance an installation."""
    return processes.run(
        [paths.VENV_BIN / "odoo", *arguments, "-c", conf],
        log,
        what,
        env=environment(server),
        cwd=paths.STATE,
    )


def install(conf, server, log, *arguments):
    """Install or update modules and stop."""
    what = "installing modules"
    return odoo(conf, server, log, what, "server", "--stop-after-init", "--no-http", *arguments)


def shell(conf, server, script, **variables):
    """Run one of our scripts inside Odoo, with `env` ready."""
    with (paths.INSIDE / script).open() as source:
        return processes.run(
            [paths.VENV_BIN / "odoo", "shell", "-c", conf, "--no-http"],
            f"inside-{script.removesuffix('.py')}",
            f"scripts/inside/{script}",
            env={**environment(server), **variables},
            cwd=paths.STATE,
            stdin=source,
        )


def python(arguments, server, **options):
    """Run the environment's Python and return its exit code; its output goes to the screen."""
    with started(arguments, server, **options) as child:
        return wait([child])[0]


@contextmanager
def started(arguments, server, **options):
    """Start the environment's Python; at the end of the block nothing of it is left."""
    env = {**environment(server), **options.pop("env", {})}
    command = [str(part) for part in (paths.VENV_PYTHON, *arguments)]
    # A session of its own, so that whatever it started, such as a browser, can be ended with it.
    child = subprocess.Popen(command, env=env, start_new_session=True, **options)
    try:
        yield child
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def wait(children):
    """Return the exit codes; Ctrl-C lets each child end in its own way first."""
    try:
        return [child.wait() for child in children]
    except KeyboardInterrupt:
        for child in children:
            child.send_signal(signal.SIGINT)
        for child in children:
            with suppress(subprocess.TimeoutExpired):
                child.wait(20)
        raise


def command(arguments, conf, server):
    """Run an Odoo command with the user's keyboard and screen; return its exit code."""
    return subprocess.run(
        [str(paths.VENV_BIN / "odoo"), *arguments, "-c", str(conf)],
        env=environment(server),
        cwd=paths.STATE,
        check=False,
    ).returncode
