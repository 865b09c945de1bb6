"""The printed 生产通知单: what it says, to whom, and which mark it carries."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import FollowupCase, FollowupVerbs
from .print_case import PrintCase

NOTICE_REPORT = "gendan_followup.report_production_notice"
REVISION_REPORT = "gendan_followup.report_revision"


class PaperVerbs(FollowupVerbs):
    """Orders to print, and the sheets they give."""

    def nordpark(self, **values):
        """Enter the order of S01: 40,800 packs for Nordpark."""
        return self.new_order("E03", "C01", [("F02", 40800, 0.62)], "2026-12-22",
                              client_order_ref="NP-PO-7781", **values)

    def sheet(self, record, number="E12"):
        """Return what the paper of one notice or revision says when ``number`` prints it."""
        report = "production_notice" if record._name == "gendan.production.notice" else "revision"
        printer = self.by(self.env[f"report.gendan_followup.report_{report}"], number)
        return printer._get_report_values(record.ids)["sheets"][0]

    def words(self, text, *args):
        """Return one of our terms in the language of the paper."""
        return self.env(context={"lang": self.company.partner_id.lang})._(text, *args)

    def change_quantity(self, order, packs):
        """Open, change and submit a new revision, as the salesperson."""
        order = self.by(order, "E03")
        order.action_open_revision("customer wants another quantity")
        order.order_line.product_uom_qty = packs
        order.action_submit()


class TestNoticeSheet(PaperVerbs, FollowupCase):
    """The content of the paper, put together without printing."""

    def test_it_says_what_the_order_says_in_the_order_of_the_paper(self):
        with self.at("2026-11-23 09:10"):
            order = self.nordpark()
            self.make_valid(order)
            notice = self.release(order)
            sheet = self.sheet(notice)
        line, = sheet.lines
        self.assertEqual(
            (sheet.number, sheet.letter, sheet.date, sheet.customer, sheet.customer_ref,
             sheet.delivery_date, sheet.destination, sheet.mark),
            (notice.name, "A", "2026-11-23", "Nordpark Baby AB", "NP-PO-7781", "2026-12-22",
             "Göteborg", ""))
        self.assertEqual((line.width, line.length, line.pieces), (200, 180, "60"))
        self.assertIn("100% 粘胶 · 60 g/m²", line.fabric)
        self.assertIn("200", line.materials[0])
        self.assertIn("PK01-v2", line.bag)
        self.assertEqual(line.code_format, "LOT NPyymmdd + EXP DD.MM.YYYY")
        self.assertIn("425×330×290", line.carton)
        self.assertIn("K=K", line.carton)
        self.assertEqual(line.mark_front, "NORDPARK BABY ART. 2060")
        self.assertTrue(line.quantity.startswith("40,800 "))
        self.assertIn("1,700", line.cartons)
        self.assertEqual([label for label, _quantity in line.shares],
                         [self.words("From stock"), self.words("Released, to make")])
        self.assertIn("40,800", line.shares[1][1])
        self.assertIn("刘大伟", sheet.copies)
        self.assertIn("马丽", sheet.copies)

    def test_the_signature_block_has_names_and_times_of_the_company(self):
        """Whoever prints, wherever he sits: the time is the factory's (X1)."""
        with self.at("2026-11-23 10:40"):
            order = self.nordpark()
            order.with_user(self.user("E03")).action_submit()
        with self.at("2026-11-23 11:20"):
            self.verify(order, "E10")
        with self.at("2026-11-23 14:00"):
            self.by(order, "E07").action_sign_finance()
        self.user("E12").tz = "America/New_York"
        signs = self.sheet(order.notice_id).signs
        self.assertEqual([(sign.name, sign.at) for sign in signs], [
            ("陈立", "2026-11-23 10:40"), ("王芳", "2026-11-23 11:20"),
            ("钱敏", "2026-11-23 14:00"), ("", "")])

    def test_a_deputy_is_shown_with_the_absent_person(self):
        with self.at("2026-11-23 08:00"):
            deputies = self.by(self.env["gendan.deputy"], "E27")
            deputies.create([
                {"principal_id": self.user(absent).id, "deputy_id": self.user(present).id,
                 "date_to": "2026-12-01"} for absent, present in (("E07", "E08"), ("E10", "E11"))])
        with self.at("2026-11-23 09:00"):
            order = self.nordpark()
            self.make_valid(order, merchandiser="E11", finance="E08")
        names = [sign.name for sign in self.sheet(order.notice_id).signs]
        self.assertEqual(names, [
            "陈立", self.words("%(deputy)s for %(principal)s") % {
                "deputy": "李娜", "principal": "王芳"},
            self.words("%(deputy)s for %(principal)s") % {"deputy": "何丽", "principal": "钱敏"},
            "周建国"])

    def test_the_mark_follows_the_life_of_the_order(self):
        with self.at("2026-11-23 09:00"):
            order = self.nordpark()
            order.with_user(self.user("E03")).action_submit()
            notice, first = order.notice_id, order.revision_id
            self.assertEqual(self.sheet(notice).mark, self.words("NOT IN FORCE"))
            self.assertIn("A", self.sheet(notice).mark_reason)
            self.verify(order, "E10")
            self.by(order, "E07").action_sign_finance()
            self.assertEqual(self.sheet(notice).mark, self.words("NOT IN FORCE"))
            self.by(order, "E02").action_sign_sales_manager()
            self.assertEqual(self.sheet(notice).mark, "")
            self.by(notice, "E10").action_hold("膜的颜色不对")
            sheet = self.sheet(notice)
            self.assertEqual((sheet.mark, sheet.mark_reason),
                             (self.words("ON HOLD"), "膜的颜色不对"))
            self.by(notice, "E10").action_resume()
            self.change_quantity(order, 48000)
        self.assertEqual(self.sheet(notice).mark, self.words("ON HOLD"))
        self.assertEqual(self.sheet(first, "E10").mark, self.words("VOID"))
        self.assertEqual(self.sheet(order.revision_id, "E10").mark, self.words("NOT IN FORCE"))

    def test_the_paper_of_a_cancelled_order_is_void(self):
        order = self.nordpark()
        self.make_valid(order)
        self.by(order, "E03")._action_cancel()
        self.assertEqual(self.sheet(order.notice_id).mark, self.words("VOID"))

    def test_an_old_revision_is_printed_as_it_was_signed(self):
        with self.at("2026-11-23 09:00"):
            order = self.nordpark()
            self.make_valid(order)
            first = order.revision_id
        with self.at("2026-11-24 09:00"):
            self.change_quantity(order, 48000)
            self.verify(order, "E10")
            self.by(order, "E07").action_sign_finance()
            self.by(order, "E02").action_sign_sales_manager()
        old, new = self.sheet(first, "E10"), self.sheet(order.notice_id)
        self.assertEqual((old.mark, new.mark), (self.words("VOID"), ""))
        self.assertEqual((old.letter, new.letter), ("A", "B"))
        self.assertEqual(old.lines[0].quantity[:6], "40,800")
        self.assertEqual(new.lines[0].quantity[:6], "48,000")
        self.assertIn("B", old.mark_reason)
        self.assertEqual([sign.at for sign in old.signs], ["2026-11-23 09:00"] * 4)

    def test_a_tail_carton_is_spelled_out(self):
        order = self.new_order("E05", "C06", [("F01", 100, 4.2)], "2026-12-22",
                               tail_carton_agreed=True)
        order.with_user(self.user("E05")).action_submit()
        line, = self.sheet(order.notice_id).lines
        self.assertIn(self.words("%s cartons", "4"), line.cartons)
        self.assertIn("4 ", line.cartons.replace(self.words("%s cartons", "4"), ""))

    def test_remarks_of_several_products_name_the_product(self):
        order = self.new_order("E04", "C02", [("F11", 12000, 1.35), ("F12", 600, 0.72)],
                               "2026-12-22")
        order.with_user(self.user("E04")).action_submit()
        sheet = self.sheet(order.notice_id)
        self.assertEqual([line.product.default_code for line in sheet.lines], ["F11", "F12"])
        self.assertEqual(len(sheet.remarks), 1)
        self.assertIn("F11", sheet.remarks[0])

    def test_no_price_is_on_the_paper(self):
        order = self.nordpark()
        self.make_valid(order)
        text = str(self.sheet(order.notice_id)._replace(qr="", lines=[
            line._replace(image="", bag_image="")
            for line in self.sheet(order.notice_id).lines]))
        self.assertNotIn("0.62", text)
        self.assertNotIn("25,296", text)

    def test_a_draft_has_nothing_to_print(self):
        order = self.nordpark()
        self.make_valid(order)
        self.by(order, "E03").action_open_revision("draft only")
        with self.refused("never submitted"):
            self.sheet(order.revision_id, "E10")

    def test_who_may_not_read_the_document_may_not_print_it(self):
        order = self.nordpark()
        self.make_valid(order)
        # a keeper reads the notice, not the revision with its prices
        self.assertTrue(self.sheet(order.notice_id, "E14"))
        with self.assertRaises(AccessError):
            self.sheet(order.revision_id, "E14")
        stranger = self.env["res.users"].with_context(no_reset_password=True).create({
            "name": "stranger", "login": "stranger", "company_id": self._other_company().id,
            "company_ids": [(6, 0, self._other_company().ids)]})
        with self.assertRaises(AccessError):
            self.env["report.gendan_followup.report_production_notice"].with_user(
                stranger).with_company(stranger.company_id)._get_report_values(
                    order.notice_id.ids)

    def _other_company(self):
        return self.env["res.company"].search([("name", "=", "Elsewhere")]) or self.env[
            "res.company"].create({"name": "Elsewhere"})


@tagged("post_install", "-at_install")
class TestNoticePaper(PaperVerbs, PrintCase):
    """The PDF itself, printed by the workshop."""

    def setUp(self):
        super().setUp()
        with self.at("2026-11-23 09:10"):
            self.order = self.nordpark()
            self.make_valid(self.order)
            self.notice = self.release(self.order)

    def test_the_production_supervisor_prints_it(self):
        page, = self.printed(NOTICE_REPORT, self.notice, "E12")
        for text in (self.notice.name, "Nordpark Baby AB", "NP-PO-7781", "婴儿湿巾", "200 mm",
                     "180 mm", "40,800", "1,700", "PK01-v2", "2026-12-22", "陈立", "王芳", "钱敏",
                     "周建国", "2026-11-23 09:10", "刘大伟", "1 / 1"):
            self.assertIn(text, page)
        self.assertNotIn("0.62", page)

    def test_the_keeper_prints_several_at_once(self):
        second = self.new_order("E03", "C01", [("F02", 24000, 0.62)], "2026-12-23")
        second.with_user(self.user("E03")).action_submit()
        pages = self.printed(NOTICE_REPORT, self.notice | second.notice_id, "E14")
        self.assertEqual(len(pages), 2)
        self.assertIn(self.notice.name, pages[0])
        self.assertIn(second.notice_id.name, pages[1])
        self.assertNotIn(self.words("NOT IN FORCE"), pages[0])
        self.assertIn(self.words("NOT IN FORCE"), pages[1])

    def test_a_long_order_takes_several_pages(self):
        codes = ("F02", "F04", "F05", "F06", "F07")
        order = self.new_order("E03", "C01", [(code, 24000, 0.62) for code in codes],
                               "2026-12-23")
        order.with_user(self.user("E03")).action_submit()
        pages = self.printed(NOTICE_REPORT, order.notice_id, "E12")
        self.assertGreater(len(pages), 1)
        for number, page in enumerate(pages, 1):
            self.assertIn(order.notice_id.name, page)
            self.assertIn(f"{number} / {len(pages)}", page)

    def test_an_old_revision_is_printed_void(self):
        first = self.order.revision_id
        self.change_quantity(self.order, 48000)
        page, = self.printed(REVISION_REPORT, first, "E10")
        self.assertIn(self.words("VOID"), page)
        self.assertIn("40,800", page)

    def test_it_is_printed_in_the_language_of_the_company(self):
        """The user's own language does not matter: the workshop reads Chinese."""
        template = self.env.ref("gendan_followup.notice_sheet_head")
        template.update_field_translations("arch_db", {
            "zh_CN": {"Production notice": "生产通知单"}})
        self.user("E12").lang = "en_US"
        self.company.partner_id.lang = "zh_CN"
        page, = self.printed(NOTICE_REPORT, self.notice, "E12")
        self.assertIn("生产通知单", page.replace(" ", ""))

    def test_it_stands_without_the_server(self):
        """Behind a proxy or on another port core's papers lose their style sheet."""
        self.env["ir.config_parameter"].set_param("report.url", "http://localhost:1")
        html, _kind = self.by(self.env["ir.actions.report"], "E12")._render_qweb_html(
            NOTICE_REPORT, self.notice.ids)
        self.assertEqual(html.count(b".o_notice_strip {"), 2 * 3, "head, paper and foot")
        page, = self.printed(NOTICE_REPORT, self.notice, "E12")
        self.assertIn(self.notice.name, page)

    def test_print_stands_in_the_menu_of_the_notice(self):
        bindings = self.by(self.env["ir.actions.actions"], "E14").get_bindings(
            "gendan.production.notice")
        self.assertIn(self.env.ref("gendan_followup.action_report_production_notice").id,
                      [action["id"] for action in bindings["report"]])

    def test_nothing_to_print_is_said(self):
        self.by(self.order, "E03").action_open_revision("draft only")
        with self.assertRaisesRegex(UserError, "never submitted|没有提交"):
            self.printed(REVISION_REPORT, self.order.revision_id, "E10")
