from odoo import api, fields, models
from odoo.tools import float_compare

from ...calc.text import plain_number
from ..foundation.gate_mixin import Gate, Unmet, gate

# what only a manufacturing order that may run can become
RUNNING_STATES = ("progress", "to_close", "done")
LINKS = ("notice_id", "notice_line_id", "sale_line_id")


class MrpProduction(models.Model):
    """A manufacturing order works from a released production notice (D1.10, D2.4)."""

    _name = "mrp.production"
    _inherit = ["mrp.production", "gendan.gate.mixin"]

    notice_id = fields.Many2one("gendan.production.notice", "Production notice",
                                index="btree_not_null", ondelete="restrict")
    notice_line_id = fields.Many2one("gendan.production.notice.line", "Notice line",
                                     index="btree_not_null", ondelete="restrict")
    sale_line_id = fields.Many2one(index="btree_not_null")
    hold_reason = fields.Char(related="notice_id.hold_reason")
    is_on_hold = fields.Boolean(related="notice_id.on_hold")

    # what is still to be made is read whole, whatever was made before (D4.1)
    _unmade = models.Index("(notice_id) WHERE notice_id IS NOT NULL "
                           "AND state NOT IN ('done', 'cancel', 'to_close')")

    # ------------------------------------------------------------------ gates

    @gate("production.confirm", "D1.10 D2.3 D2.4")
    def _gate_confirm(self):
        """An order is confirmed for a released notice, never beyond what was released."""
        notices = self.sudo().notice_id
        unmet_notices = notices._gate_unmet("_gate_work")
        unmet = {}
        for production in self:
            notice = production.sudo().notice_id
            if not notice:
                unmet[production.id] = production._no_notice_conditions()
                continue
            conditions = list(unmet_notices.get(notice.id, []))
            if not conditions and notice.state not in ("released", "done"):
                conditions.append(production._not_released_unmet())
            unmet[production.id] = conditions or (
                production._line_conditions() or production._over_release_conditions())
        return unmet

    def _line_conditions(self):
        """Return why this order does not make what its notice says (D2.4)."""
        self.ensure_one()
        notice, line = self.sudo().notice_id, self.sudo().notice_line_id
        if line and line.notice_id == notice and line.product_id == self.product_id:
            return self._recipe_conditions(self.sudo().bom_id)
        return [Unmet("line", self.env._(
            "%(production)s: %(notice)s does not order %(product)s", production=self.name,
            notice=notice.name, product=self.product_id.display_name),
            self.env._("the merchandiser releases a notice that does"))]

    def _recipe_conditions(self, bom):
        """Return why these goods are not made by ``bom``: one was released, and signed (D1.4)."""
        self.ensure_one()
        released = self.sudo().notice_line_id.bom_id
        return [Unmet("recipe", self.env._(
            "%(production)s is made by the bill of materials that was released: %(bom)s",
            production=self.name, bom=released.display_name),
            self.env._("the salesperson changes it by a revision"))
        ] if released and bom != released else []

    def _no_notice_conditions(self):
        """A manufacturing order without a notice is refused (design 6.4).

        A semi-finished order works under the notice of the order that consumes it.
        """
        self.ensure_one()
        parents = self.sudo()._get_sources()
        if parents and all(
                parent.notice_id and parent.state != "draft"
                and self.product_id in parent.move_raw_ids.product_id for parent in parents):
            return []
        return [Unmet("notice", self.env._("%s has no production notice", self.name),
                      self.env._("the merchandiser releases the notice of the order"))]

    def _not_released_unmet(self):
        notice = self.sudo().notice_id
        return Unmet(
            "release",
            self.env._("%s is not released", notice.name),
            self.env._(
                "%s releases it", notice.merchandiser_id.name or self.env._("the merchandiser")
            ),
            tuple(notice.merchandiser_id.ids),
        )

    def _over_release_conditions(self):
        """Return the excess over the released quantity of the notice line, if any."""
        self.ensure_one()
        line = self.sudo().notice_line_id
        planned = sum(
            production.product_uom_qty for production in line.production_ids
            if production.state not in ("draft", "cancel") or production == self.sudo())
        if float_compare(planned, line.released_quantity, precision_digits=2) <= 0:
            return []
        return [Unmet("over_release", self.env._(
            "%(line)s: %(planned)s to make, %(released)s released", line=line.display_name,
            planned=plain_number(planned), released=plain_number(line.released_quantity)),
            self.env._("reduce this manufacturing order"))]

    @gate("production.run", "D1.10 D1.11")
    def _gate_run(self):
        """Nothing starts, consumes or produces while the notice is not in force.

        A commercial change lets what already runs go on (D1.11).
        """
        return self._run_conditions()

    def _run_conditions(self):
        """Return what notice and lots have against running these orders."""
        notices = self.sudo().notice_id
        unmet_notices = notices._gate_unmet("_gate_work")
        # read together what each order is asked about, and what core reads of components next
        (self.move_raw_ids | self.move_finished_ids).move_line_ids.mapped("lot_id")
        self._lots_of_output().mapped("bag_version_id")
        unmet = {}
        for production in self:
            notice = production.sudo().notice_id
            conditions = unmet_notices.get(notice.id, [])
            if not notice:
                conditions = production._no_notice_conditions()
            elif production._runs_on(notice):
                conditions = []
            elif not conditions and notice.state not in ("released", "done"):
                conditions = [production._not_released_unmet()]
            unmet[production.id] = conditions + production._lot_conditions()
        return unmet

    def _lots_of_output(self):
        """Return the lots that these orders make."""
        return (self.lot_producing_ids | self.move_finished_ids.move_line_ids.lot_id).sudo()

    def _lot_conditions(self):
        """Return the lots this order would mix with goods in another bag (D2.2)."""
        self.ensure_one()
        bag = self.sudo().notice_line_id.bag_version_id
        lots = self._lots_of_output()
        return [Unmet("bag", self.env._(
            "%(production)s: lot %(lot)s wears %(bag)s", production=self.name, lot=lot.name,
            bag=lot.bag_version_id.display_name), self.env._("number a new lot"))
            for lot in lots if bag and lot.bag_version_id and lot.bag_version_id != bag]

    def _runs_on(self, notice):
        """Whether this running order may finish although the notice waits for signatures."""
        self.ensure_one()
        revision = notice.order_id.revision_id
        return (not notice.on_hold and notice.state == "released"
                and revision.change_class == "commercial" and revision.state not in (
                    "valid", "void") and self._is_running())

    def _is_running(self, machine=None):
        """Whether this order runs, or ran, on ``machine`` or on any.

        Its work orders say so, or packs that were counted: both passed the gate of a start.
        Its state does not: core moves it when material is ticked off.
        """
        self.ensure_one()
        return self.state == "done" or self.qty_producing > 0 or any(
            order.state in ("progress", "done") for order in self.workorder_ids
            if not machine or order.workcenter_id == machine)

    # ----------------------------------------------------------------- waists

    def action_confirm(self):
        """Confirm only what the notice allows (D1.10)."""
        self._pass_gate("_gate_confirm")
        with self._gate_passed("_gate_confirm"):
            return super().action_confirm()

    @api.model_create_multi
    def create(self, vals_list):
        """Take the notice from its line; nothing begins beyond the draft (D1.10)."""
        for vals in vals_list:
            if vals.get("notice_line_id") and not vals.get("notice_id"):
                line = self.env["gendan.production.notice.line"].browse(vals["notice_line_id"])
                vals["notice_id"] = line.notice_id.id
                if line.sudo().bom_id and not vals.get("bom_id"):
                    vals["bom_id"] = line.sudo().bom_id.id
        productions = super().create(vals_list)
        productions.filtered(lambda production: production.state != "draft")._pass_gate(
            "_gate_confirm")
        return productions

    def write(self, vals):
        """Guard the state, and the links on which the gates stand (D1.10, X4)."""
        if "state" in vals:
            self._check_state_write(vals["state"])
        if any(name in vals for name in LINKS):
            self._pass_link_gate(vals)
        if "bom_id" in vals:
            self._check_recipe(vals["bom_id"])
        if "product_id" in vals:
            # core drops it without a word
            self.filtered(lambda production: production.state != "draft"
                          and production.product_id.id != vals["product_id"]
                          )._pass_gate("_gate_links")
        if not vals.keys() & {"product_qty", "product_uom_id", "product_id"}:
            return super().write(vals)
        before = {production: production.product_uom_qty for production in self}
        result = super().write(vals)
        # nobody raises a running order above what was released
        self.filtered(
            lambda production: production.state not in ("draft", "done", "cancel")
            and production.sudo().notice_line_id
            and (production.product_uom_qty > before[production] or "product_id" in vals)
        )._pass_gate("_gate_quantity")
        return result

    @gate("production.quantity", "D2.4")
    def _gate_quantity(self):
        """Not more is made than was released, and nothing else."""
        return {production.id: production._line_conditions()
                or production._over_release_conditions() for production in self}

    def _check_state_write(self, state):
        self._check_state_way(state)
        if state == "confirmed" or state in RUNNING_STATES:
            self._pass_draft()
        if state in RUNNING_STATES:
            self.filtered(lambda production: production.state not in ("done", state))._pass_gate(
                "_gate_run")

    def _pass_draft(self):
        """Let a draft go on only as its confirmation would (D1.10, D2.4)."""
        self.filtered(lambda production: production.state == "draft")._pass_gate("_gate_confirm")

    def _check_state_way(self, state):
        """Refuse the states to which no button of an order leads from where it is (X4, X5)."""
        lost = self.filtered(
            lambda production: production.sudo().notice_id and production.state != state and (
                state in ("draft", "cancel") or production.state in ("done", "cancel")
                or state == "confirmed" and production.state != "draft"))
        lost._pass_gate("_gate_state")

    @gate("production.state", "X4 X5")
    def _gate_state(self):
        """An order of a notice goes back to no earlier state."""
        return {production.id: [Unmet("state", self.env._(
            "%(production)s belongs to %(notice)s: its state changes by its buttons only",
            production=production.name, notice=production.sudo().notice_id.name),
            self.env._("cancel it and make a new one instead"))] for production in self}

    def _check_recipe(self, bom_id):
        """Refuse another bill of materials than the one that was released (D1.4)."""
        bom = self.env["mrp.bom"].browse(bom_id)
        for production in self._gendan_on():
            if unmet := production._recipe_conditions(bom):
                self.env["gendan.audit"]._refuse(
                    Gate("production.recipe", "D1.4 X4"), production, str(unmet[0]))

    def _compute_state(self):
        """An order leaves the draft by its confirmation, never by a quantity that was typed."""
        drafts = self.filtered(lambda production: production.state == "draft")._gendan_on()
        result = super()._compute_state()
        drafts.filtered(lambda production: production.state not in ("draft", "cancel")
                        ).state = "draft"
        return result

    def _pass_link_gate(self, vals):
        changed = self.filtered(lambda production: any(
            production.sudo()[name] and production.sudo()[name].id != vals[name]
            for name in LINKS if name in vals))
        changed._pass_gate("_gate_links")

    @gate("production.links", "D1.10 X4")
    def _gate_links(self):
        """The link to notice and sales line is not cut or moved."""
        return {production.id: [Unmet(
            "link", self.env._("%(production)s belongs to %(notice)s", production=production.name,
                      notice=production.sudo().notice_id.name or production.origin or ""),
            self.env._("cancel it and make a new one instead"))] for production in self
            if production.sudo().notice_id}

    def unlink(self):
        """A confirmed order of a notice is cancelled, never deleted; core would do both (X5)."""
        self.check_access("unlink")
        self.filtered(lambda production: production.state not in ("draft", "cancel")
                      )._pass_gate("_gate_links")
        return super().unlink()

    def button_mark_done(self):
        """Finish only what may run (D1.10, D5.4)."""
        self._pass_gate("_gate_run")
        self._pass_draft()
        with self._gate_passed("_gate_run"):
            return super().button_mark_done()

    def action_merge(self):
        """Refuse: merged orders lose their notice (design, traps 7.3)."""
        self._pass_gate("_gate_merge")
        return super().action_merge()

    @gate("production.merge", "D1.10")
    def _gate_merge(self):
        """Orders of a notice stay apart: merging drops the link to it."""
        return {production.id: [Unmet(
            "merge", self.env._("%(production)s works from %(notice)s and cannot be merged",
                       production=production.name, notice=production.sudo().notice_id.name),
            self.env._("plan both one after the other instead"))]
            for production in self if production.sudo().notice_id}

    # --------------------------------------------------------------- less of it

    def _quantity_begun(self):
        """Return how many packs of this order are made or counted, in its product's unit."""
        self.ensure_one()
        # core proposes the whole order when a machine starts: nobody has counted that
        proposed = self.state == "progress" and float_compare(
            self.qty_producing, self.product_qty, precision_digits=2) >= 0
        begun = max(self.qty_produced, 0 if proposed else self.qty_producing,
                    *self.workorder_ids.mapped("qty_produced"), 0)
        return self.product_uom_id._compute_quantity(begun, self.product_id.uom_id, round=False)

    def _make_less(self, quantity):
        """Make ``quantity`` packs less; an order of which nothing is left is cancelled."""
        self.ensure_one()
        left = self.product_uom_qty - quantity
        if float_compare(left, 0, precision_digits=2) <= 0:
            self.action_cancel()
            return
        self.env["change.production.qty"].create({
            "mo_id": self.id,
            "product_qty": self.product_id.uom_id._compute_quantity(
                left, self.product_uom_id, round=False),
        }).change_prod_qty()

    # ------------------------------------------------------------ produced lot

    def _prepare_stock_lot_values(self):
        return dict(super()._prepare_stock_lot_values(), **self._lot_marks())

    def _lot_marks(self):
        """Return bag version and mark of the notice: a finished lot carries both (D2.2)."""
        line = self.sudo().notice_line_id
        return {"bag_version_id": line.bag_version_id.id, "mark": line.mark_front} if line else {}

    def _post_inventory(self, cancel_backorder=False):
        result = super()._post_inventory(cancel_backorder=cancel_backorder)
        for production in self.filtered(lambda p: p.sudo().notice_line_id):
            lots = production.move_finished_ids.move_line_ids.lot_id.sudo().filtered(
                lambda lot: not lot.bag_version_id)
            lots.write(production._lot_marks())
        return result

    # ------------------------------------------------------------------- costs

    def _split_productions(self, amounts=False, cancel_remaining_qty=False,
                           set_consumed_qty=False):
        """Split in sudo: core copies costs and renames analytic lines on the way (traps 1.13).

        Who may change the order may split it; the gates of each part hold in sudo, too.
        """
        self.check_access("write")
        return super(MrpProduction, self.sudo())._split_productions(
            amounts=amounts, cancel_remaining_qty=cancel_remaining_qty,
            set_consumed_qty=set_consumed_qty).with_env(self.env)

    def _get_product_price_and_data(self, product):
        if self.env["gendan.price.guard"]._is_price_blind():
            return {"price": 0}
        return super()._get_product_price_and_data(product)

    def _update_order_line_info(self, product_id, quantity, *, child_field=False, **kwargs):
        """Add components from the catalogue; core answers with the cost price."""
        if self.env.su or not self.env["gendan.price.guard"]._is_price_blind():
            return super()._update_order_line_info(
                product_id, quantity, child_field=child_field, **kwargs)
        self.check_access("write")
        super(MrpProduction, self.sudo())._update_order_line_info(
            product_id, quantity, child_field=child_field, **kwargs)
        return 0

    def _cal_price(self, consumed_moves):
        """Reckon the cost of what was made; the operator sees no price, so in sudo alone."""
        return super(MrpProduction, self.sudo())._cal_price(consumed_moves.sudo())
