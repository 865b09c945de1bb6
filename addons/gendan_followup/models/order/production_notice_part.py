from odoo import api, fields, models


class ProductionNotice(models.Model):
    """The two dates of a partial shipment, as the revision in force says them (D4.8)."""

    _inherit = "gendan.production.notice"

    first_part_date = fields.Date("First part on", readonly=True, copy=False)
    first_part_quantity = fields.Float("First part", digits="Product Unit", readonly=True,
                                       copy=False)
    parts_text = fields.Char("Partial shipment", compute="_compute_parts_text")

    @api.model
    def _prepare_head(self, order, revision):
        day, quantity = next(iter(order._delivery_parts()), (False, 0))
        return {**super()._prepare_head(order, revision),
                "first_part_date": day, "first_part_quantity": quantity}

    @api.depends("first_part_date", "first_part_quantity", "delivery_date", "line_ids.quantity")
    @api.depends_context("lang")
    def _compute_parts_text(self):
        for notice in self:
            notice.parts_text = self.env["sale.order"]._parts_text(notice._delivery_parts())

    def _delivery_parts(self):
        """Return ``[(day, packs), …]`` of a partial shipment; empty where all leaves at once."""
        self.ensure_one()
        part = self.first_part_date and self.first_part_quantity
        if not part:
            return []
        rest = sum(self.line_ids.mapped("quantity")) - part
        return [(self.first_part_date, part), (self.delivery_date, rest)]
