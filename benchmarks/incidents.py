"""Tracing a case without and with a year of history around it; reports over 10,000 cases.

``make bench ARGS=--incidents``: two databases, the one with the history in it, are asked in turn,
A-B-B-A; each case is rolled back, so that every round finds the same.
"""

import gc
import statistics
import time
from functools import partial

from history import YEAR, History
from reports import kept_rows, quickest, verdict

from odoo.fields import Command, Datetime
from odoo.tools import SQL

CASES = 10_000
# groups of A-B-B-A, and those before them that fill what is cached for ever
GROUPS, WARM = 25, 3
GROWTH = 1.2
ROLES = {"qc": "E-QC", "plan_manager": "E-PM", "packaging_keeper": "E-KK", "packaging": "E-PK"}
# what the bare queries below and the reports group by
BY_CASE = """
    SELECT %s, COUNT(*), SUM(d.loss) FROM gendan_incident i
      JOIN gendan_incident_decision d ON d.id = i.decision_id
     WHERE i.state <> 'cancel' AND i.company_id = %s GROUP BY 1"""
BY_PERSON = """
    SELECT %s, COUNT(DISTINCT i.id), SUM(l.share_amount) FROM gendan_incident i
      JOIN gendan_incident_decision d ON d.id = i.decision_id
      JOIN gendan_incident_decision_line l ON l.decision_id = d.id
     WHERE i.state <> 'cancel' AND i.company_id = %s GROUP BY 1"""
REPEATS = """
    SELECT cause_id, COUNT(*), MAX(same) FROM (
        SELECT cause_id, COUNT(*) OVER (
                   PARTITION BY company_id, cause_id, product_id ORDER BY event_at
                   RANGE BETWEEN INTERVAL '90 days' PRECEDING AND CURRENT ROW) - 1 AS same
          FROM gendan_incident WHERE state <> 'cancel' AND company_id = %s) repeated
     WHERE same > 0 GROUP BY 1"""
CASE, PART = "gendan.incident", "gendan.incident.report"
OF_CASES = [("state", "!=", "cancel")]
# title: model, domain, groups, aggregates, and the bare query of the same figures
REPORTS = {
    "by rule (Pareto)": (CASE, OF_CASES, ["ruled_by_id"], ["__count", "loss:sum"],
                         BY_CASE, "d.leading_rule_id"),
    "by role": (PART, [], ["role"], ["incident_id:count_distinct", "loss_part:sum"],
                BY_PERSON, "l.role"),
    "by person": (PART, [], ["employee_id"], ["incident_id:count_distinct", "loss_part:sum"],
                  BY_PERSON, "l.employee_id"),
    "by product": (CASE, OF_CASES, ["product_id"], ["__count", "loss:sum"],
                   BY_CASE, "i.product_id"),
    "by month (trend)": (CASE, OF_CASES, ["event_at:month"], ["__count", "loss:sum"],
                         BY_CASE, "date_trunc('month', i.event_at)"),
    "repeat causes": (CASE, [*OF_CASES, ("same_before", ">", 0)], ["cause_id"],
                      ["__count", "same_before:max"], REPEATS, None),
}


class Cases:
    """Cases of a scratch database, the first one made by its own steps."""

    def __init__(self, world, walk):
        self.world, self.env = world, world.env
        self._hire()
        orders = walk.new_orders(1, "STOCKED")
        walk.make_valid(orders, measured=False)
        walk.notices_of(orders).action_check_stock()
        self.notice = orders.sudo().notice_id
        self.history = History(self.env)

    def _hire(self):
        """Quality control, the chair and two keepers, each with an employee."""
        self.people = {}
        for role, name in ROLES.items():
            user = self.env["res.users"].create({
                "name": name, "login": f"bench_{role}", "company_id": self.world.company.id,
                "company_ids": [Command.set(self.world.company.ids)],
                "group_ids": [Command.link(self.env.ref(f"gendan_followup.group_{role}").id)]})
            self.people[role] = self.env["hr.employee"].create({
                "name": name, "user_id": user.id, "company_id": self.world.company.id})

    def report(self, code="packaging_use"):
        """Report a case about the notice, as quality control; it is traced at once."""
        incident = self.world.by(self.env["gendan.incident"], "qc").create({
            "subject": "bench", "notice_id": self.notice.id,
            "cause_id": self.env.ref(f"gendan_liability.cause_{code}").id,
            "event_at": Datetime.now(), "discovered_at": Datetime.now(),
            "loss_ids": [Command.create({"description": "x", "price": 960.01})]})
        self.env.flush_all()
        return incident

    def decided(self):
        """Return a case that the chair decided: two persons, half and half."""
        incident = self.report()
        self.world.by(incident.match_ids, "qc").unlink()
        self.world.by(self.env["gendan.incident.match"], "qc").create({
            "incident_id": incident.id, "reason": "bench", "is_leading": True,
            "rule_id": self.env["gendan.liability.rule"]._by_code("L-K4").id})
        self.world.by(incident, "qc").action_propose()
        lines = [{"role": share.role, "employee_id": self.people[share.role].id,
                  "share_code": share.share_code, "percent": share.percent}
                 for share in incident.sudo().share_ids]
        self.world.by(incident, "plan_manager").action_decide(lines, "bench")
        return incident.sudo()

    def trace(self):
        """Return ``(SQL, seconds)`` of reporting and tracing one case with its proposal."""
        self.env.invalidate_all()
        gc.collect()
        gc.disable()
        queries, started = self.env.cr.sql_log_count, time.perf_counter()
        self.report()
        figures = self.env.cr.sql_log_count - queries, time.perf_counter() - started
        gc.enable()
        self.env.cr.rollback()
        return figures

    def year_of_work(self):
        """Add a year of other orders' refusals, sheets and abnormalities."""
        now = f"now()::timestamp - (mod(g, {YEAR}) || ' days')::interval"
        template = self.env["gendan.check.template"]._template_of("coding", self.world.company)
        sheet = self.env["gendan.check.sheet"].create({"template_id": template.id})
        audit = self.env["gendan.audit"].sudo().create({
            "kind": "refused", "gate": "bench", "res_model": "gendan.production.notice",
            "res_ids": "[0]", "document": "another", "company_id_int": self.world.company.id,
            "user_id_int": 1, "user_name": "x", "message": "x"})
        self.history.multiply("gendan.audit", audit, 20 * YEAR, occurred_at=now)
        self.history.multiply("gendan.check.sheet", sheet, 60 * YEAR, event_at=now,
                              state="'closed'")
        self.analyze()

    def ten_thousand(self, template):
        """Multiply a decided case, over two years, all rules, kinds and products."""
        rules = self._array(self.env["gendan.liability.rule"].search([("basis", "!=", "none")]))
        causes = self._array(self.env["gendan.incident.cause"].search([]))
        products = self._array(self.world.products(""))
        incidents = self.history.multiply(
            "gendan.incident", template, CASES, name="'BENCH-' || g",
            event_at="now()::timestamp - (mod(g * 7, 730) || ' days')::interval",
            cause_id=causes, product_id=products, leading_rule_id=rules, ruled_by_id=rules)
        decisions = self.history.multiply(
            "gendan.incident.decision", template.decision_id, CASES,
            incident_id=f"{incidents[0]} - 1 + g", leading_rule_id=rules)
        for line in template.decision_id.line_ids:
            self.history.multiply(
                "gendan.incident.decision.line", line, CASES,
                decision_id=f"{decisions[0]} - 1 + g", incident_id=f"{incidents[0]} - 1 + g")
        self.env.execute_query(SQL(
            "UPDATE gendan_incident i SET decision_id = d.id FROM gendan_incident_decision d "
            "WHERE d.incident_id = i.id AND i.id >= %s RETURNING 1", incidents[0]))
        self.analyze()
        cases = self.env["gendan.incident"].browse(range(incidents[0], incidents[0] + CASES))
        cases._count_repeats(cases._repeat_places())
        self.analyze()

    def _array(self, records):
        ids = ", ".join(map(str, records.ids))
        return f"(ARRAY[{ids}])[1 + mod(g, {len(records)})]"

    def analyze(self):
        """Let the planner know what was added, as autovacuum would."""
        self.env.cr.execute("ANALYZE")
        self.env.invalidate_all()

    def report_figures(self):
        """Return ``{report: (seconds, seconds of the bare query)}``, the quickest of each."""
        return {name: self._compare(*of_report) for name, of_report in REPORTS.items()}

    def _compare(self, model, domain, groups, aggregates, query, column):
        rows = self.world.by(self.env[model], "plan_manager")
        company = self.world.company.id
        bare = SQL(query, company) if column is None else SQL(query, SQL(column), company)
        call = partial(rows.formatted_read_group, domain, groups, aggregates)
        mine = quickest(self.world, call)[1]
        bare = quickest(self.world, partial(self.env.execute_query, bare))[1]
        if model == CASE:
            # its rows lie ready in their own table: there is no view to leave out
            return mine, bare, mine
        with kept_rows(rows, domain):
            return mine, bare, quickest(self.world, call)[1]


def measure(world, walk, world_full, walk_full):
    """Return the figures of tracing in both worlds, and of the reports in the full one."""
    empty, full = Cases(world, walk), Cases(world_full, walk_full)
    empty.decided()
    template = full.decided()
    full.year_of_work()
    full.ten_thousand(template)
    for cases in (empty, full):
        # the databases are dropped anyway
        cases.env.cr.commit()
    return compare(empty, full), full.report_figures()


def compare(empty, full):
    """Return ``(SQL, seconds)`` of each run without and with history, and each group's ratio."""
    gc.freeze()
    without, with_history, ratios = [], [], []
    for group in range(WARM + GROUPS):
        first, *both, last = (cases.trace() for cases in (empty, full, full, empty))
        if group >= WARM:
            without += [first, last]
            with_history += both
            ratios.append(sum(seconds for _queries, seconds in both) / (first[1] + last[1]))
    gc.unfreeze()
    return without, with_history, ratios


def traced(without, with_history, ratios):
    """Return the rows about tracing."""
    ratio = statistics.median(ratios)
    queries, queries2 = (sorted({queries for queries, _seconds in runs})
                         for runs in (without, with_history))
    met = queries == queries2 and ratio <= GROWTH
    quarters = statistics.quantiles(ratios)
    rows = ["| reporting and tracing one case | SQL | ms, median | quickest | |",
            "|---|--:|--:|--:|---|"]
    for name, counts, runs, verdict_ in (
            ("no history", queries, without, ""),
            (f"a year around it, {CASES:,} cases", queries2, with_history,
             f"×{ratio:.2f}, goal same SQL, ≤ ×{GROWTH}: {'met' if met else '**missed**'}")):
        seconds = [one for _queries, one in runs]
        rows.append(f"| {name} | {'–'.join(map(str, counts))} | "
                    f"{statistics.median(seconds) * 1000:.0f} | {min(seconds) * 1000:.0f} | "
                    f"{verdict_} |")
    return [*rows, "", f"The ratio is the median of {GROUPS} groups A-B-B-A; half of them lie "
            f"within ×{quarters[0]:.2f}–{quarters[2]:.2f}, all within "
            f"×{min(ratios):.2f}–{max(ratios):.2f}."]


def markdown(tracing, reports):
    """Return the two tables."""
    rows = [*traced(*tracing),
            "", f"| report over {CASES:,} cases | ms | bare SQL ms | ratio | Odoo's floor ms | "
            "floor | goal ≤ ×2 |", "|---|--:|--:|--:|--:|--:|---|"]
    for name, (seconds, bare, floor) in reports.items():
        rows.append(f"| {name} | {seconds * 1000:.1f} | {bare * 1000:.1f} | "
                    f"×{seconds / bare:.2f} | {floor * 1000:.1f} | ×{floor / bare:.2f} | "
                    f"{verdict(seconds, bare, floor)} |")
    ratio = statistics.median(seconds / bare for seconds, bare, _floor in reports.values())
    return "\n".join([*rows, "", f"Median ×{ratio:.2f}."])
