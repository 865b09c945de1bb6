from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import moment
from .forgery_common import ForgeryCase


@tagged("adversary")
class TestPersonAtTime(ForgeryCase):
    """Who was it then: assignments, stand-ins and shifts (D0.3, X19, L-G3)."""

    def responsible(self, order, when):
        return self.env["gendan.assignment"]._merchandiser_at(order.sudo(), moment(when))

    def assign(self, order, number, by="E09", **values):
        self.rpc(by, "sale.order", "action_assign", order.ids, self.user(number).id, **values)

    def test_the_customers_merchandiser_from_the_submission_on(self):
        order = self.order_in("submitted")
        self.assertEqual(order.sudo().merchandiser_id, self.user("E10"))
        self.assertFalse(self.responsible(order, "2026-12-07 08:59"))
        self.assertEqual(self.responsible(order, "2026-12-07 09:00"), self.user("E10"))

    def test_the_one_before_until_ten_the_other_after(self):
        order = self.order_in("released")
        with self.at("2026-12-09 10:00"):
            self.assign(order, "E11", note="9:00 的问题未答复")
        for when, number in (("2026-12-09 09:30", "E10"), ("2026-12-09 09:59", "E10"),
                             ("2026-12-09 10:00", "E11"), ("2027-03-01 08:00", "E11")):
            with self.subTest(when=when):
                self.assertEqual(self.responsible(order, when), self.user(number))
        self.assertRecordValues(order.sudo().assignment_ids.sorted("id"), [
            {"user_id": self.user("E10").id, "note": False,
             "assigned_by_id": self.user("E05").id, "date_from": moment("2026-12-07 09:00")},
            {"user_id": self.user("E11").id, "note": "9:00 的问题未答复",
             "assigned_by_id": self.user("E09").id, "date_from": moment("2026-12-09 10:00")}])
        self.assertEqual(order.sudo().merchandiser_id, self.user("E11"))
        self.assertEqual(order.sudo().notice_id.merchandiser_id, self.user("E11"))

    def test_a_stand_in_counts_while_he_lasts(self):
        order = self.order_in("released")
        with self.at("2026-12-09 10:00"):
            self.assign(order, "E11", until="2026-12-11 00:00:00")
        for when, number in (("2026-12-09 09:59", "E10"), ("2026-12-09 10:00", "E11"),
                             ("2026-12-11 07:59", "E11"), ("2026-12-11 08:00", "E10")):
            with self.subTest(when=when):
                self.assertEqual(self.responsible(order, when), self.user(number))
        self.assertEqual(order.sudo().merchandiser_id, self.user("E10"), "for good it is hers")

    def test_a_new_owner_during_a_stand_in(self):
        order = self.order_in("released")
        with self.at("2026-12-09 10:00"):
            self.assign(order, "E11", until="2026-12-11 00:00:00")
        self.user("E09").sudo().group_ids = [
            Command.link(self.env.ref("gendan_followup.group_merchandiser").id)]
        with self.at("2026-12-10 10:00"):
            self.assign(order, "E09")
        self.assertEqual(self.responsible(order, "2026-12-10 09:59"), self.user("E11"))
        self.assertEqual(self.responsible(order, "2026-12-10 12:00"), self.user("E09"))
        self.assertEqual(self.responsible(order, "2026-12-12 12:00"), self.user("E09"))

    def test_who_stands_in_does_the_work_of_that_day(self):
        order = self.order_in("valid")
        with self.at("2026-12-09 10:00"):
            self.assign(order, "E11", until="2026-12-11 00:00:00")
        with self.at("2026-12-09 11:00"):
            self.assert_refused("is not yours to decide", self.rpc, "E10",
                                "gendan.production.notice", "action_check_stock",
                                order.sudo().notice_id.ids)
            self.release(order, "E11")
        self.assertEqual(order.sudo().notice_id.released_by_id, self.user("E11"))

    def test_a_customer_makes_nobody_a_merchandiser(self):
        """Who maintains customers names any user; only a merchandiser verifies (X19)."""
        self.rpc("system", "res.partner", "write", self.ref("C06").ids,
                 {"merchandiser_id": self.user("E06").id})
        order = self.order_in("draft")
        self.assert_refused("has no merchandiser", self.rpc, "E05", "sale.order",
                            "action_submit", order.ids)

    def test_who_lost_the_role_does_its_work_no_more(self):
        order = self.order_in("submitted")
        self.user("E10").sudo().group_ids = [
            Command.unlink(self.env.ref("gendan_followup.group_merchandiser").id)]
        with self.at("2026-12-07 10:00"):
            self.assertIsInstance(
                self.attempt(self.rpc, "E10", "sale.order", "action_verify", order.ids), UserError)
            self.verify(order, "E11")
        self.assertEqual(self.responsible(order, "2026-12-07 09:30"), self.user("E10"),
                         "the history stays")

    def test_only_the_plan_manager_assigns(self):
        order = self.order_in("released")
        for number in set(self.everybody) - {"E09"}:
            with self.subTest(user=number):
                error = self.assert_no_effect(
                    ["gendan.assignment", "sale.order"], self.assign, order, "E11", by=number)
                self.assertIsInstance(error, UserError)

    def test_assigned_only_to_a_merchandiser_who_works_here(self):
        order = self.order_in("released")
        gone = self.make_user("gone", "gendan_followup.group_merchandiser")
        gone.active = False
        self.outsiders["gone"] = gone
        self.addCleanup(self.outsiders.pop, "gone")
        for number in ("E12", "plain", "gone"):
            with self.subTest(user=number):
                error = self.assert_no_effect(
                    ["gendan.assignment", "sale.order"], self.assign, order, number)
                self.assertRegex(str(error), "is no merchandiser")

    def test_a_stand_in_ends_in_the_time_to_come(self):
        order = self.order_in("released")
        for until in ("2026-12-09 02:00:00", "2026-12-01 00:00:00"):
            with self.subTest(until=until), self.at("2026-12-09 10:00"):
                self.assert_refused("for the time to come", self.assign, order, "E11",
                                    until=until)

    def test_somebody_who_left_stays_in_the_history(self):
        order = self.order_in("released")
        with self.at("2026-12-09 10:00"):
            self.assign(order, "E11")
        self.user("E10").sudo().active = False
        self.assertEqual(self.responsible(order, "2026-12-09 09:00"), self.user("E10"))
        with self.subTest("and is not deleted"):
            self.assertIsNotNone(self.attempt(self.user("E10").sudo().unlink))

    def test_an_order_without_merchandiser_is_not_submitted(self):
        self.ref("C06").merchandiser_id = False
        order = self.order_in("draft")
        self.assert_refused("has no merchandiser", self.rpc, "E05", "sale.order",
                            "action_submit", order.ids)

    # ------------------------------------------------------------------ shifts

    def shift(self, number, date_from, date_to, by="E12", **values):
        return self.env["gendan.shift"].with_user(self.user(by)).create({
            "employee_id": self.ref(number).id, "role": "operator",
            "date_from": moment(date_from), "date_to": moment(date_to), **values})

    def on_duty(self, when, machine=None):
        found = self.env["gendan.shift"].with_context(
            allowed_company_ids=self.company.ids)._on_duty("operator", moment(when), machine)
        return found

    def test_on_duty_at_the_machine(self):
        wet, bib = self.ref("machine_wet1"), self.ref("machine_bib")
        with self.at("2026-12-09 07:50"):
            self.shift("E17", "2026-12-09 08:00", "2026-12-09 12:00", workcenter_id=wet.id)
            self.shift("E19", "2026-12-09 12:00", "2026-12-09 17:00", workcenter_id=wet.id)
            self.shift("E18", "2026-12-09 08:00", "2026-12-09 17:00", workcenter_id=bib.id)
        for when, machine, number in (
                ("2026-12-09 11:59", wet, "E17"), ("2026-12-09 12:00", wet, "E19"),
                ("2026-12-09 11:59", bib, "E18")):
            with self.subTest(when=when, machine=machine.name):
                self.assertEqual(self.on_duty(when, machine), self.ref(number))
        self.assertFalse(self.on_duty("2026-12-09 17:00", wet))
        self.assertEqual(self.on_duty("2026-12-09 09:00"), self.ref("E17") | self.ref("E18"))

    def test_a_shift_that_began_is_given_to_nobody_else(self):
        with self.at("2026-12-09 07:50"):
            shift = self.shift("E17", "2026-12-09 08:00", "2026-12-09 17:00")
        with self.at("2026-12-09 10:00"):
            for values in ({"employee_id": self.ref("E19").id}, {"role": "qc"},
                           {"date_from": "2026-12-09 01:00:00"},
                           {"workcenter_id": self.ref("machine_bib").id},
                           {"date_to": "2026-12-09 00:30:00"}):
                with self.subTest(values=values):
                    error = self.assert_no_effect(
                        ["gendan.shift"], self.rpc, "E12", "gendan.shift", "write", shift.ids,
                        values)
                    self.assertIsInstance(error, ValidationError)
            self.assertIsInstance(self.attempt(
                self.rpc, "E12", "gendan.shift", "unlink", shift.ids), ValidationError)
            self.rpc("E12", "gendan.shift", "write", shift.ids, {"date_to": "2026-12-09 04:00:00"})
        with self.at("2026-12-09 13:00"), self.refused("is over", ValidationError):
            self.by(shift, "E12").date_to = moment("2026-12-09 18:00")

    def test_what_is_noted_afterwards_is_seen_to_be_late(self):
        with self.at("2026-12-09 17:30"):
            late = self.shift("E17", "2026-12-09 08:00", "2026-12-09 12:00",
                              is_late=False, recorded_at=moment("2026-12-09 07:00"))
            ahead = self.shift("E17", "2026-12-10 08:00", "2026-12-10 12:00")
        self.assertRecordValues(late + ahead, [
            {"is_late": True, "recorded_at": moment("2026-12-09 17:30"),
             "recorded_by_id": self.user("E12").id},
            {"is_late": False, "recorded_at": moment("2026-12-09 17:30"),
             "recorded_by_id": self.user("E12").id}])
        with self.at("2026-12-09 17:40"), self.refused("the server's to say", ValidationError):
            self.by(ahead, "E12").recorded_at = moment("2026-12-01 08:00")
