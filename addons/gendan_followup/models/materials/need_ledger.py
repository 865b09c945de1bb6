from collections import defaultdict
from fractions import Fraction
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ...calc import ledger, tolerance
from ...calc.text import plain_number

# purchase lines that are being placed at this moment; on the cursor, out of any caller's reach
CONFIRMING = "gendan_followup.lines_confirming"
OPEN_NOTICES = ("draft", "valid", "released")


class Claim(NamedTuple):
    """What a notice holds of a material: not yet used, and what of it is reserved."""

    held: Fraction = Fraction(0)
    reserved: Fraction = Fraction(0)


class Need(models.Model):
    """What is ordered, received and returned for a need, and how much may still be bought.

    Nothing of it is stored: it is summed from purchase lines and their moves, so that no
    door beside the purchase order can make it wrong (D3.3).
    """

    _inherit = "gendan.need"

    ordered = fields.Float("Ordered so far", digits="Product Unit", compute="_compute_ledger")
    cancelled = fields.Float("Not delivered", digits="Product Unit", compute="_compute_ledger",
                             help="The rest of orders that will not come any more.")
    received = fields.Float(digits="Product Unit", compute="_compute_ledger")
    returned = fields.Float("Sent back", digits="Product Unit", compute="_compute_ledger")
    over_delivered = fields.Float(
        "Over-delivery", digits="Product Unit", compute="_compute_ledger",
        help="Delivered above the order and accepted by the plan manager; it raises no limit "
        "(X14).")
    covered = fields.Float("Bought", digits="Product Unit", compute="_compute_ledger",
                           help="Ordered, less what will not come and what was sent back.")
    headroom = fields.Float("May still be bought", digits="Product Unit",
                            compute="_compute_ledger")
    to_buy = fields.Float("To buy", digits="Product Unit", compute="_compute_ledger",
                          help="The net need that no order covers yet.")
    is_open = fields.Boolean("To buy or on its way", compute="_compute_ledger",
                             search="_search_is_open")
    bar = fields.Json("Cover", compute="_compute_ledger")

    @api.depends("gross", "netted", "tolerance_percent")
    @api.depends_context("lang")
    def _compute_ledger(self):
        entries = self._ledger()
        for need in self:
            entry = entries[need]
            for name in ("ordered", "cancelled", "received", "returned", "covered"):
                need[name] = float(getattr(entry, name))
            need.over_delivered = float(entry.over)
            need.headroom = float(tolerance.headroom(need._limit(), entry.covered))
            need.to_buy = float(max(tolerance.exact(need.net) - entry.covered, 0))
            need.is_open = need._is_open(entry)
            need.bar = need._prepare_bar(entry)

    def _is_open(self, entry):
        """Whether somebody has to buy for this need, or waits for what was bought."""
        self.ensure_one()
        return self.notice_id.state in OPEN_NOTICES and entry.at_hand < tolerance.exact(self.net)

    def _search_is_open(self, operator, _value):
        if operator != "in":
            return NotImplemented
        # what stock gives in full is most of it, and is told by a column
        needs = self.search([("notice_id.state", "in", OPEN_NOTICES), ("net", ">", 0)])
        entries = needs._ledger()
        return [("id", "in", [need.id for need in needs if need._is_open(entries[need])])]

    def _prepare_bar(self, entry):
        """Return what the bar of a need shows: lengths, and the words beside it."""
        self.ensure_one()
        limit = self._limit()
        return {
            "gross": self.gross, "stock": self.netted, "covered": float(entry.covered),
            "received": float(max(entry.received - entry.returned, 0)),
            "net": self.net, "limit": float(limit), "over": float(entry.over),
            "is_over": self.kind != "raw" and entry.covered > limit,
            "unit": self.product_uom_id.name,
            "text": self.env._("All from stock") if not self.net and not entry.covered
            else self.env._(
                "%(covered)s of %(net)s bought", covered=plain_number(float(entry.covered)),
                net=plain_number(self.net)),
        }

    def _limit(self):
        """Return the most that may be bought for this need, as an exact number."""
        self.ensure_one()
        if self.kind == "raw":
            return tolerance.exact(self.net)
        return Fraction(tolerance.limit(max(self.net, 0), self.tolerance_percent))

    # ----------------------------------------------------------------- summing

    def _ledger(self):
        """Return ``{need: ledger.Entry}``, summed in one query (D3.3)."""
        parts = defaultdict(list)
        if self.ids:
            for need_id, entry in self._entries():
                parts[need_id].append(entry)
        return {need: ledger.add(parts[need.id]) for need in self}

    def _entries(self):
        """Yield ``(need id, ledger.Entry)`` of each allocation of these needs' lines."""
        allocations = self.env["gendan.purchase.allocation"]
        allocations.flush_model()
        for model in ("purchase.order.line", "purchase.order", "stock.move",
                      "gendan.over.delivery"):
            self.env[model].flush_model()
        rows = self.env.execute_query(self._query_lines())
        confirming = self.env.cr.cache.get(CONFIRMING, ())
        by_line = defaultdict(list)
        for row in rows:
            by_line[row[0]].append(row)
        wanted = set(self.ids)
        for line_id, of_line in by_line.items():
            # the factor is frozen on each allocation; the first one speaks for the line
            (_line, _need, _weight, state, *figures, moved) = of_line[0]
            entry = ledger.entry(ledger.Line(
                state, *map(Fraction, figures), is_moved=moved,
                is_confirming=line_id in confirming))
            parts = ledger.share(entry, [row[2] for row in of_line])
            for row, part in zip(of_line, parts, strict=True):
                if row[1] in wanted:
                    yield row[1], part

    def _query_lines(self):
        """Return the query of all allocations of the lines that serve these needs.

        Moves are in the unit of the line or of the product; a line's unit counts by the
        factor that was frozen when it was bought (X3).
        """
        pieces = SQL("""CASE WHEN move.product_uom = line.product_uom_id THEN part.factor
                             WHEN move.product_uom = need.product_uom_id THEN 1
                             ELSE (unit.factor / own.factor)::numeric END""")
        return SQL(
            """
            SELECT line.id, part.need_id, part.quantity, purchase.state,
                   line.product_qty * part.factor,
                   COALESCE(SUM(move.product_uom_qty * %(pieces)s) FILTER (
                       WHERE move.state NOT IN ('done', 'cancel')
                         AND target.usage <> 'supplier'), 0),
                   COALESCE(SUM(move.quantity * %(pieces)s) FILTER (
                       WHERE move.state = 'done' AND source.usage = 'supplier'), 0),
                   COALESCE(SUM(move.quantity * %(pieces)s) FILTER (
                       WHERE move.state = 'done' AND target.usage = 'supplier'), 0),
                   COALESCE((SELECT SUM(extra.quantity) FROM gendan_over_delivery extra
                              WHERE extra.purchase_line_id = line.id), 0),
                   COUNT(move.id) > 0
              FROM gendan_purchase_allocation part
              JOIN gendan_need need ON need.id = part.need_id
              JOIN purchase_order_line line ON line.id = part.purchase_line_id
              JOIN purchase_order purchase ON purchase.id = line.order_id
         LEFT JOIN stock_move move ON move.purchase_line_id = line.id
                                  AND move.product_id = line.product_id
         LEFT JOIN stock_location source ON source.id = move.location_id
         LEFT JOIN stock_location target ON target.id = move.location_dest_id
         LEFT JOIN uom_uom unit ON unit.id = move.product_uom
         LEFT JOIN uom_uom own ON own.id = need.product_uom_id
             WHERE part.purchase_line_id IN (
                   SELECT purchase_line_id FROM gendan_purchase_allocation
                    WHERE need_id = ANY(%(needs)s))
          GROUP BY line.id, part.id, purchase.id
          ORDER BY line.id, part.id
            """, pieces=pieces, needs=list(self.ids))

    # ------------------------------------------------------------------- held

    @api.model
    def _held(self, products, company):
        """Return ``{(product, notice): Claim}`` of the notices that are still at work (X15).

        Held is what stock gave and what came in for the notice, less what its
        manufacturing orders have used. A notice that is done or cancelled holds nothing.
        """
        needs = self.sudo().search([
            ("product_id", "in", products.ids), ("company_id", "=", company.id),
            ("notice_id.state", "in", OPEN_NOTICES)])
        if not needs:
            return {}
        at_hand = {need: entry.at_hand for need, entry in needs._ledger().items()}
        used = needs._used()
        return {
            (product, notice): Claim(
                held=max(sum(tolerance.exact(need.netted) + at_hand[need]
                             for need in of_notice) - used[product, notice][0], Fraction(0)),
                reserved=used[product, notice][1])
            for (product, notice), of_notice in needs.grouped(
                lambda need: (need.product_id, need.notice_id)).items()}

    def _used(self):
        """Return ``{(product, notice): (used, reserved)}`` by the manufacturing orders."""
        rows = self.env["stock.move"].sudo()._read_group(
            [("raw_material_production_id.notice_id", "in", self.notice_id.ids),
             ("product_id", "in", self.product_id.ids), ("state", "!=", "cancel"),
             ("quantity", "!=", 0)],
            ["product_id", "raw_material_production_id", "state", "product_uom"],
            ["quantity:sum"])
        sums = defaultdict(lambda: [Fraction(0), Fraction(0)])
        for product, production, state, unit, quantity in rows:
            in_stock = unit._compute_quantity(quantity, product.uom_id, round=False)
            sums[product, production.notice_id][state != "done"] += tolerance.exact(in_stock)
        return sums

    def action_buy(self):
        """Open the window that buys what is still short."""
        self.ensure_one()
        wizard = self.env["gendan.need.purchase"].create({"need_id": self.id})
        return {"type": "ir.actions.act_window", "res_model": wizard._name,
                "res_id": wizard.id, "views": [(False, "form")], "target": "new",
                "name": self.env._("Buy")}
