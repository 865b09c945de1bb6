from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form

from .common import moment
from .shipping_case import DISPATCHER, KEEPER, SELLER, ShippingCase


class TestDispatch(ShippingCase):
    """Vehicle, driver, day and stops (D8.1, D8.5, D8.8, D8.9)."""

    def setUp(self):
        super().setUp()
        self.order = self.stocked_order()
        with self.at("2026-11-25 09:00"):
            self.shipping = self.accepted_shipping(self.order, "2026-11-26")

    def plan(self, vehicle="vehicle_V4", driver="E23", number=DISPATCHER, stops=None, **values):
        """Plan a trip for Thursday morning."""
        return self.as_user("gendan.dispatch", number).create({
            "day": "2026-11-26", "vehicle_id": vehicle and self.ref(vehicle).id,
            "driver_id": driver and self.ref(driver).id,
            "stop_ids": [Command.create(stop) for stop in (
                [{"shipping_id": self.shipping.id}] if stops is None else stops)],
            **values,
        })

    def ready(self):
        """Return a confirmed sheet whose goods are being loaded."""
        with self.at("2026-11-25 14:00"):
            self.with_slip(self.shipping)
        dispatch = self.plan()
        with self.at("2026-11-25 15:40"):
            self.by(self.shipping, DISPATCHER).action_confirm_goods()
            self.by(dispatch, DISPATCHER).action_confirm()
        with self.at("2026-11-25 16:00"):
            self.start_loading(self.shipping)
        return dispatch

    # -------------------------------------------------------------------- plan

    def test_weight_decides_not_volume(self):
        for vehicle, driver, limit in (("vehicle_V1", "E22", "1,500"),
                                       ("vehicle_V2", "E24", "2,000"),
                                       ("vehicle_V3", "E25", "800")):
            with self.subTest(vehicle=vehicle), self.refused(
                    f"3,281 kg on a truck of {limit} kg"):
                self.plan(vehicle, driver)
        dispatch = self.plan()
        self.assertRecordValues(dispatch, [{
            "volume": 9.7614, "weight": 3281.28, "max_payload": 5000, "max_volume": 35.8,
            "plate": "浙G·A1004", "state": "draft"}])

    def test_second_customer_on_the_same_truck(self):
        with self.at("2026-11-24 11:00"):
            other = self.stocked_order(packs=180 * 24, customer="C07")
        with self.at("2026-11-25 09:30"):
            more = self.accepted_shipping(other, "2026-11-26")
        dispatch = self.plan()
        with self.refused("5,742 kg on a truck of 5,000 kg"):
            self.by(dispatch, DISPATCHER).stop_ids = [Command.create({"shipping_id": more.id})]
        with self.refused("5,742 kg on a truck of 5,000 kg"):
            self.as_user("gendan.dispatch.stop", DISPATCHER).create({
                "dispatch_id": dispatch.id, "shipping_id": more.id})
        self.assertEqual(len(dispatch.stop_ids), 1)

    def test_double_booking(self):
        self.plan()
        stops = [{"kind": "errand", "purpose": "送样到检测中心"}]
        with self.refused("金涛 is on PC-.* at that time"):
            self.plan("vehicle_V2", "E23", stops=stops)
        with self.refused("浙G·A1004 is on PC-"):
            self.plan("vehicle_V4", "E24", stops=stops)
        later = self.plan("vehicle_V4", "E23", stops=stops, hour_from=12, hour_to=17)
        with self.refused("is on PC-"):
            self.by(later, DISPATCHER).hour_from = 11.5
        self.assertEqual(later.hour_from, 12)

    def test_expired_papers(self):
        vehicle, driver = self.ref("vehicle_V4").sudo(), self.ref("E23").sudo()
        for record, field, text in ((vehicle, "inspection_expires", "inspection of 浙G·A1004"),
                                    (vehicle, "insurance_expires", "insurance of 浙G·A1004"),
                                    (driver, "licence_expires", "driving licence of 金涛")):
            with self.subTest(field=field):
                record[field] = "2026-11-25"
                with self.refused(f"{text} ended on 2026-11-25"):
                    self.plan()
                record[field] = "2026-11-26"
        self.assertEqual(self.plan().state, "draft")

    def test_driver_on_leave(self):
        self.env["resource.calendar.leaves"].create({
            "name": "年假", "resource_id": self.ref("E23").sudo().resource_id.id,
            "calendar_id": self.ref("E23").sudo().resource_calendar_id.id,
            "date_from": moment("2026-11-26 08:00"), "date_to": moment("2026-11-26 17:00")})
        with self.refused("金涛 is on leave on 2026-11-26"):
            self.plan()
        self.assertTrue(self.plan(driver="E24"))

    def test_stops_have_a_company_purpose(self):
        with self.refused("私人搬家: private errands are not driven"):
            self.plan(stops=[{"kind": "private", "purpose": "私人搬家"}])
        with self.refused("a stop without goods has no purpose"):
            self.plan(stops=[{"kind": "errand"}])
        with self.refused("has no shipping notice"):
            self.plan(stops=[{"kind": "delivery", "place": "杭州"}])
        self.assertIn("dispatch.plan", {row["gate"] for row in self.refusals()})

    def test_only_merchandisers_dispatch(self):
        for number in (SELLER, KEEPER, "E08", "pad_gate"):
            with self.subTest(user=number), self.refused("not allowed", AccessError):
                self.plan(number=number)
        dispatch = self.plan()
        with self.refused("not allowed", AccessError):
            self.by(dispatch, KEEPER).day = "2026-11-27"
        with self.refused("noted by the server"):
            self.by(dispatch, DISPATCHER).write({"state": "out"})

    def test_hired_truck(self):
        with self.refused("3,281 kg on a truck of 0 kg"):
            self.plan(vehicle=None, driver=None, hired_plate="浙A·T778")
        dispatch = self.plan(vehicle=None, driver=None, hired_plate="浙A·T778", hired_volume=50,
                             hired_payload=10000)
        with self.at("2026-11-25 15:00"):
            self.by(self.shipping, DISPATCHER).action_confirm_goods()
            with self.refused("has no driver"):
                self.by(dispatch, DISPATCHER).action_confirm()
            self.by(dispatch, DISPATCHER).hired_driver = "物流 王师傅"
            self.by(dispatch, DISPATCHER).action_confirm()
        self.assertEqual(self.shipping.truck_plate, "浙A·T778")

    def test_two_trucks_share_one_notice(self):
        first = self.plan(stops=[{"shipping_id": self.shipping.id, "cartons": 140}])
        self.assertAlmostEqual(first.weight, 140 * 13.672, 1)
        with self.refused("280 of 240 cartons of CY-.* are on trucks"):
            self.plan("vehicle_V2", "E24",
                      stops=[{"shipping_id": self.shipping.id, "cartons": 140}])
        self.plan("vehicle_V2", "E24", stops=[{"shipping_id": self.shipping.id, "cartons": 100}])

    def test_two_trucks_of_a_large_load_are_supervised(self):
        """The notice's volume counts, not that of each truck (D6.1)."""
        order = self.stocked_order(packs=400 * 24, customer="C07", due="2026-11-27")
        with self.at("2026-11-26 09:00"):
            large = self.accepted_shipping(order, "2026-11-27")
            for driver, vehicle, cartons in (("E23", "vehicle_V4", 300),
                                             ("E24", "vehicle_V2", 100)):
                trip = self.plan(vehicle, driver, day="2026-11-27", stops=[
                    {"shipping_id": large.id, "cartons": cartons}])
                self.assertLess(trip.volume, self.company.large_load_volume)
            self.with_slip(large)
            self.start_loading(large)
            with self.refused("no completed loading report for CY-.*16.27 m³"):
                self.delivery(order).button_validate()

    def test_goods_confirmed_before_the_sheet(self):
        dispatch = self.plan()
        with self.at("2026-11-25 15:00"), self.refused("goods of CY-.* are not confirmed"):
            self.by(dispatch, DISPATCHER).action_confirm()
        with self.at("2026-11-25 15:40"):
            self.by(self.shipping, DISPATCHER).action_confirm_goods()
            self.by(dispatch, DISPATCHER).action_confirm()
            with self.refused("is Confirmed → take it back to planning first"):
                self.by(dispatch, DISPATCHER).day = "2026-11-27"
            with self.refused("is Confirmed"):
                self.by(dispatch.stop_ids, DISPATCHER).unlink()
            self.by(dispatch, DISPATCHER).action_replan()
        self.assertRecordValues(dispatch, [{"state": "draft", "confirmed_at": False}])

    def test_goods_moved_after_they_were_confirmed(self):
        dispatch = self.plan()
        with self.at("2026-11-25 15:40"):
            self.by(self.shipping, DISPATCHER).action_confirm_goods()
            self.order.sudo().picking_ids.move_ids._do_unreserve()
            self.env.invalidate_all()
            with self.refused("were confirmed and are not all there any more → find them"):
                self.by(dispatch, DISPATCHER).action_confirm()
            self.assertTrue(self.by(self.shipping, DISPATCHER).can_confirm_goods)
            self.by(self.shipping, DISPATCHER).action_confirm_goods("今晚 21:00 找齐")
            self.by(dispatch, DISPATCHER).action_confirm()
        self.assertEqual(dispatch.state, "confirmed")

    def test_accepted_same_day_needs_no_confirmation(self):
        order = self.stocked_order(packs=240)
        with self.at("2026-11-26 08:10"):
            today = self.new_shipping(order, "2026-11-26")
            self.by(today, SELLER).action_submit()
            self.by(today, DISPATCHER).action_accept("客户停产")
            dispatch = self.plan(stops=[{"shipping_id": today.id}])
            self.by(dispatch, DISPATCHER).action_confirm()
        self.assertEqual(dispatch.state, "confirmed")

    def test_form(self):
        with Form(self.as_user("gendan.dispatch", DISPATCHER)) as form:
            form.day = "2026-11-26"
            form.vehicle_id = self.ref("vehicle_V4")
            with form.stop_ids.new() as stop:
                stop.shipping_id = self.shipping
        self.assertEqual(form.record.stop_ids.place, self.ref("C06").name)

    # ----------------------------------------------------------------- loading

    def test_loaded_the_day_before(self):
        dispatch = self.ready()
        with self.at("2026-11-25 16:30"):
            with self.refused("loading is the finished-goods keeper's part"):
                self.by(dispatch, DISPATCHER).action_loaded()
            with self.refused("neither loaded nor staged yet"):
                self.by(dispatch, DISPATCHER).action_check_load()
            self.by(dispatch, KEEPER).action_loaded()
            self.by(dispatch, DISPATCHER).action_check_load()
        self.assertRecordValues(dispatch, [{
            "loaded_at": moment("2026-11-25 16:30"), "loaded_by_id": self.user(KEEPER).id,
            "checked_by_id": self.user(DISPATCHER).id, "is_load_late": False,
            "load_deadline": moment("2026-11-25 17:00")}])

    def test_loaded_late_goes_to_the_plan_manager(self):
        dispatch = self.ready()
        with self.at("2026-11-25 17:00"):
            self.env["gendan.dispatch"]._cron_late_loads()
            self.assertFalse(dispatch.is_load_late)
        with self.at("2026-11-25 17:01"):
            for _times in range(2):
                self.env["gendan.dispatch"]._cron_late_loads()
        self.assertTrue(dispatch.is_load_late)
        self.assertEqual(dispatch.activity_ids.user_id, self.user("E09"))
        self.assertEqual(len(dispatch.activity_ids), 1)

    def test_deadline_skips_the_sunday(self):
        dispatch = self.plan(day="2026-11-30")
        self.assertEqual(dispatch.load_deadline, moment("2026-11-28 17:00"))

    def test_staged_with_a_reason(self):
        dispatch = self.ready()
        with self.at("2026-11-25 16:30"):
            with self.refused("Say why .* is staged and not loaded"):
                self.by(dispatch, KEEPER).action_staged()
            self.by(dispatch, KEEPER).action_staged("集装箱当天到")
        self.assertRecordValues(dispatch, [{
            "staged_reason": "集装箱当天到", "is_load_late": False, "loaded_at": False}])

    def test_loading_without_the_keepers_copy(self):
        dispatch = self.plan()
        with self.at("2026-11-25 15:40"):
            self.by(self.shipping, DISPATCHER).action_confirm_goods()
            self.by(dispatch, DISPATCHER).action_confirm()
            with self.refused("no goods-issue slip"):
                self.by(dispatch, KEEPER).action_loaded()

    # -------------------------------------------------------------------- trip

    def test_trip(self):
        dispatch = self.ready()
        stop = dispatch.stop_ids
        with self.at("2026-11-26 08:00"):
            self.at_gate(dispatch, "E23").action_duty()
            with self.refused("has not left yet"):
                self.at_gate(stop, "E23").action_arrive()
        with self.at("2026-11-26 08:10"):
            with self.refused("-5 km is no odometer reading"):
                self.at_gate(dispatch, "E23").action_depart(-5)
            self.at_gate(dispatch, "E23").action_depart(50200)
        with self.at("2026-11-26 10:30"):
            self.at_gate(stop, "E23").action_arrive()
            self.at_gate(stop, "E23").action_note_back()
        with self.at("2026-11-26 13:00"):
            with self.refused("left with 50200 km and cannot come back with 50100 km"):
                self.at_gate(dispatch, "E23").action_return(50100)
            self.at_gate(dispatch, "E23").action_return(50460)
        self.assertRecordValues(dispatch, [{
            "state": "done", "wait_minutes": 10, "distance": 260, "notes_open": 0,
            "departed_at": moment("2026-11-26 08:10"), "unexplained_minutes": 10}])
        self.assertEqual(stop.note_returned_at, moment("2026-11-26 10:30"))

    def test_no_departure_without_papers(self):
        dispatch = self.plan()
        with self.at("2026-11-25 16:00"):
            self.by(self.shipping, DISPATCHER).action_confirm_goods()
        with self.at("2026-11-26 08:00"):
            self.by(dispatch, DISPATCHER).action_confirm()
            with self.refused("no goods-issue slip"):
                self.at_gate(dispatch, "E23").action_depart(100)

    def test_whose_clock_it_is(self):
        dispatch = self.ready()
        yours = "is not yours to clock → 金涛 does it with his badge, or the merchandiser"
        with self.at("2026-11-26 08:00"):
            for number in (SELLER, KEEPER, "E08", "pad_gate"):
                with self.subTest(user=number), self.refused(yours):
                    self.by(dispatch, number).action_duty()
            with self.subTest("another driver's badge"), self.refused(yours):
                self.at_gate(dispatch, "E22").action_duty()
            with self.subTest("a made-up token"), self.refused(yours):
                self.by(dispatch, "pad_gate").with_context(gendan_badge="x" * 43).action_depart(1)
            self.assertFalse(dispatch.duty_at)
            self.at_gate(dispatch, "E23").action_duty()
            self.by(dispatch, DISPATCHER).action_depart(50200)
        self.assertRecordValues(dispatch, [{"state": "out", "odometer_out": 50200}])
        self.assertEqual({row["gate"] for row in self.refusals()},
                         {"dispatch.clock", "dispatch.depart"})

    def test_waiting_is_split_by_cause(self):
        dispatch = self.ready()
        with self.at("2026-11-26 08:00"):
            self.at_gate(dispatch, "E23").action_duty()
        with self.at("2026-11-26 09:10"):
            self.at_gate(dispatch, "E23").action_depart(100)
            with self.refused("0 minutes is no wait"):
                self.at_gate(dispatch, "E23").action_note_wait("goods", 0)
            self.by(dispatch, DISPATCHER).action_note_wait("goods", 50)
            self.by(dispatch, DISPATCHER).action_note_wait("driver", 10)
        self.assertRecordValues(dispatch, [{
            "wait_minutes": 70, "goods_wait_minutes": 50, "driver_wait_minutes": 10,
            "unexplained_minutes": 10}])
        with self.refused("written by the steps|not allowed", (UserError, AccessError)):
            self.by(dispatch.wait_ids[:1], DISPATCHER).write({"cause": "driver"})

    # ---------------------------------------------------------------- reminder

    def test_reminder_for_tomorrow(self):
        order = self.stocked_order(packs=240)
        Reminder = self.env["gendan.shipping.reminder"]
        cron = self.env["gendan.shipping.notice"]._cron_remind_tomorrow
        with self.at("2026-11-25 13:59"):
            cron()
        self.assertFalse(Reminder.search([]))
        with self.at("2026-11-25 14:00"):
            cron()
            cron()
        reminder = Reminder.search([])
        self.assertRecordValues(reminder, [{
            "notice_id": order.sudo().notice_id.id, "salesperson_id": self.user(SELLER).id,
            "state": "open", "reminded_at": moment("2026-11-25 14:00")}])
        self.assertEqual(reminder.activity_ids.user_id, self.user(SELLER))
        with self.at("2026-11-25 14:20"):
            with self.refused("郑浩 answers whether"):
                self.by(reminder, DISPATCHER).action_postpone("2026-11-28", "客户")
            with self.refused("Give a day after 2026-11-26"):
                self.by(reminder, SELLER).action_postpone("2026-11-26", "客户")
            self.by(reminder, SELLER).action_postpone("2026-11-28", "客户要求")
        self.assertRecordValues(reminder, [{"state": "postponed"}])
        self.assertFalse(reminder.activity_ids)
        self.assertNotLate(order.sudo().notice_id)

    def assertNotLate(self, notice):
        """The date moved by the customer's wish: late is what misses that one (D8.3)."""
        for day, late in (("2026-11-27", False), ("2026-11-28", False), ("2026-11-30", True)):
            with self.subTest(day=day), self.at(f"{day} 09:00"):
                notice._refresh_milestones()
                self.assertEqual(notice.is_late, late)
        self.assertEqual((str(notice.delivery_date), str(notice.postponed_to)),
                         ("2026-11-26", "2026-11-28"), "what was signed stays")

    def test_reminder_is_answered_by_the_notice(self):
        order = self.stocked_order(packs=240)
        with self.at("2026-11-25 14:00"):
            self.env["gendan.shipping.notice"]._cron_remind_tomorrow()
            self.by(self.new_shipping(order, "2026-11-26"), SELLER).action_submit()
        self.assertEqual(self.env["gendan.shipping.reminder"].search([]).state, "noticed")
