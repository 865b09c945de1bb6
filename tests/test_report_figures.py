"""Every figure of the managers' reports beside one that is worked out from the records.

The stories are those of the demo: closed orders of the last months and this week's open
ones, done by their own people. Nothing in here shares a line with the reports' SQL.
"""

import sys
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

from dateutil.relativedelta import relativedelta
from report_measures import ExpectedMeasures

from odoo import fields
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.gendan_followup.calc.working_time import company_date
from odoo.addons.gendan_followup.models.desk.dashboard import Period
from odoo.addons.gendan_followup.models.desk.dashboard_chart import BOARDS
from odoo.addons.gendan_followup.tests.common import FollowupCase

REPORTS = ("delivery", "lateness", "stage", "workload", "packaging", "refusal", "first.article",
           "output", "loading", "shipping", "driver", "sample")
SCRIPTS = str(Path(__file__).resolve().parents[1] / "scripts")
TZ = "Asia/Shanghai"
PRESENT = ("full_container", "waits_for_both_signatures", "waits_for_finance",
           "container_being_loaded", "samples_for_the_showroom", "packaging_bought")
CLOSED = (3, 4, 5)


@tagged("stories")
class TestReportFigures(ExpectedMeasures, FollowupCase):
    """The demo's stories once for all tests of the class."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sys.path.insert(0, SCRIPTS)
        cls.addClassCleanup(sys.path.remove, SCRIPTS)
        import demo_history
        import demo_stories

        past = demo_history.HistoryBook(cls.factory)
        for number in CLOSED:
            demo_history.closed_order(past, demo_history.CASES[number], number)
        demo_history.received_sample(past, *demo_history.SAMPLES[-1])
        demo_history.appraisals(past)
        book = demo_stories.StoryBook(cls.factory)
        for name in PRESENT:
            getattr(demo_stories, name)(book)
        # the refusals of the stories are written after a rollback that never comes in here
        pending = cls.env.cr.postrollback.data.get("gendan_followup.audit", {})
        cls.env["gendan.audit"].sudo().create(list(pending.values()))
        cls.notices = cls.env["gendan.production.notice"].sudo().search([])
        cls.notices._refresh_milestones()
        cls.env.flush_all()
        cls.today = company_date(fields.Datetime.now(), TZ)

    def report(self, name, number="E01"):
        """Return all rows of a report as a manager reads them."""
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env[f"gendan.report.{name}"].with_user(self.user(number)).with_company(
            self.company).search([])

    def totals(self, name, *aggregates, number="E01", domain=()):
        return self.report(name, number)._read_group(list(domain), [], list(aggregates))[0]

    def day(self, moment):
        return moment and company_date(moment, TZ)

    def hours(self, begin, end):
        return (end - begin).total_seconds() / 3600

    def mean(self, values):
        values = [value for value in values if value is not None]
        return sum(values) / len(values) if values else None

    # ------------------------------------------------------------------ delivery

    def expected_lines(self):
        """Return ``{line: facts}`` of every line that was promised."""
        found = {}
        for notice in self.notices.filtered(
                lambda one: one.valid_at and one.state != "cancel" and one.delivery_date):
            valid = notice.sudo().order_id.revision_ids.filtered("valid_at").sorted("number")
            first = fields.Date.to_date(self.payload_date(valid[:1])) or notice.delivery_date
            for line in notice.line_ids.filtered(lambda one: one.quantity > 0):
                gone = self.env["gendan.shipping.notice.line"].sudo().search([
                    ("notice_line_id", "=", line.id), ("shipping_id.state", "=", "shipped")])
                days = [(self.day(row.shipping_id.shipped_at), row.quantity) for row in gone]
                found[line] = self.judge(line, first, notice.delivery_date, days)
        return found

    def payload_date(self, revision):
        import json
        payload = json.loads(revision.payload) if revision else {}
        return payload.get("order", {}).get("delivery_date")

    def judge(self, line, first, revised, days):
        def by(day):
            return min(sum(packs for left, packs in days if left <= day), line.quantity)

        complete = sum(packs for _day, packs in days) >= line.quantity
        facts = {"first_date": first, "revised_date": revised, "complete": complete,
                 "cartons": line.quantity / (line.packs_per_carton or 1)}
        for name, day in (("first", first), ("revised", revised)):
            in_time = by(day) >= line.quantity
            due = in_time or complete or self.today > day
            facts[name] = (100 if in_time else 0) if due else None
            facts[f"cartons_{name}"] = by(day) / (line.packs_per_carton or 1)
        left = max((day for day, _packs in days), default=None)
        facts["late"] = max((left - first).days, 0) if complete else (
            (self.today - first).days if self.today > first else 0)
        return facts

    def test_on_time_in_full(self):
        expected = self.expected_lines()
        rows = self.report("delivery")
        self.assertEqual(set(rows.ids), {line.id for line in expected})
        for line, facts in expected.items():
            row = rows.browse(line.id)
            with self.subTest(line=line.display_name):
                self.assertEqual((row.first_date, row.revised_date, row.is_complete), (
                    facts["first_date"], facts["revised_date"], facts["complete"]))
                self.assertEqual(row.days_late, facts["late"])
                self.assertAlmostEqual(row.cartons, facts["cartons"], 2)
                for name in ("first", "revised"):
                    self.assertAlmostEqual(row[f"cartons_{name}"], facts[f"cartons_{name}"], 2)
                    self.assertAlmostEqual(row[f"line_{name}"], facts[name] or 0, 2)
        # late ones are among them, or the test would show nothing
        self.assertIn(0, [facts["first"] for facts in expected.values()])
        self.assertIn(100, [facts["first"] for facts in expected.values()])

    def test_rates_of_lines_orders_and_cartons(self):
        expected = self.expected_lines()
        for name in ("first", "revised"):
            line_rate, order_rate, carton_rate = self.totals(
                "delivery", f"line_{name}:avg", f"order_{name}:avg", f"carton_{name}:avg")
            judged = {line: facts for line, facts in expected.items() if facts[name] is not None}
            self.assertAlmostEqual(line_rate, self.mean(
                [facts[name] for facts in judged.values()]), 4)
            self.assertAlmostEqual(carton_rate, 100 * sum(
                facts[f"cartons_{name}"] for facts in judged.values()) / sum(
                facts["cartons"] for facts in judged.values()), 4)
            orders = defaultdict(list)
            for line, facts in expected.items():
                orders[line.notice_id].append(facts[name])
            verdicts = [0 if 0 in lines else 100 for lines in orders.values()
                        if 0 in lines or None not in lines]
            self.assertAlmostEqual(order_rate, self.mean(verdicts), 4)

    # ------------------------------------------------------------ stages, lateness

    def expected_stages(self):
        """Return ``{(notice id, stage): (is over, hours)}``."""
        now = fields.Datetime.now()
        expected = {}
        for notice in self.notices.filtered("submitted_at"):
            productions = notice.production_ids
            made = productions and all(
                one.state in ("done", "cancel") for one in productions) and max(
                productions.filtered(lambda one: one.state == "done").mapped("date_finished"))
            covered = notice.stock_check_id.checked_at if not productions and not any(
                notice.line_ids.mapped("to_make_quantity")) else None
            gone = self.env["gendan.shipping.notice"].sudo().search([
                ("notice_id", "=", notice.id), ("state", "=", "shipped")]).mapped("shipped_at")
            released = notice.released_at or covered
            # before the first validity what was verified stands on the order's revision
            revision = notice.order_id.revision_id.filtered(lambda one: one.state == "verified")
            verified = notice.verified_at or (not notice.valid_at and revision.verified_at)
            ready = made if notice.released_at else covered
            for stage, begin, end in (
                    ("1_verify", notice.submitted_at, verified),
                    ("2_sign", verified, notice.valid_at),
                    ("3_release", notice.valid_at, released),
                    ("4_make", notice.released_at, made),
                    ("5_ship", released and ready,
                     notice.state == "done" and gone and max(gone))):
                if begin and ((end and end >= begin) or (
                        not end and notice.state not in ("done", "cancel"))):
                    expected[notice.id, stage] = (bool(end), self.hours(begin, end or now))
        return expected

    def test_hours_of_the_stages(self):
        rows = {(row.notice_id.id, row.stage): row for row in self.report("stage")}
        expected = self.expected_stages()
        self.assertEqual(set(rows), set(expected))
        for key, (ended, hours) in expected.items():
            self.assertEqual(rows[key].is_open, not ended, key)
            self.assertAlmostEqual(rows[key].hours, hours, delta=0.2)
        self.assertEqual({stage for _notice, stage in expected},
                         {"1_verify", "2_sign", "3_release", "4_make", "5_ship"})

    def expected_lateness(self):
        """Return ``{step id: (days late, days lost there)}`` of every step that was late."""
        found = {}
        for notice in self.notices.filtered(lambda one: one.state != "cancel"):
            most = 0
            for step in notice.milestone_ids.sorted(lambda one: (one.sequence, one.id)):
                if step.status == "none" or not step.planned:
                    continue
                end = step.actual or (
                    self.today if notice.state in ("draft", "valid", "released") else None)
                days = max((end - step.planned).days, 0) if end else 0
                if days:
                    found[step.id] = (days, max(days - most, 0))
                most = max(most, days)
        return found

    def test_days_lost_by_cause_and_owner(self):
        expected = self.expected_lateness()
        late = {id_: days for id_, (days, _added) in expected.items()}
        lost = defaultdict(int)
        for step in self.env["gendan.milestone"].sudo().browse(expected):
            lost[step.code, step.owner_id] += expected[step.id][1]
        rows = self.report("lateness")
        self.assertEqual({row.id: row.days_late for row in rows}, late)
        self.assertTrue(late, "the demo has late steps")
        groups = rows._read_group([], ["code", "owner_id"], ["days_added:sum"])
        self.assertEqual({(code, owner.id): days for code, owner, days in groups if days},
                         {(code, owner.id): days for (code, owner), days in lost.items() if days})

    # ------------------------------------------------------------------- materials

    def attempts_above_the_limit(self):
        """Return ``{version: refused attempts}`` as the log has them."""
        attempts = defaultdict(int)
        for row in self.env["gendan.audit"].sudo().search([
                ("kind", "=", "refused"), ("gate", "=", "need.limit")]):
            for need in self.env["gendan.need"].sudo().browse(
                    [int(part) for part in row.res_ids.strip("[]").split(",")]):
                attempts[need.product_id] += 1
        return attempts

    def test_packaging_versions(self):
        attempts = self.attempts_above_the_limit()
        self.assertTrue(attempts, "somebody tried to buy above the limit")
        for row in self.report("packaging"):
            version = row.product_id
            needs = self.env["gendan.need"].sudo().search([
                ("product_id", "=", version.id), ("notice_id.state", "!=", "cancel")])
            stock = sum(self.env["stock.quant"].sudo().search([
                ("product_id", "=", version.id), ("location_id.usage", "=", "internal"),
                ("company_id", "=", self.company.id)]).mapped("quantity"))
            bought = sum(self.env["purchase.order.line"].sudo().search([
                ("product_id", "=", version.id), ("state", "=", "purchase")]).mapped(
                "product_uom_qty"))
            open_need = sum(needs.filtered(lambda need: need.notice_id.state in (
                "draft", "valid", "released")).mapped("gross"))
            with self.subTest(version=version.display_name):
                self.assertAlmostEqual(row.net, sum(needs.mapped("net")), 2)
                self.assertAlmostEqual(row.ordered, bought, 2)
                self.assertAlmostEqual(row.on_hand, stock, 2)
                self.assertAlmostEqual(row.idle, max(stock - open_need, 0), 2)
                self.assertEqual(row.attempts, attempts.get(version, 0))

    def test_refused_attempts(self):
        log = self.env["gendan.audit"].sudo().search([("kind", "=", "refused")])
        rows = self.report("refusal")
        self.assertEqual(set(rows.ids), set(log.ids))
        self.assertFalse(rows.filtered(lambda row: not row.subject))
        self.assertEqual(
            len(rows.filtered(lambda row: row.subject == "need")),
            len(log.filtered(lambda row: row.gate.startswith("need."))))

    # ------------------------------------------------------------------ production

    def test_first_articles(self):
        decided = self.env["gendan.first.article"].sudo().search([("decided_at", "!=", False)])
        rows = {row.id: row for row in self.report("first.article")}
        self.assertEqual(set(rows), set(decided.ids))
        tried = set()
        passed, first = [], []
        for article in decided.sorted(lambda one: (one.decided_at, one.id)):
            row, key = rows[article.id], (article.notice_line_id, article.workcenter_id)
            verdict = 100 if article.decision in ("accepted", "ended") else 0
            passed.append(verdict)
            if key not in tried:
                first.append(verdict)
            self.assertEqual((row.passed, row.is_first), (verdict, key not in tried))
            self.assertAlmostEqual(row.hours, self.hours(
                article.sampled_at, article.decided_at), 1)
            self.assertEqual(row.decided_on, self.day(article.decided_at))
            tried.add(key)
        rates = self.totals("first.article", "passed:avg", "passed_first:avg")
        self.assertAlmostEqual(rates[0], self.mean(passed), 4)
        self.assertAlmostEqual(rates[1], self.mean(first), 4)
        self.assertIn(0, passed)

    def test_output(self):
        done = self.env["mrp.production"].sudo().search([
            ("state", "=", "done"), ("notice_id", "!=", False)])
        rows = {row.id: row for row in self.report("output")}
        self.assertEqual(set(rows), set(done.ids))
        for production in done:
            made = sum(production.move_finished_ids.filtered(
                lambda move: move.state == "done").mapped("quantity"))
            row = rows[production.id]
            self.assertAlmostEqual(row.packs, made, 2)
            self.assertAlmostEqual(
                row.cartons, made / (production.notice_line_id.packs_per_carton or 1), 2)
            self.assertEqual(row.workcenter_id, production.workorder_ids[:1].workcenter_id)

    # -------------------------------------------------------------------- shipping

    def test_loading(self):
        closed = self.env["gendan.loading.report"].sudo().search([("state", "=", "closed")])
        rows = {row.id: row for row in self.report("loading")}
        self.assertEqual(set(rows), set(closed.ids))
        part = whole = 0
        for report in closed:
            box = report.shipping_id._box()
            right = len(report.round_ids) == 1 and (
                report.loaded_cartons == report.shipping_id.cartons)
            row = rows[report.id]
            self.assertEqual((row.right_first, row.cartons), (
                100 if right else 0, report.loaded_cartons))
            if box:
                part, whole = part + report.loaded_volume, whole + float(box.volume)
                self.assertAlmostEqual(row.volume_rate, 100 * report.volume_share, 1)
                self.assertAlmostEqual(row.weight_rate, 100 * report.payload_share, 1)
        self.assertAlmostEqual(self.totals("loading", "volume_rate:avg")[0], 100 * part / whole, 3)

    def test_shipping_notices_by_salesperson(self):
        notices = self.env["gendan.shipping.notice"].sudo().search([
            ("submitted_at", "!=", False)])
        groups = self.report("shipping")._read_group(
            [], ["salesperson_id"], ["notices:sum", "same_day:sum", "same_day_rate:avg"])
        for seller, count, same_day, rate in groups:
            mine = notices.filtered(lambda one, user=seller: one.salesperson_id == user)
            on_day = [one for one in mine
                      if one.ship_date == self.day(one.submitted_at)]
            self.assertEqual((count, same_day), (len(mine), len(on_day)))
            self.assertAlmostEqual(rate, 100 * len(on_day) / len(mine), 3)
        self.assertTrue(sum(row[2] for row in groups), "somebody came on the day itself")

    def test_drivers(self):
        sheets = self.env["gendan.driver.appraisal"].sudo().search([("state", "!=", "revised")])
        rows = {(row.driver_id.id, row.month): row for row in self.report("driver")}
        trips = self.env["gendan.dispatch"].sudo().search([
            ("departed_at", "!=", False), ("driver_id", "!=", False)])
        months = {(sheet.driver_id.id, sheet.month) for sheet in sheets} | {
            (trip.driver_id.id, trip.day.replace(day=1)) for trip in trips}
        self.assertEqual(set(rows), months)
        for sheet in sheets.filtered("is_scored"):
            row = rows[sheet.driver_id.id, sheet.month]
            better = sheets.filtered(lambda one, this=sheet: one.month == this.month
                                     and one.is_scored and one.score > this.score)
            self.assertEqual((row.score, row.rank), (sheet.score, len(better) + 1))
            self.assertEqual(row.deductions, sum(sheet.line_ids.mapped("points")))
        for key, row in rows.items():
            mine = trips.filtered(lambda trip, key=key: (
                trip.driver_id.id, trip.day.replace(day=1)) == key)
            arrived = mine.stop_ids.filtered("arrived_at")
            in_time = arrived.filtered(lambda stop: stop.late_minutes <= 0)
            self.assertEqual((row.trips, row.stops, row.stops_in_time),
                             (len(mine), len(arrived), len(in_time)))

    def test_samples(self):
        received = self.env["gendan.sample.request"].sudo().search([("state", "=", "received")])
        rows = {row.id: row for row in self.report("sample")}
        self.assertEqual(set(rows), set(received.ids))
        self.assertGreater(len(rows), 1)
        for request in received:
            came = self.day(request.received_at)
            self.assertEqual((rows[request.id].days, rows[request.id].in_time), (
                (came - self.day(request.requested_at)).days,
                100 if came <= request.wanted_date else 0))
            self.assertEqual(rows[request.id].days, request.lead_days)

    def situation(self, order):
        """Return how an order stands, worked out from the record and its notice."""
        notice = order.notice_id
        if order.delivery_status == "full" or notice.state == "done":
            return "5_done"
        left = (self.day(order.commitment_date) - self.today).days if order.commitment_date else 99
        return "1_overdue" if left < 0 else "2_risk" if notice.is_late or notice.is_at_risk else (
            "3_soon" if left <= 7 else "4_normal")

    def move(self, order, days, is_late):
        """Have an order due in so many days; what is asked here is only what a report reads."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET commitment_date = now() + %s * interval '1 day' WHERE id = %s",
            [days, order.id])
        self.env.cr.execute(
            "UPDATE gendan_production_notice SET is_late = %s, is_at_risk = FALSE WHERE id = %s",
            [is_late, order.notice_id.id])
        self.env.invalidate_all()

    def test_workload(self):
        orders = self.env["sale.order"].sudo().search([("is_followed", "=", True)])
        self.assertGreater(len(orders), 4)
        for order, state in zip(orders, (
                (-3, True), (0, False), (7, False), (8, False), (6, True)), strict=False):
            self.move(order, *state)
        everything = self.env["sale.order"].sudo().search([
            ("merchandiser_id", "!=", False), ("state", "!=", "cancel")])
        everything = everything.filtered(lambda one: one.notice_id.state != "cancel")
        rows = {row.id: row for row in self.report("workload")}
        self.assertEqual(set(rows), set(everything.ids))
        for order in everything:
            self.assertEqual((rows[order.id].situation, rows[order.id].is_open, rows[
                order.id].due_date), (
                self.situation(order), order.is_followed, self.day(order.commitment_date)))
        self.assertEqual({row.situation for row in rows.values()}, {
            "1_overdue", "2_risk", "3_soon", "4_normal", "5_done"})
        orders = everything.filtered("is_followed")
        self.assertLess(len(orders), len(everything))
        groups = self.report("workload")._read_group(
            [("is_open", "=", True)], ["merchandiser_id"], [
                "orders:sum", "cartons:sum", "overdue:sum", "due_soon:sum", "at_risk:sum",
                "amount:sum"])
        for merchandiser, count, cartons, overdue, soon, risk, amount in groups:
            mine = orders.filtered(lambda one, user=merchandiser: one.merchandiser_id == user)
            days = [(self.day(one.commitment_date) - self.today).days for one in mine
                    if one.commitment_date]
            goods = mine.notice_id.line_ids.filtered(lambda line: line.quantity > 0)
            self.assertEqual((count, overdue, soon, risk), (
                len(mine), len([1 for left in days if left < 0]),
                len([1 for left in days if 0 <= left <= 7]),
                len(mine.notice_id.filtered(lambda one: one.is_late or one.is_at_risk))))
            self.assertAlmostEqual(cartons, sum(
                line.quantity / (line.packs_per_carton or 1) for line in goods), 2)
            # exports are priced in dollars: their sum is in the company's money
            self.assertAlmostEqual(amount, sum(one.currency_id._convert(
                one.amount_untaxed, self.company.currency_id, self.company,
                one.date_order.date(), round=False) for one in mine), delta=0.01 * len(mine))
        self.assertEqual(sum(row[1] for row in groups), len(orders))
        # what is done is late, soon or at risk no more
        self.assertEqual(self.totals("workload", "overdue:sum", "due_soon:sum", "at_risk:sum",
                                     "orders:sum", domain=[("is_open", "=", False)]),
                         (0, 0, 0, len(everything - orders)))

    def test_workload_opens_with_half_a_year_and_all_that_is_open(self):
        favourites = self.env["ir.filters"].search([("model_id", "=", "gendan.report.workload")])
        default = favourites.filtered("is_default")
        found = self.report("workload").search(safe_eval(default.domain))
        first = self.today + relativedelta(months=-5, day=1)
        everything = self.report("workload")
        self.assertEqual(found, everything.filtered(
            lambda row: row.is_open or row.due_date and row.due_date >= first))
        self.assertEqual(safe_eval(default.context)["group_by"], ["merchandiser_id", "situation"])
        self.assertEqual(self.report("workload").search(
            safe_eval((favourites - default).domain)), everything.filtered("is_open"))

    def test_a_cancelled_order_is_nobodys_work(self):
        order = self.env["sale.order"].sudo().search([("is_followed", "=", True)], limit=1)
        self.assertIn(order.id, self.report("workload").ids)
        self.env.flush_all()
        # what is asked here is only what the report reads
        self.env.cr.execute("UPDATE sale_order SET state = 'cancel' WHERE id = %s", [order.id])
        self.assertNotIn(order.id, self.report("workload").ids)

    # ------------------------------------------------------------------ the order

    def test_groups_come_in_the_order_of_whom_they_are_about(self):
        several = 0
        for name in REPORTS:
            report = self.report(name)
            for column, field in report._fields.items():
                if field.type != "many2one" or not field.store or not field.column_type:
                    continue
                for direction in ("", " desc"):
                    groups = [one.id for one, _count in report._read_group(
                        [(column, "!=", False)], [column], ["__count"],
                        order=column + direction)]
                    sorted_ids = self.env[field.comodel_name].sudo().with_context(
                        active_test=False).search([("id", "in", groups)]).ids
                    self.assertEqual(groups, sorted_ids[::-1] if direction else sorted_ids,
                                     (name, column, direction))
                    several += len(groups) > 2
        self.assertGreater(several, 10, "the stories have groups to sort")

    # ------------------------------------------------- every measure, and its total

    def test_every_measure_of_every_report(self):
        """A measure that nobody worked out beside it has no place in a report."""
        for name in REPORTS:
            model = self.env[f"gendan.report.{name}"]
            expected = getattr(self, f"measures_{name.replace('.', '_')}")()
            rows = self.report(name)
            self.assertEqual(set(rows.ids), set(expected), name)
            self.assertTrue(expected, name)
            for row in rows:
                self.assertEqual(set(expected[row.id]), self.measures_of(model), name)
                for measure, value in expected[row.id].items():
                    with self.subTest(report=name, row=row.id, measure=measure):
                        self.assertAlmostEqual(row[measure], value or 0, delta=0.11)

    def test_every_total_of_every_report(self):
        for name in REPORTS:
            model = self.env[f"gendan.report.{name}"]
            expected = list(getattr(self, f"measures_{name.replace('.', '_')}")().values())
            names = sorted(self.measures_of(model))
            totals = self.totals(name, *(
                f"{measure}:{model._fields[measure].aggregator}" for measure in names))
            for measure, total in zip(names, totals, strict=True):
                with self.subTest(report=name, measure=measure):
                    wanted = self.total(model, measure, expected)
                    self.assertEqual(total is None or total is False, wanted is None)
                    self.assertAlmostEqual(total or 0, wanted or 0, delta=max(
                        0.02, 1e-4 * abs(wanted or 0)))

    # ------------------------------------------------------------------- no leak

    def test_a_salesperson_sees_only_his_own_sums(self):
        for number in ("E03", "E04", "E05", "E06"):
            seller = self.user(number)
            for name, owner in (("delivery", "salesperson_id"), ("stage", "salesperson_id"),
                                ("lateness", "salesperson_id"), ("shipping", "salesperson_id"),
                                ("first.article", "salesperson_id"),
                                ("loading", "salesperson_id"), ("sample", "requested_by_id")):
                everything = self.report(name)
                own = len(everything.filtered(lambda row, own=owner: row[own] == seller))
                groups = self.report(name, number)._read_group([], [owner], ["__count"])
                self.assertEqual(sum(count for _owner, count in groups), own, name)
                self.assertLessEqual({user.id for user, _count in groups}, {seller.id}, name)
        self.assertTrue(len(self.report("delivery", "E04")), "somebody has figures")
        self.assertLess(len(self.report("delivery", "E04")), len(self.report("delivery")))

    def test_a_merchandiser_sees_only_his_own_load(self):
        groups = self.report("workload", "E11")._read_group([], ["merchandiser_id"], ["__count"])
        self.assertEqual([user for user, _count in groups], [self.user("E11")])

    # -------------------------------------------------------------- the dashboards

    def test_the_cards_say_what_the_reports_say(self):
        board = self.env["gendan.dashboard"].with_user(self.user("E02")).with_company(
            self.company).charts(12)
        cards = {card["key"]: card for card in board["charts"]}
        rate = self.totals("delivery", "order_first:avg", number="E02", domain=[
            ("revised_date", ">=", cards["otif"]["domain"][0][2])
            if cards["otif"]["domain"][0] not in ("&", "|") else (
                "revised_date", ">=", "2000-01-01")])[0]
        self.assertEqual(len(cards["otif"]["rows"]), 12, "each month has its place")
        self.assertEqual(cards["otif"]["headline"][0]["text"], (
            f"{rate:.0f} %" if 0 < rate < 99.5 else cards["otif"]["headline"][0]["text"]))
        for card in cards.values():
            for row in card["rows"]:
                for bar in row["bars"]:
                    self.assertLessEqual(bar["share"], 100)
                    if bar["unit"] == "percent" and bar["value"] is not None:
                        self.assertAlmostEqual(bar["share"], bar["value"], 0)

    def test_every_bar_of_every_card(self):
        """Each manager's page beside the very records that a click on a bar opens."""
        seen = set()
        for number in ("E01", "E02", "E07", "E09", "E12", "E13", "E20", "E27"):
            self.env.invalidate_all()
            service = self.env["gendan.dashboard"].with_user(self.user(number)).with_company(
                self.company)
            charts = service.env["gendan.dashboard.chart"]
            since = self.today - timedelta(days=330)
            for card in service.charts(12)["charts"]:
                chart = getattr(charts, f"_chart_{card['key']}")(Period(self.company, since))
                seen.add(card["key"])
                for row in card["rows"]:
                    records = service.env[card["model"]].search(row["domain"])
                    for measure, bar in zip(chart.bars, row["bars"], strict=True):
                        with self.subTest(number=number, card=card["key"], row=row["label"]):
                            self.assertAlmostEqual(
                                bar["value"] or 0, self.told(records, measure.aggregate),
                                delta=0.1)
        self.assertLessEqual(set().union(*BOARDS.values()), seen)

    def test_money_says_which(self):
        board = self.env["gendan.dashboard"].with_user(self.user("E07")).with_company(
            self.company).charts()
        amount, = (card for card in board["charts"] if card["key"] == "amount")
        for figure in (amount["headline"][0], amount["rows"][0]["bars"][0]):
            self.assertRegex(figure["text"], r"^¥ [1-9][0-9,]+$")

    def test_behind_every_row_is_a_paper_that_its_reader_may_open(self):
        for name in REPORTS:
            for number in ("E01", "E02", "E03", "E06", "E07", "E09", "E10", "E12", "E13", "E15",
                           "E16", "E20", "E27"):
                report = self.env[f"gendan.report.{name}"].with_user(self.user(number))
                if not report.has_access("read"):
                    continue
                for row in self.report(name, number):
                    with self.subTest(report=name, number=number, row=row.id):
                        action = row.action_open_notice()
                        self.assertIsInstance(action, dict)
                        behind = report.env[action["res_model"]]
                        behind = (behind.browse(action["res_id"]) if action.get("res_id")
                                  else behind.search(action["domain"]))
                        self.assertTrue(behind.exists())
                        behind.check_access("read")

    def test_a_month_without_appraisal_opens_the_trips(self):
        row = self.report("driver", "E27").filtered("trips")[:1]
        self.env.cr.execute("UPDATE gendan_driver_appraisal SET state = 'revised' WHERE id = %s",
                            [row.appraisal_id.id])
        row = self.report("driver", "E27").browse(row.id)
        self.assertFalse(row.appraisal_id)
        action = row.action_open_notice()
        trips = row.env[action["res_model"]].search(action["domain"])
        self.assertEqual((len(trips), trips.driver_id), (row.trips, row.driver_id))

    def told(self, records, aggregate):
        """Return what records say together of ``field:function``."""
        name, _colon, how = aggregate.partition(":")
        if name == "__count":
            return len(records)
        values = records.mapped(name) if records else []
        if how == "avg" and name in getattr(records, "_rates", {}):
            part, whole = (sum(records.mapped(one)) for one in records._rates[name])
            return 100 * part / whole if whole else 0
        if how == "avg":
            return sum(values) / len(values) if values else 0
        return {"sum": sum, "max": max}[how](values or [0])
