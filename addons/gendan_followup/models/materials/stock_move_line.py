from odoo import api, models

WATCHED = {"quantity", "product_uom_id", "move_id", "state", "location_id", "location_dest_id"}


class StockMoveLine(models.Model):
    """Lines of a done receipt change stock at once; so do components reserved by hand."""

    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        """A line born on a done receipt is received; one on components reserves (X4)."""
        lines = super().create(vals_list)
        lines._pass_packaging()
        lines.move_id._pass_reserved_by_hand()
        return lines

    def write(self, vals):
        """So is a changed quantity of such a line."""
        before = {line: line.quantity for line in self} if "quantity" in vals else {}
        result = super().write(vals)
        if vals.keys() & WATCHED:
            self._pass_packaging()
            # what core takes back is no reservation
            self.filtered(lambda line: line.quantity > before.get(line, line.quantity)
                          ).move_id._pass_reserved_by_hand()
        return result

    def _pass_packaging(self):
        """Judge what these lines bring in above the order (X14)."""
        done = self.move_id.filtered(lambda move: move.state == "done")
        if done:
            bought = done._packaging_bought()
            bought._needs_taking_turn()
            bought._pass_received()
