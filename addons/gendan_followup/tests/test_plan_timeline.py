from odoo import fields
from odoo.exceptions import UserError

from .shop_floor import ShopFloorCase


class TestPlanTimeline(ShopFloorCase):
    """Machines as rows, hours against the calendar; what is dragged is asked of the server."""

    def plan(self, day="2026-12-03", number="E10", **values):
        return self.as_user("gendan.plan.line", number).create({
            "workcenter_id": self.ref("machine_bib").id, "day": fields.Date.to_date(day),
            "notice_line_id": self.line.id, "quantity": 3000, **values})

    def agreed(self, *days):
        with self.at("2026-11-30 09:40"):
            lines = self.env["gendan.plan.line"].union(*(self.plan(day) for day in days))
            self.by(lines.revision_id, "E10").action_publish()
            self.by(lines.revision_id, "E12").action_confirm_production()
            self.by(lines.revision_id, "E13").action_confirm_packaging()
        return lines

    def board(self, revision=False, number="E10"):
        with self.at("2026-12-02 10:40"):
            board = self.as_user("gendan.plan.line", number).timeline_board(
                "2026-11-30", "2026-12-12", revision and revision.id)
        bib = self.ref("machine_bib").id
        return board, {cell["day"]: cell for cell in board["cells"] if cell["machine"] == bib}

    def test_every_machine_is_a_row(self):
        board, cells = self.board()
        names = {machine["name"] for machine in board["machines"]}
        self.assertLessEqual({"湿巾1线", "湿巾2线", "围兜线", "棉柔巾线"}, names)
        self.assertEqual(cells["2026-12-03"]["available"], 8)
        self.assertEqual(cells["2026-12-06"]["available"], 0, "Sunday")

    def test_a_draft_counts_instead_of_what_it_replaces(self):
        """150 pieces a minute, 20 a pack: 3,000 packs are 400 minutes."""
        lines = self.agreed("2026-12-03")
        self.assertAlmostEqual(self.board()[1]["2026-12-03"]["planned"], 400 / 60, 1)
        with self.at("2026-12-02 10:40"):
            self.by(lines.revision_id.plan_id, "E10").action_revise()
            revision = self.by(lines.revision_id.plan_id.draft_revision_id, "E10")
            revision.line_ids.write({"day": "2026-12-07"})
        cells = self.board(revision)[1]
        self.assertEqual(cells["2026-12-03"]["planned"], 0)
        self.assertAlmostEqual(cells["2026-12-07"]["planned"], 400 / 60, 1)
        self.assertAlmostEqual(self.board()[1]["2026-12-03"]["planned"], 400 / 60, 1)

    def test_only_the_open_draft_is_dragged(self):
        lines = self.agreed("2026-12-03")
        self.assertFalse(lines.can_drag)
        with self.at("2026-12-02 10:40"):
            self.by(lines.revision_id.plan_id, "E10").action_revise()
        draft = lines.revision_id.plan_id.draft_revision_id.line_ids
        self.assertTrue(draft.can_drag)
        with self.at("2026-12-02 10:40"), self.refused("Confirmed"):
            self.by(lines, "E10").write({"day": "2026-12-07"})

    def test_where_a_bar_may_not_go(self):
        """A Sunday, a day that has been, a machine without calendar: the bar goes back."""
        with self.at("2026-12-02 10:40"):
            line = self.plan()
            self.ref("machine_wet1").resource_calendar_id = False
            for values, text in (
                    ({"day": "2026-12-06"}, "does not work on 2026-12-06"),
                    ({"day": "2026-12-01"}, "2026-12-01 has been"),
                    ({"workcenter_id": self.ref("machine_wet1").id}, "has no calendar")):
                with self.subTest(text), self.refused(text, UserError):
                    line.write(values)
            line.write({"day": "2026-12-04"})
        self.assertEqual(line.day.isoformat(), "2026-12-04")

    def test_too_much_for_a_day(self):
        """Two lines of 400 minutes on a day of 480 are red; how they lie, a unit test says."""
        with self.at("2026-12-02 10:40"):
            lines = self.plan() | self.plan(sequence=20)
        self.assertTrue(all(lines.mapped("is_overloaded")))

    def test_two_weeks_and_no_more(self):
        lines = self.agreed("2026-12-03")
        far = self.agreed("2026-12-21")
        with self.at("2026-12-02 10:40"):
            action = self.by(lines.revision_id, "E10").action_timeline()
        found = self.env["gendan.plan.line"].search(action["domain"])
        self.assertIn(lines, found)
        self.assertNotIn(far, found)
        with self.at("2026-12-02 10:40"):
            long = self.as_user("gendan.plan.line", "E10").timeline_board(
                "2026-01-01", "2026-12-31")
        self.assertLessEqual(len({cell["day"] for cell in long["cells"]}), 43)

    def test_the_notes_say_what_changes_and_who_hears_of_it(self):
        lines = self.agreed("2026-12-03")
        with self.at("2026-12-02 10:40"):
            self.by(lines.revision_id.plan_id, "E10").action_revise()
            revision = self.by(lines.revision_id.plan_id.draft_revision_id, "E10")
            revision.line_ids.write({"day": "2026-12-07"})
            revision.reason = "RM05 did not come"
            notes = revision.timeline_notes()
        self.assertRegex(notes["changes"],
                         r"SC-2611-9012 .*: 12-03 .* → 12-07 next .*, because RM05 did not come$")
        self.assertRegex(notes["told"], "Salesperson: 吴婷(.|\n)*刘大伟(.|\n)*赵秀英")
        with self.at("2026-12-02 10:41"):
            revision.action_publish()
            self.by(revision, "E04").action_read()
        self.assertEqual(self.by(revision, "E10").timeline_notes()["unread"], "刘大伟, 赵秀英")

    def test_today_is_the_company_s_day(self):
        """16:30 UTC is tomorrow in the factory."""
        self.agreed("2026-12-03")
        lines = self.as_user("gendan.plan.line", "E12")
        for clock, count in (("2026-12-02 23:59", 0), ("2026-12-03 00:00", 1),
                             ("2026-12-03 23:59", 1), ("2026-12-04 00:00", 0)):
            with self.subTest(clock), self.at(clock):
                self.assertEqual(lines.search_count([("is_today", "=", True)]), count)
        # the timeline loads from a week ago to two weeks ahead, by the same day
        for clock, count in (("2026-11-18 23:59", 0), ("2026-11-19 00:00", 1),
                             ("2026-12-10 23:59", 1), ("2026-12-11 00:00", 0)):
            with self.subTest(clock), self.at(clock):
                self.assertEqual(lines.search_count([("is_near", "=", True)]), count)
