"""What a transaction remembers of kits and reordering rules, and when it forgets."""

from odoo.fields import Command
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestRare(TransactionCase):
    """A product without kit and without rule is asked about once; a new row is seen at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1)
        cls.parts = cls.env["product.product"].create(
            [{"name": f"Part {number}", "is_storable": True} for number in range(10)])
        cls.supplier = cls.env["stock.location"].search([("usage", "=", "supplier")], limit=1)

    def setUp(self):
        super().setUp()
        # as a new transaction finds it
        self.env.cr.cache.clear()

    def moves(self, products):
        """Draft a receipt of each product."""
        return self.env["stock.move"].create([{
            "product_id": product.id, "product_uom_qty": 4,
            "product_uom": product.uom_id.id, "location_id": self.supplier.id,
            "location_dest_id": self.warehouse.lot_stock_id.id,
            "picking_type_id": self.warehouse.in_type_id.id,
        } for product in products])  # fmt: skip

    def kit(self, product):
        """Make one product a kit of another."""
        return self.env["mrp.bom"].create({
            "product_tmpl_id": product.product_tmpl_id.id, "type": "phantom",
            "bom_line_ids": [Command.create({"product_id": self.parts[9].id, "product_qty": 3})]})

    def rule(self, product):
        """Give one product a reordering rule."""
        return self.env["stock.warehouse.orderpoint"].create({
            "product_id": product.id, "warehouse_id": self.warehouse.id,
            "location_id": self.warehouse.lot_stock_id.id, "product_min_qty": 10,
            "product_max_qty": 20})

    def asked(self, table, action):
        """Return how often ``action`` selects from a table."""
        before, execute = [], type(self.env.cr).execute

        def listening(cursor, query, *args, **kwargs):
            code = getattr(query, "code", query)
            if f'FROM "{table}"' in code:
                before.append(code)
            return execute(cursor, query, *args, **kwargs)

        self.patch(type(self.env.cr), "execute", listening)
        action()
        self.patch(type(self.env.cr), "execute", execute)
        return len(before)

    def test_ten_moves_ask_once(self):
        """Core asks for the kit of each move, and for the rules at each change."""
        moves = self.moves(self.parts)
        self.assertEqual(self.asked("mrp_bom", moves._action_confirm), 1)
        self.assertEqual(moves.mapped("state"), ["assigned"] * 10)
        # known since the moves were written
        self.assertEqual(self.asked("stock_warehouse_orderpoint", moves._trigger_scheduler), 0)

    def test_new_kit_is_seen(self):
        """A kit made after the question explodes."""
        part = self.parts[0]
        self.assertFalse(self.env["mrp.bom"]._bom_find(part, bom_type="phantom")[part])
        kit = self.kit(part)
        self.assertEqual(self.env["mrp.bom"]._bom_find(part, bom_type="phantom")[part], kit)
        confirmed = self.moves(part)._action_confirm()
        self.assertEqual((confirmed.product_id, confirmed.product_uom_qty), (self.parts[9], 12))

    def test_bill_becomes_kit(self):
        """So does a bill of materials that becomes a kit, or moves to the product."""
        part, other = self.parts[0], self.parts[1]
        bill = self.kit(other)
        bill.type = "normal"
        self.assertFalse(self.env["mrp.bom"]._bom_find(other, bom_type="phantom")[other])
        bill.type = "phantom"
        self.assertEqual(self.env["mrp.bom"]._bom_find(other, bom_type="phantom")[other], bill)
        bill.product_tmpl_id = part.product_tmpl_id
        self.assertEqual(self.env["mrp.bom"]._bom_find(part, bom_type="phantom")[part], bill)

    def test_deleted_kit_comes_back(self):
        """A kit that a rolled back savepoint gives back is a kit again."""
        part = self.parts[0]
        kit = self.kit(part)
        savepoint = self.env.cr.savepoint()
        kit.unlink()
        self.assertFalse(self.env["mrp.bom"]._bom_find(part, bom_type="phantom")[part])
        savepoint.rollback()
        savepoint.close(rollback=False)
        self.env.invalidate_all()
        self.assertEqual(self.env["mrp.bom"]._bom_find(part, bom_type="phantom")[part], kit)

    def test_new_rule_is_seen(self):
        """A rule made after the question counts what comes and orders what is short."""
        part = self.parts[0]
        self.moves(part)._action_confirm()
        rule = self.rule(part)
        self.assertEqual(rule.qty_to_order, 16)
        self.moves(part)._action_confirm()
        self.assertEqual(rule.qty_to_order, 12)

    def test_new_push_rule_is_seen(self):
        """Goods that came in go on when a push rule was made after the question."""
        shelf = self.env["stock.location"].create(
            {"name": "Shelf", "location_id": self.warehouse.lot_stock_id.id})
        self.receive(self.parts[0], self.warehouse.lot_stock_id)
        route = self.env["stock.route"].create({"name": "To the shelf", "rule_ids": [
            Command.create({
                "name": "push", "action": "push", "auto": "manual",
                "location_src_id": self.warehouse.lot_stock_id.id,
                "location_dest_id": shelf.id, "picking_type_id": self.warehouse.int_type_id.id,
            })]})
        self.parts[0].route_ids = route
        self.assertEqual(
            self.receive(self.parts[0], self.warehouse.lot_stock_id).move_dest_ids.location_dest_id,
            shelf)
        # and a location below is found by climbing
        below = self.env["stock.location"].create(
            {"name": "Gate", "location_id": self.warehouse.lot_stock_id.id})
        self.assertEqual(
            self.receive(self.parts[0], below).move_dest_ids.location_dest_id, shelf)

    def receive(self, product, location):
        """Take in a product at a location; return the move done."""
        move = self.moves(product)
        move.location_dest_id = location
        move._action_confirm()
        move.quantity, move.picked = 4, True
        return move._action_done()
