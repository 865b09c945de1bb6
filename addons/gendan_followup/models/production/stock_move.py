from contextlib import contextmanager

from odoo import api, fields, models

from ..foundation.gate_mixin import Gate

# key of the transaction's own memory, which no client can write
PASSED = "gendan_followup.moves_passed"
OWNERS = ("raw_material_production_id", "production_id")


class StockMove(models.Model):
    """Material issue and output of a manufacturing order, by whatever door (traps 7.2)."""

    _inherit = "stock.move"

    # confirming a manufacturing order looks for the moves of its group among all moves
    production_group_id = fields.Many2one(index="btree_not_null")

    def _action_confirm(self, merge=True, merge_into=False, create_proc=True):
        """Confirm components and output only with their manufacturing order (D1.10)."""
        self._gendan_productions().filtered(lambda production: production.state == "draft"
                                            )._pass_gate("_gate_confirm")
        ordered = self.filtered(lambda move: move._is_for_notice_to_make())
        confirmed = super(StockMove, self - ordered)._action_confirm(
            merge=merge, merge_into=merge_into, create_proc=create_proc)
        if not ordered:
            return confirmed
        ordered.procure_method = "make_to_stock"
        return confirmed | super(StockMove, ordered)._action_confirm(
            merge=merge, merge_into=merge_into, create_proc=False)

    def _is_for_notice_to_make(self):
        """Whether core would make or buy these goods to order: the notice decides that (design 3).

        The method of a rule is written past `_get_stock_move_values`, so this is the place.
        """
        self.ensure_one()
        if not (self.state == "draft" and self.sudo().sale_line_id
                and self.company_id.uses_gendan
                and (self.procure_method == "make_to_order"
                     or self.rule_id.procure_method == "mts_else_mto")):
            return False
        stock = self.location_id.warehouse_id.lot_stock_id
        return bool(stock and self.location_id._child_of(stock))

    def _action_done(self, cancel_backorder=False):
        """Issue and produce only while the notice is in force (D1.10, D1.11)."""
        productions = self._gendan_productions()
        productions._pass_draft()
        productions._pass_gate("_gate_run")
        self._check_made_by_order()
        with self._gates_passed(), productions._gate_passed("_gate_run"):
            return super()._action_done(cancel_backorder=cancel_backorder)

    @api.model_create_multi
    def create(self, vals_list):
        """A move that is born done has passed no gate yet."""
        moves = super().create(vals_list)
        if any(vals.get("state") == "done" for vals in vals_list):
            done = moves.filtered(lambda move: move.state == "done")
            done._gendan_productions()._pass_gate("_gate_run")
            done._check_made_by_order()
        return moves

    def write(self, vals):
        """A move that is written done has passed no gate yet; nor does it change its owner."""
        if vals.get("state") == "done":
            unpassed = self.filtered(
                lambda move: move.state != "done") - self._with_gates_passed()
            unpassed._gendan_productions()._pass_gate("_gate_run")
            unpassed._check_made_by_order()
        if vals.keys() & set(OWNERS):
            self._check_owner(vals)
        return super().write(vals)

    def _check_owner(self, vals):
        """Keep a move with the notice of its manufacturing order; a split stays within it."""
        for name in set(OWNERS) & vals.keys():
            target = self.env["mrp.production"].browse(vals[name]).sudo()
            moved = self.filtered(
                lambda move, name=name, target=target: move.sudo()[name].notice_line_id
                and move.sudo()[name] != target
                and move.sudo()[name].notice_line_id != target.notice_line_id)
            moved[name]._pass_gate("_gate_links")

    def _check_made_by_order(self):
        """Refuse goods that come out of production without a manufacturing order (D1.10)."""
        made = self.filtered(
            lambda move: move.company_id.uses_gendan and move.location_id.usage == "production"
            and move.location_dest_id.usage != "production" and not move.production_id
            and not move.unbuild_id and not move.consume_unbuild_id
            and not move.raw_material_production_id)
        if made:
            self.env["gendan.audit"]._refuse(
                Gate("production.output", "D1.10 X4"), made, self.env._(
                    "%(product)s: goods come out of production by a manufacturing order only.",
                    product=made[0].product_id.display_name))

    def _gendan_productions(self):
        """Return the manufacturing orders whose goods these moves carry, scrap excluded."""
        moves = self.filtered(
            lambda move: (move.raw_material_production_id or move.production_id)
            and move.location_dest_id.usage != "inventory")
        return moves.raw_material_production_id | moves.production_id

    @contextmanager
    def _gates_passed(self):
        """Note that these moves have passed their gates, while core marks them done."""
        passed = self.env.cr.cache.setdefault(PASSED, set())
        new = set(self.ids) - passed
        passed |= new
        try:
            yield
        finally:
            passed -= new

    def _with_gates_passed(self):
        return self.browse(self.env.cr.cache.get(PASSED, ()))
