"""S06: the Monday plan, RM05 that does not come, the Wednesday change and who hears of it."""

from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import FollowupCase, moment

SALESPERSON, SHOWROOM, MANAGER, FINANCE = "E05", "E06", "E02", "E07"
MERCHANDISER, OTHER, PRODUCTION, PACKAGING, KEEPER = "E10", "E11", "E12", "E13", "E14"
PLAN_MANAGER = "E09"
PACKS, PRICE = 6000, 9.5


@tagged("stories")
class TestS06PlanChange(FollowupCase):
    """C08's 6,000 packs of F15 for 12-05, and the showroom's F12 behind them."""

    def setUp(self):
        super().setUp()
        with self.at("2026-11-28 08:30"):
            self.order = self.new_order(SALESPERSON, "C08", [("F15", PACKS, PRICE)], "2026-12-05")
            self.make_valid(self.order, SALESPERSON, MERCHANDISER)
            self.notice = self.release(self.order, MERCHANDISER)
            showroom = self.new_order(SHOWROOM, "showroom", [("F12", 7200, 4.5)], "2026-12-12")
            self.make_valid(showroom, SHOWROOM, OTHER)
            self.showroom = self.release(showroom, OTHER)
        self.need = self.notice.sudo().need_ids.filtered(
            lambda need: need.product_id == self.ref("RM05"))

    # -------------------------------------------------------------------- verbs

    def plan(self, notice, machine, day, quantity, number=MERCHANDISER):
        return self.env["gendan.plan.line"].with_user(self.user(number)).with_company(
            self.company).create({
                "workcenter_id": self.ref(machine).id, "day": day, "quantity": quantity,
                "notice_line_id": notice.sudo().line_ids.id})

    def ask_keeper(self):
        with self.at("2026-11-28 10:00"):
            question = self.env["gendan.eta.enquiry"].with_user(self.user(MERCHANDISER)).create({
                "need_id": self.need.id, "addressee_id": self.user(KEEPER).id})
            question.action_ask()
        with self.at("2026-11-28 11:00"):
            self.by(question, KEEPER).action_answer(on_hand=300, promised_date="2026-12-02")
        return question

    def answer_the_rest(self):
        """The other materials of both notices are there, the process is settled."""
        with self.at("2026-11-28 11:30"):
            for notice, number in ((self.notice, MERCHANDISER), (self.showroom, OTHER)):
                self.by(notice, number).action_ask_materials()
                for question in notice.sudo().eta_enquiry_ids.filtered(
                        lambda one: one.state == "asked"):
                    self.by(question, KEEPER).action_answer(on_hand=question.sudo().need_id.net)
                self.settle_capability(notice, number)

    def monday(self):
        self.ask_keeper()
        self.answer_the_rest()
        with self.at("2026-11-30 09:40"):
            lines = self.plan(self.notice, "machine_cotton", "2026-12-03", PACKS)
            lines |= self.plan(self.showroom, "machine_bib", "2026-12-05", 3600)
            self.by(lines.revision_id, MERCHANDISER).action_publish()
            self.by(lines.revision_id, PRODUCTION).action_confirm_production()
            self.by(lines.revision_id, PACKAGING).action_confirm_packaging()
        return lines

    def report(self):
        with self.at("2026-12-02 10:22"):
            return self.env["gendan.exception"].with_user(self.user(MERCHANDISER)).with_company(
                self.company).create({
                    "title": "RM05 没到, 12-05 才到", "kind": "raw",
                    "notice_ids": [fields.Command.set(self.notice.ids)],
                    "eta_enquiry_id": self.notice.sudo().eta_enquiry_ids[:1].id})

    def acknowledge(self, report, number, clock):
        with self.at(clock):
            self.by(report, number).action_acknowledge()

    def wednesday(self, lines):
        """Return revision 2, published at 10:40: F15 to Monday, F12 pulled to Thursday."""
        with self.at("2026-12-02 10:40"):
            plan = self.by(lines.revision_id.plan_id, MERCHANDISER)
            plan.action_revise()
            revision = self.by(plan.draft_revision_id, MERCHANDISER)
            drafts = {draft.origin_id: draft for draft in revision.line_ids}
            drafts[lines[0]].day = "2026-12-07"
            drafts[lines[1]].day = "2026-12-03"
            revision.reason = "RM05 未到"
            revision.action_publish()
            self.by(revision, PRODUCTION).action_confirm_production()
            self.by(revision, PACKAGING).action_confirm_packaging()
        return revision

    def delay(self):
        return self.env["gendan.delay.notice"].search([("notice_id", "=", self.notice.id)])

    # ---------------------------------------------------------------- items 1–5

    def test_1_keeper_first_then_the_week(self):
        """1,483.2 kg needed, 300 on hand; 6,000 packs at 15 a minute are 400 minutes."""
        self.assertAlmostEqual(self.need.gross, 1483.2, 1)
        with self.at("2026-11-28 09:00"), self.refused("no answer whether and when"):
            self.plan(self.notice, "machine_cotton", "2026-12-03", PACKS)
        lines = self.monday()
        self.assertAlmostEqual(lines[0].hours, 400 / 60, 2)
        self.assertRecordValues(lines.revision_id, [{
            "state": "confirmed", "confirmed_at": moment("2026-11-30 09:40")}])
        self.assertEqual(lines.revision_id.plan_id.name, "2026-W49")
        production = self.notice.sudo().production_ids
        self.assertEqual(production.date_start, moment("2026-12-03 08:00"))
        self.assertEqual(production.workorder_ids.date_start, moment("2026-12-03 08:00"))
        self.assertFalse(self.delay(), "12-03 is before 12-05")

    def test_1_a_notice_not_valid_yet(self):
        with self.at("2026-11-30 09:40"):
            order = self.new_order(SALESPERSON, "C08", [("F15", 600, PRICE)], "2026-12-12")
            order.action_submit()
            with self.refused("not verified yet → 王芳"):
                self.plan(order.sudo().notice_id, "machine_cotton", "2026-12-04", 600)

    def test_2_emergency_to_both_at_once(self):
        self.monday()
        report = self.report()
        self.assertEqual(
            {(row.user_id, row.sent_at) for row in report.told_ids},
            {(self.user(number), moment("2026-12-02 10:22"))
             for number in (PRODUCTION, PACKAGING)})
        self.acknowledge(report, PRODUCTION, "2026-12-02 10:25")
        with self.at("2026-12-02 10:26"), self.refused("Packing has not read it"):
            self.by(report, MERCHANDISER).action_close()
        self.acknowledge(report, PACKAGING, "2026-12-02 10:31")
        with self.at("2026-12-02 10:32"):
            self.by(report, MERCHANDISER).action_close()
        self.assertEqual(report.told_ids.sorted("id").mapped("read_at"), [
            moment("2026-12-02 10:25"), moment("2026-12-02 10:31")])

    def test_3_the_change_reaches_everybody(self):
        lines = self.monday()
        with self.at("2026-12-02 10:39"), self.refused("Confirmed"):
            self.by(lines[0], MERCHANDISER).unlink()
        revision = self.wednesday(lines)
        self.assertEqual(revision.number, 2)
        self.assertEqual({(row.user_id, row.role) for row in revision.told_ids}, {
            (self.user(SALESPERSON), "salesperson"), (self.user(SHOWROOM), "salesperson"),
            (self.user(PRODUCTION), "production"), (self.user(PACKAGING), "packaging")})
        self.assertEqual(set(revision.told_ids.mapped("sent_at")), {moment("2026-12-02 10:40")})
        self.assertRegex(revision.with_context(lang="en_US").difference,
                         r"棉柔巾 100抽: 12-03 .* → 12-07 next .*, because RM05 未到")
        self.assertEqual(set(lines.mapped("state")), {"replaced"})
        self.assertEqual(self.notice.sudo().production_ids.date_start, moment("2026-12-07 08:00"))

    def test_4_delay_answer_and_new_date(self):
        revision = self.wednesday(self.monday())
        delay = self.delay()
        self.assertRecordValues(delay, [{
            "state": "draft", "planned_finish": fields.Date.to_date("2026-12-07"),
            "customer_date": fields.Date.to_date("2026-12-05")}])
        with self.at("2026-12-02 10:40"):
            self.by(delay, MERCHANDISER).action_ask()
        self.assertTrue(delay.is_in_advance)
        with self.at("2026-12-02 10:45"):
            with self.refused("is Valid and cannot be edited"):
                self.by(self.order, MERCHANDISER).write(
                    {"commitment_date": moment("2026-12-08 12:00")})
            with self.refused("is recorded by 郑浩"):
                self.by(delay, MERCHANDISER).action_answer("OK", "new_date", "2026-12-08")
            with self.refused("is recorded by 郑浩"):
                self.by(delay, MERCHANDISER).action_change_order()
        with self.at("2026-12-02 15:30"):
            self.by(delay, SALESPERSON).action_answer("C08: 12-08 可以", "new_date", "2026-12-08")
            self.assertTrue(self.by(delay, SALESPERSON).can_act)
            self.by(delay, SALESPERSON).action_change_order()
        order = self.order.sudo()
        self.assertRecordValues(order.revision_id, [{
            "letter": "B", "state": "submitted", "change_class": "commercial"}])
        self.assertIn("C08: 12-08 可以", "".join(order.message_ids.mapped("body")))
        with self.at("2026-12-02 15:31"), self.refused("nothing to change"):
            self.by(delay, SALESPERSON).action_change_order()
        self.assertEqual(self.notice.sudo().delivery_date.isoformat(), "2026-12-05",
                         "not before all have signed again")
        with self.at("2026-12-02 16:10"):
            self.verify(self.order, MERCHANDISER)
            self.by(self.order, FINANCE).action_sign_finance()
            self.by(self.order, MANAGER).action_sign_sales_manager()
        self.assertEqual(self.notice.sudo().delivery_date.isoformat(), "2026-12-08")
        with self.at("2026-12-02 16:11"):
            self.notice.sudo()._refresh_milestones()
        self.assertEqual(self.notice.sudo().first_promise.isoformat(), "2026-12-05")
        self.assertFalse(self.notice.sudo().is_at_risk)
        self.assertEqual(revision.line_ids.sorted("day")[-1].day.isoformat(), "2026-12-07")

    def test_4_a_part_now_the_rest_later(self):
        self.wednesday(self.monday())
        delay = self.delay()
        with self.at("2026-12-02 10:40"):
            self.by(delay, MERCHANDISER).action_ask()
        with self.at("2026-12-02 15:30"):
            for part in (0, PACKS, -1):
                with self.subTest(part), self.refused("how many of the 6,000 packs"):
                    self.by(delay, SALESPERSON).action_answer(
                        "先发 2,000", "partial", "2026-12-08", part)
            self.by(delay, SALESPERSON).action_answer("先发 2,000", "partial", "2026-12-08", 2000)
            self.by(delay, SALESPERSON).action_change_order()
        self.assertEqual(delay.part_quantity, 2000)
        self.assertEqual(self.order.sudo()._delivery_date().isoformat(), "2026-12-08")

    def test_4_refused_is_planned_anew_and_not_asked_again(self):
        self.wednesday(self.monday())
        delay = self.delay()
        with self.at("2026-12-02 10:40"):
            self.by(delay, MERCHANDISER).action_ask()
        with self.at("2026-12-02 15:30"):
            self.by(delay, SALESPERSON).action_answer("不行, 必须 12-05", "refused")
            with self.refused("nothing to change"):
                self.by(delay, SALESPERSON).action_change_order()
            todo = self.notice.sudo().activity_ids.filtered(
                lambda one: "insists on 2026-12-05" in (one.summary or ""))
            self.assertEqual(todo.user_id, self.user(MERCHANDISER) | self.user(PLAN_MANAGER))
            self.env["gendan.delay.notice"]._detect(self.notice.sudo())
        self.assertEqual(self.delay(), delay, "the same finish is not asked twice")

    def test_4_cancelled_by_the_customer(self):
        self.wednesday(self.monday())
        delay = self.delay()
        with self.at("2026-12-02 10:40"):
            self.by(delay, MERCHANDISER).action_ask()
        with self.at("2026-12-02 15:30"):
            self.by(delay, SALESPERSON).action_answer("取消订单", "cancel")
            self.by(delay, SALESPERSON).action_change_order()
        self.assertEqual(self.order.sudo().state, "cancel")
        self.assertEqual(self.notice.sudo().state, "cancel")

    def test_5_the_meeting_uses_the_change(self):
        lines = self.monday()
        revision = self.wednesday(lines)
        with self.at("2026-12-02 15:10"):
            self.by(self.env["gendan.day.plan"], MERCHANDISER).with_company(
                self.company).action_meeting()
        plan = self.env["gendan.day.plan"].search([("day", "=", "2026-12-03")])
        for number, clock in ((MERCHANDISER, "15:10"), (PRODUCTION, "15:20"),
                              (PACKAGING, "15:35")):
            with self.at(f"2026-12-02 {clock}"):
                self.by(plan, number).action_attend()
        self.assertEqual(plan.line_ids, revision.line_ids.filtered(
            lambda line: line.notice_id == self.showroom.sudo()))
        self.assertRecordValues(plan, [{"state": "confirmed", "is_late": False}])

    def test_5_alarm_at_four_and_late_but_valid(self):
        self.monday()
        with self.at("2026-12-02 16:00"):
            self.env["gendan.day.plan"]._cron_meetings()
        plan = self.env["gendan.day.plan"].search([("day", "=", "2026-12-03")])
        self.assertIn(self.user(PLAN_MANAGER), plan.activity_ids.user_id)
        for number in (MERCHANDISER, PRODUCTION, PACKAGING):
            with self.at("2026-12-02 16:20"):
                self.by(plan, number).action_attend()
        self.assertRecordValues(plan, [{"state": "confirmed", "is_late": True}])

    # ------------------------------------------------------------- calendar cases

    def test_holiday_and_week_53(self):
        """Thursday 12-31 plans Saturday 01-02; the first working day of W01 is Monday."""
        with self.at("2026-12-31 15:00"):
            self.by(self.env["gendan.day.plan"], MERCHANDISER).with_company(
                self.company).action_meeting()
        self.assertTrue(self.env["gendan.day.plan"].search([("day", "=", "2027-01-02")]))
        for clock, week in (("2026-11-29 23:59", "2026-W48"), ("2026-11-30 00:00", "2026-W49"),
                            ("2027-01-03 23:59", "2026-W53"), ("2027-01-04 00:00", "2027-W01")):
            with self.subTest(clock), self.at(clock):
                self.by(self.env["gendan.week.plan"], MERCHANDISER).with_company(
                    self.company).action_plan_week()
                self.assertEqual(self.env["gendan.week.plan"].search(
                    [], order="id desc", limit=1).name, week)

    def test_the_nightly_job_finds_a_plan_that_slips(self):
        """Nothing was made on 12-03: the day after the forecast is 12-04, then 12-05, then late."""
        self.monday()
        self.company.sudo().partner_id.lang = "en_US"
        progress = patch.object(self.env.registry["ir.cron"], "_commit_progress",
                                lambda *_args, **_kwargs: 1)
        for clock, found in (("2026-12-04 02:00", 0), ("2026-12-05 02:00", 0),
                             ("2026-12-07 02:00", 1)):
            with self.subTest(clock), progress, self.at(clock):
                self.env["gendan.production.notice"]._cron_refresh_milestones()
                self.assertEqual(len(self.delay()), found)
        self.assertIn("waits for", self.delay().question)
