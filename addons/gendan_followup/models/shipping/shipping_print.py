from odoo import api, fields, models


class ShippingPrint(models.Model):
    """Each printing of a shipping notice: the first is the three copies, then 补打 n (D8.7)."""

    _name = "gendan.shipping.print"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Print of a shipping notice"
    _order = "shipping_id, version desc, number desc"
    _rec_name = "number"
    _evidence_stamps = ("user_id", "printed_at")

    shipping_id = fields.Many2one("gendan.shipping.notice", required=True, readonly=True,
                                  index=True, ondelete="restrict")
    version = fields.Integer(required=True, readonly=True)
    number = fields.Integer("Reprint", required=True, readonly=True,
                            help="0 is the first print of its version.")
    labels = fields.Char("Copies", readonly=True)
    user_id = fields.Many2one("res.users", "Printed by", required=True, readonly=True,
                              ondelete="restrict")
    printed_at = fields.Datetime("At", required=True, readonly=True)
    is_void = fields.Boolean("Void", compute="_compute_is_void")

    _one = models.Constraint("UNIQUE (shipping_id, version, number)",
                             "That print has been counted already.")

    @api.depends("shipping_id.version", "shipping_id.state")
    def _compute_is_void(self):
        for row in self:
            shipping = row.shipping_id
            row.is_void = row.version < shipping.version or shipping.state in (
                "draft", "refused", "cancel")
