from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CHAIR, DECIDED, HR, LiabilityCase


@tagged("post_install", "-at_install")
class TestReports(LiabilityCase):
    """By rule, role, person, product and month; repeats; the sheet (L-G10, form 14)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.film = cls.factory.ref("F11")

    def rows(self, number=CHAIR, **domain):
        self.env.flush_all()
        return self.env["gendan.incident.report"].with_user(self.user(number)).search(
            [(name, "=", value) for name, value in domain.items()])

    def test_parts_add_up_to_the_loss(self):
        case = self.proposed("L-R2", loss="384.00", product_id=self.film.id)
        rows = self.rows(incident_id=case.id)
        self.assertEqual(sorted(rows.mapped("loss_part")), [115.20, 268.80])
        self.decide(case)
        rows = self.rows(incident_id=case.id)
        self.assertAlmostEqual(sum(rows.mapped("loss_part")), 384)
        self.assertEqual(rows.filtered("employee_id").employee_id, self.ref("E14"))
        self.assertEqual(set(rows.mapped("family")), {"raw_keeper"})

    def test_groups(self):
        self.decide(self.proposed("L-K4", loss="960.00"))
        self.decide(self.proposed("L-K4", loss="40.00", at="2026-12-08 10:30"))
        report = self.env["gendan.incident.report"].with_user(self.user(CHAIR))
        self.env.flush_all()
        for field, expected in (
            ("employee_id", {"马丽": 500.0, "赵秀英": 500.0}),
            ("role", {"packaging": 500.0, "packaging_keeper": 500.0}),
            ("rule_id", {"L-K4": 1000.0}),
        ):
            with self.subTest(field):
                groups = report._read_group(
                    [("employee_id", "!=", False)], [field], ["loss_part:sum"])
                self.assertEqual(
                    {getattr(key, "code", None) or getattr(key, "name", key): amount
                     for key, amount in groups}, expected)
        counted = report._read_group([], [], ["incident_id:count_distinct"])
        self.assertEqual(counted, [(2,)])
        cases = self.env["gendan.incident"].with_user(self.user(CHAIR))
        for field, expected in (("ruled_by_id", "L-K4"), ("cause_id", None)):
            with self.subTest(field, of="cases"):
                ((key, number, loss),) = cases._read_group(
                    [("state", "!=", "cancel")], [field], ["__count", "loss:sum"])
                self.assertEqual((key.code if expected else None, number, loss),
                                 (expected, 2, 1000))

    def test_cases_and_persons_add_up_alike(self):
        """The loss by case is the loss by person, what nobody bears included."""
        self.decide(self.proposed("L-R2", loss="384.01", product_id=self.film.id))
        self.proposed("L-K4", loss="960.00", at="2026-12-08 10:30")
        self.env.flush_all()
        cases = self.env["gendan.incident"].with_user(self.user(CHAIR))
        by_case = cases._read_group([], ["ruled_by_id"], ["loss:sum"])
        parts = self.env["gendan.incident.report"].with_user(self.user(CHAIR))._read_group(
            [], ["rule_id"], ["loss_part:sum"])
        self.assertEqual(len(by_case), 2)
        self.assertEqual({rule: round(loss, 2) for rule, loss in by_case},
                         {rule: round(loss, 2) for rule, loss in parts})

    def test_products_with_the_largest_loss_come_first(self):
        small, large = self.ref("F02"), self.film
        self.proposed("L-R2", loss="10.00", product_id=small.id)
        self.proposed("L-R2", loss="384.00", product_id=large.id)
        self.env.flush_all()
        cases = self.env["gendan.incident"].with_user(self.user(CHAIR))

        def products(**how):
            return [group["product_id"][0] for group in cases.formatted_read_group(
                [], ["product_id"], ["loss:sum"], **how)]

        self.assertEqual(products(), [large.id, small.id])
        self.assertEqual(products(order="loss:sum"), [small.id, large.id])

    def test_personnel_reads_what_is_decided(self):
        """A proposal is nobody's business but the panel's (L-G9)."""
        case = self.proposed("L-K4", loss="960.00")
        self.assertTrue(self.rows(incident_id=case.id))
        self.assertFalse(self.rows(HR, incident_id=case.id))
        self.decide(case)
        self.assertEqual(sum(self.rows(HR, incident_id=case.id).mapped("loss_part")), 960)

    def test_repeats(self):
        """The same kind on the same product within 90 days is a repeat."""
        kind = self.cause("raw_material").id
        for day, repeat in (("2026-08-01", 0), ("2026-11-01", 0), ("2026-12-01", 1),
                            ("2026-12-08", 2)):
            with self.subTest(day):
                case = self.report(at=f"{day} 10:00", found=f"{day} 11:00", cause_id=kind,
                                   product_id=self.film.id)
                self.assertEqual(set(self.rows(incident_id=case.id).mapped("same_before")),
                                 {repeat})

    def test_nobody_writes_what_it_stands_on(self):
        case = self.proposed("L-R2", loss="384.00", number="E20", product_id=self.film.id)
        self.by(case, "E20").action_reopen()
        for name in ("rest_percent", "rest_amount", "ruled_by_id", "same_before"):
            with self.subTest(name), self.refused(".", (AccessError, UserError)):
                self.by(case, "E20").write({name: 1})
        self.assertEqual((case.sudo().rest_percent, case.sudo().rest_amount), (30, 115.20))
        self.assertEqual(case.sudo().ruled_by_id.code, "L-R2")

    def test_repeats_follow_the_case(self):
        """Moved to another kind, withdrawn, or reported later: counted anew."""
        kind, other = self.cause("raw_material").id, self.cause("coding").id
        first, second, third = (self.report(
            at=f"{day} 10:00", found=f"{day} 11:00", cause_id=kind, product_id=self.film.id)
            for day in ("2026-12-01", "2026-12-05", "2026-12-08"))
        counts = lambda: [case.sudo().same_before for case in (first, second, third)]  # noqa: E731
        self.assertEqual(counts(), [0, 1, 2])
        self.by(second, "E20").cause_id = other
        self.assertEqual(counts(), [0, 0, 1])
        self.by(second, "E20").cause_id = kind
        with self.at(DECIDED):
            self.by(first, "E20").action_cancel("重复")
        self.assertEqual(counts(), [0, 0, 1])
        early = self.report(at="2026-11-20 10:00", found="2026-12-08 12:00", cause_id=kind,
                            product_id=self.film.id)
        self.assertEqual((early.sudo().same_before, counts()), (0, [0, 1, 2]))

    def test_sheet_quotes_the_chinese_rule(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        case = self.proposed("L-K4", loss="960.00", notice_id=self.notice.id)
        self.decide(case, reason="发错旧版袋", lines=self.as_proposed(case, E13=40))
        html = self.render("gendan_liability.report_decision_sheet", case, CHAIR)
        for text in (case.name, "发错包装袋出现的质量事故,包材仓管与包装主任负对半责任", "马丽",
                     "赵秀英", "480.00", "384.00", "960.00", "发错旧版袋", "SC-2611-9012"):
            with self.subTest(text):
                self.assertIn(text, html)

    def test_sheet_for_one_person(self):
        """Without the amounts of the others."""
        case = self.proposed("L-K4", loss="960.00")
        self.decide(case, lines=self.as_proposed(case, E13=40))
        line = case.sudo().decision_id.line_ids[1]
        html = self.render("gendan_liability.report_person_sheet", line, CHAIR)
        self.assertIn("384.00", html)
        self.assertNotIn("480.00", html)

    def render(self, report, records, number):
        content, _kind = self.env["ir.actions.report"].with_user(
            self.user(number))._render_qweb_html(report, records.ids)
        return content.decode()
