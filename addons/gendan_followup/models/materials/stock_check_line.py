from odoo import fields, models


class StockCheckLine(models.Model):
    """One lot at one place as the stock check saw it (D2.2)."""

    _name = "gendan.stock.check.line"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Stock check line"
    _order = "check_id, id"
    _rec_name = "product_id"

    check_id = fields.Many2one("gendan.stock.check", required=True, readonly=True, index=True,
                               ondelete="restrict")
    notice_line_id = fields.Many2one("gendan.production.notice.line", required=True,
                                     readonly=True, index=True, ondelete="restrict")
    product_id = fields.Many2one("product.product", required=True, readonly=True)
    lot_id = fields.Many2one("stock.lot", readonly=True, index="btree_not_null",
                             ondelete="restrict")
    location_id = fields.Many2one("stock.location", readonly=True, ondelete="restrict")
    on_hand = fields.Float(digits="Product Unit", readonly=True)
    reserved = fields.Float("Reserved for others", digits="Product Unit", readonly=True)
    usable = fields.Float(digits="Product Unit", readonly=True)
    taken = fields.Float("Taken for this order", digits="Product Unit", readonly=True)
    reason = fields.Selection(
        [("other_bag", "Other bag version"), ("other_mark", "Other shipping mark"),
         ("blocked", "On QC hold"), ("short_dated", "Too short-dated"),
         ("reserved", "Reserved for others"), ("empty", "Nothing on hand"),
         ("none", "None on hand")], string="Not usable because", readonly=True)

    def _reserve_on_delivery(self):
        """Reserve on the orders' deliveries what these lines took, all together (D2.3)."""
        taken = self.filtered("taken")
        quants = self.env["stock.quant"]._get_quants_by_products_locations(
            taken.product_id, taken.location_id)
        reserving = taken.with_context(quants_cache=quants)
        moves = {line: line._delivery_moves() for line in reserving.notice_line_id}
        room = {move: move.product_qty - sum(move.move_line_ids.mapped("quantity_product_uom"))
                for move in self.env["stock.move"].union(*moves.values())}
        values = []
        for line in reserving:
            left = line.taken
            for move in moves[line.notice_line_id]:
                wanted = min(left, room[move])
                if wanted > 0:
                    rows, reserved = move._update_reserved_quantity_vals(
                        wanted, line.location_id, lot_id=line.lot_id, strict=True)
                    values += rows
                    left -= reserved
                    room[move] -= reserved
        reserving.env["stock.move.line"].create(values)
        self.env["stock.move"].union(*room)._recompute_state()
