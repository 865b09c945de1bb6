from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .forgery_common import ForgeryCase
from .shipping_case import ShippingVerbs
from .shop_floor import ShopFloorCase

PRODUCTION, OPERATOR, QC = "E12", "pad_workshop", "E20"
RAW_KEEPER, PACKAGING_KEEPER, FINISHED_KEEPER = "E14", "E15", "E16"


@tagged("adversary")
class TestWorkshopWork(ShippingVerbs, ForgeryCase):
    """Who sees neither orders nor prices still receives, produces and delivers (design 6.1)."""

    def setUp(self):
        super().setUp()
        self.stock = self.ref("warehouse").lot_stock_id

    def released(self, packs=4000, product="F04"):
        order = self.order_in("released", packs=packs, product=product)
        self.accept_first_article(order.sudo().notice_id.production_ids)
        return order.sudo().notice_id.production_ids

    def lot(self, product, name):
        return self.env["stock.lot"].sudo().search(
            [("product_id", "=", product.id), ("name", "=", name)])

    def fill(self, picking, quantity, name):
        """Enter what was counted, as the detailed operations do."""
        with Form(picking) as form, form.move_ids.edit(0) as move:
            move.quantity = quantity
        picking.move_line_ids.lot_name = name
        picking.move_ids.picked = True

    def make_lot(self, production):
        """Number the lot and finish, as the person of ``production``."""
        production.action_generate_serial()
        production.move_raw_ids.picked = True
        return production.with_context(skip_consumption=True).button_mark_done()

    # ------------------------------------------------------------------ receipts

    def purchase(self, code, quantity, price):
        order = self.by(self.env["purchase.order"], "E10").create({
            "partner_id": self.ref("V01").id, "order_line": [Command.create({
                "product_id": self.ref(code).id, "product_qty": quantity, "price_unit": price,
                "product_uom_id": self.ref(code).uom_id.id})]})
        if self.ref(code).packaging_kind:
            # packaging is bought for a notice
            notice = ShopFloorCase.new_notice.__func__(type(self), "SC-2611-0098")
            need = self.env["gendan.need"].create({
                "notice_line_id": notice.line_ids.id, "product_id": self.ref(code).id,
                "gross": quantity})
            order.order_line.allocation_ids = [Command.create({
                "need_id": need.id, "quantity": quantity})]
        order.button_confirm()
        return order

    def test_raw_material_is_received_in_parts_and_returned(self):
        order = self.purchase("RM01", 100, 13.5)
        picking = self.by(order.sudo().picking_ids, RAW_KEEPER)
        self.fill(picking, 60, "RM01-T1")
        action = picking.button_validate()
        wizard = Form(self.by(self.env["stock.backorder.confirmation"], RAW_KEEPER).with_context(
            **action["context"])).save()
        wizard.process()
        self.assertEqual(picking.state, "done")
        rest = self.by(order.sudo().picking_ids - picking.sudo(), RAW_KEEPER)
        self.assertEqual(rest.move_ids.product_uom_qty, 40)
        self.fill(rest, 45, "RM01-T2")
        rest.button_validate()
        self.assertEqual(order.sudo().order_line.qty_received, 105)
        moves = (picking | rest).sudo().move_ids
        for move in moves:
            self.assertAlmostEqual(move.value, move.quantity * 13.5, places=2,
                                   msg="received at the price of the order, seen or not")
        self.give_back(picking, RAW_KEEPER, 10)
        self.assertEqual(order.sudo().order_line.qty_received, 95)

    def give_back(self, picking, number, quantity):
        wizard = self.by(self.env["stock.return.picking"], number).with_context(
            active_id=picking.id, active_ids=picking.ids, active_model="stock.picking").create({})
        wizard.product_return_moves[:1].quantity = quantity
        back = self.by(self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"]),
                       number)
        back.button_validate()
        self.assertEqual(back.state, "done")
        return back

    def test_bags_are_received_by_their_keeper(self):
        order = self.purchase("PK02_v3", 5000, 0.22)
        picking = self.by(order.sudo().picking_ids, PACKAGING_KEEPER)
        self.fill(picking, 5000, "PK02-T1")
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        self.assertEqual(picking.move_line_ids.lot_id.name, "PK02-T1")
        receipt = self.by(picking, QC)
        self.assertEqual(receipt.move_ids.quantity, 5000)

    # ----------------------------------------------------------- inside the stores

    def test_an_internal_transfer(self):
        for number, code in ((RAW_KEEPER, "RM01"), (PACKAGING_KEEPER, "PK02_v3"),
                             (FINISHED_KEEPER, "F12")):
            shelf = self.env["stock.location"].sudo().create({
                "name": f"货架 {code}", "location_id": self.stock.id})
            picking = self.by(self.env["stock.picking"], number).create({
                "picking_type_id": self.ref("warehouse").sudo().int_type_id.id,
                "location_id": self.stock.id, "location_dest_id": shelf.id,
                "move_ids": [Command.create({
                    "product_id": self.ref(code).id, "product_uom_qty": 10,
                    "location_id": self.stock.id, "location_dest_id": shelf.id})]})
            with self.subTest(user=number):
                picking.action_confirm()
                picking.action_assign()
                self.assertEqual(picking.move_ids.quantity, 10)
                picking.button_validate()
                self.assertEqual(picking.state, "done")

    def test_a_count_and_a_scrap(self):
        product = self.ref("RM01")
        quant = self.by(self.env["stock.quant"].sudo().search(
            [("product_id", "=", product.id), ("location_id", "=", self.stock.id)]), RAW_KEEPER)
        quant.with_context(inventory_mode=True).inventory_quantity = quant.quantity - 3
        quant.action_apply_inventory()
        self.assertEqual(quant.quantity, 2497)
        scrap = self.by(self.env["stock.scrap"], RAW_KEEPER).create({
            "product_id": product.id, "scrap_qty": 7, "lot_id": quant.lot_id.id,
            "location_id": self.stock.id})
        scrap.action_validate()
        self.assertEqual(scrap.state, "done")
        self.assertEqual(quant.quantity, 2490)

    # ---------------------------------------------------------------- production

    def test_the_whole_order_is_made(self):
        for number in (PRODUCTION, OPERATOR, QC, "E13"):
            with self.subTest(user=number):
                production = self.by(self.released(), number)
                production.workorder_ids.button_start()
                self.assertEqual(production.state, "progress")
                production.qty_producing = 4000
                production.workorder_ids.button_finish()
                self.make_lot(production)
                self.assertEqual(production.state, "done")
                lot = production.lot_producing_ids.sudo()
                self.assertEqual(lot.bag_version_id, self.ref("PK90_v1"))
                self.assertEqual(lot.mark, "无唛")

    def test_part_of_it_with_a_back_order(self):
        production = self.by(self.released(), PRODUCTION)
        production.qty_producing = 1000
        production.action_generate_serial()
        production.move_raw_ids.picked = True
        action = production.with_context(skip_consumption=True).button_mark_done()
        wizard = Form(self.by(self.env["mrp.production.backorder"], PRODUCTION).with_context(
            **action["context"])).save()
        wizard.action_backorder()
        self.assertEqual(production.state, "done")
        notice = production.notice_id
        rest = self.by(notice.sudo().production_ids - production.sudo(), PRODUCTION)
        self.assertRecordValues(rest, [{
            "product_qty": 3000, "notice_id": notice.id,
            "notice_line_id": production.notice_line_id.id}])
        self.assertEqual(rest.sudo().sale_line_id, production.sudo().sale_line_id)
        self.assertIn(rest.state, ("confirmed", "progress"))
        rest.qty_producing = 3000
        self.make_lot(rest)
        self.assertEqual(rest.state, "done")

    def test_a_split(self):
        for number in (PRODUCTION, "E09"):
            production = self.by(self.released(), number)
            with self.subTest(user=number):
                production._split_productions({production: [1000, 3000]})
                parts = self.by(production.notice_id.sudo().production_ids, number)
                self.assertEqual(sorted(parts.mapped("product_qty")), [1000, 3000])
                self.assertEqual(len(parts.notice_line_id), 1)
                self.assertEqual(len(parts.sudo().sale_line_id), 1)

    def test_the_split_wizard(self):
        production = self.by(self.released(), PRODUCTION)
        action = production.action_split()
        wizard = self.by(self.env["mrp.production.split"].browse(action["res_id"]), PRODUCTION) if (
            action.get("res_id")) else Form(self.by(
                self.env[action["res_model"]], PRODUCTION).with_context(**action["context"])).save()
        splits = wizard.production_ids if "production_ids" in wizard._fields else wizard
        splits.write({"production_detailed_vals_ids": [
            Command.clear(), *(Command.create({"quantity": quantity, "date": production.date_start})
                               for quantity in (1500, 2500))]})
        splits.action_split()
        self.assertEqual(sorted(production.notice_id.sudo().production_ids.mapped("product_qty")),
                         [1500, 2500])

    def test_less_is_made_and_something_scrapped(self):
        production = self.by(self.released(), PRODUCTION)
        self.by(self.env["change.production.qty"], PRODUCTION).create({
            "mo_id": production.id, "product_qty": 3000}).change_prod_qty()
        self.assertEqual(production.product_qty, 3000)
        scrap = self.by(self.env["stock.scrap"], PRODUCTION).create({
            "product_id": self.ref("PK91_v1").id, "scrap_qty": 2, "production_id": production.id})
        scrap.action_validate()
        self.assertEqual(scrap.state, "done")
        production.qty_producing = 2990
        self.make_lot(production)

    def test_a_cancelled_order_of_the_workshop_leaves_the_notice(self):
        production = self.by(self.released(), PRODUCTION)
        production.action_cancel()
        self.assertEqual(production.state, "cancel")
        picking = production.sudo().sale_line_id.order_id.picking_ids
        self.assertEqual(picking.mapped("state"), ["confirmed"], "the delivery stays")

    # ------------------------------------------------------------------ delivery

    def delivery(self):
        order = self.order_in("released", packs=24 * 10, product="F01")
        return order, self.by(order.sudo().picking_ids, FINISHED_KEEPER)

    def test_delivered_in_parts_with_a_back_order(self):
        order, picking = self.delivery()
        self.papers(order, packs=96)
        picking.move_line_ids.quantity = 96
        picking.move_ids.picked = True
        action = picking.button_validate()
        wizard = Form(
            self.by(self.env["stock.backorder.confirmation"], FINISHED_KEEPER).with_context(
                **action["context"]
            )
        ).save()
        wizard.process()
        self.assertEqual(picking.state, "done")
        rest = self.by(order.sudo().picking_ids - picking.sudo(), FINISHED_KEEPER)
        self.assertEqual(rest.move_ids.product_uom_qty, 144)
        with self.subTest("the rest is reserved by the stock check again"):
            rest.action_assign()
            self.assertEqual(rest.move_ids.quantity, 0)
            self.notice_of(order, "E10").action_check_stock()
            self.assertEqual(rest.move_ids.quantity, 144)
            self.papers(order, packs=144)
            rest.button_validate()
        self.assertEqual(order.sudo().order_line.qty_delivered, 240)
        self.give_back(rest, FINISHED_KEEPER, 24)

    def test_papers_and_forecast(self):
        _order, picking = self.delivery()
        report = self.by(self.env["ir.actions.report"], FINISHED_KEEPER)
        for name in ("stock.report_deliveryslip", "stock.report_picking"):
            with self.subTest(report=name):
                html, _kind = report._render_qweb_html(name, picking.ids)
                text = html.decode()
                self.assertIn(self.ref("F01").name, text)
                self.assertNotIn("9.5", text)
        for number in (FINISHED_KEEPER, RAW_KEEPER, PRODUCTION):
            with self.subTest(forecast=number):
                values = self.rpc(number, "stock.forecasted_product_product", "get_report_values",
                                  docids=self.ref("F01").ids)
                self.assertTrue(values["docs"])

    def test_keepers_read_the_manufacturing_order(self):
        """They issue to it and take over from it: they see it whole, and change nothing."""
        production = self.released().sudo()
        goods = ("mrp.production", "mrp.workorder", "stock.move")
        for number in (RAW_KEEPER, PACKAGING_KEEPER, FINISHED_KEEPER):
            with self.subTest(user=number):
                form = Form(self.by(production, number))
                self.assertEqual(form.product_qty, 4000)
                self.assertEqual(len(form.move_raw_ids), len(production.move_raw_ids))
                self.assertEqual(len(form.workorder_ids), len(production.workorder_ids))
            for record, field in ((production.workorder_ids, "costs_hour"),
                                  (production.workorder_ids.workcenter_id, "costs_hour"),
                                  (production.bom_id.operation_ids, "cost")):
                with self.subTest(user=number, hidden=record._name):
                    self.assertIsInstance(self.attempt(
                        self.rpc, number, record._name, "read", record.ids, [field]), AccessError)
            for method, arguments in (
                    ("write", ({"product_qty": 5},)), ("action_confirm", ()),
                    ("button_mark_done", ()), ("action_cancel", ()), ("unlink", ())):
                with self.subTest(user=number, refused=method):
                    error = self.assert_no_effect(
                        goods, self.rpc, number, "mrp.production", method, production.ids,
                        *arguments)
                    self.assertIsInstance(error, AccessError)
            with self.subTest(user=number, refused="work order"):
                self.assertIsInstance(self.assert_no_effect(
                    goods, self.rpc, number, "mrp.workorder", "button_start",
                    production.workorder_ids.ids), AccessError)

    def test_forms_open(self):
        """Every view of the papers they work with renders for them."""
        order, picking = self.delivery()
        production = self.released()
        move = picking.sudo().move_ids
        for number, record in ((FINISHED_KEEPER, picking), (PRODUCTION, production),
                               (OPERATOR, production), (RAW_KEEPER, self.ref("RM01")),
                               (PACKAGING_KEEPER, self.ref("PK02_v3")), (FINISHED_KEEPER, move),
                               (QC, production), (QC, self.ref("F01")),
                               (FINISHED_KEEPER, move.move_line_ids.lot_id),
                               (PRODUCTION, production.bom_id), (PRODUCTION, order.notice_id)):
            with self.subTest(user=number, model=record._name):
                views = self.rpc(number, record._name, "get_views",
                                 [[False, "form"], [False, "list"]])
                spec = {name: {} for name, field in views["models"][record._name]["fields"].items()
                        if field["type"] not in ("one2many", "many2many", "binary")
                        and f'name="{name}"' in views["views"]["form"]["arch"]}
                read = self.rpc(number, record._name, "web_read", record.ids, spec)
                self.assertEqual(read[0]["id"], record.id)
