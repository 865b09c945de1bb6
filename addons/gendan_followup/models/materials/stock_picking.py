from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calc import tolerance
from ...calc.text import plain_number
from ..foundation.gate_mixin import Unmet, gate


class StockPicking(models.Model):
    """What comes above the order waits for the plan manager (X14)."""

    _inherit = "stock.picking"

    over_delivery_ids = fields.One2many("gendan.over.delivery", "picking_id",
                                        "Accepted over-deliveries", readonly=True)

    over_text = fields.Text("More than was ordered", compute="_compute_over_text")

    @api.depends("state", "move_ids.quantity", "over_delivery_ids")
    @api.depends_context("lang")
    def _compute_over_text(self):
        """Say on the receipt what came above its order, before anybody is refused (X14)."""
        for picking in self:
            waits = picking.picking_type_code == "incoming" and picking.state not in (
                "done", "cancel", "draft")
            lines = self.env["purchase.order.line"].sudo()
            picking.over_text = "\n".join(
                self.env._(
                    "%(product)s: %(excess)s %(unit)s more than %(order)s ordered",
                    product=line.product_id.display_name, unit=line.product_id.uom_id.name,
                    excess=plain_number(row["quantity"]), order=line.order_id.name)
                for row in (picking._prepare_over("") if waits and picking.id else ())
                for line in lines.browse(row["purchase_line_id"])) or False

    @gate("receipt.accept_over", "D3.3 D3.5 X14")
    def _gate_accept_over(self):
        """More than was ordered is the plan manager's decision."""
        if self.env.user._principals("plan_manager"):
            return {}
        managers = self.env["res.users"]._users_of_role("plan_manager", self.company_id[:1])
        return {picking.id: [Unmet(
            "role", self.env._("%s: an over-delivery is accepted by the plan manager",
                               picking.name),
            self.env._("%s accepts it, or it goes back", ", ".join(managers.mapped("name"))),
            tuple(managers.ids))] for picking in self}

    def action_accept_over(self, reason):
        """Accept what is noted on these receipts above their orders (X14).

        :param str reason: why it is kept
        :raise UserError: by another than the plan manager, or when nothing is too much
        """
        self._pass_gate("_gate_accept_over")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the over-delivery of %s is kept.",
                                       self[:1].name))
        values = [row for picking in self for row in picking._prepare_over(reason)]
        if not values:
            raise UserError(self.env._("%s brings no more than was ordered.", self[:1].name))
        # evidence: nobody has rights to write it, the gate above has passed
        self.env["gendan.over.delivery"].sudo().create(values)
        return True

    def _prepare_over(self, reason):
        """Return one row per purchase line of which more is on this receipt than ordered."""
        self.ensure_one()
        moves = self.move_ids._packaging_bought().filtered(
            lambda move: move.state not in ("done", "cancel") and move.sudo().purchase_line_id)
        lines = moves.sudo().purchase_line_id
        excess = lines._excess_received()
        rows = []
        for line in lines:
            arriving = sum(tolerance.exact(move.product_uom._compute_quantity(
                move.quantity, move.product_id.uom_id, round=False))
                for move in moves if move.sudo().purchase_line_id == line)
            over = excess[line] + arriving
            if over > 0:
                rows.append({
                    "purchase_line_id": line.id, "picking_id": self.id,
                    "company_id": self.company_id.id, "product_id": line.product_id.id,
                    "quantity": float(over), "reason": reason})
        return rows
