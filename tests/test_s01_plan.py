"""S01, the rows of the plan: 11-23 14:10, 11-24 09:20 and 12-14."""

from odoo import fields
from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import FollowupCase, moment

SALESPERSON, MERCHANDISER, PRODUCTION, PACKAGING, KEEPER = "E03", "E10", "E12", "E13", "E14"
PACKS = 40800
DAYS = (("2026-12-15", 19200), ("2026-12-16", 19200), ("2026-12-17", 2400))


@tagged("stories")
class TestS01Plan(FollowupCase):
    """C01's full container of F02, ready by 12-22; special material RM03."""

    def setUp(self):
        super().setUp()
        with self.at("2026-11-23 09:10"):
            self.order = self.new_order(SALESPERSON, "C01", [("F02", PACKS, 0.62)], "2026-12-22")
            self.order.action_submit()
        with self.at("2026-11-23 11:20"):
            self.verify(self.order, MERCHANDISER)

    def plan(self, day, quantity, number=MERCHANDISER):
        return self.env["gendan.plan.line"].with_user(self.user(number)).with_company(
            self.company).create({
                "workcenter_id": self.ref("machine_wet1").id, "day": day, "quantity": quantity,
                "notice_line_id": self.order.sudo().notice_id.line_ids.id})

    def released(self):
        with self.at("2026-11-23 14:00"):
            self.by(self.order, "E07").action_sign_finance()
        with self.at("2026-11-23 16:30"):
            self.by(self.order, "E02").action_sign_sales_manager()
        with self.at("2026-11-23 16:50"):
            return self.release(self.order, MERCHANDISER)

    def materials_answered(self, notice):
        with self.at("2026-11-24 08:30"):
            self.by(notice, MERCHANDISER).action_ask_materials()
        with self.at("2026-11-24 09:10"):
            for question in notice.sudo().eta_enquiry_ids:
                special = question.sudo().need_id.product_id == self.ref("RM03")
                self.by(question, KEEPER).action_answer(
                    on_hand=0 if special else question.sudo().need_id.net,
                    promised_date="2026-12-08" if special else False)

    def settled(self):
        notice = self.released()
        self.materials_answered(notice)
        question = notice.sudo().capability_ids
        with self.at("2026-11-24 10:00"):
            self.by(question, PRODUCTION).action_answer("limits", speed=40, limits="40 包/分钟")
        with self.at("2026-11-24 10:30"):
            self.by(question, SALESPERSON).action_accept_limits()
        return notice

    def test_1410_no_plan_before_both_have_signed(self):
        with self.at("2026-11-23 14:00"):
            self.by(self.order, "E07").action_sign_finance()
        with self.at("2026-11-23 14:10"), self.refused("missing signature of Sales manager"):
            self.plan("2026-11-30", PACKS, PRODUCTION)
        self.assertEqual(self.refusals()[-1]["user_name"], "刘大伟")

    def test_0920_no_plan_before_production_has_answered(self):
        notice = self.released()
        with self.at("2026-11-24 08:00"), self.refused("no answer whether and when"):
            self.plan(*DAYS[0])
        self.materials_answered(notice)
        with self.at("2026-11-24 09:20"), self.refused(
                "production has not answered whether our process can do it → 刘大伟 answers"):
            self.plan(*DAYS[0])
        question = notice.sudo().capability_ids
        with self.at("2026-11-24 10:00"):
            self.by(question, PRODUCTION).action_answer("limits", speed=40, limits="40 包/分钟")
        with self.at("2026-11-24 10:10"), self.refused("limits of the process are not accepted"):
            self.plan(*DAYS[0])
        with self.at("2026-11-24 10:30"):
            self.by(question, SALESPERSON).action_accept_limits()
            self.assertTrue(self.plan(*DAYS[0]))

    def test_a_no_is_not_planned(self):
        notice = self.released()
        self.materials_answered(notice)
        with self.at("2026-11-24 10:00"):
            self.by(notice.sudo().capability_ids, PRODUCTION).action_answer(
                "no", limits="没有压花辊")
            with self.refused("our process cannot do it: 没有压花辊 → 陈立"):
                self.plan(*DAYS[0])

    def test_1214_week_and_day_plan(self):
        """40,800 / 40 = 1,020 minutes: two full days and two hours; 12-17 is before 12-22."""
        notice = self.settled()
        with self.at("2026-12-14 09:30"):
            lines = self.env["gendan.plan.line"].union(*(self.plan(*day) for day in DAYS))
            self.assertAlmostEqual(sum(lines.mapped("hours")), 17, 1)
            self.assertFalse(any(lines.mapped("is_overloaded")), "8 hours of 8")
            self.by(lines.revision_id, MERCHANDISER).action_publish()
            self.by(lines.revision_id, PRODUCTION).action_confirm_production()
            self.by(lines.revision_id, PACKAGING).action_confirm_packaging()
        self.assertEqual(lines.revision_id.plan_id.name, "2026-W51")
        self.assertRecordValues(lines, [
            {"state": "confirmed", "day": fields.Date.to_date(day)} for day, _packs in DAYS])
        production = notice.sudo().production_ids
        self.assertRecordValues(production, [{
            "date_start": moment("2026-12-15 08:00"), "date_finished": moment("2026-12-17 09:00")}])
        self.assertFalse(self.env["gendan.delay.notice"].search(
            [("notice_id", "=", notice.id)]), "12-17 is in time")
        with self.at("2026-12-14 15:10"):
            self.by(self.env["gendan.day.plan"], MERCHANDISER).with_company(
                self.company).action_meeting()
        plan = self.env["gendan.day.plan"].search([("day", "=", "2026-12-15")])
        for number, clock in ((MERCHANDISER, "15:10"), (PRODUCTION, "15:25"),
                              (PACKAGING, "15:40")):
            with self.at(f"2026-12-14 {clock}"):
                self.by(plan, number).action_attend()
        self.assertRecordValues(plan, [{
            "state": "confirmed", "is_late": False, "confirmed_at": moment("2026-12-14 15:40"),
            "line_ids": lines[0].ids}])
