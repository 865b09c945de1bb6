from datetime import date, timedelta

from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Command, Domain
from odoo.tests import tagged
from odoo.tools import SQL
from odoo.tools.misc import get_lang
from odoo.tools.safe_eval import safe_eval

from ..calc.working_time import company_date
from ..models.desk.dashboard import Period
from ..models.desk.dashboard_chart import Chart, Measure
from .common import moment
from .shipping_case import SELLER, ShippingCase

REPORTS = ("delivery", "lateness", "stage", "workload", "packaging", "refusal", "first.article",
           "output", "loading", "shipping", "driver", "sample")
FIRST, REVISED = date(2026, 11, 26), date(2026, 11, 30)


@tagged("post_install", "-at_install")
class TestDeskReports(ShippingCase):
    """Every figure beside one that is worked out from the records themselves."""

    def rows(self, model, number="E02", domain=()):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.as_user(model, number).search(list(domain))

    def leave(self, order, day):
        """Let ``order`` leave on ``day`` at nine, with both papers of the day before."""
        before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
        with self.at(f"{before} 10:00"):
            self.papers(order)
        with self.at(f"{day} 09:00"):
            self.delivery(order).button_validate()

    def revise(self, order, day):
        """The salesperson agrees a later date; the revision is signed again."""
        mine = self.by(order, SELLER)
        mine.action_open_revision("客户同意")
        mine.commitment_date = f"{day} 09:00:00"
        self.make_valid(order)

    def test_first_and_revised_promise(self):
        order = self.stocked_order(due=FIRST.isoformat(), packs=240)
        with self.at("2026-11-25 09:00"):
            self.revise(order, REVISED.isoformat())
            self.by(order.sudo().notice_id, "E10").action_check_stock()
        self.leave(order, "2026-11-28")
        with self.at("2026-12-01 09:00"):
            row = self.rows("gendan.report.delivery", domain=[
                ("notice_id", "=", order.sudo().notice_id.id)])
            shipped = self.env["gendan.shipping.notice"].search([
                ("notice_id", "=", order.sudo().notice_id.id)])
            left_on = company_date(shipped.shipped_at, self.company.gendan_tz)
            self.assertRecordValues(row, [{
                "first_date": FIRST, "revised_date": REVISED, "shipped_date": left_on,
                "days_late": (left_on - FIRST).days, "is_complete": True,
                "line_first": 0, "line_revised": 100, "cartons": 10,
                "cartons_first": 0, "cartons_revised": 10,
                "orders": 1, "orders_first": 0, "orders_revised": 1}])

    def test_what_is_not_due_is_not_judged(self):
        self.stocked_order(due="2026-12-20", packs=240)
        late = self.stocked_order(due="2026-11-26", packs=240)
        with self.at("2026-11-28 09:00"):
            groups = self.as_user("gendan.report.delivery", "E02")._read_group(
                [], [], ["line_first:avg", "orders:sum", "__count"])
            row = self.rows("gendan.report.delivery", domain=[
                ("notice_id", "=", late.sudo().notice_id.id)])
            self.assertEqual(row.days_late, 2)
        # the average is of what is due: one line, late by two days
        self.assertEqual(groups, [(0.0, 2.0, 2)])

    def test_day_of_the_companys_own_timezone(self):
        """A truck that leaves at 23:30 here leaves today, in Auckland tomorrow (X1)."""
        order = self.stocked_order(due="2026-11-26", packs=240)
        with self.at("2026-11-25 10:00"):
            self.papers(order)
        with self.at("2026-11-26 23:30"):
            self.delivery(order).button_validate()
        for zone, day in (("Asia/Shanghai", "2026-11-26"), ("Pacific/Auckland", "2026-11-27")):
            self.company.gendan_tz = zone
            with self.at("2026-11-28 09:00"):
                self.assertEqual(str(self.rows("gendan.report.delivery").shipped_date), day)

    def test_hours_of_the_stages(self):
        order = self.stocked_order(packs=240)
        notice = order.sudo().notice_id
        with self.at("2026-11-24 12:30"):
            rows = {row.stage: row for row in self.rows("gendan.report.stage")}
            self.rows("gendan.report.stage").browse(
                [row.id for row in rows.values()]).fetch(["hours", "is_open"])
        # all of it lay on stock: released by the check, never made
        self.assertEqual(set(rows), {"1_verify", "2_sign", "3_release", "5_ship"})
        for stage, begin, end in (("1_verify", "submitted_at", "verified_at"),
                                  ("2_sign", "verified_at", "valid_at")):
            hours = (notice[end] - notice[begin]).total_seconds() / 3600
            self.assertAlmostEqual(rows[stage].hours, hours, places=1)
            self.assertFalse(rows[stage].is_open)
        checked_at = notice.stock_check_id.checked_at
        self.assertAlmostEqual(rows["3_release"].hours, (
            checked_at - notice.valid_at).total_seconds() / 3600, places=1)
        self.assertTrue(rows["5_ship"].is_open)
        self.assertAlmostEqual(rows["5_ship"].hours, (
            moment("2026-11-24 12:30") - checked_at).total_seconds() / 3600, places=1)

    def test_verified_and_not_signed_waits_for_the_signatures(self):
        """The notice keeps the times of what is valid; the first revision has its own."""
        with self.at("2026-11-23 09:00"):
            order = self.new_order(SELLER, "C06", [("F01", 240, 8.8)], "2026-12-10")
            order.action_submit()
        with self.at("2026-11-23 10:00"):
            verify, = self.rows("gendan.report.stage")
            self.assertEqual((verify.stage, verify.is_open), ("1_verify", True))
            self.verify(order, "E10")
        with self.at("2026-11-23 12:00"):
            rows = {row.stage: row for row in self.rows("gendan.report.stage")}
            self.assertEqual({stage: row.is_open for stage, row in rows.items()},
                             {"1_verify": False, "2_sign": True})
            self.assertAlmostEqual(rows["2_sign"].hours, 2, places=1)
            data = self.as_user("gendan.dashboard", "E07").charts()
        waiting = next(one for one in data["charts"] if one["key"] == "to_sign")
        self.assertEqual(len(waiting["rows"]), 1, "finance sees that it waits for her")

    def test_a_week_begins_as_the_readers_language_has_it(self):
        """Whatever day the ORM groups weeks by, each column has what was made in it."""
        order = self.stocked_order(packs=240)
        with self.at("2026-11-24 10:00"):
            self.new_shipping(order, "2026-12-03").action_submit()
        reader = self.as_user("gendan.dashboard", "E02")
        chart = Chart("", "gendan.report.shipping", "submitted_on",
                      (Measure("__count", "", "count"),), Domain.TRUE, interval="week")
        for first, monday in (("1", "11-23"), ("7", "11-22")):
            with self.subTest(first=first), self.at("2026-11-26 09:00"):
                self.env["res.lang"].search([("code", "=", get_lang(reader.env).code)]).write(
                    {"week_start": first})
                self.env.flush_all()
                rows = reader._timeline(chart, chart.domain, ["__count"], Period(
                    self.company, date(2026, 11, 1)))
                self.assertEqual([(row["label"], row["bars"][0]["value"]) for row in rows
                                  if row["bars"][0]["value"]], [(monday, 1)])

    def test_no_figure_of_what_one_may_not_read(self):
        self.stocked_order(packs=240)
        for number, seen in ((SELLER, 1), ("E03", 0), ("E02", 1), ("E10", 1)):
            with self.subTest(number=number), self.at("2026-11-24 12:00"):
                rows = self.rows("gendan.report.delivery", number)
                groups = self.as_user("gendan.report.delivery", number)._read_group(
                    [], [], ["__count"])
                self.assertEqual((len(rows), groups), (seen, [(seen,)]))
        with self.assertRaises(AccessError):
            self.rows("gendan.report.delivery", "E16")

    def test_two_companies_stay_apart(self):
        self.stocked_order(packs=240)
        other = self.env["res.company"].create({
            "name": "Other", "uses_gendan": True, "gendan_tz": "America/New_York"})
        user = self.env["res.users"].create({
            "name": "other", "login": "other_manager", "company_id": other.id,
            "company_ids": [Command.set(other.ids)], "group_ids": [Command.set([
                self.env.ref("gendan_followup.group_sales_manager").id])]})
        env = self.env(user=user, context={"allowed_company_ids": other.ids})
        self.env.flush_all()
        for name in REPORTS:
            report = env[f"gendan.report.{name}"]
            # a sales manager does not read the drivers' report: nothing is there for anybody
            report = report if report.has_access("read") else report.sudo()
            mine = [("company_id", "=", other.id)]
            self.assertFalse(report.search(mine), name)
            self.assertFalse([row for row in report.formatted_read_group(
                mine, ["company_id"], ["__count"]) if row["__count"]], name)
        data = env["gendan.dashboard"].charts()
        self.assertTrue(data["charts"])
        self.assertFalse([card for card in data["charts"] if card["rows"] or card["headline"]],
                         "an empty company has empty charts")
        self.assertTrue(all(card["empty"] for card in data["charts"]), "each says why")
        self.assertEqual(env["gendan.today"].board()["total"], 0)

    def test_each_company_has_the_months_of_its_own_timezone(self):
        """Half past eleven on the last of November here is December in Auckland (X1)."""
        order = self.stocked_order(packs=240)
        with self.at("2026-11-30 23:30"):
            shipping = self.new_shipping(order, "2026-12-03")
            shipping.action_submit()
        other = self.env["res.company"].create({
            "name": "Auckland", "uses_gendan": True, "gendan_tz": "Pacific/Auckland"})
        self.env.flush_all()
        columns = SQL(", ").join(
            SQL.identifier(name) for name, field in shipping._fields.items()
            if field.store and field.column_type and name not in ("id", "company_id", "notice_id"))
        self.env.execute_query(SQL(
            "INSERT INTO gendan_shipping_notice (company_id, %s) SELECT %s, %s "
            "FROM gendan_shipping_notice WHERE id = %s RETURNING id",
            columns, other.id, columns, shipping.id))
        manager = self.user("E02")
        manager.sudo().company_ids += other
        companies = self.company | other
        for zone in ("Asia/Shanghai", "America/New_York"):
            groups = self.env["gendan.report.shipping"].with_user(manager).with_context(
                tz=zone, allowed_company_ids=companies.ids)._read_group(
                    [], ["company_id", "submitted_on:month"], ["__count"])
            self.assertEqual(groups, [
                (self.company.with_user(manager), date(2026, 11, 1), 1),
                (other.with_user(manager), date(2026, 12, 1), 1)], zone)
        # one page is about one company; another one than his own is not offered
        board = self.env["gendan.dashboard"].with_user(manager).with_context(
            allowed_company_ids=self.company.ids).charts(company_id=other.id)
        self.assertEqual(board["company"]["id"], self.company.id)

    def test_archived_merchandiser_stays_in_the_figures(self):
        self.stocked_order(packs=240)
        self.user("E10").sudo().active = False
        with self.at("2026-11-24 12:00"):
            data = self.as_user("gendan.dashboard", "E09").charts()
        card = next(one for one in data["charts"] if one["key"] == "workload")
        self.assertEqual([(row["label"], row["bars"][0]["value"]) for row in card["rows"]],
                         [("王芳", 1)])

    def test_a_bar_opens_exactly_its_records(self):
        self.stocked_order(packs=240)
        for number in ("E01", "E02", "E09", "E07", "E12", "E13", "E20", "E27"):
            with self.subTest(number=number), self.at("2026-11-24 12:00"):
                board = self.as_user("gendan.dashboard", number).charts()
                self.assertTrue(board["charts"], number)
                for card in board["charts"]:
                    model = self.as_user(card["model"], number)
                    found = model.search(card["domain"])
                    rows = [model.search(row["domain"]) for row in card["rows"]]
                    self.assertEqual(sum(map(len, rows)), len(model.union(*rows)), card["key"])
                    if not card["more"]:
                        self.assertEqual(model.union(*rows), found, card["key"])
                    for row, records in zip(card["rows"], rows, strict=True):
                        for bar in row["bars"]:
                            if bar["unit"] in ("count", "orders", "times") and bar["value"]:
                                self.assertTrue(records, card["key"])

    def test_a_favourite_draws_what_its_name_asks(self):
        """What is left over is drawn as what is left over; rankings begin with the most."""
        favourite = self.env.ref("gendan_followup.filter_report_packaging_left")
        context = safe_eval(favourite.context)
        self.assertEqual((context["graph_measure"], context["pivot_measures"]),
                         ("idle", ["idle"]))
        for name, order in (("packaging", "DESC"), ("driver", "DESC"), ("workload", "DESC"),
                            ("lateness", "DESC"), ("shipping", "DESC"), ("refusal", "DESC"),
                            ("first.article", "ASC")):
            with self.subTest(name):
                view = self.env[f"gendan.report.{name}"].get_view(view_type="graph")
                self.assertEqual(etree.fromstring(view["arch"]).get("order"), order)

    def test_whoever_manages_nothing_has_no_dashboard(self):
        board = self.as_user("gendan.dashboard", "E10").charts(board="finance")
        self.assertEqual((board["board"], board["charts"]), (None, []))
        # nor does a manager get another one's
        self.assertEqual(self.as_user("gendan.dashboard", "E07").charts(board="hr")["board"],
                         "finance")
