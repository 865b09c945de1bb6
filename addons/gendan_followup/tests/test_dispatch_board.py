from odoo.exceptions import AccessError
from odoo.fields import Command

from .shipping_case import DISPATCHER, KEEPER, SELLER, ShippingCase


class TestDispatchBoard(ShippingCase):
    """Vehicles by days, what needs a truck, and what nobody has given a notice for (D8.1–D8.3)."""

    def setUp(self):
        super().setUp()
        self.order = self.stocked_order()
        with self.at("2026-11-25 09:00"):
            self.shipping = self.accepted_shipping(self.order, "2026-11-26")
        self.Dispatch = self.as_user("gendan.dispatch", DISPATCHER)

    def board(self, at="2026-11-25 15:00", number=DISPATCHER, **values):
        with self.at(at):
            return self.as_user("gendan.dispatch", number).board(**values)

    def place(self, vehicle, **values):
        with self.at("2026-11-25 15:00"):
            return self.Dispatch.browse(self.Dispatch.board_place(
                self.shipping.id, vehicle_id=self.ref(vehicle).id, **values))

    def test_vehicles_and_days(self):
        board = self.board()
        self.assertEqual([day["date"] for day in board["days"]],
                         [f"2026-11-{day}" for day in range(25, 31)])
        self.assertEqual([day["date"] for day in board["days"] if not day["working"]],
                         ["2026-11-29"], "Sunday")
        self.assertEqual(
            [(row["plate"], row["volume"], row["payload"], row["driver"])
             for row in board["rows"]],
            [("浙G·A1001", 14.0, 1500, "丁伟"), ("浙G·A1002", 14.0, 2000, "孔亮"),
             ("浙G·A1003", 5.0, 800, "石磊"), ("浙G·A1004", 35.8, 5000, "金涛")])
        self.assertEqual(self.board(first="2027-01-01", days=1)["days"][0]["working"], False,
                         "a holiday")

    def test_what_needs_a_truck_is_put_on_one(self):
        notice, = self.board()["notices"]
        self.assertEqual(
            {key: notice[key] for key in ("name", "left", "slip", "confirmed", "same_day")},
            {"name": self.shipping.name, "left": 240, "slip": False, "confirmed": False,
             "same_day": False})
        with self.refused("3,281 kg on a truck of 2,000 kg .浙G·A1002."):
            self.place("vehicle_V2")
        self.assertFalse(self.board()["trips"])
        trip = self.place("vehicle_V4")
        self.assertRecordValues(trip, [{
            "day": self.shipping.ship_date, "driver_id": self.ref("E23").id, "hour_from": 8,
            "hour_to": 12, "state": "draft"}])
        board = self.board()
        card, = board["trips"]
        self.assertEqual((card["row"], card["day"], card["goods_open"], card["loaded"]),
                         (f"v{self.ref('vehicle_V4').id}", "2026-11-26", 1, ""))
        self.assertEqual(board["notices"][0]["left"], 0, "listed until its goods are confirmed")
        with self.at("2026-11-25 15:40"):
            self.by(self.shipping, DISPATCHER).action_confirm_goods()
        board = self.board("2026-11-25 15:50")
        self.assertEqual((board["notices"], board["trips"][0]["goods_open"]), ([], 0))

    def test_taken_along_and_the_free_half(self):
        self.place("vehicle_V4")
        small = self.stocked_order(packs=240, customer="C07")
        with self.at("2026-11-25 09:30"):
            self.shipping = self.accepted_shipping(small, "2026-11-26")
        trip = self.Dispatch.search([])
        self.assertEqual(self.place("vehicle_V4", dispatch_id=trip.id), trip)
        self.assertEqual(len(trip.stop_ids), 2)
        trip.stop_ids[1].unlink()
        self.assertRecordValues(self.place("vehicle_V4"), [{"hour_from": 13, "hour_to": 17}])

    def test_on_its_own_day_only(self):
        with self.at("2026-11-25 10:00"):
            other_day = self.Dispatch.create({
                "day": "2026-11-27", "vehicle_id": self.ref("vehicle_V4").id,
                "driver_id": self.ref("E23").id, "stop_ids": [Command.create(
                    {"kind": "errand", "purpose": "送样"})]})
        with self.refused("leaves on 2026-11-26, PC-.* drives on 2026-11-27"):
            self.place("vehicle_V4", dispatch_id=other_day.id)
        self.assertEqual(len(other_day.stop_ids), 1)

    def test_who_plans_on_it(self):
        for number in (SELLER, KEEPER, "pad_gate"):
            with self.subTest(user=number), self.at("2026-11-25 15:00"), self.refused(
                    "not allowed", AccessError):
                self.as_user("gendan.dispatch", number).board_place(
                    self.shipping.id, vehicle_id=self.ref("vehicle_V4").id)
            self.assertFalse(self.board(number=number)["may_plan"])
        self.assertTrue(self.board(number="E09")["may_plan"])

    def test_hired_truck_has_its_row(self):
        with self.at("2026-11-25 10:00"):
            self.Dispatch.create({
                "day": "2026-11-26", "hired_plate": "浙A·T778", "hired_volume": 50,
                "hired_payload": 10000, "hired_driver": "王师傅",
                "stop_ids": [Command.create({"shipping_id": self.shipping.id})]})
        board = self.board()
        self.assertEqual((board["rows"][-1]["plate"], board["rows"][-1]["payload"]),
                         ("浙A·T778", 10000))
        self.assertEqual(board["trips"][0]["row"], board["rows"][-1]["key"])

    def test_still_out_since_yesterday(self):
        """Whoever looks for a truck today sees that it has not come back (D8.6)."""
        with self.at("2026-11-25 10:00"):
            trip = self.Dispatch.create({
                "day": "2026-11-25", "vehicle_id": self.ref("vehicle_V1").id,
                "driver_id": self.ref("E20").id, "stop_ids": [Command.create(
                    {"kind": "errand", "purpose": "送样"})]})
            trip.action_confirm()
        self.assertFalse(self.board("2026-11-26 07:00")["trips"], "not left, not out")
        with self.at("2026-11-25 11:00"):
            trip.sudo()._step("out")
        card, = self.board("2026-11-26 07:00")["trips"]
        self.assertEqual((card["day"], card["since"], card["row"]),
                         ("2026-11-26", "2026-11-25", f"v{self.ref('vehicle_V1').id}"))
        with self.subTest("its own day is seen"):
            card, = self.board("2026-11-26 07:00", first="2026-11-25")["trips"]
            self.assertEqual((card["day"], card["since"]), ("2026-11-25", ""))
        with self.subTest("today is not seen"):
            self.assertFalse(self.board("2026-11-26 07:00", first="2026-11-27")["trips"])
        with self.at("2026-11-26 08:00"):
            trip.sudo()._step("done")
        self.assertFalse(self.board("2026-11-26 08:01")["trips"], "back")

    def test_papers_that_end_soon_are_said(self):
        self.ref("vehicle_V1").sudo().insurance_expires = "2026-12-24"
        self.assertEqual(self.board()["rows"][0]["warning"], "insurance until 2026-12-24")
        self.ref("vehicle_V1").sudo().insurance_expires = "2026-12-26"
        self.assertEqual(self.board()["rows"][0]["warning"], "")

    # -------------------------------------------------------- the next-day list

    def missing(self, at):
        return [(row["name"], row["day"], row["reminded"]) for row in self.board(at)["missing"]]

    def test_due_without_a_notice(self):
        self.assertEqual(self.missing("2026-11-25 13:59"), [], "the notice is written")
        order = self.stocked_order(packs=240)
        name = order.sudo().notice_id.name
        self.assertEqual(self.missing("2026-11-25 13:59"), [(name, "2026-11-26", "")])
        with self.at("2026-11-25 14:00"):
            self.env["gendan.shipping.notice"]._cron_remind_tomorrow()
        self.assertEqual(self.missing("2026-11-25 14:30"), [(name, "2026-11-26", "14:00")])

    def test_saturday_for_monday_and_the_eve_of_a_holiday(self):
        monday = self.stocked_order(packs=240, due="2026-11-30").sudo().notice_id
        after = self.stocked_order(packs=240, due="2027-01-02").sudo().notice_id
        cron = self.env["gendan.shipping.notice"]._cron_remind_tomorrow
        reminders = self.env["gendan.shipping.reminder"]
        for day, due in (("2026-11-27", []), ("2026-11-28", [monday]), ("2026-12-30", []),
                         ("2026-12-31", [after])):
            with self.subTest(day=day):
                self.assertEqual([row[0] for row in self.missing(f"{day} 15:00")],
                                 [notice.name for notice in due])
                with self.at(f"{day} 14:00"):
                    known = reminders.search([])
                    cron()
                    cron()
                    self.assertEqual(list((reminders.search([]) - known).notice_id), due)

    def test_nothing_due(self):
        self.assertEqual(self.missing("2026-12-08 15:00"), [])

    # ------------------------------------------------------------ what it costs

    def test_queries_do_not_grow_with_the_trips(self):
        self.place("vehicle_V4")

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.board("2026-11-26 07:00")
            return self.env.cr.sql_log_count - before

        queries()
        one = queries()
        trips = [{
            "day": f"2026-11-{day}", "hired_plate": f"浙A·T{day}{index}", "hired_volume": 50,
            "hired_payload": 10000, "hired_driver": "王师傅", "stop_ids": [
                Command.create({"kind": "errand", "purpose": "送样"})]}
            for day in range(26, 31) for index in range(8)]
        with self.at("2026-11-25 16:00"):
            self.Dispatch.create(trips)
        self.assertEqual(len(self.board("2026-11-26 07:00")["trips"]), 41)
        self.assertEqual(queries(), one)
        self.assertLessEqual(one, 30)
