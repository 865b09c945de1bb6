"""`make test`: every test, in a database of its own."""

import os
import re
import shlex

from . import databases, odoo_run, paths, preflight
from .console import SetupError, say, step

NAME = "gendan_test"
# what Odoo's own runner says of itself
FAILURE = re.compile(r"(?:FAIL|ERROR): ((?:Subtest )?\w+\.test\w*.*)$", re.MULTILINE)
COUNT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")


def prepare(server):
    """Have a fresh test database; return its configuration file."""
    known = databases.Databases(server)
    known.copy(known.ensure_ready(), NAME)
    return odoo_run.write_conf("test", server, NAME, port=preflight.free_port())


def run(conf, server, arguments):
    """Run pytest with coverage; return its exit code."""
    chosen = shlex.split(arguments)
    say()
    return odoo_run.python(
        ["-m", "pytest", "-p", "setup.strict_skips", f"--odoo-config={conf}", "--odoo-http",
         *_report(chosen), *chosen, *([] if _names_files(chosen) else _folders())],
        server,
        cwd=paths.ROOT,
        env={
            "COVERAGE_FILE": str(paths.STATE / "coverage"),
            "HYPOTHESIS_STORAGE_DIRECTORY": str(paths.CACHE / "hypothesis"),
            "PYTHONPATH": str(paths.SCRIPTS),
        },
    )  # fmt: skip


def run_by_odoo(conf, server):
    """Run the addons' own tests with `--test-tags`; return 1 if one of them failed."""
    names = list(databases.manifests())
    with step(f"the tests of {', '.join(names)} by Odoo's own runner"):
        text = odoo_log(
            conf, server, "odoo-runner", "Odoo's runner",
            "-u", ",".join(names), "--test-tags", ",".join(f"/{name}" for name in names),
        )  # fmt: skip
    counts = COUNT.findall(text)
    if not counts:
        raise SetupError("the tests did not come to an end (log: .odoo/log/odoo-runner.log)")
    failures = sorted(set(FAILURE.findall(text)))
    for name in failures:
        say(f"failed: {name}")
    say(f"{counts[-1][2]} tests, {len(failures)} failed")
    return 1 if failures else 0


def odoo_log(conf, server, log, what, *arguments):
    """Run Odoo's runner; return what it wrote. A failed test is no error of the command."""
    try:
        return odoo_run.odoo(
            conf, server, log, what, "server", "--stop-after-init", *arguments)
    except SetupError:
        return (paths.LOG / f"{log}.log").read_text(errors="replace")


def _report(chosen):
    """Measure coverage of whole runs only: of a part it says nothing."""
    return [] if chosen else ["--cov", "--cov-report=term:skip-covered"]


def _names_files(chosen):
    return any(os.path.exists(paths.ROOT / part.split("::")[0]) for part in chosen)


def _folders():
    """Return the folders that hold tests."""
    found = sorted(path for path in paths.ADDONS.glob("*/tests") if path.is_dir())
    return [paths.TESTS, *found] if paths.TESTS.is_dir() else found


def check_demo_data(server):
    """Install our addons with Odoo's demo data and fail on anything that did not load."""
    known = databases.Databases(server)
    name = "gendan_with_demo"
    known.drop(name)
    conf = odoo_run.write_conf("with-demo", server, name)
    wanted = ",".join(databases.manifests())
    odoo_run.install(
        conf, server, "install-with-demo", "--with-demo", "-i", wanted,
        "--load-language", databases.LANGUAGES,
    )  # fmt: skip
    failures = known.sql.execute(
        name,
        "SELECT m.name, f.error FROM ir_demo_failure f"
        " JOIN ir_module_module m ON m.id = f.module_id",
    )
    known.drop(name)
    return failures
