import unicodedata

import pypdfium2

from odoo.tests import HttpCase, tagged

from .common import CHAIR, HR, LiabilityCase

# radicals that the PDF writes for whole characters, and that normalising leaves alone
RADICALS = str.maketrans("⻩⻓", "黄长")


@tagged("post_install", "-at_install")
class TestSheetPdf(LiabilityCase, HttpCase):
    """质量事故责任认定书 as paper: Chinese, with the rule in the words of the text (form 14)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.env["ir.config_parameter"].set_param("report.url", cls.base_url())

    def setUp(self):
        super().setUp()
        # neither of the two has a login
        self.duty("OP", "E17", "E18")
        self.case = self.proposed("L-O1", loss="1200.00", notice_id=self.notice.id,
                                  subject="切长 180 mm, 订单 200 mm")
        self.decide(self.case, reason="开机点检未对照通知单")

    def printed(self, report, records, number):
        """Return the PDF that ``number`` gets, as a list of the texts of its pages."""
        reports = self.by(self.env["ir.actions.report"], number)
        content, kind = reports.with_context(force_report_rendering=True)._render_qweb_pdf(
            report, records.ids)
        self.assertEqual(kind, "pdf")
        # the PDF's glyphs may be look-alikes of another block: ⽣ for 生
        return [unicodedata.normalize(
            "NFKC", page.get_textpage().get_text_range()).translate(RADICALS)
                for page in pypdfium2.PdfDocument(content)]

    def test_the_whole_case(self):
        text = "".join(self.printed(
            "gendan_liability.report_decision_sheet", self.case, CHAIR)).replace("\n", "")
        for words in (self.case.name, "质量事故责任认定书", "L-O1",
                      "未按照生产订单开机", "黄勇", "罗刚", "600.00", "1,200.00", "50%",
                      "SC-2611-9012", "开机点检未对照通知单", "徐志强"):
            with self.subTest(words):
                self.assertIn(words, text)

    def test_the_sheet_for_a_person_without_login(self):
        """HR prints it and hands it over: his own amount, nobody else's; where to object."""
        line = self.case.sudo().decision_id.line_ids.filtered(
            lambda line: line.employee_id == self.ref("E17"))
        text = "".join(self.printed(
            "gendan_liability.report_person_sheet", line, HR)).replace("\n", "")
        self.assertIn("黄勇", text)
        self.assertEqual(text.count("600.00"), 2, "his share and his amount, not the other's")
        self.assertIn("未按照生产订单开机", text)
