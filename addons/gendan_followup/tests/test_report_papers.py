import io
import json

from lxml import etree
from openpyxl import load_workbook

from odoo.tests import tagged

from .common import FollowupHttpCase
from .print_case import PrintCase
from .shipping_case import ShippingVerbs
from .test_desk_reports import REPORTS

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@tagged("post_install", "-at_install")
class TestReportSpreadsheets(ShippingVerbs, FollowupHttpCase):
    """The reports as XLSX: what the web client's own export gives a manager."""

    def setUp(self):
        super().setUp()
        self.order = self.stocked_order(packs=240)
        self.env.flush_all()

    def download(self, path, login, data):
        self.authenticate(login, login)
        from odoo.http import Request
        return self.url_open(path, data={
            "data": json.dumps(data), "csrf_token": Request.csrf_token(self)})

    def export(self, number, model="gendan.report.delivery",
               fields=("notice_id", "first_date", "revised_date", "cartons"), groupby=(),
               domain=()):
        kinds = self.env[model]._fields
        return self.download("/web/export/xlsx", self.user(number).login, {
            "model": model, "ids": False, "import_compat": False,
            "domain": list(domain), "groupby": list(groupby), "context": {},
            "fields": [{"name": name, "label": name, "type": kinds[name].type}
                       for name in fields]})

    def sheet(self, *args, **kwargs):
        return list(load_workbook(io.BytesIO(self.export(*args, **kwargs).content)).active.values)

    def test_every_report_for_everybody_who_may_take_it_away(self):
        """All that stands in a list may be written into a spreadsheet by whoever reads it."""
        order = self.new_order("E05", "C06", [("F15", 240, 9.5)], "2026-12-22")
        self.make_valid(order)
        self.produce(self.release(order).sudo().production_ids, "E12")
        self.env.flush_all()
        for name in REPORTS:
            model = f"gendan.report.{name}"
            arch = etree.fromstring(self.env[model].get_view(view_type="list")["arch"])
            for number in ("E01", "E02", "E07", "E09", "E12", "E13", "E27"):
                reader = self.env[model].with_user(self.user(number)).with_company(self.company)
                if not reader.has_access("read"):
                    continue
                shown = reader.fields_get(attributes=[])
                fields = [node.get("name") for node in arch.iterfind("field")
                          if node.get("name") in shown]
                with self.subTest(name, number=number):
                    rows = self.sheet(number, model, fields)
                    self.assertEqual(len(rows) - 1, reader.search_count([]))
                    if name in ("output", "first.article"):
                        self.assertGreater(len(rows), 1)

    def test_a_rank_is_no_location(self):
        """One English word for both came out as 地点 above the drivers' places (X9)."""
        report = self.env["gendan.report.driver"].with_context(lang="zh_CN")
        self.assertEqual(report.fields_get(["rank"])["rank"]["string"], "名次")

    def test_what_is_not_judged_yet_is_no_zero(self):
        """Not due: late by no days, and on time at no rate; 12 cartons are 12 cartons."""
        notice = self.stocked_order(due="2040-11-26", packs=480).sudo().notice_id
        self.env.flush_all()
        asked = {"fields": ("notice_id", "days_late", "line_first", "order_first", "cartons"),
                 "domain": [("notice_id", "=", notice.id)]}
        self.assertEqual(self.sheet("E02", **asked)[1][1:], (None, None, None, 20))
        with self.subTest("a heading divides by what is judged, and there is nothing"):
            heading = self.sheet("E02", groupby=["partner_id"], **asked)[1]
            self.assertEqual(heading[1:], (None, None, None, 20))

    def test_list_as_spreadsheet(self):
        answer = self.export("E02")
        self.assertEqual(answer.headers["Content-Type"], SHEET)
        rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
        self.assertEqual(rows[0], ("notice_id", "first_date", "revised_date", "cartons"))
        self.assertEqual(len(rows), 2)
        self.assertEqual((rows[1][0], rows[1][3]), (self.order.sudo().notice_id.name, 10))

    def test_another_salespersons_rows_are_in_no_spreadsheet(self):
        self.user("E03").sudo().group_ids += self.env.ref("base.group_allow_export")
        rows = list(load_workbook(io.BytesIO(self.export("E03").content)).active.values)
        self.assertEqual(len(rows), 1, "the heading only")

    def test_pivot_as_spreadsheet(self):
        answer = self.download("/web/pivot/export_xlsx", self.user("E02").login, {
            "title": "准时足量", "model": "gendan.report.delivery", "measure_count": 1,
            "origin_count": 1, "col_group_headers": [[{"title": "", "height": 1, "width": 1}]],
            "measure_headers": [{"title": "箱", "height": 1, "width": 1, "is_bold": False}],
            "origin_headers": [], "rows": [{
                "title": "合计", "indent": 0,
                "values": [{"is_bold": False, "value": 10}]}]})
        values = list(load_workbook(io.BytesIO(answer.content)).active.values)
        self.assertIn(("合计", 10), [row[:2] for row in values])


@tagged("post_install", "-at_install")
class TestMonthlyReport(ShippingVerbs, FollowupHttpCase, PrintCase):
    """The monthly report as it comes out of the printer, in Chinese."""

    def test_month_on_paper(self):
        order = self.stocked_order(due="2026-11-26", packs=240)
        with self.at("2026-11-25 10:00"):
            self.papers(order)
        with self.at("2026-11-26 09:00"):
            self.delivery(order).button_validate()
        with self.at("2026-12-02 09:00"):
            wizard = self.as_user("gendan.monthly.report", "E02").create({})
            self.assertEqual(str(wizard.month), "2026-11-01", "the month that is over")
            text = "".join(self.printed(
                "gendan_followup.monthly_report", wizard, "E02", lang="zh_CN"))
        for said in ("2026-11", "2026-10", self.company.name, "周建国", "母婴连锁",
                     "100 %"):
            self.assertIn(said, text)
        # the sales manager may not read the drivers' sheets: they are not on his paper
        self.assertNotIn("司机", text)

    def test_a_month_that_has_not_begun(self):
        with self.at("2026-12-02 09:00"):
            wizard = self.as_user("gendan.monthly.report", "E01").create({"month": "2027-01-01"})
            with self.refused("2027-01 has not begun yet"):
                wizard.action_print()
