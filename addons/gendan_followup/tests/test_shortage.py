from odoo.exceptions import AccessError

from .common import moment
from .materials_case import MaterialsCase

PK, KK, MR = "E13", "E15", "E11"


class TestShortage(MaterialsCase):
    """缺料盘点: what the book said, and what was there, when packing stopped (L-K3)."""

    def setUp(self):
        super().setUp()
        self.bag = self.ref("PK05_v2")
        self.lot = self.env["stock.lot"].search([("product_id", "=", self.bag.id)], limit=1)

    def report(self, number=PK, **values):
        return self.as_user("gendan.stock.shortage", number).create({
            "notice_line_id": self.line.id, "product_id": self.bag.id, "lot_id": self.lot.id,
            **values})

    def test_book_5000_actual_4300(self):
        with self.at("2026-12-08 10:20"):
            count = self.report()
        self.assertRecordValues(count, [{
            "state": "reported", "book_reported": 5000, "reported_by_id": self.ref(PK).id,
            "reported_at": moment("2026-12-08 10:20")}])
        with self.at("2026-12-08 10:50"):
            self.by(count, KK).action_count(4300)
        self.assertRecordValues(count, [{
            "state": "counted", "book_quantity": 5000, "counted_quantity": 4300,
            "difference": -700, "employee_id": self.ref(KK).id,
            "recorded_at": moment("2026-12-08 10:50")}])
        self.assertIn("700 missing", count.verdict_text)
        self.assertEqual(self.bag.qty_available, 4300, "the book is corrected")
        move = count.move_ids
        self.assertRecordValues(move, [{"is_inventory": True, "quantity": 700, "state": "done"}])
        for record in (self.by(count, KK), count.sudo()):
            with self.refused("kept as it is"):
                record.write({"note": "x"})
        with self.refused("kept as it is|is kept"):
            count.sudo().unlink()

    def test_the_book_is_right(self):
        """Too little was bought: not the keeper's, L-M2."""
        count = self.report()
        self.by(count, KK).action_count(5000)
        self.assertEqual(count.difference, 0)
        self.assertFalse(count.move_ids)
        self.assertIn("The book is right", count.verdict_text)

    def test_more_than_the_book(self):
        count = self.report()
        self.by(count, KK).action_count(5100)
        self.assertEqual((count.difference, self.bag.qty_available), (100, 5100))

    def test_whose_part_it_is(self):
        for number in ("E03", "E07", "E27", MR):
            with self.subTest(number), self.refused("", AccessError):
                self.report(number)
        count = self.report()
        for number in (PK, MR, "E14"):
            with self.subTest(number), self.refused("it is the part of Packaging-material"):
                self.by(count, number).action_count(1)
        self.assertEqual(count.state, "reported")

    def test_bad_input(self):
        count = self.report()
        with self.refused("cannot be less than nothing"):
            self.by(count, KK).action_count(-1)
        with self.refused("is no packaging"):
            self.report(product_id=self.ref("RM06").id, lot_id=False)
        with self.refused("noted by the server"):
            self.by(count, KK).write({"counted_quantity": 4300})
        with self.refused("noted by the server"):
            self.report(book_reported=1)
        with self.refused("not copied"):
            count.copy()
        self.put("PK05_v2", 100)
        several = self.report(lot_id=False)
        with self.refused("lies in several lots or places"):
            self.by(several, KK).action_count(4300)
        self.by(several, PK).action_cancel()
        with self.refused(""):
            self.by(several, KK).action_count(4300)
