from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form

from .common import FollowupCase


class TestOrderScreens(FollowupCase):
    """The screens say what the gates would say, to the person who looks (screens 2)."""

    def setUp(self):
        super().setUp()
        self.order = self.new_order("E03", "C01", [("F02", 40800, 0.62)], "2027-12-22",
                                    client_order_ref="NP-1")

    def line_of(self, order, number="E03"):
        line = self.by(order, number).revision_line
        return {step["key"]: (step.get("done", False), step.get("present", False),
                              step.get("who")) for step in line["steps"]}

    def buttons(self, number):
        order = self.by(self.order, number)
        return {name for name in order._fields if name.startswith("can_") and order[name]} - {
            "can_edit", "can_invoice"}

    def test_the_status_line_names_who_is_next(self):
        self.assertEqual(self.line_of(self.order)["draft"], (False, True, "陈立"))
        self.by(self.order, "E03").action_submit()
        self.assertEqual(self.line_of(self.order)["submitted"], (True, False, "陈立"))
        self.assertEqual(self.line_of(self.order)["verified"], (False, True, "王芳"))
        self.verify(self.order, "E10")
        self.by(self.order, "E02").action_sign_sales_manager()
        line = self.line_of(self.order)
        self.assertEqual(line["sales_manager"], (True, False, "周建国"))
        self.assertEqual(line["finance"][:2], (False, True))
        self.assertEqual(set(line["finance"][2].split(" / ")), {"何丽", "钱敏"})
        self.by(self.order, "E07").action_sign_finance()
        self.assertTrue(self.line_of(self.order)["valid"][0])

    def test_a_deputy_is_shown_with_the_person_he_signs_for(self):
        now = fields.Datetime.now()
        self.env["gendan.deputy"].with_user(self.user("E02")).create({
            "principal_id": self.user("E02").id, "deputy_id": self.user("E09").id,
            "date_from": now, "date_to": fields.Datetime.add(now, days=1)})
        self.by(self.order, "E03").action_submit()
        self.verify(self.order, "E10")
        self.by(self.order, "E09").action_sign_sales_manager()
        step = next(s for s in self.by(self.order, "E03").revision_line["steps"]
                    if s["key"] == "sales_manager")
        self.assertEqual((step["who"], step["for"]), ("徐志强", "周建国"))

    def test_each_person_sees_the_buttons_that_would_not_be_refused(self):
        self.assertEqual(self.buttons("E03"), {"can_submit"})
        self.assertEqual(self.buttons("E10"), set())
        self.by(self.order, "E03").action_submit()
        self.assertEqual(self.buttons("E03"), {"can_withdraw"})
        self.assertEqual(self.buttons("E10"), {"can_verify", "can_return"})
        self.assertEqual(self.buttons("E07"), {"can_return"})
        self.assertEqual(self.buttons("E09"), {"can_assign"})
        self.verify(self.order, "E10")
        self.assertEqual(self.buttons("E07"), {"can_return", "can_sign_finance"})
        self.by(self.order, "E07").action_sign_finance()
        self.assertEqual(self.buttons("E07"), {"can_return", "can_withdraw_signature"})
        self.by(self.order, "E02").action_sign_sales_manager()
        self.assertEqual(self.buttons("E03"), {"can_open_revision"})
        self.by(self.order, "E03").action_open_revision("date")
        self.assertEqual(self.buttons("E03"), {"can_submit", "can_discard"})

    def test_what_is_missing_is_told_before_the_button_refuses(self):
        order = self.by(self.order, "E03")
        order.customer_document_ids = [fields.Command.clear()]
        order.order_line.size_width = 0
        missing = self.by(self.order, "E03").missing_text
        self.assertIn("has no document of the customer", missing)
        self.assertIn("size is empty", missing)
        with self.refused("has no document of the customer"):
            order.action_submit()

    def test_the_stage_follows_and_sorts_what_came_back_first(self):
        stages = self.env["sale.order"]._fields["stage"].get_values(self.env)
        self.assertEqual(stages[0], "1_returned")
        self.assertEqual(self.order.stage, "2_draft")
        self.by(self.order, "E03").action_submit()
        self.assertEqual(self.order.stage, "3_submitted")
        self.by(self.order, "E10").action_return("wrong code")
        self.assertRecordValues(self.order, [{
            "stage": "1_returned", "return_text": "王芳: wrong code", "waiting_for": "陈立"}])

    def test_the_verification_sheet_ticks_unchanged_groups_and_differences_apart(self):
        self.by(self.order, "E03").order_line.gsm = 55
        self.by(self.order, "E03").action_submit()
        order = self.by(self.order, "E10")
        sheet = order.verification_sheet
        self.assertTrue(sheet["can_tick"])
        material = next(g for g in sheet["groups"] if g["key"] == "3_material")
        (difference,) = material["lines"][0]["differences"]
        self.assertEqual((difference["reference"], difference["value"]), ("60", "55"))
        order.action_tick()
        sheet = self.by(self.order, "E10").verification_sheet
        self.assertEqual(sheet["open"], 1)
        self.by(self.order, "E10").action_tick([difference["id"]])
        self.assertEqual(self.by(self.order, "E10").verification_sheet["open"], 0)
        self.assertFalse(self.by(self.order, "E07").verification_sheet["can_tick"])

    def test_the_day_of_delivery_is_a_day_of_the_factory(self):
        order = self.by(self.order, "E03").with_context(tz="America/Santiago")
        self.assertEqual(order.delivery_day, fields.Date.to_date("2027-12-22"))
        order.commitment_date = "2027-12-28 17:30:00"
        self.assertEqual(order.delivery_day, fields.Date.to_date("2027-12-29"))
        order.delivery_day = "2027-12-27"
        self.assertEqual(order._delivery_date(), fields.Date.to_date("2027-12-27"))
        order.delivery_day = False
        self.assertFalse(order.commitment_date)

    def test_the_day_typed_on_the_form_is_kept_as_a_moment(self):
        with Form(self.by(self.order, "E03")) as form:
            form.delivery_day = False
            self.assertFalse(form.commitment_date)
            form.delivery_day = "2027-12-24"
            self.assertEqual(fields.Date.to_date(form.commitment_date),
                             fields.Date.to_date("2027-12-24"))
        self.assertEqual(self.order._delivery_date(), fields.Date.to_date("2027-12-24"))

    def test_the_day_of_a_signed_order_stays(self):
        self.make_valid(self.order)
        before = self.order.commitment_date
        with self.refused("is Valid and cannot be edited"):
            self.by(self.order, "E03").delivery_day = "2027-12-27"
        self.assertEqual(self.order.commitment_date, before)

    def test_an_order_of_a_merchandiser_waits_for_another_one(self):
        order = self.env["sale.order"].with_user(self.user("E10")).with_company(
            self.company).create({
                "partner_id": self.ref("C09").id, "commitment_date": "2027-12-22 04:00:00",
                "order_line": [fields.Command.create({
                    "product_id": self.ref("F01").id, "product_uom_qty": 240,
                    "price_unit": 9})]})
        self.attach_document(order)
        order.action_submit()
        self.assertNotIn("王芳", order.waiting_for)
        self.assertIn("李娜", order.waiting_for)
        waiting = self.env["sale.order"].with_user(self.user("E11")).search(
            [("is_mine_to_verify", "=", True)])
        self.assertIn(order, waiting)
        self.assertNotIn(order, self.env["sale.order"].with_user(self.user("E10")).search(
            [("is_mine_to_verify", "=", True)]))

    def test_what_waits_for_a_signature_is_found_after_a_return_again(self):
        def waiting(role):
            return self.order in self.env["sale.order"].search([(f"waits_{role}", "=", True)])

        self.by(self.order, "E03").action_submit()
        self.assertFalse(waiting("finance"))
        self.verify(self.order, "E10")
        self.by(self.order, "E07").action_sign_finance()
        self.assertFalse(waiting("finance"))
        self.assertTrue(waiting("sales_manager"))
        self.by(self.order, "E02").action_return("price")
        self.by(self.order, "E03").action_submit()
        self.verify(self.order, "E10")
        self.assertTrue(waiting("finance"))

    def test_after_signing_the_next_order_opens(self):
        other = self.new_order("E03", "C01", [("F02", 2400, 0.62)], "2027-12-23")
        for order in self.order | other:
            self.by(order, "E03").action_submit()
            self.verify(order, "E10")
        answer = self.by(self.order, "E07").action_sign_finance()
        self.assertEqual(answer["params"], {
            "action": "gendan_followup.action_order_to_sign_finance", "res_id": other.id})
        self.assertIs(self.by(other, "E07").action_sign_finance(), True)

    def test_two_revisions_compare_in_words(self):
        self.make_valid(self.order)
        first = self.order.revision_id
        self.by(self.order, "E03").action_open_revision("date and bag")
        self.by(self.order, "E03").write({"commitment_date": "2027-12-29 04:00:00"})
        second = self.order.revision_id.with_user(self.user("E03"))
        answer = second.compare_with(first.id)
        self.assertEqual(answer["change_class"], "commercial")
        (row,) = answer["rows"]
        self.assertEqual((row["old"], row["new"], row["commercial"]),
                         ("2027-12-22", "2027-12-29", True))
        self.by(self.order, "E03").order_line.bag_version_id = self.ref("PK01_v1")
        answer = second.compare_with(first.id)
        self.assertEqual(answer["change_class"], "technical")
        bag = next(row for row in answer["rows"] if "PK01-v1" in row["new"])
        self.assertIn("PK01-v2", bag["old"])
        other = self.new_order("E03", "C01", [("F02", 2400, 0.62)], "2027-12-23")
        self.by(other, "E03").action_submit()
        with self.assertRaisesRegex(UserError, "Only two revisions of one order"):
            second.compare_with(other.revision_id.id)

    def test_the_card_shows_the_last_order_and_what_differs(self):
        self.make_valid(self.order)
        again = self.new_order("E03", "C01", [("F02", 2400, 0.62, {"gsm": 55})], "2027-12-28")
        card = again.order_line.spec_card
        self.assertEqual((card["reference"], card["is_order"]), (self.order.name, True))
        differing = [field for group in card["groups"] for field in group["fields"]
                     if field["differs"]]
        self.assertEqual([(f["name"], f["value"], f["reference"]) for f in differing],
                         [("gsm", "55", "60")])


class TestSigningFigures(FollowupCase):
    """What finance and sales manager weigh (X19)."""

    def test_deposit_asked_by_the_terms(self):
        order = self.new_order("E03", "C01", [("F02", 40800, 0.62)], "2027-12-22")
        order.payment_term_id = self.ref("terms_deposit")
        page = self.by(order, "E07")
        self.assertAlmostEqual(page.deposit_needed, 7588.80)
        self.assertAlmostEqual(page.deposit_received, 0)
        self.assertAlmostEqual(page.deposit_open, 7588.80)

    def test_the_price_stands_beside_the_last_orders(self):
        prices = (0.60, 0.61, 0.62, 0.65)
        for price in prices:
            order = self.new_order("E03", "C01", [("F02", 2400, price)], "2027-12-22")
            self.make_valid(order)
        order = self.new_order("E03", "C01", [("F02", 2400, 0.52)], "2027-12-22")
        (row,) = self.by(order, "E02").price_history
        self.assertEqual([older["price"] for older in row["older"]], [0.65, 0.62, 0.61])
        self.assertEqual(row["older"][0]["change"], -20.0)
        self.assertEqual(self.by(order, "E02").customer_history["orders"], 4)
        self.assertEqual(self.by(order, "E02").customer_history["same_week"], 4)

    def test_open_items_of_the_customer(self):
        order = self.new_order("E05", "C06", [("F15", 2400, 9.8)], "2027-12-22")
        partner = self.ref("C06")
        invoice = self.env["account.move"].with_company(self.company).create({
            "move_type": "out_invoice", "partner_id": partner.id,
            "invoice_date": "2026-01-05", "invoice_date_due": "2026-02-04",
            "invoice_payment_term_id": False,
            "invoice_line_ids": [fields.Command.create({
                "name": "goods", "quantity": 1, "price_unit": 1000,
                "tax_ids": [fields.Command.clear()]})]})
        invoice.action_post()
        page = self.by(order, "E07")
        self.assertAlmostEqual(page.receivable_open, 1000)
        self.assertAlmostEqual(page.receivable_overdue, 1000)


class TestNoticeScreen(FollowupCase):
    """The notice's page: quantities in words, buttons of this person (screens 3)."""

    def setUp(self):
        super().setUp()
        self.order = self.new_order("E05", "C08", [("F15", 2401, 9.8)], "2027-12-22",
                                    tail_carton_agreed=True)
        self.make_valid(self.order)

    def test_quantities_read_as_packs_and_cartons(self):
        notice = self.notice_of(self.order, "E10")
        line = notice.line_ids
        self.assertFalse(line.to_make_text)
        notice.action_check_stock()
        self.assertRegex(line.ordered_text, r"^2,401 .+ = 100 cartons and 1 over$")
        self.assertTrue(line.to_make_text)

    def test_the_workshop_has_no_buttons_but_reads(self):
        workshop = self.notice_of(self.order, "E12")
        for name in ("can_check_stock", "can_release", "can_hold", "can_resume"):
            self.assertFalse(workshop[name])
        self.assertTrue(workshop.page_url.endswith(f"/odoo/production-notices/{workshop.id}"))
        self.assertIn("钱敏", workshop.signature_text)

    def test_release_is_offered_after_the_stock_check(self):
        notice = self.notice_of(self.order, "E10")
        self.assertRecordValues(notice, [{"can_check_stock": True, "can_release": False}])
        self.assertIn("no stock check", notice.release_missing)
        notice.action_check_stock()
        self.assertTrue(self.notice_of(self.order, "E10").can_release)

    def test_a_hold_says_why_in_the_reader_s_language(self):
        self.release(self.order)
        self.by(self.order, "E05").action_open_revision("more")
        self.by(self.order, "E05").order_line.product_uom_qty = 4800
        self.by(self.order, "E05").action_submit()
        notice = self.notice_of(self.order, "E12")
        self.assertTrue(notice.on_hold)
        self.assertEqual(notice.hold_text, "revision B is being signed")
        self.assertEqual(notice.production_ids.hold_text, notice.hold_text)
