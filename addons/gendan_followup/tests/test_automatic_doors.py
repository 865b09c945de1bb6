from odoo.fields import Command
from odoo.tests import tagged

from .forgery_common import ForgeryCase


@tagged("adversary")
class TestAutomaticDoors(ForgeryCase):
    """Scheduler, replenishment and make-to-order leave drafts and raise nothing (D1.10, X4)."""

    def orderpoint(self, code, quantity, route):
        product = self.ref(code)
        product.product_tmpl_id.sudo().route_ids = [Command.link(self.env.ref(route).id)]
        return self.env["stock.warehouse.orderpoint"].sudo().create({
            "product_id": product.id, "product_min_qty": quantity, "product_max_qty": quantity,
            "location_id": self.ref("warehouse").lot_stock_id.id, "company_id": self.company.id,
            "trigger": "auto", "route_id": self.env.ref(route).id})

    def made(self, code):
        return self.env["mrp.production"].sudo().search([("product_id", "=", self.ref(code).id)])

    def bought(self, code):
        return self.env["purchase.order.line"].sudo().search(
            [("product_id", "=", self.ref(code).id)])

    def run_scheduler(self):
        self.env["stock.rule"].sudo().run_scheduler(company_id=self.company.id)
        self.env.flush_all()
        self.env.invalidate_all()

    def test_the_scheduler_leaves_drafts(self):
        manufacture, buy = "mrp.route_warehouse0_manufacture", "purchase_stock.route_warehouse0_buy"
        self.orderpoint("F04", 5000, manufacture)
        self.orderpoint("F15", 2400, manufacture)
        self.orderpoint("PK90_v1", 200000, buy)
        self.orderpoint("RM01", 9000, buy)
        self.run_scheduler()
        for code in ("F04", "F15"):
            with self.subTest(product=code):
                self.assertEqual(self.made(code).mapped("state"), ["draft"])
                self.assertFalse(self.made(code).notice_id)
        for code in ("PK90_v1", "RM01"):
            with self.subTest(product=code):
                self.assertEqual(self.bought(code).order_id.mapped("state"), ["draft"])
        self.assertFalse(self.refusals(), "the scheduler is no attempt of anybody")
        with self.subTest("and a second run does not pile up"):
            self.run_scheduler()
            self.assertEqual(len(self.made("F04")), 1)
            self.assertEqual(sum(self.made("F04").mapped("product_qty")), 5000)

    def test_one_bad_rule_does_not_stop_the_others(self):
        """What has no bill of materials is core's to report; the rest is replenished."""
        bad = self.env["product.product"].sudo().create({
            "name": "无配方", "is_storable": True, "company_id": self.company.id})
        bad.product_tmpl_id.route_ids = [
            Command.link(self.env.ref("mrp.route_warehouse0_manufacture").id)]
        self.env["stock.warehouse.orderpoint"].sudo().create({
            "product_id": bad.id, "product_min_qty": 5, "product_max_qty": 5,
            "location_id": self.ref("warehouse").lot_stock_id.id, "company_id": self.company.id})
        self.orderpoint("F04", 5000, "mrp.route_warehouse0_manufacture")
        self.run_scheduler()
        self.assertEqual(self.made("F04").mapped("state"), ["draft"])

    def test_the_button_of_replenishment_leaves_a_draft(self):
        rule = self.orderpoint("F04", 5000, "mrp.route_warehouse0_manufacture")
        self.rpc("system", "stock.warehouse.orderpoint", "action_replenish", rule.ids)
        self.assertEqual(self.made("F04").mapped("state"), ["draft"])
        wizard = self.rpc("E10", "product.replenish", "create", {
            "product_id": self.ref("F04").id, "product_tmpl_id": self.ref("F04").product_tmpl_id.id,
            "product_uom_id": self.ref("F04").uom_id.id, "quantity": 700,
            "warehouse_id": self.ref("warehouse").id,
            "route_id": self.env.ref("mrp.route_warehouse0_manufacture").id})
        self.rpc("E10", "product.replenish", "launch_replenishment", [wizard])
        self.assertEqual(set(self.made("F04").mapped("state")), {"draft"})

    def test_make_to_order_makes_nothing(self):
        """The notice decides what is made, whatever routes a product has (design 3)."""
        to_order = self.env.ref("stock.route_warehouse0_mto").sudo()
        to_order.active = True
        for code in ("F04", "F01"):
            self.ref(code).product_tmpl_id.sudo().route_ids = [
                Command.link(to_order.id),
                Command.link(self.env.ref("mrp.route_warehouse0_manufacture").id)]
        order = self.order_in("valid", packs=4000, product="F04")
        self.assertFalse(self.made("F04"))
        self.assertEqual(order.sudo().picking_ids.move_ids.procure_method, "make_to_stock")
        self.release(order)
        self.assertEqual(self.made("F04").mapped("state"), ["confirmed"])
        self.assertEqual(self.made("F04").notice_id, order.sudo().notice_id)
        covered = self.order_in("released", packs=240, product="F01")
        self.assertFalse(self.made("F01"))
        self.assertEqual(covered.sudo().picking_ids.move_ids.quantity, 240)

    def test_make_to_order_where_stock_is_short_makes_nothing(self):
        to_order = self.env.ref("stock.route_warehouse0_mto").sudo()
        to_order.active = True
        to_order.rule_ids.procure_method = "mts_else_mto"
        for code in ("F04", "PK91_v1"):
            self.ref(code).product_tmpl_id.sudo().route_ids = [
                Command.link(to_order.id),
                Command.link(self.env.ref("mrp.route_warehouse0_manufacture").id),
                Command.link(self.env.ref("purchase_stock.route_warehouse0_buy").id)]
        self.order_in("valid", packs=4000, product="F04")
        self.assertFalse(self.made("F04"))
        self.assertFalse(self.bought("F04"))

    def test_a_component_made_to_order_waits_for_its_parent(self):
        """A semi-finished order works under the notice of the order that consumes it (6.4)."""
        to_order = self.env.ref("stock.route_warehouse0_mto").sudo()
        to_order.active = True
        half = self.env["product.product"].sudo().create({
            "name": "半成品", "is_storable": True, "route_ids": [
                Command.link(to_order.id),
                Command.link(self.env.ref("mrp.route_warehouse0_manufacture").id)]})
        self.env["mrp.bom"].sudo().create({
            "product_tmpl_id": half.product_tmpl_id.id, "product_qty": 1,
            "bom_line_ids": [Command.create({
                "product_id": self.ref("RM12").id, "product_qty": 1})]})
        bom = self.env["mrp.bom"].sudo().search(
            [("product_tmpl_id", "=", self.ref("F04").product_tmpl_id.id)])
        bom.bom_line_ids = [Command.create({"product_id": half.id, "product_qty": bom.product_qty})]
        order = self.order_in("released", packs=4000, product="F04")
        child = self.env["mrp.production"].sudo().search([("product_id", "=", half.id)])
        self.assertEqual(child.product_qty, 4000)
        self.assertFalse(child.notice_id)
        if child.state == "draft":
            self.by(child, "E12").action_confirm()
        self.assertEqual(child.state, "confirmed")
        with self.subTest("but no other product hangs itself under it"):
            stray = self.env["mrp.production"].with_user(self.user("E12")).create({
                "product_id": self.ref("F12").id, "product_qty": 60})
            stray.sudo().production_group_id.parent_ids = [
                Command.link(order.sudo().notice_id.production_ids.production_group_id.id)]
            self.assert_refused("no production notice", self.rpc, "E12", "mrp.production",
                                "action_confirm", stray.ids)

    def test_reservation_by_itself_takes_nothing(self):
        """Assign buttons, schedulers and written dates leave the goods to the stock check."""
        order = self.order_in("valid", packs=240, product="F01")
        picking = order.sudo().picking_ids
        for number in ("E16", "E10", "E20"):
            self.attempt(self.rpc, number, "stock.picking", "action_assign", picking.ids)
            self.attempt(self.rpc, number, "stock.move", "write", picking.move_ids.ids,
                         {"reservation_date": "2026-12-01"})
        picking.move_ids._trigger_assign()
        self.run_scheduler()
        self.assertEqual(picking.move_ids.quantity, 0)
        self.notice_of(order, "E10").action_check_stock()
        self.assertEqual(picking.move_ids.quantity, 240)

    def test_without_follow_up_everything_runs_as_before(self):
        self.company.sudo().uses_gendan = False
        self.orderpoint("F04", 5000, "mrp.route_warehouse0_manufacture")
        self.run_scheduler()
        self.assertEqual(self.made("F04").mapped("state"), ["confirmed"])
