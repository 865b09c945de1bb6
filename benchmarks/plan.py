"""The plan with two years behind it: board of the week, today's list, the nightly refresh.

``make bench ARGS=--plan``
"""

import time
from datetime import timedelta
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
RUNS = 7
PLAN = "gendan.plan.line"
GOAL = 1.5


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

    def _board(self):
        """Read the rows behind the timeline; they have no plain list, so they stand alone."""
        lines = self.world.by(self.env[PLAN], "merchandiser")
        runs = [self._timed(lambda: lines.timeline_board(
            self.monday, self.monday + timedelta(days=13))) for _run in range(RUNS + 1)][1:]
        return runs[0][0], min(seconds for _queries, seconds in runs)

    def figures(self):
        """Return ``{screen: (SQL, seconds, SQL of the plain list, its seconds)}``, and the rows."""
        return {name: self._measure(model, domain, (
            self._specification(model, kind), self._plain(model, kind)))
            for name, (model, kind, domain) in self.screens.items()}, self._board()

    def _measure(self, model, domain, specifications):
        records = self.world.by(self.env[model], "merchandiser")
        runs = [[self._read(records, domain, one) for one in specifications]
                for _run in range(RUNS + 1)][1:]
        return [figure for of_one in zip(*runs, strict=True)
                for figure in (of_one[0][0], min(seconds for _queries, seconds in of_one))]

    def _read(self, records, domain, specification):
        return self._timed(
            lambda: records.web_search_read(domain, specification, limit=SHOWN))

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
    """Make the templates by the real steps: a released notice, its process settled, planned."""
    orders = walk.new_orders(1, "MADE")
    walk.make_valid(orders, measured=False)
    notices = walk.notices_of(orders)
    notices.action_check_stock()
    notices.action_release()
    walk.settle(notices)
    line = notices.sudo().line_ids[:1]
    day = world.company._company_today()
    while not world.company._is_working_day(day):
        day += timedelta(days=1)
    plan = world.by(world.env[PLAN], "merchandiser").create({
        "workcenter_id": line.production_ids.workorder_ids.workcenter_id[:1].id, "day": day,
        "notice_line_id": line.id, "quantity": line.quantity})
    return notices.sudo(), plan.sudo()


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
    before = Plan(world).figures()
    years.add(AROUND * PER_DAY + 1, LINES - AROUND * PER_DAY)
    after = Plan(world)
    return before, after.figures(), {count: after.refreshed(count) for count in (
        1, 100, NOTICES)}


def markdown(before, after, nightly):
    """Return the tables of the plan."""
    (screens, board), (screens2, board2) = before, after
    rows = [f"| plan: {LINES:,} lines, {NOTICES} open notices | SQL | after two years | × plain "
            f"list | after two years | goal ≤ ×{GOAL} |", "|---|--:|--:|--:|--:|---|"]
    for name, (queries, seconds, _plain_queries, plain) in screens.items():
        queries2, seconds2, _queries, plain2 = screens2[name]
        ratio, ratio2 = seconds / plain, seconds2 / plain2
        met = max(ratio, ratio2) <= GOAL and queries2 <= queries
        rows.append(f"| {name} | {queries} | {queries2} | ×{ratio:.2f} | ×{ratio2:.2f} | "
                    f"{'met' if met else '**missed**'} |")
    rows.append(f"| rows and cells behind the timeline | {board[0]} | {board2[0]} | "
                f"{board[1] * 1000:.0f} ms | {board2[1] * 1000:.0f} ms | |")
    rows += ["", "| nightly refresh, all stale | SQL | each | CPU ms |", "|---|--:|--:|--:|"]
    rows += [f"| {count} notices | {queries} | {queries / count:.2f} | {seconds * 1000:.0f} |"
             for count, (queries, seconds) in nightly.items()]
    return "\n".join(rows)
