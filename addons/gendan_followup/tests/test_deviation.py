"""A deviation: production first, then salesperson and customer (D5.5, D5.6, S05)."""

import psycopg2

from odoo.tests import tagged

from .common import moment
from .test_check_sheet import photo
from .test_first_article_gate import FirstArticleCase


@tagged("adversary")
class TestDeviation(FirstArticleCase):
    """The emboss is reversed; 刘大伟 cannot solve it, 郑浩 decides with the customer."""

    def deviation(self, **values):
        deviation = self.by(self.env["gendan.deviation"], "E10").create({
            "notice_line_id": self.line.id, "workcenter_id": self.machine.id,
            "question": "封口偏 4 mm, 压花方向反", **values})
        deviation.action_ask()
        return deviation

    def test_production_first(self):
        with self.at("2026-12-08 09:05"):
            deviation = self.deviation()
        self.assertEqual(deviation.due_at, moment("2026-12-08 11:05"))
        with self.at("2026-12-08 09:10"), self.refused(
                "production has not answered that it cannot solve it. 刘大伟 tries first"):
            self.by(deviation, "E10").action_relay()
        self.assertIn("deviation.relay", {row["gate"] for row in self.refusals()})
        for number in ("E10", "E20", "E05"):
            with self.subTest(number), self.refused("it is the part of Production supervisor"):
                self.by(deviation, number).action_cannot("压花辊 7 天")
        with self.at("2026-12-08 11:00"):
            self.by(deviation, "E12").action_cannot("压花辊 7 天")
            self.by(deviation, "E10").action_relay()
        self.assertRecordValues(deviation, [{
            "state": "relayed", "relayed_to_id": self.user("E05").id,
            "production_by_id": self.user("E12").id,
            "production_at": moment("2026-12-08 11:00")}])

    def test_the_photo_that_was_sent_stays(self):
        """X5: neither on the deviation nor behind it, by whomever of the case."""
        deviation = self.deviation(photo=photo("green"))
        file = self.env["ir.attachment"].sudo().search([
            ("res_model", "=", "gendan.deviation"), ("res_field", "=", "photo"),
            ("res_id", "=", deviation.id)])
        self.assertTrue(file)
        for number in ("E10", "E09"):
            mine = self.by(file, number)
            for door in (lambda mine=mine: mine.write({"datas": photo("red")}),
                         lambda mine=mine: mine.unlink(),
                         lambda mine=mine: mine.write({"res_id": 0})):
                with self.subTest(number), self.refused("it is kept as it is"):
                    door()

    def test_silent_production_goes_to_the_plan_manager(self):
        with self.at("2026-12-08 09:05"):
            deviation = self.deviation()
        with self.at("2026-12-08 11:04"):
            self.env["gendan.deviation"]._cron_tell_plan_manager()
        self.assertFalse(deviation.escalated_at)
        with self.at("2026-12-08 11:05"):
            self.env["gendan.deviation"]._cron_tell_plan_manager()
            self.env["gendan.deviation"]._cron_tell_plan_manager()
        self.assertEqual(deviation.escalated_at, moment("2026-12-08 11:05"))
        self.assertEqual(deviation.activity_ids.filtered(
            lambda one: one.user_id == self.user("E09")).mapped("user_id"), self.user("E09"))

    def test_no_restart_before_it_is_settled(self):
        article = self.sampled()
        deviation = self.deviation()
        with self.refused("is open: 封口偏 4 mm.* → 刘大伟 answers or passes it on"):
            self.by(article, "E05").action_accept()
        self.by(deviation, "E12").action_solved("封口模调整 4 mm")
        with self.subTest("solved: what was sampled before proves nothing"), self.refused(
                "cannot become"):
            self.by(article, "E05").action_accept()
        self.accept(self.sampled())
        rest = self.line.production_ids.filtered(lambda one: one.state != "done")
        again = self.deviation()
        with self.refused("is open: "):
            self.by(rest.workorder_ids, "pad_workshop").button_start()
        self.by(again, "E12").action_cannot("7 天")
        self.by(again, "E10").action_relay()
        with self.refused("is open: .* → 郑浩 answers"):
            self.by(rest.workorder_ids, "pad_workshop").button_start()
        self.decide(again, "accept")
        self.by(rest.workorder_ids, "pad_workshop").button_start()

    def test_solved_within_the_run(self):
        """D5.5: found mid-run and solved, the machine goes on after a new first article."""
        article = self.sampled()
        self.accept(article)
        elsewhere = self.open_first_article(self.line, self.ref("machine_wet2"))
        rest = self.line.production_ids.filtered(lambda one: one.state != "done")
        self.by(rest.workorder_ids, "pad_workshop").button_start()
        deviation = self.deviation()
        self.by(deviation, "E12").action_solved("封口模调整 4 mm")
        self.assertRecordValues(article | elsewhere, [
            {"decision": "ended"}, {"decision": "pending"}])
        self.assertRegex(article.end_reason, "was solved: 封口模调整 4 mm")
        for method in ("button_start", "button_finish"):
            error = self.assert_no_effect(
                ("mrp.workorder", "stock.quant"), self.rpc, "pad_workshop", "mrp.workorder",
                method, rest.workorder_ids.ids)
            self.assertRegex(str(error), "counts no more: .* → 王芳 opens a new first article")
        self.accept(self.sampled())
        rest = self.line.production_ids.filtered(lambda one: one.state not in ("done", "cancel"))
        self.by(rest.workorder_ids, "pad_workshop").button_start()

    def test_a_fault_found_before_the_sample_leaves_the_sheet(self):
        """What is sampled after the solution shows it."""
        article = self.trial_run()
        deviation = self.deviation()
        self.by(deviation, "E12").action_solved("封口模调整 4 mm")
        self.assertEqual(article.decision, "pending")
        self.take_sample(article)
        self.accept(article)

    def test_who_asked_does_not_take_back_what_production_cannot(self):
        """D5.6: that would be a restart without a decision."""
        self.accept(self.sampled())
        asked = self.deviation()
        self.by(asked, "E10").action_cancel("看错了")
        self.assertEqual(asked.state, "cancel", "before an answer it is his")
        cannot = self.deviation()
        self.by(cannot, "E12").action_cannot("7 天")
        relayed = self.relayed()
        rest = self.line.production_ids.filtered(lambda one: one.state != "done")
        for deviation in (cannot, relayed):
            for number in ("E10", "E11", "E12", "E05"):
                with self.subTest(state=deviation.state, user=number):
                    self.assert_refused("it is the part of ", self.rpc, number,
                                        "gendan.deviation", "action_cancel", deviation.ids, "算了")
        with self.refused("is open: "):
            self.by(rest.workorder_ids, "pad_workshop").button_start()
        self.by(cannot, "E09").action_cancel("与后一条重复")
        self.assertEqual(cannot.cancelled_by_id, self.user("E09"))

    def test_the_hours_for_an_answer_are_the_companys(self):
        self.company.sudo().answer_hours = 4
        with self.at("2026-12-08 09:05"):
            deviation = self.deviation()
        self.assertEqual(deviation.due_at, moment("2026-12-08 14:05"), "noon is no working hour")
        with self.refused("_answer_hours", psycopg2.errors.CheckViolation):
            self.company.sudo().answer_hours = 0

    def decide(self, deviation, decision, number="E05", amount=0):
        self.by(self.env["gendan.deviation.decide"], number).create({
            "deviation_id": deviation.id, "decision": decision, "concession_amount": amount,
            "customer_message": "OK with 0.01 per pack", "answer": "按原压花生产",
        }).action_confirm()

    def relayed(self):
        deviation = self.deviation()
        self.by(deviation, "E12").action_cannot("7 天")
        self.by(deviation, "E10").action_relay()
        return deviation

    def test_the_salesperson_decides(self):
        deviation = self.relayed()
        with self.refused("郑浩 talks to the customer and decides"):
            self.decide(deviation, "accept", "E03")
        with self.refused("it is the part of"):
            self.by(deviation, "E12").action_answer("just run", "accept")
        with self.refused("say what was agreed"):
            self.by(deviation, "E05").action_answer("just run")
        self.decide(deviation, "concession", amount=300)
        self.assertRecordValues(deviation.sudo(), [{
            "state": "answered", "customer_decision": "concession", "concession_amount": 300,
            "answered_by_id": self.user("E05").id}])
        self.by(deviation, "E10").action_return()
        with self.refused("it is kept as it is|noted by the server"):
            self.by(deviation, "E10").question = "?"
        self.assertFalse(self.notice_of(self.order, "E10").on_hold)

    def test_the_sales_manager_stands_in(self):
        deviation = self.relayed()
        self.decide(deviation, "rework", "E02")
        self.assertEqual(deviation.answered_by_id, self.user("E02"))

    def test_a_changed_specification_stops_the_notice(self):
        self.decide(self.relayed(), "change_spec")
        notice = self.notice_of(self.order, "E10")
        self.assertTrue(notice.on_hold)
        self.assertIn("deviation", notice.hold_reason)

    def test_a_changed_specification_leads_to_a_revision(self):
        """D5.6 edge: it is written in a revision of its own, and nothing runs meanwhile."""
        self.decide(self.relayed(), "change_spec")
        order = self.by(self.order, "E05")
        self.assertRecordValues(order.sudo().revision_id, [{"letter": "B", "state": "draft"}])
        self.assertRegex(order.sudo().revision_id.reason, "Deviation .*Change the specification")
        todo = order.sudo().activity_ids.filtered(
            lambda one: "Change the specification" in (one.summary or ""))
        self.assertEqual(todo.user_id, self.user("E05"))
        order.order_line.write({"code_format": "EXP YYYY.MM.DD"})
        order.action_submit()
        self.assertEqual(order.sudo().revision_id.change_class, "technical")

    def test_the_sales_manager_leaves_the_writing_to_her(self):
        self.decide(self.relayed(), "change_spec", "E02")
        todo = self.order.sudo().activity_ids.filtered(
            lambda one: "Change the specification" in (one.summary or ""))
        self.assertEqual(todo.user_id, self.user("E05"))

    def test_a_silent_customer(self):
        """Passed on Tuesday 11:00: on Wednesday at 11:00 the sales manager hears of it, once."""
        with self.at("2026-12-08 11:00"):
            deviation = self.relayed()
        for clock, told in (("2026-12-09 10:59", False), ("2026-12-09 11:00", True),
                            ("2026-12-09 12:00", True)):
            with self.subTest(clock), self.at(clock):
                self.env["gendan.deviation"]._cron_tell_plan_manager()
                self.assertEqual(bool(deviation.reminded_at), told)
        self.assertEqual(deviation.reminded_at, moment("2026-12-09 11:00"))
        reminders = deviation.activity_ids.filtered(
            lambda one: "No answer of the customer yet" in (one.summary or ""))
        self.assertEqual(set(reminders.user_id), {self.user("E02"), self.user("E05")})
        self.assertEqual(len(reminders), 2, "once")
        with self.subTest("his answer ends it"), self.at("2026-12-09 15:00"):
            self.decide(deviation, "accept")
            self.assertFalse(deviation.activity_ids.filtered(
                lambda one: one.user_id == self.user("E02")))

    def test_a_silent_customer_over_the_weekend(self):
        with self.at("2026-12-12 16:00"):
            deviation = self.relayed()
        for clock, told in (("2026-12-13 16:00", False), ("2026-12-14 15:59", False),
                            ("2026-12-14 16:00", True)):
            with self.subTest(clock), self.at(clock):
                self.env["gendan.deviation"]._cron_tell_plan_manager()
                self.assertEqual(bool(deviation.reminded_at), told)

    def test_the_workshop_sees_no_concession(self):
        fields_seen = self.by(self.env["gendan.deviation"], "E12").fields_get()
        self.assertNotIn("concession_amount", fields_seen)
