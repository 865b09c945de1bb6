from odoo import api, models

from ..foundation.gate_mixin import Gate

GOODS = {"quantity", "lot_id", "location_id", "location_dest_id", "product_id", "move_id",
         "product_uom_id"}


class StockMoveLine(models.Model):
    """What has left for a customer is not edited afterwards: it comes back by a return (D8.6)."""

    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        """A line born on a delivery that has left would let goods out without papers."""
        lines = super().create(vals_list)
        lines._check_not_left()
        return lines

    def write(self, vals):
        """So would a changed quantity, lot or place of one that has left."""
        if vals.keys() & GOODS:
            self._check_not_left()
        result = super().write(vals)
        if vals.keys() & {"move_id", "location_dest_id"}:
            self._check_not_left()
        return result

    def _check_not_left(self):
        moves = self.filtered(
            lambda line: line.move_id.state == "done" and line.company_id.uses_gendan
            and "customer" in (line.move_id.location_dest_id.usage,
                               line.location_dest_id.usage)).move_id
        if moves:
            left = moves.picking_id or moves
            self.env["gendan.audit"]._refuse(
                Gate("picking.left", "D8.6 X4"), left,
                self.env._("%s has left: what is wrong in it comes back by a return, what lacks "
                           "leaves on a notice of its own.",
                           ", ".join(left.mapped("display_name"))))
