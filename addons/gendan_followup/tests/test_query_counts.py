"""How many SQL statements each step takes: one document, ten at once, an order of 500 lines.

The ceilings are what the steps take now, beside bare Odoo see `benchmarks/results.md`; a step
that needs more has begun to look at its records one by one. Odoo's version is pinned, so the
counts are the same on every machine.
"""

from contextlib import contextmanager

from odoo.fields import Command
from odoo.tests import tagged

from .common import FollowupCase
from .materials_case import MaterialsVerbs
from .shipping_case import ShippingVerbs

SELLER, MERCHANDISER, FINANCE, MANAGER = "E05", "E10", "E08", "E02"
PRODUCTION, KEEPER = "E12", "E16"
PACKS = 480
# the goals of a request that signs or verifies one order
REQUEST = 10
# statements that one more line of an order may cost: core confirms each line and each MO
# apart, all else goes to the database by the hundred rows
PER_LINE = {"last signature": 6, "release": 200}
BY_THE_HUNDRED = 0.03
# statements per document, ten at once
AT_TEN = {
    "submit": 17.2, "verify": 2.8, "first signature": 0.9, "last signature": 28.2,
    "stock check": 3.1, "release": 134.9, "work order start": 34.3, "MO done": 57.4,
    "delivery": 17.9,
}


class CountingCase(ShippingVerbs, FollowupCase):
    """Counts what a step sends to the database, with nothing in memory of the step before."""

    def setUp(self):
        super().setUp()
        self.counts = {}
        # nothing of F01 lies on stock, so that all of it is made
        self.env["stock.quant"].sudo().search(
            [("product_id", "=", self.ref("F01").id)]).write({"quantity": 0})
        self.put("PK02_v3", PACKS * 20)
        self.put("PK91_v1", PACKS * 20)

    def by(self, records, number):
        """Return the records as a request brings them: by their ids, whoever led to them.

        Records that were reached by a link remember it to be read together, and reading
        one by one is what is looked for here.
        """
        return super().by(records.browse(records.ids), number)

    @contextmanager
    def counted(self, step):
        """Write down the statements of this block, its flush included."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.invalidate_all()
        # what a transaction remembers ends with the request
        self.env.cr.cache.clear()
        before = self.env.cr.sql_log_count
        yield
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.counts[step] = self.env.cr.sql_log_count - before

    def drafted(self, number, lines=1):
        """Draft ``number`` orders of so many lines, the customer's document attached."""
        order = self.env["sale.order"]
        for index in range(number):
            order |= self.new_order(SELLER, "C06", [
                ("F01", PACKS, 8.9 + line / 100) for line in range(lines)],
                "2026-12-20", client_order_ref=f"Q{index}")
        return order

    def signed(self, orders):
        """Take the orders from draft to valid, each step counted."""
        with self.counted("submit"):
            self.by(orders, SELLER).action_submit()
        mine = self.by(orders, MERCHANDISER)
        mine.sudo().revision_id.tick_ids.with_user(self.user(MERCHANDISER)).action_tick()
        with self.counted("verify"):
            mine.action_verify()
        with self.counted("first signature"):
            self.by(orders, FINANCE).action_sign_finance()
        with self.counted("last signature"):
            self.by(orders, MANAGER).action_sign_sales_manager()
        self.assertEqual(set(orders.sudo().mapped("state")), {"sale"})

    def checked(self, orders):
        """Check the stock, counted."""
        notices = self.by(orders.sudo().notice_id, MERCHANDISER)
        with self.counted("stock check"):
            notices.action_check_stock()
        return self.by(notices, MERCHANDISER)

    def released(self, orders):
        """Check the stock and release the shortage, each step counted."""
        notices = self.checked(orders)
        with self.counted("release"):
            notices.action_release()
        self.assertEqual(set(notices.sudo().mapped("state")), {"released"})
        return notices.sudo()


@tagged("performance")
class TestQueryCounts(CountingCase):
    """One document and ten at once: what is asked once is not asked once more for each."""

    def walk(self, number):
        """Walk ``number`` orders from draft to the truck; return the counts."""
        self.counts = {}
        with self.at("2026-11-24 09:00"):
            orders = self.drafted(number)
            self.signed(orders)
            productions = self.released(orders).production_ids
            self.made(productions)
            self.left(orders)
        return {step: count / number for step, count in self.counts.items()}

    def started(self, productions):
        """Start the machines, counted, and take it back: what is done next began without it."""
        with self.env.cr.savepoint() as savepoint:
            # all packaging is here: a start with a warning on record has more to write
            self.put("PK08_v2", PACKS)
            workorders = self.by(productions.workorder_ids, PRODUCTION)
            with self.counted("work order start"):
                workorders.button_start()
            self.assertEqual(set(workorders.mapped("state")), {"progress"})
            savepoint.rollback()

    def made(self, productions):
        self.accept_first_article(productions)
        self.started(productions)
        for production in self.by(productions, PRODUCTION):
            production.qty_producing = production.product_qty
            production.action_generate_serial()
        productions.move_raw_ids.picked = True
        productions = self.by(productions, PRODUCTION).with_context(skip_consumption=True)
        with self.counted("MO done"):
            productions.button_mark_done()
        self.assertEqual(set(productions.sudo().mapped("state")), {"done"})

    def left(self, orders):
        for order in orders:
            shipping = self.accepted_shipping(order, "2026-11-25")
            self.with_slip(shipping)
            self.by(shipping, KEEPER).action_start_loading()
        pickings = self.by(orders.sudo().picking_ids, KEEPER)
        with self.counted("delivery"):
            pickings.button_validate()
        self.assertEqual(set(pickings.sudo().mapped("state")), {"done"})

    def test_one_and_ten(self):
        # what lives longer than a request is filled by a first walk
        self.walk(1)
        alone, together = self.walk(1), self.walk(10)
        for step in ("verify", "first signature"):
            with self.subTest(step=step):
                self.assertLessEqual(
                    alone[step], REQUEST, f"{step}: {alone[step]:g} SQL, the goal is {REQUEST}")
        for step, count in together.items():
            with self.subTest(step=step, documents=10):
                ceiling = AT_TEN[step]
                self.assertLessEqual(
                    count, ceiling, f"{step}: {count:g} SQL for each of ten documents, "
                    f"{ceiling:g} were enough ({alone[step]:g} alone)")
                self.assertLessEqual(count, alone[step], f"{step}: ten cost more than ten times")
        self.assertEqual(set(together), set(AT_TEN))


@tagged("performance")
class TestPurchaseCounts(MaterialsVerbs, CountingCase):
    """Buying bags for their needs, beside buying the same bags with the switch off (X20)."""

    def needs(self, lines):
        """Return the bag needs of a notice of so many lines that may be bought for."""
        quants = self.env["stock.quant"].sudo()
        quants.search([("product_id", "=", self.ref("PK02_v3").id)]).write({"quantity": 0})
        # all else is there, so that nobody has to be asked for it
        stock = self.ref("warehouse").sudo().lot_stock_id
        recipe = self.ref("F01").sudo().bom_ids.bom_line_ids.product_id
        for product in (recipe - self.ref("PK02_v3").sudo()).filtered("is_storable"):
            lot = self.env["stock.lot"].sudo().create(
                {"product_id": product.id, "name": "ALL"}) if product.tracking != "none" else None
            quants._update_available_quantity(product, stock, 10**7, lot_id=lot)
        with self.at("2026-11-24 09:00"):
            order = self.drafted(1, lines)
            self.signed(order)
            notice = self.checked(order).sudo()
            # its manufacturing orders are counted elsewhere
            notice.state = "released"
            for line in notice.line_ids:
                line.released_quantity = line.to_make_quantity
            notice.line_ids._calculate_needs()
            self.settle_materials(notice, MERCHANDISER)
        return notice.need_ids.filtered(lambda need: need.kind == "bag")

    def buy(self, parts, *, on):
        """Confirm and receive one order for each of ``parts``; return the counts of each.

        :param list parts: needs, a line for each of them
        :param bool on: with the switch and the allocations, or without both
        """
        self.company.sudo().uses_gendan = on
        # the switch empties what the server remembers of its people, which no purchase does
        self.user(MERCHANDISER)._has_role("merchandiser")
        purchases = self.by(self.env["purchase.order"], MERCHANDISER).create([{
            "partner_id": self.ref("V03").id,
            "order_line": [Command.create({
                "product_id": need.product_id.id, "product_qty": need.net, "price_unit": 0.2,
                **({"allocation_ids": [Command.create({
                    "need_id": need.id, "quantity": need.net})]} if on else {}),
            }) for need in needs]} for needs in parts])
        purchases = self.by(purchases, MERCHANDISER)
        with self.counted("confirm"):
            purchases.button_confirm()
        self.assertEqual(set(purchases.mapped("state")), {"purchase"})
        pickings = self.by(purchases.sudo().picking_ids, "E15")
        for line in pickings.sudo().move_ids.move_line_ids:
            line.lot_name = f"B{line.id}"
        with self.counted("receipt"):
            pickings.button_validate()
        self.assertEqual(set(pickings.sudo().mapped("state")), {"done"})
        return {step: self.counts[step] / len(parts) for step in ("confirm", "receipt")}

    def test_beside_the_switch_turned_off(self):
        needs = self.needs(111)
        # what lives longer than a request is filled by first ones
        self.buy([needs[:1]], on=False)
        self.buy([needs[:1]], on=True)
        ten = [*(needs[at] for at in range(1, 11))]
        for parts in (ten, [needs[11:]]):
            bare, ours = self.buy(parts, on=False), self.buy(parts, on=True)
            for step, count in ours.items():
                # the goals: a statement for an order, one for five lines
                allowed = 1 + 0.2 * len(parts[0])
                with self.subTest(step=step, orders=len(parts), lines=len(parts[0])):
                    self.assertLessEqual(
                        round(count - bare[step], 6), allowed,
                        f"{step}: {count:g} SQL, {bare[step]:g} without us")


@tagged("performance")
class TestManyLines(CountingCase):
    """An order of 500 lines goes all the way, and no step asks about each line apart."""

    def check(self, short, long, lines):
        for step, count in long.items():
            with self.subTest(step=step):
                allowed = short[step] + PER_LINE.get(step, BY_THE_HUNDRED) * lines
                self.assertLessEqual(
                    count, allowed,
                    f"{step}: {count} SQL with {lines} lines more, {short[step]} before")

    def test_500_lines_become_valid_and_are_checked(self):
        self.check(self.valid(5), self.valid(500), 495)

    def test_the_release_grows_by_its_lines_only(self):
        self.check(self.walk(5), self.walk(40), 35)

    def valid(self, lines):
        """Take one order of so many lines to its stock check; return the counts."""
        self.counts = {}
        with self.at("2026-11-24 09:00"):
            order = self.drafted(1, lines)
            self.signed(order)
            self.checked(order)
        self.assertEqual(len(order.sudo().notice_id.stock_check_id.line_ids.notice_line_id), lines)
        self.assertEqual(len(order.sudo().picking_ids.move_ids), lines)
        return self.counts

    def walk(self, lines):
        """Take one order of so many lines to its release; return the counts."""
        self.counts = {}
        with self.at("2026-11-24 09:00"):
            order = self.drafted(1, lines)
            self.signed(order)
            notice = self.released(order)
        self.assertEqual(len(notice.line_ids), lines)
        self.assertEqual(sum(notice.production_ids.mapped("product_qty")), sum(
            notice.line_ids.mapped("released_quantity")))
        return self.counts
