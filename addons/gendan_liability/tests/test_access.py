import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .common import CHAIR, DECIDED, FOUND, GENERAL_MANAGER, HR, LiabilityCase, moment

AMOUNT_FIELDS = {
    "gendan.incident": ("loss",),
    "gendan.incident.share": ("amount",),
    "gendan.incident.decision": ("loss", "departure"),
    "gendan.incident.decision.line": ("share_amount", "amount"),
    "gendan.incident.report": ("loss_part", "amount"),
}


class TestAccess(LiabilityCase):
    """Who sees what (L-G9), who reports, and what nobody forges (X4, X5)."""

    def case(self, *codes, number="E20", **values):
        return self.proposed(*codes, number=number, notice_id=self.notice.id, **values)

    def seen_by(self, number):
        return self.env["gendan.incident"].with_user(self.user(number)).search([])

    def make_head_of_quality(self, number):
        self.user(number).group_ids += self.env.ref("gendan_liability.group_quality_head")

    def test_own_cases(self):
        """A party sees his case, the reporter his report, nobody else's is anybody's business.

        Of quality it is the head who sees them all, not each inspector.
        """
        incident = self.case("L-K4", number="E12")
        self.make_head_of_quality("E20")
        for number, sees in (("E15", True), ("E13", True), ("E12", True), ("E09", True),
                             ("E01", True), ("E20", True), ("E21", False), ("E04", True),
                             ("E02", True), ("E14", False), ("E16", False), ("E10", False),
                             ("E03", False), ("E05", False), ("E07", False), ("E27", False)):
            with self.subTest(number):
                self.env.invalidate_all()
                self.assertEqual(incident in self.seen_by(number), sees)
                if not sees:
                    with self.refused(".", AccessError):
                        self.by(incident, number).read(["subject"])
        self.decide(incident)
        self.assertIn(incident, self.seen_by(HR))

    def test_amounts(self):
        """All for PM, GM and head of quality; a party his own; sales none."""
        incident = self.case("L-K4", loss="960.00", number="E12")
        self.decide(incident)
        self.make_head_of_quality("E20")
        everything = [480, 480]
        for number, shown, loss in (
            ("E09", everything, 960), ("E01", everything, 960), ("E20", everything, 960),
            ("E27", everything, 960), ("E15", [480, 0], 960), ("E13", [0, 480], 960),
            ("E04", [0, 0], 0), ("E02", [0, 0], 0), ("E12", [0, 0], 960),
        ):
            with self.subTest(number):
                seen = self.by(incident, number)
                self.assertEqual(seen.decision_id.line_ids.mapped("amount_shown"), shown)
                self.assertEqual(seen.share_ids.mapped("amount_shown"), shown)
                self.assertEqual(seen.loss_shown, loss)
                self.assertEqual("480.00" in (seen.shares_bar or ""), any(shown))

    def test_the_page_opens_for_whoever_sees_the_case(self):
        """With lots, orders and a purchase linked: what he may not open is a word, no link."""
        lot = self.env["stock.lot"].create({
            "name": "T-1", "product_id": self.ref("RM08").id, "company_id": self.company.id})
        purchase = self.env["purchase.order"].create({
            "partner_id": self.ref("V02").id, "company_id": self.company.id})
        production = self.env["mrp.production"].create({
            "product_id": self.ref("F11").id, "product_qty": 1, "company_id": self.company.id})
        incident = self.case("L-K4", number="E12", lot_ids=lot.ids, purchase_ids=purchase.ids,
                             production_ids=production.ids, container_no="CSQU3054383")
        self.decide(incident)
        for number, opens_lot in (("E04", False), ("E02", False), ("E15", True), ("E13", None),
                                  ("E12", None), ("E20", None), ("E09", None), ("E01", None),
                                  ("E27", False)):
            with self.subTest(number):
                seen = self.by(incident, number)
                page = Form(seen)
                self.assertEqual(page.subject, "事故")
                for text in (self.notice.name, "T-1", "CSQU3054383", purchase.name):
                    self.assertIn(text, page.chips_html)
                if opens_lot is not None:
                    self.assertEqual(f"/odoo/stock.lot/{lot.id}" in page.chips_html, opens_lot)

    def test_amounts_by_no_other_door(self):
        """Not by reading the stored figure, by searching, sorting, grouping or exporting it."""
        incident = self.case("L-K4", number="E12")
        self.decide(incident)
        for number in ("E15", "E04", "E02", "E21", "E12"):
            for model, names in AMOUNT_FIELDS.items():
                rows = self.env[model].with_user(self.user(number))
                for name in names:
                    with self.subTest(number=number, field=f"{model}.{name}"):
                        with self.refused(".", (AccessError, UserError, ValueError)):
                            rows.search([]).read([name])
                            raise AccessError("the report is closed to him") if (
                                model.endswith("report")) else AssertionError("read")
                        with self.refused(".", (AccessError, UserError, ValueError)):
                            rows.search([(name, ">", 100)])
                        with self.refused(".", (AccessError, UserError, ValueError)):
                            rows.formatted_read_group([], aggregates=[f"{name}:sum"])

    def test_losses_are_between_reporter_panel_and_parties(self):
        incident = self.case("L-K4", number="E12")
        for number, rows in (("E12", 1), ("E09", 1), ("E15", 1), ("E04", 0), ("E02", 0)):
            with self.subTest(number):
                self.assertEqual(len(self.by(incident, number).loss_ids), rows)

    def test_who_reports(self):
        for number in ("E20", "E10", "E12", "E13", "E03", "E06", "E02", "E09", "E01"):
            with self.subTest(number):
                incident = self.report(number)
                self.assertRecordValues(incident.sudo(), [{
                    "reported_by_id": self.user(number).id, "reported_at": moment(FOUND),
                    "state": "reported"}])
                self.assertTrue(incident.sudo().name.startswith("SG-"))
        for number in ("E14", "E15", "E16", "E07", "E27"):
            with self.subTest(number), self.refused("not allowed to create|cannot do this",
                                                    (AccessError, UserError)):
                self.report(number)

    def test_only_the_case_is_ones_own(self):
        """Another reporter neither edits nor proposes, matches or withdraws it."""
        incident = self.report("E12")
        for act in (lambda rows: rows.write({"description": "x"}),
                    lambda rows: rows.action_propose(), lambda rows: rows.action_trace(),
                    lambda rows: rows.action_cancel("x"), lambda rows: rows.action_breach("x"),
                    lambda rows: rows.match_ids.create({
                        "incident_id": rows.id, "rule_id": self.rule("L-S1").id,
                        "reason": "x"})):
            for number in ("E13", "E10", "E03"):
                with self.subTest(number), self.refused(".", (AccessError, UserError)):
                    act(self.by(incident, number))
        self.assertRecordValues(incident, [{"state": "reported", "description": False}])

    def test_nothing_is_forged(self):
        """State, stamps, proposal, facts and decisions are the system's, by any door."""
        incident = self.case("L-K4", number="E21")
        own = self.env["gendan.incident"]
        for number in ("E21", "E20", "E09", "E01"):
            for act in (
                lambda rows: rows.write({"state": "final"}),
                lambda rows: rows.write({"reported_at": moment("2026-12-01 08:00")}),
                lambda rows: rows.write({"reported_by_id": self.user("E01").id}),
                lambda rows: rows.write({"percentage_id": False}),
                lambda rows: own.with_user(rows.env.uid).create(
                    {"subject": "x", "state": "final"}),
                lambda rows: own.with_user(rows.env.uid).create(
                    {"subject": "x", "reported_at": moment("2026-12-01 08:00")}),
                lambda rows: rows.share_ids.write({"percent": 1}),
                lambda rows: rows.share_ids.unlink(),
                lambda rows: rows.share_ids.create({
                    "incident_id": rows.id, "role": "qc", "share_code": "full"}),
                lambda rows: rows.env["gendan.incident.fact"].create({
                    "incident_id": rows.id, "candidate_id": 1, "verdict": "supports",
                    "code": "x", "sentence": "x"}),
                lambda rows: rows.env["gendan.incident.decision"].create({
                    "incident_id": rows.id, "number": 1, "kind": "first", "reason": "x",
                    "leading_rule_id": self.rule("L-K4").id,
                    "percentage_id": rows.percentage_id.id,
                    "decided_by_id": rows.env.uid, "decided_at": moment(DECIDED)}),
                lambda rows: rows.env["gendan.incident.objection"].create({
                    "incident_id": rows.id, "employee_id": self.ref("E15").id, "text": "x"}),
                lambda rows: rows.env["gendan.incident.notification"].create({
                    "incident_id": rows.id, "employee_id": self.ref("E15").id}),
                lambda rows: rows.copy(),
                lambda rows: rows.unlink(),
            ):
                with self.subTest(number), self.refused(".", (AccessError, UserError)):
                    act(self.by(incident, number))
        self.assertRecordValues(incident, [{
            "state": "proposed", "reported_by_id": self.user("E21").id,
            "reported_at": moment(FOUND)}])
        self.assertFalse(incident.decision_ids)

    def test_a_context_opens_nothing(self):
        incident = self.env["gendan.incident"].with_user(self.user("E20")).with_context(
            default_state="final", default_reported_by_id=self.user("E01").id).create(
                {"subject": "x"})
        self.assertRecordValues(incident, [{
            "state": "reported", "reported_by_id": self.user("E20").id}])

    def test_evidence_is_not_deleted(self):
        """Neither the file of a loss, nor one of the case, nor a traced fact (X5)."""
        incident = self.report("E20", notice_id=self.notice.id, cause_id=self.cause("bag_fit").id)
        loss = self.by(incident, "E20").loss_ids
        loss.evidence_ids = [(0, 0, {"name": "scale.jpg", "raw": b"1,000 kg"})]
        on_case = self.env["ir.attachment"].with_user(self.user("E20")).create({
            "name": "photo.jpg", "raw": b"x", "res_model": "gendan.incident",
            "res_id": incident.id})
        for file in loss.evidence_ids | on_case:
            for act in (lambda file: file.unlink(),
                        lambda file: file.write({"raw": b"900 kg"}),
                        lambda file: file.write({"datas": base64.b64encode(b"900 kg")}),
                        lambda file: file.write({"res_id": 0})):
                with self.subTest(file.name), self.refused("neither exchanged nor deleted"):
                    act(file)
        facts = incident.sudo().fact_ids
        self.assertTrue(facts)
        for act in (lambda rows: rows.unlink(), lambda rows: rows.write({"sentence": "x"})):
            with self.refused("never edited, copied or deleted|never by hand",
                              (AccessError, UserError)):
                act(facts)

    def test_before_the_panel_facts_stand(self):
        incident = self.case("L-K4", number="E21")
        for act in (lambda rows: rows.write({"description": "x"}),
                    lambda rows: rows.write({"event_at": moment("2026-12-08 09:00")}),
                    lambda rows: rows.loss_ids.write({"price": 1}),
                    lambda rows: rows.loss_ids.unlink()):
            for number in ("E21", "E09"):
                with self.subTest(number), self.refused("before the panel|Before the panel|.*",
                                                        (AccessError, UserError)):
                    act(self.by(incident, number))
        self.assertEqual(incident.sudo().loss, 1000)
        self.by(incident, "E21").action_reopen()
        self.by(incident, "E21").write({"description": "补充"})
        self.assertEqual(incident.description, "补充")

    def test_panel_members_read_the_case(self):
        incident = self.case("L-K4", number="E21")
        self.assertNotIn(incident, self.seen_by("E07"))
        self.by(incident, CHAIR).panel_user_ids = self.user("E07")
        self.env.invalidate_all()
        self.assertIn(incident, self.seen_by("E07"))
        self.assertEqual(self.by(incident, "E07").share_ids.mapped("amount_shown"), [500, 500])

    def test_nobody_calls_himself_to_the_panel(self):
        """L-G9: who is heard reads all amounts, so that no reporter says who is."""
        for number in ("E21", "E04", "E13", "E02"):
            with self.at(FOUND):
                incident = self.report(number, notice_id=self.notice.id)
            for values in ({"panel_user_ids": [(4, self.user(number).id)]},
                           {"panel_user_ids": [(6, 0, self.user("E16").ids)]}):
                with self.subTest(number), self.refused("is not yours to say"):
                    self.by(incident, number).write(values)
            with self.subTest(number), self.refused("is not yours to say"):
                self.report(number, panel_user_ids=[(4, self.user(number).id)])
            self.assertFalse(incident.sudo().panel_user_ids)

    def test_another_company(self):
        other = self.env["res.company"].create({"name": "other", "uses_gendan": True})
        incident = self.case("L-K4", number="E21")
        manager = self.user(GENERAL_MANAGER)
        manager.company_ids = [(4, other.id)]
        self.assertNotIn(incident, self.env["gendan.incident"].with_user(manager).with_context(
            allowed_company_ids=other.ids).search([]))
