"""S14: the bear upside down; what ran on after the stop (Tuesday 2026-12-08)."""

from odoo.tests import tagged

from odoo.addons.gendan_liability.tests.common import LiabilityCase, moment

QUALITY, KEEPER, OPERATOR, MERCHANDISER = "E20", "E14", "E18", "E11"


@tagged("stories")
class TestS14Liability(LiabilityCase):
    """RM08 lot L2611-08 on 围兜线: incoming check missing; 罗刚 runs from 3,200 to 3,800."""

    def setUp(self):
        super().setUp()
        self.duty("OP", OPERATOR, machine="machine_bib")
        self.duty("QC", QUALITY)
        self.lot = self.env["stock.lot"].create({
            "name": "L2611-08-2", "product_id": self.ref("RM08").id,
            "company_id": self.company.id})
        with self.at("2026-12-08 10:18"):
            self.log = self.as_user("gendan.abnormality", QUALITY).create({
                "workcenter_id": self.ref("machine_bib").id, "notice_line_id": self.line.id,
                "lot_id": self.lot.id, "description": "小熊印反", "counter": 3100})

    def stop(self, counter=3800):
        with self.at("2026-12-08 10:22"):
            self.by(self.log, QUALITY).action_instruct("stop", 3200)
        with self.at("2026-12-08 10:26"):
            self.by(self.log, "E12").action_stop(counter)

    def facts(self, incident, code):
        candidate = incident.sudo().present_candidate_ids.filtered(
            lambda candidate: candidate.rule_id.code == code)
        return {fact.code: fact.verdict for fact in candidate.fact_ids}

    def case(self, cause, loss, at):
        return self.report(QUALITY, loss=loss, at=at, found="2026-12-08 11:05",
                           cause_id=self.cause(cause).id, lot_ids=self.lot.ids,
                           workcenter_id=self.ref("machine_bib").id, notice_id=self.notice.id)

    def only(self, incident, *codes):
        incident.match_ids.sudo().unlink()
        self.match(incident, *codes)
        return self.shares(incident)

    def test_incident_a(self):
        """3,200 × 0.12 = 384.00: R2; the panel adds O4, with Q3 too."""
        self.stop()
        incident = self.case("raw_material", "384.00", "2026-12-08 10:00")
        self.assertEqual(self.facts(incident, "L-R2"), {"no_incoming_raw": "missing"})
        self.assertEqual(incident.sudo().leading_rule_id.code, "L-R2")
        self.assertEqual(self.only(incident, "L-R2"), [(KEEPER, 70, "268.80")])
        self.assertEqual(self.only(incident, "L-R2", "L-O4"), [
            (KEEPER, 70, "268.80"), (OPERATOR, 30, "115.20")])
        self.assertEqual(self.only(incident, "L-R2", "L-O4", "L-Q3"), [
            (KEEPER, 70, "268.80"), (OPERATOR, 15, "57.60"), (QUALITY, 15, "57.60")])

    def test_incident_b(self):
        """600 × 0.12 = 72.00 after the stop: 罗刚 alone."""
        self.stop()
        incident = self.case("machine", "72.00", "2026-12-08 10:24")
        self.assertEqual(self.facts(incident, "L-O2"), {"ran_on": "supports"})
        self.assertIn("600", incident.sudo().present_candidate_ids.filtered(
            lambda candidate: candidate.rule_id.code == "L-O2").reason)
        self.assertEqual(self.only(incident, "L-O2"), [(OPERATOR, 100, "72.00")])

    def test_stopped_at_once(self):
        self.stop(3200)
        incident = self.case("machine", "72.00", "2026-12-08 10:24")
        self.assertEqual(self.facts(incident, "L-O2"), {"stopped": "contradicts"})

    def test_nobody_told_quality(self):
        other = self.ref("machine_wet1")
        incident = self.report(QUALITY, loss="72.00", cause_id=self.cause("machine").id,
                               workcenter_id=other.id)
        self.assertEqual(self.facts(incident, "L-O2"), {"not_told": "missing"})

    def test_seen_and_nothing_done(self):
        """Variant: 冯雪 knew at 10:18 and did nothing: Q2, 70 % hers."""
        incident = self.case("found_late", "2160.00", "2026-12-08 10:50")
        self.assertEqual(self.facts(incident, "L-Q2"), {"not_acted": "supports"})
        self.assertEqual(incident.sudo().leading_rule_id.code, "L-Q2")
        self.assertEqual(self.shares(incident), [(QUALITY, 70, "1512.00")])
        self.stop()
        acted = self.case("found_late", "2160.00", "2026-12-08 10:50")
        self.assertEqual(self.facts(acted, "L-Q2"), {"acted": "contradicts"})

    def test_reported_from_the_patrol(self):
        """In one step, with lot, machine and notice."""
        with self.at("2026-12-08 10:15"):
            patrol = self.as_user("gendan.patrol", MERCHANDISER).create({
                "area": "machine", "kind": "print", "description": "小熊印反",
                "workcenter_id": self.ref("machine_bib").id, "lot_id": self.lot.id,
                "notice_line_id": self.line.id})
        with self.at("2026-12-08 11:00"):
            sheet = self.as_user("gendan.incident.new", MERCHANDISER).with_context(
                **patrol.action_report_incident()["context"]).create({
                    "subject": "小熊印反", "cause_id": self.cause("raw_material").id})
            incident = self.env["gendan.incident"].browse(sheet.action_report()["res_id"])
        self.assertRecordValues(incident.sudo(), [{
            "origin": "patrol", "lot_ids": self.lot.ids, "notice_id": self.notice.id,
            "workcenter_id": self.ref("machine_bib").id,
            "event_at": moment("2026-12-08 10:15")}])
        self.assertEqual(incident.sudo().leading_rule_id.code, "L-R2")
