"""S02, items 2–4 and 6: papers, truck, goods of tomorrow, a large load without container."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import moment
from odoo.addons.gendan_followup.tests.shipping_case import ShippingCase

SALESPERSON, FINANCE, KEEPER, DISPATCHER = "E05", "E08", "E16", "E11"


@tagged("stories")
class TestS02Shipping(ShippingCase):
    """240 cartons of F01 for C06, from the notice to the road."""

    def setUp(self):
        super().setUp()
        self.order = self.stocked_order()
        with self.at("2026-11-25 09:00"):
            self.shipping = self.accepted_shipping(self.order, "2026-11-26")

    def plan(self, vehicle, driver, *shippings):
        return self.as_user("gendan.dispatch", DISPATCHER).create({
            "day": "2026-11-26", "vehicle_id": self.ref(vehicle).id,
            "driver_id": self.ref(driver).id,
            "stop_ids": [Command.create({"shipping_id": s.id}) for s in shippings]})

    def test_2_two_papers(self):
        self.assertRecordValues(self.shipping, [{"is_same_day": False, "is_late": False}])
        with self.at("2026-11-25 10:00"), self.refused("no goods-issue slip"):
            self.by(self.shipping, KEEPER).action_start_loading()
        with self.at("2026-11-25 13:50"), self.refused("is issued by finance"):
            self.by(self.shipping, SALESPERSON).action_issue_slip()
        with self.at("2026-11-25 14:00"):
            wrong = self.as_user("gendan.issue.slip", FINANCE).create({
                "shipping_id": self.shipping.id, "line_ids": [Command.create({
                    "shipping_line_id": self.shipping.line_ids.id, "quantity": 239 * 24})]})
            with self.refused("slip 5,736, shipping notice 5,760"):
                wrong.action_issue()
            self.with_slip(self.shipping)
        self.assertEqual(sum(self.shipping.slip_id.line_ids.mapped("quantity")) / 24, 240)

    def test_3_the_truck(self):
        self.assertAlmostEqual(self.shipping.volume, 9.76, 2)
        self.assertAlmostEqual(self.shipping.weight, 3281, 0)
        for vehicle, driver, limit in (("vehicle_V1", "E22", "1,500"),
                                       ("vehicle_V2", "E24", "2,000")):
            with self.subTest(vehicle=vehicle), self.refused(f"on a truck of {limit} kg"):
                self.plan(vehicle, driver, self.shipping)
        dispatch = self.plan("vehicle_V4", "E23", self.shipping)
        more = self.stocked_order(packs=180 * 24, customer="C07")
        with self.at("2026-11-25 09:40"):
            second = self.accepted_shipping(more, "2026-11-26")
        with self.refused("5,742 kg on a truck of 5,000 kg"):
            self.by(dispatch, DISPATCHER).stop_ids = [Command.create({"shipping_id": second.id})]
        small = self.stocked_order(packs=240, customer="C08")
        with self.at("2026-11-25 09:50"):
            third = self.accepted_shipping(small, "2026-11-26")
        with self.refused("金涛 is on"):
            self.plan("vehicle_V2", "E23", third)

    def test_4_loaded_the_day_before_and_gone_in_the_morning(self):
        dispatch = self.plan("vehicle_V4", "E23", self.shipping)
        with self.at("2026-11-25 14:00"):
            self.with_slip(self.shipping)
        with self.at("2026-11-25 15:00"), self.refused("are not confirmed"):
            self.by(dispatch, DISPATCHER).action_confirm()
        with self.at("2026-11-25 15:40"):
            self.by(self.shipping, DISPATCHER).action_confirm_goods()
            self.by(dispatch, DISPATCHER).action_confirm()
        with self.at("2026-11-25 16:30"):
            self.start_loading(self.shipping)
            self.by(dispatch, KEEPER).action_loaded()
            self.by(dispatch, DISPATCHER).action_check_load()
        self.assertFalse(self.shipping.needs_report, "9.76 m³ is below 15.0")
        with self.at("2026-11-26 08:00"):
            self.at_gate(dispatch, "E23").action_duty()
            self.delivery(self.order).button_validate()
        with self.at("2026-11-26 08:10"):
            self.at_gate(dispatch, "E23").action_depart(48210)
        self.assertRecordValues(dispatch, [{
            "wait_minutes": 10, "is_load_late": False, "state": "out",
            "loaded_at": moment("2026-11-25 16:30")}])
        self.assertLessEqual(dispatch.wait_minutes, self.company.departure_tolerance)
        self.assertEqual(self.shipping.state, "shipped")

    def test_6_large_load_and_reminder(self):
        order = self.stocked_order(packs=600 * 24, customer="C07", day="2026-12-01",
                                   due="2026-12-04")
        with self.at("2026-12-03 14:00"):
            self.env["gendan.shipping.notice"]._cron_remind_tomorrow()
        reminder = self.env["gendan.shipping.reminder"].search([
            ("notice_id", "=", order.sudo().notice_id.id)])
        self.assertEqual(reminder.activity_ids.user_id, self.user(SALESPERSON))
        with self.at("2026-12-03 15:00"):
            shipping = self.new_shipping(order, "2026-12-04")
        self.assertAlmostEqual(shipping.volume, 24.40, 2)
        self.assertTrue(shipping.needs_report)

    def test_no_slip_by_import(self):
        model = self.as_user("gendan.issue.slip", SALESPERSON)
        with self.assertRaises(AccessError):
            model.create({"shipping_id": self.shipping.id})
