from odoo import api, models


class StockMove(models.Model):
    """Trial packs leave their place by the salesperson's word only (design 6.7, traps 7.5)."""

    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        """Judge what is really booked: output before the acceptance, goods out of the hold."""
        self._gendan_productions()._pass_gate("_gate_output")
        self.move_line_ids._check_trial_hold()
        return super()._action_done(cancel_backorder=cancel_backorder)

    @api.model_create_multi
    def create(self, vals_list):
        """A move that is born done has been judged by nobody yet."""
        moves = super().create(vals_list)
        if any(vals.get("state") == "done" for vals in vals_list):
            done = moves.filtered(lambda move: move.state == "done")
            done._gendan_productions()._pass_gate("_gate_output")
            done.move_line_ids._check_trial_hold()
        return moves

    def write(self, vals):
        """Nor has one that is written done."""
        if vals.get("state") == "done":
            unpassed = self.filtered(
                lambda move: move.state != "done") - self._with_gates_passed()
            unpassed._gendan_productions()._pass_gate("_gate_run")
            unpassed._gendan_productions()._pass_gate("_gate_output")
            unpassed.move_line_ids._check_trial_hold()
        return super().write(vals)
