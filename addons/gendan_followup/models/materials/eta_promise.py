from odoo import fields, models


class EtaPromise(models.Model):
    """One answer of a keeper, kept as it was given (D2.5, L-R3)."""

    _name = "gendan.eta.promise"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Keeper's promise"
    _order = "answered_at, id"
    _rec_name = "promised_date"

    enquiry_id = fields.Many2one("gendan.eta.enquiry", required=True, readonly=True, index=True,
                                 ondelete="restrict")
    company_id = fields.Many2one(related="enquiry_id.company_id", store=True, precompute=True,
                                 index=True)
    on_hand_quantity = fields.Float("On hand", digits="Product Unit", readonly=True)
    promised_date = fields.Date("Promised", readonly=True)
    remark = fields.Text(readonly=True)
    user_id = fields.Many2one("res.users", "Answered by", required=True, readonly=True,
                              ondelete="restrict")
    answered_at = fields.Datetime("At", required=True, readonly=True)
