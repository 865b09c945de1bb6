from odoo import api, models


class StockMoveLine(models.Model):
    """Lines of a done production move change stock at once, so they pass the gate too."""

    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        """A line born on a done production move is output (traps 7.2)."""
        lines = super().create(vals_list)
        lines._pass_done_production()
        return lines

    def write(self, vals):
        """So is a changed quantity, lot or place of such a line."""
        if vals.keys() & {"quantity", "lot_id", "location_dest_id", "product_id"}:
            self._pass_done_production()
        return super().write(vals)

    def _pass_done_production(self):
        self.move_id.filtered(lambda move: move.state == "done")._gendan_productions()._pass_gate(
            "_gate_run")
