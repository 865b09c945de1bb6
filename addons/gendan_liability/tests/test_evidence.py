from odoo.tests import tagged

from .common import FAULT, FOUND, LiabilityCase, moment


class EvidenceCase(LiabilityCase):
    """What the records say towards a rule."""

    def candidate(self, incident, code):
        """Return the present candidate of a rule."""
        return incident.sudo().present_candidate_ids.filtered(
            lambda candidate: candidate.rule_id.code == code)

    def facts(self, incident, code):
        """Return ``{code of the fact: verdict}`` of a rule."""
        return {fact.code: fact.verdict for fact in self.candidate(incident, code).fact_ids}

    def draft_case(self, cause, **values):
        return self.report(cause_id=self.cause(cause).id, **values)

    def sheet(self, kind, number, answers=None, at="2026-12-08 09:00", **values):
        """Fill and close a check sheet; ``answers``: number of point → result, rest OK."""
        template = self.env.ref(f"gendan_followup.check_template_{kind}")
        with self.at(at):
            sheet = self.env["gendan.check.sheet"].with_user(self.user(number)).with_company(
                self.company).create({"template_id": template.id, **values})
            for place, line in enumerate(sheet.line_ids):
                result = (answers or {}).get(place, "ok")
                measured = {"measured_value": line.limit_low} if line.has_limits else {}
                line.write({"result": result, **(measured if result == "ok" else {})})
            sheet.action_close()
        return sheet

    def skipped(self, kind, number, at="2026-12-08 09:00", **values):
        template = self.env.ref(f"gendan_followup.check_template_{kind}")
        with self.at(at):
            sheet = self.env["gendan.check.sheet"].with_user(self.user(number)).with_company(
                self.company).create({"template_id": template.id, **values})
            sheet.action_skip()
        return sheet

    def lot(self, code, name="T2611-08"):
        return self.env["stock.lot"].create({
            "name": name, "product_id": self.ref(code).id, "company_id": self.company.id})


class TestCheckEvidence(EvidenceCase):
    """Supports, contradicts, missing: from check sheets, for each rule that they prove."""

    def test_sheets_of_the_notice(self):
        """Skipped supports and names the person; OK contradicts; none is missing."""
        for code, kind, cause, number, role in (
            ("L-K2", "coding", "coding", "E15", "packaging_keeper"),
            ("L-O3", "bag_fit", "bag_fit", "E20", "qc"),
            ("L-Q1", "bag_fit", "bag_fit", "E20", "qc"),
            ("L-Q3", "issue_recheck", "raw_material", "E20", "qc"),
            ("L-O1", "start_check", "machine", "E20", None),
            ("L-O4", "start_check", "raw_material", "E20", None),
            ("L-P2", "piece_count", "packing", "E13", "packaging"),
            ("L-P3", "sorting", "packing", "E13", "packaging"),
        ):
            about = {"notice_line_id": self.line.id}
            if kind == "issue_recheck":
                about["product_id"] = self.ref("RM06").id
            with self.subTest(code, case="missing"):
                case = self.draft_case(cause, notice_id=self.new_notice(f"M-{code}").id)
                self.assertEqual(self.facts(case, code), {f"no_{kind}": "missing"})
            with self.subTest(code, case="contradicts"):
                notice = self.new_notice(f"C-{code}")
                self.sheet(kind, number, **{**about, "notice_line_id": notice.line_ids.id})
                case = self.draft_case(cause, notice_id=notice.id)
                self.assertEqual(self.facts(case, code), {"checked": "contradicts"})
                self.assertEqual(self.candidate(case, code).standing, "unlikely")
            with self.subTest(code, case="supports"):
                notice = self.new_notice(f"S-{code}")
                self.skipped(kind, number, **{**about, "notice_line_id": notice.line_ids.id})
                case = self.draft_case(cause, notice_id=notice.id)
                self.assertEqual(self.facts(case, code), {"skipped": "supports"})
                candidate = self.candidate(case, code)
                self.assertEqual(candidate.standing, "likely")
                self.assertEqual(candidate.persons or {},
                                 {role: [self.ref(number).id]} if role else {})
                self.assertIn(self.ref(number).name, candidate.reason)

    def test_incoming_checks_of_lots(self):
        for code, kind, cause, goods, number, role in (
            ("L-R2", "incoming_raw", "raw_material", "RM08", "E14", "raw_keeper"),
            ("L-K1", "incoming_packaging", "packaging_incoming", "PK02_v3", "E15",
             "packaging_keeper"),
        ):
            for verdict, act in (
                ("missing", lambda lot: None),
                ("contradicts", lambda lot: self.sheet(
                    kind, number, lot_id=lot.id, product_id=lot.product_id.id)),
                ("supports", lambda lot: self.skipped(
                    kind, number, lot_id=lot.id, product_id=lot.product_id.id)),
            ):
                with self.subTest(code, verdict=verdict):
                    lot = self.lot(goods, f"{code}-{verdict}")
                    act(lot)
                    case = self.draft_case(cause, lot_ids=lot.ids)
                    self.assertEqual(set(self.facts(case, code).values()), {verdict})
                    if verdict == "supports":
                        self.assertEqual(case.sudo().leading_rule_id.code, code)
                        self.assertEqual(self.shares(case)[0][0], number)
                        self.assertEqual(self.candidate(case, code).persons,
                                         {role: [self.ref(number).id]})

    def test_only_the_bag_was_tried(self):
        """Only bag tried, carton not: still Q1."""
        self.sheet("bag_fit", "E20", {2: "skipped", 3: "skipped"},
                   notice_line_id=self.line.id)
        case = self.draft_case("bag_fit", notice_id=self.notice.id)
        self.assertEqual(self.facts(case, "L-Q1"), {"skipped": "supports"})

    def test_o3_is_about_new_products(self):
        """F11 ran before: the missing fit test is L-Q1's, not L-O3's (O3 and Q1 overlap)."""
        self.assertEqual(self.facts(self.draft_case("bag_fit", notice_id=self.notice.id), "L-O3"),
                         {"no_bag_fit": "missing"})
        self.made("F11", "2026-12-07 10:00")
        known = self.draft_case("bag_fit", notice_id=self.notice.id)
        self.assertEqual(self.facts(known, "L-O3"), {"not_new": "contradicts"})
        self.assertEqual(known.sudo().leading_rule_id.code, "L-Q1")
        self.assertEqual(known.sudo().match_ids.rule_id.mapped("code"), ["L-Q1"])
        then = self.draft_case("bag_fit", notice_id=self.notice.id, at="2026-12-07 09:00")
        self.assertEqual(self.facts(then, "L-O3"), {"no_bag_fit": "missing"},
                         "it was new at the time of the fault")

    def made(self, code, at):
        """Finish a manufacturing order of a product, as an order of the past."""
        production = self.env["mrp.production"].create({
            "product_id": self.ref(code).id, "product_qty": 1,
            "company_id": self.company.id})
        self.env.flush_all()
        self.cr.execute("UPDATE mrp_production SET state = 'done', date_finished = %s "
                        "WHERE id = %s", (moment(at), production.id))
        self.env.invalidate_all()
        return production

    def test_a_check_made_afterwards_does_not_heal(self):
        """Found OK after the fault says nothing for the time before."""
        self.sheet("coding", "E15", at="2026-12-08 10:30", notice_line_id=self.line.id)
        case = self.draft_case("coding", notice_id=self.notice.id)
        self.assertEqual(self.facts(case, "L-K2"), {"no_coding": "missing"})

    def test_in_order_of_time(self):
        """Fault, discovery and report among the records; what is missing comes last."""
        self.skipped("coding", "E15", notice_line_id=self.line.id)
        case = self.draft_case("coding", notice_id=self.notice.id)
        self.assertEqual([(moment_, kind) for moment_, kind, _text in case.sudo()._timeline()], [
            (moment("2026-12-08 09:00"), "supports"), (moment(FAULT), "event"),
            (moment(FOUND), "event"), (moment(FOUND), "event")])
        missing = self.draft_case("coding", notice_id=self.new_notice("SC-none").id)
        self.assertEqual(missing.sudo()._timeline()[-1][:2], (False, "missing"))
        html = self.by(missing, "E20").timeline_html
        self.assertIn("o_incident_at_missing", html)
        self.assertIn("2026-12-08 10:00", html)

    def test_found_wrong_and_went_on(self):
        self.sheet("piece_count", "E13", {0: "not_ok"}, notice_line_id=self.line.id)
        case = self.draft_case("packing", notice_id=self.notice.id)
        self.assertEqual(self.facts(case, "L-P2"), {"not_ok": "supports"})

    def test_s14_film_not_checked(self):
        """S14 A: incoming check missing → R2, with O4 and Q3 in the pool."""
        self.duty("OP", "E18")
        self.duty("QC", "E20")
        case = self.draft_case("raw_material", loss="384.00", lot_ids=self.lot("RM08").ids,
                               notice_id=self.notice.id)
        self.assertEqual(set(case.sudo().match_ids.rule_id.mapped("code")),
                         {"L-R2", "L-O4", "L-Q3"})
        self.assertEqual(case.sudo().leading_rule_id.code, "L-R2")
        self.assertEqual(self.shares(case), [
            ("E14", 70, "268.80"), ("E18", 15, "57.60"), ("E20", 15, "57.60")])

    def test_a_missing_check_accuses_nobody_elsewhere(self):
        """An unchecked film is nobody's fault when something else went wrong."""
        case = self.draft_case("loading", lot_ids=self.lot("RM08").ids)
        self.assertFalse(self.candidate(case, "L-R2"))
        self.assertFalse(case.sudo().match_ids)


class TestOtherEvidence(EvidenceCase):
    """Purchases, keepers' answers, plan, first article, counts."""

    def purchase(self, buyer, code="PK04_v1"):
        return self.env["purchase.order"].create({
            "partner_id": self.ref("V03").id, "user_id": self.user(buyer).id,
            "company_id": self.company.id,
            "order_line": [(0, 0, {"product_id": self.ref(code).id, "product_qty": 10,
                                   "price_unit": 1})]})

    def test_s3_the_buyer(self):
        for buyer, standing, facts in (
            ("E05", "likely", {"bought_by_salesperson": "supports"}),
            ("E11", "unlikely", {"bought_by_merchandiser": "contradicts"}),
            ("E16", "open", {"no_buyer": "missing"}),
        ):
            with self.subTest(buyer):
                case = self.draft_case("own_purchase", loss="1100.00", number="E20",
                                       purchase_ids=self.purchase(buyer).ids)
                self.assertEqual(self.facts(case, "L-S3"), facts)
                self.assertEqual(self.candidate(case, "L-S3").standing, standing)
                if standing == "likely":
                    self.assertEqual(self.shares(case), [("E05", 100, "1100.00")])
        case = self.draft_case("own_purchase")
        self.assertEqual(self.facts(case, "L-S3"), {"no_record": "missing"})

    def ask(self, need, at="2026-11-28 10:00"):
        with self.at(at):
            question = self.env["gendan.eta.enquiry"].with_user(self.user("E11")).create({
                "need_id": need.id, "addressee_id": self.user("E14").id})
            question.action_ask()
        return question

    def answer(self, question, date, at):
        with self.at(at):
            self.by(question, "E14").action_answer(on_hand=0, promised_date=date)

    def test_r3_a_promise_that_moved(self):
        """S06.6: 孙涛 promised 12-02, then 12-05: 1,800.00 his."""
        question = self.ask(self.new_need("RM06", 830))
        self.answer(question, "2026-12-02", "2026-11-28 11:00")
        kept = self.draft_case("plan", at="2026-12-01 10:00", found="2026-12-01 11:00",
                               notice_id=self.notice.id)
        self.assertEqual(self.facts(kept, "L-R3"), {"promise_kept": "contradicts"})
        self.answer(question, "2026-12-05", "2026-12-02 10:20")
        moved = self.draft_case("plan", loss="1800.00", at="2026-12-02 10:20",
                                found="2026-12-02 10:40", notice_id=self.notice.id)
        self.assertEqual(self.facts(moved, "L-R3"), {"promise_moved": "supports"})
        moved.match_ids.sudo().unlink()
        self.match(moved, "L-R3")
        self.assertEqual(self.shares(moved), [("E14", 100, "1800.00")])

    def test_r3_never_asked(self):
        case = self.draft_case("plan", notice_id=self.notice.id)
        self.assertEqual(self.facts(case, "L-R3"), {"never_asked": "contradicts"})

    def test_m4_no_plan(self):
        case = self.draft_case("plan", notice_id=self.notice.id)
        self.assertEqual(self.facts(case, "L-M4"), {"no_plan": "missing"})
        self.assertEqual(self.candidate(case, "L-M4").standing, "likely")

    def test_honest_about_what_is_not_recorded(self):
        """No record, no accusation: the card says which record would show it."""
        for cause, code in (("plate", "L-S5"), ("shipping", "L-S4"), ("shipping", "L-M5"),
                            ("communication", "L-M3"), ("machine", "L-O2"),
                            ("found_late", "L-Q2"), ("carton_size", "D3.10"),
                            ("loading", "D6.6"), ("communication", "L-S2")):
            with self.subTest(code):
                case = self.draft_case(cause)
                self.assertEqual(self.facts(case, code), {"no_record": "missing"})
                self.assertEqual(self.candidate(case, code).standing, "open")
                self.assertNotIn(code, case.sudo().match_ids.rule_id.mapped("code"))

    def test_k3_the_count(self):
        """S: book 5,000, actual 4,300."""
        product = self.ref("PK04_v1")
        lot = self.lot("PK04_v1", "PK04-1")
        place = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1).lot_stock_id
        with self.at("2026-12-08 09:30"):
            quants = self.env["stock.quant"].with_company(self.company)
            quants._update_available_quantity(product, place, 5000, lot_id=lot)
            quant = quants._gather(product, place, lot_id=lot, strict=True)
            quant.with_context(inventory_mode=True).inventory_quantity = 4300
            quant.action_apply_inventory()
        case = self.draft_case("stock_book", loss="450.00", lot_ids=lot.ids)
        self.assertEqual(self.facts(case, "L-K3"), {"count_short": "supports"})
        self.assertIn("700", self.candidate(case, "L-K3").reason)
        self.assertEqual(self.shares(case), [("E15", 100, "450.00")])

    def test_facts_stay_as_they_were_read(self):
        """Traced again after the check was made up for: the first tracing still stands."""
        case = self.draft_case("coding", notice_id=self.notice.id)
        first = self.candidate(case, "L-K2")
        self.skipped("coding", "E15", at="2026-12-08 10:30", notice_line_id=self.line.id)
        with self.at(FOUND):
            self.by(case, "E20").action_trace()
        self.assertEqual(first.fact_ids.code, "no_coding")
        self.assertEqual(self.facts(case, "L-K2"), {"skipped": "supports"})
        self.assertEqual(case.sudo().trace, 2)

    def test_m6_only_without_another(self):
        """S15.8: on hold by mistake; the percentage is the panel's."""
        case = self.draft_case("other", notice_id=self.notice.id, loss="500.00")
        self.assertEqual(self.facts(case, "L-M6"), {"no_record": "missing"})
        self.match(case, "L-M6")
        self.assertEqual(self.shares(case), [("E11", 0, "0.00")])


@tagged("post_install", "-at_install")
class TestEvidenceCost(EvidenceCase):
    """As many queries with a year of history as without (issue 8)."""

    def trace_queries(self, incident):
        self.env.flush_all()
        self.env.invalidate_all()
        incident = self.env["gendan.incident"].sudo().browse(incident.id)
        before = self.cr.sql_log_count
        with self.at(FOUND):
            self.env["gendan.liability.evidence"].sudo()._examine(incident)
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_constant(self):
        case = self.draft_case("raw_material", notice_id=self.notice.id,
                               lot_ids=self.lot("RM08").ids)
        self.trace_queries(case)  # what is cached for ever is cached now
        empty = self.trace_queries(case)
        self.make_history()
        self.assertEqual(self.trace_queries(case), empty)

    def report_queries(self):
        """Return the queries of reporting a case, with its tracing and its proposal."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        case = self.draft_case("coding", notice_id=self.notice.id)
        self.env.flush_all()
        queries = self.cr.sql_log_count - before
        self.assertTrue(case.sudo().share_ids)
        return queries

    def test_the_whole_proposal_is_constant(self):
        """From the report to the shares: links, tracing, persons and cents."""
        self.report_queries()  # what is cached for ever is cached now
        empty = self.report_queries()
        self.make_history()
        self.assertEqual(self.report_queries(), empty)

    def make_history(self):
        """A year around it: other notices with sheets, refusals and incidents of their own."""
        self.env["gendan.audit"].sudo().create([{
            "kind": "refused", "gate": "x", "res_model": "gendan.production.notice",
            "res_ids": "[1]", "document": f"SC-{number}", "company_id_int": self.company.id,
            "user_id_int": 1, "user_name": "x", "message": "x",
            "occurred_at": moment(FAULT)} for number in range(300)])
        for number in range(20):
            notice = self.new_notice(f"H-{number}")
            self.skipped("coding", "E15", notice_line_id=notice.line_ids.id)
            self.report(notice_id=notice.id, cause_id=self.cause("coding").id)
            self.duty("QC", "E20", day=f"2026-11-{number + 1:02d}")
