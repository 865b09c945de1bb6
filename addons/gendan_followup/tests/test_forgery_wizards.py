from odoo.exceptions import UserError
from odoo.tests import tagged

from .forgery_common import ForgeryCase

WATCHED = ("sale.order", "gendan.revision", "gendan.revision.event", "gendan.production.notice",
           "gendan.assignment", "res.users", "res.partner")


@tagged("adversary")
class TestForgeryWizards(ForgeryCase):
    """Wizards ask for a reason; they lend nobody a right and call nothing else (X4)."""

    def wizard(self, number, values, records, active_model=None):
        """Open the reason wizard as ``number`` with a forged context, and confirm it."""
        context = {"active_ids": records.ids, "active_id": records.ids[:1] and records.ids[0],
                   "active_model": active_model or records._name}
        made = self.rpc(number, "gendan.reason.wizard", "create",
                        {"reason": "没有理由", **values}, context=context)
        return self.rpc(number, "gendan.reason.wizard", "action_confirm", [made], context=context)

    def test_it_calls_what_is_listed_and_nothing_else(self):
        order = self.order_in("valid")
        for operation in ("unlink", "action_confirm", "action_cancel", "write", "_void",
                          "action_sign_finance", "__class__", "sudo", ""):
            for number in ("E10", "system"):
                with self.subTest(operation=operation, user=number):
                    error = self.assert_no_effect(
                        WATCHED, self.wizard, number,
                        {"operation": operation, "res_model": "sale.order"}, order)
                    self.assertIsNotNone(error)

    def test_it_works_on_no_other_model(self):
        self.order_in("valid")
        for model in ("res.users", "res.partner", "gendan.revision", "ir.model.access"):
            with self.subTest(model=model):
                error = self.assert_no_effect(
                    WATCHED, self.wizard, "E10",
                    {"operation": "action_hold", "res_model": model}, self.env.user)
                self.assertIsNotNone(error)

    def test_its_document_decides_who_may(self):
        submitted, valid = self.order_in("submitted"), self.order_in("valid")
        attempts = (
            ("return", "action_return", submitted, {"E10", "E07", "E08", "E02"}),
            ("open", "action_open_revision", valid, {"E05", "E06", "E02"}),
            ("hold", "action_hold", valid.sudo().notice_id, {"E10", "E09"}),
        )
        for label, operation, record, allowed in attempts:
            for number in set(self.everybody) - allowed:
                with self.subTest(operation=label, user=number):
                    error = self.assert_no_effect(
                        WATCHED, self.wizard, number,
                        {"operation": operation, "res_model": record._name}, record)
                    self.assertIsInstance(error, UserError)

    def test_forged_ids_of_a_mixed_selection(self):
        """One document that may not is enough: none of them changes."""
        mine, foreign = self.order_in("submitted"), self.order_in("submitted", product="F01",
                                                                 packs=240)
        foreign.sudo().with_user(self.user("E09")).action_assign(self.user("E11").id)
        error = self.assert_no_effect(
            WATCHED, self.wizard, "E10", {"operation": "action_return", "res_model": "sale.order"},
            mine | foreign)
        self.assertRegex(str(error), "is not yours to return")

    def test_no_reason_no_step(self):
        valid = self.order_in("valid")
        for reason in ("", "   ", False):
            for number, operation, record in (("E05", "action_open_revision", valid),
                                              ("E10", "action_hold", valid.sudo().notice_id)):
                with self.subTest(reason=reason, operation=operation):
                    error = self.assert_no_effect(
                        WATCHED, self.wizard, number,
                        {"operation": operation, "res_model": record._name, "reason": reason},
                        record)
                    self.assertIsNotNone(error)
            for method, number, record in (("action_return", "E10", self.order_in("submitted")),
                                           ("action_open_revision", "E05", valid)):
                with self.subTest(reason=reason, rpc=method):
                    self.assertIsNotNone(self.attempt(
                        self.rpc, number, record._name, method, record.ids, reason))

    def test_nothing_selected_does_nothing(self):
        self.order_in("valid")
        for context in ({}, {"active_ids": []}, {"active_ids": [0]}, {"active_ids": [10**8]}):
            with self.subTest(context=context):
                made = self.rpc("E10", "gendan.reason.wizard", "create", {
                    "reason": "x", "operation": "action_hold",
                    "res_model": "gendan.production.notice"})
                self.assert_no_effect(WATCHED, self.rpc, "E10", "gendan.reason.wizard",
                                      "action_confirm", [made], context=context)

    def test_the_assignment_wizard_lends_no_right(self):
        order = self.order_in("valid")
        for number in set(self.everybody) - {"E09"}:
            with self.subTest(user=number):
                error = self.assert_no_effect(WATCHED, self.assign, number, order)
                self.assertIsInstance(error, UserError)
        self.assertIsNone(self.attempt(self.assign, "E09", order))
        self.assertEqual(order.sudo().merchandiser_id, self.user("E11"))

    def assign(self, number, order):
        context = {"active_ids": order.ids, "active_model": "sale.order"}
        made = self.rpc(number, "gendan.assign.wizard", "create",
                        {"user_id": self.user("E11").id, "note": "x"}, context=context)
        return self.rpc(number, "gendan.assign.wizard", "action_confirm", [made], context=context)

    def test_the_same_reason_twice_is_refused_the_second_time(self):
        order = self.order_in("submitted")
        self.wizard("E10", {"operation": "action_return", "res_model": "sale.order"}, order)
        error = self.attempt(self.wizard, "E10",
                             {"operation": "action_return", "res_model": "sale.order"}, order)
        self.assertRegex(str(error), "is not under verification")
        self.assertEqual(order.sudo().revision_id.return_count, 1)
