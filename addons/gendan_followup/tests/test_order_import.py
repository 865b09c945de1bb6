"""Orders from a spreadsheet: errors by row, nothing half-done, nothing signed."""

import csv
import io
from datetime import date

import openpyxl

from odoo.tests import HttpCase, tagged

from ..controllers.order_import import HEAD, LINE
from ..demo.factory import Factory
from .common import FollowupCase, FollowupVerbs

COLUMNS = ["partner_id", "client_order_ref", "commitment_date", "destination",
           "order_line/product_id", "order_line/product_uom_qty", "order_line/price_unit"]
NORDPARK = ["Nordpark Baby AB", "NP-1", "2026-12-22", "Göteborg", "F02", "40,800", "0.62"]
HOKUTO = ["北都衛生 Hokuto Hygiene K.K.", "HK-1", "2026-12-20", "", "F04", "24000", "0.12"]
BEILE = ["杭州贝乐母婴连锁", "BL-1", "2026-12-20", "", "F01", "5760", "4.2"]


class ImportVerbs(FollowupVerbs):
    """Import as a salesperson, on the morning of the story."""

    def load(self, rows, columns=COLUMNS, number="E03"):
        """Load ``rows`` by core's `load`, as ``number``."""
        with self.at("2026-11-23 09:00"):
            return self.by(self.env["sale.order"], number).load(columns, rows)

    def row(self, *base, **changes):
        """Return a row with some of `COLUMNS` changed."""
        names = ["partner", "ref", "date", "destination", "product", "quantity", "price"]
        return [changes.get(name, value) for name, value in zip(names, base, strict=True)]

    def orders(self):
        """Return how many orders there are."""
        return self.env["sale.order"].search_count([])

    def assert_refused(self, result, *expected):
        """Expect errors ``(first row, last row, text)`` and nothing left behind."""
        errors = [message for message in result["messages"] if message["type"] == "error"]
        self.assertFalse(result["ids"])
        self.assertEqual([(error["rows"]["from"], error["rows"]["to"]) for error in errors],
                         [(first, last) for first, last, _text in expected])
        for error, (_first, _last, text) in zip(errors, expected, strict=True):
            self.assertRegex(error["message"], text)


class TestOrderImport(ImportVerbs, FollowupCase):
    """By `load` and by core's import wizard."""

    def test_a_salesperson_imports_orders(self):
        result = self.load([NORDPARK, HOKUTO])
        self.assertEqual(result["messages"], [])
        nordpark, hokuto = self.env["sale.order"].browse(result["ids"])
        self.assertRecordValues(nordpark | hokuto, [
            {"order_kind": "export", "client_order_ref": "NP-1", "state": "draft",
             "revision_state": False, "notice_id": False, "destination": "Göteborg"},
            {"order_kind": "export", "client_order_ref": "HK-1", "state": "draft",
             "revision_state": False, "notice_id": False, "destination": False}])
        self.assertEqual(nordpark._delivery_date(), date(2026, 12, 22))
        self.assertEqual(nordpark._responsible_users()[1], self.user("E10"))
        self.assertEqual(nordpark.payment_term_id, self.ref("C01").property_payment_term_id)
        line = nordpark.order_line
        self.assertRecordValues(line, [{
            "product_uom_qty": 40800, "price_unit": 0.62, "size_width": 200, "size_length": 180,
            "gsm": 60, "pieces_per_pack": 60, "packs_per_carton": 24,
            "bag_version_id": self.ref("PK01_v2").id, "chosen_bom_id": self.ref("bom_F02").id,
            "code_format": "LOT NPyymmdd + EXP DD.MM.YYYY"}])

    def test_the_specification_comes_from_the_row_and_else_from_the_product(self):
        columns = [*COLUMNS, "order_kind", "order_line/size_length", "order_line/mark_front",
                   "order_line/bag_version_id", "order_line/product_uom_id"]
        result = self.load([[*NORDPARK, "", "", "NORDPARK / PO 1", "PK01-v1", ""]], columns)
        self.assertEqual(result["messages"], [])
        order = self.env["sale.order"].browse(result["ids"])
        self.assertEqual(order.order_kind, "export")
        self.assertRecordValues(order.order_line, [{
            "size_length": 180, "mark_front": "NORDPARK / PO 1", "packs_per_carton": 24,
            "bag_version_id": self.ref("PK01_v1").id,
            "product_uom_id": self.ref("F02").uom_id.id}])

    def test_several_rows_make_one_order(self):
        more = ["", "", "", "", "F04", "24,000", "0.12"]
        result = self.load([NORDPARK, more, HOKUTO])
        first, second = self.env["sale.order"].browse(result["ids"])
        self.assertEqual(first.order_line.mapped("product_uom_qty"), [40800, 24000])
        self.assertEqual(second.order_line.product_uom_qty, 24000)

    def test_wrong_rows_are_named_and_nothing_is_kept(self):
        before = self.orders()
        kilogram = self.env.ref("uom.product_uom_kgm").name
        columns = [*COLUMNS, "order_line/product_uom_id"]
        result = self.load([
            [*NORDPARK, ""],
            [*self.row(*NORDPARK, quantity="-5"), ""],
            [*self.row(*NORDPARK, quantity="0"), ""],
            [*self.row(*NORDPARK, date="2026-11-22"), ""],
            [*NORDPARK, kilogram],
            [*self.row(*NORDPARK, quantity="999,999,999"), ""],
            [*HOKUTO, ""],
        ], columns)
        self.assert_refused(
            result, (1, 1, "NP-1.*quantity -5"), (2, 2, "NP-1.*quantity 0"),
            (3, 3, "delivery date 2026-11-22 is in the past"),
            (4, 4, f"not counted in {kilogram}"), (5, 5, "quantity"))
        self.assertEqual(self.orders(), before)

    def test_an_unknown_product_is_named_with_its_row(self):
        before = self.orders()
        result = self.load([NORDPARK, self.row(*NORDPARK, product="F99"),
                            self.row(*HOKUTO, partner="Nobody Ltd")])
        self.assert_refused(result, (1, 1, "F99"), (2, 2, "Nobody Ltd"))
        self.assertEqual(self.orders(), before)

    def test_an_empty_cell_that_is_needed_is_said(self):
        result = self.load([self.row(*NORDPARK, partner=""), self.row(*HOKUTO, product="")])
        self.assert_refused(result, (0, 0, "No customer"), (1, 1, "No product"))

    def test_a_colleagues_customer_is_not_imported(self):
        self.assert_refused(self.load([NORDPARK, BEILE]), (1, 1, "sale.order"))

    def test_an_archived_product_is_unknown(self):
        self.ref("F02").active = False
        self.assert_refused(self.load([NORDPARK]), (0, 0, "F02"))

    def test_no_number_is_an_error_of_its_row(self):
        self.assert_refused(self.load([HOKUTO, self.row(*NORDPARK, quantity="40,8oo")]),
                            (1, 1, "40,8oo"))

    def test_a_name_that_two_products_bear_is_no_guess(self):
        """Core takes the first of them and warns; a wrong bag is an incident."""
        self.ref("F02").copy({"name": "twin", "default_code": "TWIN"})
        self.ref("F04").copy({"name": "twin", "default_code": "TWIN"})
        before = self.orders()
        self.assert_refused(self.load([NORDPARK, self.row(*NORDPARK, product="TWIN")]),
                            (1, 1, "TWIN"))
        self.assertEqual(self.orders(), before)

    def test_the_day_is_the_factorys(self):
        """A salesperson on the road: the day typed is the day in Yiwu (X1)."""
        self.user("E03").tz = "Pacific/Auckland"
        result = self.load([NORDPARK])
        order = self.env["sale.order"].browse(result["ids"])
        self.assertEqual(order._delivery_date(), date(2026, 12, 22))

    def test_what_steps_make_true_is_in_no_spreadsheet(self):
        before = self.orders()
        for column, value in (("state", "sale"), ("locked", "True"), ("revision_id/id", "x"),
                              ("valid_revision_id/.id", "1"), ("merchandiser_id", "王芳"),
                              ("notice_id", "SC-1"), ("revision_ids/state", "valid"),
                              ("order_line/bom_snapshot", "[]")):
            with self.subTest(column=column):
                result = self.load([[*NORDPARK, value]], [*COLUMNS, column])
                self.assert_refused(result, (0, 0, "cannot be imported"))
        self.assertEqual(self.orders(), before)
        self.assertIn("order.import", [row["gate"] for row in self.refusals()])

    def test_an_import_never_submits(self):
        order = self.env["sale.order"].browse(self.load([NORDPARK])["ids"])
        self.assertFalse(order.revision_id)
        self.assertEqual(order.state, "draft")
        with self.refused("no document of the customer"):
            self.by(order, "E03").action_submit()
        self.attach_document(order)
        self.make_valid(order)
        self.assertEqual(order.revision_state, "valid")

    def test_an_order_under_verification_is_not_imported_over(self):
        order = self.new_order("E03", "C01", [("F02", 40800, 0.62)], "2026-12-22")
        order.with_user(self.user("E03")).action_submit()
        result = self.load([[str(order.id), "2026-12-30"]], [".id", "commitment_date"])
        self.assert_refused(result, (0, 0, "cannot be edited"))
        self.assertEqual(order._delivery_date(), date(2026, 12, 22))

    def test_a_draft_is_imported_over(self):
        order = self.new_order("E03", "C01", [("F02", 40800, 0.62)], "2026-12-22")
        result = self.load([[str(order.id), "2026-12-30"]], [".id", "commitment_date"])
        self.assertEqual(result["ids"], order.ids)
        self.assertEqual(order._delivery_date(), date(2026, 12, 30))
        self.assert_refused(self.load([[str(order.id), "2026-11-01"]], [".id", "commitment_date"]),
                            (0, 0, "in the past"))

    def test_a_keeper_imports_nothing(self):
        self.assert_refused(self.load([NORDPARK], number="E14"), (0, 0, "not allowed|无权|不允许"))

    def test_without_the_switch_core_imports_as_ever(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        user = self.user("E03")
        user.company_ids |= company
        orders = self.env["sale.order"].with_user(user).with_company(company)
        self.assertNotIn("gendan", orders.get_import_templates()[0]["template"])
        result = orders.load(["partner_id", "locked"], [["Nordpark Baby AB", "False"]])
        self.assertTrue(result["ids"])

    # --------------------------------------------------------- core's wizard

    def execute(self, rows, dryrun=False):
        """Import a CSV file by core's wizard, with the options of its screen."""
        stream = io.StringIO()
        writer = csv.writer(stream)
        writer.writerows([COLUMNS, *rows])
        wizard = self.by(self.env["base_import.import"], "E03").create({
            "res_model": "sale.order", "file": stream.getvalue().encode(),
            "file_name": "orders.csv", "file_type": "text/csv"})
        with self.at("2026-11-23 09:00"):
            return wizard.execute_import(COLUMNS, COLUMNS, {
                "has_headers": True, "quoting": '"', "separator": ",",
                "float_thousand_separator": ",", "float_decimal_separator": ".",
                "date_format": "%Y-%m-%d", "datetime_format": "%Y-%m-%d %H:%M:%S",
                "advanced": True}, dryrun=dryrun)

    def test_the_wizard_imports(self):
        result = self.execute([NORDPARK, HOKUTO])
        self.assertEqual(result["messages"], [])
        orders = self.env["sale.order"].browse(result["ids"])
        self.assertEqual(orders.order_line.mapped("product_uom_qty"), [40800, 24000])
        self.assertEqual(orders.user_id, self.user("E03"))

    def test_the_wizard_names_the_rows(self):
        before = self.orders()
        wrong = self.row(*NORDPARK, quantity="-5")
        for dryrun in (True, False):
            self.assert_refused(self.execute([HOKUTO, wrong], dryrun), (1, 1, "quantity -5"))
        self.assertEqual(self.orders(), before)

    def test_the_test_run_leaves_nothing(self):
        before = self.orders()
        self.assertEqual(self.execute([NORDPARK], dryrun=True)["messages"], [])
        self.assertEqual(self.orders(), before)


@tagged("post_install", "-at_install")
class TestOrderSheet(ImportVerbs, HttpCase):
    """The empty sheet, fetched by a browser and filled in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US", tracking_disable=True))
        cls.factory = Factory(cls.env).ensure()
        cls.company = cls.factory.company

    def fetch(self, login):
        """Return the sheet that ``login`` gets."""
        self.authenticate(login, login)
        template, = self.by(self.env["sale.order"], "E03").get_import_templates()
        response = self.url_open(template["template"])
        response.raise_for_status()
        return openpyxl.load_workbook(io.BytesIO(response.content))

    def test_every_heading_finds_its_field_and_the_filled_sheet_is_imported(self):
        expected = [*HEAD, *(f"order_line/{name}" for name in LINE)]
        for lang in ("zh_CN", "en_US"):
            if lang not in dict(self.env["res.lang"].get_installed()):
                continue
            with self.subTest(lang=lang):
                self.user("E03").lang = lang
                book = self.fetch("chenli")
                sheet = book.active
                self.assertEqual(sheet.max_column, len(expected))
                values = {
                    "partner_id": "Nordpark Baby AB", "commitment_date": date(2027, 12, 22),
                    "order_line/product_id": "F02", "order_line/product_uom_qty": 40800,
                    "order_line/price_unit": 0.62, "order_line/size_length": 190}
                for column, path in enumerate(expected, 1):
                    sheet.cell(2, column, values.get(path))
                stream = io.BytesIO()
                book.save(stream)
                wizard = self.by(self.env["base_import.import"], "E03").with_context(
                    lang=lang).create({
                        "res_model": "sale.order", "file": stream.getvalue(),
                        "file_name": "orders.xlsx",
                        "file_type": "application/vnd.openxmlformats-officedocument"
                        ".spreadsheetml.sheet"})
                preview = wizard.parse_preview({"has_headers": True, "keep_matches": False})
                self.assertNotIn("error", preview)
                found = ["/".join(preview["matches"][column]) for column in range(len(expected))]
                self.assertEqual(found, expected)
                result = wizard.execute_import(found, preview["headers"], preview["options"])
                self.assertEqual(result["messages"], [])
                order = self.env["sale.order"].browse(result["ids"])
                self.assertRecordValues(order.order_line, [
                    {"product_uom_qty": 40800, "size_width": 200, "size_length": 190}])
                self.assertEqual(order._delivery_date(), date(2027, 12, 22))

    def test_only_who_enters_orders_gets_the_sheet(self):
        self.authenticate("suntao", "suntao")
        response = self.url_open("/gendan_followup/order_import_template.xlsx")
        self.assertEqual(response.status_code, 403)
