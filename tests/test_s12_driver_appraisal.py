"""S12: the drivers' November, 100 points from facts, each with its trip (D11.1–D11.3, D8.9)."""

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import moment
from odoo.addons.gendan_followup.tests.shipping_case import ShippingCase

PREPARER, PLAN_MANAGER = "E11", "E09"
# the working days of November, Monday to Saturday
DAYS = [f"2026-11-{day:02}" for day in range(2, 31) if day not in (8, 15, 22, 29)]
# driver → his truck, his days
TRIPS = {
    "E22": ("vehicle_V1", DAYS[:22]),
    "E23": ("vehicle_V4", DAYS[:18]),
    "E24": ("vehicle_V2", DAYS[:20]),
    "E25": ("vehicle_V3", DAYS[:6]),
    "E26": ("vehicle_V3", [day for day in DAYS if day >= "2026-11-20"][:3]),
}
SCORES = {"E22": 95, "E23": 95, "E24": 90, "E25": 90}


@tagged("stories")
class TestS12DriverAppraisal(ShippingCase):
    """李娜 prepares, 徐志强 acknowledges, 石磊 reads and objects."""

    def setUp(self):
        super().setUp()
        self.trips = {driver: [self.drive(driver, vehicle, day) for day in days]
                      for driver, (vehicle, days) in TRIPS.items()}

    def drive(self, driver, vehicle, day):
        """Plan a trip and drive it; what happened on it is told in `HAPPENED`."""
        index = TRIPS[driver][1].index(day)
        duty, depart, arrive, waits = self.happened(driver, index)
        stop = self.delivery_stop(day) if (driver, index) == ("E22", 9) else {
            "kind": "errand", "purpose": "送货", "place": "杭州", "hour_due": 10.5}
        with self.at(f"{day} 07:30"):
            trip = self.as_user("gendan.dispatch", PREPARER).create({
                "day": day, "vehicle_id": self.ref(vehicle).id,
                "driver_id": self.ref(driver).id, "stop_ids": [Command.create(stop)]})
            trip.action_confirm()
        with self.at(f"{day} {duty}"):
            trip.action_duty()
        with self.at(f"{day} {depart}"):
            trip.action_depart(1000 + index)
            for cause, minutes in waits:
                trip.action_note_wait(cause, minutes)
        with self.at(f"{day} {arrive}"):
            trip.stop_ids.action_arrive()
        return trip

    def happened(self, driver, index):
        """Return on duty, departed, arrived, and who waited for what."""
        return {
            # 丁伟 comes 20 minutes late once
            ("E22", 4): ("08:20", "08:25", "10:25", ()),
            # 金涛 is late by himself once, and once because the goods came at 09:10
            ("E23", 6): ("08:00", "08:10", "11:15", ()),
            ("E23", 11): ("08:00", "09:10", "11:30", (("goods", 70),)),
        }.get((driver, index), ("08:00", "08:10", "10:20", ()))

    def delivery_stop(self, day):
        """Return a stop with goods, whose delivery note stays out."""
        order = self.stocked_order(packs=240, day="2026-11-10", due=day)
        with self.at("2026-11-11 09:00"):
            shipping = self.accepted_shipping(order, day)
            self.with_slip(shipping)
            self.by(shipping, PREPARER).action_confirm_goods()
            self.start_loading(shipping)
        return {"shipping_id": shipping.id, "hour_due": 10.5}

    def fact(self, driver, kind, trip):
        return self.as_user("gendan.driver.fact", PREPARER).create({
            "driver_id": self.ref(driver).id, "kind": kind, "date": trip.day,
            "dispatch_id": trip.id, "description": f"{kind} {trip.name}"})

    def sheet(self, driver):
        return self.as_user("gendan.driver.appraisal", PREPARER).create({
            "driver_id": self.ref(driver).id, "month": "2026-11-01"})

    def test_november(self):
        with self.at("2026-11-30 17:00"):
            for driver, kind, index in (("E24", "fine", 3), ("E24", "damage", 8),
                                        ("E25", "refused_trip", 2), ("E25", "complaint", 5)):
                self.fact(driver, kind, self.trips[driver][index])
        with self.at("2026-12-01 09:00"):
            sheets = {driver: self.sheet(driver) for driver in TRIPS}
        self.assert_prefilled(sheets)
        with self.at("2026-12-01 09:30"):
            with self.refused("A deduction rests on a fact"):
                sheets["E22"].line_ids = [Command.create({"points": 5})]
            with self.refused("between 0 and 100"):
                sheets["E22"].line_ids = [Command.create({
                    "fact_id": self.fact("E22", "praise", self.trips["E22"][0]).id,
                    "points": 101})]
            with self.refused("丁伟 2026-11 is there already"):
                self.sheet("E22")
        with self.at("2026-12-02 09:00"):
            for sheet in sheets.values():
                sheet.action_submit()
            self.env["gendan.driver.appraisal"]._cron_missing()
            with self.refused("is Submitted and locked → make a revision"):
                sheets["E25"].line_ids[:1].points = 0
        self.assertFalse(self.user(PLAN_MANAGER).partner_id.activity_ids, "nothing is missing")
        self.assert_read_and_objected(sheets)

    def assert_prefilled(self, sheets):
        """Every figure of the table, from the trips and the facts that cite one."""
        for driver, score in SCORES.items():
            with self.subTest(driver=driver):
                self.assertRecordValues(sheets[driver], [{
                    "score": score, "is_scored": True, "trip_count": len(TRIPS[driver][1])}])
        self.assertRecordValues(sheets["E26"], [{"is_scored": False, "trip_count": 3}])
        for driver, lines in (
                ("E22", [("late_start", 3), ("note_missing", 2)]), ("E23", [("late_arrival", 5)]),
                ("E24", [("damage", 5), ("fine", 5)]),
                ("E25", [("complaint", 5), ("refused_trip", 5)]), ("E26", [])):
            with self.subTest(driver=driver):
                self.assertEqual(sorted((line.kind, line.points)
                                        for line in sheets[driver].line_ids), lines)
        facts = sum((sheet.line_ids.fact_id for sheet in sheets.values()),
                    self.env["gendan.driver.fact"])
        self.assertTrue(all(fact.dispatch_id for fact in facts), "each cites its trip")
        excluded = self.env["gendan.driver.fact"].search([
            ("driver_id", "=", self.ref("E23").id), ("is_excluded", "=", True)])
        self.assertRecordValues(excluded, [{
            "kind": "late_arrival", "dispatch_id": self.trips["E23"][11].id}])
        self.assertEqual(
            [sheets["E22"].punctual_score, sheets["E22"].goods_score, sheets["E24"].safety_score],
            [27, 23, 20])

    def assert_read_and_objected(self, sheets):
        gate = self.as_user("gendan.driver.appraisal", "pad_gate")
        with self.at("2026-12-03 09:00"):
            for sheet in sheets.values():
                self.by(sheet, PLAN_MANAGER).action_acknowledge()
            seen, = self.at_gate(gate, "E25").phone_sheets()
            self.assertEqual((seen["score"], len(seen["lines"])), (90, 2))
            self.at_gate(sheets["E25"], "E25").action_object("投诉与我无关")
        self.assertRecordValues(sheets["E25"], [{
            "state": "acknowledged", "objection": "投诉与我无关",
            "submitted_at": moment("2026-12-02 09:00"), "read_at": moment("2026-12-03 09:00"),
            "acknowledged_at": moment("2026-12-03 09:00")}])
