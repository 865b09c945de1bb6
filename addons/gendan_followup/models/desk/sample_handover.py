from odoo import fields, models


class SampleHandover(models.Model):
    """Who took samples into his hands, how many, when; or gave them back (D9.4)."""

    _name = "gendan.sample.handover"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Hand-over of samples"
    _order = "signed_at, id"
    _rec_name = "user_id"
    _evidence_stamps = ("user_id", "signed_at")

    request_id = fields.Many2one("gendan.sample.request", required=True, readonly=True,
                                 index=True, ondelete="restrict")
    company_id = fields.Many2one(related="request_id.company_id", store=True, precompute=True,
                                 index=True)
    showroom_id = fields.Many2one(related="request_id.showroom_id", store=True, precompute=True,
                                  index=True)
    product_id = fields.Many2one(related="request_id.product_id", store=True, precompute=True,
                                 index=True)
    kind = fields.Selection([("received", "Received"), ("returned", "Given back")],
                            required=True, readonly=True, default="received")
    quantity = fields.Integer("Pieces", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Signed by", required=True, readonly=True,
                              ondelete="restrict")
    signed_at = fields.Datetime("At", required=True, readonly=True)
    remark = fields.Char(readonly=True)

    _some = models.Constraint("CHECK (quantity > 0)", "A hand-over is of at least one piece.")
