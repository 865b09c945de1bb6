from odoo import api, models

WATCHED = {"quantity", "lot_id", "location_id", "location_dest_id", "product_id", "move_id",
           "state"}


class StockMoveLine(models.Model):
    """Lines of a done production move change stock at once, so they pass the gate too."""

    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        """A line born on a done production move is output (traps 7.2)."""
        lines = super().create(vals_list)
        lines._pass_done_move()
        return lines

    def write(self, vals):
        """So is a changed quantity, lot or place of such a line."""
        watched = vals.keys() & WATCHED
        if watched:
            self._pass_done_move()
        result = super().write(vals)
        if watched:
            # what it has become is judged as well: a trial does not grow afterwards
            self._pass_done_move()
        return result

    def _pass_done_move(self):
        """Let a done output or issue change only while it might still be made now."""
        done = self.move_id.filtered(lambda move: move.state == "done")
        if done:
            (done - done._with_gates_passed())._gendan_productions()._pass_gate("_gate_run")
