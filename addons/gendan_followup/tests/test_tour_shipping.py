from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .shipping_case import DISPATCHER, KEEPER, ShippingVerbs
from .test_tour_order import TourCase

DRIVER = "E23"


@tagged("post_install", "-at_install")
class TestTourDispatch(ShippingVerbs, TourCase):
    """The dispatcher's board: too heavy here, fits there, confirmed (D8.1, D8.5)."""

    browser_size = "1400x900"

    def test_the_dispatchers_board(self):
        today = self.company._company_today()
        tomorrow = today + timedelta(days=1)
        order = self.new_order("E05", "C06", [("F01", 5760, 8.9)], str(tomorrow))
        self.make_valid(order)
        self.release(order)
        shipping = self.accepted_shipping(order, tomorrow)

        self.tour(DISPATCHER, "gendan_dispatch_board", "/odoo/dispatch-board")

        trip = self.env["gendan.dispatch"].search([("stop_ids.shipping_id", "=", shipping.id)])
        self.assertRecordValues(trip, [{
            "state": "confirmed", "day": tomorrow, "driver_id": self.ref(DRIVER).id,
            "vehicle_id": self.ref("vehicle_V4").id,
            "confirmed_by_id": self.user(DISPATCHER).id}])
        self.assertEqual(shipping.goods_confirmed_by_id, self.user(DISPATCHER))


@tagged("post_install", "-at_install")
class TestTourDriver(ShippingVerbs, TourCase):
    """A driver without a login, with the gate's phone and his PIN (D8.9, D11.3, X17)."""

    browser_size = "390x844"
    touch_enabled = True

    def test_the_drivers_day(self):
        today = self.company._company_today()
        last_month = fields.Date.start_of(today - timedelta(days=today.day), "month")
        fact = self.as_user("gendan.driver.fact", DISPATCHER).create({
            "driver_id": self.ref(DRIVER).id, "kind": "fine", "date": last_month,
            "description": "超速罚单"})
        sheet = self.as_user("gendan.driver.appraisal", DISPATCHER).create({
            "driver_id": self.ref(DRIVER).id, "month": last_month})
        sheet.action_submit()
        trip = self.as_user("gendan.dispatch", DISPATCHER).create({
            "day": today, "vehicle_id": self.ref("vehicle_V4").id,
            "driver_id": self.ref(DRIVER).id, "stop_ids": [Command.create(
                {"kind": "pickup", "purpose": "取膜 300 kg", "place": "义乌", "hour_due": 9.5})]})
        trip.action_confirm()

        self.tour("pad_gate", "gendan_driver_phone",
                  "/odoo/action-gendan_followup.action_phone_home")

        self.assertRecordValues(trip, [{
            "state": "done", "odometer_out": 50200, "odometer_in": 50260, "distance": 60}])
        self.assertTrue(trip.duty_at and trip.departed_at and trip.stop_ids.arrived_at)
        self.assertRecordValues(trip.wait_ids, [{
            "cause": "traffic", "minutes": 10, "employee_id": self.ref(DRIVER).id}])
        self.assertEqual(trip.phone_step_ids.employee_id, self.ref(DRIVER))
        self.assertEqual(sheet.line_ids.fact_id, fact)
        self.assertRecordValues(sheet, [{
            "objection": "罚单不是我的", "objected_by_id": self.user("pad_gate").id}])
        self.assertTrue(sheet.read_at)


@tagged("post_install", "-at_install")
class TestTourDoors(ShippingVerbs, TourCase):
    """From the salesperson's notice to closed doors, each step by its own person (D6, D8)."""

    browser_size = "1400x900"

    def path(self, record, action):
        return f"/odoo/action-gendan_followup.{action}/{record.id}"

    def test_notice_to_closed_doors(self):
        order = self.new_order("E04", "C02", [("F11", 432 * 40, 1.35)], "2028-12-12")
        self.make_valid(order, merchandiser=DISPATCHER)
        self.tour("E04", "gendan_doors_salesperson",
                  "/odoo/action-gendan_followup.action_shipping_notice")
        shipping = self.env["gendan.shipping.notice"].search([
            ("notice_id", "=", order.sudo().notice_id.id)])
        self.assertRecordValues(shipping, [{
            "state": "submitted", "cartons": 432, "salesperson_id": self.user("E04").id,
            "destination": "Melbourne", "needs_report": True}])

        self.tour("E10", "gendan_doors_accept",
                  "/odoo/action-gendan_followup.action_shipping_to_decide")
        self.assertRecordValues(shipping, [{
            "state": "accepted", "carton_count": 432, "decided_by_id": self.user("E10").id}])

        self.tour("E08", "gendan_doors_finance",
                  "/odoo/action-gendan_followup.action_shipping_no_slip")
        self.assertRecordValues(shipping.slip_id, [{
            "state": "issued", "issued_by_id": self.user("E08").id,
            "release_remark": "定金已到, 水单 1209-03"}])

        self.tour(KEEPER, "gendan_doors_keeper", self.path(shipping, "action_shipping_notice"))
        self.assertEqual(shipping.keeper_id, self.user(KEEPER))

        self.tour("E10", "gendan_doors_report", self.path(shipping, "action_shipping_notice"))
        report = shipping.report_ids
        self.assertRecordValues(report, [{
            "state": "running", "supervisor_id": self.user("E10").id}])
        picking = self.load_all(order, report)
        with self.refused("no completed loading report"):
            self.by(picking, KEEPER).button_validate()

        self.tour("E10", "gendan_doors_close", self.path(report, "action_loading_report"))
        self.assertRecordValues(report, [{"state": "closed", "loaded_cartons": 432}])
        self.tour(KEEPER, "gendan_doors_deliver",
                  f"/odoo/action-stock.action_picking_tree_all/{picking.id}")
        self.assertEqual((picking.state, shipping.state), ("done", "shipped"))

    def load_all(self, order, report):
        """Fill the report and count as both; lay the goods on the delivery."""
        self.lay_on_stock(order, 432 * 40)
        self.release(order, DISPATCHER)
        self.fill_report(report, "E10")
        self.tally(report, "E10", 432)
        self.tally(report, KEEPER, 432)
        return order.sudo().picking_ids.sudo(False)
