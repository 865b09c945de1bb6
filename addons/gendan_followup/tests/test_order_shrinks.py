from odoo.tests import tagged

from .forgery_common import ForgeryCase

PACKS = 4000


@tagged("adversary")
class TestOrderShrinks(ForgeryCase):
    """A valid order that shrinks makes less, never less than is made already (design 6.9)."""

    def change(self, order, packs, hours="14:00", **values):
        """Take a change of the quantity through revision, verification and signatures."""
        with self.at(f"2026-12-08 {hours}"):
            mine = self.by(order, "E05")
            mine.action_open_revision("客户减量")
            mine.order_line.write({"product_uom_qty": packs, "price_unit": 9.5, **values})
            mine.tail_carton_agreed = True
            mine.action_submit()
            self.verify(order, "E10")
            self.by(order, "E07").action_sign_finance()
            self.by(order, "E02").action_sign_sales_manager()

    def released(self, packs=PACKS, product="F04"):
        order = self.order_in("released", packs=packs, product=product)
        with self.at("2026-12-07 16:00"):
            self.accept_first_article(order.sudo().notice_id.production_ids)
        return order, order.sudo().notice_id.line_ids, order.sudo().notice_id.production_ids

    def demand(self, order):
        return sum(order.sudo().picking_ids.move_ids.filtered(
            lambda move: move.state != "cancel").mapped("product_uom_qty"))

    def assert_whole(self, order, line, quantity):
        """Nothing drifts, and nothing is made above what the line says was released."""
        self.env.invalidate_all()
        self.assertFalse(order._drifted())
        planned = sum(line.production_ids.filtered(
            lambda production: production.state != "cancel").mapped("product_uom_qty"))
        self.assertEqual(line.released_quantity, quantity)
        self.assertLessEqual(planned, line.released_quantity)

    def test_a_planned_order_is_reduced(self):
        order, line, production = self.released()
        raw = {move.product_id: move.product_uom_qty for move in production.move_raw_ids}
        self.change(order, 3000)
        self.assertEqual(production.product_qty, 3000)
        self.assertEqual(production.state, "confirmed")
        for move in production.move_raw_ids:
            self.assertAlmostEqual(move.product_uom_qty, raw[move.product_id] * 3 / 4, delta=0.02)
        self.assertEqual(self.demand(order), 3000)
        self.assert_whole(order, line, 3000)
        told = line.notice_id.message_ids.filtered(lambda m: "was reduced" in (m.body or ""))
        self.assertIn(f"{production.name}: 4,000 → 3,000", told.body)
        self.assertIn(self.user("E12").partner_id, told.partner_ids)

    def test_what_is_made_already_stays_made(self):
        order, line, production = self.released()
        worker = self.by(production, "E12")
        worker.qty_producing = 2500
        worker.action_generate_serial()
        worker.move_raw_ids.picked = True
        action = worker.with_context(skip_consumption=True).button_mark_done()
        self.by(self.env["mrp.production.backorder"], "E12").with_context(
            **action["context"]).create({"mrp_production_ids": [(6, 0, production.ids)]}
                                        ).action_backorder()
        rest = line.production_ids - production
        self.assertEqual((production.state, rest.product_qty), ("done", 1500))
        with self.subTest("to more than is made"):
            self.change(order, 3000)
            self.assertEqual(rest.product_qty, 500)
            self.assert_whole(order, line, 3000)
        with self.subTest("to less than is made"):
            self.change(order, 2000, "15:00")
            self.assertEqual(rest.state, "cancel")
            self.assertEqual(production.product_qty, 2500)
            self.assert_whole(order, line, 2500)
            self.assertEqual(self.demand(order), 2000)
            told = line.notice_id.message_ids.mapped("body")
            self.assertTrue([text for text in told if "500 are made already" in (text or "")])

    def test_what_is_in_the_machine_is_not_taken_out(self):
        order, line, production = self.released()
        worker = self.by(production, "E12")
        worker.workorder_ids.button_start()
        worker.qty_producing = 1200
        self.change(order, 1000)
        self.assertEqual(production.product_qty, 1200)
        self.assertIn(production.state, ("progress", "to_close"))
        self.assert_whole(order, line, 1200)

    def test_of_two_orders_the_one_nobody_began_goes_first(self):
        order, line, production = self.released()
        self.by(production, "E12")._split_productions({production: [1500, 2500]})
        first, second = line.production_ids.sorted("id")
        self.by(first, "E12").workorder_ids.button_start()
        self.change(order, 2000)
        self.assertEqual((first.product_qty, second.product_qty), (1500, 500))
        self.change(order, 1000, "15:00")
        self.assertEqual((first.product_qty, second.state), (1000, "cancel"))
        self.assertLessEqual(first.qty_producing, 1000)
        self.assert_whole(order, line, 1000)

    def test_a_line_that_is_dropped_is_cancelled(self):
        order = self.order_in("draft", packs=PACKS, product="F04")
        with self.at("2026-12-07 09:00"):
            mine = self.by(order, "E05")
            mine.order_line = [(0, 0, {"product_id": self.ref("F15").id, "product_uom_qty": 2400,
                                       "price_unit": 9.8})]
            self.make_valid(mine)
            self.release(order)
        dropped, kept = order.sudo().notice_id.line_ids.sorted("quantity")
        with self.at("2026-12-08 14:00"):
            mine = self.by(order, "E05")
            mine.action_open_revision("客户取消一项")
            lines = {line.product_id: line for line in mine.order_line}
            lines[self.ref("F15")].write({"product_uom_qty": 0, "price_unit": 9.8})
            with self.subTest("not the whole order"), self.env.cr.savepoint() as point:
                lines[self.ref("F04")].product_uom_qty = 0
                self.assert_refused("has no product line", self.rpc, "E05", "sale.order",
                                    "action_submit", order.ids)
                point.rollback()
            self.env.invalidate_all()
            mine.action_submit()
            self.verify(order, "E10")
            self.by(order, "E07").action_sign_finance()
            self.by(order, "E02").action_sign_sales_manager()
        self.assertEqual((dropped.quantity, dropped.production_ids.state), (0, "cancel"))
        self.assertEqual((kept.quantity, kept.production_ids.state), (PACKS, "confirmed"))
        self.assertEqual(self.demand(order), PACKS)
        self.assert_whole(order, dropped, 0)
        self.assert_whole(order, kept, PACKS)

    def test_stock_that_was_given_stays_given(self):
        """600 cartons, 500 from stock: without 60 of them 40 are still made."""
        order, line, production = self.released(packs=24 * 600, product="F01")
        self.assertEqual((line.stock_quantity, production.product_qty), (12000, 2400))
        self.change(order, 24 * 540)
        self.assertEqual(production.product_qty, 24 * 40)
        self.assert_whole(order, line, 24 * 40)
        with self.at("2026-12-08 16:00"):
            self.notice_of(order, "E10").action_check_stock()
        self.assertEqual(line.stock_quantity, 12000)
        self.assertEqual(line.to_make_quantity, 0)
        move_lines = order.sudo().picking_ids.move_ids.move_line_ids
        self.assertEqual(sum(move_lines.mapped("quantity_product_uom")), 12000)
        with self.subTest("and below the stock nothing is made"):
            self.change(order, 24 * 400, "17:00")
            self.assertEqual(production.state, "cancel")
            self.assert_whole(order, line, 0)

    def test_full_cartons_that_were_agreed_stay_agreed(self):
        order = self.order_in("draft", packs=1010, product="F04")
        with self.at("2026-12-07 09:00"):
            self.by(order, "E05").tail_carton_agreed = True
            self.make_valid(self.by(order, "E05"))
            notice = self.notice_of(order, "E10")
            notice.action_check_stock()
            self.notice_of(order, "E05").action_agree_round_up()
            notice.action_release()
        production = order.sudo().notice_id.production_ids
        self.assertEqual(production.product_qty, 1200)
        self.change(order, 1010, size_width=181)
        self.assertEqual(production.product_qty, 1200, "another size, the same number")
        self.change(order, 790, "15:00")
        self.assertEqual(production.product_qty, 800)

    def test_a_change_of_something_else_takes_nothing(self):
        order, line, production = self.released()
        self.change(order, PACKS, mark_side="另一面")
        self.assertEqual(production.product_qty, PACKS)
        self.assert_whole(order, line, PACKS)
        self.assertFalse(line.notice_id.message_ids.filtered(
            lambda m: "was reduced" in (m.body or "")))

    def test_a_growing_order_is_released_again(self):
        order, line, production = self.released()
        self.change(order, 5000)
        self.assertEqual(production.product_qty, PACKS)
        self.assertEqual(self.demand(order), 5000)
        with self.at("2026-12-08 16:00"):
            self.release(order)
        self.assertEqual(sorted(line.production_ids.mapped("product_qty")), [1000, 4000])
        self.assert_whole(order, line, 5000)

    def test_a_stop_by_hand_outlasts_the_change(self):
        order, _line, production = self.released()
        self.notice_of(order, "E10").action_hold("等客户样品")
        self.change(order, 3000)
        notice = self.notice_of(order, "E10")
        self.assertRecordValues(notice, [{
            "on_hold": True, "hold_kind": "manual", "hold_reason": "等客户样品"}])
        self.assertEqual(production.product_qty, 3000)
        self.assert_refused("is on hold: 等客户样品", self.rpc, "E12", "mrp.workorder",
                            "button_start", production.workorder_ids.ids)
        notice.action_resume()
        with self.at("2026-12-09 09:00"):
            self.accept_first_article(production)
        self.assertIsNone(self.attempt(self.rpc, "E12", "mrp.workorder", "button_start",
                                       production.workorder_ids.ids))

    def test_cancelled_after_the_release(self):
        order, line, production = self.released()
        self.rpc("E05", "sale.order", "action_cancel", order.ids)
        self.assertEqual(line.notice_id.state, "cancel")
        for method in ("button_mark_done", "action_start"):
            self.attempt(self.rpc, "E12", "mrp.production", method, production.ids)
        self.assertNotEqual(production.state, "done")
        self.assert_refused("is cancelled", self.rpc, "E12", "mrp.workorder", "button_start",
                            production.workorder_ids.ids)
