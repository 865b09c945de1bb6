from collections import defaultdict
from typing import NamedTuple

from odoo import models
from odoo.tools import SQL, float_compare

from ...calc.readiness import Reason
from ...calc.text import plain_number
from ...calc.working_time import company_date
from .stock_lot_check import RED

PARTS = {"raw": "raw", "carton": "carton"}


class Doubt(NamedTuple):
    """A lot, or a receipt without lots, that nobody checked or that is on hold."""

    name: str
    is_held: bool


class Need(models.Model):
    """Whether what a line needs is there, promised, late, or not even asked for (D3.13)."""

    _inherit = "gendan.need"

    def _arrivals(self):
        """Return ``{need: (received, expected date or False, still open)}`` of these needs.

        The figures are those of the ledger: returned goods are not here, cancelled remainders
        do not come, a line for several needs serves each by its share.
        """
        needs = self.sudo()
        entries, expected = needs._ledger(), needs._expected_dates()
        return {need.sudo(self.env.su): (
            float(entry.at_hand), expected.get(need.id, False), float(entry.open))
            for need, entry in entries.items()}

    def _expected_dates(self):
        """Return ``{need id: latest date}`` on which the suppliers promised what is still open."""
        rows = self.env.execute_query(SQL(
            """
            SELECT part.need_id, MAX(line.date_planned)
              FROM gendan_purchase_allocation part
              JOIN purchase_order_line line ON line.id = part.purchase_line_id
              JOIN purchase_order purchase ON purchase.id = line.order_id
             WHERE part.need_id = ANY(%s) AND purchase.state = 'purchase'
               AND EXISTS (SELECT 1 FROM stock_move move
                             JOIN stock_location target ON target.id = move.location_dest_id
                            WHERE move.purchase_line_id = line.id
                              AND move.state NOT IN ('done', 'cancel')
                              AND target.usage <> 'supplier')
          GROUP BY part.need_id
            """, list(self.ids)))
        zones = {need.id: need.company_id.gendan_tz for need in self}
        return {need_id: company_date(moment, zones[need_id]) for need_id, moment in rows}

    def _readiness_reasons(self):
        """Return ``{need id: [Reason, …]}``; a need that is there has none."""
        arrivals, doubts = self._arrivals(), self._doubtful()
        short = {need: need._short(arrivals[need]) for need in self}
        # why nothing is ordered is asked of that only which nobody has ordered
        blocked = self.filtered(lambda need: short[need] and need.kind != "raw"
                                and not need._is_promised(short[need], arrivals[need]))._blocked()
        return {need.id: need._reasons(
            arrivals[need], short[need], doubts.get(need.id, ()), blocked.get(need.id, ()))
            for need in self}

    def _short(self, arrival):
        """Return how much is not here yet, or 0."""
        short = self.gross - self.netted - arrival[0]
        return short if float_compare(short, 0, precision_digits=2) > 0 else 0

    def _is_promised(self, short, arrival):
        """Whether what is on its way is enough, and a day was said for it."""
        _received, expected, coming = arrival
        return bool(expected) and float_compare(coming, short, precision_digits=2) >= 0

    def _blocked(self):
        """Return ``{need id: [Unmet, …]}`` of what keeps packaging from being ordered."""
        artwork = self.product_id._artwork_unmet()
        cartons = self.filtered(lambda need: need.kind == "carton")._carton_unmet()
        return {need.id: artwork.get(need.product_id.id, []) + cartons.get(need.id, [])
                for need in self}

    def _reasons(self, arrival, short, doubtful, blocked):
        self.ensure_one()
        _received, expected, coming = arrival
        if not short:
            return [self._unchecked_reason(doubtful)] if doubtful else []
        today = self.company_id._company_today()
        if self._is_promised(short, arrival):
            return [self._promised_reason(expected, today)]
        if self.kind == "raw":
            return self._raw_reasons(today)
        return [self._not_ordered_reason(short - coming, blocked)]

    def _part(self):
        return PARTS.get(self.kind, "bag")

    def _promised_reason(self, expected, today):
        late = expected < today
        owner = self.notice_id.merchandiser_id
        words = {"material": self.product_id.display_name, "day": expected}
        return Reason(
            "late" if late else "expected", self._part(), "red" if late else "amber",
            self.env._("%(material)s was promised for %(day)s and is not here", **words) if late
            else self.env._("%(material)s comes on %(day)s", **words),
            self.env._("%s asks where it is", owner.name or "") if late else "",
            tuple(owner.ids) if late else (), expected, self.id)

    def _raw_reasons(self, today):
        """Return what the keeper's answer says; silence is red (D2.5)."""
        if unmet := self._answer_conditions():
            return [Reason(one.code, "raw", "red", one.missing, one.remedy, one.users, False,
                           self.id) for one in unmet]
        promised = self._last_question().promised_date
        return [self._promised_reason(promised, today)] if promised else []

    def _not_ordered_reason(self, short, blocked):
        owner = self.notice_id.merchandiser_id
        first = blocked[:1]
        return Reason(
            first[0].code if first else "not_ordered", self._part(), "red",
            self.env._("%(material)s: %(short)s not ordered", short=plain_number(short),
                       material=self.product_id.display_name)
            + (f" ({first[0].missing})" if first else ""),
            first[0].remedy if first else self.env._("%s orders", owner.name or ""),
            first[0].users if first else tuple(owner.ids), False, self.id)

    # ------------------------------------------------------------- 未检 and holds

    def _doubtful(self):
        """Return ``{need id: [Doubt, …]}``: what came for these needs unchecked, or is on hold.

        Only deliveries for the need itself count, and of them what still lies in stock. A
        carton has no lot: its check hangs on the receipt.
        """
        self.env["stock.move.line"].flush_model()
        came = self._came_in()
        lots = self.env["stock.lot"].sudo().browse(
            {lot_id for _need, lot_id, _receipt in came if lot_id})
        bad = {lot.id: lot for lot in lots if lot.product_qty > 0 and (
            lot.is_blocked or lot.check_state in RED)}
        results = self._receipt_results({row for row in came if not row[1]})
        doubts = defaultdict(list)
        for need_id, lot_id, receipt_id in came:
            if lot := bad.get(lot_id):
                doubts[need_id].append(Doubt(
                    lot.name, lot.is_blocked or lot.check_state == "not_ok"))
            elif not lot_id and results[need_id, receipt_id] != "ok":
                receipt = self.env["stock.picking"].sudo().browse(receipt_id)
                doubts[need_id].append(Doubt(
                    receipt.name, results[need_id, receipt_id] == "not_ok"))
        return doubts

    def _came_in(self):
        """Return ``[(need id, lot id or None, receipt id)]`` of the deliveries for these needs."""
        return self.env.execute_query(SQL(
            """
            SELECT DISTINCT part.need_id, line.lot_id, line.picking_id
              FROM gendan_purchase_allocation part
              JOIN stock_move move ON move.purchase_line_id = part.purchase_line_id
              JOIN stock_location source ON source.id = move.location_id
              JOIN stock_move_line line ON line.move_id = move.id
             WHERE part.need_id = ANY(%s) AND move.state = 'done' AND source.usage = 'supplier'
          ORDER BY part.need_id, line.picking_id, line.lot_id
            """, list(self.ids)))

    def _receipt_results(self, rows):
        """Return ``{(need id, receipt id): result}`` of incoming checks without a lot."""
        products = {need.id: need.product_id for need in self}
        sheets = self.env["gendan.check.sheet"].sudo().search([
            ("picking_id", "in", list({receipt for _need, _lot, receipt in rows})),
            ("kind", "=", "incoming_packaging"), ("state", "=", "closed")], order="id")
        latest = {(sheet.picking_id.id, sheet.product_id.id): sheet.result for sheet in sheets}
        return {(need, receipt): latest.get((receipt, products[need].id), "unchecked")
                for need, _lot, receipt in rows}

    def _unchecked_reason(self, doubts):
        keeper = "raw_keeper" if self.kind == "raw" else "packaging_keeper"
        users = self.env["res.users"]._users_of_role(keeper, self.company_id)
        names = ", ".join(doubt.name for doubt in doubts)
        held = any(doubt.is_held for doubt in doubts)
        return Reason(
            "on_hold" if held else "unchecked", self._part(), "red",
            self.env._("%(material)s: lot %(lots)s is on hold", lots=names,
                       material=self.product_id.display_name) if held
            else self.env._("%(material)s: lot %(lots)s was not checked", lots=names,
                            material=self.product_id.display_name),
            self.env._("%s checks it", ", ".join(users.mapped("name"))), tuple(users.ids), False,
            self.id)
