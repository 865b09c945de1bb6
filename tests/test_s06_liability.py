"""S06.6: the keeper's wrong answer (1,800.00), and the change nobody told (9,500.00)."""

from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import FollowupCase
from odoo.addons.gendan_liability.tests.common import LiabilityVerbs

SALESPERSON, MERCHANDISER, KEEPER, PRODUCTION, PACKAGING = "E05", "E10", "E14", "E12", "E13"


@tagged("stories")
class TestS06Liability(LiabilityVerbs, FollowupCase):
    """C08's 6,000 packs of F15 on 棉柔巾线, planned for Thursday 12-03, due 12-05."""

    def setUp(self):
        super().setUp()
        with self.at("2026-11-28 08:30"):
            self.order = self.new_order(SALESPERSON, "C08", [("F15", 6000, 9.5)], "2026-12-05")
            self.make_valid(self.order, merchandiser=MERCHANDISER)
            self.notice = self.release(self.order, MERCHANDISER)
        self.need = self.notice.sudo().need_ids.filtered(
            lambda need: need.product_id == self.ref("RM05"))
        with self.at("2026-11-28 10:00"):
            self.question = self.env["gendan.eta.enquiry"].with_user(
                self.user(MERCHANDISER)).create({
                    "need_id": self.need.id, "addressee_id": self.user(KEEPER).id})
            self.question.action_ask()
        self.answer("2026-12-02", "2026-11-28 11:00")
        self.line = self.plan_monday()

    def answer(self, date, at):
        with self.at(at):
            self.by(self.question, KEEPER).action_answer(on_hand=300, promised_date=date)

    def plan_monday(self):
        """Plan F15 on Thursday, agreed on Monday 09:40."""
        with self.at("2026-11-30 09:40"):
            line = self.env["gendan.plan.line"].with_user(self.user(MERCHANDISER)).with_company(
                self.company).create({
                    "workcenter_id": self.ref("machine_cotton").id, "day": "2026-12-03",
                    "notice_line_id": self.notice.sudo().line_ids.id, "quantity": 6000})
            self.by(line.revision_id, MERCHANDISER).action_publish()
            self.by(line.revision_id, PRODUCTION).action_confirm_production()
            self.by(line.revision_id, PACKAGING).action_confirm_packaging()
        return line

    def change_the_plan(self):
        """Wednesday 10:40: F15 goes to Monday, openly; the system tells whom it concerns."""
        with self.at("2026-12-02 10:40"):
            plan = self.line.revision_id.plan_id
            self.by(plan, MERCHANDISER).action_revise()
            revision = self.by(plan.draft_revision_id, MERCHANDISER)
            revision.line_ids.day = "2026-12-07"
            revision.reason = "RM05 12-05 才到"
            revision.action_publish()
            self.by(revision, PRODUCTION).action_confirm_production()
            self.by(revision, PACKAGING).action_confirm_packaging()
            delay = self.delay()
            self.assertTrue(delay)
            self.by(delay, MERCHANDISER).action_ask()
        return revision

    def delay(self):
        """Return the delay notice that the system drafts: 12-07 is after 12-05 (D4.7)."""
        return self.env["gendan.delay.notice"].search([
            ("notice_id", "=", self.notice.sudo().id)])

    def facts(self, incident, code):
        candidate = incident.sudo().present_candidate_ids.filtered(
            lambda candidate: candidate.rule_id.code == code)
        return {fact.code: fact.verdict for fact in candidate.fact_ids}

    def case(self, loss, at, found):
        return self.report(MERCHANDISER, loss=loss, at=at, found=found,
                           cause_id=self.cause("plan").id, notice_id=self.notice.id)

    def test_the_keepers_answer(self):
        """3 h × 600: 孙涛 1,800.00; 王芳 told whom she had to tell."""
        self.answer("2026-12-05", "2026-12-02 10:20")
        self.change_the_plan()
        incident = self.case("1800.00", "2026-12-02 10:45", "2026-12-02 17:00")
        self.assertEqual(self.facts(incident, "L-R3"), {"promise_moved": "supports"})
        self.assertEqual(self.facts(incident, "L-M4"), {
            "told": "contradicts", "delay_told": "contradicts", "planned": "contradicts"})
        self.assertEqual(incident.sudo().match_ids.rule_id.mapped("code"), ["L-R3"])
        self.assertEqual(self.shares(incident), [(KEEPER, 100, "1800.00")])

    def test_told_but_unread_is_told(self):
        revision = self.change_the_plan()
        sales = revision.sudo().told_ids.filtered(lambda told: told.role == "salesperson")
        self.assertTrue(sales)
        self.assertFalse(sales.filtered("read_at"))
        incident = self.case("9500.00", "2026-12-06 10:00", "2026-12-07 09:00")
        self.assertEqual(self.facts(incident, "L-M4"), {
            "told": "contradicts", "delay_told": "contradicts", "planned": "contradicts"})
        self.assertNotIn("L-M4", incident.sudo().match_ids.rule_id.mapped("code"))

    def test_changed_by_word_of_mouth(self):
        """Only 刘大伟 was told, orally; 郑浩 was not: air freight 9,500.00 is 王芳's."""
        incident = self.case("9500.00", "2026-12-06 10:00", "2026-12-07 09:00")
        self.assertEqual(self.facts(incident, "L-M4"), {"slipped": "supports"})
        self.assertEqual(incident.sudo().leading_rule_id.code, "L-M4")
        self.assertEqual(self.shares(incident), [(MERCHANDISER, 100, "9500.00")])

    def test_not_late_no_incident(self):
        """Nothing came of it: a breach note, no shares."""
        incident = self.case(None, "2026-12-06 10:00", "2026-12-07 09:00")
        with self.at("2026-12-07 10:00"):
            with self.refused("neither loss nor complaint"):
                self.by(incident, MERCHANDISER).action_propose()
            self.by(incident, MERCHANDISER).action_breach("按期交货")
        self.assertFalse(incident.sudo().share_ids)

    def test_one_of_the_two_was_left_out(self):
        """Told production, not sales: still L-M4."""
        revision = self.change_the_plan()
        self.env.flush_all()
        self.cr.execute("DELETE FROM gendan_delay_notice WHERE notice_id = %s",
                        (self.notice.sudo().id,))
        self.cr.execute("DELETE FROM gendan_plan_told WHERE revision_id = %s "
                        "AND role = 'salesperson'", (revision.id,))
        self.env.invalidate_all()
        incident = self.case("9500.00", "2026-12-06 10:00", "2026-12-07 09:00")
        self.assertEqual(self.facts(incident, "L-M4"), {"not_told": "supports"})
        self.assertEqual(self.shares(incident), [(MERCHANDISER, 100, "9500.00")])
