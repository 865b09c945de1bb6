from odoo.exceptions import UserError
from odoo.tests import tagged

from .forgery_common import ForgeryCase

WATCHED = ("sale.order", "gendan.revision", "gendan.signature", "gendan.production.notice")


@tagged("adversary")
class TestSigningSteps(ForgeryCase):
    """Out of turn, on another revision, taken back: what counts and what does not (D1.6–D1.11)."""

    def call(self, number, order, method, *args, **kwargs):
        return self.attempt(self.rpc, number, "sale.order", method, order.ids, *args, **kwargs)

    def in_force(self, order):
        revision = order.sudo().revision_id
        return set(revision._signatures_in_force()[revision.id].mapped("role"))

    def test_nothing_out_of_turn(self):
        for state, numbers in (("draft", ("E10", "E07", "E02")), ("submitted", ("E07", "E02")),
                               ("valid", ("E10", "E07", "E02"))):
            order = self.order_in(state)
            for number, method in zip(
                    ("E10", "E07", "E02"),
                    ("action_verify", "action_sign_finance", "action_sign_sales_manager"),
                    strict=True):
                if number in numbers:
                    with self.subTest(state=state, method=method):
                        error = self.assert_no_effect(WATCHED, self.rpc, number, "sale.order",
                                                      method, order.ids)
                        self.assertIsInstance(error, UserError)

    def test_returned_after_one_signature_it_counts_no_more(self):
        order = self.order_in("signed")
        with self.at("2026-12-07 10:00"):
            self.assertIsNone(self.call("E02", order, "action_return", "价格低"))
            self.assertEqual(self.in_force(order), {"finance"}, "kept, but on a returned paper")
            self.assertIsInstance(self.call("E02", order, "action_sign_sales_manager"), UserError)
            self.assertIsNone(self.call("E05", order, "action_submit"))
        self.assertEqual(self.in_force(order), set())
        with self.at("2026-12-07 11:00"):
            self.verify(order, "E10")
            self.assertIsNone(self.call("E02", order, "action_sign_sales_manager"))
        self.assertEqual(order.sudo().revision_state, "verified", "finance has to sign again")
        self.assertEqual(order.sudo().revision_id.event_ids.mapped("kind").count(
            "resubmit_unchanged"), 1)

    def test_withdrawn_and_submitted_again_is_a_new_paper(self):
        order = self.order_in("signed")
        with self.at("2026-12-07 10:00"):
            for number in ("E10", "E07", "E12", "plain"):
                with self.subTest(user=number):
                    self.assertIsInstance(
                        self.call(number, order, "action_withdraw_submission"), UserError)
            self.assertIsNone(self.call("E05", order, "action_withdraw_submission"))
            self.by(order, "E05").order_line.price_unit = 1
            self.assertIsInstance(self.call("E02", order, "action_sign_sales_manager"), UserError)
            self.assertIsNone(self.call("E05", order, "action_submit"))
            self.verify(order, "E10")
            self.assertIsNone(self.call("E02", order, "action_sign_sales_manager"))
        self.assertEqual(self.in_force(order), {"sales_manager"})
        self.assertEqual(order.sudo().state, "draft")

    def test_finance_on_a_and_the_manager_on_b_is_not_valid(self):
        order = self.order_in("valid")
        with self.at("2026-12-08 09:00"):
            mine = self.by(order, "E05")
            mine.action_open_revision("改价")
            mine.order_line.price_unit = 8
            mine.action_submit()
            self.verify(order, "E10")
            self.assertIsNone(self.call("E02", order, "action_sign_sales_manager"))
        self.assertEqual(order.sudo().revision_letter, "B")
        self.assertEqual(self.in_force(order), {"sales_manager"})
        self.assertFalse(order.sudo().valid_revision_id)
        self.assert_refused("missing signature of Finance", self.rpc, "E10",
                            "gendan.production.notice", "action_check_stock",
                            order.sudo().notice_id.ids)

    def test_a_page_that_shows_another_content_signs_nothing(self):
        order = self.order_in("verified")
        digest = order.sudo().revision_id.digest
        for seen in ("0" * 64, "x"):
            error = self.call("E07", order, "action_sign_finance",
                              context={"seen_digest": seen})
            self.assertRegex(str(error), "has changed since you opened it")
        self.assertIsNone(self.call("E07", order, "action_sign_finance",
                                    context={"seen_digest": digest}))

    # ------------------------------------------------------- signatures taken back

    def test_a_signature_is_withdrawn_by_who_gave_it(self):
        for state in ("signed", "valid"):
            order = self.order_in(state)
            for number in set(self.everybody) - {"E07", "E02"}:
                with self.subTest(state=state, user=number):
                    error = self.assert_no_effect(
                        WATCHED, self.rpc, number, "sale.order", "action_withdraw_signature",
                        order.ids)
                    self.assertIsInstance(error, UserError)
            before = len(order.sudo().signature_ids)
            with self.at("2026-12-07 10:00"):
                self.assertIsNone(self.call("E07", order, "action_withdraw_signature"))
            self.assertNotIn("finance", self.in_force(order))
            self.assertEqual(len(order.sudo().signature_ids), before + 1, "a row more, none less")
            self.assertFalse(order.sudo().valid_revision_id)
            self.assertIsInstance(self.call("E07", order, "action_withdraw_signature"), UserError)
            self.assert_refused("missing signature of Finance", self.rpc, "E10",
                                "gendan.production.notice", "action_release",
                                order.sudo().notice_id.ids)
            with self.at("2026-12-07 11:00"):
                self.assertIsNone(self.call("E08", order, "action_sign_finance"))
            if state == "valid":
                self.assertEqual(order.sudo().revision_state, "valid")

    def test_after_the_release_it_is_not_withdrawn(self):
        order = self.order_in("released")
        for number in ("E07", "E02"):
            with self.subTest(user=number):
                error = self.assert_no_effect(
                    WATCHED, self.rpc, number, "sale.order", "action_withdraw_signature",
                    order.ids)
                self.assertRegex(str(error), "has been released → the salesperson opens")

    # ------------------------------------------------------------------- changes

    def test_a_change_is_opened_and_dropped_by_its_own_side(self):
        order = self.order_in("released")
        side = {"E05", "E02", "E06"}
        for number in set(self.everybody) - side:
            with self.subTest(step="open", user=number):
                error = self.assert_no_effect(
                    WATCHED, self.rpc, number, "sale.order", "action_open_revision", order.ids,
                    "改")
                self.assertIsInstance(error, UserError)
        self.assertIsNone(self.call("E05", order, "action_open_revision", "改"))
        self.assertRegex(str(self.call("E05", order, "action_open_revision", "改")),
                         "has an open revision already")
        for number in set(self.everybody) - side:
            with self.subTest(step="drop", user=number):
                error = self.assert_no_effect(
                    WATCHED, self.rpc, number, "sale.order", "action_discard_revision", order.ids)
                self.assertIsInstance(error, UserError)

    def test_a_dropped_change_leaves_no_trace_in_the_content(self):
        order = self.order_in("released")
        digest = order.sudo().revision_id.digest
        mine = self.by(order, "E05")
        mine.action_open_revision("改")
        mine.write({"destination": "别处", "client_order_ref": "X", "tail_carton_agreed": True,
                    "commitment_date": "2026-12-31 04:00:00"})
        mine.order_line.write({"product_uom_qty": 1, "price_unit": 1, "discount": 5,
                               "size_width": 1, "mark_front": "X", "tax_ids": [(5,)],
                               "bag_version_id": self.ref("PK02_v3").id})
        mine.order_line = [(0, 0, {"product_id": self.ref("F12").id, "product_uom_qty": 60,
                                   "price_unit": 4})]
        self.assertIsNone(self.call("E05", order, "action_discard_revision"))
        order.invalidate_recordset()
        self.assertEqual(order.sudo()._live_digests()[order.id], digest)
        self.assertRecordValues(order.sudo(), [{"revision_state": "valid", "revision_letter": "A"}])
        self.assertEqual(order.sudo().revision_ids.mapped("letter"), ["B", "A"], "B is void, kept")
        self.accept_first_article(order.sudo().notice_id.production_ids)
        self.assertIsNone(self.attempt(
            self.rpc, "E12", "mrp.workorder", "button_start",
            order.sudo().notice_id.production_ids.workorder_ids.ids))

    def test_while_a_change_is_drafted_the_factory_works_on_what_was_signed(self):
        order = self.order_in("released")
        self.by(order, "E05").action_open_revision("改")
        self.by(order, "E05").order_line.product_uom_qty = 9999
        notice = order.sudo().notice_id
        self.assertEqual(notice.line_ids.quantity, 2400)
        self.assertEqual(order.sudo().picking_ids.move_ids.product_uom_qty, 2400)
        self.assertFalse(notice.on_hold)
        self.assertIsInstance(self.call("E07", order, "action_sign_finance"), UserError)
        with self.subTest("and its draft does not become the order by cancelling it"):
            self.assertIsNone(self.call("E05", order, "action_cancel"))
            self.assertEqual(order.sudo().revision_ids.mapped("state"), ["void", "void"])
