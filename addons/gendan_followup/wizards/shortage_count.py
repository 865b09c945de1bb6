from odoo import fields, models


class ShortageCount(models.TransientModel):
    """Type what was counted; the shortage count has the rules (L-K3)."""

    _name = "gendan.shortage.count"
    _description = "Count what is there"

    counted = fields.Float("Pieces that are there", digits="Product Unit", required=True)

    def action_confirm(self):
        """Hand the figure to the shortage count."""
        self.ensure_one()
        self.env["gendan.stock.shortage"].browse(
            self.env.context.get("active_ids", [])).action_count(self.counted)
        return {"type": "ir.actions.act_window_close"}
