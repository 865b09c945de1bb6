"""Forms 2, 5, 7 and the patrol record as they come out of the printer."""

from odoo.tests import tagged

from .common import FollowupVerbs, photo
from .print_case import PrintCase


@tagged("post_install", "-at_install")
class TestFloorPapers(FollowupVerbs, PrintCase):
    """What each form of the source text shows, in the order of the paper (X10)."""

    def setUp(self):
        super().setUp()
        with self.at("2026-12-07 09:00"):
            self.order = self.new_order("E05", "C06", [("F04", 4000, 9.0)], "2026-12-28")
            self.make_valid(self.order)
            self.release(self.order)
        self.line = self.order.sudo().notice_id.line_ids
        self.machine = self.line.production_ids.workorder_ids.workcenter_id[:1]

    def paper(self, report, records, number="E10"):
        return "\n".join(self.printed(f"gendan_followup.report_{report}", records, number, "en_US"))

    def assert_shows(self, text, *words):
        # a narrow column breaks words where it likes
        text = "".join(text.split())
        for word in words:
            with self.subTest(word=word):
                self.assertIn("".join(word.split()), text)

    def test_first_article(self):
        with self.at("2026-12-08 08:30"):
            article = self.open_first_article(self.line, self.machine)
            article.action_start_trial()
            article.action_finish_trial()
            fit = self.by(article.sudo().fit_sheet_id, "E20")
            fit.line_ids[:1].write({"tried_count": 5, "good_count": 5})
            self.by(article, "E10").code_photo = photo()
            self.take_sample(self.by(article, "E10"))
        with self.at("2026-12-08 09:50"):
            self.by(article, "E05").action_accept("符合订单")
        self.assert_shows(
            self.paper("first_article", article), "First article sheet", article.name,
            self.line.notice_id.name, self.machine.name, "黄勇", "Item", "Standard", "Actual",
            "5/5", "王芳", "冯雪", "Accepted", "郑浩", "符合订单", "Not checked")

    def test_first_article_by_phone(self):
        """The paper says whose word it was, and that he signed it afterwards (D5.3)."""
        with self.at("2026-12-08 08:30"):
            article = self.open_first_article(self.line, self.machine)
            article.action_start_trial()
            article.action_finish_trial()
            self.take_sample(self.by(article, "E10"))
            self.by(article, "E10").action_accept_by_phone("电话: 可以大货")
        with self.at("2026-12-08 19:40"):
            self.by(article, "E05").action_countersign()
        with self.at("2026-12-09 09:00"):
            self.by(article, "E05").action_withdraw("色差")
        self.assert_shows(self.paper("first_article", article), "Decided by phone", "郑浩",
                          "Countersigned", "2026-12-08 19:40", "Acceptance withdrawn", "色差")

    def test_start_check_with_the_fit(self):
        with self.at("2026-12-08 08:00"):
            start, fit = (self.sheet("E20", kind) for kind in ("start_check", "bag_fit"))
        text = self.paper("check_sheet", start)
        self.assert_shows(text, "Start check and bag-fit form", start.name, fit.name,
                          self.machine.name, "Material re-checked", "Product in its bag", "冯雪")

    def test_packing_check_with_the_rejects(self):
        with self.at("2026-12-08 10:00"):
            count = self.sheet("E13", "piece_count", machine=False)
            sorting = self.sheet("E13", "sorting", machine=False)
        self.assert_shows(
            self.paper("check_sheet", count), "Packing check form", count.name, sorting.name,
            "Pieces per pack", "Weight of the pack", "Seal", "Rejects sorted out", "赵秀英")

    def test_patrol_record(self):
        patrols = self.by(self.env["gendan.patrol"], "E11")
        with self.at("2026-12-08 10:15"):
            walks = patrols.create([
                {"area": "machine", "kind": "fine"},
                {"area": "machine", "kind": "print", "description": "小熊印反", "photo": photo(),
                 "workcenter_id": self.machine.id, "told_id": self.ref("E18").id,
                 "due_date": "2026-12-09"}])
            walks[1].action_escalate("整批印反")
            self.by(walks[1], "E09").action_answer("用旧批")
        self.assert_shows(self.paper("patrol", walks), "Patrol record", "Nothing abnormal",
                          "小熊印反", "整批印反", "用旧批", self.machine.name, "李娜", "→ 罗刚")

    def sheet(self, number, kind, machine=True):
        line = self.by(self.line, number)
        page = line.phone_open_check(kind, self.machine.id if machine else False)
        sheet = line.env["gendan.check.sheet"].browse(page["id"])
        sheet.action_skip()
        return sheet
