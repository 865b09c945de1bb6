from odoo import fields, models
from odoo.tools import float_compare

from ...calc.readiness import Reason

PARTS = {"raw": "raw", "carton": "carton"}


class Need(models.Model):
    """Whether what a line needs is there, promised, late, or not even asked for (D3.13)."""

    _inherit = "gendan.need"

    def _arrivals(self):
        """Return ``{need: (received, expected date or False, ordered)}`` of these needs.

        Received is what stands in the house: a line for several needs serves each by its
        share. One query for all of them.
        """
        rows = {need: [0.0, False, 0.0] for need in self}
        allocations = self.sudo().allocation_ids.filtered(
            lambda one: one.purchase_line_id.order_id.state == "purchase"
            or one.purchase_line_id.qty_received)
        shares = dict(self.env["gendan.purchase.allocation"].sudo()._read_group(
            [("purchase_line_id", "in", allocations.purchase_line_id.ids)],
            ["purchase_line_id"], ["quantity:sum"]))
        for one in allocations:
            line, row = one.purchase_line_id, rows[one.need_id.sudo(self.env.su)]
            share = one.quantity / shares[line] if shares[line] else 0
            received = line.qty_received * one.factor * share
            row[0] += received
            if line.order_id.state == "purchase":
                row[2] += one.quantity
                if float_compare(received, one.quantity, precision_digits=2) < 0:
                    due = fields.Date.to_date(line.date_planned)
                    row[1] = max(filter(None, (row[1], due)))
        return {need: tuple(row) for need, row in rows.items()}

    def _readiness_reasons(self):
        """Return ``{need id: [Reason, …]}``; a need that is there has none."""
        arrivals, checks, blocked = self._arrivals(), self._unchecked_lots(), self._blocked()
        return {need.id: need._reasons(
            arrivals[need], checks.get(need.product_id.id, ()), blocked[need.id])
            for need in self}

    def _blocked(self):
        """Return ``{need id: [Unmet, …]}`` of what keeps packaging from being ordered."""
        artwork = self.product_id._artwork_unmet()
        cartons = self.filtered(lambda need: need.kind == "carton")._carton_unmet()
        return {need.id: artwork.get(need.product_id.id, []) + cartons.get(need.id, [])
                for need in self}

    def _reasons(self, arrival, unchecked, blocked):
        self.ensure_one()
        received, expected, ordered = arrival
        short = self.gross - self.netted - received
        if float_compare(short, 0, precision_digits=2) <= 0:
            return [self._unchecked_reason(lots) for lots in (unchecked,) if lots and received]
        today = self.company_id._company_today()
        if float_compare(received + self.netted + max(ordered - received, 0), self.gross,
                         precision_digits=2) >= 0 and expected:
            return [self._promised_reason(expected, today)]
        if self.kind == "raw":
            return self._raw_reasons(today)
        return [self._not_ordered_reason(short, blocked)]

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
            self.env._("%(material)s: %(short)s not ordered", short=f"{short:g}",
                       material=self.product_id.display_name)
            + (f" ({first[0].missing})" if first else ""),
            first[0].remedy if first else self.env._("%s orders", owner.name or ""),
            first[0].users if first else tuple(owner.ids), False, self.id)

    # ------------------------------------------------------------- 未检 and holds

    def _unchecked_lots(self):
        """Return ``{product id: [lot, …]}`` of lots in stock that nobody checked, or on hold."""
        lots = self.env["stock.lot"].sudo().search([
            ("product_id", "in", self.product_id.ids), "|", ("is_blocked", "=", True),
            ("check_state", "in", ("unchecked", "skipped", "not_ok"))])
        found = {}
        for lot in lots.filtered(lambda lot: lot.product_qty > 0):
            found.setdefault(lot.product_id.id, []).append(lot)
        return found

    def _unchecked_reason(self, lots):
        keeper = "raw_keeper" if self.kind == "raw" else "packaging_keeper"
        users = self.env["res.users"]._users_of_role(keeper, self.company_id)
        names = ", ".join(lot.name for lot in lots)
        held = any(lot.is_blocked or lot.check_state == "not_ok" for lot in lots)
        return Reason(
            "on_hold" if held else "unchecked", self._part(), "red",
            self.env._("%(material)s: lot %(lots)s is on hold", lots=names,
                       material=self.product_id.display_name) if held
            else self.env._("%(material)s: lot %(lots)s was not checked", lots=names,
                            material=self.product_id.display_name),
            self.env._("%s checks it", ", ".join(users.mapped("name"))), tuple(users.ids), False,
            self.id)
