"""What `make` can be asked for."""

import shutil

from . import (
    chromium,
    console,
    demo,
    lint,
    locks,
    oca,
    odoo_run,
    odoo_tree,
    paths,
    postgres,
    preflight,
    python_env,
    tests,
    wkhtmltopdf,
)


def prepare(development=False):
    """Have everything that is downloaded; a second time nothing happens and no network is used."""
    paths.STATE.mkdir(exist_ok=True)
    with locks.only_one("set-up"):
        if not paths.VENV_PYTHON.exists() or not odoo_tree.import_path().is_dir():
            preflight.require_space()
        for folder in (paths.TMP, paths.LOG):
            folder.mkdir(parents=True, exist_ok=True)
        odoo_tree.ensure()
        python_env.ensure(development)
        oca.ensure()
        wkhtmltopdf.ensure()


def run_demo(arguments):
    """Start the demo and stay in the foreground."""
    preflight.require_port(arguments.port, arguments.host)
    prepare()
    with postgres.running() as server:
        with locks.only_one("databases"):
            conf = demo.ensure_database(server, arguments.port, arguments.host)
        demo.serve(conf, server, arguments.port)


def run_tests(arguments):
    """Run the tests."""
    prepare(development=True)
    chromium.ensure()
    with postgres.running() as server, locks.only_one("databases"):
        return tests.run(server, arguments.args)


def run_check_demo(_arguments):
    """Install with Odoo's demo data."""
    prepare(development=True)
    with (
        postgres.running() as server,
        locks.only_one("databases"),
        console.step("installing with Odoo's demo data"),
    ):
        failures = tests.check_demo_data(server)
    for module, error in failures:
        console.say(f"{module}: {error}")
    return 1 if failures else 0


def run_reset(_arguments):
    """Throw the demo database away; the next `make demo` makes it afresh."""
    prepare()
    with postgres.running() as server, locks.only_one("databases"):
        demo.reset(server)
    console.say("the demo database is gone; `make demo` makes a new one")


def run_clean(_arguments):
    """Remove everything generated."""
    if paths.STATE.is_dir():
        cluster = postgres.Cluster()
        cluster.stop()
        shutil.rmtree(cluster.home, ignore_errors=True)
        shutil.rmtree(paths.STATE)
    console.say("removed .odoo; the next command starts from nothing")


def run_shell(_arguments):
    """Open a Python shell on the demo database."""
    prepare()
    with postgres.running() as server:
        conf = odoo_run.write_conf("shell", server, demo.NAME)
        return odoo_run.command(["shell", "--no-http"], conf, server)


def run_lint(_arguments):
    """Check code, addons and translations."""
    prepare(development=True)
    return lint.run(None, None)


VERBS = {
    "check-demo": run_check_demo,
    "clean": run_clean,
    "demo": run_demo,
    "lint": run_lint,
    "reset": run_reset,
    "shell": run_shell,
    "test": run_tests,
}
