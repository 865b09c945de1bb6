from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..calc.week import monday
from .shop_floor import ShopFloorCase
from .test_tour_order import TourCase


@tagged("post_install", "-at_install")
class TestTourWeekPlan(TourCase):
    """The Monday plan on the timeline, confirmed, changed on Wednesday, read (D4.3, D4.4)."""

    browser_size = "1400x900"
    new_notice = classmethod(ShopFloorCase.new_notice.__func__)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = cls.company._company_today()
        cls.monday = monday(today) + timedelta(days=7)
        cls.notice = cls.new_notice(
            "SC-TOUR-0006", salesperson_id=cls.factory.ref("user_E04").id,
            delivery_date=today + timedelta(days=60))

    def path(self, record):
        action = {"gendan.plan.revision": "plan_revision", "gendan.week.plan": "week_plan"}
        return f"/odoo/action-gendan_followup.action_{action[record._name]}/{record.id}"

    def day(self, number):
        return self.monday + timedelta(days=number)

    def test_monday_and_wednesday(self):
        line = self.env["gendan.plan.line"].with_user(self.user("E10")).with_company(
            self.company).create({
                "workcenter_id": self.ref("machine_bib").id, "day": self.day(1),
                "notice_line_id": self.notice.line_ids.id, "quantity": 3000}).sudo()
        revision = line.revision_id
        self.tour("E10", "gendan_plan_monday", self.path(revision))
        self.assertEqual(line.day, self.day(2), "dragged by one day")
        self.assertEqual(line.state, "proposed")
        self.tour("E12", "gendan_plan_production", self.path(revision))
        self.assertTrue(line.production_at)
        self.tour("E13", "gendan_plan_packaging", self.path(revision))
        self.assertRecordValues(line, [{"state": "confirmed", "day": self.day(2)}])
        self.tour("E10", "gendan_plan_frozen", self.path(revision))
        self.assertEqual(line.day, self.day(2))

        self.tour("E10", "gendan_plan_wednesday", self.path(revision.plan_id))
        second = revision.plan_id.revision_id
        self.assertEqual(line.state, "replaced")
        self.assertRecordValues(second.line_ids, [{"state": "proposed", "day": self.day(4)}])
        self.assertIn("RM05 未到", second.difference)
        self.assertEqual(second.told_ids.user_id, self.user("E04") | self.user("E12")
                         | self.user("E13"))
        self.tour("E04", "gendan_plan_read", self.path(second))
        self.assertEqual(second.told_ids.filtered("read_at").user_id, self.user("E04"))
        self.assertAlmostEqual(second.told_ids.filtered("read_at").read_at, fields.Datetime.now(),
                               delta=timedelta(minutes=5))
