"""S15, items 6 and 7: the daily review and what the plan manager asks (D7, D12)."""

from base64 import b64encode

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import FollowupCase, moment

NA, FANG, PLANNER = "E11", "E10", "E09"
OPEN_ORDERS = 14


@tagged("stories")
class TestS15Desk(FollowupCase):
    """李娜 has 14 open orders; 徐志强 asks her for data."""

    def setUp(self):
        super().setUp()
        with self.at("2026-12-08 09:00"):
            self.orders = self.env["sale.order"].concat(*(
                self.submitted() for _index in range(OPEN_ORDERS)))

    def submitted(self, number="E04", customer="C02"):
        order = self.new_order(number, customer, [("F11", 1200, 0.85)], "2026-12-30",
                               destination="Melbourne")
        order.action_submit()
        return order

    def review(self, number):
        return self.env["gendan.daily.review"].with_user(self.user(number)).with_company(
            self.company)

    # ------------------------------------------------------------------ item 6

    def test_6_none_is_forgotten(self):
        with self.at("2026-12-09 16:10"):
            review = self.review(NA).create({})
        self.assertEqual(review.line_ids.order_id, self.orders)
        with self.at("2026-12-09 16:12"):
            lines = review.line_ids
            (lines - lines[-1]).action_reviewed()
            with self.refused(f"{OPEN_ORDERS - 1} of {OPEN_ORDERS} orders are reviewed; "
                              f"left: {lines[-1].order_name}"):
                review.action_finish()
        self.assertEqual(review.state, "open")
        with self.at("2026-12-09 16:18"):
            lines[-1].action_reviewed()
            review.action_finish()
        self.assertRecordValues(review, [{
            "state": "done", "minutes": 8, "finished_at": moment("2026-12-09 16:18")}])

    def test_6_assigned_later_appears_tomorrow(self):
        with self.at("2026-12-09 16:10"):
            review = self.review(NA).create({})
            review.line_ids.action_reviewed()
            review.action_finish()
        with self.at("2026-12-09 16:30"):
            late = self.submitted()
        self.assertNotIn(late, review.line_ids.order_id)
        with self.at("2026-12-10 16:10"):
            self.assertIn(late, self.review(NA).create({}).line_ids.order_id)

    def test_6_a_red_order_wants_a_word(self):
        with self.at("2026-12-30 16:10"):
            review = self.review(NA).create({})
            self.assertEqual(set(review.line_ids.mapped("risk")), {"amber"}, "behind, not lost")
        with self.at("2026-12-31 16:10"):
            review = self.review(NA).create({})
            self.assertEqual(set(review.line_ids.mapped("risk")), {"red"})
            with self.refused("is at risk.*write what will be done"):
                review.line_ids[0].action_reviewed()
            review.line_ids[0].note = "催签字"
            review.line_ids[0].action_reviewed()
        self.assertTrue(review.line_ids[0].is_reviewed)

    def test_6_the_sheet_of_another_is_not_touched(self):
        with self.at("2026-12-09 16:10"):
            review = self.review(NA).create({})
            with self.refused("closed or not yours"):
                self.by(review.line_ids, FANG).action_reviewed()
            review.line_ids.action_reviewed()
            review.action_finish()
            with self.refused("closed or not yours"):
                review.line_ids[0].note = "改"
            with self.refused("kept as it is"):
                review.plan = "改"

    def test_6_missing_is_shown_to_the_plan_manager(self):
        with self.at("2026-12-09 17:45"):
            self.env["gendan.daily.review"]._cron_missing()
            self.env["gendan.daily.review"]._cron_missing()
        missing = self.by(self.env["gendan.daily.review"].search(
            [("state", "=", "missing")]), PLANNER)
        self.assertEqual(missing.user_id, self.user(NA), "王芳 has no open order")
        self.assertEqual(missing.activity_ids.user_id, self.user(PLANNER))
        self.assertEqual(len(missing.activity_ids), 1)

    def test_6_not_before_the_hour_nor_on_leave_nor_on_sunday(self):
        employee = self.ref("E11")
        self.env["resource.calendar.leaves"].create({
            "name": "年假", "resource_id": employee.resource_id.id,
            "calendar_id": employee.resource_calendar_id.id, "company_id": self.company.id,
            "date_from": moment("2026-12-10 00:00"), "date_to": moment("2026-12-10 23:59")})
        for time in ("2026-12-09 16:00", "2026-12-10 18:00", "2026-12-13 18:00"):
            with self.at(time):
                self.env["gendan.daily.review"]._cron_missing()
        self.assertFalse(self.env["gendan.daily.review"].search([]))

    def test_6_late_at_night_counts_for_that_day(self):
        with self.at("2026-12-09 23:50"):
            review = self.review(NA).create({})
        self.assertEqual(str(review.day), "2026-12-09")

    # ------------------------------------------------------------------ item 7

    def ask(self, kind, question, due):
        task = self.env["gendan.task"].with_user(self.user(PLANNER)).with_company(
            self.company).create({
                "kind": kind, "question": question, "addressee_id": self.user(NA).id,
                "due_at": moment(due)})
        task.action_ask()
        return task

    def test_7_data_in_time(self):
        with self.at("2026-12-09 11:00"):
            task = self.ask("data", "延误清单", "2026-12-09 15:00")
            with self.refused("has no answer → 李娜 answers"):
                task.action_return()
            with self.refused("was not asked of you → 李娜 answers"):
                self.by(task, FANG).action_answer("无")
        with self.at("2026-12-09 14:20"):
            mine = self.by(task, NA)
            mine.action_answer("见附件", b64encode(b"order;days").decode(), "delay.csv")
        self.assertRecordValues(task, [{
            "state": "answered", "answered_at": moment("2026-12-09 14:20"),
            "is_answered_late": False}])
        with self.at("2026-12-09 14:40"):
            self.by(task, NA).action_answer("更正", b64encode(b"order;days;2").decode(), "b.csv")
            self.by(task, PLANNER).action_return()
        self.assertEqual(task.answer_ids.mapped("answer"), ["更正", "见附件"])
        attachment = self.env["ir.attachment"].sudo().search([
            ("res_model", "=", "gendan.task.answer"), ("res_field", "=", "file"),
            ("res_id", "in", task.answer_ids.ids)])
        with self.refused("kept as evidence"):
            attachment[0].write({"raw": b"forged"})

    def test_7_task_declined_with_a_reason(self):
        with self.at("2026-12-09 11:00"):
            task = self.ask("task", "协助盘点", "2026-12-10 17:00")
            with self.refused("say why"):
                self.by(task, NA).action_decline(" ")
            self.by(task, NA).action_decline("监柜")
        self.assertRecordValues(task, [{"state": "declined", "answer": "监柜"}])

    def test_7_overdue(self):
        with self.at("2026-12-09 11:00"):
            task = self.ask("task", "协助盘点", "2026-12-10 17:00")
        with self.at("2026-12-10 17:01"):
            self.assertTrue(task.is_overdue)
            self.assertIn(task, self.env["gendan.task"].search([("is_overdue", "=", True)]))
            self.by(task, NA).action_answer("已完成")
        self.assertTrue(task.is_answered_late)

    def test_7_only_managers_ask(self):
        with self.at("2026-12-09 11:00"), self.refused("gendan.task", AccessError):
            self.env["gendan.task"].with_user(self.user(NA)).with_company(self.company).create({
                "question": "?", "addressee_id": self.user(FANG).id,
                "due_at": moment("2026-12-10 17:00")})
