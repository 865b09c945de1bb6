from odoo.tests import tagged

from .common import FollowupVerbs, photo
from .packaging_case import KEEPER, MERCHANDISER, PackagingVerbs
from .print_case import PrintCase

RAW_KEEPER, QC = "E14", "E21"


@tagged("post_install", "-at_install")
class TestMaterialsPapers(PackagingVerbs, FollowupVerbs, PrintCase):
    """Forms 3, 4 and 6 and the needs, as they come out of the printer in Chinese (X10)."""

    def setUp(self):
        super().setUp()
        self.order = self.released("E04", "C02", [("F11", 12_000, 0.85)], "2027-12-22")
        self.notice = self.order.sudo().notice_id
        self.line = self.notice.line_ids

    def paper(self, report, record, number):
        """Return the text of the one page that ``number`` prints in Chinese."""
        pages = self.printed(f"gendan_followup.{report}", self.by(record, number), number, "zh_CN")
        self.assertEqual(len(pages), 1)
        return pages[0].replace(" ", "")

    def assert_says(self, paper, *words):
        for word in words:
            with self.subTest(word):
                self.assertIn(word.replace(" ", ""), paper)

    def checked_in(self, code, quantity, number, supplier, **values):
        need = self.need_of(self.order, code)
        purchase = self.buy(need, quantity, supplier=supplier, **values)
        move = purchase.sudo().picking_ids.move_ids
        template = self.env["gendan.check.template"]._template_of(
            move._incoming_kind(), self.company)
        points = template.line_ids
        answers = {str(point.id): {"result": "ok"} for point in points}
        answers[str(points[:1].id)]["photo"] = photo().decode()
        # opened in English, and printed in the reader's language all the same
        self.by(move.picking_id, number).action_sync([{
            "key": code, "kind": "receive", "move": move.id, "lot": f"L-{code}",
            "quantity": purchase.order_line.product_qty, "answers": answers}])
        return self.env["gendan.check.sheet"].search(
            [("picking_id", "=", move.picking_id.id)], limit=1)

    def test_form_3_packaging(self):
        sheet = self.checked_in("PK04_v1", 8000, KEEPER, "V03")
        self.assert_says(self.paper("report_check_sheet", sheet, KEEPER), sheet.name, "L-PK04_v1",
                         "PK04-v1", "8,000 个", "彩捷软包装", "马丽", "包材仓管", "质检")

    def test_form_3_raw_material(self):
        self.put("RM06", -self.ref("RM06").qty_available)
        order = self.released("E04", "C02", [("F11", 4000, 0.85)], "2027-12-24")
        self.order = order
        sheet = self.checked_in("RM06", 20, RAW_KEEPER, "V01", unit="uom_roll_19_20")
        self.assert_says(self.paper("report_check_sheet", sheet, RAW_KEEPER), "幅宽", "印刷颜色",
                         "印刷方向", "亲水", "拒水", "384 kg", "20 卷", "孙涛", "原材料仓管")

    def test_form_4(self):
        lot = self.env["stock.lot"].search(
            [("product_id", "=", self.ref("PK04_v1").id)], limit=1)
        slip = self.by(self.env["gendan.material.issue"], KEEPER).create({
            "notice_line_id": self.line.id, "product_id": lot.product_id.id, "lot_id": lot.id,
            "quantity": 4000})
        slip.action_issue()
        self.by(slip, "E13").action_take()
        paper = self.paper("report_material_issue", slip, KEEPER)
        self.assert_says(paper, slip.name, self.notice.name, "PK04-v1", lot.name, "4,000", "马丽",
                         "赵秀英")
        self.assertNotIn("4,000.0", paper, "whole pieces are written as whole pieces")
        self.assertRegex(paper, r"马丽\s*\d{4}-\d\d-\d\d\d\d:\d\d", "one style of dates")

    def test_form_6(self):
        state = self.by(self.line, KEEPER).phone_open_coding()
        sheet = self.by(self.env["gendan.check.sheet"].browse(state["id"]), KEEPER)
        sheet.action_sync([{
            "key": str(point["id"]), "kind": "answer", "point": point["id"],
            "values": {"result": "ok", "photo": photo().decode()}} for point in state["points"]])
        sheet.action_close()
        self.assert_says(self.paper("report_check_sheet", sheet, KEEPER), sheet.name,
                         self.notice.name, self.line.code_format, "包材仓管", "包装主任", "质检",
                         "马丽")

    def test_needs(self):
        self.buy(self.need_of(self.order, "PK04_v1"), 5000)
        paper = self.paper("report_material_needs", self.notice, MERCHANDISER)
        self.assert_says(paper, self.notice.name, "PK04-v1", "9,600", "4,600", "8,000", "300",
                         "李娜")
        self.assertNotIn("0.85", paper, "no price")
        self.assertNotRegex(paper, r"\d,\d{3}\.0", "whole pieces are written as whole pieces")
        self.assertIn("2027-12-22", paper)
