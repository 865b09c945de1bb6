from contextlib import contextmanager

from odoo import models

from ..foundation.gate_mixin import Unmet, gate
from ..foundation.reading import read_together

LOOKED_AT = "gendan_followup.goods_looked_at"


class StockPicking(models.Model):
    """A delivery of an order that is followed up."""

    _name = "stock.picking"
    _inherit = ["stock.picking", "gendan.gate.mixin"]

    @gate("picking.deliver", "D1.11 D2.2 D2.3 D6.1 D8.6 D8.7")
    def _gate_deliver(self):
        """Goods leave while the order is valid, from permitted lots, and with both papers."""
        leaving = self.sudo().move_ids.filtered(
            lambda move: move.state not in ("done", "cancel"))
        # read together what each move is asked about
        leaving.move_line_ids.lot_id.mapped("is_blocked")
        orders = leaving.sale_line_id.order_id
        read_together(orders.notice_id, "line_ids")
        order_unmet = orders._gate_unmet("_gate_valid")
        stopped = {order: order_unmet.get(order.id, []) + order.notice_id._stop_conditions()
                   for order in orders}
        goods = leaving.filtered(
            lambda move: move.sale_line_id and move.quantity)._goods_conditions()
        in_force = orders.filtered(lambda order: not order_unmet.get(order.id))
        of_picking = leaving.grouped("picking_id")
        unmet = {}
        for picking in self:
            moves = of_picking.get(picking, leaving.browse())
            conditions = [
                unmet for order in moves.sale_line_id.order_id for unmet in stopped[order]]
            for move in moves:
                conditions += goods.get(move, [])
            unmet[picking.id] = conditions + picking._foreign_conditions(moves)
        # each order was asked just now, its papers need not ask once more
        with in_force._gate_passed("_gate_valid"):
            papers = self._paper_conditions()
        for id_, conditions in papers.items():
            unmet[id_] += conditions
        return unmet

    @gate("picking.written_done", "D8.6 X4")
    def _gate_written_done(self):
        """What leaves is validated, never written done by hand."""
        return {picking.id: [Unmet(
            "written", self.env._("%s cannot be written done", picking.name),
            self.env._("validate the delivery"))] for picking in self}

    # ------------------------------------------------------------- two papers

    def _paper_conditions(self):
        """Return ``{id: conditions}``: which goods leave without notice, slip or report (D8.6).

        All deliveries that are validated together count together.
        """
        moves = self.sudo().move_ids.filtered(
            lambda move: move.state not in ("done", "cancel") and move._leaves_for_customer())
        lines = self.env["gendan.shipping.notice.line"].sudo()._under_way_for(moves)
        of_goods, papers = lines._by_order_line(), lines.shipping_id._papers_of_loading()
        packs = moves._packs_on_it()
        unmet = {picking.id: [] for picking in self}
        for carried in moves._by_goods():
            quantity = sum(packs[move] for move in carried)
            if quantity <= 0:
                continue
            conditions = lines._carrying(carried[:1], of_goods)._leave_conditions(
                carried, quantity, papers)
            for picking in carried.picking_id:
                unmet[picking.id] += conditions
        return unmet

    def button_validate(self):
        """Refuse before anything is asked about back-orders (D1.11)."""
        leaving = self.move_ids.filtered(lambda move: move._leaves_for_customer()).picking_id
        leaving._pass_gate("_gate_deliver")
        with leaving._goods_looked_at():
            return super().button_validate()

    @contextmanager
    def _goods_looked_at(self):
        """Remember which goods passed the gate: it is asked again only for others (traps 9.4).

        The note lies in the memory of the cursor, out of reach of any caller.
        """
        seen = self.env.cr.cache.setdefault(LOOKED_AT, {})
        seen.update({picking.id: picking._goods_on_it() for picking in self})
        try:
            with self.sudo().move_ids.sale_line_id.order_id._gate_passed("_gate_valid"):
                yield
        finally:
            for id_ in self.ids:
                seen.pop(id_, None)

    def _not_looked_at(self):
        """Return the pickings whose goods are not the ones that have passed the gate."""
        seen = self.env.cr.cache.get(LOOKED_AT, {})
        return self.filtered(
            lambda picking: picking.id not in seen or seen[picking.id] != picking._goods_on_it())

    def _goods_on_it(self):
        """Return what would leave with this picking: each line with lot, place and quantity."""
        self.ensure_one()
        moves = self.sudo().move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        return {(move.id, move.sale_line_id.id, move.quantity, line.id, line.lot_id.id,
                 line.location_id.id, line.quantity)
                for move, lines in moves._lines_on_it().items() for line in lines}

    def _foreign_conditions(self, moves):
        """Return goods on an order's delivery that the order does not contain."""
        if not moves.sale_line_id:
            return []
        return [
            Unmet(
                "foreign",
                self.env._(
                    "%(picking)s: %(product)s is not on the order",
                    picking=self.name,
                    product=move.product_id.display_name,
                ),
                self.env._("take it off the delivery, or the salesperson opens a new revision"),
            )
            for move in moves
            if not move.sale_line_id and move.quantity
        ]

    @gate("picking.links", "X4 D1.10")
    def _gate_links(self):
        """The link between a delivery and its order is not cut."""
        return {picking.id: [Unmet("link", self.env._("%s belongs to an order", picking.name),
                                   self.env._("cancel the delivery instead"))] for picking in self}

    def unlink(self):
        """A delivery of an order is cancelled, never deleted; core would do both (X5)."""
        self.check_access("unlink")
        self.filtered(lambda picking: picking.state not in ("draft", "cancel")
                      and picking.sudo().sale_id)._pass_gate("_gate_links")
        return super().unlink()

    def write(self, vals):
        """Keep the link to the order (X4)."""
        if "sale_id" in vals:
            self.filtered(lambda picking: picking.sudo().sale_id
                          and picking.sudo().sale_id.id != vals["sale_id"])._pass_gate(
                "_gate_links")
        return super().write(vals)
