"""`make test`: every test, in a database of its own."""

import os
import re
import shlex
import shutil
from contextlib import ExitStack

from . import databases, odoo_run, paths, preflight
from .console import SetupError, say, step

NAME = "gendan_test"
# what Odoo's own runner says of itself
FAILURE = re.compile(r"(?:FAIL|ERROR): ((?:Subtest )?\w+\.test\w*.*)$", re.MULTILINE)
COUNT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
# A run needs a core for itself and some for PostgreSQL and Chromium: more than four gain nothing.
MOST_RUNS = 4
# where the runs say which file each has taken
CLAIMS = "GENDAN_TEST_CLAIMS"
# which of the runs this is: 0, 1, …
RUN = "GENDAN_TEST_RUN"


def prepare(server, runs=1):
    """Have fresh test databases, one for each run; return their configuration files."""
    known = databases.Databases(server)
    ready = known.ensure_ready()
    return [_prepared(known, ready, NAME if run == 0 else f"{NAME}_{run + 1}", server)
            for run in range(runs)]


def _prepared(known, ready, name, server):
    known.copy(ready, name)
    return odoo_run.write_conf(
        name.removeprefix("gendan_"), server, name, port=preflight.free_port())


def runs_at_once(arguments):
    """Return how many runs share the tests: the whole suite is spread over the cores."""
    cores = len(os.sched_getaffinity(0))
    return 1 if arguments else max(1, min(cores, MOST_RUNS))


def run(confs, server, arguments):
    """Run pytest once for each configuration, beside each other; return the worst exit code.

    What the first run prints is seen as it comes, that of the others when all have ended.
    """
    chosen = shlex.split(arguments)
    env = {
        CLAIMS: str(_empty(paths.TMP / "claims")),
        "COVERAGE_FILE": str(paths.STATE / "coverage"),
        "HYPOTHESIS_STORAGE_DIRECTORY": str(paths.CACHE / "hypothesis"),
        "PYTHONPATH": str(paths.SCRIPTS),
    }
    logs = [paths.LOG / f"{conf.stem}.log" for conf in confs[1:]]
    say()
    with ExitStack() as stack:
        outputs = [None, *(stack.enter_context(log.open("w")) for log in logs)]
        children = [
            stack.enter_context(odoo_run.started(
                _pytest(conf, chosen), server,
                cwd=paths.ROOT, env={**env, RUN: str(number)}, stdout=output, stderr=output))
            for number, (conf, output) in enumerate(zip(confs, outputs, strict=True))
        ]  # fmt: skip
        codes = odoo_run.wait(children)
    for log in logs:
        say(f"\n{log.read_text(errors='replace')}")
    return max(codes, key=abs)


def _pytest(conf, chosen):
    """Return the command of one run."""
    return [
        "-m", "pytest", "-p", "setup.strict_skips", "-p", "setup.shares",
        f"--odoo-config={conf}", "--odoo-http",
        "-o", f"cache_dir={paths.CACHE / 'pytest' / conf.stem}",
        *chosen, *([] if _names_files(chosen) else _folders()),
    ]  # fmt: skip


def _empty(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


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
