import re
from datetime import datetime

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from .common import GENERAL_MANAGER, ROLE_KEYS, LiabilityCase
from .mini_cases import RULE_PARTS

EVERYBODY = ("E01", "E02", "E03", "E06", "E07", "E09", "E10", "E12", "E13", "E14", "E15",
             "E16", "E20", "E27")


class TestRules(LiabilityCase):
    """The 28 rules of the text as data (section 12)."""

    def setUp(self):
        super().setUp()
        self.rules = self.env["gendan.liability.rule"].search([])
        self.text_rules = self.rules.filtered(lambda rule: rule.code.startswith("L-"))

    def test_twenty_eight(self):
        """SP 5 + MR 6 + RK 3 + KK 4 + OP 4 + QC 3 + packing 3 = 28."""
        count = {}
        for rule in self.text_rules:
            count[rule.family] = count.get(rule.family, 0) + 1
        self.assertEqual(count, {
            "salesperson": 5, "merchandiser": 6, "raw_keeper": 3, "packaging_keeper": 4,
            "operator": 4, "qc": 3, "packaging": 3})
        self.assertEqual(len(self.text_rules), 28)
        self.assertEqual(set((self.rules - self.text_rules).mapped("code")),
                         {"D3.10", "D3.14", "D6.5", "D6.6", "OUT"})

    def test_roles_and_shares(self):
        """Each rule names the roles with the words of the table, the leading party first."""
        for rule in self.text_rules:
            with self.subTest(rule.code):
                self.assertEqual(
                    [tuple(part) for part in rule._parts()],
                    [(ROLE_KEYS[part.role], part.code) for part in RULE_PARTS[rule.code]])
        for rule in self.rules - self.text_rules:
            with self.subTest(rule.code):
                self.assertEqual([tuple(part) for part in rule._parts()],
                                 [] if rule.code == "OUT" else [("merchandiser", "unspecified")])

    def test_total_and_without_overlap(self):
        """No clause is empty or stands there twice, and every one can be proposed."""
        for field in ("code", "text_zh", "text_en"):
            with self.subTest(field):
                values = self.rules.mapped(field)
                self.assertTrue(all(values))
                self.assertEqual(len(values), len(set(values)))
        engine = self.env["gendan.liability.evidence"]
        for rule in self.rules:
            with self.subTest(rule.code):
                self.assertTrue(hasattr(engine, engine._method_of(rule)))
                self.assertTrue(rule.cause_id)
                self.assertTrue(re.search("[\u4e00-\u9fff]", rule.text_zh))

    def test_words_of_the_share(self):
        """The share code is the word that stands in the wording (A26)."""
        words = {"full": "全责", "primary": "主要", "joint": "连带", "half": "对半"}
        for rule in self.text_rules:
            with self.subTest(rule.code):
                codes = {part.share_code for part in rule.part_ids}
                self.assertEqual({code for code, word in words.items() if word in rule.text_zh},
                                 codes & set(words))

    def test_nobody_changes_the_text(self):
        rule = self.rule("L-S1")
        part = rule.part_ids
        for number in EVERYBODY:
            with self.subTest(number):
                for record, vals in ((rule, {"text_zh": "x"}), (rule, {"code": "L-S9"}),
                                     (part, {"share_code": "full"}), (part, {"role": "qc"}),
                                     (rule.cause_id, {"name": "x"})):
                    with self.refused("given by the text|not allowed to", AccessError):
                        self.by(record, number).write(vals)
                with self.refused("given by the text|not allowed to", AccessError):
                    self.by(rule, number).unlink()
                with self.refused("given by the text|not allowed to", AccessError):
                    self.by(self.rules, number).create({
                        "code": "L-X1", "family": "qc", "text_zh": "x", "text_en": "x",
                        "proof_zh": "x", "proof_en": "x", "cause_id": rule.cause_id.id})
        self.assertEqual((rule.code, part.share_code), ("L-S1", "unspecified"))

    def test_an_administrator_neither(self):
        """Rights do not help: not those of the administrator, not by import."""
        admin = self.env.ref("base.user_admin")
        self.env["ir.model.access"].create({
            "name": "granted by himself", "model_id": self.env["ir.model"]._get_id(
                "gendan.liability.rule"), "group_id": self.env.ref("base.group_system").id,
            "perm_read": True, "perm_write": True, "perm_create": True, "perm_unlink": True})
        rule = self.rule("L-S1").with_user(admin)
        with self.refused("given by the text", AccessError):
            rule.write({"text_zh": "x"})
        with self.refused("given by the text", AccessError):
            rule.write({"part_ids": [Command.clear()]})
        with mute_logger("odoo.models"):
            result = rule.load([".id", "text_zh"], [[str(rule.id), "x"]])
        self.assertTrue(result["messages"])
        self.assertNotEqual(self.rule("L-S1").text_zh, "x")


class TestPercentages(LiabilityCase):
    """What the words are worth, in versions (A26, X7)."""

    def version(self, number=GENERAL_MANAGER, **values):
        return self.env["gendan.liability.percentage"].with_user(self.user(number)).create({
            "date_from": "2026-12-09", "reason": "厂务会", **values})

    def test_shipped(self):
        with self.at("2026-12-08 09:00"):
            now = self.env["gendan.liability.percentage"]._in_force(
                self.company, datetime(2026, 12, 8))
        self.assertRecordValues(now, [{
            "full": 100, "primary": 70, "joint": 30, "half": 50, "unspecified": 100,
            "objection_days": 5}])

    def test_only_the_general_manager(self):
        for number in EVERYBODY[1:]:
            with self.subTest(number), self.at("2026-12-08 09:00"), self.refused(
                    "not allowed to create", AccessError):
                self.version(number)
        with self.at("2026-12-08 09:00"):
            self.assertEqual(self.version(primary=60, joint=40).primary, 60)

    def test_never_rewritten(self):
        with self.at("2026-12-08 09:00"):
            version = self.version()
            for error, act in ((UserError, lambda rows: rows.write({"primary": 10})),
                               (UserError, lambda rows: rows.unlink())):
                with self.subTest(act), self.refused("not rewritten|not allowed", error):
                    act(self.by(version, GENERAL_MANAGER))
            with self.refused("has passed", ValidationError):
                self.version(date_from="2026-12-07")
        self.assertEqual(version.primary, 70)

    def test_bad_figures(self):
        for values in ({"primary": 80}, {"half": 51}, {"full": 101}, {"joint": -1},
                       {"objection_days": 0}, {"unspecified": 100.01}):
            with self.subTest(values), self.at("2026-12-08 09:00"), self.refused(
                    "gendan_liability_percentage_range", IntegrityError):
                self.version(**values)

    def test_a_decision_keeps_its_version(self):
        """Decided under 70/30; the new version changes proposals, not what was decided."""
        incident = self.proposed("L-M1", loss="1000.00", notice_id=self.notice.id)
        old = self.decide(incident)
        with self.at("2026-12-08 16:00"):
            self.version(primary=60, joint=40)
        later = self.proposed("L-M1", loss="1000.00", notice_id=self.notice.id,
                              at="2026-12-09 10:00", found="2026-12-09 11:00")
        self.assertEqual(self.shares(later), [("E04", 60, "600.00"), ("E11", 40, "400.00")])
        self.assertEqual(old.percentage_id.primary, 70)
        self.assertEqual(old.line_ids.mapped("percent"), [70, 30])
        with self.assertRaises(UserError):
            old.sudo().write({"percentage_id": later.sudo().percentage_id.id})
