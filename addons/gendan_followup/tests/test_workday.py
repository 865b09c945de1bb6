from datetime import date, datetime
from zoneinfo import ZoneInfo

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .shop_floor import ShopFloorCase

# the Sunday before New Year, worked for the Friday after it
MAKE_UP = date(2026, 12, 27)
ZONE = ZoneInfo("Asia/Shanghai")


class TestWorkday(ShopFloorCase):
    """Working days of the company calendar, with holidays and make-up days (X2)."""

    def make_up(self, number="E09", day=MAKE_UP, **values):
        return self.as_user("gendan.workday", number).create({
            "calendar_id": self.company.resource_calendar_id.id, "date": day, "note": "元旦",
            **values})

    def works(self, day):
        return self.company._is_working_day(day)

    def test_a_sunday_is_worked(self):
        self.assertFalse(self.works(MAKE_UP))
        row = self.make_up()
        self.assertTrue(self.works(MAKE_UP))
        self.assertIn(MAKE_UP, self.company._working_days_between(
            date(2026, 12, 21), date(2026, 12, 31)))
        self.assertFalse(self.works(date(2026, 12, 20)), "the Sunday before is none")
        row.unlink()
        self.assertFalse(self.works(MAKE_UP))

    def test_saturday_plans_it(self):
        """The next working day of a Saturday is the Sunday, not the Monday (D4.5)."""
        self.make_up()
        with self.at("2026-12-26 15:00"):
            self.as_user("gendan.day.plan", "E10").action_meeting()
        plan = self.env["gendan.day.plan"].search([], order="id desc", limit=1)
        self.assertEqual(plan.day, MAKE_UP)

    def test_its_hours_count(self):
        """Eight hours as on a Monday; two working hours from 16:30 end on it, not on Monday."""
        self.make_up()
        calendar = self.company.resource_calendar_id
        begin, end = (datetime(2026, 12, day, tzinfo=ZONE) for day in (27, 28))
        self.assertEqual(calendar.get_work_hours_count(begin, end), 8)
        due = calendar.plan_hours(2, datetime(2026, 12, 26, 16, tzinfo=ZONE), compute_leaves=True)
        self.assertEqual(due.astimezone(ZONE), datetime(2026, 12, 27, 9, tzinfo=ZONE))

    def test_like_a_day_off_it_has_no_hours(self):
        """Hours as on a Sunday are none; a Monday that is worked anyway is not worked twice."""
        self.make_up(like_weekday="6")
        self.assertFalse(self.works(MAKE_UP))
        self.make_up(day=date(2026, 12, 28), like_weekday="1")
        begin, end = (datetime(2026, 12, day, tzinfo=ZONE) for day in (28, 29))
        self.assertEqual(
            self.company.resource_calendar_id.get_work_hours_count(begin, end), 8)

    def test_a_holiday_takes_it_away(self):
        self.make_up()
        self.env["resource.calendar.leaves"].sudo().create({
            "name": "停电", "calendar_id": self.company.resource_calendar_id.id,
            "date_from": "2026-12-26 16:00:00", "date_to": "2026-12-27 15:59:59"})
        self.assertFalse(self.works(MAKE_UP))

    def test_whose_deadline_it_moves_gives_no_day_off(self):
        """X2: holidays and leave are HR's and the managers', also one's own and a driver's."""
        calendar = self.company.resource_calendar_id
        holiday = self.env["resource.calendar.leaves"].sudo().create({
            "name": "停电", "calendar_id": calendar.id,
            "date_from": "2026-12-27 16:00:00", "date_to": "2026-12-28 15:59:59"})
        values = {"name": "放假", "calendar_id": calendar.id,
                  "date_from": "2026-12-28 16:00:00", "date_to": "2026-12-29 15:59:59"}
        drivers = {**values, "resource_id": self.ref("E23").sudo().resource_id.id}
        longer = {"date_to": "2026-12-29 15:59:59"}
        for number in ("E10", "E03", "E05", "E12", "E15", "E20"):
            days = self.as_user("resource.calendar.leaves", number)
            own = {**values, "resource_id": self.ref(number).sudo().resource_id.id}
            for door in (lambda days=days, own=own: days.create(own),
                         lambda days=days: days.create(drivers),
                         lambda days=days: days.browse(holiday.id).write(longer)):
                with self.subTest(number), self.refused("keeps the days off"):
                    door()
            for door in (lambda days=days: days.create(values),
                         lambda days=days: days.browse(holiday.id).unlink()):
                with self.subTest(number), self.refused("", (AccessError, UserError)):
                    door()
        self.assertTrue(self.works(date(2026, 12, 29)))
        self.as_user("resource.calendar.leaves", "E27").browse(holiday.id).write(longer)
        self.assertFalse(self.works(date(2026, 12, 29)))
        self.as_user("resource.calendar.leaves", "E27").create(drivers)

    def test_other_calendars_keep_theirs(self):
        self.make_up()
        other = self.company.resource_calendar_id.sudo().copy()
        begin, end = (datetime(2026, 12, day, tzinfo=ZONE) for day in (27, 28))
        self.assertEqual(other.get_work_hours_count(begin, end), 0)

    def test_who_sets_them(self):
        """Plan manager and personnel; whose deadline it moves does not."""
        for number in ("E10", "E03", "E12", "E20"):
            with self.subTest(number), self.refused("not allowed", AccessError):
                self.make_up(number)
        for number, day in (("E09", 20), ("E27", 13)):
            self.make_up(number, date(2026, 12, day))
        rows = self.env["gendan.audit"].sudo().search([("gate", "=", "company.workday")])
        self.assertEqual(rows.mapped("user_id_int"),
                         [self.user("E27").id, self.user("E09").id])

    def test_once(self):
        self.make_up()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_up()

    def test_read_once(self):
        """However often days are counted, make-up days are read once."""
        self.make_up()
        calendar = self.company.resource_calendar_id
        self.assertEqual(calendar._make_up_days(), ((MAKE_UP, "0"),))
        with self.assertQueryCount(0):
            calendar._make_up_days()
