from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.shipping_case import ShippingVerbs
from odoo.addons.gendan_followup.tests.test_tour_order import TourCase

from .common import LiabilityVerbs

SALESPERSON, SUPERVISOR, CHAIR, GENERAL_MANAGER = "E05", "E10", "E09", "E01"


class IncidentTour(LiabilityVerbs, ShippingVerbs, TourCase):
    """A container counted by 王芳, of which the customer complains (S09)."""

    def complaint(self):
        """Return the customer's complaint as 郑浩 wrote it down."""
        order = self.stocked_order(day="2026-10-12", due="2026-10-16", merchandiser=SUPERVISOR)
        with self.at("2026-10-13 09:00"):
            shipping = self.papers(order)
        with self.at("2026-10-14 08:25"):
            report = self.loading_report(shipping, SUPERVISOR)
            self.fill_report(report, SUPERVISOR)
            cartons = report.sudo().line_ids.mapped("cartons")
            self.tally(report, SUPERVISOR, *cartons)
            self.tally(report, "E16", *cartons)
        with self.at("2026-10-14 11:40"):
            self.by(report, SUPERVISOR).write({"space_reason": "客户要求单独装"})
            self.by(report, SUPERVISOR).action_close()
        with self.at("2026-11-02 09:00"):
            return self.as_user("gendan.customer.log", SALESPERSON).create({
                "kind": "complaint", "partner_id": order.partner_id.id, "order_id": order.id,
                "question": "少 10 箱"})

    def incident(self):
        return self.env["gendan.incident"].search([], order="id desc", limit=1)

    def visit(self, person, name):
        self.tour(person, name, f"/odoo/incidents/{self.incident().id}")
        return self.incident().sudo()


@tagged("post_install", "-at_install")
class TestTourIncident(IncidentTour):
    """Complaint, incident, candidates, decision, objection, final: each by its own person."""

    browser_size = "1400x900"

    def test_complaint_to_final(self):
        entry = self.complaint()
        self.tour(SALESPERSON, "gendan_incident_complaint",
                  f"/odoo/action-gendan_followup.action_customer_log/{entry.id}")
        incident = self.incident().sudo()
        self.assertRecordValues(incident, [{
            "state": "proposed", "origin": "complaint", "loss": 1056.48,
            "reported_by_id": self.user(SALESPERSON).id}])
        self.assertEqual(incident.leading_rule_id.code, "D6.6")
        self.assertEqual(incident.link_ids.record, entry.sudo())

        self.assertEqual(self.visit(CHAIR, "gendan_incident_decide").state, "decided")
        self.assertRecordValues(incident.decision_id.line_ids, [{
            "employee_id": self.ref(SUPERVISOR).id, "share_amount": 1056.48, "amount": 300}])

        objected = self.visit(SUPERVISOR, "gendan_incident_object")
        self.assertEqual(objected.objection_ids.text, "仓管也点了")
        settled = self.visit(GENERAL_MANAGER, "gendan_incident_settle")
        self.assertRecordValues(settled.decision_id, [{
            "kind": "kept", "decided_by_id": self.user(GENERAL_MANAGER).id}])
        self.assertEqual(self.visit(CHAIR, "gendan_incident_final").state, "final")
        self.tour(CHAIR, "gendan_incident_pareto",
                  "/odoo/action-gendan_liability.action_incident_report")
