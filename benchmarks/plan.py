"""The plan with two years behind it: board of the week, today's list, the nightly refresh.

``make bench ARGS=--plan``
"""

import time
from datetime import timedelta
from typing import NamedTuple
from unittest.mock import patch

from history import History
from lists import Screens

LINES = 10_000
NOTICES = 500
# lines of one day: two years of working days hold ten thousand of them
PER_DAY = 16
# what a planner may see of it, 45 days around today: the same before and after
AROUND, AHEAD = 45, 30
SHOWN = 200
RUNS = 25
PLAN = "gendan.plan.line"
GOAL = 1.5


class Shown(NamedTuple):
    """What a screen takes beside its plain list: the quickest runs, and the very first one."""

    queries: int
    cpu: float
    plain_cpu: float
    wall: float
    plain_wall: float
    cold_queries: int
    cold: float

    @property
    def ratio(self):
        return self.cpu / self.plain_cpu


class Plan(Screens):
    """What planners and the workshop read of the plan, beside the plain stored list of it."""

    def __init__(self, world):
        self.world, self.env = world, world.env
        today = world.company._company_today()
        self.monday = today - timedelta(days=today.weekday())
        standing = ("state", "in", ("proposed", "confirmed", "done"))
        self.screens = {
            "two weeks on the timeline": (PLAN, "timeline", [
                ("day", ">=", self.monday), ("day", "<=", self.monday + timedelta(days=13)),
                standing]),
            "this week, list": (PLAN, "list", [("week_start", "=", self.monday), standing]),
            "workshop's list of today": (PLAN, "kanban", [("is_today", "=", True), standing]),
        }

    def figures(self):
        """Return ``{screen: Shown}``, and ``(SQL, seconds)`` of the rows behind the timeline."""
        return {name: self._measure(model, domain, (
            self._specification(model, kind), self._plain(model, kind)))
            for name, (model, kind, domain) in self.screens.items()}, self._board()

    def _measure(self, model, domain, specifications):
        """Read screen and plain list in turn; the quickest of each is without the neighbours."""
        records = self.world.by(self.env[model], "merchandiser")
        self._forget()
        cold_queries, _cpu, cold = self._read(records, domain, specifications[0])
        mine, plain = zip(*(
            [self._read(records, domain, one) for one in specifications]
            for _run in range(RUNS)), strict=True)
        quickest = [min(of_one[part] for of_one in runs)
                    for part in (1, 2) for runs in (mine, plain)]
        return Shown(mine[-1][0], *quickest, cold_queries, cold)

    def _read(self, records, domain, specification):
        return self._timed(
            lambda: records.web_search_read(domain, specification, limit=SHOWN))

    def _timed(self, read):
        """Return ``(SQL, CPU seconds of this process, seconds by the clock)``."""
        self.env.invalidate_all()
        queries, cpu, wall = (
            self.env.cr.sql_log_count, time.process_time(), time.perf_counter())
        read()
        return (self.env.cr.sql_log_count - queries, time.process_time() - cpu,
                time.perf_counter() - wall)

    def _board(self):
        """Read the rows behind the timeline; they have no plain list, so they stand alone."""
        lines = self.world.by(self.env[PLAN], "merchandiser")
        runs = [self._timed(lambda: lines.timeline_board(
            self.monday, self.monday + timedelta(days=13))) for _run in range(RUNS + 1)][1:]
        return runs[0][0], min(wall for _queries, _cpu, wall in runs)

    def _forget(self):
        """Take this worker's memory away, as a restart does."""
        self.env.registry.__dict__.pop("gendan_memories", None)

    # ------------------------------------------------------------- nightly refresh

    def refreshed(self, count):
        """Return ``(SQL, seconds)`` of the job for ``count`` open notices, all of them stale."""
        notices = self.env["gendan.production.notice"]
        stale = notices.search([("state", "=", "released")], limit=count, order="id")
        notices.search([]).write({"milestones_stale": False, "milestones_on": "2100-01-01"})
        stale.write({"milestones_stale": True})
        self.env.flush_all()
        self.env.invalidate_all()
        queries, started = self.env.cr.sql_log_count, time.process_time()
        # the round is rolled back: its commits are left out
        with patch.object(type(self.env["ir.cron"]), "_commit_progress",
                          lambda *_args, **_kwargs: 1):
            notices._cron_refresh_milestones()
        self.env.flush_all()
        return self.env.cr.sql_log_count - queries, time.process_time() - started


def planned_world(world, walk):
    """Make the templates by the real steps: a released notice, settled, bought for, planned."""
    purchases = walk.packaging_purchases()
    purchases.button_confirm()
    walk.receive("packaging receipt", purchases)
    notices = purchases.sudo().order_line.allocation_ids.need_id.notice_id
    line = notices.line_ids[:1]
    day = world.company._company_today()
    while not world.company._is_working_day(day):
        day += timedelta(days=1)
    plan = world.by(world.env[PLAN], "merchandiser").create({
        "workcenter_id": line.production_ids.workorder_ids.workcenter_id[:1].id, "day": day,
        "notice_line_id": line.id, "quantity": line.quantity})
    return notices, plan.sudo()


class Years:
    """Notices and plan lines, multiplied from those that the real steps made."""

    def __init__(self, world, notice, plan):
        self.world, self.plan = world, plan
        self.history = History(world.env)
        self.notices = self.history.multiply(
            "gendan.production.notice", notice, NOTICES, name="'bench-' || g", order_id="NULL",
            milestones_stale="true")
        self.lines = self.history.multiply(
            "gendan.production.notice.line", notice.line_ids[:1], NOTICES,
            notice_id=f"{self.notices[0] - 1} + g", order_line_id="NULL")
        self._materials(notice.line_ids[:1])

    def _materials(self, line):
        """Give each line its needs, asked about and bought; a third of it is still to come."""
        multiply = self.history.multiply
        head = {"notice_line_id": f"{self.lines[0] - 1} + g",
                "notice_id": f"{self.notices[0] - 1} + g"}
        for carton in self.world.env["gendan.carton.specification"].search(
                [("notice_line_id", "=", line.id)]):
            multiply(carton._name, carton, NOTICES, **head)
        for need in self.world.env["gendan.need"].search([("notice_line_id", "=", line.id)]):
            needs = multiply(need._name, need, NOTICES, **head)
            of_need = {"need_id": f"{needs[0] - 1} + g"}
            for enquiry in need.eta_enquiry_ids:
                multiply(enquiry._name, enquiry, NOTICES, **of_need, **head)
            for part in need.allocation_ids:
                bought = self._bought(part.purchase_line_id)
                multiply(part._name, part, NOTICES, purchase_line_id=bought, **of_need)

    def _bought(self, purchase_line):
        multiply = self.history.multiply
        lines = multiply(
            purchase_line._name, purchase_line, NOTICES,
            date_planned="now()::timestamp + interval '3 days'",
            qty_received="CASE WHEN mod(g, 3) = 0 THEN 0 ELSE t.qty_received END")
        bought = f"{lines[0] - 1} + g"
        state = "CASE WHEN mod(g, 3) = 0 THEN 'assigned' ELSE 'done' END"
        for move in purchase_line.move_ids:
            moves = multiply(move._name, move, NOTICES, purchase_line_id=bought, state=state)
            for row in move.move_line_ids:
                multiply(row._name, row, NOTICES, move_id=f"{moves[0] - 1} + g", state=state)
        return bought

    def add(self, first, count):
        """Add plan lines, the first one in the future and each day ``PER_DAY`` of them."""
        day = f"current_date + {AHEAD} - (g + {first - 1}) / {PER_DAY}"
        self.history.multiply(
            PLAN, self.plan, count, state="'confirmed'", revision_id="NULL",
            production_at="now()", packaging_at="now()",
            production_by_id=str(self.world.user("production").id),
            packaging_by_id=str(self.world.user("manager").id), day=day,
            week_start=f"date_trunc('week', ({day})::timestamp)::date",
            notice_line_id=f"{self.lines[0]} + mod(g, {NOTICES})",
            notice_id=f"{self.notices[0]} + mod(g, {NOTICES})")
        self.world.env.cr.execute("ANALYZE")


def measure(world, walk):
    """Return the figures without and with two years behind them; the caller rolls back."""
    years = Years(world, *planned_world(world, walk))
    years.add(1, AROUND * PER_DAY)
    # all rows are of this one transaction; a screen is read by one that writes nothing
    with patch.object(type(world.env["gendan.row.version"]), "_has_written", lambda *_args: False):
        before = Plan(world).figures()
        years.add(AROUND * PER_DAY + 1, LINES - AROUND * PER_DAY)
        after = Plan(world)
        return before, after.figures(), {count: after.refreshed(count) for count in (
            1, 100, NOTICES)}


def markdown(before, after, nightly):
    """Return the tables of the plan."""
    (screens, board), (screens2, board2) = before, after
    rows = [f"| plan: {LINES:,} lines, {NOTICES} open notices | SQL | after two years | CPU, × "
            f"plain list | after two years | goal ≤ ×{GOAL} | by the clock, ms | plain list | "
            "first look after a restart: SQL | ms |",
            "|---|--:|--:|--:|--:|---|--:|--:|--:|--:|"]
    for name, one in screens.items():
        two = screens2[name]
        met = max(one.ratio, two.ratio) <= GOAL and two.queries <= one.queries
        rows.append(
            f"| {name} | {one.queries} | {two.queries} | ×{one.ratio:.2f} | ×{two.ratio:.2f} | "
            f"{'met' if met else '**missed**'} | {two.wall * 1000:.0f} | "
            f"{two.plain_wall * 1000:.0f} | {two.cold_queries} | {two.cold * 1000:.0f} |")
    rows += ["", f"Rows and cells behind the timeline: {board2[0]} SQL (without the two years "
             f"{board[0]}), {board2[1] * 1000:.0f} ms."]
    rows += ["", "Each notice line has its raw material, bag and carton, asked about and bought; "
             "a third of the packaging is still to come, the rest came unchecked. What a line "
             "waits for is remembered while none of the rows behind it moves; CPU is that of the "
             "server's process, the clock has PostgreSQL in it."]
    rows += ["", "| nightly refresh, all stale | SQL | each | CPU ms |", "|---|--:|--:|--:|"]
    rows += [f"| {count} notices | {queries} | {queries / count:.2f} | {seconds * 1000:.0f} |"
             for count, (queries, seconds) in nightly.items()]
    return "\n".join(rows)
