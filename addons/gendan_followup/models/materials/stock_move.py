from math import floor

from odoo import api, models

from ...calc import tolerance
from ...calc.text import plain_number
from ..foundation.gate_mixin import Gate

# how much of each material the notices may still reserve, while core reserves; on the
# cursor, where no caller reaches it
BUDGET = "gendan_followup.component_budget"


class StockMove(models.Model):
    """Packaging comes in as ordered; components are reserved from what is free (X14, X15)."""

    _inherit = "stock.move"

    # ------------------------------------------------------------------ receipts

    def _action_done(self, cancel_backorder=False):
        """Book in what was ordered; more only when the plan manager accepted it (X14)."""
        bought = self._packaging_bought()
        needs = bought._needs_taking_turn()
        done = super()._action_done(cancel_backorder=cancel_backorder)
        bought._pass_received()
        needs._review_open_cases()
        return done

    def _action_cancel(self):
        """What will not come any more may settle an over-limit case."""
        bought = self._packaging_bought()
        result = super()._action_cancel()
        bought.sudo().purchase_line_id.allocation_ids.need_id._review_open_cases()
        return result

    @api.model_create_multi
    def create(self, vals_list):
        """A receipt that is born done is judged like any other (X4)."""
        moves = super().create(vals_list)
        if any(vals.get("state") == "done" for vals in vals_list):
            done = moves.filtered(lambda move: move.state == "done")
            done._packaging_bought()._pass_received()
        return moves

    def write(self, vals):
        """So is one that is written done, and what is done stays on its purchase line (X4)."""
        bought = self.browse()
        if "purchase_line_id" in vals:
            self._check_purchase_link(vals["purchase_line_id"])
        if vals.get("state") == "done":
            bought = self.filtered(lambda move: move.state != "done")._packaging_bought()
        result = super().write(vals)
        bought._pass_received()
        return result

    def _packaging_bought(self):
        """Return the moves that bring packaging from a supplier, or take it back to him."""
        companies = self.env["res.company"]._timezones_on()
        return self.filtered(
            lambda move: move.company_id.id in companies
            and "supplier" in (move.location_id.usage, move.location_dest_id.usage)
            and move.product_id.packaging_kind)

    def _needs_taking_turn(self):
        """Take the turn of the needs that these goods are for (X6)."""
        needs = self.sudo().purchase_line_id.allocation_ids.need_id
        if needs:
            needs._take_turn()
        return needs

    def _pass_received(self):
        """Refuse packaging that nobody ordered, or more of it than was ordered (X14).

        :raise UserError: naming the receipt, the excess, and who may accept it
        """
        incoming = self.filtered(lambda move: move.location_id.usage == "supplier")
        if not incoming:
            return
        conditions = incoming._excess_conditions()
        if conditions:
            self.env["gendan.audit"]._refuse(
                Gate("receipt.over", "D3.3 D3.5 X14"), incoming, "\n".join(conditions))

    def _excess_conditions(self):
        """Return one text per product that arrives above its order."""
        lines = self.sudo().purchase_line_id
        excess = lines._excess_received()
        conditions = [
            self.env._(
                "%(receipt)s, %(product)s: no purchase order asked for it. The merchandiser "
                "orders packaging first; what nobody ordered goes back.",
                receipt=move.picking_id.name or move.display_name,
                product=move.product_id.display_name)
            for move in self if not move.sudo().purchase_line_id]
        conditions += self._foreign_unit_conditions()
        for line in lines.filtered(lambda line: excess[line] > 0):
            receipts = self.filtered(
                lambda move, line=line: move.sudo().purchase_line_id == line).picking_id
            conditions.append(self.env._(
                "%(receipt)s, %(product)s: %(excess)s %(unit)s more than %(order)s ordered. "
                "%(manager)s accepts the over-delivery, or it goes back to the supplier.",
                receipt=", ".join(receipts.mapped("name")), order=line.order_id.name,
                product=line.product_id.display_name, unit=line.product_id.uom_id.name,
                excess=plain_number(float(excess[line])),
                manager=", ".join(self.env["res.users"]._users_of_role(
                    "plan_manager", line.company_id).mapped("name"))
                or self.env._("the plan manager")))
        return conditions

    def _foreign_unit_conditions(self):
        """Return one text per delivery noted in a unit that says nothing about pieces (X3).

        Core converts kilograms of a bag as if they were a thousand pieces each.
        """
        return [
            self.env._(
                "%(receipt)s, %(product)s: %(unit)s says nothing about how many pieces it holds. "
                "Note the delivery in %(known)s.",
                receipt=move.picking_id.name or move.display_name, unit=unit.name,
                product=move.product_id.display_name,
                known=", ".join((move.product_uom | move.product_id.uom_id).mapped("name")))
            for move in self for unit in move.move_line_ids.product_uom_id
            if not move.product_id._pieces_factor(unit)]

    def _pieces_done(self):
        """Return what this done move brought from the supplier, in pieces; returns below zero."""
        self.ensure_one()
        line = self.purchase_line_id
        factor = line._frozen_factor() if self.product_uom == line.product_uom_id else (
            tolerance.exact(self.product_uom._compute_quantity(
                1, self.product_id.uom_id, round=False)))
        pieces = tolerance.exact(self.quantity) * factor
        if self.location_dest_id.usage == "supplier":
            return -pieces
        return pieces if self.location_id.usage == "supplier" else pieces * 0

    def _check_purchase_link(self, line_id):
        """Keep received goods on their purchase line: the ledger hangs on it (X4)."""
        cut = self._packaging_bought().filtered(
            lambda move: move.sudo().purchase_line_id
            and move.sudo().purchase_line_id.id != line_id
            and move.state not in ("draft", "cancel"))
        if cut:
            self.env["gendan.audit"]._refuse(
                Gate("receipt.links", "D3.3 X4"), cut, self.env._(
                    "%(receipt)s came for %(order)s and stays with it.",
                    receipt=cut[0].picking_id.name or cut[0].display_name,
                    order=cut[0].sudo().purchase_line_id.order_id.name))

    # --------------------------------------------------------------- reservation

    def _action_assign(self, force_qty=False):
        """Reserve components only from what is not held for other notices (X15)."""
        # what was cancelled takes nothing any more
        moves = self.filtered(lambda move: move.raw_material_production_id.sudo(
            ).notice_id.state != "cancel" or not move._takes_components())
        components = moves.filtered(lambda move: move._takes_components())
        if not components:
            return super(StockMove, moves)._action_assign(force_qty=force_qty)
        cache = self.env.cr.cache
        outer, cache[BUDGET] = cache.get(BUDGET), components._component_budget()
        try:
            return super(StockMove, moves)._action_assign(force_qty=force_qty)
        finally:
            cache[BUDGET] = outer

    def _takes_components(self):
        self.ensure_one()
        return bool(self.raw_material_production_id and self.product_id.is_storable
                    and self.company_id.id in self.env["res.company"]._timezones_on()
                    and self.state not in ("done", "cancel"))

    def _component_budget(self):
        """Return ``{product id: {notice id: held, None: free}}`` of what may be reserved.

        A notice takes first what it holds itself, then what nobody holds; a manufacturing
        order without a notice takes only the latter.
        """
        budget = {}
        for company, moves in self.grouped("company_id").items():
            held = self.env["gendan.need"]._held(moves.product_id, company)
            products = moves.product_id.filtered(
                lambda product, held=held: any(of == product for of, _notice in held))
            if not products:
                continue
            on_hand, reserved = products.sudo()._usable_stock(company)
            for product in products:
                waiting = {notice.id: max(claim.held - claim.reserved, 0)
                           for (of, notice), claim in held.items() if of == product}
                free = on_hand[product] - reserved[product] - sum(waiting.values())
                budget[product.id] = {**waiting, None: free}
        return budget

    def _update_reserved_quantity_vals(self, need, location_id, lot_id=None, package_id=None,
                                       owner_id=None, strict=True):
        """Take from a quant no more than the budget of the notice leaves (X15)."""
        budgets = self.env.cr.cache.get(BUDGET) or {}
        budget = self.raw_material_production_id and budgets.get(self.product_id.id)
        if not budget:
            return super()._update_reserved_quantity_vals(
                need, location_id, lot_id=lot_id, package_id=package_id, owner_id=owner_id,
                strict=strict)
        notice = self.raw_material_production_id.sudo().notice_id.id
        own = budget.get(notice, 0)
        # a free stock below zero is missing already: what is held is all there is
        wanted = min(tolerance.exact(need), own + budget[None])
        if self.raw_material_production_id._counts_whole(self.product_id):
            # of what is held for several notices each has its whole pieces
            wanted = floor(wanted)
        if wanted <= 0:
            return [], 0
        values, taken = super()._update_reserved_quantity_vals(
            float(wanted), location_id, lot_id=lot_id, package_id=package_id, owner_id=owner_id,
            strict=strict)
        from_own = min(own, tolerance.exact(taken))
        budget[notice] = own - from_own
        budget[None] -= tolerance.exact(taken) - from_own
        return values, taken

    def _pass_reserved_by_hand(self):
        """Refuse components that were reserved by hand from what others hold (X15).

        Once the machine runs, what it takes is a fact and no reservation any more.
        """
        if self.env.cr.cache.get(BUDGET) is not None:
            return
        planned = self.filtered(
            lambda move: move._takes_components() and not move.picked
            and move.raw_material_production_id.state in ("draft", "confirmed")
            and not move.raw_material_production_id.qty_producing)
        if not planned:
            return
        self.env.flush_all()
        budget = planned._component_budget()
        for move in planned:
            of_product = budget.get(move.product_id.id)
            notice = move.raw_material_production_id.sudo().notice_id
            if of_product and of_product[None] < 0 and move.quantity:
                self.env["gendan.audit"]._refuse(
                    Gate("component.reserve", "X15"), move, self.env._(
                        "%(production)s, %(product)s: %(missing)s %(unit)s of it are held for "
                        "other notices. Reserve less, or the merchandiser buys for %(notice)s.",
                        production=move.raw_material_production_id.name,
                        product=move.product_id.display_name,
                        missing=plain_number(float(-of_product[None])),
                        unit=move.product_id.uom_id.name,
                        notice=notice.name or self.env._("this order")))
