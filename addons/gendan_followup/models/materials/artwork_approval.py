from odoo import fields, models


class ArtworkApproval(models.Model):
    """Who approved which file for the plates: the proof for L-S5 (D2.8).

    It carries its own copy of the file and the file's SHA-256. It counts for that very file
    and for no other one.
    """

    _name = "gendan.artwork.approval"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Artwork approval"
    _order = "approved_at, id"
    _rec_name = "kind"
    _evidence_stamps = ("user_id", "approved_at")

    job_id = fields.Many2one("gendan.plate.job", required=True, readonly=True, index=True,
                             ondelete="restrict")
    company_id = fields.Many2one(related="job_id.company_id", store=True, precompute=True,
                                 index=True)
    product_id = fields.Many2one(related="job_id.product_id", store=True, precompute=True,
                                 index=True)
    kind = fields.Selection(
        [("salesperson", "Artwork, salesperson"), ("customer", "Artwork, customer"),
         ("proof", "Proof")], required=True, readonly=True)
    digest = fields.Char("File SHA-256", required=True, readonly=True)
    file_name = fields.Char(readonly=True)
    file = fields.Binary(attachment=True, readonly=True)
    message = fields.Text("Customer's words", readonly=True)
    user_id = fields.Many2one("res.users", "Approved by", required=True, readonly=True,
                              ondelete="restrict")
    approved_at = fields.Datetime("At", required=True, readonly=True)
