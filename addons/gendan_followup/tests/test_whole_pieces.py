"""Cartons and bags go into a manufacturing order whole, tail carton and all (X3, D3.5, L-K3)."""

from odoo.tests import tagged

from .packaging_case import PackagingCase


@tagged("materials", "production")
class TestWholePieces(PackagingCase):
    """40 bags a carton: 4,850 bags are 122 cartons, the last with 10."""

    def production(self, packs=4850):
        order = self.released("E04", "C02", [("F11", packs, 0.85)], "2026-12-22",
                              tail_carton_agreed=True)
        return order.sudo().notice_id.production_ids

    def cartons(self, productions):
        return productions.move_raw_ids.filtered(
            lambda move: move.product_id == self.ref("PK07_v1")).mapped("product_uom_qty")

    def test_as_many_as_the_need(self):
        """40 bags a carton: 4,850 are 122 cartons, and not 121.25."""
        production = self.production()
        need = production.notice_id.need_ids.filtered(lambda need: need.kind == "carton")
        self.assertEqual((need.gross, self.cartons(production)), (122, [122]))

    def test_divided_into_whole_ones(self):
        production = self.by(self.production(), "E12")
        parts = production._split_productions({production: [4800, 50]}).sudo()
        self.assertEqual(self.cartons(parts), [121, 1])

    def test_a_half_goes_to_one_part_only(self):
        production = self.by(self.production(4840), "E12")
        parts = production._split_productions({production: [4820, 20]}).sudo()
        self.assertEqual(sum(self.cartons(parts)), 121)

    def test_a_smaller_order_asks_for_its_own(self):
        production = self.production()
        production._make_less(50)
        self.assertEqual((production.product_qty, self.cartons(production)), (4800, [120]))

    def test_used_up_when_begun(self):
        """Of 121.25 cartons the keeper's book would never be what he counts."""
        # nothing begins before its bags are here and its first article is accepted
        self.put("PK04_v1", 1000)
        production = self.production()
        self.accept_first_article(production)
        production.qty_producing = 4801
        production._set_qty_producing()
        carton = production.move_raw_ids.filtered(
            lambda move: move.product_id == self.ref("PK07_v1"))
        self.assertEqual(carton.quantity, 121)
        self.assertFalse([issue for issue in production._get_consumption_issues()
                          if issue[1] == carton.product_id])

    def test_another_company_divides_as_core_does(self):
        production = self.production()
        self.company.sudo().uses_gendan = False
        move = production.move_raw_ids.filtered(
            lambda move: move.product_id == self.ref("PK07_v1"))
        move.product_uom_qty = 121.25
        self.assertEqual(move.product_uom_qty, 121.25)
