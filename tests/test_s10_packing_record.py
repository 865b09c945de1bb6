"""S10: the packing record of the wrong bag (Tuesday 2026-12-08)."""

from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import FollowupCase, moment, photo

PACKING_QUALITY, PACKING = "E21", "E13"


@tagged("stories")
class TestS10PackingRecord(FollowupCase):
    """F01 for C07 in old v2 bags: 邓梅 finds it in packing."""

    def setUp(self):
        super().setUp()
        with self.at("2026-12-07 09:00"):
            self.order = self.new_order("E05", "C07", [("F01", 14_400, 8.7)], "2026-12-20")
            self.make_valid(self.order, "E05", "E10")
            self.release(self.order, "E10")
        self.line = self.order.sudo().notice_id.line_ids

    def test_the_wrong_version_is_on_record(self):
        with self.at("2026-12-08 10:00"):
            line = self.by(self.line, PACKING_QUALITY)
            page = line.phone_open_check("piece_count")
            sheet = line.env["gendan.check.sheet"].browse(page["id"])
            bag = sheet.line_ids.filtered(
                lambda point: point.template_line_id == self.env.ref(
                    "gendan_followup.check_point_piece_count_bag"))
            self.assertEqual(bag.expected, self.ref("PK02_v3").display_name, "as the notice says")
            bag.write({"result": "not_ok", "note": "v2 旧袋 2,400", "photo": photo()})
            pieces = sheet.line_ids.filtered("has_limits")
            pieces.measured_value = pieces.limit_low
            (sheet.line_ids - bag - pieces).write({"result": "ok"})
            sheet.action_close()
        self.assertRecordValues(sheet, [{
            "state": "closed", "result": "not_ok", "notice_id": self.order.sudo().notice_id.id,
            "employee_id": self.ref(PACKING_QUALITY).id,
            "event_at": moment("2026-12-08 10:00")}])
        self.assertRecordValues(bag, [{
            "result": "not_ok", "employee_id": self.ref(PACKING_QUALITY).id}])
        with self.subTest("and stays so"), self.refused("closed|Closed"):
            self.by(bag, PACKING).result = "ok"
        with self.at("2026-12-08 16:00"):
            row = next(one for one in self.by(self.line, PACKING).phone_packing()
                       if one["line"] == self.line.id)
        self.assertEqual((row["piece_count"], row["bad"]), (1, 1), "red on the packing page")
