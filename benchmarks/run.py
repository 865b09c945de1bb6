"""Measure what the addon costs: Odoo without and with it, A-B-B-A, in one process.

Both databases are copies of what the set-up made, get the same master data, and every round
is rolled back. SQL counts are exact; CPU (of this process) is compared within each A-B-B-A
group only, because times of different moments are not comparable.
"""

import argparse
import gc
import os
import shutil
import sys
import time
from datetime import date
from pathlib import Path

import growth
import incidents
import lists
import plan
import psycopg2
import reports
from psycopg2 import sql
from report import large, markdown
from steps import AddonRound, Round
from world import World

from odoo import sql_db
from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry
from odoo.tools import config

RESULTS = Path(__file__).with_name("results.md")
REPORTS = Path(__file__).with_name("results-reports.md")
INCIDENTS = Path(__file__).with_name("results-incidents.md")
LISTS = Path(__file__).with_name("results-lists.md")
PLAN = Path(__file__).with_name("results-plan.md")
PURCHASE = Path(__file__).with_name("results-purchase.md")
# orders whose bags and cartons are bought at once, two lines each
TOGETHER = 50
NAMES = {"without": "gendan_bench_without", "with": "gendan_bench_with"}
# a second one with the addon, for what is compared without and with history
DATABASES = {**NAMES, "history": "gendan_bench_history"}


def main():
    """Copy, measure, print and write the tables, drop the copies."""
    arguments = parse()
    config.parse_config(["-c", os.environ["GENDAN_CONF"], "--log-level=error"], setup_logging=True)
    # the reports are the addon's own: nothing to compare with
    alone = arguments.reports or arguments.incidents or arguments.plan or arguments.lists
    sides = ["with"] if alone else list(NAMES)
    if arguments.incidents:
        sides.append("history")
    try:
        for side in sides:
            copy(os.environ[f"GENDAN_DB_{'WITHOUT' if side == 'without' else 'WITH'}"],
                 DATABASES[side])
        registries = prepare(sides)
        if arguments.incidents:
            traced_cases(registries)
            return
        if arguments.lists:
            first_screens(registries["with"])
            return
        if arguments.reports:
            managers_reports(registries["with"], arguments.orders)
            return
        if arguments.plan:
            two_years_of_plans(registries["with"])
            return
        if arguments.purchase:
            one_purchase(registries, arguments.groups)
            return
        results = measure_all(registries, arguments)
        grown = (growth.compare(registries, arguments.growth, one_round)
                 if arguments.growth else None)
    finally:
        for name in DATABASES.values():
            drop(name)
    tables = markdown(results)
    if grown:
        tables += "\n" + growth.markdown(arguments.growth, *grown) + "\n"
    RESULTS.write_text(tables)
    print("\n" + tables)


def parse():
    """Read what was asked for; by default it takes at most ten minutes on two cores."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sizes", default="1,10", help="documents at once (1,10)")
    parser.add_argument("--groups", type=int, default=6,
                        help="A-B-B-A groups at most, of each size (6)")
    parser.add_argument("--minutes", type=float, default=8,
                        help="begin no further group after this time; one of each size is made (8)")
    parser.add_argument("--lists", action="store_true",
                        help="only the first screens, without and with a year of shipping")
    parser.add_argument("--growth", type=int, default=0, metavar="ORDERS",
                        help="measure again beside a history of so many orders, too")
    parser.add_argument("--reports", action="store_true",
                        help="only the managers' reports and Today, beside a long history")
    parser.add_argument("--orders", type=int, default=reports.ORDERS,
                        help="closed orders of that history (100,000)")
    parser.add_argument("--incidents", action="store_true",
                        help="tracing a case, and the reports over 10,000 cases, and nothing else")
    parser.add_argument("--plan", action="store_true",
                        help="only the plan, with two years of it and 500 open notices")
    parser.add_argument("--purchase", action="store_true",
                        help="only one purchase of packaging for fifty orders, a hundred lines")
    return parser.parse_args()


def measure_all(registries, arguments):
    """Return ``{n: figures}``; each size has its share of the time, by what it has to do."""
    wanted = [int(size) for size in arguments.sizes.split(",")]
    results, left = {}, arguments.minutes * 60
    for number, n in enumerate(wanted, start=1):
        share = left / (len(wanted) - number + 1)
        started = time.monotonic()
        results[n] = compare(registries, n, arguments.groups, share)
        left = max(left - (time.monotonic() - started), 0)
    return results


def prepare(sides):
    """Build the master data on these sides; return the registries."""
    registries = {}
    for side in sides:
        say(f"preparing Odoo {'without' if side == 'without' else 'with'} the addon")
        registries[side] = Registry(DATABASES[side])
        with registries[side].cursor() as cr:
            world = World(Environment(cr, SUPERUSER_ID, {}), side != "without")
            world.build()
    return registries


def compare(registries, n, groups, seconds):
    """Return ``{side: [figures of each round]}`` for documents in batches of ``n``.

    No group begins that would not end within ``seconds``, the first one excepted.
    """
    results = {side: [] for side in NAMES}
    started = time.monotonic()
    for side in NAMES:
        # fills the caches that live longer than a request, with one document as well as with ten
        one_round(registries, side, 1)
    for group in range(groups):
        begun = time.monotonic()
        for side in ("without", "with", "with", "without"):
            results[side].append(one_round(registries, side, n))
        say(f"n={n}: group {group + 1} of {groups}, {time.monotonic() - started:.0f} s")
        if 2 * time.monotonic() - begun - started > seconds:
            break
    return results


def one_round(registries, side, n, part="walk"):
    """Walk all steps once, or those of one part, and roll everything back."""
    with registries[side].cursor() as cr:
        world = World(Environment(cr, SUPERUSER_ID, {}), side == "with")
        walk = (AddonRound if side == "with" else Round)(world, n)
        getattr(walk, part)()
        cr.rollback()
    gc.collect()
    return walk.figures


def first_screens(registry):
    """Write the figures of the first screens, without and with a year of history."""
    say("first screens")
    with registry.cursor() as cr:
        world = World(Environment(cr, SUPERUSER_ID, {}), True)
        table = lists.markdown(*lists.measure(world, AddonRound(world, 1)))
        cr.rollback()
    write(LISTS, "First screens of shipping", table)


def managers_reports(registry, orders):
    """Write the figures of the reports and of Today with years of history."""
    say(f"history of {orders:,} orders, then the reports")
    with registry.cursor() as cr:
        world = World(Environment(cr, SUPERUSER_ID, {}), True)
        table = reports.markdown(
            *reports.measure(world, AddonRound(world, 1), orders), orders)
        cr.rollback()
    REPORTS.write_text(table)
    print("\n" + table)


def traced_cases(registries):
    """Write the figures of tracing and of the reports over many incidents."""
    say("incidents")
    with registries["with"].cursor() as cr, registries["history"].cursor() as cr_full:
        worlds = [World(Environment(one, SUPERUSER_ID, {}), True) for one in (cr, cr_full)]
        table = incidents.markdown(*incidents.measure(*(
            part for world in worlds for part in (world, AddonRound(world, 1)))))
    write(INCIDENTS, "Tracing and the reports over incidents", table)


def write(path, title, table):
    """Write a table under its title, and show it."""
    path.write_text(f"# {title}, {date.today():%Y-%m-%d}\n\n{table}\n")
    print("\n" + table)


def one_purchase(registries, groups):
    """Write the figures of one purchase of a hundred lines, A-B-B-A."""
    results = {side: [] for side in NAMES}
    for side in NAMES:
        one_round(registries, side, 1, "large_purchase")
    for group in range(groups):
        for side in ("without", "with", "with", "without"):
            results[side].append(one_round(registries, side, TOGETHER, "large_purchase"))
        say(f"group {group + 1} of {groups}")
    table = large(TOGETHER, results)
    PURCHASE.write_text(table)
    print("\n" + table)


def two_years_of_plans(registry):
    """Write the figures of the plan, with one line and with two years of them."""
    say(f"{plan.LINES:,} plan lines, {plan.NOTICES} open notices")
    with registry.cursor() as cr:
        world = World(Environment(cr, SUPERUSER_ID, {}), True)
        table = plan.markdown(*plan.measure(world, AddonRound(world, 1)))
        cr.rollback()
    today = date.today().isoformat()
    PLAN.write_text(f"# The plan after two years, {today}\n\n`make bench ARGS=--plan`\n\n{table}\n")
    print("\n" + table)


def copy(source, name):
    """Make a database as a copy of another one."""
    drop(name)
    execute("CREATE DATABASE {} TEMPLATE {}", name, source)


def drop(name):
    """Drop a copy and what belongs to it."""
    sql_db.close_db(name)
    execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    shutil.rmtree(config.filestore(name), ignore_errors=True)


def execute(statement, *names):
    """Run a statement about databases, outside any transaction."""
    _name, info = sql_db.connection_info_for("postgres")
    connection = psycopg2.connect(**info)
    try:
        connection.autocommit = True
        connection.cursor().execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
    finally:
        connection.close()


def say(text):
    """Show the progress."""
    print(f"  {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
