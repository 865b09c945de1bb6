"""S09: the customer finds a wrong count and complains (Thursday 2027-01-28)."""

from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.shipping_case import ShippingCase
from odoo.addons.gendan_liability.tests.common import LiabilityVerbs

SALESPERSON, SUPERVISOR, CHAIR = "E05", "E10", "E09"


@tagged("stories")
class TestS09Liability(LiabilityVerbs, ShippingCase):
    """王芳 stood at the container; 李娜 has the customer's orders since January."""

    def setUp(self):
        super().setUp()
        self.order = self.stocked_order(day="2026-12-21", due="2026-12-24",
                                        merchandiser=SUPERVISOR)
        with self.at("2026-12-22 09:00"):
            shipping = self.papers(self.order)
        with self.at("2026-12-23 08:25"):
            self.report_of_loading = self.loading_report(shipping, SUPERVISOR)
            self.fill_report(self.report_of_loading, SUPERVISOR)
            cartons = self.report_of_loading.sudo().line_ids.mapped("cartons")
            self.tally(self.report_of_loading, SUPERVISOR, *cartons)
            self.tally(self.report_of_loading, "E16", *cartons)
        with self.at("2026-12-23 11:40"):
            self.by(self.report_of_loading, SUPERVISOR).write({"space_reason": "客户要求单独装"})
            self.by(self.report_of_loading, SUPERVISOR).action_close()
        self.order.sudo().merchandiser_id = self.user("E11")

    def complaint(self, kind="complaint"):
        """郑浩 writes down what the customer wrote, and reports it in one step."""
        with self.at("2027-01-28 09:00"):
            entry = self.as_user("gendan.customer.log", SALESPERSON).create({
                "kind": kind, "partner_id": self.order.partner_id.id, "order_id": self.order.id,
                "question": "少 10 箱"})
            sheet = self.as_user("gendan.incident.new", SALESPERSON).with_context(
                **entry.action_report_incident()["context"]).create({
                    "subject": "客户点收少 10 箱", "cause_id": self.cause("loading").id,
                    "currency_id": self.usd().id, "loss": 148.80})
            incident = self.env["gendan.incident"].browse(sheet.action_report()["res_id"])
        self.assertEqual(incident.sudo().link_ids.record, entry.sudo())
        return incident

    def usd(self):
        """Return the dollar, at 7.10 for the company."""
        dollar = self.env.ref("base.USD")
        dollar.active = True
        dollar.rate_ids.sudo().unlink()
        self.env["res.currency.rate"].sudo().create({
            "currency_id": dollar.id, "company_id": self.company.id, "name": "2026-01-01",
            "inverse_company_rate": 7.10})
        return dollar

    def test_the_supervisor_of_that_loading(self):
        """王芳, 1,056.48, 一般, 300.00; the 200.00 is not proposed."""
        incident = self.complaint()
        self.assertRecordValues(incident.sudo(), [{
            "origin": "complaint", "is_complaint": True, "discovered_in": "customer",
            "loading_report_id": self.report_of_loading.id, "loss": 1056.48,
            "container_no": "CSQU3054383", "order_id": self.order.id}])
        self.assertEqual(incident.sudo().leading_rule_id.code, "D6.6")
        self.assertEqual(self.shares(incident), [(SUPERVISOR, 100, "1056.48")])
        self.assertNotIn("D6.5", incident.sudo().match_ids.rule_id.mapped("code"))
        with self.at("2027-01-28 10:00"):
            self.by(incident, SALESPERSON).action_propose()
        self.assertEqual(incident.sudo().measure_ids.mapped("step"), ["d3", "d4", "d5", "d6"])
        line = {**self.as_proposed(incident)[0], "amount": 300}
        with self.refused("choose how serious"):
            self.decide(incident, lines=[line], at="2027-01-28 15:00")
        decision = self.decide(incident, lines=[line], at="2027-01-28 15:00", severity="normal",
                               reason="点数后未复核")
        self.assertRecordValues(decision.line_ids, [{
            "employee_id": self.ref(SUPERVISOR).id, "share_amount": 1056.48, "amount": 300,
            "treatment": "appraisal"}])
        self.object_and_close(incident)

    def object_and_close(self, incident):
        """She objects on the fifth working day; it is kept, final and locked."""
        with self.at("2027-02-04 09:00"), self.refused("term of 王芳 ended on 2027-02-03"):
            self.by(incident, SUPERVISOR).action_object("迟了")
        with self.at("2027-02-03 16:00"):
            self.by(incident, SUPERVISOR).action_object("仓管也点了")
        with self.at("2027-02-04 09:00"):
            with self.refused("involved, or it is not yours to hear"):
                self.by(incident, CHAIR).action_settle("不行")
            self.by(incident, "E01").action_settle("维持")
        with self.at("2027-02-11 09:00"):
            self.by(incident, CHAIR).action_finalize()
        self.assertEqual(incident.state, "final")
        self.assertEqual(incident.sudo().decision_id.line_ids.amount, 300)
        with self.refused("."):
            self.by(incident, CHAIR).write({"subject": "x"})

    def test_mentioned_without_a_complaint(self):
        """Recorded; the panel may leave it without an amount."""
        incident = self.complaint("feedback")
        self.assertFalse(incident.is_complaint)
        self.assertEqual(incident.sudo().leading_rule_id.code, "D6.6")
        with self.at("2027-01-28 10:00"):
            self.by(incident, SALESPERSON).action_propose()
        decision = self.decide(
            incident, at="2027-01-28 15:00", severity="light", reason="客户只是提及",
            lines=[{**self.as_proposed(incident)[0], "amount": 0}])
        self.assertEqual(decision.line_ids.amount, 0)

    def test_the_plan_manager_is_a_party(self):
        """徐志强 himself named: 沈国平 decides."""
        incident = self.complaint()
        with self.at("2027-01-28 10:00"):
            self.by(incident, SALESPERSON).action_propose()
        incident.sudo().share_ids.employee_id = self.ref("E09")
        with self.refused("徐志强 is a party"):
            self.decide(incident, at="2027-01-28 15:00")
        decision = self.decide(incident, "E01", at="2027-01-28 15:00", severity="normal", lines=[
            {**self.as_proposed(incident)[0], "amount": 300}])
        self.assertEqual(decision.decided_by_id, self.user("E01"))
