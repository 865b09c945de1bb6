"""The plan with two years behind it: board of the week, today's list, the nightly refresh.

``make bench ARGS=--plan``
"""

import time
from datetime import timedelta
from unittest.mock import patch

from history import History

LINES = 10_000
NOTICES = 500
# a plan line on each of 14 machines and working days of two years
PER_DAY = 16
RUNS = 5


class Plan:
    """What planners and the job read, as their own users."""

    def __init__(self, world):
        self.world, self.env = world, world.env
        self.today = world.company._company_today()

    def figures(self):
        """Return ``{what: (SQL, seconds)}``, the quickest of some runs."""
        return {
            "week on the timeline": self._best(self._timeline),
            "plan lines of the week, list": self._best(self._week_list),
            "workshop's list of today": self._best(self._today),
            "refresh of 100 open notices": self._best(self._refresh),
            "states of 100 notices, fresh": self._best(self._states),
        }

    def _best(self, step):
        runs = []
        for _run in range(RUNS + 1):
            self.env.flush_all()
            self.env.invalidate_all()
            queries, started = self.env.cr.sql_log_count, time.process_time()
            step()
            self.env.flush_all()
            runs.append((self.env.cr.sql_log_count - queries, time.process_time() - started))
        return min(queries for queries, _seconds in runs), min(
            seconds for _queries, seconds in runs[1:])

    def _lines(self, login):
        return self.world.by(self.env["gendan.plan.line"], login).browse()

    def _timeline(self):
        monday = self.today - timedelta(days=self.today.weekday())
        lines = self._lines("merchandiser")
        lines.timeline_board(monday, monday + timedelta(days=13))
        lines.search([("day", ">=", monday), ("day", "<=", monday + timedelta(days=13))]).read(
            ["day", "workcenter_id", "notice_id", "product_id", "quantity", "state", "hours_text",
             "bar_start", "bar_width", "can_drag", "readiness"])

    def _week_list(self):
        monday = self.today - timedelta(days=self.today.weekday())
        self._lines("merchandiser").search([("week_start", "=", monday)], limit=80).read(
            ["day", "workcenter_id", "notice_id", "product_id", "quantity", "hours", "day_load",
             "is_overloaded", "state"])

    def _today(self):
        self._lines("production").search([("is_today", "=", True)]).read(
            ["workcenter_id", "notice_id", "product_id", "quantity", "hours_text", "state",
             "readiness"])

    def _open(self):
        return self.env["gendan.production.notice"].search(
            [("state", "in", ("valid", "released"))], limit=100, order="id")

    def _refresh(self):
        self._open()._refresh_milestones()

    def _states(self):
        self._open()._milestone_states()

    def nightly(self):
        """Return ``(notices, SQL, seconds)`` of the whole job, all of them stale."""
        notices = self.env["gendan.production.notice"]
        stale = notices.search([("state", "in", ("valid", "released"))])
        stale.write({"milestones_stale": True})
        self.env.flush_all()
        self.env.invalidate_all()
        queries, started = self.env.cr.sql_log_count, time.process_time()
        # the round is rolled back: its commits are left out
        with patch.object(type(self.env["ir.cron"]), "_commit_progress",
                          lambda *_args, **_kwargs: 1):
            notices._cron_refresh_milestones()
        self.env.flush_all()
        return len(stale), self.env.cr.sql_log_count - queries, time.process_time() - started


def planned_world(world, walk):
    """Make the templates by the real steps: a released notice with a line agreed by both."""
    orders = walk.new_orders(1, "MADE")
    walk.make_valid(orders, measured=False)
    notices = walk.notices_of(orders)
    notices.action_check_stock()
    notices.action_release()
    notice = orders.sudo().notice_id
    line = notice.line_ids[:1]
    day = world.company._company_today()
    while not world.company._is_working_day(day):
        day += timedelta(days=1)
    plan = world.env["gendan.plan.line"].create({
        "workcenter_id": line.production_ids.workorder_ids.workcenter_id[:1].id, "day": day,
        "notice_line_id": line.id, "quantity": line.quantity})
    return notice, plan


def measure(world, walk):
    """Return the figures with a small plan and with two years; the caller rolls back."""
    notice, plan = planned_world(world, walk)
    before = Plan(world).figures()
    history = History(world.env)
    ids = history.multiply("gendan.production.notice", notice, NOTICES,
                           name="'bench-' || g", order_id="NULL", milestones_stale="true")
    history.multiply("gendan.production.notice.line", notice.line_ids[:1], NOTICES,
                     notice_id=f"{ids[0] - 1} + g")
    lines = world.env["gendan.production.notice.line"].search([("notice_id", "in", ids)])
    history.multiply(
        "gendan.plan.line", plan, LINES, state="'confirmed'", revision_id="NULL",
        production_at="now()", packaging_at="now()",
        production_by_id=str(world.user("production").id),
        packaging_by_id=str(world.user("manager").id),
        day=f"current_date + 30 - g / {PER_DAY}",
        week_start=f"date_trunc('week', current_date + 30 - g / {PER_DAY})::date",
        notice_line_id=f"{min(lines.ids)} + mod(g, {NOTICES})",
        notice_id=f"{ids[0]} + mod(g, {NOTICES})")
    world.env.cr.execute("ANALYZE")
    two_years = Plan(world)
    return before, two_years.figures(), two_years.nightly()


def markdown(before, after, nightly):
    """Return the table of the plan."""
    rows = [f"| plan: {LINES:,} lines, {NOTICES} open notices | SQL | CPU ms | SQL, one line "
            "| CPU ms, one line |", "|---|--:|--:|--:|--:|"]
    rows += [f"| {name} | {queries} | {seconds * 1000:.0f} | {before[name][0]} | "
             f"{before[name][1] * 1000:.0f} |" for name, (queries, seconds) in after.items()]
    notices, queries, seconds = nightly
    rows.append(f"| nightly refresh of all {notices} | {queries} ({queries / notices:.1f} each) | "
                f"{seconds * 1000:.0f} | | |")
    return "\n".join(rows)
