from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .forgery_common import ForgeryCase
from .shipping_case import ShippingVerbs

GOODS = ("stock.move", "stock.move.line", "stock.quant", "stock.picking")
PACKS = 240


@tagged("adversary")
class TestForgeryGoods(ShippingVerbs, ForgeryCase):
    """Goods come out of production, and leave, by the work alone (D1.10, D2.2, D2.3, X4)."""

    def setUp(self):
        super().setUp()
        self.stock = self.ref("warehouse").lot_stock_id

    def in_stock(self, state="released", packs=PACKS):
        """Return an order of F01, which lies in stock, and its delivery with all its papers."""
        order = self.order_in(state, packs=packs, product="F01")
        if state == "released":
            self.papers(order)
        return order, order.sudo().picking_ids

    def lot(self, name):
        return self.env["stock.lot"].sudo().search([
            ("name", "=", name), ("product_id", "=", self.ref("F01").id)])

    def done(self, picking, number="E16", context=None):
        return self.attempt(self.rpc, number, "stock.picking", "button_validate", picking.ids,
                            context=context)

    # ---------------------------------------------------------------- production

    def test_nothing_comes_out_of_production_by_itself(self):
        source = self.env["stock.location"].sudo().search([
            ("usage", "=", "production"), ("company_id", "in", (self.company.id, False))], limit=1)
        for number in ("E14", "E16", "E20", "system"):
            with self.subTest(user=number, door="transfer"):
                picking = self.env["stock.picking"].browse(self.rpc(
                    number, "stock.picking", "create", {
                        "picking_type_id": self.ref("warehouse").sudo().int_type_id.id,
                        "location_id": source.id, "location_dest_id": self.stock.id,
                        "move_ids": [Command.create({
                            "product_id": self.ref("RM12").id, "product_uom_qty": 10,
                            "location_id": source.id, "location_dest_id": self.stock.id})]}))
                picking.sudo().action_confirm()
                picking.sudo().move_ids.quantity = 10
                error = self.assert_no_effect(
                    ["stock.quant"], self.rpc, number, "stock.picking", "button_validate",
                    picking.ids)
                self.assertRegex(str(error), "by a manufacturing order only")
            with self.subTest(user=number, door="born done"):
                error = self.assert_no_effect(
                    ["stock.quant"], self.rpc, number, "stock.move", "create", {
                        "product_id": self.ref("RM12").id, "product_uom_qty": 10,
                        "location_id": source.id, "location_dest_id": self.stock.id,
                        "state": "done"})
                self.assertRegex(str(error), "by a manufacturing order only")

    def finished(self):
        production = self.order_in("released", packs=4000, product="F04"
                                   ).sudo().notice_id.production_ids
        self.accept_first_article(production)
        worker = self.by(production, "E12")
        worker.qty_producing = 4000
        worker.action_generate_serial()
        worker.move_raw_ids.picked = True
        worker.with_context(skip_consumption=True).button_mark_done()
        self.assertEqual(production.state, "done")
        return production

    def test_a_done_output_grows_only_while_it_may_be_made(self):
        production = self.finished()
        output = production.move_finished_ids
        self.notice_of(production.sale_line_id.order_id, "E10").action_hold("停")
        line = {"move_id": output.id, "product_id": output.product_id.id, "quantity": 950,
                "lot_id": output.move_line_ids.lot_id.id, "location_id": output.location_id.id,
                "location_dest_id": output.location_dest_id.id}
        for number in ("E20", "E12", "system"):
            for label, model, method, arguments in (
                ("new line", "stock.move.line", "create", (line,)),
                (
                    "more",
                    "stock.move.line",
                    "write",
                    (output.move_line_ids.ids, {"quantity": 4950}),
                ),
                ("more on the move", "stock.move", "write", (output.ids, {"quantity": 4950})),
                (
                    "elsewhere",
                    "stock.move.line",
                    "write",
                    (
                        output.move_line_ids.ids,
                        {
                            "location_dest_id": self.env["stock.location"]
                            .sudo()
                            .search([("usage", "=", "customer")], limit=1)
                            .id
                        },
                    ),
                ),
                (
                    "more issued",
                    "stock.move.line",
                    "write",
                    (production.move_raw_ids.move_line_ids[:1].ids, {"quantity": 9999}),
                ),
            ):
                with self.subTest(user=number, door=label):
                    error = self.assert_no_effect(
                        ["stock.quant", "stock.move.line"], self.rpc, number, model, method,
                        *arguments)
                    self.assertIsInstance(error, UserError)

    def test_nothing_is_mixed_into_a_lot_in_another_bag(self):
        production = self.order_in("released", packs=4000, product="F04"
                                   ).sudo().notice_id.production_ids
        other = self.env["stock.lot"].sudo().create({
            "name": "F04-OTHER", "product_id": self.ref("F04").id,
            "bag_version_id": self.ref("PK01_v1").id})
        self.accept_first_article(production)
        worker = self.by(production, "E12")
        worker.qty_producing = 4000
        worker.lot_producing_ids = other
        worker.move_raw_ids.picked = True
        error = self.assert_no_effect(
            ["stock.quant"], self.rpc, "E12", "mrp.production", "button_mark_done",
            production.ids, context={"skip_consumption": True})
        self.assertRegex(str(error), "lot F04-OTHER wears")

    # ------------------------------------------------------------------ delivery

    def customers(self):
        return self.env["stock.location"].sudo().search([("usage", "=", "customer")], limit=1)

    def test_nothing_goes_to_a_customer_past_a_delivery(self):
        """D8.6: a line that goes elsewhere than its move, and a move on no delivery."""
        lot, customers = self.lot("F01-V3-2610"), self.customers()
        goods = {"product_id": lot.product_id.id, "location_id": self.stock.id}
        line = {**goods, "lot_id": lot.id, "quantity": 2, "location_dest_id": customers.id}
        for number in ("E14", "E16", "E10", "E20", "system"):
            with self.subTest(user=number, door="line elsewhere"):
                picking = self.env["stock.picking"].browse(self.rpc(
                    number, "stock.picking", "create", {
                        "picking_type_id": self.ref("warehouse").sudo().int_type_id.id,
                        "location_id": self.stock.id, "location_dest_id": self.stock.id,
                        "move_ids": [Command.create({
                            **goods, "product_uom_qty": 2, "location_dest_id": self.stock.id})]}))
                self.rpc(number, "stock.picking", "action_confirm", picking.ids)
                picking.sudo().move_line_ids.unlink()
                self.rpc(number, "stock.move.line", "create", {
                    **line, "picking_id": picking.id, "move_id": picking.move_ids.id,
                    "picked": True})
                error = self.assert_no_effect(
                    ["stock.quant"], self.rpc, number, "stock.picking", "button_validate",
                    picking.ids)
                self.assertRegex(str(error), "would go to a customer on no delivery")
            with self.subTest(user=number, door="born done"):
                error = self.assert_no_effect(
                    ["stock.quant", "stock.move"], self.rpc, number, "stock.move", "create", {
                        **goods, "product_uom_qty": 2, "location_dest_id": customers.id,
                        "state": "done"})
                self.assertRegex(str(error), "would go to a customer on no delivery")
            with self.subTest(user=number, door="written done"):
                move = self.rpc(number, "stock.move", "create", {
                    **goods, "product_uom_qty": 2, "location_dest_id": customers.id})
                error = self.assert_no_effect(
                    ["stock.quant", "stock.move"], self.rpc, number, "stock.move", "write",
                    [move], {"state": "done"})
                self.assertRegex(str(error), "would go to a customer on no delivery")

    def test_what_came_in_is_not_redirected_to_a_customer(self):
        """A done line moves stock at once: it does not get another end afterwards."""
        received = self.env["stock.move.line"].sudo().search([
            ("lot_id", "=", self.lot("F01-V3-2610").id), ("state", "=", "done"),
            ("location_dest_id.usage", "=", "internal")], limit=1)
        self.assertTrue(received)
        for number in ("E14", "E16", "E10", "system"):
            with self.subTest(user=number):
                error = self.assert_no_effect(
                    ["stock.quant"], self.rpc, number, "stock.move.line", "write", received.ids,
                    {"location_dest_id": self.customers().id})
                self.assertRegex(str(error), "has left: what is wrong in it comes back")

    def test_what_is_under_way_is_cancelled_and_not_deleted(self):
        """X5: neither a delivery of an order nor a confirmed manufacturing order disappears."""
        _order, picking = self.in_stock()
        production = self.order_in("released", packs=4000, product="F04"
                                   ).sudo().notice_id.production_ids
        self.assertEqual(production.state, "confirmed")
        for number in ("E10", "E12", "E20", "E09", "pad_workshop", "system"):
            for record in (picking, picking.move_ids, production):
                with self.subTest(user=number, model=record._name):
                    error = self.assert_no_effect(
                        [record._name], self.rpc, number, record._name, "unlink", record.ids)
                    self.assertIsInstance(error, UserError)

    def test_an_old_lot_does_not_become_a_fresh_one(self):
        """D2.2: the shelf life that decides whether it is usable is not painted over."""
        lot = self.lot("F01-V3-2610")
        self.assertTrue(lot.expiration_date)
        for number in ("E14", "E15", "E16", "E10", "E12"):
            with self.subTest(user=number):
                error = self.assert_no_effect(
                    ["stock.lot"], self.rpc, number, "stock.lot", "write", lot.ids,
                    {"expiration_date": "2035-01-01 00:00:00"})
                self.assertRegex(str(error), "carries its bag, mark, expiry or hold already")
        self.rpc("E20", "stock.lot", "write", lot.ids, {"expiration_date": "2028-01-01 00:00:00"})

    def test_stock_is_moved_or_counted_and_never_overwritten(self):
        """D2.2, X4: no number, place or lot is written into the stock itself."""
        quant = self.env["stock.quant"].sudo().search([
            ("lot_id", "=", self.lot("F01-V3-2610").id), ("location_id", "=", self.stock.id)])
        for number in ("E14", "E15", "E16", "E10", "E20", "E09", "system"):
            for values in ({"quantity": 99999}, {"reserved_quantity": 0}, {"lot_id": False},
                           {"location_id": self.customers().id}):
                with self.subTest(user=number, values=values):
                    error = self.assert_no_effect(
                        ["stock.quant"], self.rpc, number, "stock.quant", "write", quant.ids,
                        values)
                    self.assertRegex(str(error), "changes by a move or by a count|restricted")
            with self.subTest(user=number, door="create"):
                error = self.assert_no_effect(
                    ["stock.quant"], self.rpc, number, "stock.quant", "create", {
                        "product_id": quant.product_id.id, "location_id": self.stock.id,
                        "quantity": 500})
                self.assertRegex(str(error), "changes by a move or by a count|restricted")

    def test_no_delivery_before_validity_or_stock_check(self):
        order, picking = self.in_stock("valid")
        picking.move_ids.quantity = PACKS
        error = self.done(picking)
        self.assertRegex(str(error), "no stock check was made for this order")
        self.by(order, "E05").action_open_revision("改")
        self.by(order, "E05").order_line.product_uom_qty = PACKS + 24
        self.by(order, "E05").action_submit()
        self.assertRegex(str(self.done(picking)), "not verified yet")

    def test_no_lot_leaves_that_was_not_given(self):
        order, picking = self.in_stock()
        given = picking.move_line_ids.lot_id
        self.assertEqual(given, self.lot("F01-V3-2610"))
        old = self.lot("F01-V2-2604")
        fresh = self.env["stock.lot"].sudo().create({
            "name": "F01-FRESH", "product_id": self.ref("F01").id,
            "bag_version_id": self.ref("PK02_v3").id})
        for lot, text in ((old, "is on QC hold"), (fresh, "was not given to this order")):
            for number in ("E16", "E20", "system"):
                with self.subTest(lot=lot.name, user=number), self.env.cr.savepoint() as point:
                    self.rpc(number, "stock.move.line", "write", picking.move_line_ids.ids,
                             {"lot_id": lot.id})
                    self.assertRegex(str(self.done(picking, number)), text)
                    point.rollback()
                self.env.invalidate_all()
        self.assertIsNone(self.done(picking))
        self.assertEqual(order.sudo().order_line.qty_delivered, PACKS)

    def test_not_more_leaves_than_was_ordered_or_given(self):
        order, picking = self.in_stock()
        for number in ("E16", "system"):
            with self.subTest(user=number, door="one line"), self.env.cr.savepoint() as point:
                self.rpc(number, "stock.move.line", "write", picking.move_line_ids.ids,
                         {"quantity": PACKS + 24})
                self.assertRegex(str(self.done(picking, number)),
                                 f"{PACKS + 24:,} leave, {PACKS:,} are left to deliver")
                point.rollback()
            self.env.invalidate_all()
        with self.subTest("demand raised by the keeper"), self.env.cr.savepoint() as point:
            self.rpc("E16", "stock.move", "write", picking.move_ids.ids,
                     {"product_uom_qty": 480, "quantity": 480})
            self.assertRegex(str(self.done(picking)), "480 leave, 240 were given to this order")
            point.rollback()
        self.env.invalidate_all()
        self.assertFalse(order._drifted())

    def test_two_orders_do_not_ship_each_others_stock(self):
        first, one = self.in_stock()
        _second, two = self.in_stock()
        line = two.move_line_ids
        self.rpc("E16", "stock.move.line", "create", {
            "move_id": one.move_ids.id, "picking_id": one.id, "lot_id": line.lot_id.id,
            "product_id": line.product_id.id, "quantity": PACKS,
            "location_id": line.location_id.id, "location_dest_id": line.location_dest_id.id})
        self.assertRegex(str(self.done(one)), "are left to deliver|were given to this order")
        self.assertEqual(two.move_ids.quantity, PACKS)
        self.assertEqual(first.sudo().order_line.qty_delivered, 0)

    def test_a_delivery_is_not_said_to_be_done(self):
        order, picking = self.in_stock()
        move = picking.move_ids
        for number in ("E16", "E20", "system"):
            for label, model, method, arguments in (
                    ("write", "stock.move", "write", (move.ids, {"state": "done"})),
                    ("born done", "stock.move", "create", ({
                        "product_id": move.product_id.id, "product_uom_qty": 24, "state": "done",
                        "sale_line_id": order.order_line.id, "location_id": self.stock.id,
                        "location_dest_id": move.location_dest_id.id},))):
                with self.subTest(user=number, door=label):
                    error = self.assert_no_effect(GOODS, self.rpc, number, model, method,
                                                  *arguments)
                    self.assertIsInstance(error, UserError)
        self.assertEqual(order.sudo().order_line.qty_delivered, 0)

    def test_what_has_left_is_not_edited(self):
        _order, picking = self.in_stock()
        self.assertIsNone(self.done(picking))
        line = picking.move_line_ids
        for number in ("E16", "E20", "system"):
            for label, method, arguments in (
                    ("more", "write", (line.ids, {"quantity": PACKS + 950})),
                    ("another lot", "write", (line.ids, {"lot_id": self.lot("F01-V2-2604").id})),
                    ("new line", "create", ({
                        "move_id": line.move_id.id, "picking_id": picking.id,
                        "product_id": line.product_id.id, "quantity": 950,
                        "lot_id": line.lot_id.id, "location_id": line.location_id.id,
                        "location_dest_id": line.location_dest_id.id},))):
                with self.subTest(user=number, door=label):
                    error = self.assert_no_effect(
                        ["stock.quant", "stock.move.line"], self.rpc, number, "stock.move.line",
                        method, *arguments)
                    self.assertRegex(str(error), "has left")

    def test_a_foreign_product_does_not_ride_along(self):
        order, picking = self.in_stock()
        lines = len(order.order_line)
        self.rpc("E16", "stock.move", "create", {
            "picking_id": picking.id, "product_id": self.ref("F12").id, "product_uom_qty": 60,
            "location_id": picking.location_id.id, "quantity": 60,
            "location_dest_id": picking.location_dest_id.id})
        self.assertRegex(str(self.done(picking)), "is not on the order")
        self.assertEqual(len(order.order_line), lines)

    def test_the_link_to_the_order_is_not_cut(self):
        _order, picking = self.in_stock()
        for number in ("E16", "E20", "system"):
            for model, ids, values in (
                ("stock.picking", picking.ids, {"sale_id": False}),
                ("stock.move", picking.move_ids.ids, {"sale_line_id": False}),
                ("stock.move", picking.move_ids.ids, {"picking_id": False}),
            ):
                with self.subTest(user=number, values=values):
                    error = self.assert_no_effect(GOODS, self.rpc, number, model, "write", ids,
                                                  values)
                    self.assertIsInstance(error, UserError)

    def test_marks_of_a_lot_are_not_painted_over(self):
        lots = self.lot("F01-V2-2604") | self.lot("F01-V3-2610")
        for number in ("E16", "E10", "E12", "E05", "system"):
            for values in ({"bag_version_id": self.ref("PK02_v3").id, "mark": "X"},
                           {"is_blocked": False}, {"bag_version_id": False}):
                with self.subTest(user=number, values=values):
                    error = self.assert_no_effect(
                        ["stock.lot"], self.rpc, number, "stock.lot", "write", lots.ids, values)
                    self.assertIsInstance(error, UserError)
        self.rpc("E16", "stock.lot", "write", self.lot("F01-V3-2610").ids, {"is_blocked": True})
        self.rpc("E20", "stock.lot", "write", self.lot("F01-V3-2610").ids, {"is_blocked": False})
