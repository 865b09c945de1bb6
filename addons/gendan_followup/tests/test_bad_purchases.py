import psycopg2

from odoo.exceptions import ValidationError
from odoo.fields import Command

from .packaging_case import KEEPER, PackagingCase

UNIT = "uom_film_PK03_v1"


class TestBadPurchases(PackagingCase):
    """What people and imports get wrong around purchases: each refused in words (X3, X14)."""

    def setUp(self):
        super().setUp()
        self.order = self.released("E04", "C03", [("F03", 30_000, 0.5)], "2026-12-22",
                                   merchandiser="E10")
        self.film = self.need_of(self.order, "PK03_v1")
        self.other = self.need_of(self.released(
            "E04", "C03", [("F03", 12_000, 0.5)], "2026-12-28", merchandiser="E10"), "PK03_v1")
        self.enterContext(self.at("2026-11-24 10:00"))

    def film_draft(self, quantity, needs=None, **values):
        return self.draft(needs or self.film, quantity, "E10", unit=UNIT, **values)

    def confirm(self, order):
        self.by(order, "E10").button_confirm()

    # --------------------------------------------------------------------- factor

    def test_factor_zero(self):
        unit = self.ref(UNIT).sudo()
        with self.refused("uom_uom_factor_gt_zero", psycopg2.errors.CheckViolation):
            unit.relative_factor = 0
        with self.refused("gendan_purchase_allocation_factor",
                          psycopg2.errors.CheckViolation):
            self.film_draft(240).order_line.allocation_ids._settle(1, 0)

    def test_factor_missing(self):
        draft = self.film_draft(240)
        draft.order_line.product_uom_id = self.env.ref("uom.product_uom_kgm")
        with self.refused("kg says nothing about how many pieces it holds → buy it in"):
            self.confirm(draft)
        self.assertEqual(self.film.covered, 0)

    def test_in_metres_and_rolls(self):
        """X3: each unit of this very film says how many bags it holds; 36,000 is the limit."""
        film = self.ref("PK03_v1").sudo()
        for name, pieces, within in (("m", 5, 7_200), ("roll", 4_500, 8)):
            unit = self.env["uom.uom"].sudo().create({
                "name": f"{name} (PK03 v1)", "relative_factor": pieces,
                "relative_uom_id": self.ref("uom_piece").id, "packaging_version_id": film.id})
            film.uom_ids += unit
            with self.subTest(name):
                for quantity in (within + 0.01, within + 1):
                    with self.refused("at most 36,000"):
                        self.by(self.in_unit(unit, quantity), "E10").button_confirm()
                order = self.in_unit(unit, within)
                self.confirm(order)
                self.assert_ledger(self.film, 36_000, 0)
                self.by(order, "E10").button_cancel()
        with self.subTest("a metre of another version says nothing about this one"):
            unit.packaging_version_id = self.ref("PK04_v1")
            with self.refused("says nothing about how many pieces it holds"):
                self.by(self.in_unit(unit, 1), "E10").button_confirm()

    def in_unit(self, unit, quantity):
        """Draft a purchase of the film in ``unit``."""
        order = self.film_draft(1)
        self.by(order, "E10").order_line.write({
            "product_uom_id": unit.id, "product_qty": quantity})
        return order

    def test_factor_below_zero(self):
        draft = self.film_draft(240)
        self.ref(UNIT).sudo().relative_factor = -150
        self.env.invalidate_all()
        with self.refused("says nothing about how many pieces it holds"):
            self.confirm(draft)

    # ------------------------------------------------------------------ take back

    def test_an_order_under_way_is_no_draft_again(self):
        """D3.3, X4: else a second one is placed, and the goods of both come in."""
        first = self.film_draft(230)
        self.confirm(first)
        for door in (lambda order: order.button_draft(),
                     lambda order: order.write({"state": "draft"}),
                     lambda order: order.write({"state": "sent"}),
                     lambda order: order.write({"state": "cancel"})):
            for number in ("E10", "E09", "E07"):
                with self.subTest(number), self.refused("the receipt of these goods is still open"):
                    door(self.by(first, number))
        self.assertEqual(first.state, "purchase")
        self.by(first, "E10").button_cancel()
        self.assertEqual(set(first.sudo().picking_ids.mapped("state")), {"cancel"})
        self.by(first, "E10").button_draft()
        self.confirm(first)

    # ----------------------------------------------------------------- allocation

    def test_a_negative_allocation_says_so(self):
        draft = self.film_draft(240)
        result = self.by(self.env["gendan.purchase.allocation"], "E10").load(
            ["need_id/.id", "purchase_line_id/.id", "quantity"],
            [[str(self.other.id), str(draft.order_line.id), "-1"]])
        self.assertIn("An allocation cannot be below zero.", result["messages"][0]["message"])
        self.assertFalse(self.other.allocation_ids)

    def test_shares_above_the_line(self):
        draft = self.film_draft(100, self.film | self.other, shares=[12_000, 3_001])
        with self.refused("15,001 are divided among 2 needs, the line buys 15,000 → reduce"):
            self.confirm(draft)
        draft.order_line.allocation_ids.filtered(
            lambda one: one.need_id == self.other).quantity = 3_000
        self.confirm(draft)
        self.assertEqual((self.film | self.other).mapped("covered"), [12_000, 3_000])

    def test_a_single_share_follows_its_line(self):
        draft = self.film_draft(100, shares=[99_999])
        self.confirm(draft)
        self.assertEqual(self.film.covered, 15_000)

    def test_a_share_of_another_version(self):
        draft = self.film_draft(100)
        bag = self.need_of(self.released("E05", "C07", [("F01", 14_400, 8.7)], "2026-12-20",
                                         merchandiser="E10"), "PK02_v3")
        with self.refused("allocate it to a need of that version", ValidationError):
            self.env["gendan.purchase.allocation"].with_user(self.user("E10")).create({
                "need_id": bag.id, "purchase_line_id": draft.order_line.id, "quantity": 1})

    # -------------------------------------------------------------------- version

    def test_a_version_archived_before_and_after_the_order(self):
        draft, placed = self.film_draft(100), self.film_draft(100)
        self.confirm(placed)
        self.ref("PK03_v1").sudo().active = False
        with self.refused("is withdrawn → the salesperson opens a revision"):
            self.confirm(draft)
        self.receive(placed, 15_000)
        self.assertRecordValues(self.film, [{"covered": 15_000, "received": 15_000}])

    # -------------------------------------------------------------------- receipts

    def arrived(self, order, quantity, unit):
        """Note what arrived in ``unit`` on the receipt of ``order``, as the keeper."""
        move = self.by(order.sudo().picking_ids, KEEPER).move_ids
        move.move_line_ids.unlink()
        move.write({"move_line_ids": [Command.create({
            **move._prepare_move_line_vals(), "quantity": quantity, "product_uom_id": unit.id,
            "lot_name": f"L-{quantity:g}"})]})
        move.picked = True
        return move.picking_id.with_context(skip_backorder=True)

    def test_received_in_pieces_what_was_bought_by_the_kilogram(self):
        order = self.film_draft(240)
        self.confirm(order)
        with self.refused("150 .* more than .* ordered"):
            self.arrived(order, 36_150, self.ref("uom_piece")).button_validate()
        self.arrived(order, 36_000, self.ref("uom_piece")).button_validate()
        self.assert_ledger(self.film, 36_000, 0)
        self.assertEqual(self.film.received, 36_000)

    def test_received_in_a_unit_that_is_no_piece(self):
        order = self.film_draft(240)
        self.confirm(order)
        with self.refused("kg says nothing about how many pieces it holds. Note the delivery in"):
            self.arrived(order, 1, self.env.ref("uom.product_uom_kgm")).button_validate()
        self.assertEqual(self.film.received, 0)

    def test_sent_back_without_a_refund_counts_as_sent_back(self):
        """Core's "to refund" is about the bill; the bags are gone all the same (traps 5.6)."""
        order = self.film_draft(240)
        self.confirm(order)
        receipt = self.receive(order, 36_000)
        back = self.send_back(receipt, 6_000)
        back.sudo().move_ids.to_refund = False
        self.env.invalidate_all()
        self.assertRecordValues(self.film, [{"returned": 6_000, "covered": 30_000}])
        self.assert_ledger(self.film, 30_000, 6_000)

    def test_cancelled_after_a_part_came(self):
        order = self.film_draft(240)
        self.confirm(order)
        self.receive(order, 15_000, backorder=True)
        self.by(order, "E10").button_cancel()
        self.assert_ledger(self.film, 15_000, 21_000)
        self.refused_to_buy("36,001.5 .*at most 36,000", self.film, 140.01, "E10", unit=UNIT)

    def test_zero_and_negative_quantities(self):
        draft = self.film_draft(0)
        self.confirm(draft)
        self.assertEqual(self.film.covered, 0, "an empty line buys nothing")
        minus = self.film_draft(100)
        minus.order_line.product_qty = -100
        with self.refused("less than nothing"):
            self.confirm(minus)
        self.assertEqual(self.film.covered, 0)

    def test_two_lines_of_one_order_are_summed(self):
        order = self.film_draft(200)
        self.by(order, "E10").write({"order_line": [Command.create({
            "product_id": self.ref("PK03_v1").id, "product_qty": 40.01, "price_unit": 1,
            "product_uom_id": self.ref(UNIT).id, "allocation_ids": [Command.create({
                "need_id": self.film.id, "quantity": 6_002})]})]})
        with self.refused("36,001.5 .*at most 36,000"):
            self.confirm(order)
