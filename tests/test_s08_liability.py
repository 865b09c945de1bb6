"""S08 as a matter of responsibility: 200.00 once per event, 400.00 in the day (D6.5, A18)."""

from psycopg2 import IntegrityError

from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.shipping_case import ShippingCase
from odoo.addons.gendan_liability.tests.common import LiabilityVerbs

SALESPERSON, SUPERVISOR, KEEPER, CHAIR = "E04", "E11", "E16", "E09"


@tagged("stories")
class TestS08Liability(LiabilityVerbs, ShippingCase):
    """Thursday 12-10, C02, 20GP, 432 cartons of F11; 李娜 supervises, 高军 loads."""

    def load(self, hour):
        """Return a running report of an order of its own."""
        with self.at("2026-12-01 08:30"):
            order = self.new_order(SALESPERSON, "C02", [("F11", 432 * 40, 1.35)], "2026-12-12")
            self.make_valid(order, merchandiser=SUPERVISOR)
        with self.at("2026-12-09 09:00"):
            shipping = self.new_shipping(
                order, "2026-12-10", seller=SALESPERSON, destination="Melbourne",
                container_type_id=self.container("20gp").id)
            self.by(shipping, SALESPERSON).action_submit()
            self.by(shipping, "E10").action_accept()
            self.with_slip(shipping, "定金已到")
            self.start_loading(shipping)
        with self.at(f"2026-12-10 {hour}:00"):
            report = self.loading_report(shipping)
            self.fill_report(report)
        return report

    def event(self, hour, counted, keeper, cause, unloaded, description):
        """Both count; what happened is reported as an event of that loading."""
        report = self.load(hour)
        with self.at(f"2026-12-10 {hour}:30"):
            self.tally(report, SUPERVISOR, counted)
            self.tally(report, KEEPER, keeper)
            return self.as_user("gendan.loading.rework", SUPERVISOR).create({
                "report_id": report.id, "cause": cause, "unloaded_cartons": unloaded,
                "description": description})

    def incident(self, event, hour):
        """Report the event in one step, as the plan manager."""
        with self.at(f"2026-12-10 {hour}:45"):
            sheet = self.as_user("gendan.incident.new", CHAIR).with_context(
                **event.with_user(self.user(CHAIR)).action_report_incident()["context"]).create(
                    {"subject": event.description})
            return self.env["gendan.incident"].browse(sheet.action_report()["res_id"])

    def facts(self, incident):
        candidate = incident.sudo().present_candidate_ids.filtered(
            lambda candidate: candidate.rule_id.code == "D6.5")
        return {fact.code: fact.verdict for fact in candidate.fact_ids}

    def propose_and_decide(self, incident, hour, **values):
        with self.at(f"2026-12-10 {hour}:50"):
            self.by(incident, CHAIR).action_propose()
        return self.decide(incident, at=f"2026-12-10 {hour}:55", **values)

    def test_the_whole_day(self):
        """Two re-worked containers: 400.00; typed wrongly and the keeper's pallets: 0.00."""
        first = self.event("08", 432, 428, "count", 60, "少 1 层 4 箱")
        incident = self.incident(first, "08")
        self.assertEqual(self.facts(incident), {"rework": "supports"})
        self.assertEqual(self.shares(incident), [(SUPERVISOR, 100, "200.00")])
        with self.refused("gendan_incident_one_charge", IntegrityError):
            self.incident(first, "09")
        decisions = self.propose_and_decide(incident, "08", reason="点数错, 返工一次")
        for hour, counts, cause, unloaded, text in (
                ("10", (430, 430), "typed", 0, "两边都输错, 未卸货"),
                ("11", (432, 432), "keeper", 0, "错唛托盘, 勾选时发现")):
            with self.subTest(cause):
                event = self.event(hour, *counts, cause, unloaded, text)
                free = self.incident(event, hour)
                self.assertEqual(self.facts(free), {"no_rework": "contradicts"})
                self.assertFalse(free.sudo().match_ids)
                self.assertFalse(free.sudo().share_ids)
        again = self.incident(self.event("14", 430, 432, "count", 48, "返工"), "14")
        decisions |= self.propose_and_decide(again, "14", reason="第二次返工")
        lines = decisions.line_ids
        self.assertEqual(lines.employee_id, self.ref(SUPERVISOR))
        self.assertEqual(sum(lines.mapped("amount")), 400)
        self.assertEqual(set(lines.mapped("treatment")), {"appraisal"})

    def test_another_amount_needs_a_reason(self):
        incident = self.incident(self.event("08", 432, 428, "count", 60, "少 1 层"), "08")
        lines = [{**self.as_proposed(incident)[0], "amount": 100}]
        with self.at("2026-12-10 08:50"):
            self.by(incident, CHAIR).action_propose()
        with self.refused("say why"):
            self.decide(incident, at="2026-12-10 09:00", reason=" ", lines=lines)
        decision = self.decide(incident, at="2026-12-10 09:00", reason="首次, 未误船", lines=lines)
        self.assertEqual((decision.line_ids.share_amount, decision.line_ids.amount), (200, 100))
        self.assertIn("100.00", decision.departure)

    def test_she_does_not_decide_it_herself(self):
        incident = self.incident(self.event("08", 432, 428, "count", 60, "少 1 层"), "08")
        with self.at("2026-12-10 08:50"):
            self.by(incident, CHAIR).action_propose()
        with self.refused("李娜 is a party|not yours to decide"):
            self.decide(incident, SUPERVISOR, at="2026-12-10 09:00")
        self.assertFalse(incident.sudo().decision_ids)
