from lxml import html

from odoo.fields import Command
from odoo.tests import tagged

from .common import FollowupVerbs
from .print_case import PrintCase
from .shipping_case import DISPATCHER, KEEPER, SELLER, ShippingVerbs

GATE = "pad_gate"
BOX = 432


@tagged("post_install", "-at_install")
class TestShippingPapers(ShippingVerbs, FollowupVerbs, PrintCase):
    """Forms 9–13 as PDF, in the words of the factory (X10)."""

    def setUp(self):
        super().setUp()
        with self.at("2026-12-01 08:30"):
            self.order = self.new_order("E04", "C02", [("F11", BOX * 40, 1.35)], "2026-12-12",
                                        client_order_ref="SUN-77")
            self.make_valid(self.order, merchandiser=DISPATCHER)
        with self.at("2026-12-09 09:00"):
            self.shipping = self.accepted_shipping(
                self.order, "2026-12-10", seller="E04", destination="Melbourne",
                container_type_id=self.container("20gp").id)

    def paper(self, name, records, number):
        return self.printed(f"gendan_followup.report_{name}", records, number, lang="zh_CN")

    def loading(self):
        """Return the report of the container, both counts in."""
        with self.at("2026-12-09 14:00"):
            self.with_slip(self.shipping, "定金已到")
        with self.at("2026-12-10 08:30"):
            self.start_loading(self.shipping)
            report = self.loading_report(self.shipping)
            self.fill_report(report)
            self.tally(report, DISPATCHER, BOX)
            self.tally(report, KEEPER, BOX)
        return report

    def dispatch(self):
        return self.as_user("gendan.dispatch", DISPATCHER).create({
            "day": "2026-12-10", "hired_plate": "浙B·H2203", "hired_volume": 33,
            "hired_payload": 21700, "hired_driver": "外雇司机",
            "stop_ids": [Command.create({"shipping_id": self.shipping.id, "hour_due": 14.5})]})

    def test_three_copies_of_the_shipping_notice(self):
        pages = self.paper("shipping_notice", self.shipping, DISPATCHER)
        self.assertEqual(len(pages), 3)
        for page, label in zip(pages, self.shipping.with_context(lang="zh_CN")._copy_labels(),
                               strict=True):
            for text in (label, self.shipping.name, "出运通知单", "Melbourne", "432", "28.3"):
                self.assertIn(text, page)
        again = self.paper("shipping_notice", self.shipping, KEEPER)
        for page in again:
            self.assertIn("补打 1", page)

    def test_an_empty_cell_keeps_its_place(self):
        """What is not known yet is an empty box, nothing moves under another heading."""
        self.assertFalse(self.shipping.truck_plate or self.shipping.booking_no)
        content, _kind = self.by(self.env["ir.actions.report"], DISPATCHER)._render_qweb_html(
            "gendan_followup.report_shipping_notice", self.shipping.ids)
        tables = html.fromstring(content).xpath("//table[contains(@class, 'o_shipping_table')]")
        self.assertTrue(tables)
        for table in tables:
            widths = {sum(int(cell.get("colspan", 1)) for cell in row.xpath("th | td"))
                      for row in table.xpath(".//tr")}
            self.assertEqual(len(widths), 1, html.tostring(table, encoding="unicode"))

    def test_the_slip_of_finance(self):
        with self.at("2026-12-09 14:00"):
            slip = self.with_slip(self.shipping, "定金已到")
        page, = self.paper("issue_slip", slip, KEEPER)
        for text in (slip.name, self.shipping.name, "出库单", "定金已到", "何丽", "432"):
            self.assertIn(text, page)

    def test_the_dispatch_sheet(self):
        dispatch = self.dispatch()
        with self.refused("the sheet is printed when it is confirmed"):
            self.printed("gendan_followup.report_dispatch", dispatch, DISPATCHER)
        with self.at("2026-12-09 15:40"):
            self.by(self.shipping, DISPATCHER).action_confirm_goods("今晚完工")
            dispatch.action_confirm()
        page, = self.paper("dispatch", dispatch, GATE)
        for text in (dispatch.name, "派车单", "浙B·H2203", "外雇司机", "2026-12-10", "Melbourne",
                     "14:30", "李娜", f"{self.shipping.volume:.2f}"):
            self.assertIn(text, page)

    def test_the_loading_report_is_printed_when_it_is_closed(self):
        report = self.loading()
        for number in (DISPATCHER, KEEPER):
            with self.subTest(user=number), self.refused("it is printed when it is closed"):
                self.printed("gendan_followup.report_loading", report, number)
        with self.at("2026-12-10 11:40"):
            self.by(report, DISPATCHER).action_close()
        pages = self.paper("loading", report, KEEPER)
        text = "".join(pages)
        for word in (report.name, "监柜记录", "CSQU3054383", "SH8841207", "浙B·H2203", "李娜",
                     "高军", "2026-12-10 08:30", "2026-12-10 11:40", "空箱", "封条",
                     f"{100 * report.volume_share:.1f} %"):
            self.assertIn(word, text)

    def test_the_sheet_that_a_driver_signs(self):
        with self.at("2026-11-30 17:00"):
            self.as_user("gendan.driver.fact", DISPATCHER).create({
                "driver_id": self.ref("E24").id, "kind": "fine", "date": "2026-11-12",
                "description": "超速罚单"})
        with self.at("2026-12-01 09:00"):
            sheet = self.as_user("gendan.driver.appraisal", DISPATCHER).create({
                "driver_id": self.ref("E24").id, "month": "2026-11-01"})
        page, = self.paper("driver_appraisal", sheet, DISPATCHER)
        for text in ("司机考核表", "孔亮", "2026-11", "超速罚单", str(sheet.score), "草稿"):
            self.assertIn(text, page)
        with self.at("2026-12-02 09:00"):
            self.by(sheet, DISPATCHER).action_submit()
        page, = self.paper("driver_appraisal", sheet, "E09")
        self.assertNotIn("草稿", page)
        self.assertIn("2026-12-02 09:00", page)

    def test_the_seller_prints_his_notice_and_not_a_draft(self):
        with self.at("2026-12-09 09:00"):
            draft = self.new_shipping(
                self.stocked_order(packs=480, day="2026-12-08", due="2026-12-11"), "2026-12-11")
            with self.refused("its copies are printed when it is accepted"):
                self.printed("gendan_followup.report_shipping_notice", draft, SELLER)
