from odoo import fields

from .common import moment
from .shop_floor import ShopFloorCase


class TestDayPlan(ShopFloorCase):
    """Each afternoon three people agree the next working day (D4.5)."""

    def draft(self, clock="2026-12-02 14:50"):
        with self.at(clock):
            self.as_user("gendan.day.plan", "E10").action_meeting()
        return self.env["gendan.day.plan"].search([], order="id desc", limit=1)

    def attend(self, plan, *visits):
        for number, clock in visits:
            with self.at(clock):
                self.by(plan, number).action_attend()

    def test_three_attendances(self):
        """S06, 5: 15:10 to 15:35."""
        plan = self.draft()
        self.attend(plan, ("E10", "2026-12-02 15:10"), ("E12", "2026-12-02 15:20"))
        self.assertEqual(plan.state, "draft", "two are not three")
        self.attend(plan, ("E13", "2026-12-02 15:35"))
        self.assertRecordValues(plan, [{
            "day": fields.Date.to_date("2026-12-03"), "state": "confirmed", "is_late": False,
            "merchandiser_id": self.user("E10").id, "production_id": self.user("E12").id,
            "packaging_id": self.user("E13").id, "line_ids": [],
            "confirmed_at": fields.Datetime.to_datetime("2026-12-02 07:35:00")}])

    def test_late_but_valid(self):
        plan = self.draft()
        self.attend(plan, ("E10", "2026-12-02 15:10"), ("E12", "2026-12-02 15:20"),
                    ("E13", "2026-12-02 16:20"))
        self.assertRecordValues(plan, [{"state": "confirmed", "is_late": True}])

    def test_eve_of_a_holiday_and_saturday(self):
        self.assertEqual(self.draft("2026-12-31 15:00").day.isoformat(), "2027-01-02")
        self.assertEqual(self.draft("2026-12-05 15:00").day.isoformat(), "2026-12-07")

    def test_nobody_is_there_twice_or_for_nothing(self):
        plan = self.draft()
        self.attend(plan, ("E10", "2026-12-02 15:10"))
        with self.refused("your attendance is noted already"):
            self.by(plan, "E10").action_attend()
        with self.refused("cannot do this"):
            self.by(plan, "E03").action_attend()
        for number in ("E09", "E10", "E13"):
            with self.subTest(number), self.refused("noted by the server"):
                self.by(plan, number).write({"packaging_id": self.user("E13").id})

    def test_deputy_attends(self):
        plan = self.draft("2030-01-02 14:50")
        self.env["gendan.deputy"].with_user(self.user("E13")).create({
            "principal_id": self.user("E13").id, "deputy_id": self.user("E20").id,
            "date_from": "2030-01-01 00:00:00", "date_to": "2030-01-05 00:00:00"})
        self.attend(plan, ("E10", "2030-01-02 15:10"), ("E12", "2030-01-02 15:20"),
                    ("E20", "2030-01-02 15:35"))
        self.assertEqual(plan.packaging_id, self.user("E20"))
        self.assertEqual(plan.state, "confirmed")

    def test_confirmed_lines_are_frozen(self):
        with self.at("2026-11-30 09:40"):
            line = self.as_user("gendan.plan.line", "E10").create({
                "workcenter_id": self.ref("machine_bib").id, "day": "2026-12-03",
                "notice_line_id": self.line.id, "quantity": 3000})
            line.action_propose()
            self.by(line, "E12").action_confirm_production()
            self.by(line, "E13").action_confirm_packaging()
        plan = self.draft()
        self.assertEqual(plan.draft_line_ids, line)
        self.attend(plan, ("E10", "2026-12-02 15:10"), ("E12", "2026-12-02 15:20"),
                    ("E13", "2026-12-02 15:35"))
        self.assertEqual(plan.line_ids, line)
        with self.refused("kept as it is"):
            plan.sudo().write({"line_ids": [fields.Command.clear()]})

    def remind(self, clock):
        with self.at(clock):
            self.env["gendan.day.plan"]._cron_meetings()
        return self.env["gendan.day.plan"].search([("day", "=", "2026-12-03")])

    def test_reminded_and_alarmed_once(self):
        self.assertFalse(self.remind("2026-12-02 14:44"))
        plan = self.remind("2026-12-02 14:45")
        self.assertLessEqual(self.user("E12") | self.user("E13") | self.user("E10"),
                             plan.activity_ids.user_id)
        self.assertNotIn(self.user("E09"), plan.activity_ids.user_id)
        self.remind("2026-12-02 16:00")
        self.assertIn(self.user("E09"), plan.activity_ids.user_id)
        count = len(plan.activity_ids)
        self.remind("2026-12-02 16:15")
        self.assertEqual(len(plan.activity_ids), count)

    def test_week_reminder_on_the_first_working_day(self):
        """D4.4: Monday 09:00 to the merchandisers, noon to the plan manager."""
        self.remind("2026-11-30 08:59")
        plans = self.env["gendan.week.plan"].search([("week_start", "=", "2026-11-30")])
        self.assertFalse(plans.activity_ids)
        self.remind("2026-11-30 09:00")
        plan = self.env["gendan.week.plan"].search([("week_start", "=", "2026-11-30")])
        self.assertIn(self.user("E10"), plan.activity_ids.user_id)
        self.assertNotIn(self.user("E09"), plan.activity_ids.user_id)
        self.remind("2026-11-30 12:00")
        self.assertIn(self.user("E09"), plan.activity_ids.user_id)

    def holiday(self, first, last):
        """Close the factory from day to day, as at the Spring Festival."""
        self.env["resource.calendar.leaves"].sudo().create({
            "name": "春节", "calendar_id": False, "company_id": self.company.id,
            "date_from": moment(f"{first} 00:00"), "date_to": moment(f"{last} 23:59")})

    def week_reminded(self, week_start):
        return self.env["gendan.week.plan"].search(
            [("week_start", "=", week_start)]).activity_ids.user_id

    def test_a_week_that_begins_with_a_holiday(self):
        """D4.4 edge: Monday is free, so Tuesday makes the week."""
        self.holiday("2026-12-07", "2026-12-07")
        self.remind("2026-12-07 12:00")
        self.assertFalse(self.week_reminded("2026-12-07"))
        self.remind("2026-12-08 09:00")
        self.assertIn(self.user("E10"), self.week_reminded("2026-12-07"))
        self.assertNotIn(self.user("E09"), self.week_reminded("2026-12-07"))

    def test_a_whole_week_of_holiday(self):
        """X2: nobody is reminded, the eve plans the day after, no line goes between."""
        self.holiday("2026-12-06", "2026-12-13")
        self.assertEqual(self.draft("2026-12-05 15:00").day.isoformat(), "2026-12-14")
        for clock in ("2026-12-07 12:00", "2026-12-09 16:00", "2026-12-12 16:00"):
            self.remind(clock)
        self.assertFalse(self.week_reminded("2026-12-07"))
        self.assertFalse(self.env["gendan.day.plan"].search(
            [("day", ">", "2026-12-05"), ("day", "<", "2026-12-14")]))
        with self.at("2026-12-05 09:00"), self.refused("does not work on 2026-12-09"):
            self.as_user("gendan.plan.line", "E10").create({
                "workcenter_id": self.ref("machine_bib").id, "day": "2026-12-09",
                "notice_line_id": self.line.id, "quantity": 3000})
        self.remind("2026-12-14 09:00")
        self.assertIn(self.user("E10"), self.week_reminded("2026-12-14"))
