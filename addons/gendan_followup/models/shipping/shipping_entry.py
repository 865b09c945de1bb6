from odoo import api, fields, models


class ShippingEntry(models.Model):
    """Who answers for which field of which version of a shipping notice (A12, L-S4, L-M5)."""

    _name = "gendan.shipping.entry"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Field owner of a shipping notice"
    _order = "shipping_id, version desc, id"
    _rec_name = "field_name"
    _evidence_stamps = ("user_id", "written_at")

    shipping_id = fields.Many2one("gendan.shipping.notice", required=True, readonly=True,
                                  index=True, ondelete="restrict")
    version = fields.Integer(required=True, readonly=True)
    owner = fields.Selection([("sales", "Salesperson"), ("merchandiser", "Merchandiser")],
                             required=True, readonly=True)
    field_name = fields.Char(required=True, readonly=True)
    field_label = fields.Char("Field", compute="_compute_field_label")
    value = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", "Written by", required=True, readonly=True,
                              ondelete="restrict")
    written_at = fields.Datetime("At", required=True, readonly=True)

    @api.depends_context("lang")
    @api.depends("field_name")
    def _compute_field_label(self):
        known = self.env["gendan.shipping.notice"]._fields
        for entry in self:
            field = known.get(entry.field_name)
            entry.field_label = field._description_string(self.env) if field else entry.field_name
