from psycopg2 import IntegrityError

from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.shipping_case import ShippingCase

from .common import LiabilityVerbs

DAY = "2026-12-10"


@tagged("post_install", "-at_install")
class TestLoading(LiabilityVerbs, ShippingCase):
    """Wrong counts (D6.5, D6.6, S08, S09) and the fields of the shipping notice (S4, M5)."""

    def setUp(self):
        super().setUp()
        self.order = self.stocked_order(day="2026-12-08", due="2026-12-11")
        with self.at("2026-12-09 09:00"):
            self.shipping = self.papers(self.order)

    def loading(self):
        with self.at(f"{DAY} 08:25"):
            return self.loading_report(self.shipping)

    def rework(self, report, cause="count", unloaded=60):
        with self.at(f"{DAY} 10:00"):
            return self.as_user("gendan.loading.rework", "E11").create({
                "report_id": report.id, "cause": cause, "unloaded_cartons": unloaded,
                "description": "少装一层"})

    def count_case(self, **values):
        return self.report("E09", loss=None, at=f"{DAY} 09:30", found=f"{DAY} 11:00",
                           cause_id=self.cause("loading").id, **values)

    def facts(self, incident, code):
        candidate = incident.sudo().present_candidate_ids.filtered(
            lambda candidate: candidate.rule_id.code == code)
        return {fact.code: fact.verdict for fact in candidate.fact_ids}

    def test_the_charge_of_the_event(self):
        """S08: 200.00 stands in the event; the incident repeats it, once."""
        event = self.rework(self.loading())
        incident = self.count_case(rework_id=event.id)
        self.assertEqual(self.facts(incident, "D6.5"), {"rework": "supports"})
        self.assertEqual(incident.sudo().leading_rule_id.code, "D6.5")
        self.assertEqual(self.shares(incident), [("E11", 100, "200.00")])
        with self.refused("gendan_incident_one_charge", IntegrityError):
            self.count_case(rework_id=event.id)
        with self.at(f"{DAY} 11:00"):
            self.by(incident, "E09").action_propose()
        line = {**self.as_proposed(incident)[0], "amount": 100}
        with self.refused("say why"):
            self.decide(incident, reason="", lines=[line], at=f"{DAY} 15:00")
        decision = self.decide(incident, reason="首次, 未误船", lines=[line], at=f"{DAY} 15:00")
        self.assertEqual((decision.line_ids.share_amount, decision.line_ids.amount), (200, 100))
        self.assertTrue(decision.departs)

    def test_no_flat_charge_without_its_event(self):
        """D6.5: two reports about one event that name no event would charge it twice."""
        event = self.rework(self.loading())
        self.count_case(rework_id=event.id)
        second = self.count_case(loading_report_id=event.report_id.id, loss_ids=[(0, 0, {
            "description": "返工", "price": 1, "currency_id": self.company.currency_id.id})])
        second.sudo().match_ids.unlink()
        self.match(second, "D6.5", number="E09")
        with self.refused("flat charge is that of a rework event"):
            self.by(second, "E09").action_propose()
        second.sudo().match_ids.unlink()
        self.match(second, "OUT", number="E09", lead=False)
        self.by(second, "E09").action_propose()
        second.sudo().match_ids.unlink()
        self.match(second, "D6.5", number="E09")
        with self.refused("flat charge is that of a rework event"):
            self.decide(second, at=f"{DAY} 15:00")

    def test_the_amount_decided_there(self):
        event = self.rework(self.loading())
        with self.at(f"{DAY} 10:30"):
            self.by(event, "E09").action_confirm(100, "首次")
        incident = self.count_case(rework_id=event.id)
        self.assertEqual(self.shares(incident), [("E11", 100, "100.00")])

    def test_no_rework_no_fault(self):
        """Typed wrongly with nothing unloaded; the keeper's mistake that was caught: 0.00."""
        for cause, unloaded in (("typed", 0), ("keeper", 20)):
            with self.subTest(cause), self.env.cr.savepoint():
                event = self.rework(self.loading(), cause, unloaded)
                incident = self.count_case(rework_id=event.id)
                self.assertEqual(self.facts(incident, "D6.5"), {"no_rework": "contradicts"})
                self.assertFalse(incident.sudo().match_ids)
            self.shipping = self.papers_again()

    def papers_again(self):
        order = self.stocked_order(packs=2400, day="2026-12-08", due="2026-12-11")
        with self.at("2026-12-09 09:00"):
            return self.papers(order)

    def test_found_by_the_customer(self):
        """S09: whoever supervised that loading, although another has the order now."""
        report = self.loading()
        here = self.count_case(loading_report_id=report.id)
        self.assertEqual(self.facts(here, "D6.6"), {"found_here": "contradicts"})
        incident = self.report(
            "E05", loss="1056.48", at=f"{DAY} 09:30", found="2027-01-28 09:00",
            cause_id=self.cause("loading").id, loading_report_id=report.id, is_complaint=True,
            discovered_in="customer", origin="complaint", notice_id=self.order.sudo().notice_id.id)
        self.assertEqual(self.facts(incident, "D6.6"), {"loading_report": "supports"})
        self.assertEqual(self.order.sudo().merchandiser_id, self.user("E10"))
        self.assertEqual(self.shares(incident)[0][0], "E11")

    def test_fields_that_were_corrected(self):
        """A wrong warehouse entry number is the salesperson's, a wrong truck the merchandiser's."""
        for code, owner, name, person in (
            ("L-S4", "sales", "warehouse_entry_no", "E05"),
            ("L-M5", "merchandiser", "truck_plate", "E11"),
        ):
            with self.subTest(code):
                self.entry(owner, name, "wrong", person, f"{DAY} 08:00")
                before = self.shipping_case()
                self.assertNotIn("supports", self.facts(before, code).values())
                self.entry(owner, name, "right", person, f"{DAY} 12:00")
                incident = self.shipping_case()
                self.assertEqual(self.facts(incident, code), {"corrected": "supports"})
                self.match_only(incident, code)
                self.assertEqual(self.shares(incident), [(person, 100, "1350.00")])

    def shipping_case(self):
        return self.report("E09", loss="1350.00", at=f"{DAY} 10:00", found=f"{DAY} 14:00",
                           cause_id=self.cause("shipping").id, shipping_id=self.shipping.id)

    def match_only(self, incident, code):
        incident.match_ids.sudo().unlink()
        self.match(incident, code, number="E09")

    def entry(self, owner, name, value, number, at):
        with self.at(at):
            self.env["gendan.shipping.entry"].with_user(self.user(number)).sudo().create({
                "shipping_id": self.shipping.id, "version": 1, "owner": owner,
                "field_name": name, "value": value})
