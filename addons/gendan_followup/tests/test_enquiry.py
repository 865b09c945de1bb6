from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError

from .shop_floor import ShopFloorCase


class TestEtaEnquiry(ShopFloorCase):
    """The keeper answers whether it is there, or when it comes (D2.5, L-R3, S06)."""

    def setUp(self):
        super().setUp()
        self.need = self.new_need("RM06", 830.59)

    def question(self, number="E11", **values):
        """Draft a question to 孙涛."""
        return self.as_user("gendan.eta.enquiry", number).create({
            "need_id": self.need.id, "addressee_id": self.user("E14").id,
            "due_at": "2026-11-28 04:00:00", **values})

    def asked(self):
        """Return a question that was asked on Saturday morning."""
        enquiry = self.question()
        with self.at("2026-11-28 09:00"):
            enquiry.action_ask()
        return enquiry

    def todos(self, enquiry):
        return enquiry.sudo().activity_ids.user_id

    def test_question_and_answer(self):
        enquiry = self.asked()
        self.assertRecordValues(enquiry, [{
            "state": "asked", "asked_by_id": self.user("E11").id,
            "asked_at": fields.Datetime.to_datetime("2026-11-28 01:00:00"),
            "product_id": self.ref("RM06").id, "notice_id": self.notice.id,
            "company_id": self.company.id}])
        self.assertEqual(self.todos(enquiry), self.user("E14"))
        self.assertEqual(enquiry.sudo().activity_ids.date_deadline,
                         fields.Date.to_date("2026-11-28"))
        with self.at("2026-11-28 09:30"):
            self.by(enquiry, "E14").action_answer("to come", 300, "2026-12-02")
        self.assertRecordValues(enquiry, [{
            "state": "answered", "answered_by_id": self.user("E14").id,
            "answered_at": fields.Datetime.to_datetime("2026-11-28 01:30:00"),
            "on_hand_quantity": 300, "promised_date": fields.Date.to_date("2026-12-02")}])
        self.assertEqual(self.todos(enquiry), self.user("E11"), "the asker reads it")
        with self.at("2026-11-28 10:00"):
            self.by(enquiry, "E11").action_return()
        self.assertRecordValues(enquiry, [{
            "state": "returned", "returned_by_id": self.user("E11").id}])
        self.assertFalse(self.todos(enquiry))

    def test_a_date_that_moves_leaves_a_trace(self):
        enquiry = self.asked()
        with self.at("2026-11-28 09:30"):
            self.by(enquiry, "E14").action_answer("", 300, "2026-12-02")
        with self.at("2026-12-02 10:20"):
            self.by(enquiry, "E14").action_answer("read the wrong order", 300, "2026-12-05")
        self.assertRecordValues(enquiry.promise_ids, [
            {"promised_date": fields.Date.to_date("2026-12-02"), "user_id": self.user("E14").id,
             "answered_at": fields.Datetime.to_datetime("2026-11-28 01:30:00")},
            {"promised_date": fields.Date.to_date("2026-12-05"), "user_id": self.user("E14").id,
             "answered_at": fields.Datetime.to_datetime("2026-12-02 02:20:00")},
        ])
        self.assertEqual(enquiry.promised_date, fields.Date.to_date("2026-12-05"))
        for record in (enquiry.promise_ids, enquiry.promise_ids.sudo()):
            with self.refused("", (AccessError, UserError)):
                record[0].write({"promised_date": "2026-12-01"})
            with self.refused("", (AccessError, UserError)):
                record[0].unlink()
        with self.refused("", AccessError):
            self.as_user("gendan.eta.promise", "E14").create({
                "enquiry_id": enquiry.id, "user_id": self.user("E14").id,
                "answered_at": "2026-11-28 01:00:00"})

    def test_an_answer_says_something(self):
        enquiry = self.asked()
        with self.refused("300 of 830.59 is there, so say when the rest comes"):
            self.by(enquiry, "E14").action_answer("soon", 300)
        with self.refused("less than nothing"):
            self.by(enquiry, "E14").action_answer("", -1, "2026-12-02")
        self.assertEqual(enquiry.state, "asked")
        self.assertFalse(enquiry.promise_ids)
        self.by(enquiry, "E14").action_answer(None, 830.59)
        self.assertRecordValues(enquiry, [{"state": "answered", "promised_date": False}])

    def test_whose_part_it_is(self):
        enquiry = self.question()
        for number in ("E14", "E12", "E03", "E20"):
            with self.subTest(number), self.refused("it is the part of Merchandiser"):
                self.by(enquiry, number).action_ask()
        self.assertEqual(enquiry.state, "draft")
        self.by(enquiry, "E11").action_ask()
        for number in ("E11", "E15", "E12", "E09"):
            with self.subTest(number), self.refused(
                    r"it is the part of Raw-material keeper \(孙涛\)"):
                self.by(enquiry, number).action_answer("", 999)
        with self.refused("it is the part of nobody"):
            self.by(enquiry, "E11").action_relay(self.user("E03").id)
        self.assertEqual(enquiry.state, "asked")
        self.assertIn("eta.enquiry.answer", [row["gate"] for row in self.refusals()])

    def test_packaging_is_answered_by_its_own_keeper(self):
        need = self.new_need("PK04_v1", 12000)
        enquiry = self.question(need_id=need.id, addressee_id=self.user("E15").id)
        enquiry.action_ask()
        with self.refused(r"Packaging-material keeper \(马丽\)"):
            self.by(enquiry, "E14").action_answer("", 12000)
        self.by(enquiry, "E15").action_answer("", 12000)
        self.assertEqual(enquiry.state, "answered")

    def test_a_deputy_answers_in_his_own_name(self):
        enquiry = self.asked()
        with self.at("2026-11-28 09:00"):
            self.as_user("gendan.deputy", "E14").create({
                "deputy_id": self.user("E15").id, "date_to": "2026-11-30 10:00:00"})
            self.by(enquiry, "E15").action_answer("", 900)
        self.assertEqual(enquiry.answered_by_id, self.user("E15"))

    def test_order_of_the_steps(self):
        enquiry = self.question()
        with self.refused("“Draft” and cannot become “Answered”; possible: Asked, Cancelled"):
            self.by(enquiry, "E14").action_answer("", 999)
        with self.refused("cannot become “Brought back”"):
            self.by(enquiry, "E11").action_return()
        self.by(enquiry, "E11").action_ask()
        with self.refused("cannot become “Asked”"):
            self.by(enquiry, "E11").action_ask()

    def test_stamps_are_the_servers(self):
        for values in ({"asked_at": "2026-11-01 00:00:00"}, {"state": "answered"},
                       {"answered_by_id": self.user("E14").id}, {"promised_date": "2026-12-01"}):
            with self.subTest(str(values)), self.refused(""):
                self.question(**values)
        enquiry = self.asked()
        for values in ({"asked_at": "2026-11-01 00:00:00"}, {"state": "answered"},
                       {"answered_at": False}, {"answer": "yes"}, {"on_hand_quantity": 9}):
            with self.subTest(str(values)), self.refused("noted by the server"):
                self.by(enquiry, "E11").write(values)
        with self.refused("it is kept as it is"):
            self.by(enquiry, "E11").write({"due_at": "2027-01-01 00:00:00"})
        with self.refused("", AccessError):
            self.by(self.question(), "E14").write({"question": "?"})

    def test_closed_is_closed(self):
        enquiry = self.asked()
        self.by(enquiry, "E14").action_answer("", 900)
        self.by(enquiry, "E11").action_return()
        other = self.new_need("RM11", 1)
        for record in (self.by(enquiry, "E11"), enquiry.sudo()):
            for values in ({"question": "?"}, {"need_id": other.id},
                           {"promised_date": "2026-12-01"}, {"state": "asked"}):
                with self.refused(""):
                    record.write(values)
        with self.refused("", AccessError):
            self.by(enquiry, "E11").unlink()
        with self.refused("it is kept as it is"):
            enquiry.sudo().unlink()
        with self.refused("cannot become"):
            self.by(enquiry, "E14").action_answer("", 1000)
        self.assertRecordValues(enquiry, [{"state": "returned", "on_hand_quantity": 900}])
        self.assertEqual(len(enquiry.promise_ids), 1)

    def test_a_question_is_taken_back_with_a_reason(self):
        enquiry = self.asked()
        with self.refused("say why"):
            self.by(enquiry, "E11").action_cancel("")
        self.by(enquiry, "E11").action_cancel("the order was cancelled")
        self.assertRecordValues(enquiry, [{
            "state": "cancel", "cancelled_by_id": self.user("E11").id,
            "cancel_reason": "the order was cancelled"}])
        self.assertFalse(self.todos(enquiry))

    def test_passing_on(self):
        """L-M3: to whom it was passed on, and that he has it on his desk."""
        enquiry = self.asked()
        parts = {"relay": ("merchandiser",), "answer": ("salesperson",),
                 "return": ("merchandiser",)}
        with patch.object(self.registry["gendan.eta.enquiry"], "_roles_of",
                          lambda self, step: parts.get(step, ())):
            with self.refused("say to whom it is passed on"):
                self.by(enquiry, "E11").action_relay(0)
            with self.at("2026-11-28 09:10"):
                self.by(enquiry, "E11").action_relay(self.user("E04").id)
            self.assertRecordValues(enquiry, [{
                "state": "relayed", "relayed_by_id": self.user("E11").id,
                "relayed_at": fields.Datetime.to_datetime("2026-11-28 01:10:00"),
                "relayed_to_id": self.user("E04").id}])
            self.assertEqual(self.todos(enquiry), self.user("E04"))
            self.by(enquiry, "E04").action_answer("yes", 900)
            self.assertEqual(self.todos(enquiry), self.user("E11"))
            self.by(enquiry, "E11").action_return()
        self.assertEqual(enquiry.state, "returned")

    def test_who_asks(self):
        for number in ("E09", "E10"):
            self.question(number)
        for number in ("E03", "E12", "E14", "E20"):
            with self.subTest(number), self.refused("", AccessError):
                self.question(number)
