"""A part on the old date, the rest on a later one: both dates are signed and shown (D4.8)."""

import json

from odoo import fields
from odoo.tests import Form

from .packaging_case import PackagingVerbs
from .shipping_case import ShippingCase

SALESPERSON, MERCHANDISER, PRODUCTION, PACKAGING = "E05", "E10", "E12", "E13"
PACKS, PART = 6000, 2000
OLD, NEW = "2026-12-05", "2026-12-12"
BOTH = f"2,000 by {OLD}; 4,000 by {NEW}"


class TestPartialShipment(PackagingVerbs, ShippingCase):
    """C08's 6,000 packs of F15 for 12-05: 2,000 on that day, the rest a week later."""

    def setUp(self):
        super().setUp()
        self.order = self.released(SALESPERSON, "C08", [("F15", PACKS, 9.5)], OLD,
                                   day="2026-11-28", merchandiser=MERCHANDISER)
        self.notice = self.order.sudo().notice_id
        self.line = self.notice.line_ids

    # -------------------------------------------------------------------- verbs

    def plan(self, *days, clock="2026-12-01 09:00"):
        """Plan ``{day: packs}`` on the machine, confirmed by both."""
        with self.at(clock):
            for day, packs in days:
                line = self.as_user("gendan.plan.line", MERCHANDISER).create({
                    "workcenter_id": self.ref("machine_cotton").id, "day": day,
                    "notice_line_id": self.line.id, "quantity": packs})
                line.action_propose()
                self.by(line, PRODUCTION).action_confirm_production()
                self.by(line, PACKAGING).action_confirm_packaging()
        return self.env["gendan.plan.line"].search([("notice_id", "=", self.notice.id)])

    def delays(self):
        return self.env["gendan.delay.notice"].search(
            [("notice_id", "=", self.notice.id)], order="id")

    def answered(self, delay=None, outcome="partial", day=NEW, part=PART):
        """Send a delay notice and record the customer's answer in the order."""
        delay = delay or self.delays()
        with self.at("2026-12-01 10:00"):
            self.by(delay, MERCHANDISER).action_ask()
        with self.at("2026-12-01 14:00"):
            self.by(delay, SALESPERSON).action_answer("先发一部分", outcome, day, part)
            self.by(delay, SALESPERSON).action_change_order()

    def signed_again(self):
        with self.at("2026-12-01 16:00"):
            self.verify(self.order, MERCHANDISER)
            self.by(self.order, "E07").action_sign_finance()
            self.by(self.order, "E02").action_sign_sales_manager()
        self.env.invalidate_all()

    def split(self):
        """Return the plan lines of the notice, its dates split by the customer's answer."""
        lines = self.plan(("2026-12-04", PART), ("2026-12-11", PACKS - PART))
        self.answered()
        self.signed_again()
        return lines

    def shown(self, clock="2026-12-01 17:00"):
        """Return the line of milestones as the order's page shows it, by step."""
        with self.at(clock):
            self.notice._refresh_milestones()
            self.env.invalidate_all()
            steps = self.by(self.order, SALESPERSON).milestone_line
        return {step["key"]: step for step in steps}

    # --------------------------------------------------------------- both dates

    def test_both_dates_are_signed_and_then_stand(self):
        self.plan(("2026-12-04", PART), ("2026-12-11", PACKS - PART))
        self.answered()
        self.assertFalse(self.notice.parts_text, "not before all have signed again")
        self.assertEqual(str(self.notice.delivery_date), OLD)
        revision = self.order.sudo().revision_id
        self.assertEqual(json.loads(revision.payload)["order"]["part"], [OLD, "2000"])
        self.assertEqual(revision.change_class, "commercial", "it asks for nothing earlier")
        rows = {row["label"]: row for row in revision.compare_with(
            revision._previous().id)["rows"]}
        self.assertEqual(
            {label: (row["old"], row["new"], row["commercial"]) for label, row in rows.items()},
            {"First part on": ("—", f"2,000 by {OLD}", True),
             "Delivery Date": (OLD, NEW, True)})
        self.signed_again()
        self.assertRecordValues(self.notice, [{
            "parts_text": BOTH, "first_part_quantity": PART,
            "first_part_date": fields.Date.to_date(OLD),
            "delivery_date": fields.Date.to_date(NEW)}])
        self.assertEqual(self.by(self.order, SALESPERSON).parts_text, BOTH)
        self.assertEqual(self.by(self.notice, PRODUCTION).parts_text, BOTH,
                         "the workshop reads it and no order")

    def test_the_plan_shows_both_and_follows_both(self):
        lines = self.split()
        self.assertEqual(set(self.by(lines, PRODUCTION).mapped("parts_text")), {BOTH})
        state = self.notice._milestone_states()[self.notice.id]
        with self.at("2026-12-01 17:00"):
            state = self.notice._milestone_states()[self.notice.id]
        self.assertEqual((str(state["part_due"]), str(state["part_forecast"])),
                         (OLD, "2026-12-04"))
        self.assertFalse(state["is_at_risk"], "both parts are planned in time")

    def test_the_line_of_milestones_shows_both(self):
        self.split()
        steps = self.shown()
        self.assertEqual(
            {key: (step["planned"], step["note"], step["status"])
             for key, step in steps.items() if key in ("part", "ship")},
            {"part": (OLD, "2,000", "todo"), "ship": (NEW, "4,000", "todo")})
        self.assertEqual(list(steps)[-2:], ["part", "ship"])

    def test_without_a_part_nothing_is_split(self):
        steps = self.shown()
        self.assertNotIn("part", steps)
        self.assertFalse(self.notice.parts_text)
        self.assertNotIn("part", json.loads(self.order.sudo().revision_id.payload)["order"])

    def test_the_printed_notice_says_both(self):
        self.split()
        printer = self.by(self.env["report.gendan_followup.report_production_notice"], PRODUCTION)
        sheet = printer._get_report_values(self.notice.ids)["sheets"][0]
        words = self.env(context={"lang": self.company.partner_id.lang})._(
            "%(quantity)s by %(day)s, the rest by %(rest)s", quantity="2,000", day=OLD, rest=NEW)
        self.assertEqual(sheet.delivery_date, words)

    def test_the_board_of_today_shows_both_dates(self):
        def parts():
            with self.at("2026-12-01 17:00"):
                rows = self.as_user("gendan.today", MERCHANDISER).board()["rows"]
            return next(row["parts"] for row in rows if row["id"] == self.order.id)

        self.assertEqual(parts(), "")
        self.plan(("2026-12-11", PACKS))
        self.answered()
        self.signed_again()
        self.assertEqual(parts(), BOTH)

    # ------------------------------------------------------------ the part is late

    def test_the_part_is_in_danger_and_its_delay_is_told(self):
        """All on 12-11: the rest is in time, the first 2,000 are not."""
        self.plan(("2026-12-11", PACKS))
        self.answered()
        self.signed_again()
        with self.at("2026-12-02 08:00"):
            self.notice._refresh_milestones()
            self.env["gendan.delay.notice"]._detect(self.notice)
        self.assertTrue(self.notice.is_at_risk)
        delay = self.delays()[1:]
        self.assertRecordValues(delay, [{
            "state": "draft", "customer_date": fields.Date.to_date(OLD),
            "planned_finish": fields.Date.to_date("2026-12-11")}])
        with self.subTest("its answer moves the part and leaves the rest"):
            self.answered(delay, "new_date", "2026-12-11", 0)
            self.signed_again()
            self.assertEqual(self.notice.parts_text, f"2,000 by 2026-12-11; 4,000 by {NEW}")
            with self.at("2026-12-02 09:00"):
                self.notice._refresh_milestones()
            self.assertFalse(self.notice.is_at_risk)

    def test_a_part_as_late_as_the_rest_is_none(self):
        self.plan(("2026-12-11", PACKS))
        self.answered()
        self.signed_again()
        with self.at("2026-12-02 08:00"):
            self.env["gendan.delay.notice"]._detect(self.notice)
        self.answered(self.delays()[1:], "new_date", NEW, 0)
        self.signed_again()
        self.assertFalse(self.notice.parts_text)
        self.assertEqual(str(self.notice.delivery_date), NEW)
        self.assertFalse(self.order.sudo().first_part_date)

    # -------------------------------------------------------------------- persons

    def test_nobody_but_sales_moves_a_part(self):
        self.split()
        for number in (MERCHANDISER, "E09", "E03"):
            with self.subTest(number), self.refused("revision|not allowed|salesperson|valid"):
                self.by(self.order, number).first_part_date = "2026-12-08"
        with self.subTest("nor its salesperson without a revision"), self.refused("revision"):
            self.by(self.order, SALESPERSON).first_part_quantity = 1000
        with self.subTest("an earlier one is a technical change"):
            order = self.by(self.order, SALESPERSON)
            with self.at("2026-12-02 09:00"):
                order.action_open_revision("客户要更早")
                order.first_part_quantity = PART + 1
                order.action_submit()
            self.assertEqual(order.sudo().revision_id.change_class, "technical")

    def test_what_misses_the_part_is_looked_for_on_all_lines(self):
        """Of 6,000 and 2,400 packs 2,100 were to leave first and none did: 1,500 and 600."""
        order = self.released(SALESPERSON, "C08", [("F15", 6000, 9.5), ("F01", 2400, 9.5)], OLD,
                              day="2026-11-28", merchandiser=MERCHANDISER)
        with self.at("2026-12-01 14:00"):
            mine = self.by(order, SALESPERSON)
            mine.action_open_revision("分批")
            mine.write({"first_part_date": OLD, "first_part_quantity": 2100,
                        "commitment_date": order._moment_of(NEW)})
            self.make_valid(order, merchandiser=MERCHANDISER)
        self.env.flush_all()
        with self.at("2026-12-06 09:00"):
            rows = self.as_user("gendan.report.delivery", "E02").search(
                [("notice_id", "=", order.sudo().notice_id.id)])
            packs = {row.product_id.default_code: row.cartons_due_revised * (
                self.env["gendan.production.notice.line"].browse(row.id).packs_per_carton or 1)
                for row in rows}
        self.assertEqual({code: round(count) for code, count in packs.items()},
                         {"F15": 1500, "F01": 600})
        self.assertEqual(set(rows.mapped("cartons_revised")), {0})

    def test_a_dropped_revision_puts_it_back(self):
        self.split()
        order = self.by(self.order, SALESPERSON)
        with self.at("2026-12-02 09:00"):
            order.action_open_revision("客户要更早")
            order.write({"first_part_date": "2026-12-08", "first_part_quantity": 100})
            order.action_discard_revision()
        self.assertEqual(self.by(self.order, SALESPERSON).parts_text, BOTH)


class TestPartsLeave(ShippingCase):
    """C06's 5,760 packs of F01 from stock: 1,440 on the first day, the rest later."""

    def setUp(self):
        super().setUp()
        self.order = self.stocked_order()
        with self.at("2026-11-24 11:00"):
            order = self.by(self.order, SALESPERSON)
            order.action_open_revision("分批")
            order.write({"first_part_date": "2026-11-26", "first_part_quantity": 1440,
                         "commitment_date": order._moment_of("2026-12-03")})
            self.make_valid(self.order, merchandiser=MERCHANDISER)
        self.notice = self.order.sudo().notice_id

    def proposed(self):
        """Return day and packs that a new shipping notice proposes to its salesperson."""
        form = Form(self.as_user("gendan.shipping.notice", SALESPERSON))
        form.notice_id = self.by(self.notice, SALESPERSON)
        self.assertEqual(form.parts_text, "1,440 by 2026-11-26; 4,320 by 2026-12-03")
        with form.line_ids.edit(0) as line:
            return str(form.ship_date), line.quantity

    def leave(self, day, packs):
        with self.at(f"{day} 09:00"):
            self.papers(self.order, packs)
            picking = self.delivery(self.order)
            for move in picking.move_ids:
                move.quantity = packs
            picking.move_ids.picked = True
            picking.with_context(skip_backorder=True).button_validate()
            self.notice._refresh_milestones()
        self.env.invalidate_all()

    def test_each_part_is_proposed_when_it_is_due(self):
        with self.at("2026-11-24 12:00"):
            self.assertEqual(self.proposed(), ("2026-11-26", 1440))
        self.leave("2026-11-25", 1440)
        self.assertRecordValues(self.notice, [{
            "part_left_on": fields.Date.to_date("2026-11-25"), "state": "valid",
            "is_at_risk": False}])
        steps = {step["key"]: step["status"] for step in self.notice.milestone_line}
        self.assertEqual(steps["part"], "done")
        self.assertNotEqual(steps["ship"], "done", "the rest is still to leave")
        with self.at("2026-11-27 08:00"):
            self.assertEqual(self.proposed(), ("2026-12-03", 4320))
            self.notice._refresh_milestones()
            self.assertFalse(self.notice.is_at_risk, "the first part left in time")

    def test_the_first_day_passes_and_nothing_left(self):
        with self.at("2026-11-27 08:00"):
            self.notice._refresh_milestones()
        self.assertTrue(self.notice.is_at_risk)
        self.assertEqual(
            {step["key"]: step["status"] for step in self.notice.milestone_line}["part"], "late")

    # ------------------------------------------------------------------ the report

    def judged(self, clock):
        """Return line, cartons in time and cartons judged, by the revised promise."""
        self.env.flush_all()
        self.env.invalidate_all()
        with self.at(clock):
            row = self.as_user("gendan.report.delivery", "E02").search(
                [("notice_id", "=", self.notice.id)])
            self.assertEqual((str(row.part_date), row.part_quantity), ("2026-11-26", 1440))
            line, due = row._read_group([("id", "=", row.id)], [], [
                "line_revised:avg", "cartons_due_revised:sum"])[0]
            # what is not judged has no figure: that is not the same as nothing in time
            return None if line is False else line, row.cartons_revised, due or None

    def test_each_part_is_judged_by_its_own_date(self):
        """60 cartons by 11-26 and 180 by 12-03: both leave in time."""
        self.assertEqual(self.judged("2026-11-26 08:00"), (None, 0, None))
        self.leave("2026-11-25", 1440)
        self.assertEqual(self.judged("2026-11-27 08:00"), (None, 60, 60), "the rest is not due")
        self.leave("2026-12-02", 4320)
        self.assertEqual(self.judged("2026-12-04 08:00"), (100, 240, 240))

    def test_a_part_that_leaves_late_is_late_whenever_the_rest_leaves(self):
        self.assertEqual(self.judged("2026-11-27 08:00"), (0, 0, 60))
        self.leave("2026-11-27", 1440)
        self.assertEqual(self.judged("2026-11-28 08:00"), (0, 0, 60))
        self.leave("2026-12-02", 4320)
        self.assertEqual(self.judged("2026-12-04 08:00"), (0, 180, 240))

    def test_of_the_part_only_what_was_still_there_is_late(self):
        self.leave("2026-11-25", 960)
        self.assertEqual(self.judged("2026-11-27 08:00"), (0, 40, 60))
        self.leave("2026-11-28", 480)
        self.assertEqual(self.judged("2026-12-04 08:00"), (0, 40, 240), "the rest is late too")

    def test_more_than_the_part_left_with_it(self):
        self.leave("2026-11-25", 2880)
        self.assertEqual(self.judged("2026-11-27 08:00"), (None, 60, 60))
        self.assertEqual(self.judged("2026-12-04 08:00"), (0, 120, 240))
