from odoo import fields, models


class StockPicking(models.Model):
    """Both papers on the delivery, and what is missing, before anybody meets a refusal (D8.6)."""

    _inherit = "stock.picking"

    shipping_ids = fields.Many2many("gendan.shipping.notice", compute="_compute_shipping_ids",
                                    string="Shipping notices")
    slip_ids = fields.Many2many("gendan.issue.slip", compute="_compute_shipping_ids",
                                string="Goods-issue slips")
    papers_missing = fields.Text("Before it leaves", compute="_compute_shipping_ids")

    def _compute_shipping_ids(self):
        outgoing = self.filtered(lambda picking: picking.picking_type_code == "outgoing")
        unmet = outgoing.filtered(lambda picking: picking.state not in ("done", "cancel")
                                  and picking.ids)
        unmet = unmet._gendan_on()._paper_conditions() if unmet else {}
        for picking in self:
            lines = picking.sudo().move_ids.sale_line_id.order_id.notice_id.line_ids
            shippings = self.env["gendan.shipping.notice.line"].sudo().search([
                ("notice_line_id", "in", lines.ids),
                ("shipping_id.state", "in", ("accepted", "loading", "shipped")),
            ]).shipping_id if picking in outgoing else self.env["gendan.shipping.notice"]
            picking.shipping_ids = shippings.sudo(False)
            picking.slip_ids = shippings.slip_id.sudo(False)
            picking.papers_missing = "\n".join(
                dict.fromkeys(map(str, unmet.get(picking.id, [])))) or False

    def action_open_shipping(self):
        """Open the shipping notices of this delivery."""
        return {
            "type": "ir.actions.act_window", "name": self.env._("Shipping notices"),
            "res_model": "gendan.shipping.notice", "view_mode": "list,form",
            "domain": [("id", "in", self.shipping_ids.ids)],
        }
