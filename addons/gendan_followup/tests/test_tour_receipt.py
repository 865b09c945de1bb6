from odoo.tests import tagged

from .packaging_case import PackagingVerbs
from .test_tour_order import TourCase

KEEPER, DEVICE = "E15", "pad_stores"


@tagged("post_install", "-at_install")
class TestTourReceipt(PackagingVerbs, TourCase):
    """A keeper checks a delivery in on the phone of the stores: badge, points, photo (X11, X17)."""

    browser_size = "390x844"
    touch_enabled = True

    def setUp(self):
        super().setUp()
        self.order = self.released("E04", "C02", [("F11", 12_000, 0.85)], "2027-12-22")
        self.purchase = self.buy(self.need_of(self.order, "PK04_v1"), 8000)
        self.move = self.purchase.sudo().picking_ids.move_ids

    def sheet(self):
        return self.env["gendan.check.sheet"].search([
            ("picking_id", "=", self.move.picking_id.id)])

    def on_the_device(self, name):
        self.start_tour("/odoo", name, login=self.user(DEVICE).login, timeout=120)
        self.env.invalidate_all()

    def test_checked_in_by_badge_with_a_photo(self):
        self.on_the_device("gendan_receipt_phone")
        self.assertRecordValues(self.move, [{"state": "done", "quantity": 8000}])
        sheet = self.sheet()
        self.assertRecordValues(sheet, [{
            "result": "ok", "state": "closed", "employee_id": self.ref(KEEPER).id,
            "user_id": self.user(DEVICE).id, "device": self.user(DEVICE).name}])
        self.assertEqual(set(sheet.line_ids.mapped("result")), {"ok"})
        self.assertTrue(sheet.line_ids[:1].photo)
        self.assertRecordValues(sheet.lot_id, [{"name": "PK04-2612", "check_state": "ok"}])

    def test_the_first_print_is_seen_beside_the_required_text(self):
        """L-K2: after the photo is taken, and again when the sheet is opened anew."""
        self.on_the_device("gendan_coding_phone")
        line = self.order.sudo().notice_id.line_ids
        sheet = self.env["gendan.check.sheet"].search([
            ("notice_line_id", "=", line.id), ("kind", "=", "coding")])
        self.assertRecordValues(sheet, [{"state": "closed", "result": "ok",
                                         "employee_id": self.ref(KEEPER).id}])
        self.assertEqual(len(sheet.line_ids.filtered("photo")), 1)

    def test_unchecked_is_one_tap_and_a_name(self):
        self.on_the_device("gendan_receipt_unchecked_phone")
        self.assertEqual(self.move.state, "done")
        self.assertRecordValues(self.sheet(), [{
            "result": "skipped", "employee_id": self.ref(KEEPER).id}])
        self.assertEqual(self.sheet().lot_id.check_state, "skipped")
