from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .forgery_common import ForgeryCase

WATCHED = ("sale.order", "gendan.revision", "gendan.revision.event", "gendan.production.notice",
           "gendan.verification.tick", "gendan.assignment")


@tagged("adversary")
class TestBadInput(ForgeryCase):
    """What is wrong is said with document and remedy, and nothing is half-done (D1.2–D1.5)."""

    def entered(self, values=None, product="F15", due="2026-12-28", lines=1, **head):
        """Return an order of C06 as its salesperson entered it."""
        with self.at("2026-12-07 09:00"):
            order = self.new_order("E05", "C06", [(product, 2400, 9.8, values or {})] * lines, due,
                                   **head)
            self.env.flush_all()
        return order

    def submitted(self, *args, **kwargs):
        order = self.entered(*args, **kwargs)
        with self.at("2026-12-07 09:10"):
            order.action_submit()
        self.env.flush_all()
        return order

    def assert_not_submitted(self, order, pattern):
        with self.at("2026-12-07 09:10"):
            error = self.assert_no_effect(WATCHED, self.rpc, "E05", "sale.order", "action_submit",
                                          order.ids)
        self.assertIsInstance(error, UserError)
        self.assertRegex(str(error), pattern)
        self.assertIn(order.name, str(error), "the document is named")
        self.assertIn("→", str(error), "the remedy is named")
        self.assertFalse(order.revision_id)

    def assert_not_verified(self, order, pattern, ticked=True, when="2026-12-07 10:00"):
        with self.at(when):
            if ticked:
                self.by(order, "E10").revision_id.tick_ids.action_tick()
            error = self.assert_no_effect(WATCHED, self.rpc, "E10", "sale.order", "action_verify",
                                          order.ids)
        self.assertIsInstance(error, UserError)
        self.assertRegex(str(error), pattern)
        self.assertIn(order.name, str(error), "the document is named")
        self.assertIn("→", str(error), "the remedy is named")
        self.assertEqual(order.sudo().revision_state, "submitted")

    # --------------------------------------------------------------- quantities

    def test_zero_negative_and_absurd_quantities(self):
        for quantity, shown in ((0, "0"), (-5, "-5"), (0.001, "0"), (100_000_001, "100,000,001"),
                                (10**12, "1,000,000,000,000")):
            with self.subTest(quantity=quantity):
                self.assert_not_submitted(
                    self.entered({"product_uom_qty": quantity}),
                    f"棉柔巾.*: quantity {shown} → the salesperson enters what the customer")

    def test_as_much_as_the_plant_could_make(self):
        self.assertTrue(self.submitted({"product_uom_qty": 100_000_000}).revision_id)

    def test_broken_packs(self):
        order = self.submitted({"product_uom_qty": 2400.5})
        self.assert_not_verified(order, "2,400.5 packs are no full cartons of 24")

    def test_a_unit_that_does_not_convert(self):
        for unit in ("uom.product_uom_kgm", "uom.product_uom_hour", "uom.product_uom_meter"):
            with self.subTest(unit=unit):
                unit = self.env.ref(unit)
                order = self.entered()
                self.attempt(lambda o=order, u=unit: o.order_line.write({"product_uom_id": u.id}))
                self.env.cr.execute(
                    "UPDATE sale_order_line SET product_uom_id = %s WHERE id = %s",
                    (unit.id, order.order_line.id))
                self.env.invalidate_all()
                self.assert_not_submitted(
                    order, f"is not counted in {unit.name} → choose a unit of 包")

    def test_a_quantity_in_cartons(self):
        """100 cartons of 24 are 2,400 packs, on the notice and in stock, too."""
        order = self.entered({"product_uom_qty": 100, "product_uom_id": self.ref(
            "uom_carton_24").id, "price_unit": 235.2})
        with self.at("2026-12-07 10:00"):
            self.make_valid(order)
            self.release(order)
        self.assertEqual(order.sudo().notice_id.line_ids.quantity, 2400)
        self.assertEqual(order.sudo().notice_id.production_ids.product_uom_qty, 2400)
        move = order.sudo().picking_ids.move_ids
        self.assertEqual(move.product_qty, 2400)
        with self.subTest("packs typed where cartons are meant"):
            wrong = self.submitted({"product_uom_qty": 100})
            self.assert_not_verified(wrong, "100 packs are no full cartons of 24 → .*Tail carton")

    def test_a_tail_carton_is_said(self):
        order = self.submitted({"product_uom_qty": 2410})
        self.assert_not_verified(order, "2,410 packs are no full cartons of 24 → the salesperson "
                                 "ticks “Tail carton” or changes the quantity")
        with self.at("2026-12-07 11:00"):
            self.by(order, "E10").action_return("尾箱?")
            mine = self.by(order, "E05")
            mine.tail_carton_agreed = True
            mine.action_submit()
            self.verify(order, "E10")
        self.assertEqual(order.sudo().revision_state, "verified")

    # ----------------------------------------------------------------- products

    def test_a_line_without_product(self):
        order = self.entered()
        order.order_line = [Command.create(
            {"name": "随便", "product_uom_qty": 5, "price_unit": 1})]
        self.assert_not_submitted(order, "has a line without product → the salesperson chooses")

    def test_an_order_without_lines(self):
        with self.at("2026-12-07 09:00"):
            order = self.new_order("E05", "C06", [], "2026-12-28")
        self.assert_not_submitted(order, "has no product line → enter what the customer ordered")
        order.order_line = [Command.create({"display_type": "line_note", "name": "备注"})]
        self.assert_not_submitted(order, "has no product line")

    def test_an_archived_product(self):
        order = self.submitted()
        self.ref("F15").active = False
        self.assert_not_verified(order, "the product is archived → the salesperson chooses")

    def test_two_same_lines(self):
        order = self.submitted(lines=2)
        self.assert_not_verified(order, "stands on two like lines → put them together, or say in "
                                 "the mark what differs")
        self.assertEqual(order.sudo().notice_id.state, "draft")

    def test_two_lines_that_differ_in_their_mark(self):
        order = self.entered(lines=2)
        order.order_line[0].mark_front = "A 店"
        order.order_line[1].mark_front = "B 店"
        with self.at("2026-12-07 09:10"):
            order.action_submit()
            self.verify(order, "E10")
        self.assertEqual(order.sudo().revision_state, "verified")

    # -------------------------------------------------------- bills of materials

    def bom(self, code="F15"):
        return self.env["mrp.bom"].sudo().search(
            [("product_tmpl_id", "=", self.ref(code).product_tmpl_id.id)])

    def test_no_bill_of_materials(self):
        self.bom().active = False
        order = self.submitted()
        self.assert_not_verified(order, "0 bills of materials → production makes one, then submit")

    def test_two_bills_of_materials(self):
        """Nobody guesses: one has to be chosen (D1.4)."""
        self.bom().copy()
        order = self.submitted()
        self.assertFalse(order.order_line.chosen_bom_id)
        self.assert_not_verified(order, "2 bills of materials → the salesperson chooses one")
        with self.at("2026-12-07 11:00"):
            self.by(order, "E10").action_return("配方?")
            mine = self.by(order, "E05")
            mine.order_line.chosen_bom_id = self.bom()[0]
            mine.action_submit()
            self.verify(order, "E10")
        self.assertEqual(order.sudo().revision_state, "verified")

    def test_a_bill_of_another_fabric_or_bag(self):
        with self.subTest("grammage"):
            self.assert_not_verified(self.submitted({"gsm": 45}), "fabric 45 g/m², the BoM has")
        with self.subTest("bag"):
            self.assert_not_verified(
                self.submitted({"bag_version_id": self.ref("PK02_v3").id}),
                "Bag version .*the BoM has")

    def test_a_bill_that_changes_later_changes_nothing_signed(self):
        order = self.submitted()
        with self.at("2026-12-07 11:00"):
            self.verify(order, "E10")
            self.by(order, "E07").action_sign_finance()
            self.bom().bom_line_ids[0].product_qty *= 2
            self.env.flush_all()
            self.by(order, "E02").action_sign_sales_manager()
            self.release(order)
        fabric = self.bom().bom_line_ids[0].product_id
        move = order.sudo().notice_id.production_ids.move_raw_ids.filtered(
            lambda m: m.product_id == fabric)
        self.assertAlmostEqual(move.product_uom_qty, 2.4 * 247.2, delta=0.02)
        self.assertTrue(order.order_line.bom_changed)

    # --------------------------------------------------------- dates and basics

    def test_a_date_in_the_past(self):
        self.assert_not_verified(self.submitted(due="2026-12-06"),
                                 "the delivery date 2026-12-06 is in the past")

    def test_the_day_itself_is_no_past(self):
        """D1.5: today passes until midnight of the company, whatever UTC says (X1)."""
        order = self.submitted(due="2026-12-07")
        with self.at("2026-12-07 23:59"):
            self.verify(order, "E10")
        self.assertEqual(order.sudo().revision_state, "verified")
        late = self.submitted(due="2026-12-07")
        self.assert_not_verified(late, "is in the past", when="2026-12-08 00:00")

    def test_no_date_no_terms_no_destination(self):
        order = self.submitted(commitment_date=False, payment_term_id=False)
        self.assert_not_verified(order, "has no delivery date(.|\n)*Payment Terms is empty")
        with self.at("2026-12-07 09:00"):
            export = self.new_order("E03", "C01", [("F02", 2400, 0.62)], "2026-12-28",
                                    destination=False)
            export.action_submit()
        self.assert_not_verified(export, "Destination is empty")

    def test_empty_and_impossible_specification(self):
        for values, text in (
                ({"size_width": 0}, "size is empty → the salesperson enters width × length in mm"),
                ({"size_length": -180}, "size is empty"),
                ({"pieces_per_pack": 0}, "Pieces per pack is empty"),
                ({"packs_per_carton": 0}, "Packs per carton is empty"),
                ({"bag_version_id": False}, "Bag version is empty"),
                ({"carton_version_id": False}, "Carton is empty"),
                ({"packing_method": "  "}, "Packing method is empty"),
                ({"mark_front": False}, "Front mark is empty"),
                ({"code_format": ""}, "Code format is empty"),
                ({"shelf_life_months": 0}, "Shelf life .months. is empty"),
                ({"price_unit": 0}, "the price is empty"),
                ({"price_unit": -1}, "the price is empty"),
                ({"pieces_per_pack": -3}, "Pieces per pack"),
                ({"packs_per_carton": -24}, "Packs per carton"),
                ({"shelf_life_months": -1}, "Shelf life"),
                ({"bag_version_id": self.ref("PK02_v2").id}, "is withdrawn")):
            with self.subTest(values=values):
                self.assert_not_verified(self.submitted(values), text)

    def test_everything_wrong_is_said_at_once(self):
        order = self.submitted({"size_width": 0, "pieces_per_pack": 0, "product_uom_qty": 2401},
                               due="2026-12-01", payment_term_id=False)
        self.assert_not_verified(
            order, "is in the past(.|\n)*Payment Terms is empty(.|\n)*size is empty(.|\n)*"
            "Pieces per pack is empty(.|\n)*2,401 packs are no full cartons")

    def test_what_is_missing_is_shown_before(self):
        """The light of the screen and the refusal come from one method."""
        order = self.submitted({"size_width": 0})
        self.assertIn("王芳 verifies it", self.by(order, "E10").next_step)
        issues = self.by(order, "E10")._verification_issues()[order.id]
        self.assertIn("size", [unmet.code for unmet in issues])

    def test_submission_needs_kind_document_and_merchandiser(self):
        with self.at("2026-12-07 09:00"):
            order = self.new_order("E05", "C06", [("F15", 2400, 9.8)], "2026-12-28")
            order.write({"order_kind": False, "customer_document_ids": [Command.clear()]})
            self.ref("C06").merchandiser_id = False
        self.assert_not_submitted(
            order, "has no kind of business(.|\n)*has no document(.|\n)*has no merchandiser")

    def test_submitted_twice_or_by_somebody_else(self):
        order = self.submitted()
        with self.at("2026-12-07 09:20"):
            for number in ("E05", "E02"):
                with self.subTest(user=number):
                    error = self.assert_no_effect(WATCHED, self.rpc, number, "sale.order",
                                                  "action_submit", order.ids)
                    self.assertRegex(str(error), "has been submitted already")
            draft = self.entered()
            error = self.assert_no_effect(WATCHED, self.rpc, "E10", "sale.order", "action_submit",
                                          draft.ids)
            self.assertRegex(str(error), "belongs to its salesperson → 郑浩 submits it")
