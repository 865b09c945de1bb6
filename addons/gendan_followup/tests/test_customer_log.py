"""Edges of the customer log beside S03: told once, asked, answered by whom, kept (D0.2, D9.3)."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import FollowupCase, moment

SHOWROOM, MERCHANDISER, SELLER, PRODUCTION = "E06", "E11", "E05", "E12"


@tagged("post_install", "-at_install")
class TestCustomerLog(FollowupCase):
    """Whoever meets customers writes; who is named reacts; everybody concerned reads."""

    def entry(self, number=SELLER, **values):
        return self.env["gendan.customer.log"].with_user(self.user(number)).with_company(
            self.company).create({"kind": "feedback", "partner_id": self.ref("C06").id,
                                  "question": "盖子太紧", **values})

    def asked(self, number=SELLER, addressee=PRODUCTION, **values):
        entry = self.entry(number, addressee_id=self.user(addressee).id, **values)
        entry.action_ask()
        return entry

    def test_each_who_meets_customers_writes(self):
        with self.at("2026-11-24 10:00"):
            for number in (SELLER, SHOWROOM, "E02", "E10", "E09", "E01"):
                with self.subTest(number=number):
                    self.assertEqual(self.entry(number).written_by_id, self.user(number))
            for number in ("E12", "E14", "E16", "E20", "E07"):
                with self.subTest(number=number), self.refused("", AccessError):
                    self.entry(number)

    def test_without_order_and_without_reaction(self):
        with self.at("2026-11-24 10:00"):
            entry = self.entry(kind="reception")
            self.assertFalse(entry.order_id)
            entry.action_return()
        self.assertEqual(entry.state, "returned")

    def test_nobody_named(self):
        with self.at("2026-11-24 10:00"):
            with self.refused("say who must react"):
                self.entry().action_ask()
            for visitor in (False, "", "  "):
                with self.subTest(visitor=visitor), self.refused(
                        "gendan_customer_log_somebody", IntegrityError):
                    self.entry(partner_id=False, visitor=visitor)

    def test_reaction_of_the_named_person_or_his_stand_in(self):
        with self.at("2026-11-24 10:00"):
            entry = self.asked()
            for number in (SELLER, "E09", "E13"):
                with self.subTest(number=number), self.refused("was not asked of you → 刘大伟"):
                    self.by(entry, number).action_answer("好")
            with self.refused("write the answer"):
                self.by(entry, PRODUCTION).action_answer(" ")
            self.env["gendan.deputy"].sudo().create({
                "principal_id": self.user(PRODUCTION).id, "deputy_id": self.user("E13").id,
                "date_from": moment("2026-11-24 00:00"), "date_to": moment("2026-11-25 00:00")})
            self.by(entry, "E13").action_answer("下批松一点")
        self.assertRecordValues(entry, [{
            "state": "answered", "answered_by_id": self.user("E13").id,
            "answered_at": moment("2026-11-24 10:00")}])
        self.assertEqual(entry.activity_ids.user_id, self.user(SELLER), "who asked is told")

    def test_no_closing_by_the_back_door(self):
        with self.at("2026-11-24 10:00"):
            entry = self.asked()
            for values in ({"state": "returned"}, {"answer": "好"},
                           {"answered_by_id": self.user(PRODUCTION).id}):
                with self.subTest(values=values), self.refused("noted|reckoned", Exception):
                    self.by(entry, SELLER).write(values)
            with self.refused("kept as it is"):
                self.by(entry, SELLER).write({"addressee_id": False})
            with self.refused("asks for a reaction and has none"):
                entry.action_return()
            # named and not asked yet is no way round either
            draft = self.entry(addressee_id=self.user(PRODUCTION).id)
            with self.refused("asks for a reaction and has none"):
                draft.action_return()

    def test_taken_back_with_a_reason_stays_on_record(self):
        with self.at("2026-11-24 10:00"):
            entry = self.asked()
            with self.refused("say why"):
                entry.action_cancel(" ")
            with self.refused("", Exception):
                self.by(entry, "E20").action_cancel("不用了")
            entry.action_cancel("客户撤回")
        self.assertRecordValues(entry, [{"state": "cancel", "cancel_reason": "客户撤回"}])
        with self.refused("kept as it is"):
            entry.unlink()

    def test_the_same_visit_is_told_once(self):
        with self.at("2026-11-24 10:00"):
            self.entry(question="来看湿巾")
        with self.at("2026-11-24 15:00"):
            second = self.entry(SHOWROOM, question="看了湿巾")
            self.assertEqual(second.same_day_text, "郑浩: 来看湿巾")
            other = self.entry(SHOWROOM, partner_id=self.ref("C07").id)
            self.assertFalse(other.same_day_text)
        with self.at("2026-11-25 00:10"):
            self.assertFalse(self.entry(SHOWROOM).same_day_text, "another day of the factory")

    def test_the_same_visitor(self):
        with self.at("2026-11-24 10:00"):
            self.entry(SHOWROOM, partner_id=False, visitor="Ningbo buyer")
            second = self.entry("E02", partner_id=False, visitor="ningbo buyer")
        self.assertEqual(second.same_day_text, "林小燕: 盖子太紧")

    def test_a_complaint_about_a_delivered_order(self):
        with self.at("2026-11-24 10:00"):
            order = self.new_order(SELLER, "C06", [("F01", 240, 8.8)], "2026-12-10")
            self.make_valid(order, SELLER)
            entry = self.entry(kind="complaint", order_id=order.id)
            self.env.cr.execute("UPDATE gendan_production_notice SET state = 'done' WHERE id = %s",
                                [order.sudo().notice_id.id])
            self.env.invalidate_all()
        with self.at("2026-11-28 10:00"):
            self.by(entry, SELLER).addressee_id = self.user("E20")
            self.by(entry, SELLER).action_ask()
            self.by(entry, "E20").action_answer("已抽检")
            self.by(entry, SELLER).action_return()
        self.assertEqual(entry.state, "returned")

    def test_the_workshop_reads_what_it_must_react_to_and_no_order(self):
        with self.at("2026-11-24 10:00"):
            order = self.new_order(SELLER, "C06", [("F01", 240, 8.8)], "2026-12-10")
            entry = self.by(self.asked(order_id=order.id), PRODUCTION)
            self.assertTrue(entry.can_answer)
            self.assertEqual(entry.question, "盖子太紧")
            with self.refused("", AccessError):
                entry.read(["order_id"])
            shown = entry.get_view(view_type="form")["arch"]
        self.assertNotIn('name="order_id"', shown)

    def test_a_wish_of_the_showroom_stays_with_its_sample(self):
        """Feedback leads to a new product wish, and hangs on the sample (D9.3)."""
        with self.at("2026-11-24 10:00"):
            sample = self.env["gendan.sample.request"].with_user(self.user(SHOWROOM)).with_company(
                self.company).create({"product_id": self.ref("F12").id, "quantity": 10,
                                      "wanted_date": "2026-11-28"})
            sample.action_request()
            entry = self.asked(SHOWROOM, "E09", partner_id=False, visitor="宁波采购商",
                               sample_id=sample.id, question="要带口袋的")
        self.assertEqual(entry.sample_id, sample)
        self.assertEqual(entry.activity_ids.user_id, self.user("E09"))

    def test_another_persons_draft_is_his(self):
        with self.at("2026-11-24 10:00"):
            entry = self.entry()
            with self.refused("", AccessError):
                self.by(entry, "E03").question = "没有问题"
