"""The words of the shop floor: Simplified Chinese, one word per thing, no slip of the text (X9)."""

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path

ADDONS = ("gendan_followup", "gendan_liability")
# slips of the source text and what is meant (A1–A3, A9); the rules quote it as it is written
SLIPS = {
    "埋头": "唛头",
    "麦头": "唛头",
    "据水": "拒水",
    "麻木": "未经检验",
    "盲木": "盲目",
    "宽幅": "幅宽",
}
TRADITIONAL = "單產質檢廠長車間貨數樣條確認"


@tagged("stories")
class TestWords(TransactionCase):
    """What is read on screens and prints; the quoted rules are no labels."""

    def chinese(self, addon):
        """Return ``{term: Chinese}`` of an addon."""
        return {
            entry.msgid: entry.msgstr
            for entry in polib.pofile(file_path(f"{addon}/i18n/zh_CN.po"))
            if not entry.obsolete
        }

    def test_no_slip_of_the_text_is_a_label(self):
        for addon in ADDONS:
            for term, text in self.chinese(addon).items():
                for slip, meant in SLIPS.items():
                    if slip in text:
                        self.fail(f"{addon}: {term!r} says {slip}, meant is {meant}")
                if found := set(text) & set(TRADITIONAL):
                    self.fail(f"{addon}: {term!r} has traditional characters {found}")

    def test_no_slip_stands_in_the_master_data(self):
        """Check points, causes, milestones and stages as they are read in Chinese."""
        for model, name in (
            ("gendan.check.template.line", "name"),
            ("gendan.incident.cause", "name"),
            ("mail.activity.type", "name"),
            ("ir.ui.menu", "name"),
            ("ir.actions.act_window", "name"),
        ):
            rows = self.env[model].with_context(lang="zh_CN", active_test=False).search([])
            self.assertTrue(rows)
            for text in rows.mapped(name):
                for slip in SLIPS:
                    self.assertNotIn(slip, text or "", model)

    def test_one_word_per_document(self):
        """Section 0.1: each document has its one name."""
        names = {
            "gendan.production.notice": "生产通知单",
            "gendan.shipping.notice": "出运通知单",
            "gendan.issue.slip": "出库单",
            "gendan.dispatch": "派车单",
            "gendan.loading.report": "监柜",
            "gendan.first.article": "首件",
            "gendan.incident": "质量事故",
        }
        for model, word in names.items():
            with self.subTest(model=model):
                self.assertIn(
                    word, self.env["ir.model"].with_context(lang="zh_CN")._get(model).name
                )
