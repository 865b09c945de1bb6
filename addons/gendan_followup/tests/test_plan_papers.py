import os
import pathlib

import pypdfium2

from odoo.tests import tagged

from .common import FollowupVerbs
from .print_case import PrintCase
from .shop_floor import ShopFloorCase


@tagged("post_install", "-at_install")
class TestPlanPapers(FollowupVerbs, PrintCase):
    """Form 8 as PDF: machine × day × notice × quantity, signatures, revision and reason (X10)."""

    new_notice = classmethod(ShopFloorCase.new_notice.__func__)
    as_user = ShopFloorCase.as_user

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.notice = cls.new_notice("SC-2611-9012", salesperson_id=cls.factory.ref("user_E04").id)

    def agreed(self):
        with self.at("2026-11-30 09:40"):
            line = self.as_user("gendan.plan.line", "E10").create({
                "workcenter_id": self.ref("machine_bib").id, "day": "2026-12-03",
                "notice_line_id": self.notice.line_ids.id, "quantity": 4200})
            self.by(line.revision_id, "E10").action_publish()
        with self.at("2026-11-30 09:50"):
            self.by(line.revision_id, "E12").action_confirm_production()
            self.by(line.revision_id, "E13").action_confirm_packaging()
        return line

    def look(self, report, records):
        """Keep the page as a picture for whoever asks for it by `GENDAN_PAPERS`."""
        if folder := os.environ.get("GENDAN_PAPERS"):
            reports = self.by(self.env["ir.actions.report"], "E10").with_context(
                force_report_rendering=True, lang="zh_CN")
            content, _kind = reports._render_qweb_pdf(report, records.ids)
            pypdfium2.PdfDocument(content)[0].render(scale=1.6).to_pil().save(
                pathlib.Path(folder) / f"{report.split('.')[1]}.png")

    def test_week_plan(self):
        line = self.agreed()
        report = "gendan_followup.report_plan_revision"
        with self.at("2026-12-02 10:40"):
            pages = self.printed(report, line.revision_id, "E13")
            self.look(report, line.revision_id)
        self.assertEqual(len(pages), 1)
        for text in ("2026-W49", "围兜线", "SC-2611-9012", "4,200", "王芳 2026-11-30 09:40",
                     "刘大伟 2026-11-30 09:50", "赵秀英 2026-11-30 09:50", "12-05", "117%"):
            with self.subTest(text):
                self.assertIn(text, pages[0])
        self.assertNotIn("12-06", pages[0], "Sunday is no column")

    def test_revision_with_its_reason(self):
        line = self.agreed()
        with self.at("2026-12-02 10:40"):
            plan = self.by(line.revision_id.plan_id, "E10")
            plan.action_revise()
            revision = self.by(plan.draft_revision_id, "E10")
            revision.line_ids.day = "2026-12-07"
            revision.reason = "RM05 未到"
            revision.action_publish()
            page = self.printed("gendan_followup.report_plan_revision", revision, "E10")[0]
        for text in ("RM05 未到", "In another week", "12-07", "12-03"):
            with self.subTest(text):
                self.assertIn(text, page)

    def test_day_plan(self):
        line = self.agreed()
        with self.at("2026-12-02 15:10"):
            self.as_user("gendan.day.plan", "E10").action_meeting()
        plan = self.env["gendan.day.plan"].search([("day", "=", "2026-12-03")])
        for number, clock in (("E10", "15:10"), ("E12", "15:20"), ("E13", "15:35")):
            with self.at(f"2026-12-02 {clock}"):
                self.by(plan, number).action_attend()
        report = "gendan_followup.report_day_plan"
        with self.at("2026-12-02 15:40"):
            pages = self.printed(report, plan, "E12")
            self.look(report, plan)
        for text in ("围兜线", "SC-2611-9012", "4,200", "王芳 2026-12-02 15:10",
                     "赵秀英 2026-12-02 15:35", "117"):
            with self.subTest(text):
                self.assertIn(text, pages[0])
        self.assertEqual(plan.line_ids, line)
