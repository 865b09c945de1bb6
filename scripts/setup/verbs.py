"""What `make` can be asked for."""

import os
import shlex
import shutil

from . import (
    chromium,
    console,
    core_tests,
    databases,
    demo,
    deploy_check,
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
    translations,
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
    port = preflight.require_port(arguments.port, arguments.host)
    prepare()
    with postgres.running() as server:
        with locks.only_one("databases"):
            conf = demo.ensure_database(server, port, arguments.host)
        demo.serve(conf, server, port)


def run_tests(arguments):
    """Run the tests."""
    prepare(development=True)
    chromium.ensure()
    with postgres.running() as server, locks.only_one("test run"):
        with locks.only_one("databases"):
            confs = tests.prepare(server, tests.runs_at_once(arguments.args))
        return tests.run(confs, server, arguments.args)


def run_screens(arguments):
    """Run the tours and keep what they show in docs/screens."""
    os.environ["GENDAN_SCREENS"] = str(paths.ROOT / "docs/screens")
    arguments.args = arguments.args or "-k tour"
    return run_tests(arguments)


def run_test_odoo(_arguments):
    """Run the addons' tests by Odoo's own runner instead of pytest."""
    prepare(development=True)
    chromium.ensure()
    with postgres.running() as server, locks.only_one("test run"):
        with locks.only_one("databases"):
            (conf,) = tests.prepare(server)
        return tests.run_by_odoo(conf, server)


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
    """Make the demo database afresh."""
    prepare()
    with postgres.running() as server, locks.only_one("databases"):
        demo.reset(server)
    console.say("the demo database is new; `make demo` starts it")


def run_clean(_arguments):
    """Remove everything generated."""
    if paths.STATE.is_dir():
        if not os.environ.get("PGHOST"):
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
    """Check code, addons and translations; everything before the verdict."""
    prepare(development=True)
    failed = lint.run_code()
    with postgres.running() as server, locks.only_one("databases"):
        failed += lint.run_translations(server)
    console.say(f"lint: {'failed: ' + ', '.join(failed) if failed else 'clean'}")
    return 1 if failed else 0


def run_lint_code(_arguments):
    """Check what needs no database: fast enough for every commit."""
    prepare(development=True)
    return 1 if lint.run_code() else 0


def run_i18n(_arguments):
    """Export the terms and merge them into each zh_CN.po."""
    prepare(development=True)
    with postgres.running() as server, locks.only_one("databases"):
        ready = databases.Databases(server).ensure_ready()
        conf = odoo_run.write_conf("ready", server, ready)
        translations.refresh(conf, server, list(databases.manifests()))


def run_test_core(arguments):
    """Compare Odoo's own tests without and with our addons."""
    prepare(development=True)
    chromium.ensure()
    with postgres.running() as server, locks.only_one("databases"):
        chosen = arguments.args.replace(",", " ").split()
        return 0 if core_tests.run(server, chosen) else 1


def run_bench(arguments):
    """Measure what the addons cost."""
    program = paths.ROOT / "benchmarks/run.py"
    if not program.is_file():
        raise console.SetupError("there is no benchmarks/run.py yet")
    prepare(development=True)
    with postgres.running() as server, locks.only_one("databases"):
        known = databases.Databases(server)
        known.ensure_core()
        ready = known.ensure_ready()
        conf = odoo_run.write_conf("ready", server, ready)
        return odoo_run.python(
            [program, *shlex.split(arguments.args)],
            server,
            cwd=paths.ROOT,
            env={
                "GENDAN_CONF": str(conf),
                "GENDAN_DB_WITHOUT": known.core_name,
                "GENDAN_DB_WITH": ready,
            },
        )


def run_lock(_arguments):
    """Write the lock files anew."""
    prepare()
    python_env.lock()


def run_check_deploy(_arguments):
    """Check the production files."""
    prepare()
    with postgres.running() as server, locks.only_one("databases"):
        deploy_check.run(server)


def run_stop(_arguments):
    """Stop the private PostgreSQL unless another command uses it."""
    if (paths.STAMPS / "postgres").is_file() and not os.environ.get("PGHOST"):
        postgres.stop_unused()


VERBS = {
    "bench": run_bench,
    "check-demo": run_check_demo,
    "check-deploy": run_check_deploy,
    "clean": run_clean,
    "demo": run_demo,
    "i18n": run_i18n,
    "lint": run_lint,
    "lint-code": run_lint_code,
    "lock": run_lock,
    "reset": run_reset,
    "screens": run_screens,
    "shell": run_shell,
    "stop": run_stop,
    "test": run_tests,
    "test-core": run_test_core,
    "test-odoo": run_test_odoo,
}
