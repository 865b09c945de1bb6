from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

from .common import moment
from .shipping_case import DISPATCHER, FINANCE, KEEPER, SELLER, ShippingCase


class TestShippingNotice(ShippingCase):
    """Asked by the salesperson, decided by the merchandiser (D8.4, D8.7, A12)."""

    def setUp(self):
        super().setUp()
        self.order = self.stocked_order()

    def draft(self, ship_date="2026-12-03", at="2026-12-02 09:00", **values):
        with self.at(at):
            return self.new_shipping(self.order, ship_date, **values)

    def submitted(self, at="2026-12-02 09:00", ship_date="2026-12-03", **values):
        shipping = self.draft(ship_date, at, **values)
        with self.at(at):
            self.by(shipping, SELLER).action_submit()
        return shipping

    # --------------------------------------------------------------- its content

    def test_own_computation(self):
        shipping = self.draft()
        self.assertRecordValues(shipping, [{
            "cartons": 240, "volume": 9.7614, "weight": 3281.28, "needs_report": False,
            "partner_id": self.ref("C06").id, "kind": "domestic", "state": "draft",
            "salesperson_id": self.user(SELLER).id, "version": 1}])

    def test_large_load_from_15_cubic_metres(self):
        for cartons, needs in ((368, False), (369, True)):
            shipping = self.draft(packs=cartons * 24)
            with self.subTest(cartons=cartons, volume=shipping.volume):
                self.assertEqual(shipping.needs_report, needs)
        self.assertTrue(self.draft(container_type_id=self.env.ref(
            "gendan_followup.container_20gp").id).needs_report, "any container")

    def test_only_the_sales_side_writes_one(self):
        with self.refused("is the salesperson's to write → 郑浩 does it"):
            self.new_shipping(self.order, "2026-12-03", seller="E10")
        with self.refused("is the salesperson's to write"):
            self.new_shipping(self.order, "2026-12-03", seller="E03")
        for number in (KEEPER, FINANCE, "E12"):
            with self.subTest(user=number), self.refused("not allowed", AccessError):
                self.new_shipping(self.order, "2026-12-03", seller=number)
        shipping = self.draft()
        with self.refused("is the salesperson's to write"):
            self.by(shipping, DISPATCHER).ship_date = "2026-12-04"
        with self.refused("is the salesperson's to write"):
            self.by(shipping.line_ids, DISPATCHER).quantity = 24

    def test_merchandisers_fields_are_not_the_salespersons(self):
        shipping = self.draft()
        with self.refused("this is the merchandiser's or the plan manager's part"):
            self.by(shipping, SELLER).truck_plate = "浙G·A1001"
        self.by(shipping, DISPATCHER).truck_plate = "浙G·A1001"
        self.assertEqual(shipping.truck_plate, "浙G·A1001")

    def test_stamps_are_the_servers(self):
        stamps = {"state": "accepted", "decided_by_id": self.user(SELLER).id}
        for name, value in stamps.items():
            with self.subTest(field=name), self.refused("begins as|noted by the server"):
                self.draft(**{name: value})
        shipping = self.draft()
        for name, value in stamps.items():
            with self.subTest(field=name), self.refused("noted by the server"):
                self.by(shipping, SELLER).write({name: value})
        with self.refused("What has left is noted by the delivery"):
            self.by(shipping.line_ids, SELLER).shipped_quantity = 24

    def test_import_is_no_other_door(self):
        model = self.as_user("gendan.shipping.notice", DISPATCHER)
        with self.at("2026-12-02 09:00"):
            result = model.load(
                ["notice_id/.id", "ship_date", "address", "state"],
                [[str(self.order.sudo().notice_id.id), "2026-12-03", "杭州", "accepted"]])
        self.assertFalse(result["ids"])
        self.assertIn("begins as", result["messages"][0]["message"])

    def test_submission_asks_for_everything(self):
        empty = self.draft(address=False, line_ids=[])
        with self.at("2026-12-02 09:00"), self.refused(
                "names no goods → add what leaves(.|\n)*says not where to"):
            self.by(empty, SELLER).action_submit()
        with self.refused("line_positive", IntegrityError):
            self.draft(packs=-24)
        much = self.draft(packs=5784)
        with self.at("2026-12-02 09:00"), self.refused("5,784 asked, 5,760 still to leave"):
            self.by(much, SELLER).action_submit()
        self.ref("F01").weight = 0
        light = self.draft()
        with self.at("2026-12-02 09:00"), self.refused("has no weight, volume or packs"):
            self.by(light, SELLER).action_submit()
        self.assertEqual(set((empty | much | light).mapped("state")), {"draft"})

    def test_two_notices_cannot_ask_for_the_same_goods(self):
        self.submitted(packs=3000)
        with self.refused("3,000 asked, 2,760 still to leave"):
            self.submitted(packs=3000)

    def test_goods_of_another_order(self):
        other = self.stocked_order(packs=240)
        shipping = self.draft()
        with self.at("2026-12-02 09:00"), self.refused("is not of"):
            shipping.line_ids.notice_line_id = other.sudo().notice_id.line_ids
            self.by(shipping, SELLER).action_submit()

    def test_order_not_valid(self):
        shipping = self.draft()
        with self.at("2026-12-02 08:00"):
            seller = self.by(self.order, SELLER)
            seller.action_open_revision("客户改地址")
            seller.destination = "宁波"
            seller.action_submit()
        with self.at("2026-12-02 09:00"), self.refused("is on hold: revision B is being signed"):
            self.by(shipping, SELLER).action_submit()

    def test_through_the_door_and_on_the_road(self):
        box = self.env.ref("gendan_followup.container_20gp")
        carton = self.order.sudo().notice_id.line_ids.carton_version_id
        carton.write({"outer_length": 2400, "outer_width": 2390, "outer_height": 2500})
        shipping = self.draft(container_type_id=box.id)
        with self.at("2026-12-02 09:00"), self.refused("does not pass the door of a 20GP"):
            self.by(shipping, SELLER).action_submit()
        carton.write({"outer_length": 425, "outer_width": 330, "outer_height": 290})
        box.payload = 3000
        with self.at("2026-12-02 09:00"), self.refused("3,281 kg are above the 3,000 kg"):
            self.by(shipping, SELLER).action_submit()

    # ------------------------------------------------------------- the day (S07)

    def test_soft_limit_is_a_warning(self):
        for at, is_late in (("2026-12-02 16:00:00", False), ("2026-12-02 16:00:01", True),
                            ("2026-12-02 23:59:59", True)):
            shipping = self.submitted(at)
            with self.subTest(at=at):
                self.assertRecordValues(shipping, [{
                    "is_late": is_late, "is_same_day": False, "submitted_at": moment(at)}])
                with self.at(at):
                    self.by(shipping, DISPATCHER).action_accept()
                    self.by(shipping, SELLER).action_cancel("试")

    def test_midnight_is_the_same_day(self):
        shipping = self.submitted("2026-12-03 00:00:00")
        self.assertTrue(shipping.is_same_day)
        with self.at("2026-12-03 00:05"):
            with self.refused("came on the day itself and is refused by default"):
                self.by(shipping, DISPATCHER).action_accept()
            self.by(shipping, DISPATCHER).action_refuse()
        self.assertRecordValues(shipping, [{
            "state": "refused", "decision_reason": "notified on the day itself",
            "decided_by_id": self.user(DISPATCHER).id,
            "decided_at": moment("2026-12-03 00:05")}])

    def test_salesperson_never_accepts(self):
        shipping = self.submitted("2026-12-03 08:10")
        with self.at("2026-12-03 08:15"):
            for number in (SELLER, "E02", KEEPER, FINANCE):
                with self.subTest(user=number), self.refused(
                        "this is the merchandiser's or the plan manager's part → 李娜, 王芳|王芳"):
                    self.by(shipping, number).action_accept("客户急")
        self.assertEqual(shipping.state, "submitted")
        self.assertEqual({row["gate"] for row in self.refusals()}, {"shipping.accept"})

    def test_accepted_same_day_is_counted(self):
        shipping = self.submitted("2026-12-03 08:10")
        with self.at("2026-12-03 08:20"):
            self.by(shipping, DISPATCHER).action_accept("客户停产")
        self.assertRecordValues(shipping, [{
            "state": "accepted", "is_same_day": True, "decision_reason": "客户停产",
            "carton_count": 240}])
        counted = self.env["gendan.shipping.notice"].formatted_read_group(
            [("is_same_day", "=", True), ("state", "=", "accepted")],
            ["salesperson_id"], ["__count"])
        self.assertEqual([(row["salesperson_id"][0], row["__count"]) for row in counted],
                         [(self.user(SELLER).id, 1)])
        kept = self.env["gendan.audit"].search([("gate", "=", "shipping.accept")])
        self.assertRecordValues(kept, [{"kind": "override", "clause": "D8.4 A20"}])

    def test_who_asked_does_not_accept(self):
        order = self.order.sudo()
        order.notice_id.salesperson_id = False
        self.env.cr.execute("UPDATE sale_order SET user_id = NULL WHERE id = %s", [order.id])
        order.invalidate_recordset()
        with self.at("2026-12-02 09:00"):
            shipping = self.new_shipping(self.order, "2026-12-03", seller="E10")
            self.by(shipping, "E10").action_submit()
            with self.refused("王芳 asked for it himself → another merchandiser"):
                self.by(shipping, "E10").action_accept()
            self.by(shipping, DISPATCHER).action_accept()
        self.assertEqual(shipping.state, "accepted")

    def test_past_is_refused_to_everybody(self):
        with self.refused("leaves on 2026-12-02, today is 2026-12-03"):
            self.submitted("2026-12-03 08:00", "2026-12-02")
        shipping = self.submitted("2026-12-03 08:00", "2026-12-04")
        for number in (DISPATCHER, "E09"):
            with self.at("2026-12-05 08:00"), self.refused("leaves on 2026-12-04, today is"):
                self.by(shipping, number).action_accept("有理由")
        self.assertEqual(shipping.state, "submitted")

    def test_undecided_same_day_is_refused_by_default(self):
        shipping = self.submitted("2026-12-03 17:10")
        with self.at("2026-12-03 23:50"):
            self.env["gendan.shipping.notice"]._cron_refuse_same_day()
            self.assertEqual(shipping.state, "submitted")
        with self.at("2026-12-04 00:10"):
            self.env["gendan.shipping.notice"]._cron_refuse_same_day()
        self.assertEqual(shipping.state, "refused")

    # ------------------------------------------------- corrections, copies, owners

    def test_correction_is_a_new_version(self):
        shipping = self.submitted()
        with self.at("2026-12-02 10:00"):
            self.by(shipping, DISPATCHER).action_accept()
            seller = self.by(shipping, SELLER)
            with self.refused("is Accepted → 郑浩 corrects it"):
                seller.ship_date = "2026-12-05"
            with self.refused("is Accepted → 郑浩 corrects it"):
                seller.line_ids = [Command.update(seller.line_ids.id, {"quantity": 24})]
            with self.refused("say why it is corrected"):
                seller.action_correct()
            with self.refused("is the salesperson's to write"):
                self.by(shipping, DISPATCHER).action_correct("改")
            shipping._count_print()
            self.by(shipping, SELLER).action_correct("客户改期")
        self.assertRecordValues(shipping, [{
            "state": "draft", "version": 2, "correction_reason": "客户改期", "carton_count": 0}])
        self.assertEqual(shipping.print_ids.mapped("is_void"), [True])
        with self.at("2026-12-03 10:00"):
            seller = self.by(shipping, SELLER)
            seller.action_submit()
        self.assertTrue(shipping.is_same_day, "submitted anew = the new time")

    def test_who_answers_for_which_field(self):
        shipping = self.submitted(booking_no="COSU123")
        with self.at("2026-12-02 10:00"):
            self.by(shipping, DISPATCHER).write({"truck_plate": "浙G·A1004"})
            self.by(shipping, DISPATCHER).action_accept()
        owners = {entry.field_name: (entry.owner, entry.user_id, entry.value)
                  for entry in shipping.entry_ids}
        self.assertEqual(owners["booking_no"], ("sales", self.user(SELLER), "COSU123"))
        self.assertEqual(owners["truck_plate"],
                         ("merchandiser", self.user(DISPATCHER), "浙G·A1004"))
        self.assertEqual(owners["carton_count"], ("merchandiser", self.user(DISPATCHER), "240"))
        self.assertIn("= 240 cartons", owners["line_ids"][2])
        with self.refused("written by the steps|not allowed", (AccessError, UserError)):
            self.by(shipping.entry_ids[:1], SELLER).write({"value": "x"})

    def test_confirmed_cartons_must_be_those_of_the_goods(self):
        shipping = self.submitted()
        with self.at("2026-12-02 10:00"):
            self.by(shipping, DISPATCHER).carton_count = 241
            with self.refused("241 cartons confirmed, the goods make 240"):
                self.by(shipping, DISPATCHER).action_accept()

    def test_prints_are_counted(self):
        shipping = self.submitted()
        with self.at("2026-12-02 10:00"):
            self.by(shipping, DISPATCHER).action_accept()
            numbers = [self.by(shipping, DISPATCHER)._count_print()[shipping.id]
                       for _times in range(3)]
        self.assertEqual(numbers, [0, 1, 2])
        self.assertEqual(shipping._copy_labels(), ["1 计划部 / 跟单", "2 仓管", "3 财务"])
        self.company.shipping_copy_labels = "存根\n\n仓库 "
        self.assertEqual(shipping._copy_labels(), ["存根", "仓库"])

    def test_cancelled_never_deleted(self):
        shipping = self.submitted()
        with self.refused("neither changed nor deleted"):
            shipping.sudo().unlink()
        with self.at("2026-12-02 10:00"):
            self.by(shipping, DISPATCHER).action_accept()
            with self.refused("is the salesperson's to write"):
                self.by(shipping, DISPATCHER).action_cancel("不发了")
            with self.refused("Say why"):
                self.by(shipping, SELLER).action_cancel()
            self.by(shipping, SELLER).action_cancel("客户不要了")
        self.assertEqual(shipping.state, "cancel")
        with self.refused("is Cancelled → 郑浩 corrects it"):
            shipping.sudo().remark = "x"

    def test_other_timezone_of_the_user(self):
        self.user(SELLER).tz = "Europe/Berlin"
        shipping = self.submitted("2026-12-03 00:30")
        self.assertTrue(shipping.is_same_day, "17:30 on 12-02 in Berlin, 00:30 on 12-03 here")
        self.assertEqual(shipping.ship_date, date(2026, 12, 3))

    def test_the_lists_of_today_and_tomorrow_take_the_companys_day(self):
        """Half past midnight on Saturday here is Friday afternoon in Berlin (X1, D8.2)."""
        saturday, sunday, monday, tuesday = (
            self.draft(day, "2026-12-02 09:00")
            for day in ("2026-12-05", "2026-12-06", "2026-12-07", "2026-12-08"))
        self.user(SELLER).tz = "Europe/Berlin"
        drafts = self.as_user("gendan.shipping.notice", SELLER)
        mine = Domain("id", "in", (saturday | sunday | monday | tuesday).ids)
        with self.at("2026-12-05 00:30"):
            self.assertEqual(drafts.search(mine & Domain("is_today", "=", True)), saturday)
            self.assertEqual(
                drafts.search(mine & Domain("is_next_day", "=", True)), sunday | monday,
                "to the next working day")
            self.assertEqual(
                self.by(saturday | monday, SELLER).mapped("is_today"), [True, False])
            self.assertEqual(
                self.by(saturday | monday, SELLER).mapped("is_next_day"), [False, True])
