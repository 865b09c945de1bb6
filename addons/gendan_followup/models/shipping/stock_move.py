from contextlib import contextmanager

from odoo import api, fields, models
from odoo.tools import SQL, float_compare

from ...calc.text import plain_number
from ..foundation.gate_mixin import Gate, Unmet

# moves that pass the gate at this moment, kept on the cursor: no client reaches it
LEAVING = "gendan_followup.leaving"
OURS = ("internal", "transit")


class StockMove(models.Model):
    """Goods of an order leave only while it is valid, and only permitted lots (D1.11, D2.3)."""

    _inherit = "stock.move"

    # core's text of the order line, read by people who may not read the order (traps 2)
    description_picking = fields.Text(compute_sudo=True)

    def _action_assign(self, force_qty=False):
        """Reserve an order's goods by the stock check only (D2.2).

        What a manufacturing order brings is reserved along its own chain.
        """
        waiting = self.filtered(lambda move: move._waits_for_stock_check())
        return super(StockMove, self - waiting)._action_assign(force_qty=force_qty)

    def _waits_for_stock_check(self):
        self.ensure_one()
        return bool(self.company_id.uses_gendan and self.sudo().sale_line_id
                    and not self.move_orig_ids and self.location_id.usage == "internal")

    def _action_done(self, cancel_backorder=False):
        """Let an order's goods leave only with a valid revision and from permitted lots."""
        self._check_on_delivery()
        leaving = self.filtered(lambda move: move._leaves_for_customer())
        leaving.picking_id._not_looked_at()._pass_gate("_gate_deliver")
        with leaving._let_leave():
            done = super()._action_done(cancel_backorder=cancel_backorder)
        if leaving:
            leaving._note_left(done)
        done._hold_returned()
        return done

    def _note_left(self, done):
        """Note on papers and notices what of these moves has left: the system's, in sudo.

        The keeper reads the papers and writes none, and reads neither orders nor their lines.
        """
        (self & done).sudo()._note_on_papers()
        orders = self.sudo().sale_line_id.order_id
        orders._remember_by_notice()
        orders.notice_id._close_delivered()

    def _hold_returned(self):
        """Put lots that came back from a customer on hold: quality control looks first (D8.6).

        The hold is the system's: the keeper who books goods in decides nothing about them.
        """
        returned = self.filtered(
            lambda move: move.company_id.uses_gendan and move.state == "done"
            and move.location_id.usage == "customer"
            and move.location_dest_id.usage == "internal")
        for move in returned.sudo():
            lots = move.move_line_ids.lot_id.filtered(lambda lot: not lot.is_blocked)
            lots.is_blocked = True
            for lot in lots:
                lot.message_post(body=self.env._(
                    "Came back with %s: on hold until quality control has looked at it.",
                    move.picking_id.name or move.display_name))

    def _leaves_for_customer(self):
        self.ensure_one()
        return bool(self.company_id.uses_gendan and self.location_dest_id.usage == "customer"
                    and (self.picking_id or self.sudo().sale_line_id)
                    and self.state not in ("done", "cancel"))

    def _action_synch_order(self):
        """An extra product on a delivery changes no order line while 跟单 is on (traps 1.10)."""
        gated = self.filtered(lambda move: move.company_id.uses_gendan)
        return super(StockMove, self - gated)._action_synch_order()

    @contextmanager
    def _let_leave(self):
        """Mark these moves as passed while core sets them to done."""
        passed = self.env.cr.cache.setdefault(LEAVING, set())
        passed.update(self.ids)
        try:
            yield
        finally:
            passed.difference_update(self.ids)

    @api.model_create_multi
    def create(self, vals_list):
        """A move that is born done has passed no gate yet (D8.6, X4)."""
        moves = super().create(vals_list)
        if any(vals.get("state") == "done" for vals in vals_list):
            moves.filtered(lambda move: move.state == "done")._pass_written_done()
        return moves

    def _pass_written_done(self):
        """Let moves be written done only if they would pass the gate (traps 7.2)."""
        passed = self.env.cr.cache.get(LEAVING, ())
        leaving = self.filtered(lambda move: move.id not in passed and move.company_id.uses_gendan
                                and move.location_dest_id.usage == "customer")
        (self - self.browse(passed))._check_on_delivery()
        leaving.picking_id._pass_gate("_gate_written_done")

    def _check_on_delivery(self):
        """Refuse goods that go to a customer past a delivery: no gate would see them (D8.6)."""
        going = self.filtered(lambda move: move.company_id.uses_gendan and (
            "customer" in (move.location_dest_id | move.move_line_ids.location_dest_id).mapped(
                "usage")))
        going.filtered(lambda move: not move.picking_id and move.sudo().sale_line_id
                       )._refuse_cut_link()
        past = going.filtered(lambda move: move._goes_past_delivery())
        if past:
            self.env["gendan.audit"]._refuse(
                Gate("picking.past", "D8.6 X4"), past, self.env._(
                    "%s would go to a customer on no delivery: what leaves, leaves on a delivery "
                    "with its papers.", past[0].product_id.display_name))

    def _goes_past_delivery(self):
        """Whether what goes to a customer with this move is on no delivery to one."""
        self.ensure_one()
        if not self.picking_id:
            return self.location_id.usage in OURS
        return self.location_dest_id.usage != "customer" and any(
            line.location_id.usage in OURS and line.location_dest_id.usage == "customer"
            for line in self.move_line_ids)

    def _refuse_cut_link(self):
        """Refuse to take goods away from their order, or from its delivery (X4)."""
        gated = self.filtered(lambda move: move.company_id.uses_gendan)
        if gated:
            self.env["gendan.audit"]._refuse(
                Gate("picking.links", "X4 D1.10"), gated, self.env._(
                    "%s belongs to an order and leaves on its delivery: cancel that instead.",
                    ", ".join(gated.picking_id.mapped("name")) or gated[0].display_name))

    def _packs_on_it(self):
        """Return ``{move: packs it carries}`` in the unit of the product: picked, else reserved."""
        return {move: sum(
            line.product_uom_id._compute_quantity(line.quantity, move.product_id.uom_id)
            for line in lines) for move, lines in self._lines_on_it().items()}

    def _lines_on_it(self):
        """Return ``{move: its lines that leave}``: the picked ones where any are picked."""
        picked = {picking for picking in self.picking_id
                  if any(move.picked for move in picking.move_ids)}
        return {move: move.move_line_ids.filtered("picked") if move.picked
                else move.move_line_ids.browse() if move.picking_id in picked
                else move.move_line_ids for move in self}

    def _by_goods(self):
        """Return these moves in groups of the same goods: an order line, or a sample."""
        return list(self.grouped(
            lambda move: (move.sale_line_id, move.product_id, move.picking_id.partner_id
                          if not move.sale_line_id else False)).values())

    def _note_on_papers(self):
        """Note on the shipping notices what has left with these moves."""
        lines = self.env["gendan.shipping.notice.line"]._loading_for(self)
        of_goods = lines._by_order_line()
        for move in self:
            left = move._packs_done()
            for line in lines._carrying(move, of_goods):
                rest = line.quantity - line.shipped_quantity
                taken = min(rest, left)
                line.shipped_quantity += taken
                left -= taken
        lines.shipping_id._note_shipped()

    def _packs_done(self):
        self.ensure_one()
        return self.product_uom._compute_quantity(self.quantity, self.product_id.uom_id)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_order(self):
        """Goods of an order are taken off its delivery by cancelling, never by deleting (X5)."""
        self.filtered(lambda move: move.state not in ("draft", "cancel")
                      and move.sudo().sale_line_id)._refuse_cut_link()

    def write(self, vals):
        """Keep the link to the order on which the gate of the delivery stands (X4)."""
        if vals.get("state") == "done":
            self.filtered(lambda move: move.state != "done")._pass_written_done()
        if "sale_line_id" in vals:
            self.filtered(
                lambda move: move.sudo().sale_line_id
                and move.sudo().sale_line_id.id != vals["sale_line_id"]
                and move.state != "cancel")._refuse_cut_link()
        if "picking_id" in vals and not vals["picking_id"] and not self.env.su:
            # core itself takes a move out, in sudo, when an order line shrinks
            self.filtered(lambda move: move.picking_id and move.sudo().sale_line_id
                          and move.state != "cancel")._refuse_cut_link()
        return super().write(vals)

    def _goods_conditions(self):
        """Return ``{move: what of it may not leave for its order}``, asked of all at once."""
        permitted = self.env["gendan.production.notice.line"]._permitted_to_leave(
            self.sale_line_id)
        own, packs, left = self._lines_on_it(), self._packs_on_it(), self._left_by_lot()
        return {
            move: move._demand_conditions(packs[move]) + move._lot_conditions(
                *permitted[move.sale_line_id.id],
                move._quantity_by_lot(own[move], left.get(move.sale_line_id.id, {})))
            for move in self if move.sale_line_id.id in permitted}

    def _lot_conditions(self, checked, lots, leaving):
        """Return the lots of this move that may not leave for this order (D2.2, traps 9.4).

        :param bool checked: whether the stock was checked for its order line
        :param dict lots: lot id → quantity that may leave
        :param dict leaving: lot → quantity that will have left with this move
        """
        self.ensure_one()
        conditions = []
        for lot, quantity in leaving.items():
            if lot.is_blocked:
                conditions.append(self._lot_unmet("blocked", lot, self.env._("is on QC hold")))
            elif self.product_id.tracking == "none":
                continue
            elif lot.id not in lots:
                conditions.append(self._lot_unmet(
                    "lot", lot, self.env._("was not given to this order by its stock check")
                    if checked else self.env._("no stock check was made for this order")))
            elif float_compare(quantity, lots[lot.id], precision_digits=2) > 0:
                conditions.append(self._lot_unmet("lot_quantity", lot, self.env._(
                    "%(leaving)s leave, %(given)s were given to this order",
                    leaving=plain_number(quantity), given=plain_number(lots[lot.id]))))
        return conditions

    @api.model
    def _quantity_by_lot(self, lines, left):
        """Return how much of each lot on these ``lines`` leaves for the order line, all told.

        :param dict left: lot id → what has left for the order line before
        """
        quantities = {}
        for line in lines:
            if line.quantity:
                lot = line.lot_id
                quantities[lot] = quantities.get(
                    lot, left.get(lot.id, 0)) + line.quantity_product_uom
        return quantities

    def _left_by_lot(self):
        """Return ``{order line id: {lot id: what has left so far}}`` for these moves' lines.

        What came back counts no more.
        """
        self.env["stock.move"].flush_model(["sale_line_id", "state"])
        self.env["stock.move.line"].flush_model(
            ["move_id", "lot_id", "location_id", "location_dest_id", "quantity_product_uom"])
        found = {}
        for line_id, lot_id, quantity in self.env.execute_query(SQL(
            """
            SELECT move.sale_line_id, line.lot_id,
                   sum(line.quantity_product_uom * ((dest.usage = 'customer')::int
                                                    - (source.usage = 'customer')::int))
              FROM stock_move move
              JOIN stock_move_line line ON line.move_id = move.id
              JOIN stock_location source ON source.id = line.location_id
              JOIN stock_location dest ON dest.id = line.location_dest_id
             WHERE move.sale_line_id = ANY(%s) AND move.state = 'done'
          GROUP BY move.sale_line_id, line.lot_id
            """, list(self.sale_line_id.ids))):
            found.setdefault(line_id, {})[lot_id or False] = quantity
        return found

    def _demand_conditions(self, leaving):
        """Return the excess over what is still to deliver: more was not signed."""
        ordered = self.product_qty
        if float_compare(leaving, ordered, precision_digits=2) <= 0:
            return []
        return [Unmet("over", self.env._(
            "%(picking)s, %(product)s: %(leaving)s leave, %(ordered)s are left to deliver",
            picking=self.picking_id.name, product=self.product_id.display_name,
            leaving=plain_number(leaving), ordered=plain_number(ordered)),
            self.env._("lower the quantity, or the salesperson opens a new revision"))]

    def _lot_unmet(self, code, lot, text):
        notice = self.sale_line_id.order_id.notice_id
        return Unmet(
            code,
            self.env._(
                "%(picking)s, %(product)s lot %(lot)s: %(text)s",
                picking=self.picking_id.name,
                product=self.product_id.display_name,
                lot=lot.name or "—",
                text=text,
            ),
            self.env._(
                "%s checks the stock", notice.merchandiser_id.name or self.env._("the merchandiser")
            ),
        )

    def _merge_moves(self, merge_into=False):
        """Compare moves in sudo: core looks at their prices, too, to see which are alike."""
        merged = super(StockMove, self.sudo())._merge_moves(
            merge_into=merge_into and merge_into.sudo())
        return merged.with_env(self.env)

    def _create_backorder(self):
        """Split off the rest in sudo: it keeps its purchase price, which the keeper cannot see."""
        return super(StockMove, self.sudo())._create_backorder().with_env(self.env)

    def _set_value(self, correction_quantity=None):
        """Value the goods whoever moves them: core reads cost prices here.

        The keeper and the workshop see no price, so the valuation alone runs in sudo.
        """
        return super(StockMove, self.sudo())._set_value(correction_quantity=correction_quantity)
