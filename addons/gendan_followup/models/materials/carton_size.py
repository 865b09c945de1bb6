from odoo import fields, models


class CartonSize(models.Model):
    """Who set which carton size, when, and from what: the proof for D3.10."""

    _name = "gendan.carton.size"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Carton size"
    _order = "set_at, id"
    _rec_name = "source"
    _evidence_stamps = ("user_id", "set_at")

    specification_id = fields.Many2one("gendan.carton.specification", required=True,
                                       readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="specification_id.company_id", store=True,
                                 precompute=True, index=True)
    size_length = fields.Integer("Length (mm)", required=True, readonly=True)
    size_width = fields.Integer("Width (mm)", required=True, readonly=True)
    size_height = fields.Integer("Height (mm)", required=True, readonly=True)
    source = fields.Selection(
        [("known", "Known"), ("customer", "Customer's sheet"), ("sample", "Sample carton")],
        required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Set by", required=True, readonly=True,
                              ondelete="restrict")
    set_at = fields.Datetime("At", required=True, readonly=True)
