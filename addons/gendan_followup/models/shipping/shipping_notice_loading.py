from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from ..foundation.gate_mixin import Unmet, gate


class ShippingNotice(models.Model):
    """From the accepted notice to the goods that have left (D8.5–D8.7)."""

    _inherit = "gendan.shipping.notice"

    slip_id = fields.Many2one("gendan.issue.slip", "Goods-issue slip",
                              compute="_compute_slip_id", search="_search_slip_id")
    report_ids = fields.One2many("gendan.loading.report", "shipping_id", "Loading reports",
                                 readonly=True)
    loading_missing = fields.Text("Before loading", compute="_compute_loading_missing")

    @api.depends("slip_ids.state", "slip_ids.version", "version")
    def _compute_slip_id(self):
        slips = self.env["gendan.issue.slip"].search_fetch(
            [("shipping_id", "in", self._origin.ids), ("state", "=", "issued")],
            ["shipping_id", "version"])
        issued = {(slip.shipping_id.id, slip.version): slip for slip in slips}
        for shipping in self:
            shipping.slip_id = issued.get((shipping._origin.id, shipping.version), False)

    def _search_slip_id(self, operator, value):
        if operator != "in" or list(value) != [False]:
            return NotImplemented
        return [("slip_ids", "not any", [("state", "=", "issued")])]

    @api.depends_context("uid", "lang")
    @api.depends("state", "slip_ids.state", "version")
    def _compute_loading_missing(self):
        ready = self.filtered(lambda shipping: shipping.state == "accepted" and shipping.ids)
        unmet = ready._gate_unmet("_gate_papers") if ready else {}
        for shipping in self:
            shipping.loading_missing = "\n".join(map(str, unmet.get(shipping.id, []))) or False

    # ------------------------------------------------------------ two papers

    @gate("shipping.papers", "D8.6 D8.7")
    def _gate_papers(self):
        """Loading is arranged on an accepted notice and finance's slip for the same goods."""
        work = self.sudo().notice_id._gate_unmet("_gate_work")
        unmet = {}
        for shipping in self:
            conditions = list(work.get(shipping.notice_id.id, []))
            if shipping.state not in ("accepted", "loading"):
                conditions.append(shipping._not_accepted_unmet())
            elif not shipping.sudo().slip_id:
                conditions.append(shipping._no_slip_unmet())
            elif shipping.payment_hold:
                # the slip was given before; what is held does not leave all the same
                conditions.append(shipping._hold_unmet())
            unmet[shipping.id] = conditions
        return unmet

    def _not_accepted_unmet(self):
        return Unmet(
            "notice", self.env._("shipping notice %(notice)s is %(state)s", notice=self.name,
                                 state=self._state_label(self.state)),
            self.env._("the merchandiser accepts it first"))

    def _no_slip_unmet(self):
        holders = self.env.user._users_of_role("finance", self.company_id)
        return Unmet("slip", self.env._("no goods-issue slip for %s", self.display_name),
                     self.env._("%s issues it", ", ".join(holders.mapped("name"))),
                     tuple(holders.ids))

    def _not_loading_conditions(self):
        """Return why none of these notices is being loaded yet."""
        conditions = [unmet for papers in self._gate_papers().values() for unmet in papers]
        if conditions:
            return conditions
        holders = self.env.user._users_of_role("finished_keeper", self.company_id[:1])
        return [Unmet("copy", self.env._("the keeper's copy of %s is not taken",
                                         ", ".join(self.mapped("name"))),
                      self.env._("%s starts the loading", ", ".join(holders.mapped("name"))),
                      tuple(holders.ids))]

    def _papers_of_loading(self):
        """Return ``{notice being loaded: (what its papers, what its loading report lacks)}``.

        Asked of all at once.
        """
        loading = self.filtered(lambda shipping: shipping.state == "loading")
        papers = loading._gate_papers()
        return {shipping: (papers[shipping.id], shipping._report_conditions())
                for shipping in loading}

    def _report_conditions(self):
        """Return what the loading report still lacks: a container or a large load (D6.1)."""
        self.ensure_one()
        if not self.needs_report or self.report_ids.filtered(
                lambda r: r.state == "closed" and r.version == self.version):
            return []
        report = self.report_ids.filtered(lambda r: r.state in ("draft", "running"))[:1]
        who = report.supervisor_id.name or self.merchandiser_id.name
        return [Unmet("report", self.env._("no completed loading report for %(notice)s "
                                           "(%(volume)s m³)", notice=self.name,
                                           volume=f"{self.volume:.2f}"),
                      self.env._("%s supervises, counts and closes it",
                                 who or self.env._("the merchandiser")))]

    @gate("shipping.load", "D8.6 D8.7")
    def _gate_load(self):
        """The finished-goods keeper starts, with both papers; his tap takes copy 2."""
        unmet = self._gate_papers()
        if self.env.user._principals("finished_keeper"):
            return unmet
        holders = self.env.user._users_of_role("finished_keeper", self.sudo().company_id[:1])
        for shipping in self:
            unmet[shipping.id].append(Unmet(
                "role", self.env._("loading %s is the finished-goods keeper's part",
                                   shipping.name),
                self.env._("%s does it", ", ".join(holders.mapped("name"))),
                tuple(holders.ids)))
        return unmet

    def action_start_loading(self):
        """Take the keeper's copy and start: this is his acknowledgement (D8.7)."""
        self._take_turn()
        self._pass_gate("_gate_load")
        # on a shared phone the copy is taken by whoever holds it
        self._step("loading", keeper_id=self.env.user._acting().id,
                   loading_started_at=fields.Datetime.now())
        return True

    def action_stop_loading(self, reason=False):
        """Stop the loading, as merchandiser or plan manager; the papers stay in force.

        :param str reason: why
        """
        self._pass_gate("_gate_refuse")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the loading of %s stops.", self[:1].name))
        self._step("accepted", keeper_id=False, loading_started_at=False)
        for shipping in self.sudo():
            shipping.message_post(body=self.env._("Loading stopped: %s", reason))
        return True

    # --------------------------------------------------------- goods tomorrow

    @gate("shipping.confirm_goods", "D8.5")
    def _gate_confirm_goods(self):
        """Confirmed are goods that are there and not on QC hold, by the merchandiser."""
        unmet = {}
        for shipping in self:
            conditions = unmet.setdefault(shipping.id, [])
            if not self._may_decide():
                conditions.append(self._not_decider_unmet())
            if shipping.state not in ("accepted", "loading"):
                conditions.append(shipping._not_accepted_unmet())
            conditions += [
                move._lot_unmet("blocked", line.lot_id, self.env._("is on QC hold"))
                for move in shipping.sudo()._open_moves()
                for line in move.move_line_ids if line.lot_id.is_blocked]
        return unmet

    def action_confirm_goods(self, condition=False):
        """Confirm that these goods can leave on their day (D8.5).

        :param str condition: what still has to happen when they are not all there yet, or
            why they are confirmed on the day itself only
        """
        self._pass_gate("_gate_confirm_goods")
        said = (condition or "").strip()
        for shipping in self:
            short = shipping.sudo()._short_lines()
            if short and not said:
                raise UserError(self.env._(
                    "%(notice)s: not all there yet (%(goods)s). Confirm it on a condition, e.g. "
                    "“finished tonight”.", notice=shipping.name,
                    goods=", ".join(short.mapped("product_id.display_name"))))
            too_late = shipping._is_its_day()
            if too_late and not said:
                raise UserError(self.env._(
                    "%(notice)s leaves on %(day)s: its goods are confirmed the day before at the "
                    "latest. To confirm them now, say why.", notice=shipping.name,
                    day=shipping.ship_date))
            shipping.sudo().write({
                "goods_confirmed_by_id": self.env.uid,
                "goods_confirmed_at": fields.Datetime.now(),
                "goods_condition": (short or not too_late) and condition or False})
            if too_late:
                # an exception on record, counted like an accepted same-day notice (X7)
                self.env["gendan.audit"]._note(
                    "override", self._gate_of("_gate_confirm_goods"), shipping, self.env._(
                        "Goods confirmed on the day itself only: %s", said))
        return True

    def _is_its_day(self):
        """Whether the day before is over, for a notice that came in time (D8.5)."""
        self.ensure_one()
        return not self.is_same_day and self.ship_date <= self.company_id._company_today()

    def _short_lines(self):
        """Return the lines whose quantity is not reserved on the open deliveries."""
        self.ensure_one()
        reserved = {}
        for move, packs in self._open_moves()._packs_on_it().items():
            reserved[move.sale_line_id] = reserved.get(move.sale_line_id, 0) + packs
        return self.line_ids.filtered(lambda line: line.notice_line_id and float_compare(
            reserved.get(line.notice_line_id.order_line_id, 0),
            line.quantity - line.shipped_quantity, precision_digits=2) < 0)

    def _open_moves(self):
        """Return the moves on which goods of these notices will leave."""
        return self.line_ids.notice_line_id.order_line_id.move_ids.filtered(
            lambda move: move.state not in ("done", "cancel")
            and move.location_dest_id.usage == "customer")

    # ---------------------------------------------------------------- has left

    def _note_shipped(self):
        """Close the notices whose goods have all left."""
        gone = self.filtered(lambda shipping: shipping.state == "loading" and all(
            float_compare(line.shipped_quantity, line.quantity, precision_digits=2) >= 0
            for line in shipping.line_ids))
        # the stamps say who and when: a line of the log would cost more than all the gates
        gone.with_context(tracking_disable=True)._step(
            "shipped", shipped_by_id=self.env.uid, shipped_at=fields.Datetime.now())

    # ------------------------------------------------------------------- print

    def _count_print(self):
        """Count one printing of each notice; return ``{id: number}`` (0 is the first)."""
        numbers = {}
        for shipping in self:
            printed = shipping.sudo().print_ids.filtered(
                lambda row: row.version == shipping.version)
            numbers[shipping.id] = len(printed)
        # prints are evidence that nobody writes by hand
        self.env["gendan.shipping.print"].sudo().create([{
            "shipping_id": shipping.id, "version": shipping.version,
            "number": numbers[shipping.id],
            "labels": ", ".join(shipping._copy_labels())} for shipping in self])
        return numbers

    def _copy_labels(self):
        """Return the labels of the copies, as the company has them (A22)."""
        self.ensure_one()
        labels = (self.company_id.shipping_copy_labels or "").splitlines()
        return [label.strip() for label in labels if label.strip()]

    @api.model
    def _printable_states(self):
        return ("accepted", "loading", "shipped")
