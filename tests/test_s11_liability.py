"""S11: a notice is run without approval; the refused attempts prove it (Wednesday 12-09)."""

from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import FollowupCase, moment
from odoo.addons.gendan_liability.tests.common import LiabilityVerbs

SALESPERSON, MERCHANDISER, FINANCE, MANAGER = "E03", "E10", "E07", "E02"
PRODUCTION, QUALITY, CHAIR = "E12", "E20", "E09"


@tagged("stories")
class TestS11Liability(LiabilityVerbs, FollowupCase):
    """陈立 presses for 5,000 packs of F04; finance has not signed; it is run all the same."""

    def setUp(self):
        super().setUp()
        with self.at("2026-12-09 15:00"):
            self.order = self.new_order(
                SALESPERSON, "C04", [("F04", 5000, 0.30)], "2026-12-22", destination="Tokyo")
            self.order.action_submit()
        with self.at("2026-12-09 16:00"):
            self.verify(self.order, MERCHANDISER)
        with self.at("2026-12-09 17:00"):
            self.by(self.order, MANAGER).action_sign_sales_manager()

    def try_everything(self):
        """Four attempts at 19:00, each refused and on record."""
        notice = self.notice_of(self.order, MERCHANDISER)
        with self.at("2026-12-09 19:00"):
            with self.refused("missing signature of Finance"):
                notice.action_release()
            with self.refused("."):
                self.by(self.order, MERCHANDISER).write({"state": "sale"})
        with self.at("2026-12-09 19:05"):
            production = self.draft_production(PRODUCTION, notice.line_ids, 5000)
            with self.refused("missing signature of Finance"):
                self.by(production, PRODUCTION).action_confirm()
        with self.at("2026-12-09 19:10"), self.refused("missing signature of Finance"):
            self.by(self.order.sudo().notice_id, MERCHANDISER).action_check_stock()
        self.keep_refusals()
        return production

    def keep_refusals(self):
        """Write down what a cursor of its own writes after the rollback."""
        self.env["gendan.audit"].sudo().create(self.refusals())

    def incident(self, loss="6000.00"):
        return self.report(
            QUALITY, loss=loss, at="2026-12-09 20:30", found="2026-12-09 21:00",
            subject="未审核通知单按纸质件生产, 180×140 应为 180×150",
            notice_id=self.order.sudo().notice_id.id)

    def facts(self, incident):
        candidate = incident.sudo().present_candidate_ids.filtered(
            lambda candidate: candidate.rule_id.code == "L-M1")
        return candidate.fact_ids

    def test_the_records_lead_to_m1(self):
        self.try_everything()
        incident = self.incident()
        facts = self.facts(incident)
        self.assertEqual(facts.mapped("code"), [
            "never_released", "missing_signature", *["refused_attempt"] * 4])
        self.assertEqual(facts.filtered(
            lambda fact: fact.code == "refused_attempt").mapped("happened_at"), [
                moment("2026-12-09 19:00"), moment("2026-12-09 19:00"),
                moment("2026-12-09 19:05"), moment("2026-12-09 19:10")])
        self.assertRecordValues(incident.sudo().match_ids, [
            {"rule_id": self.rule("L-M1").id, "is_leading": True, "source": "system"}])
        self.assertEqual(self.shares(incident), [
            (SALESPERSON, 70, "4200.00"), (MERCHANDISER, 30, "1800.00")])

    def test_in_the_words_of_the_company(self):
        self.company.partner_id.lang = "zh_CN"
        incident = self.incident()
        text = "\n".join(self.facts(incident).mapped("sentence"))
        self.assertIn("下达: 从未", text)
        self.assertIn("缺: 财务", text)

    def test_signed_the_next_day_does_not_heal(self):
        """钱敏 signs at 08:30: the notice is valid from then, the incident as it was."""
        self.try_everything()
        incident = self.incident()
        with self.at("2026-12-10 08:30"):
            self.by(self.order, FINANCE).action_sign_finance()
        self.assertEqual(self.order.sudo().notice_id.valid_at, moment("2026-12-10 08:30"))
        with self.at("2026-12-10 09:00"):
            self.by(incident, QUALITY).action_trace()
        self.assertEqual(self.facts(incident)[:2].mapped("code"),
                         ["never_released", "missing_signature"])
        self.assertEqual(self.shares(incident), [
            (SALESPERSON, 70, "4200.00"), (MERCHANDISER, 30, "1800.00")])

    def test_approved_after_the_release_does_not_heal(self):
        """Released while the company had its gates switched off, signed by finance afterwards.

        The switch is on record; the release stands before the approval (X20, L-M1).
        """
        with self.at("2026-12-09 18:00"):
            self.company.uses_gendan = False
            notice = self.notice_of(self.order, MERCHANDISER)
            notice.action_check_stock()
            notice.action_release()
            self.company.uses_gendan = True
        with self.at("2026-12-09 19:30"):
            self.by(self.order, FINANCE).action_sign_finance()
        notice = self.order.sudo().notice_id
        self.assertRecordValues(notice, [{
            "released_at": moment("2026-12-09 18:00"), "valid_at": moment("2026-12-09 19:30")}])
        incident = self.incident()
        facts = self.facts(incident)
        self.assertEqual([(fact.code, fact.verdict, fact.happened_at) for fact in facts], [
            ("released_before", "supports", moment("2026-12-09 18:00"))])
        self.assertEqual(self.shares(incident), [
            (SALESPERSON, 70, "4200.00"), (MERCHANDISER, 30, "1800.00")])
        self.assertEqual(self.env["gendan.audit"].sudo().search([
            ("gate", "=", "company.switch"), ("company_id_int", "=", self.company.id),
            ("occurred_at", "=", moment("2026-12-09 18:00"))]).mapped("clause"), ["X20", "X20"])

    def test_an_order_of_before_the_system(self):
        """Submitted while the switch was off it has no revision: that itself is said (X20)."""
        with self.at("2026-12-09 18:00"):
            self.company.uses_gendan = False
            order = self.new_order(
                SALESPERSON, "C04", [("F04", 5000, 0.30)], "2026-12-22", destination="Tokyo")
            order.action_submit()
            self.company.uses_gendan = True
        incident = self.report(
            SALESPERSON, loss="6000.00", at="2026-12-09 20:30", found="2026-12-09 21:00",
            order_id=order.id, cause_id=self.cause("order").id)
        candidate = incident.sudo().present_candidate_ids.filtered(
            lambda candidate: candidate.rule_id.code == "L-S1")
        self.assertEqual([(fact.code, fact.verdict) for fact in candidate.fact_ids],
                         [("no_record", "missing")])

    def test_approved_before_exculpates(self):
        with self.at("2026-12-09 18:00"):
            self.by(self.order, FINANCE).action_sign_finance()
        incident = self.report(
            QUALITY, loss="6000.00", at="2026-12-09 20:30", found="2026-12-09 21:00",
            notice_id=self.order.sudo().notice_id.id, cause_id=self.cause("order").id)
        facts = self.facts(incident)
        self.assertEqual([(fact.code, fact.verdict) for fact in facts],
                         [("approved", "contradicts")])
        self.assertFalse(incident.sudo().match_ids)

    def test_the_merchandiser_of_that_evening(self):
        """The order is moved the next day: it is still 王芳's (L-G3)."""
        with self.at("2026-12-10 08:00"):
            self.by(self.order, CHAIR).action_assign(self.user("E11").id, "交接")
        incident = self.incident()
        self.assertEqual(self.shares(incident)[1], (MERCHANDISER, 30, "1800.00"))
        later = self.report(
            QUALITY, loss="100.00", at="2026-12-10 09:00", found="2026-12-10 10:00",
            notice_id=self.order.sudo().notice_id.id)
        self.assertEqual(self.shares(later)[1], ("E11", 30, "30.00"))

    def test_decided_objected_final(self):
        self.try_everything()
        incident = self.incident()
        with self.at("2026-12-10 09:00"):
            self.by(incident, QUALITY).action_propose()
        with self.refused("徐志强 decides it|.", Exception):
            self.decide(incident, MERCHANDISER, at="2026-12-10 10:00")
        decision = self.decide(incident, at="2026-12-10 14:00", reason="未经审核下达")
        self.assertEqual(decision.line_ids.mapped("amount"), [4200, 1800])
        with self.at("2026-12-11 09:00"):
            self.by(incident, MERCHANDISER).action_object("业务员催着要货")
        with self.at("2026-12-12 09:00"):
            self.by(incident, "E01").action_settle("维持: 下达前须两方签字")
        with self.at("2026-12-17 08:00"):
            self.by(incident, CHAIR).action_finalize()
        self.assertRecordValues(incident.sudo(), [{"state": "final", "loss": 6000}])

    def test_nothing_went_wrong(self):
        """A breach note and no shares."""
        incident = self.incident(loss=None)
        with self.at("2026-12-10 09:00"):
            with self.refused("neither loss nor complaint"):
                self.by(incident, QUALITY).action_propose()
            self.by(incident, QUALITY).action_breach("未造成损失")
        self.assertEqual(incident.state, "breach")
        self.assertFalse(incident.sudo().share_ids)

    def test_the_salesperson_sees_his_case(self):
        """His own share with its amount; the merchandiser's without."""
        incident = self.incident()
        seen = self.by(incident, SALESPERSON)
        self.assertEqual(seen.share_ids.mapped("amount_shown"), [4200, 0])
        self.assertIn("70%", seen.shares_bar)
