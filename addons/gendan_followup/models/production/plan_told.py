from odoo import fields, models


class PlanTold(models.Model):
    """Who was told of a revision of the plan, when, and when he read it (D4.3, L-M4)."""

    _name = "gendan.plan.told"
    _inherit = ["gendan.told.mixin"]
    _description = "Told of a plan revision"
    _order = "revision_id desc, id"

    revision_id = fields.Many2one("gendan.plan.revision", required=True, readonly=True, index=True,
                                  ondelete="restrict")
    company_id = fields.Many2one(related="revision_id.company_id", store=True, precompute=True,
                                 index=True)
    role = fields.Selection(
        [("salesperson", "Salesperson"), ("production", "Production"), ("packaging", "Packing")],
        required=True, readonly=True)
    notice_ids = fields.Many2many("gendan.production.notice", string="Notices touched",
                                  readonly=True)

    _once = models.Constraint("UNIQUE (revision_id, user_id)", "Told once.")
