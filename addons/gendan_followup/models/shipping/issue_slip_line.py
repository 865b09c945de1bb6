from odoo import api, fields, models
from odoo.exceptions import UserError


class IssueSlipLine(models.Model):
    """Goods on a goods-issue slip."""

    _name = "gendan.issue.slip.line"
    _inherit = ["gendan.reckoned.mixin"]
    _description = "Goods-issue slip line"
    _order = "slip_id, id"
    _rec_name = "product_id"

    slip_id = fields.Many2one("gendan.issue.slip", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="slip_id.company_id", store=True, index=True)
    shipping_line_id = fields.Many2one("gendan.shipping.notice.line", "Line of the notice",
                                       required=True, index=True, ondelete="restrict")
    product_id = fields.Many2one(related="shipping_line_id.product_id", store=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    quantity = fields.Float(digits="Product Unit", required=True)

    _positive = models.Constraint("CHECK (quantity > 0)", "A quantity to issue is above 0.")

    def _quantities(self):
        """Return ``{product: quantity}``."""
        sums = {}
        for line in self:
            sums[line.product_id] = sums.get(line.product_id, 0) + line.quantity
        return sums

    @api.model_create_multi
    def create(self, vals_list):
        """Add goods to a draft only."""
        lines = super().create(vals_list)
        lines._check_draft()
        return lines

    def write(self, vals):
        """Change a draft only."""
        self._check_draft()
        result = super().write(vals)
        self._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_draft_only(self):
        self._check_draft()

    def _check_draft(self):
        for slip in self.slip_id:
            if slip.state != "draft":
                raise UserError(slip._locked_message())
        self.slip_id._pass_gate("_gate_finance")
