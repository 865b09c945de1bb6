from odoo import api, fields, models

from ...calc.canonical import decimal_string
from ...calc.text import plain_number


class SaleOrder(models.Model):
    """分批交货: of a partial shipment some packs leave earlier than the rest (D4.8).

    Both dates are signed: the part stands in the revision beside the delivery date, which is
    that of the rest.
    """

    _inherit = "sale.order"

    first_part_date = fields.Date(
        "First part on", copy=False,
        help="What the customer gets before the delivery date; the rest follows on that.")
    first_part_quantity = fields.Float("First part", digits="Product Unit", copy=False)
    parts_text = fields.Char("Partial shipment", compute="_compute_parts_text")

    _first_part_not_negative = models.Constraint(
        "CHECK (first_part_quantity >= 0)", "A part of an order is not below zero.")

    @api.depends("first_part_date", "first_part_quantity", "commitment_date",
                 "order_line.product_uom_qty")
    @api.depends_context("lang")
    def _compute_parts_text(self):
        for order in self:
            order.parts_text = order._parts_text(order._delivery_parts())

    def _delivery_parts(self):
        """Return ``[(day, packs), …]`` of a partial shipment; empty where all leaves at once.

        A part that is not before the rest, or is all there is, is none.
        """
        self.ensure_one()
        due, part = self.first_part_date and self._delivery_date(), self.first_part_quantity
        if not due or not part or self.first_part_date >= due:
            return []
        total = sum(line.product_uom_id._compute_quantity(
            line.product_uom_qty, line.product_id.uom_id, round=False)
            for line in self._controlled_lines() if line.product_id.type != "service")
        if part >= total:
            return []
        return [(self.first_part_date, part), (due, total - part)]

    @api.model
    def _parts_text(self, parts):
        """Return parts as people say them, or False."""
        return "; ".join(
            self.env._("%(quantity)s by %(day)s", quantity=plain_number(quantity), day=day)
            for day, quantity in parts) or False

    def _payload_part(self):
        """Return the part as a revision freezes it; an order without one has no such key."""
        parts = self._delivery_parts()
        if not parts:
            return {}
        day, quantity = parts[0]
        return {"part": [day.isoformat(), decimal_string(quantity)]}
