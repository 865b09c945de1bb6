"""S12: the drivers' November, 100 points from facts (D11.1–D11.3)."""

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import moment
from odoo.addons.gendan_followup.tests.shipping_case import ShippingCase

PREPARER, PLAN_MANAGER, DEVICE = "E11", "E09", "pad_gate"
# driver → facts, score
NOVEMBER = {
    "E22": (("late_start", "note_missing"), 95),
    "E23": (("late_arrival",), 95),
    "E24": (("fine", "damage"), 90),
    "E25": (("refused_trip", "complaint"), 90),
}


@tagged("stories")
class TestS12DriverAppraisal(ShippingCase):
    """李娜 prepares, 徐志强 acknowledges, 石磊 objects."""

    def setUp(self):
        super().setUp()
        self.ref("E26").sudo().driver_since = "2026-11-20"
        with self.at("2026-11-30 17:00"):
            for driver, (kinds, _score) in NOVEMBER.items():
                for kind in kinds:
                    self.fact(driver, kind)

    def fact(self, driver, kind):
        return self.as_user("gendan.driver.fact", PREPARER).create({
            "driver_id": self.ref(driver).id, "kind": kind, "date": "2026-11-18",
            "description": kind})

    def sheet(self, driver):
        return self.as_user("gendan.driver.appraisal", PREPARER).create({
            "driver_id": self.ref(driver).id, "month": "2026-11-01"})

    def test_november(self):
        with self.at("2026-12-01 09:00"):
            sheets = {driver: self.sheet(driver) for driver in (*NOVEMBER, "E26")}
            for driver, (_kinds, score) in NOVEMBER.items():
                with self.subTest(driver=driver):
                    self.assertRecordValues(sheets[driver], [{"score": score, "is_scored": True}])
            self.assertFalse(sheets["E26"].is_scored, "11 days are no month")
            with self.refused("A deduction rests on a fact"):
                sheets["E22"].line_ids = [Command.create({"points": 5})]
            with self.refused("between 0 and 100"):
                sheets["E22"].line_ids = [Command.create({
                    "fact_id": self.fact("E22", "praise").id, "points": -1})]
            with self.refused("丁伟 2026-11 is there already"):
                self.sheet("E22")
        with self.at("2026-12-02 09:00"):
            for sheet in sheets.values():
                sheet.action_submit()
            with self.refused("is Submitted and locked → make a revision"):
                sheets["E25"].line_ids.points = 0
        with self.at("2026-12-03 09:00"):
            for sheet in sheets.values():
                self.by(sheet, PLAN_MANAGER).action_acknowledge()
            self.by(sheets["E25"], DEVICE).action_object("投诉与我无关")
        self.assertRecordValues(sheets["E25"], [{
            "state": "acknowledged", "objection": "投诉与我无关",
            "submitted_at": moment("2026-12-02 09:00"),
            "acknowledged_at": moment("2026-12-03 09:00")}])
