"""S13: small customers are called when need and stock meet (D10, D1.1, D0.2)."""

from datetime import date

from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import FollowupCase, moment

FANG, NA = "E10", "E11"


@tagged("stories")
class TestS13SmallCustomers(FollowupCase):
    """王芳 keeps C09, 李娜 keeps C10."""

    def setUp(self):
        super().setUp()
        with self.at("2026-11-20 09:00"):
            # SO-2610-044 holds 80 cartons: reserved stock is no stock
            older = self.new_order("E05", "C06", [("F01", 80 * 24, 8.9)], "2026-12-01")
            self.make_valid(older, "E05", FANG)
            self.notice_of(older, FANG).action_check_stock()
        for code, number, day in (("C09", FANG, "2026-10-24"), ("C10", NA, "2026-10-12")):
            with self.at(f"{day} 10:00"):
                self.customer(code, number).action_record_contact("later")

    def customer(self, code, number):
        return self.by(self.ref(code), number)

    def care(self, code, day, number):
        with self.at(f"{day} 08:30"):
            customer = self.customer(code, number)
            return customer.care_state, customer.usable_quantity, customer.days_silent

    def test_1_prompt_on_day_30_not_on_29(self):
        self.assertEqual(self.care("C09", "2026-11-22", FANG), ("waiting", 420 * 24, 29))
        self.assertEqual(self.care("C09", "2026-11-23", FANG), ("prompt", 420 * 24, 30))

    def test_1_need_without_stock_is_no_prompt(self):
        self.assertEqual(self.care("C10", "2026-11-23", NA), ("no_stock", 0, 42))
        with self.at("2026-11-23 09:00"):
            self.customer("C10", NA).action_note_need()
            self.assertEqual(self.customer("C10", NA).care_state, "no_stock")

    def test_1_the_list_and_the_to_do(self):
        with self.at("2026-11-23 08:30"):
            self.env["res.partner"]._cron_prompt_care()
            self.env["res.partner"]._cron_prompt_care()
            found = self.env["res.partner"].with_user(self.user(FANG)).with_company(
                self.company).search([("care_state", "=", "prompt")])
        self.assertEqual(found, self.ref("C09"))
        self.assertEqual(self.ref("C09").activity_ids.mapped("user_id"), self.user(FANG))
        self.assertEqual(len(self.ref("C09").activity_ids), 1)
        self.assertFalse(self.ref("C10").activity_ids)

    def test_2_reserved_stock_is_no_stock(self):
        with self.at("2026-11-23 09:00"):
            rest = self.new_order("E05", "C07", [("F01", 415 * 24, 8.9)], "2026-12-01")
            self.make_valid(rest, "E05", FANG)
            self.notice_of(rest, FANG).action_check_stock()
            self.assertEqual(self.customer("C09", FANG).care_state, "no_stock")

    def test_3_result_and_next_date(self):
        with self.at("2026-11-23 10:00"):
            with self.refused("C09|is kept by 王芳"):
                self.customer("C09", NA).action_record_contact("order")
            customer = self.customer("C09", FANG)
            customer.action_record_contact("order", "12 箱", "2026-12-23")
            self.assertRecordValues(customer.contact_ids[0], [{
                "result": "order", "next_date": date(2026, 12, 23),
                "user_id": self.user(FANG).id, "recorded_at": moment("2026-11-23 10:00")}])
            self.assertEqual(customer.care_state, "waiting")
            self.assertFalse(customer.activity_ids)
            with self.refused("kept as evidence|never by hand"):
                customer.contact_ids[0].sudo().write({"result": "lost"})

    def test_4_the_order_needs_a_second_voice(self):
        with self.at("2026-11-23 10:10"):
            order = self.new_order(FANG, "C09", [("F01", 12 * 24, 9.2)], "2026-11-30",
                                   user_id=False)
            order.with_user(self.user(FANG)).action_submit()
            with self.refused("is not yours to verify → 李娜"):
                self.by(order, FANG).action_verify()
            self.verify(order, NA)
            self.by(order, "E07").action_sign_finance()
            self.by(order, "E02").action_sign_sales_manager()
            notice = self.release(order, FANG)
        self.assertRecordValues(notice.line_ids, [{
            "stock_quantity": 12 * 24, "to_make_quantity": 0}])
