from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import moment
from .forgery_common import ForgeryCase

ROLE_GROUP = "gendan_followup.group_%s"


@tagged("adversary")
class TestSigningPersons(ForgeryCase):
    """Who may verify and sign: role, other person, deputy of that day (D1.1, D1.7, D1.8)."""

    def give_role(self, number, *roles):
        self.user(number).sudo().group_ids = [
            Command.link(self.env.ref(ROLE_GROUP % role).id) for role in roles]

    def take_role(self, number, role):
        """Withdraw a role with everything it implied."""
        self.user(number).sudo().group_ids = [
            Command.unlink(self.env.ref(ROLE_GROUP % role).id)]

    def name_deputy(self, principal, deputy, date_from, date_to, by=None):
        return self.env["gendan.deputy"].with_user(self.user(by or principal)).create({
            "principal_id": self.user(principal).id, "deputy_id": self.user(deputy).id,
            "date_from": moment(date_from), "date_to": moment(date_to)})

    def sign(self, order, number, role):
        return self.attempt(self.rpc, number, "sale.order", f"action_sign_{role}", order.ids)

    def signers(self, order):
        revision = order.sudo().revision_id
        in_force = revision._signatures_in_force()[revision.id]
        return {signature.role: signature.user_id for signature in in_force}

    # ------------------------------------------------------------------- roles

    def test_only_the_role_signs(self):
        order = self.order_in("verified")
        holders = {"finance": {"E07", "E08"}, "sales_manager": {"E02"}}
        for role, allowed in holders.items():
            for number in set(self.everybody) - allowed:
                with self.subTest(role=role, user=number):
                    error = self.sign(order, number, role)
                    self.assertIsInstance(error, UserError)
        self.assertFalse(self.signers(order))

    def test_nobody_signs_twice_or_both(self):
        self.give_role("E07", "sales_manager")
        order = self.order_in("signed")
        self.assertRegex(str(self.sign(order, "E07", "finance")), "Finance has signed already")
        self.assertRegex(str(self.sign(order, "E08", "finance")), "Finance has signed already")
        self.assertRegex(str(self.sign(order, "E07", "sales_manager")),
                         "钱敏 has given the other signature")
        self.assertEqual(set(self.signers(order)), {"finance"})
        self.assertEqual(order.sudo().state, "draft")

    def test_a_signature_stays_when_the_role_goes(self):
        order = self.order_in("signed")
        self.take_role("E07", "finance")
        self.user("E07").sudo().active = False
        self.assertIsNone(self.sign(order, "E02", "sales_manager"))
        self.assertEqual(order.sudo().state, "sale")
        self.assertEqual(self.signers(order)["finance"], self.user("E07"))
        self.assertTrue(order.sudo().valid_revision_id._in_force())

    def test_a_role_that_was_withdrawn_signs_no_more(self):
        order = self.order_in("verified")
        self.take_role("E07", "finance")
        self.assertIsInstance(self.sign(order, "E07", "finance"), UserError)
        self.assertFalse(self.signers(order))

    # ---------------------------------------------------------------- own work

    def test_the_sales_manager_does_not_sign_his_own_order(self):
        self.give_role("E05", "sales_manager")
        order = self.order_in("signed")
        self.assertRegex(str(self.sign(order, "E05", "sales_manager")),
                         "郑浩 does not approve his own work")
        with self.subTest("the other sales manager may"):
            self.assertIsNone(self.sign(order, "E02", "sales_manager"))

    def test_where_the_sales_manager_is_the_salesperson_the_general_manager_signs(self):
        with self.at("2026-12-07 09:00"):
            order = self.new_order("E02", "C06", [("F15", 2400, 9.8)], "2026-12-28",
                                   user_id=self.user("E02").id)
            order.action_submit()
            self.verify(order, "E10")
            self.assertIsNone(self.sign(order, "E07", "finance"))
            self.assertIn("沈国平", self.by(order, "E10").next_step)
            self.assertIsInstance(self.sign(order, "E02", "sales_manager"), UserError)
            self.assertIsNone(self.sign(order, "E01", "sales_manager"))
        self.assertEqual(order.sudo().state, "sale")

    def test_the_general_manager_signs_no_other_order(self):
        order = self.order_in("signed")
        self.assertRegex(str(self.sign(order, "E01", "sales_manager")),
                         "is not yours to give → 周建国 signs")

    def test_who_submitted_neither_verifies_nor_signs(self):
        self.give_role("E05", "merchandiser", "finance")
        order = self.order_in("submitted")
        self.assertIsInstance(
            self.attempt(self.rpc, "E05", "sale.order", "action_verify", order.ids), UserError)
        self.verify(order, "E10")
        self.assertRegex(str(self.sign(order, "E05", "finance")), "does not approve his own work")

    def test_who_verified_does_not_sign(self):
        self.give_role("E10", "finance", "sales_manager")
        order = self.order_in("verified")
        for role in ("finance", "sales_manager"):
            with self.subTest(role=role):
                self.assertRegex(str(self.sign(order, "E10", role)),
                                 "王芳 does not approve his own work")

    def test_a_colleague_submits_and_the_owner_still_does_not_sign(self):
        """Both the salesperson of the order and who pressed the button are its own side."""
        self.give_role("E05", "sales_manager")
        order = self.order_in("draft")
        with self.at("2026-12-07 09:30"):
            self.by(order, "E02").action_submit()
            self.verify(order, "E10")
            self.assertIsNone(self.sign(order, "E07", "finance"))
            for number in ("E05", "E02"):
                with self.subTest(user=number):
                    self.assertRegex(str(self.sign(order, number, "sales_manager")),
                                     "does not approve his own work")

    # ---------------------------------------------------------- small customers

    def small_order(self, number):
        with self.at("2026-12-07 09:00"):
            order = self.new_order(number, "C09", [("F01", 240, 4.2)], "2026-12-28",
                                   user_id=self.user(number).id)
            order.action_submit()
        return order

    def test_a_merchandiser_does_not_verify_what_he_entered(self):
        order = self.small_order("E10")
        with self.at("2026-12-07 10:00"):
            self.assertRegex(
                str(self.attempt(self.rpc, "E10", "sale.order", "action_verify", order.ids)),
                "is not yours to verify")
            self.assertIsInstance(self.attempt(
                self.rpc, "E10", "gendan.verification.tick", "action_tick",
                order.sudo().revision_id.tick_ids.ids), UserError)
        self.assertEqual(order.sudo().revision_state, "submitted")

    def test_another_merchandiser_or_the_plan_manager_verifies_it(self):
        for number in ("E11", "E09"):
            with self.subTest(verifier=number), self.at("2026-12-07 10:00"):
                order = self.small_order("E10")
                self.verify(order, number)
                self.assertEqual(order.sudo().revision_state, "verified")

    # ---------------------------------------------------------------- deputies

    def test_a_deputy_signs_within_his_days_only(self):
        order = self.order_in("verified")
        with self.at("2026-12-07 08:00"):
            self.name_deputy("E07", "E09", "2026-12-08 00:00", "2026-12-10 00:00")
        for when, allowed in (("2026-12-07 23:59", False), ("2026-12-10 00:00", False),
                              ("2026-12-08 00:00", True)):
            with self.subTest(when=when), self.at(when):
                error = self.sign(order, "E09", "finance")
                self.assertEqual(error is None, allowed, error)
        signature = order.sudo().signature_ids
        self.assertRecordValues(signature, [{
            "user_id": self.user("E09").id, "for_user_id": self.user("E07").id,
            "role": "finance"}])

    def test_the_absent_person_may_still_sign_himself(self):
        order = self.order_in("verified")
        with self.at("2026-12-07 08:00"):
            self.name_deputy("E07", "E09", "2026-12-07 08:00", "2026-12-10 00:00")
        with self.at("2026-12-07 10:00"):
            self.assertIsNone(self.sign(order, "E07", "finance"))
        self.assertFalse(order.sudo().signature_ids.for_user_id)

    def test_one_deputy_for_both_does_not_make_it_valid(self):
        order = self.order_in("verified")
        with self.at("2026-12-07 08:00"):
            self.name_deputy("E07", "E09", "2026-12-07 08:00", "2026-12-10 00:00")
            self.name_deputy("E02", "E09", "2026-12-07 08:00", "2026-12-10 00:00")
        with self.at("2026-12-07 10:00"):
            self.assertIsNone(self.sign(order, "E09", "finance"))
            self.assertRegex(str(self.sign(order, "E09", "sales_manager")),
                             "徐志强 has given the other signature")
        self.assertEqual(order.sudo().revision_state, "verified")

    def test_nobody_signs_himself_and_by_his_deputy(self):
        """One voice, one signature: E02 stands in for finance, and E08 for him."""
        with self.at("2026-12-07 08:00"):
            self.name_deputy("E07", "E02", "2026-12-07 08:00", "2026-12-10 00:00")
            self.name_deputy("E02", "E09", "2026-12-07 08:00", "2026-12-10 00:00")
        with self.at("2026-12-07 10:00"):
            order = self.order_in("verified")
            with self.subTest("first himself"), self.env.cr.savepoint() as point:
                self.assertIsNone(self.sign(order, "E02", "finance"))
                self.assertRegex(str(self.sign(order, "E09", "sales_manager")),
                                 "has given the other signature")
                point.rollback()
            self.env.invalidate_all()
            with self.subTest("first by his deputy"):
                self.assertIsNone(self.sign(order, "E09", "sales_manager"))
                self.assertRegex(str(self.sign(order, "E02", "finance")),
                                 "has given the other signature")
            self.assertIsNone(self.sign(order, "E08", "finance"), "finance itself may")
        self.assertEqual(order.sudo().state, "sale")

    def test_a_deputy_of_somebody_without_the_role_signs_nothing(self):
        order = self.order_in("verified")
        with self.at("2026-12-07 08:00"):
            self.name_deputy("E07", "E09", "2026-12-07 08:00", "2026-12-10 00:00")
        for change in ("role", "active"):
            with self.subTest(withdrawn=change), self.at("2026-12-07 10:00"):
                with self.env.cr.savepoint(flush=True) as point:
                    if change == "role":
                        self.take_role("E07", "finance")
                    else:
                        self.user("E07").sudo().active = False
                    self.assertIsInstance(self.sign(order, "E09", "finance"), UserError)
                    point.rollback()
                self.env.invalidate_all()

    def test_a_deputy_of_the_merchandiser_verifies(self):
        order = self.order_in("submitted")
        with self.at("2026-12-07 09:10"):
            self.name_deputy("E10", "E11", "2026-12-07 09:10", "2026-12-07 12:00")
        with self.at("2026-12-07 10:00"):
            self.verify(order, "E11")
        self.assertEqual(order.sudo().revision_id.verified_by_id, self.user("E11"))

    def test_deputies_are_not_made_up(self):
        with self.at("2026-12-07 08:00"):
            for label, number, arguments in (
                    ("for another", "E05", ("E07", "E06")),
                    ("himself, by HR", "E27", ("E07", "E27")),
                    ("himself, by the general manager", "E01", ("E07", "E01")),
                    ("himself, by the administrator", "system", ("E07", "system"))):
                with self.subTest(label), self.refused("deputy|names you", AccessError):
                    self.name_deputy(*arguments, "2026-12-07 08:00", "2026-12-09 00:00",
                                     by=number)
            with self.subTest("backwards"), self.refused("for the time to come", ValidationError):
                self.name_deputy("E07", "E08", "2026-12-01 08:00", "2026-12-02 00:00")
            begun = self.name_deputy("E07", "E08", "2026-12-01 08:00", "2026-12-09 00:00")
            self.assertEqual(begun.date_from, moment("2026-12-07 08:00"), "not before it was named")

    def test_a_row_to_come_is_not_turned_into_another(self):
        with self.at("2026-12-07 08:00"):
            row = self.name_deputy("E05", "E06", "2026-12-08 08:00", "2026-12-09 00:00")
            for values in ({"principal_id": self.user("E02").id},
                           {"principal_id": self.user("E02").id, "deputy_id": self.user("E05").id},
                           {"date_from": moment("2026-12-01 08:00")}):
                with self.subTest(values=values):
                    error = self.assert_no_effect(
                        ["gendan.deputy"], self.rpc, "E05", "gendan.deputy", "write", row.ids,
                        {key: str(value) if key == "date_from" else value
                         for key, value in values.items()})
                    self.assertIsInstance(error, UserError)

    def test_a_period_that_has_begun_is_ended_not_rewritten(self):
        with self.at("2026-12-07 08:00"):
            row = self.name_deputy("E07", "E08", "2026-12-07 08:00", "2026-12-09 00:00")
        with self.at("2026-12-08 08:00"):
            for values in ({"deputy_id": self.user("E09").id}, {"date_from": "2026-12-07 04:00:00"},
                           {"date_to": "2026-12-07 04:00:00"}):
                with self.subTest(values=values):
                    error = self.attempt(self.rpc, "E07", "gendan.deputy", "write", row.ids, values)
                    self.assertIsInstance(error, ValidationError)
            self.assertIsInstance(
                self.attempt(self.rpc, "E07", "gendan.deputy", "unlink", row.ids), ValidationError)
            self.rpc("E07", "gendan.deputy", "write", row.ids, {"date_to": "2026-12-08 02:00:00"})
        with self.at("2026-12-08 10:00"):
            self.assertFalse(self.env["gendan.deputy"]._standing_in(
                self.user("E08"), moment("2026-12-08 10:00")))
            self.assertTrue(self.env["gendan.deputy"]._standing_in(
                self.user("E08"), moment("2026-12-08 09:59")), "who was it then")
