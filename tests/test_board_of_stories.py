"""S01, S02 and S06 as they appear on 今日: groups, lights and the next action (D0.1, D4.1)."""

from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.board_case import BoardVerbs
from odoo.addons.gendan_followup.tests.common import FollowupCase

FANG, NA, PLANNER, MANAGER, FINANCE = "E10", "E11", "E09", "E02", "E07"
EXPORT, DOMESTIC, KEEPER, PRODUCTION, PACKAGING = "E03", "E05", "E14", "E12", "E13"


@tagged("stories")
class TestBoardOfStories(BoardVerbs, FollowupCase):
    """王芳 looks at her board while the stories go on."""

    def waits(self, order, number=FANG):
        """Return who must act, by the board of ``number``, and the button."""
        row = self.on_board(order, number)
        return row["group"], row["who"], row["action"]["label"]

    # -------------------------------------------------------------------- S01

    def nordpark(self):
        with self.at("2026-11-23 09:10"):
            order = self.new_order(
                EXPORT, "C01", [("F02", 40800, 0.62, {"size_width": 180, "size_length": 200})],
                "2026-12-22", destination="Göteborg", client_order_ref="NP-PO-2611")
            order.action_submit()
        return order

    def test_s01_monday(self):
        order = self.nordpark()
        with self.at("2026-11-23 09:30"):
            self.assertEqual(self.waits(order), ("me", "", "Verify"))
            self.assertEqual(self.waits(order, PLANNER), ("others", "王芳", "Remind"))
            self.assertFalse([row for row in self.board(NA)["rows"] if row["id"] == order.id])
        with self.at("2026-11-23 10:00"):
            self.by(order, FANG).action_return("尺寸方向")
            self.assertEqual(self.waits(order), ("others", "陈立", "Remind"))
            self.assertLights(self.on_board(order, FANG), sign="red")
        with self.at("2026-11-23 10:40"):
            mine = self.by(order, EXPORT)
            mine.order_line.write({"size_width": 200, "size_length": 180})
            mine.action_submit()
        with self.at("2026-11-23 11:20"):
            self.verify(order, FANG)
            group, who, button = self.waits(order)
            self.assertEqual((group, button), ("others", "Remind"))
            self.assertIn("钱敏", who)
            self.assertEqual(self.waits(order, MANAGER), ("me", "", "Sign"))
        with self.at("2026-11-23 14:00"):
            self.by(order, FINANCE).action_sign_finance()
            self.assertEqual(self.waits(order)[1], "周建国")
        with self.at("2026-11-23 16:30"):
            self.by(order, MANAGER).action_sign_sales_manager()
            row = self.on_board(order, FANG)
            self.assertEqual(row["action"]["label"], "Check the stock")
            self.assertLights(row, sign="green", stock="red", raw="grey", made="grey")
        with self.at("2026-11-23 16:45"):
            self.notice_of(order, FANG).action_check_stock()
            self.assertEqual(self.waits(order)[2], "Release the production notice")
        with self.at("2026-11-23 16:50"):
            self.notice_of(order, FANG).action_release()
            row = self.on_board(order, FANG)
        self.assertEqual((row["group"], row["action"]["label"]), ("me", "Ask the keeper"))
        # nothing is there: special raw material, a new bag without plates, the carton open
        self.assertLights(row, stock="green", raw="red", bag="red", carton="red", plate="red",
                          plan="grey", first="grey", made="grey", ship="grey")
        self.assertIn("no approved artwork", self.text(row, "plate"))
        self.assertIn("the keeper was not asked", self.text(row, "raw"))

    def test_s01_keeper_and_plates(self):
        order = self.nordpark()
        with self.at("2026-11-23 10:40"):
            self.by(order, FANG).action_return("尺寸方向")
            order.order_line.write({"size_width": 200, "size_length": 180})
            order.action_submit()
            self.make_valid_from_submitted(order)
            notice = self.release(order, FANG)
        raw = notice.sudo().need_ids.filtered(lambda need: need.kind == "raw" and need.net > 0)
        self.assertEqual(raw.product_id, self.ref("RM03"))
        with self.at("2026-11-24 08:30"):
            enquiry = self.env["gendan.eta.enquiry"].with_user(self.user(FANG)).with_company(
                self.company).create({"need_id": raw.id, "addressee_id": self.user(KEEPER).id})
            enquiry.action_ask()
            row = self.on_board(order, FANG)
            self.assertLights(row, raw="amber")
            self.assertEqual(row["action"]["label"], "Order packaging")
            job = self.env["gendan.plate.job"].with_user(self.user(FANG)).with_company(
                self.company).create({
                    "product_id": self.ref("PK01_v2").id, "notice_line_id": notice.line_ids.id,
                    "salesperson_id": self.user(EXPORT).id})
            row = self.on_board(order, FANG)
            self.assertLights(row, plate="amber")
            self.assertIn("Artwork", self.text(row, "plate"))
            light = next(light for light in row["lights"] if light["key"] == "plate")
            self.assertEqual((light["model"], light["id"]), (job._name, job.id))
        with self.at("2026-11-24 09:10"):
            self.by(enquiry, KEEPER).action_answer(on_hand=0, promised_date="2026-12-08")
            row = self.on_board(order, FANG)
            self.assertEqual(row["action"]["label"], "Read the keeper's answer")
            self.assertIn("2026-12-08", self.text(row, "raw"))
            answers = enquiry.search(row["action"]["domain"])
            self.assertEqual(answers, enquiry)
            answers.action_return()
            self.assertNotEqual(self.on_board(order, FANG)["action"].get("label"),
                                "Read the keeper's answer", "what was read is not his turn")

    def make_valid_from_submitted(self, order):
        self.verify(order, FANG)
        self.by(order, FINANCE).action_sign_finance()
        self.by(order, MANAGER).action_sign_sales_manager()

    # -------------------------------------------------------------------- S02

    def test_s02_from_stock_all_is_green(self):
        with self.at("2026-11-24 09:00"):
            order = self.new_order(DOMESTIC, "C06", [("F01", 240 * 24, 8.9)], "2026-11-26")
            self.make_valid(order, DOMESTIC, FANG)
        with self.at("2026-11-24 10:30"):
            self.notice_of(order, FANG).action_check_stock()
            row = self.on_board(order, FANG)
            self.assertLights(row, sign="green", stock="green", raw="green", bag="green",
                              carton="green", plate="green", plan="green", made="green",
                              ship="amber")
            self.assertEqual((row["group"], row["who"]), ("others", "郑浩"), "he asks a truck")
            self.assertEqual(self.text(row, "ship"), "Ready: no shipping notice yet")

    def test_s02_short_waits_for_packaging(self):
        with self.at("2026-11-25 09:00"):
            order = self.new_order(DOMESTIC, "C07", [("F01", 900 * 24, 8.9)], "2026-12-05")
            self.make_valid(order, DOMESTIC, FANG)
        with self.at("2026-11-25 10:00"):
            self.release(order, FANG)
            row = self.on_board(order, FANG)
        self.assertLights(row, raw="green", plate="green", made="grey")
        self.assertEqual((row["group"], row["action"]["label"]), ("me", "Order packaging"))
        self.assertEqual(row["action"]["model"], "gendan.need")

    # -------------------------------------------------------------------- S06

    def test_s06_a_plan_beyond_the_date_is_a_risk(self):
        with self.at("2026-11-28 08:30"):
            order = self.new_order(DOMESTIC, "C08", [("F15", 6000, 9.5)], "2026-12-05")
            self.make_valid(order, DOMESTIC, FANG)
            notice = self.release(order, FANG)
        need = notice.sudo().need_ids.filtered(
            lambda need: need.product_id == self.ref("RM05"))
        with self.at("2026-11-28 10:00"):
            question = self.env["gendan.eta.enquiry"].with_user(self.user(FANG)).with_company(
                self.company).create({"need_id": need.id, "addressee_id": self.user(KEEPER).id})
            question.action_ask()
            lights = self.on_board(order, FANG)["lights"]
            self.assertEqual([light["who"] for light in lights if light["key"] == "raw"], ["孙涛"])
        with self.at("2026-11-28 11:00"):
            self.by(question, KEEPER).action_answer(on_hand=300, promised_date="2026-12-02")
            self.assertNotEqual(self.on_board(order, FANG)["state"], "at_risk")
        with self.at("2026-11-30 09:40"):
            line = self.env["gendan.plan.line"].with_user(self.user(FANG)).with_company(
                self.company).create({
                    "workcenter_id": self.ref("machine_cotton").id, "day": "2026-12-03",
                    "notice_line_id": notice.sudo().line_ids.id, "quantity": 6000})
            self.by(line.revision_id, FANG).action_publish()
            self.by(line.revision_id, PRODUCTION).action_confirm_production()
            self.by(line.revision_id, PACKAGING).action_confirm_packaging()
            row = self.on_board(order, FANG)
            self.assertLights(row, plan="green")
            self.assertNotEqual(row["state"], "at_risk")
        with self.at("2026-12-02 10:40"):
            plan = line.revision_id.plan_id
            self.by(plan, FANG).action_revise()
            revision = self.by(plan.draft_revision_id, FANG)
            revision.line_ids.day = "2026-12-07"
            revision.reason = "RM05 12-05 才到"
            revision.action_publish()
            self.by(revision, PRODUCTION).action_confirm_production()
            self.by(revision, PACKAGING).action_confirm_packaging()
            row = self.on_board(order, FANG)
            self.assertEqual(row["state"], "at_risk", "12-07 is after 12-05")
            self.assertGreaterEqual(row["forecast"], "2026-12-07")
            self.assertIn(order.id, [one["id"] for one in self.board(FANG, tab="risk")["rows"]])
            self.assertEqual(self.board(FANG)["counts"]["risk"], 1)
