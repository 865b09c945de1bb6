from odoo import fields

from .shop_floor import ShopFloorCase


class TestDelayNotice(ShopFloorCase):
    """A date in danger is told in advance; the customer's answer rules (D4.7, D4.8)."""

    def confirm(self, day, clock="2026-12-02 10:40"):
        with self.at(clock):
            line = self.as_user("gendan.plan.line", "E11").create({
                "workcenter_id": self.ref("machine_bib").id, "day": day,
                "notice_line_id": self.line.id, "quantity": 3000})
            line.action_propose()
            self.by(line, "E12").action_confirm_production()
            self.by(line, "E13").action_confirm_packaging()
        return self.env["gendan.delay.notice"].search([("notice_id", "=", self.notice.id)])

    def sent(self, clock="2026-12-02 10:40"):
        delay = self.confirm("2026-12-23")
        with self.at(clock):
            self.by(delay, "E11").action_ask()
        return delay

    def answer(self, delay, number="E04", clock="2026-12-02 15:30", **values):
        values = {"answer": "OK, 12-24", "outcome": "new_date", "new_date": "2026-12-24",
                  **values}
        with self.at(clock):
            self.by(delay, number).action_answer(**values)

    def test_drafted_when_the_plan_is_later(self):
        """The customer's date is 12-22: 12-22 is in time, 12-23 is not."""
        self.assertFalse(self.confirm("2026-12-22"))
        delay = self.confirm("2026-12-23")
        self.assertRecordValues(delay, [{
            "state": "draft", "planned_finish": fields.Date.to_date("2026-12-23"),
            "customer_date": fields.Date.to_date("2026-12-22"),
            "detected_at": fields.Datetime.to_datetime("2026-12-02 02:40:00")}])
        self.assertEqual(delay.activity_ids.user_id, self.user("E11"))
        self.assertEqual(self.confirm("2026-12-24"), delay, "one open notice")

    def test_risk_disappears_again(self):
        delay = self.confirm("2026-12-23")
        self.notice.sudo().delivery_date = "2026-12-28"
        self.env["gendan.delay.notice"]._detect(self.notice)
        self.assertRecordValues(delay, [{"state": "cancel"}])
        self.assertIn("in time again", delay.cancel_reason)

    def test_answered_in_time(self):
        """S06, 4: sent 10:40, 15:30 the customer's yes."""
        delay = self.sent()
        self.assertRecordValues(delay, [{
            "is_in_advance": True, "addressee_id": self.user("E04").id,
            "due_at": fields.Datetime.to_datetime("2026-12-03 02:40:00")}])
        self.answer(delay)
        self.assertRecordValues(delay, [{
            "state": "answered", "outcome": "new_date", "is_answer_late": False,
            "new_date": fields.Date.to_date("2026-12-24"),
            "answered_by_id": self.user("E04").id,
            "answered_at": fields.Datetime.to_datetime("2026-12-02 07:30:00")}])
        self.assertEqual(delay.activity_ids.user_id, self.user("E11"))

    def test_answer_after_the_deadline(self):
        delay = self.sent()
        self.answer(delay, clock="2026-12-03 10:41")
        self.assertTrue(delay.is_answer_late)

    def test_told_on_the_day_is_not_in_advance(self):
        self.assertFalse(self.sent("2026-12-22 08:00").is_in_advance)

    def test_only_the_salesperson_answers(self):
        delay = self.sent()
        for number in ("E03", "E11", "E12", "E09"):
            with self.subTest(number), self.refused("is recorded by 吴婷"):
                self.answer(delay, number)
        self.answer(delay, "E02")
        self.assertEqual(delay.answered_by_id, self.user("E02"), "the sales manager stands in")

    def test_an_answer_has_message_and_date(self):
        delay = self.sent()
        for values, text in (({"answer": " "}, "customer's message"),
                             ({"outcome": "perhaps"}, "what the customer decided"),
                             ({"new_date": False}, "give the date after 2026-12-22"),
                             ({"new_date": "2026-12-22"}, "give the date after 2026-12-22")):
            with self.subTest(values), self.refused(text):
                self.answer(delay, **values)
        for number in ("E04", "E11"):
            with self.subTest(number), self.refused("noted by the server|not allowed"):
                self.by(delay, number).write({"outcome": "new_date"})

    def test_silence_goes_to_the_sales_manager(self):
        delay = self.sent()
        for clock, told in (("2026-12-03 10:39", False), ("2026-12-03 10:40", True)):
            with self.at(clock):
                self.env["gendan.day.plan"]._cron_meetings()
            self.assertEqual(self.user("E02") in delay.activity_ids.user_id, told, clock)

    def test_inbox_shows_every_kind(self):
        delay = self.sent()
        enquiry = self.as_user("gendan.eta.enquiry", "E11").create({
            "need_id": self.new_need("RM06", 100).id})
        enquiry.action_ask()
        self.env.flush_all()
        with self.at("2026-12-03 10:41"):
            rows = self.as_user("gendan.enquiry.inbox", "E11").search([])
            found = {(row.res_model, row.res_id): row.is_overdue for row in rows}
        self.assertTrue(found["gendan.delay.notice", delay.id])
        self.assertFalse(found["gendan.eta.enquiry", enquiry.id])
        self.assertEqual(rows.filtered(
            lambda row: row.res_model == delay._name).action_open()["res_id"], delay.id)

    def test_the_inbox_says_what_is_asked_in_the_readers_language(self):
        delay = self.sent()
        self.env.flush_all()
        inbox = self.as_user("gendan.enquiry.inbox", "E11").with_context(lang="zh_CN")
        names = inbox.fields_get(["res_model", "state"])
        self.assertEqual(dict(names["res_model"]["selection"])[delay._name], "交期预警")
        self.assertEqual(dict(names["state"]["selection"])["asked"], "已问")
        self.assertEqual(inbox.search([("res_model", "=", delay._name)]).subject,
                         delay.with_context(lang="zh_CN").display_name)
