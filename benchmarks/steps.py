"""The steps that are measured: in bare Odoo, and with the addon, on the same documents.

A round walks `n` documents at once through every step, each by the person whose job it is, in
a transaction that is rolled back.
"""

import base64
import gc
import time
from contextlib import nullcontext
from datetime import timedelta
from unittest.mock import patch

from world import BOUGHT

from odoo.fields import Command

LINES = 5
DOT = base64.b64encode(base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)).decode()


class Round:
    """One walk through all steps; `figures` holds ``{step: (SQL, CPU seconds)}`` per document."""

    def __init__(self, world, n):
        self.world = world
        self.env = world.env
        self.n = n
        self.figures = {}
        # whether all that is bought is one purchase
        self.together = False

    def measure(self, step, method):
        """Run ``method`` with nothing in memory, as a request does; write down what it took."""
        env = self.env
        env.flush_all()
        env.cr.precommit.run()
        env.invalidate_all()
        env.cr.cache.clear()
        gc.collect()
        gc.disable()
        queries, cpu = env.cr.sql_log_count, time.process_time()
        result = method()
        env.flush_all()
        env.cr.precommit.run()
        cpu, queries = time.process_time() - cpu, env.cr.sql_log_count - queries
        gc.enable()
        self.figures[step] = (queries / self.n, cpu / self.n)
        return result

    def walk(self):
        """Walk every step."""
        self.orders_from_stock()
        self.orders_to_make()
        self.purchases()

    # ------------------------------------------------------------- sales orders

    def order_values(self, lines, family):
        """Return the values of one order of so many lines."""
        products = self.world.products(family)
        values = {
            "partner_id": self.world.partner("customer").id,
            "commitment_date": "2030-12-20 04:00:00",
            "payment_term_id": self.env.ref("account.account_payment_term_30days").id,
            "order_line": [Command.create({
                "product_id": products[number % len(products)].id, "product_uom_qty": 240,
                "price_unit": 1 + number / 100,
            }) for number in range(lines)],
        }  # fmt: skip
        if self.world.with_addon:
            values["destination"] = "Göteborg"
            values["customer_document_ids"] = [
                Command.create({"name": "order.pdf", "raw": b"customer's order"})]
        return values

    def new_orders(self, lines, family, step=None):
        """Create the orders, as the salesperson."""
        model = self.world.by(self.env["sale.order"], "seller")
        values = [self.order_values(lines, family) for _number in range(self.n)]
        if step:
            return self.measure(step, lambda: model.create(values))
        return model.create(values)

    def orders_from_stock(self):
        """Create and confirm orders of five lines that lie in stock."""
        orders = self.new_orders(LINES, "STOCKED", "order create")
        self.measure("order confirm, Odoo's default", orders.action_confirm)
        self.world.set_reservation("manual")
        orders = self.new_orders(LINES, "STOCKED")
        self.measure("order confirm, manual reservation", orders.action_confirm)

    # ----------------------------------------------- manufacturing and delivery

    def orders_to_make(self):
        """Make what orders of one line ask for, and deliver it."""
        orders = self.new_orders(1, "MADE")
        orders.action_confirm()
        values = [self.production_values(line) for line in orders.sudo().order_line]
        self.finish_and_deliver(self.manufacture(values), orders)

    def production_values(self, line):
        """Return what links a manufacturing order to the order line that it is made for."""
        return {
            "product_id": line.product_id.id, "product_qty": line.product_uom_qty,
            "sale_line_id": line.id, "origin": line.order_id.name,
            "reference_ids": [Command.set(line.order_id.stock_reference_ids.ids)],
            "move_dest_ids": [Command.link(move.id) for move in line.move_ids],
        }  # fmt: skip

    def manufacture(self, values):
        """Create and confirm the manufacturing orders: both together are what a release does."""
        model = self.world.by(self.env["mrp.production"], "merchandiser").sudo()
        productions = self.measure("MO create", lambda: model.create(values))
        self.measure("MO confirm", productions.action_confirm)
        self.figures["release"] = tuple(
            map(sum, zip(self.figures["MO create"], self.figures["MO confirm"], strict=True)))
        return productions

    def finish_and_deliver(self, productions, orders):
        """Produce everything as the production supervisor, deliver it as the keeper."""
        self.prepare_production(productions)
        productions = self.world.by(productions, "production")
        self.measure("work order start", productions.workorder_ids.button_start)
        for production in productions:
            production.qty_producing = production.product_qty
            production.action_generate_serial()
        productions.move_raw_ids.picked = True
        self.measure("MO done", productions.button_mark_done)
        if set(productions.mapped("state")) != {"done"}:
            raise AssertionError("the manufacturing orders are not done")
        self.prepare_delivery(orders)
        pickings = self.world.by(orders.sudo().picking_ids, "keeper")
        self.measure("delivery", pickings.button_validate)
        if set(orders.sudo().picking_ids.mapped("state")) != {"done"}:
            raise AssertionError("the deliveries are not done")

    def prepare_production(self, productions):
        """Bare Odoo needs nothing more."""

    def prepare_delivery(self, orders):
        """Bare Odoo needs nothing more."""

    # ------------------------------------------------------------------ purchases

    def purchases(self):
        """Buy and receive three materials; then bags and cartons."""
        orders = self.new_purchases(
            {product: [100] * self.n for product in self.world.products("RAW")})
        self.measure("purchase confirm", orders.button_confirm)
        self.receive("receipt", orders)
        orders = self.packaging_purchases()
        self.measure("packaging confirm", orders.button_confirm)
        self.receive("packaging receipt", orders)

    def large_purchase(self):
        """Confirm one purchase of packaging for all ``n`` orders, two lines for each."""
        self.together = True
        (purchase,) = self.packaging_purchases()
        self.n = 1
        self.measure(f"packaging confirm, {len(purchase.order_line)} lines",
                     purchase.button_confirm)

    def receive(self, step, orders):
        """Book in everything, as the keeper."""
        pickings = self.world.by(orders.sudo().picking_ids, "keeper")
        self.measure(step, pickings.button_validate)
        if set(pickings.mapped("state")) != {"done"}:
            raise AssertionError("the receipts are not done")

    def packaging_purchases(self):
        """Draft the purchases of bags and cartons, for which manufacturing orders wait."""
        orders = self.new_orders(1, "FRESH")
        orders.action_confirm()
        self.waiting_productions(orders).action_confirm()
        return self.new_purchases({self.world.product(name): [240] * self.n for name in BOUGHT})

    def waiting_productions(self, orders):
        """Draft the manufacturing orders of these orders, unmeasured."""
        model = self.world.by(self.env["mrp.production"], "merchandiser").sudo()
        return model.create([self.production_values(line) for line in orders.sudo().order_line])

    def new_purchases(self, quantities):
        """Draft ``n`` purchases, as the merchandiser.

        :param dict quantities: product → the quantity on each of the purchases
        """
        model = self.world.by(self.env["purchase.order"], "merchandiser")
        lines = [[Command.create({
            "product_id": product.id, "product_qty": of_product[number], "price_unit": 2,
        }) for product, of_product in quantities.items()] for number in range(self.n)]
        return model.create([{
            "partner_id": self.world.partner("supplier").id, "order_line": of_purchase,
        } for of_purchase in ([sum(lines, [])] if self.together else lines)])  # fmt: skip


class AddonRound(Round):
    """The same walk with the addon switched on."""

    def orders_from_stock(self):
        """Create the orders, make them valid, and confirm them apart from the signature."""
        orders = self.new_orders(LINES, "STOCKED", "order create")
        self.make_valid(orders, confirm=False)
        confirm = "order confirm, manual reservation"
        self.measure(confirm, orders.sudo().action_confirm)
        self.figures["order confirm, Odoo's default"] = self.figures[confirm]
        self.measure("stock check, 5 lines", self.notices_of(orders).action_check_stock)

    def make_valid(self, orders, *, confirm=True, measured=True):
        """Submit, verify and sign; without ``confirm`` the orders become valid and no more."""
        measure = self.measure if measured else lambda _step, method: method()
        lines = len(orders[0].order_line)
        about = f", {lines} line{'s' if lines > 1 else ''}"
        measure("submit" + about, orders.action_submit)
        verifying = self.world.by(orders, "merchandiser")
        self.world.by(verifying.sudo().revision_id.tick_ids, "merchandiser").action_tick()
        measure("verify" + about, verifying.action_verify)
        measure("first signature" + about, self.world.by(orders, "finance").action_sign_finance)
        apart = nullcontext() if confirm else patch.object(
            type(orders), "_after_valid", lambda valid: valid.notice_id._follow_revision())
        with apart:
            measure(f"last signature{about}{'' if confirm else ', without the confirm'}",
                    self.world.by(orders, "manager").action_sign_sales_manager)

    def notices_of(self, orders):
        """Return the notices, as the merchandiser sees them."""
        return self.world.by(orders.sudo().notice_id, "merchandiser")

    def orders_to_make(self):
        """Release the notices, each person doing his own part."""
        orders = self.new_orders(1, "MADE")
        self.make_valid(orders)
        self.notices_of(orders).action_check_stock()
        self.manufacture_for(orders)
        orders = self.new_orders(1, "MADE")
        self.make_valid(orders, measured=False)
        notices = self.notices_of(orders)
        notices.action_check_stock()
        self.measure("release", notices.action_release)
        self.finish_and_deliver(notices.sudo().production_ids, orders)

    def prepare_production(self, productions):
        """Have the first article of each line accepted (D5.4)."""
        operator = self.env["hr.employee"].search([("name", "=", "Bench operator")], limit=1)
        for production in productions.sudo():
            article = self.world.by(self.env["gendan.first.article"], "merchandiser").create({
                "notice_line_id": production.notice_line_id.id,
                "workcenter_id": production.workorder_ids.workcenter_id[:1].id})
            article.action_present()
            article.write({"operator_id": operator.id, "sample_quantity": 3, "sample_photo": DOT})
            article.action_sample()
            self.world.by(article, "seller").action_accept()

    def packaging_purchases(self):
        """Draft the purchases of the bags and cartons that released notices need."""
        orders = self.new_orders(1, "FRESH")
        self.make_valid(orders, measured=False)
        notices = self.notices_of(orders)
        notices.action_check_stock()
        notices.action_release()
        self.settle(notices)
        by_product = notices.sudo().need_ids.grouped("product_id")
        products = [self.world.product(name) for name in BOUGHT]
        needs = {product: by_product[product] for product in products}
        purchases = self.new_purchases(
            {product: of_product.mapped("net") for product, of_product in needs.items()})
        self.world.by(self.env["gendan.purchase.allocation"], "merchandiser").create([{
            "need_id": need.id, "purchase_line_id": line.id, "quantity": line.product_qty,
        } for product, of_product in needs.items()
            for need, line in zip(of_product, purchases.order_line.filtered(
                lambda line, product=product: line.product_id == product), strict=True)])
        return purchases

    def settle(self, notices):
        """Settle raw material, process and carton, each person his part (D2.5–D3.8)."""
        for notice in notices:
            notice.action_ask_materials()
        for enquiry in self.world.by(notices.sudo().eta_enquiry_ids, "raw_keeper"):
            enquiry.action_answer("", on_hand=enquiry.sudo().need_id.net)
        for enquiry in self.world.by(notices.sudo().capability_ids, "production"):
            enquiry.action_answer("yes", speed=40)
        cartons = self.world.by(self.env["gendan.carton.specification"], "merchandiser").create([
            {"notice_line_id": line.id, "board_grade": "K=K"}
            for line in notices.sudo().line_ids])
        for carton in cartons:
            carton.action_ask()
            self.world.by(carton, "seller").action_confirm()
            self.world.by(carton, "merchandiser").action_set_size(425, 330, 290)

    def prepare_delivery(self, orders):
        """Ask for the loading, have it accepted, the slip issued and the copies taken."""
        tomorrow = self.world.company._company_today() + timedelta(days=1)
        shipping = self.world.by(self.env["gendan.shipping.notice"], "seller").create([{
            "notice_id": notice.id, "ship_date": tomorrow, "address": "Bench street 1",
            "line_ids": [Command.create({"notice_line_id": line.id, "quantity": line.quantity})
                         for line in notice.line_ids],
        } for notice in orders.sudo().notice_id])  # fmt: skip
        for login, action in (("seller", "action_submit"), ("merchandiser", "action_accept"),
                              ("finance", "action_issue_slip"),
                              ("keeper", "action_start_loading")):
            for one in self.world.by(shipping, login):
                getattr(one, action)()

    def manufacture_for(self, orders):
        """Do by hand what a release does, to measure the manufacturing orders alone."""
        notices = orders.sudo().notice_id
        notices.state = "released"
        for line in notices.line_ids:
            line.released_quantity = line.to_make_quantity
        notices.line_ids._freeze_boms()
        self.manufacture(
            [values for line in notices.line_ids for values in line._prepare_productions()])
