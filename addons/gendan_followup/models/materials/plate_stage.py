from odoo import api, fields, models


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
    stage_text = fields.Char("Stage", compute="_compute_stage_text")
    due = fields.Date("Was due", readonly=True, help="When the stage that ended was due.")
    note = fields.Text(readonly=True)
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True,
                              ondelete="restrict")
    happened_at = fields.Datetime("At", required=True, readonly=True)

    @api.depends("stage", "from_stage")
    @api.depends_context("lang")
    def _compute_stage_text(self):
        """Say the step in words: from which stage to which, or where it was followed up."""
        for step in self:
            before, after = map(step.job_id._state_label, (step.from_stage, step.stage))
            step.stage_text = after if before == after or not before else f"{before} → {after}"
