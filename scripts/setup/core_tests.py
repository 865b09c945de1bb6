"""`make test-core`: our addons, switched off, change nothing in Odoo's own tests.

`make test-core ARGS='sale purchase'` compares the suites of these modules only.
"""

import os
from concurrent.futures import ThreadPoolExecutor

from . import databases, odoo_run, preflight, tests
from .console import SetupError, say, step

MODULES = ("sale", "sale_stock", "sale_mrp", "mrp", "purchase", "purchase_stock", "stock")


def run(server, chosen=()):
    """Run the suites without and with our addons; return whether the failures are the same.

    :param chosen: modules whose suites are run; empty for all of them
    """
    if unknown := set(chosen) - set(MODULES):
        raise SetupError(f"no suite for {', '.join(sorted(unknown))}: choose from {MODULES}")
    known = databases.Databases(server)
    base = _prepare(known)
    suites = list(chosen or MODULES)
    sides = {"without": [], "with": list(databases.manifests())}
    # one by one: a database is copied while nobody is on it
    confs = {title: _side(known, base, title, addons) for title, addons in sides.items()}
    known.drop(base)
    with step("Odoo's tests without and with our addons"):
        texts = _beside_each_other(known.server, confs, suites)
    for title in sides:
        known.drop(f"{base}_{title}")
    without, ours = (_failures(title, texts[title]) for title in sides)
    for title, more in (("only with", ours - without), ("only without", without - ours)):
        for name in sorted(more):
            say(f"{title} our addons fails: {name}")
    say(f"core tests: {len(without)} failures without, {len(ours)} with our addons")
    return ours == without


def _prepare(known):
    """Return a database with Odoo's modules and their demo data, which the suites count on."""
    name = "gendan_coretest"
    known.drop(name)
    conf = odoo_run.write_conf("core-tests", known.server, name)
    with step("core modules with demo data"):
        odoo_run.install(
            conf, known.server, "core-tests-install", "--with-demo", "-i", ",".join(MODULES)
        )
    return name


def _side(known, base, title, addons):
    """Copy the database and install the addons in it; return the path of its configuration."""
    name = f"{base}_{title}"
    known.copy(base, name)
    conf = odoo_run.write_conf(
        f"core-tests-{title}", known.server, name, port=preflight.free_port()
    )
    if addons:
        with step(f"installing {', '.join(addons)}"):
            odoo_run.install(conf, known.server, "core-tests-addons", "-i", ",".join(addons))
    return conf


def _beside_each_other(server, confs, suites):
    """Return ``{side: what Odoo wrote}``; each side takes half an hour of one core."""
    with ThreadPoolExecutor(min(len(confs), os.cpu_count() or 1)) as pool:
        runs = {title: pool.submit(_run_suite, conf, server, title, suites)
                for title, conf in confs.items()}
        return {title: run.result() for title, run in runs.items()}


def _failures(title, text):
    """Return the names of the tests that failed; a run that did not end is an error."""
    counts = tests.COUNT.findall(text)
    if not counts:
        raise SetupError(f"Odoo's tests did not come to an end (log: .odoo/log/core-{title}.log)")
    say(f"    {title} our addons: {counts[-1][2]} tests")
    return set(tests.FAILURE.findall(text))


def _run_suite(conf, server, title, suites):
    """Run with `-u`, so that the tests marked at_install run too."""
    return tests.odoo_log(
        conf, server, f"core-{title}", "core tests", "-u", ",".join(suites),
        "--test-tags", ",".join(f"/{name}" for name in suites),
    )  # fmt: skip
