from odoo import fields, models


class PlateStage(models.Model):
    """One step of a plate job: from where to where, who, when, due when (D2.8, L-M2)."""

    _name = "gendan.plate.stage"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Plate job step"
    _order = "happened_at, id"
    _rec_name = "stage"
    _evidence_stamps = ("user_id", "happened_at")

    job_id = fields.Many2one("gendan.plate.job", required=True, readonly=True, index=True,
                             ondelete="restrict")
    company_id = fields.Many2one(related="job_id.company_id", store=True, precompute=True,
                                 index=True)
    from_stage = fields.Char(readonly=True)
    stage = fields.Char("To", required=True, readonly=True)
    due = fields.Date("Was due", readonly=True, help="When the stage that ended was due.")
    note = fields.Text(readonly=True)
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True,
                              ondelete="restrict")
    happened_at = fields.Datetime("At", required=True, readonly=True)
