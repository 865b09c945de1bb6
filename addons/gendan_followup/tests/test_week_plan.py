from datetime import date

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form

from ..calc.week import label, monday
from .shop_floor import ShopFloorCase


class TestWeekPlan(ShopFloorCase):
    """A week's plan is published, and changed only openly: with a reason, and told (D4.3, D4.4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.new_notice("SC-2611-0013", salesperson_id=cls.factory.ref("user_E06").id)

    def plan(self, day="2026-12-03", line=None, number="E10", **values):
        return self.as_user("gendan.plan.line", number).create({
            "workcenter_id": self.ref("machine_bib").id, "day": fields.Date.to_date(day),
            "notice_line_id": (line or self.line).id, "quantity": 3000, **values})

    def publish_monday(self):
        """Return F11 on Thursday and the showroom's on Friday, agreed on Monday (S06, 1)."""
        with self.at("2026-11-30 09:40"):
            lines = self.plan() | self.plan("2026-12-04", self.other.line_ids)
            self.by(lines.revision_id, "E10").action_publish()
            self.by(lines.revision_id, "E12").action_confirm_production()
            self.by(lines.revision_id, "E13").action_confirm_packaging()
        return self.by(lines, "E10")

    def revise(self, lines):
        """Return the open revision of the week of ``lines``, as 王芳 opens it on Wednesday."""
        plan = self.env["gendan.week.plan"].search([("week_start", "=", lines[0].week_start)])
        self.by(plan, "E10").action_revise()
        return self.by(plan.draft_revision_id, "E10")

    def test_week_of_the_company(self):
        """S06: Sunday 23:59 and Monday 00:00 of the factory are two weeks; week 53."""
        action = self.as_user("gendan.week.plan", "E10")
        for clock, week in (("2026-11-29 23:59", "2026-W48"), ("2026-11-30 00:00", "2026-W49"),
                            ("2027-01-03 12:00", "2026-W53"), ("2027-01-04 00:00", "2027-W01")):
            with self.subTest(clock), self.at(clock):
                action.action_plan_week()
                self.assertEqual(self.env["gendan.week.plan"].search(
                    [], order="id desc", limit=1).name, week)

    def test_calc_week(self):
        self.assertEqual(monday(date(2026, 11, 29)), date(2026, 11, 23))
        self.assertEqual(label(date(2027, 1, 3)), "2026-W53")

    def test_two_merchandisers_one_plan(self):
        with self.at("2026-11-30 09:00"):
            lines = self.plan(number="E10") | self.plan("2026-12-04", number="E11")
        self.assertEqual(len(lines.revision_id), 1)
        self.assertEqual(lines.revision_id.plan_id.name, "2026-W49")

    def test_published_and_confirmed(self):
        lines = self.publish_monday()
        revision = lines.revision_id
        self.assertEqual(set(lines.mapped("state")), {"confirmed"})
        self.assertRecordValues(revision, [{
            "number": 1, "state": "confirmed", "published_by_id": self.user("E10").id,
            "published_at": fields.Datetime.to_datetime("2026-11-30 01:40:00")}])
        self.assertEqual(revision.told_ids.user_id, self.user("E04") | self.user("E06")
                         | self.user("E12") | self.user("E13"))

    def test_wednesday_revision(self):
        """S06, 3: moved to Monday, the showroom's pulled to Thursday, everybody told."""
        lines = self.publish_monday()
        with self.at("2026-12-02 10:40"):
            revision = self.revise(lines)
            drafts = {draft.origin_id: draft for draft in revision.line_ids}
            drafts[lines[0]].day = "2026-12-07"
            drafts[lines[1]].day = "2026-12-03"
            with self.refused("say why the plan changes"):
                revision.action_publish()
            self.assertEqual(set(lines.mapped("state")), {"confirmed"}, "in force until then")
            revision.reason = "RM05 comes on 12-05"
            revision.action_publish()
        self.assertEqual(set(lines.mapped("state")), {"replaced"})
        self.assertRegex(revision.difference, r"SC-2611-9012.* 12-03 .* → 12-07 ")
        self.assertRegex(revision.difference, r"SC-2611-0013.* 12-04 .* → 12-03 ")
        sent = fields.Datetime.to_datetime("2026-12-02 02:40:00")
        self.assertEqual(
            {(row.user_id, row.role, row.sent_at, row.read_at) for row in revision.told_ids},
            {(self.user("E04"), "salesperson", sent, False),
             (self.user("E06"), "salesperson", sent, False),
             (self.user("E12"), "production", sent, False),
             (self.user("E13"), "packaging", sent, False)})
        for row in revision.told_ids:
            self.assertIn(row.user_id.partner_id, revision.message_ids.notified_partner_ids)
        with self.at("2026-12-02 10:45"):
            self.by(revision, "E04").action_read()
        read = revision.told_ids.filtered("read_at")
        self.assertRecordValues(read, [{
            "user_id": self.user("E04").id,
            "read_at": fields.Datetime.to_datetime("2026-12-02 02:45:00")}])
        self.assertEqual(revision.line_ids.mapped("state"), ["proposed", "proposed"])

    def test_whoever_is_told_opens_it(self):
        """The salesperson and the showroom read the plan they were told of, as a screen (D4.3)."""
        revision = self.publish_monday().revision_id
        for row in revision.told_ids:
            with self.subTest(row.user_id.name):
                mine = revision.with_user(row.user_id).with_company(self.company)
                self.env.invalidate_all()
                Form(mine)
                board = mine.line_ids.timeline_board("2026-11-30", "2026-12-13", mine.id)
                self.assertIn(self.ref("machine_bib").id, [row["id"] for row in board["machines"]])
                self.assertTrue(mine.timeline_notes())

    def test_read_by_a_deputy(self):
        lines = self.publish_monday()
        self.env["gendan.deputy"].with_user(self.user("E04")).create({
            "principal_id": self.user("E04").id, "deputy_id": self.user("E03").id,
            "date_from": "2030-01-01 00:00:00", "date_to": "2030-01-02 00:00:00"})
        with self.at("2030-01-01 12:00"):
            self.by(lines.revision_id, "E03").action_read()
        row = lines.revision_id.told_ids.filtered(lambda told: told.user_id == self.user("E04"))
        self.assertEqual(row.read_by_id, self.user("E03"))

    def test_the_button_goes_when_it_was_read(self):
        revision = self.publish_monday().revision_id
        for number, waits in (("E04", True), ("E03", False), ("E06", True), ("E10", False)):
            with self.subTest(number):
                mine = self.by(revision, number)
                self.assertEqual(mine.can_read, waits)
                mine.action_read()
                self.assertFalse(mine.can_read)

    def test_whoever_confirms_all_of_it_has_read_it(self):
        with self.at("2026-11-30 09:40"):
            lines = self.plan() | self.plan("2026-12-04", self.other.line_ids)
            revision = self.by(lines.revision_id, "E10")
            revision.action_publish()
        mine = self.by(revision, "E12")
        with self.at("2026-11-30 10:00"):
            self.by(lines[0], "E12").action_confirm_production()
        self.assertTrue(mine.can_read, "the other line waits for him")
        with self.at("2026-11-30 10:05"):
            self.by(lines[1], "E12").action_confirm_production()
        self.assertFalse(mine.can_read)
        self.assertEqual(revision.unread_text, "吴婷, 林小燕, 赵秀英")
        self.assertRecordValues(revision.told_ids.filtered("read_at"), [{
            "user_id": self.user("E12").id, "read_by_id": self.user("E12").id,
            "read_at": fields.Datetime.to_datetime("2026-11-30 02:05:00")}])

    def test_no_silent_change(self):
        """What is confirmed is neither moved nor deleted, by no door (D4.3)."""
        lines = self.publish_monday()
        for number in ("E09", "E10", "E12", "E13"):
            line = self.by(lines[0], number)
            with self.subTest(number), self.refused("Confirmed"):
                line.day = "2026-12-04"
            with self.subTest(number), self.refused("Confirmed"):
                line.unlink()
            with self.subTest(number), self.refused("confirmed|Confirmed"):
                line.action_cancel()
        with self.refused("Confirmed"):
            lines[0].sudo().write({"quantity": 1})

    def test_a_line_of_a_later_revision_is_not_proposed_alone(self):
        lines = self.publish_monday()
        with self.at("2026-12-02 10:40"):
            revision = self.revise(lines)
            draft = revision.line_ids[0]
            draft.day = "2026-12-05"
            with self.refused("publish Week 2026-W49, revision 2 with its reason"):
                draft.action_propose()

    def test_taken_out_openly(self):
        lines = self.publish_monday()
        with self.at("2026-12-02 10:40"):
            revision = self.revise(lines)
            revision.line_ids.filtered(lambda draft: draft.origin_id == lines[1]).unlink()
            revision.reason = "cancelled by the showroom"
            revision.action_publish()
        self.assertEqual(lines.mapped("state"), ["confirmed", "replaced"])
        self.assertIn("taken out of the plan", revision.difference)
        self.assertNotIn(self.user("E04"), revision.told_ids.user_id, "not touched, not told")

    def test_nothing_changed(self):
        lines = self.publish_monday()
        with self.at("2026-12-02 10:40"), self.refused("changes nothing"):
            self.revise(lines).action_publish()

    def test_what_has_been_is_not_planned_again(self):
        lines = self.publish_monday()
        with self.at("2026-12-04 08:00"):
            revision = self.revise(lines)
        self.assertEqual(revision.line_ids.origin_id, lines[1], "Thursday has been")

    def test_notice_that_lost_validity(self):
        """It can be looked at, left as it stands or taken out, but not planned anew."""
        lines = self.publish_monday()
        self.notice.sudo().write({"on_hold": True, "hold_kind": "manual", "hold_reason": "wet"})
        with self.at("2026-12-02 10:40"):
            revision = self.revise(lines)
            draft = revision.line_ids.filtered(lambda line: line.origin_id == lines[0])
            draft.day = "2026-12-05"
            revision.reason = "earlier"
            with self.refused("SC-2611-9012 is on hold: wet"):
                revision.action_publish()

    def test_holiday_and_machine_without_calendar(self):
        """2027-01-01 is a holiday, 12-06 a Sunday."""
        with self.at("2026-12-28 09:00"):
            for day in ("2027-01-01", "2027-01-03"):
                with self.subTest(day), self.refused(f"does not work on {day}"):
                    self.plan(day)
            self.plan("2027-01-02")
            self.ref("machine_bib").resource_calendar_id = False
            with self.refused("has no calendar"):
                self.plan("2027-01-04")

    def test_overload_is_shown(self):
        with self.at("2026-11-30 09:00"):
            first = self.plan(quantity=3000)
            second = self.plan(quantity=3000, line=self.other.line_ids)
        # 150 pieces a minute, 20 a pack: 3,000 packs are 400 minutes of 480
        self.assertAlmostEqual(first.hours, 400 / 60, 2)
        self.assertAlmostEqual(first.day_hours, 800 / 60, 1)
        self.assertAlmostEqual(second.day_load, 100 * 800 / 480, 0)
        self.assertTrue(first.is_overloaded and second.is_overloaded, "a warning")
        self.assertFalse(self.plan("2026-12-04").is_overloaded)

    def test_answer_of_the_keeper_first(self):
        """D2.5: a raw material without an answer is not planned."""
        need = self.new_need("RM06", 100)
        with self.at("2026-11-30 09:00"), self.refused("no answer whether and when"):
            self.plan()
        enquiry = self.as_user("gendan.eta.enquiry", "E11").create({"need_id": need.id})
        enquiry.action_ask()
        self.by(enquiry, "E14").action_answer(on_hand=0, promised_date="2026-12-02")
        with self.at("2026-11-30 09:00"):
            self.plan()

    def test_dates_of_the_work(self):
        """D2.10: confirming writes the dates of manufacturing and work orders."""
        self.notice.sudo().state = "released"
        self.line.sudo().released_quantity = 12000
        production = self.draft_production("E12", self.line, 3000)
        self.publish_monday()
        self.assertRecordValues(production.sudo(), [{
            "date_start": fields.Datetime.to_datetime("2026-12-03 00:00:00"),
            # 240 minutes before lunch, 160 after it
            "date_finished": fields.Datetime.to_datetime("2026-12-03 07:40:00")}])
        workorders = production.sudo().workorder_ids
        self.assertTrue(workorders)
        self.assertEqual(set(workorders.mapped("date_start")),
                         {fields.Datetime.to_datetime("2026-12-03 00:00:00")})

    def test_only_planners_publish(self):
        with self.at("2026-11-30 09:00"):
            line = self.plan()
        for number in ("E03", "E12", "E13", "E14"):
            with self.subTest(number), self.refused("Merchandiser, Plan manager"):
                self.by(line.revision_id, number).action_publish()

    def test_rows_are_the_servers(self):
        lines = self.publish_monday()
        told = lines.revision_id.told_ids[:1]
        for record, values in ((lines.revision_id.plan_id, {"week_start": "2026-12-07"}),
                               (told, {"sent_at": "2026-11-01 00:00:00"})):
            for number in ("E10", "E09"):
                with self.subTest(record), self.refused("written by|allowed", AccessError):
                    self.by(record, number).write(values)
        with self.refused("stays as it was noted"):
            told.sudo().write({"sent_at": "2026-11-01 00:00:00"})
        with self.refused("never deleted"):
            lines.revision_id.plan_id.sudo().unlink()
