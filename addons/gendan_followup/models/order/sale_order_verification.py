from odoo import api, fields, models

# more lines without a difference than a person reads are only counted
SHOWN_LINES = 30


class SaleOrder(models.Model):
    """The merchandiser's sheet: four groups, what is ordered, what differs, who ticked it."""

    _inherit = "sale.order"

    verification_sheet = fields.Json(compute="_compute_verification_sheet")

    @api.depends_context("uid", "lang")
    @api.depends("revision_id", "revision_state", "tick_ids.ticked_by_id")
    def _compute_verification_sheet(self):
        for order in self:
            order.verification_sheet = order._verification_sheet() if order.sudo(
                ).revision_id.cycle else False

    def _verification_sheet(self):
        self.ensure_one()
        order = self.sudo()
        cycle = order.revision_id.cycle
        ticks = order.revision_id.tick_ids.filtered(lambda tick: tick.cycle == cycle)
        labels = dict(ticks._fields["group"]._description_selection(self.env))
        return {
            "can_tick": not self._verifier_conditions(),
            "open": len(ticks.filtered(lambda tick: not tick.ticked_by_id)),
            "groups": [order._verification_group(
                key, label, ticks.filtered(lambda tick, key=key: tick.group == key))
                for key, label in labels.items()],
        }

    def _verification_group(self, key, label, ticks):
        whole = ticks.filtered(lambda tick: not tick.is_difference)[:1]
        differing = ticks - whole
        lines = self._controlled_lines().filtered(lambda line: line.product_id.type != "service")
        shown = lines.filtered(lambda line: line in differing.order_line_id)
        shown |= lines[:SHOWN_LINES]
        return {
            "key": key, "label": label, "tick": self._tick_values(whole) if whole else False,
            "lines": [{
                "id": line.id, "product": line.product_id.display_name,
                "values": line._verification_values(key),
                "differences": [self._tick_values(tick) for tick in differing
                                if tick.order_line_id == line],
            } for line in shown],
            "more": len(lines - shown),
        }

    @api.model
    def _tick_values(self, tick):
        return {
            "id": tick.id, "label": tick.label or "", "value": tick.value or "",
            "reference": tick.reference_value or "",
            "by": tick.ticked_by_id.name or False,
            "at": tick.ticked_at and fields.Datetime.to_string(tick.ticked_at),
        }

    def action_tick(self, tick_ids=None):
        """Tick points of the present submission: those given, else every unchanged group.

        A difference is ticked only by naming it (D1.2).

        :param list tick_ids: ids of `gendan.verification.tick`
        """
        self.ensure_one()
        cycle = self.sudo().revision_id.cycle
        ticks = self.tick_ids.filtered(lambda tick: tick.cycle == cycle)
        wanted = ticks.filtered(lambda tick: tick.id in tick_ids) if tick_ids else (
            ticks.filtered(lambda tick: not tick.is_difference))
        return wanted.action_tick()
