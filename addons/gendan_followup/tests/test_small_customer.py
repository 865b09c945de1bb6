"""Edges of the small customers beside S13: cycle, unreached, lost, handed on (D10)."""

from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import FollowupCase, moment

FANG, NA, PLANNER, SELLER = "E10", "E11", "E09", "E05"


@tagged("post_install", "-at_install")
class TestSmallCustomer(FollowupCase):
    """王芳 keeps C09, whose usual goods lie on stock."""

    def customer(self, number=FANG, code="C09"):
        return self.by(self.ref(code), number)

    def contact(self, day, result="later", number=FANG, **values):
        with self.at(f"{day} 10:00"):
            self.customer(number).action_record_contact(result, **values)

    def care(self, day):
        with self.at(f"{day} 08:30"):
            return self.customer().care_state

    def prompted(self, day):
        with self.at(f"{day} 08:30"):
            self.env["res.partner"]._cron_prompt_care()
        return self.ref("C09").activity_ids.user_id

    def test_his_own_cycle_and_the_companys(self):
        self.contact("2026-10-24")
        self.company.care_cycle_days = 40
        self.assertEqual((self.care("2026-12-02"), self.care("2026-12-03")),
                         ("waiting", "prompt"))
        self.ref("C09").care_cycle_days = 10
        self.assertEqual((self.care("2026-11-02"), self.care("2026-11-03")),
                         ("waiting", "prompt"))

    def test_the_day_that_was_agreed_goes_before_the_cycle(self):
        self.contact("2026-10-24", next_date="2026-11-20")
        self.assertEqual((self.care("2026-11-19"), self.care("2026-11-20")),
                         ("waiting", "prompt"))

    def test_who_was_never_called_is_without_contact_from_the_first_day(self):
        """30 days after he was entered, or after his last order (D10.2)."""
        self.env.cr.execute("UPDATE res_partner SET create_date = %s WHERE id = %s",
                            [moment("2026-10-24 10:00"), self.ref("C09").id])
        self.env.invalidate_all()
        self.assertEqual((self.care("2026-11-22"), self.care("2026-11-23")),
                         ("waiting", "prompt"))

    def order(self, day):
        with self.at(f"{day} 09:00"):
            order = self.new_order(FANG, "C09", [("F01", 240, 9.2)], "2026-12-20",
                                   user_id=False, date_order=moment(f"{day} 09:00"))
            order.with_user(self.user(FANG)).action_submit()
        return order

    def test_last_order(self):
        self.assertFalse(self.customer().last_order_date)
        self.order("2026-11-10")
        self.env.cr.execute("UPDATE res_partner SET create_date = %s WHERE id = %s",
                            [moment("2026-09-01 10:00"), self.ref("C09").id])
        self.assertEqual(self.customer().last_order_date, date(2026, 11, 10))
        self.assertEqual((self.care("2026-12-09"), self.care("2026-12-10")),
                         ("waiting", "prompt"))

    def test_who_was_not_reached_has_not_been_contacted(self):
        self.contact("2026-10-24")
        self.contact("2026-11-23", "unreached", note="空号")
        self.assertEqual(self.care("2026-11-24"), "prompt")
        self.contact("2026-11-24", "unreached", next_date="2026-11-27")
        self.assertEqual((self.care("2026-11-26"), self.care("2026-11-27")),
                         ("waiting", "prompt"))
        with self.at("2026-11-27 09:00"):
            self.assertEqual((self.customer().days_silent, self.customer().last_result),
                             (34, "unreached"))

    def test_asked_and_not_reached_still_asks(self):
        self.contact("2026-11-20")
        with self.at("2026-11-23 09:00"):
            self.customer().action_note_need()
        self.contact("2026-11-23", "unreached")
        self.assertEqual(self.care("2026-11-24"), "prompt")
        self.contact("2026-11-24", "later")
        self.assertEqual(self.care("2026-11-25"), "waiting")

    def test_lost_until_he_asks_himself(self):
        self.contact("2026-10-24", "lost")
        self.assertEqual(self.care("2026-12-24"), "lost")
        self.assertFalse(self.prompted("2026-12-24"))
        with self.at("2026-12-24 09:00"):
            self.customer().action_note_need()
        self.assertEqual(self.care("2026-12-24"), "prompt")
        self.contact("2026-12-24", "order")
        self.assertFalse(self.ref("C09").is_lost)

    def test_stock_up_to_the_usual_quantity(self):
        self.contact("2026-10-24")
        with self.at("2026-11-23 08:30"):
            usable = self.customer().usable_quantity
        self.ref("C09").usual_quantity = usable
        self.assertEqual(self.care("2026-11-23"), "prompt")
        self.ref("C09").usual_quantity = usable + 1
        self.assertEqual(self.care("2026-11-23"), "no_stock")
        self.ref("C09").usual_product_id = False
        self.assertEqual(self.care("2026-11-23"), "no_stock", "what he usually takes is not known")

    def test_times_of_a_contact(self):
        with self.at("2026-11-23 10:00"):
            for values, told in (({"contacted_at": "2026-11-24 02:00:00"}, "happened already"),
                                 ({"next_date": "2026-11-23"}, "on a later day")):
                with self.refused(told):
                    self.customer().action_record_contact("later", **values)
            self.customer().action_record_contact(
                "later", contacted_at=moment("2026-11-21 16:00"))
        self.assertRecordValues(self.ref("C09").contact_ids, [{
            "contacted_at": moment("2026-11-21 16:00"), "is_late": True,
            "recorded_at": moment("2026-11-23 10:00")}])

    def test_who_keeps_him(self):
        with self.at("2026-11-23 10:00"):
            for number in (NA, SELLER, "E02"):
                with self.subTest(number=number), self.refused("is kept by 王芳"):
                    self.customer(number).action_record_contact("later")
                with self.subTest(number=number), self.refused("is kept by 王芳"):
                    self.customer(number).action_note_need()
            self.env["gendan.deputy"].sudo().create({
                "principal_id": self.user(FANG).id, "deputy_id": self.user(NA).id,
                "date_from": moment("2026-11-23 00:00"), "date_to": moment("2026-11-24 23:59")})
            self.customer(NA).action_record_contact("later")
            self.customer(PLANNER).action_record_contact("later")
            with self.refused("", AccessError):
                self.env["gendan.customer.contact"].with_user(self.user(FANG)).create({
                    "partner_id": self.ref("C09").id, "company_id": self.company.id,
                    "contacted_at": moment("2026-11-23 09:00"), "result": "order"})

    def test_he_grows_and_his_history_goes_with_him(self):
        self.contact("2026-10-24", note="10 箱")
        self.ref("C09").write({"order_kind": "domestic", "user_id": self.user(SELLER).id})
        self.contact("2026-11-23", "order", SELLER)
        self.assertEqual(self.customer(SELLER).contact_ids.mapped("user_id.name"), ["郑浩", "王芳"])
        self.assertNotIn(self.ref("C09"), self.env["res.partner"].search(
            [("care_state", "in", ("prompt", "no_stock", "waiting"))]))

    def test_his_merchandiser_leaves(self):
        self.contact("2026-10-24", note="10 箱")
        self.assertEqual(self.prompted("2026-11-23"), self.user(FANG))
        self.user(FANG).sudo().active = False
        self.assertEqual(self.prompted("2026-11-24"), self.user(PLANNER),
                         "who names another one is called")
        self.ref("C09").merchandiser_id = self.user(NA)
        self.assertEqual(self.prompted("2026-11-24"), self.user(NA))
        self.contact("2026-11-24", "later", NA)
        self.assertEqual(len(self.customer(NA).contact_ids), 2)
        self.assertFalse(self.ref("C09").activity_ids)

    def called(self, result, number=FANG):
        return self.env["gendan.contact.wizard"].with_user(self.user(number)).with_company(
            self.company).create({"partner_id": self.ref("C09").id, "result": result})

    def test_the_order_of_a_call_is_begun_with_his_usual_goods(self):
        with self.at("2026-11-23 10:00"):
            order = self.env["sale.order"].browse(self.called("order").action_confirm()["res_id"])
            self.assertRecordValues(order, [{
                "partner_id": self.ref("C09").id, "order_kind": "small", "state": "draft"}])
            self.assertRecordValues(order.order_line, [{
                "product_id": self.ref("F01").id, "product_uom_qty": 240}])
            self.assertEqual(self.customer().contact_ids.order_id, order)
            self.called("later").action_confirm()
            with self.refused("is kept by 王芳"):
                self.called("order", NA).action_confirm()
        self.assertEqual(self.env["sale.order"].search_count([
            ("partner_id", "=", self.ref("C09").id)]), 1)
        other = self.new_order(SELLER, "C06", [("F01", 240, 8.8)], "2026-12-20")
        with self.refused("is not an order of", Exception):
            self.customer().action_record_contact("order", order_id=other.id)

    def test_who_stands_in_calls(self):
        self.contact("2026-10-24")
        with self.at("2026-11-20 09:00"):
            self.env["gendan.deputy"].sudo().create({
                "principal_id": self.user(FANG).id, "deputy_id": self.user(NA).id,
                "date_from": moment("2026-11-23 00:00"), "date_to": moment("2026-11-23 23:59")})
        self.assertEqual(self.prompted("2026-11-23"), self.user(FANG) | self.user(NA))
        self.assertEqual(self.prompted("2026-11-24"), self.user(FANG))

    def test_merged_with_another_customer(self):
        self.contact("2026-10-24", note="10 箱")
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.ref("C09") | self.ref("C10")).ids, self.ref("C10"))
        self.assertEqual(self.ref("C10").contact_ids.mapped("note"), ["10 箱"])

    def test_many_cost_the_same_queries(self):
        self.contact("2026-10-24")
        one = self.ref("C09")
        many = one | self.env["res.partner"].concat(*(
            one.copy({"name": f"C{number}"}) for number in range(20)))

        def count(partners):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            partners.with_user(self.user(FANG)).with_company(self.company).mapped("care_state")
            return self.env.cr.sql_log_count - before

        count(one)
        self.assertLessEqual(count(many), count(one) + 1)
