from contextlib import contextmanager

from odoo import api, fields, models
from odoo.tools import float_compare

from ..foundation.gate_mixin import Gate, Unmet

# moves that pass the gate at this moment, kept on the cursor: no client reaches it
LEAVING = "gendan_followup.leaving"


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
        leaving = self.filtered(lambda move: move._leaves_for_customer())
        leaving._check_on_delivery()
        leaving.picking_id._pass_gate("_gate_deliver")
        with leaving._let_leave():
            done = super()._action_done(cancel_backorder=cancel_backorder)
        # papers are read by the keeper and written by the system
        (leaving & done).sudo()._note_on_papers()
        # the keeper reads neither orders nor their lines; whether all has left is the system's note
        leaving.sudo().sale_line_id.order_id.notice_id._close_delivered()
        return done

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
        leaving._check_on_delivery()
        leaving.picking_id._pass_gate("_gate_written_done")

    def _check_on_delivery(self):
        """Refuse goods of an order that leave on no delivery: no gate would see them."""
        self.filtered(lambda move: not move.picking_id and move.sudo().sale_line_id
                      )._refuse_cut_link()

    def _refuse_cut_link(self):
        """Refuse to take goods away from their order, or from its delivery (X4)."""
        gated = self.filtered(lambda move: move.company_id.uses_gendan)
        if gated:
            self.env["gendan.audit"]._refuse(
                Gate("picking.links", "X4 D1.10"), gated, self.env._(
                    "%s belongs to an order and leaves on its delivery: cancel that instead.",
                    ", ".join(gated.picking_id.mapped("name")) or gated[0].display_name))

    def _notice_line(self):
        """Return the line of the production notice whose goods this move carries."""
        self.ensure_one()
        order_line = self.sudo().sale_line_id
        return order_line.order_id.notice_id.line_ids.filtered(
            lambda line: line.order_line_id == order_line)

    def _packs_on_it(self):
        """Return what this move carries, in the unit of the product: picked, else reserved."""
        return sum(line.product_uom_id._compute_quantity(line.quantity, self.product_id.uom_id)
                   for line in self._lines_on_it())

    def _lines_on_it(self):
        """Return the lines that leave with this move: the picked ones where any are picked."""
        self.ensure_one()
        lines = self.move_line_ids
        if any(self.picking_id.move_ids.mapped("picked")):
            return lines.filtered("picked") if self.picked else lines.browse()
        return lines

    def _by_goods(self):
        """Return these moves in groups of the same goods: an order line, or a sample."""
        return list(self.grouped(
            lambda move: (move.sale_line_id, move.product_id, move.picking_id.partner_id
                          if not move.sale_line_id else False)).values())

    def _note_on_papers(self):
        """Note on the shipping notices what has left with these moves."""
        lines = self.env["gendan.shipping.notice.line"]._loading_for(self)
        for move in self:
            left = move._packs_done()
            for line in lines.filtered(lambda line: line._carries(move)):
                rest = line.quantity - line.shipped_quantity
                taken = min(rest, left)
                line.shipped_quantity += taken
                left -= taken
        lines.shipping_id._note_shipped()

    def _packs_done(self):
        self.ensure_one()
        return self.product_uom._compute_quantity(self.quantity, self.product_id.uom_id)

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

    def _lot_conditions(self, permitted):
        """Return the lots of this move that may not leave for this order (D2.2, traps 9.4).

        :param dict permitted: order line → whether its stock was checked, and
            ``{lot: quantity that may leave}``
        """
        self.ensure_one()
        if self.sale_line_id not in permitted:
            return []
        checked, lots = permitted[self.sale_line_id]
        conditions = self._demand_conditions()
        for lot, quantity in self._quantity_by_lot().items():
            if lot.is_blocked:
                conditions.append(self._lot_unmet("blocked", lot, self.env._("is on QC hold")))
            elif self.product_id.tracking == "none":
                continue
            elif lot not in lots:
                conditions.append(self._lot_unmet(
                    "lot", lot, self.env._("was not given to this order by its stock check")
                    if checked else self.env._("no stock check was made for this order")))
            elif float_compare(quantity, lots[lot], precision_digits=2) > 0:
                conditions.append(self._lot_unmet("lot_quantity", lot, self.env._(
                    "%(leaving)s leave, %(given)s were given to this order",
                    leaving=f"{quantity:g}", given=f"{lots[lot]:g}")))
        return conditions

    def _quantity_by_lot(self):
        """Return how much of each lot on this move leaves for the order line, all told.

        What came back counts no more.
        """
        self.ensure_one()
        own = self._lines_on_it().filtered("quantity")
        quantities = {}
        for line in own:
            quantities[line.lot_id] = quantities.get(line.lot_id, 0) + line.quantity_product_uom
        for line in self.sale_line_id.move_ids.filtered(
                lambda move: move.state == "done").move_line_ids:
            if line.lot_id in quantities:
                sign = (line.location_dest_id.usage == "customer") - (
                    line.location_id.usage == "customer")
                quantities[line.lot_id] += sign * line.quantity_product_uom
        return quantities

    def _demand_conditions(self):
        """Return the excess over what is still to deliver: more was not signed."""
        leaving, ordered = self._packs_on_it(), self.product_qty
        if float_compare(leaving, ordered, precision_digits=2) <= 0:
            return []
        return [Unmet("over", self.env._(
            "%(picking)s, %(product)s: %(leaving)s leave, %(ordered)s are left to deliver",
            picking=self.picking_id.name, product=self.product_id.display_name,
            leaving=f"{leaving:g}", ordered=f"{ordered:g}"),
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
