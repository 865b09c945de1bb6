from odoo import api, models


class StockMove(models.Model):
    """Material issue and output of a manufacturing order, by whatever door (traps 7.2)."""

    _inherit = "stock.move"

    def _action_confirm(self, merge=True, merge_into=False, create_proc=True):
        """Confirm components and output only with their manufacturing order (D1.10)."""
        self._gendan_productions().filtered(lambda production: production.state == "draft"
                                            )._pass_gate("_gate_confirm")
        return super()._action_confirm(merge=merge, merge_into=merge_into,
                                       create_proc=create_proc)

    def _action_done(self, cancel_backorder=False):
        """Issue and produce only while the notice is in force (D1.10, D1.11)."""
        self._gendan_productions()._pass_gate("_gate_run")
        return super()._action_done(cancel_backorder=cancel_backorder)

    @api.model_create_multi
    def create(self, vals_list):
        """A move that is born done has passed no gate yet."""
        moves = super().create(vals_list)
        if any(vals.get("state") == "done" for vals in vals_list):
            moves.filtered(lambda move: move.state == "done")._gendan_productions()._pass_gate(
                "_gate_run")
        return moves

    def write(self, vals):
        """A move that is written done has passed no gate yet."""
        if vals.get("state") == "done":
            self.filtered(lambda move: move.state != "done")._gendan_productions()._pass_gate(
                "_gate_run")
        return super().write(vals)

    def _gendan_productions(self):
        """Return the manufacturing orders whose goods these moves carry, scrap excluded."""
        moves = self.filtered(lambda move: move.location_dest_usage != "inventory")
        return moves.raw_material_production_id | moves.production_id
