from contextlib import contextmanager
from math import ceil

from odoo import api, fields, models

from ...calc import ledger, tolerance
from ...calc.text import plain_number
from ..foundation.gate_mixin import Unmet
from .need_ledger import CONFIRMING, OPEN_NOTICES

# what changes how much of what is bought
WATCHED = {"product_qty", "product_id", "product_uom_id", "order_id", "display_type"}
ORDERED_STATES = ("to approve", "purchase")


class PurchaseOrderLine(models.Model):
    """How much of a line is for which notice, judged whenever it rises (D3.1–D3.5)."""

    _inherit = "purchase.order.line"

    allocation_ids = fields.One2many("gendan.purchase.allocation", "purchase_line_id",
                                     "For notices", copy=False)
    allocation_text = fields.Char("For notice", compute="_compute_allocation_text")

    @api.depends("allocation_ids.quantity", "allocation_ids.need_id")
    def _compute_allocation_text(self):
        for line in self:
            parts = line.allocation_ids
            if len(parts) == 1:
                line.allocation_text = parts.need_id.notice_id.name
            else:
                line.allocation_text = "\n".join(
                    f"{part.need_id.notice_id.name} {plain_number(part.quantity)}"
                    for part in parts) or False

    # -------------------------------------------------------------- which lines

    def _for_needs(self):
        """Return the lines that buy packaging or special material where 跟单 is used."""
        companies = self.env["res.company"]._timezones_on()
        return self.filtered(
            lambda line: not line.display_type and line.company_id.id in companies
            and (line.product_id.packaging_kind or line.product_id.is_special_material))

    def _ordered(self):
        """Return the lines of orders that are on their way to the supplier."""
        return self.filtered(lambda line: line.order_id.state in ORDERED_STATES)

    # ----------------------------------------------------------------- waists

    @api.model_create_multi
    def create(self, vals_list):
        """A line that is born on a confirmed order is judged like any other (X4)."""
        lines = super().create(vals_list)
        lines._ordered()._for_needs()._pass_change({}, {})
        return lines

    def write(self, vals):
        """Judge what rises on a confirmed order, by whatever door (D3.3, X4)."""
        if not vals.keys() & WATCHED:
            return super().write(vals)
        judged = self.sudo()._ordered()._for_needs()
        covered = judged._take_needs_turn()
        bought = {line: line._bought() for line in judged}
        result = super().write(vals)
        # a line may have become packaging, or have moved to a confirmed order, just now
        lines = self.sudo()._ordered()._for_needs() | judged
        lines.filtered(lambda line: line not in bought or line._bought() != bought[line]
                       )._pass_change(covered, bought)
        return result

    def _bought(self):
        """Return product, unit and quantity: what a change of the line changes."""
        self.ensure_one()
        return self.product_id, self.product_uom_id, self.product_qty, self.order_id

    def _take_needs_turn(self):
        """Take the turn of the needs and return ``{need: covered}`` as it is now."""
        needs = self.allocation_ids.need_id
        if not needs:
            return {}
        needs._take_turn()
        return {need: entry.covered for need, entry in needs._ledger().items()}

    def _pass_change(self, covered, bought):
        """Refuse a change that buys more than allowed; settle what was cut.

        :param dict covered: need → covered before the change, its turn taken
        :param dict bought: line → what was bought before the change
        """
        lines = self.sudo()
        if not lines:
            return
        raised = lines.filtered(lambda line: not line._is_only_cut(bought.get(line)))
        orders = raised.order_id.with_env(self.env).sudo(False)
        orders._pass_gate("_gate_buyer")
        needs = lines.allocation_ids.need_id
        (needs - self.env["gendan.need"].union(*covered))._take_turn()
        orders._pass_gate("_gate_allocation")
        lines._settle_allocations()
        after = {need: entry.covered for need, entry in needs._ledger().items()}
        risen = needs.filtered(lambda need: after[need] > covered.get(need, 0))
        risen._refresh_tolerance()
        risen.with_env(self.env)._pass_gate("_gate_limit")
        raised.order_id._log_excess()
        (needs - risen)._review_open_cases()

    def _is_only_cut(self, before):
        """Whether this line is what it was, with less of it."""
        self.ensure_one()
        return bool(before) and before[:2] == self._bought()[:2] and (
            before[3] == self.order_id and self.product_qty <= before[2])

    @contextmanager
    def _confirming(self):
        """Count these lines in full: their order is being placed, their moves come later."""
        confirming = self.env.cr.cache.setdefault(CONFIRMING, set())
        new = set(self.ids) - confirming
        confirming |= new
        try:
            yield
        finally:
            confirming -= new

    # ------------------------------------------------------------- conditions

    def _allocation_conditions(self):
        """Return why this line cannot be bought for a notice (D3.1, X3)."""
        self.ensure_one()
        product, parts = self.product_id, self.allocation_ids
        if not self.product_qty:
            return []
        if self.product_qty < 0:
            return [Unmet("negative", self._about_line(self.env._("buys less than nothing")),
                          self.env._("what goes back is a return of its receipt"))]
        if not parts:
            return [Unmet("allocation", self._about_line(self.env._("is bought for no notice")),
                          self.env._("allocate it to the need of a released notice"))]
        conditions = []
        if not product._pieces_factor(self.product_uom_id):
            conditions.append(Unmet(
                "unit", self._about_line(self.env._(
                    "%s says nothing about how many pieces it holds", self.product_uom_id.name)),
                self.env._("buy it in %s", ", ".join(
                    (product.uom_id | product.uom_ids).mapped("name")))))
        if (shared := self._shared_above()):
            conditions.append(Unmet(
                "shares", self._about_line(self.env._(
                    "%(shared)s are divided among %(count)s needs, the line buys %(bought)s",
                    shared=plain_number(float(shared[0])), count=len(parts),
                    bought=plain_number(float(shared[1])))),
                self.env._("reduce the shares or raise the line")))
        if parts.need_id.product_id - product:
            conditions.append(Unmet(
                "product", self._about_line(self.env._(
                    "was allocated to a need of %s", ", ".join(
                        (parts.need_id.product_id - product).mapped("display_name")))),
                self.env._("buy the version that the notice asks for")))
        if product.packaging_state == "withdrawn" or not product.active:
            conditions.append(Unmet(
                "withdrawn", self._about_line(self.env._("is withdrawn")),
                self.env._("the salesperson opens a revision with the new version")))
        return conditions

    def _shared_above(self):
        """Return ``(divided, bought)`` in pieces where several shares exceed their line.

        The share of a single need simply follows the line.
        """
        self.ensure_one()
        factor = tolerance.exact(self.product_id._pieces_factor(self.product_uom_id))
        bought = tolerance.exact(self.product_qty) * factor
        shared = sum(map(tolerance.exact, self.allocation_ids.mapped("quantity")))
        return (shared, bought) if factor and len(self.allocation_ids) > 1 and (
            shared > ceil(bought)) else False

    def _about_line(self, text):
        return self.env._("%(order)s, %(product)s: %(text)s", order=self.order_id.name,
                          product=self.product_id.display_name, text=text)

    def _excess_texts(self):
        """Return the warning where raw material exceeds its need by more than a roll (D3.12)."""
        lines = self.sudo()._for_needs().filtered(
            lambda line: line.allocation_ids.need_id and not line.product_id.packaging_kind)
        entries = lines.allocation_ids.need_id._ledger() if lines else {}
        texts = []
        for line in lines:
            factor = tolerance.exact(line.product_id._pieces_factor(line.product_uom_id))
            counts = line.order_id.state in ORDERED_STATES
            bought = sum(
                entries[need].covered for need in line.allocation_ids.need_id) + (
                0 if counts else tolerance.exact(line.product_qty) * factor)
            needed = sum(tolerance.exact(need.net) for need in line.allocation_ids.need_id)
            roll = max(tolerance.exact(line.product_id._largest_unit()), factor)
            if bought > needed + roll:
                texts.append(line._about_line(self.env._(
                    "%(excess)s %(unit)s above the need of %(need)s, more than one roll",
                    excess=plain_number(float(bought - needed)),
                    unit=line.product_id.uom_id.name, need=plain_number(float(needed)))))
        return texts

    # ------------------------------------------------------------- allocations

    def _settle_allocations(self):
        """Write down whose share the bought quantity is, at the factor of this moment (X3)."""
        for line in self:
            factor = line.product_id._pieces_factor(line.product_uom_id)
            if not line.allocation_ids or not factor:
                continue
            parts = line.allocation_ids.sorted("id")
            bought = tolerance.exact(line.product_qty) * tolerance.exact(factor)
            if line.product_id.packaging_kind:
                shares = ledger.allocate(bought, parts.mapped("quantity"))
            else:
                whole = ledger.share(ledger.Entry(ordered=bought), parts.mapped("quantity"))
                shares = [float(part.ordered) for part in whole]
            for part, share in zip(parts, shares, strict=True):
                part._settle(share, factor)

    def _allocate_open_needs(self):
        """Allocate draft lines to open needs of their product: what is short first (D3.2)."""
        lines = self.filtered(lambda line: not line.allocation_ids)
        needs = self.env["gendan.need"].sudo().search(
            [("product_id", "in", lines.product_id.ids), ("company_id", "in", lines.company_id.ids),
             ("notice_id.state", "in", OPEN_NOTICES), ("net", ">", 0)])
        needs = needs.sorted(lambda need: (need.notice_id.delivery_date or fields.Date.today(),
                                           need.id))
        values = []
        for line in lines:
            of_product = needs.filtered(lambda need, line=line: (
                need.product_id == line.product_id and need.to_buy > 0))
            values += [{"need_id": need.id, "purchase_line_id": line.id, "quantity": quantity}
                       for need, quantity in line._divide_among(of_product)]
        return self.env["gendan.purchase.allocation"].create(values)

    def _divide_among(self, needs):
        """Return ``[(need, quantity)]``: each its shortage in turn, the rest in proportion."""
        self.ensure_one()
        left = tolerance.exact(self.product_qty) * tolerance.exact(
            self.product_id._pieces_factor(self.product_uom_id))
        taken = []
        for need in needs:
            if left <= 0:
                break
            part = min(left, tolerance.exact(need.to_buy))
            taken.append((need, part))
            left -= part
        if not taken:
            return []
        total = sum(part for _need, part in taken) + max(left, 0)
        shares = ledger.allocate(total, [part for _need, part in taken])
        return list(zip([need for need, _part in taken], shares, strict=True))

    # ------------------------------------------------------- core's own doors

    def _merge_po_line(self, rfq_line):
        """Take the allocations along when two drafts become one (traps 5.5)."""
        result = super()._merge_po_line(rfq_line)
        self.sudo()._take_over_allocations(rfq_line.sudo())
        return result

    def _take_over_allocations(self, other):
        own = {part.need_id: part for part in self.allocation_ids}
        values = []
        for part in other.allocation_ids:
            if part.need_id in own:
                own[part.need_id].quantity += part.quantity
            else:
                values.append({"need_id": part.need_id.id, "purchase_line_id": self.id,
                               "quantity": part.quantity})
        other.allocation_ids.unlink()
        self.env["gendan.purchase.allocation"].create(values)

    def _find_candidate(self, *args, **kwargs):
        """Replenishment never raises what the merchandiser allocated: it makes its own line."""
        return super(PurchaseOrderLine, self.filtered(
            lambda line: not line.sudo().allocation_ids))._find_candidate(*args, **kwargs)

    # ---------------------------------------------------------------- receipts

    def _excess_received(self):
        """Return ``{line: pieces}`` that came above the order and were not accepted (X14)."""
        if not self:
            return {}
        accepted = dict(self.env["gendan.over.delivery"].sudo()._read_group(
            [("purchase_line_id", "in", self.ids)], ["purchase_line_id"], ["quantity:sum"]))
        excess = {}
        for line in self:
            received = sum(
                move._pieces_done() for move in line.move_ids
                if move.state == "done" and move.product_id == line.product_id)
            ordered = tolerance.exact(line.product_qty) * line._frozen_factor()
            excess[line] = received - ordered - tolerance.exact(accepted.get(line, 0))
        return excess

    def _frozen_factor(self):
        """Return the pieces per unit that this line was bought at (X3)."""
        self.ensure_one()
        return tolerance.exact(self.allocation_ids[:1].factor
                               or self.product_id._pieces_factor(self.product_uom_id))
