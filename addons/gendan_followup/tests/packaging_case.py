"""Packaging that is bought, received and sent back, each by its own person (S04)."""

from odoo.fields import Command
from odoo.tests import Form

from .common import FollowupCase
from .materials_case import MaterialsVerbs

MERCHANDISER, OTHER_MERCHANDISER, SALESPERSON = "E11", "E10", "E04"
PLAN_MANAGER, KEEPER = "E09", "E15"


class PackagingVerbs(MaterialsVerbs):
    """What buyers and keepers do; mixed into the cases."""

    def settle(self, order, merchandiser=MERCHANDISER, seller=SALESPERSON):
        """Settle what has to be settled before packaging is ordered (D2.5–D3.9)."""
        notice = order.sudo().notice_id
        self.settle_materials(notice, merchandiser)
        cartons = notice.need_ids.filtered(lambda need: need.kind == "carton")
        for line in cartons.notice_line_id:
            self.confirm_carton(line, merchandiser, seller)

    def need_of(self, order, code):
        """Return the need of ``order`` for the material ``code``, supplements apart."""
        return self.env["gendan.need"].search([
            ("notice_id", "=", order.sudo().notice_id.id),
            ("product_id", "=", self.ref(code).id), ("is_supplement", "=", False)])

    def released(self, seller, customer, lines, due, day="2026-11-23", merchandiser="E11",
                 **values):
        """Return an order that was entered, signed and released on one day."""
        with self.at(f"{day} 09:10"):
            order = self.new_order(seller, customer, lines, due, **values)
            self.make_valid(order, merchandiser=merchandiser)
            self.release(order, merchandiser)
            self.settle(order, merchandiser, seller)
            self.env.flush_all()
        return order

    def draft(self, needs, quantity, number=MERCHANDISER, supplier="V03", unit=None, price=0.35,
              shares=None):
        """Draft a purchase order for ``needs``, as employee ``number``."""
        shares = shares or [int(quantity) if need == needs[:1] else 0 for need in needs]
        return self.env["purchase.order"].with_user(self.user(number)).with_company(
            self.company).create({
                "partner_id": self.ref(supplier).id,
                "order_line": [Command.create({
                    "product_id": needs.product_id.id, "product_qty": quantity,
                    "price_unit": price,
                    **({"product_uom_id": self.ref(unit).id} if unit else {}),
                    "allocation_ids": [Command.create({
                        "need_id": need.id, "quantity": share})
                        for need, share in zip(needs, shares, strict=True)],
                })],
            })

    def buy(self, needs, quantity, number=MERCHANDISER, **values):
        """Order ``quantity`` for ``needs``; return the purchase order."""
        order = self.draft(needs, quantity, number, **values)
        self.by(order, number).button_confirm()
        return order

    def refused_to_buy(self, pattern, needs, quantity, number=MERCHANDISER, **values):
        """Expect that this cannot be ordered, and that nothing is covered by it."""
        before = needs.mapped("covered")
        with self.refused(pattern):
            self.buy(needs, quantity, number, **values)
        self.assertEqual(needs.mapped("covered"), before)

    def receive(self, purchase, quantity, number=KEEPER, backorder=False):
        """Book in ``quantity`` of the open receipt of ``purchase``, as the keeper."""
        picking = self.by(purchase.sudo().picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")), number)
        move = picking.move_ids
        self.note_arrival(move, quantity)
        # what "no backorder" in the window does
        picking.with_context(
            skip_backorder=True,
            picking_ids_not_to_backorder=[] if backorder else picking.ids).button_validate()
        return picking

    def note_arrival(self, move, quantity):
        """Write the quantity that arrived on a receipt's move, in a lot of its own."""
        move.move_line_ids.unlink()
        lot = {"lot_name": f"L-{move.id}-{quantity:g}"} if move.has_tracking != "none" else {}
        move.write({"move_line_ids": [Command.create({
            **move._prepare_move_line_vals(), "quantity": quantity, **lot})]})
        move.picked = True

    def send_back(self, picking, quantity, number=KEEPER):
        """Return ``quantity`` of a receipt to the supplier, as the keeper."""
        wizard = Form(self.by(self.env["stock.return.picking"], number).with_context(
            active_id=picking.id, active_ids=picking.ids, active_model="stock.picking")).save()
        wizard.product_return_moves.quantity = quantity
        returned = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"])
        returned = self.by(returned, number)
        lot = picking.move_ids.move_line_ids.lot_id
        move = returned.move_ids
        move.move_line_ids.unlink()
        move.write({"move_line_ids": [Command.create({
            **move._prepare_move_line_vals(), "quantity": quantity, "lot_id": lot.id})]})
        move.picked = True
        returned.button_validate()
        return returned

    def assert_ledger(self, need, covered, headroom):
        """Assert the two figures of S04."""
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((need.covered, need.headroom), (covered, headroom))


class PackagingCase(PackagingVerbs, FollowupCase):
    """Packaging on the demo factory's master data, rolled back after each test."""
