from psycopg2 import IntegrityError

from odoo.fields import Command

from .common import moment
from .packaging_case import KEEPER, MERCHANDISER, PackagingCase


class TestArrival(PackagingCase):
    """The merchandiser is reminded 3 and 1 working days before the need, and when a promise
    has passed (D3.13); special material is on her list (D3.12)."""

    def setUp(self):
        super().setUp()
        self.order = self.released("E04", "C02", [("F11", 12_000, 0.85)], "2026-12-22")
        self.notice = self.order.sudo().notice_id
        self.bags = self.need_of(self.order, "PK04_v1")

    def plan(self, day):
        """Plan the line on ``day``, agreed or not: the wish is enough to be reminded."""
        return self.env["gendan.plan.line"].sudo().create({
            "workcenter_id": self.ref("machine_bib").id, "day": day, "quantity": 12_000,
            "notice_line_id": self.notice.line_ids.id}).sudo().write({"state": "proposed"})

    def reminders(self, word=""):
        return self.notice.activity_ids.filtered(lambda one: (
            one.activity_type_id == self.env.ref("gendan_followup.activity_arrival")
            and word in one.summary))

    def remind(self, day, times=1):
        with self.at(f"{day} 08:00"):
            for _time in range(times):
                self.env["gendan.need"]._cron_remind_arrival()

    def test_needed_one_working_day_before_the_start(self):
        self.assertFalse(self.bags.required_on, "nothing is planned")
        self.plan("2026-12-14")
        self.assertEqual(str(self.by(self.bags, MERCHANDISER).required_on), "2026-12-12",
                         "Monday's need is due on Saturday, which is a working day here")
        self.company.arrival_lead_days = 2
        self.env.invalidate_all()
        self.assertEqual(str(self.bags.required_on), "2026-12-11")

    def test_three_days_and_one_day_before(self):
        self.plan("2026-12-14")
        self.remind("2026-12-08")
        self.assertFalse(self.reminders())
        self.remind("2026-12-09", times=3)
        bags = self.reminders("PK04")
        self.assertRecordValues(bags, [{"user_id": self.user(MERCHANDISER).id}])
        self.assertIn("is needed on 2026-12-12, 8,000", bags.summary)
        self.assertEqual(len(self.reminders()), 2, "bags and cartons, each once")
        self.remind("2026-12-10")
        self.assertEqual(len(self.reminders()), 2)
        self.remind("2026-12-11", times=2)
        self.assertEqual(len(self.reminders()), 4, "and once more on the day before")

    def test_a_company_that_asks_earlier(self):
        """D3.13: 3 and 1 are defaults of the company."""
        self.company.sudo().write({"arrival_first_days": 5, "arrival_last_days": 2})
        self.plan("2026-12-14")
        self.remind("2026-12-07")
        self.assertEqual(len(self.reminders("PK04")), 1)
        self.remind("2026-12-09")
        self.assertEqual(len(self.reminders("PK04")), 1)
        self.remind("2026-12-10")
        self.assertEqual(len(self.reminders("PK04")), 2)
        with self.refused("arrival_reminders", IntegrityError):
            self.company.sudo().arrival_last_days = 6
            self.env.flush_all()

    def test_a_promise_that_has_passed(self):
        with self.at("2026-11-24 09:00"):
            purchase = self.draft(self.bags, 8000)
            purchase.order_line.date_planned = moment("2026-12-02 10:00")
            self.by(purchase, MERCHANDISER).button_confirm()
        self.remind("2026-12-02")
        self.assertFalse(self.reminders("promised"))
        self.remind("2026-12-03", times=2)
        self.assertEqual(len(self.reminders("was promised for 2026-12-02, 8,000")), 1)
        with self.subTest("another promise that passes is another reminder"):
            purchase.order_line.sudo().date_planned = moment("2026-12-04 10:00")
            self.remind("2026-12-05")
            self.assertEqual(len(self.reminders("was promised")), 2)

    def test_what_is_here_reminds_nobody(self):
        self.receive(self.buy(self.bags, 8000), 8000, number=KEEPER)
        self.receive(self.buy(self.need_of(self.order, "PK07_v1"), 300, supplier="V04"), 300)
        self.plan("2026-12-14")
        self.remind("2026-12-11")
        self.assertFalse(self.reminders())

    def test_stock_that_covers_reminds_nobody(self):
        order = self.released("E05", "C06", [("F15", 2400, 6.4)], "2026-12-20",
                              merchandiser="E10")
        self.remind("2026-12-19")
        self.assertFalse(order.sudo().notice_id.activity_ids.filtered(
            lambda one: one.activity_type_id == self.env.ref("gendan_followup.activity_arrival")))

    def test_special_material_found_on_stock_asks_nobody(self):
        self.put("RM03", 10_000)
        order = self.released("E03", "C01", [("F02", 40_800, 0.62)], "2026-12-22",
                              merchandiser="E10")
        self.assertEqual(self.need_of(order, "RM03").net, 0)
        self.assertFalse(order.sudo().notice_id.activity_ids.filtered(
            lambda one: one.activity_type_id == self.env.ref(
                "gendan_followup.activity_special_material")))

    def test_special_material_stays_on_the_list_until_all_of_it_is_ordered(self):
        order = self.released("E03", "C01", [("F02", 40_800, 0.62)], "2026-12-22",
                              merchandiser="E10")
        kind = self.env.ref("gendan_followup.activity_special_material")
        fabric, notice = self.need_of(order, "RM03"), order.sudo().notice_id

        def asked():
            return notice.activity_ids.filtered(lambda one: one.activity_type_id == kind)

        self.assertEqual(asked().user_id, self.user("E10"))
        for rolls, still in ((100, True), (279, False)):
            with self.subTest(rolls=rolls):
                self.buy(fabric, rolls, "E10", supplier="V01", unit="uom_roll_14_40")
                self.assertEqual(bool(asked()), still)

    def test_a_salesperson_may_buy_special_material(self):
        """L-S3: bought by himself, and on record as such."""
        order = self.released("E03", "C01", [("F02", 40_800, 0.62)], "2026-12-22",
                              merchandiser="E10")
        purchase = self.buy(self.need_of(order, "RM03"), 379, "E03", supplier="V01",
                            unit="uom_roll_14_40")
        self.assertRecordValues(purchase, [{
            "buyer_id": self.user("E03").id, "buyer_role": "salesperson"}])
        with self.refused("is bought for no notice → allocate it"):
            self.by(self.env["purchase.order"], "E10").create({
                "partner_id": self.ref("V01").id, "order_line": [Command.create({
                    "product_id": self.ref("RM03").id, "product_qty": 10})]}).button_confirm()
