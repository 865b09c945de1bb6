from odoo import api, fields, models

from .milestone_lead import STEPS


class Milestone(models.Model):
    """节点: one step of a notice, when it should be, will be and was done (D4.1, D7.2).

    The rows are refreshed from the records; nobody types that something was done.
    """

    _name = "gendan.milestone"
    _inherit = ["gendan.system.mixin"]
    _description = "Milestone"
    _order = "notice_id, sequence"

    notice_id = fields.Many2one("gendan.production.notice", required=True, readonly=True,
                                index=True, ondelete="cascade")
    company_id = fields.Many2one(related="notice_id.company_id", store=True, precompute=True,
                                 index=True)
    code = fields.Selection(STEPS, "Step", required=True, readonly=True)
    sequence = fields.Integer(required=True, readonly=True)
    planned = fields.Date(readonly=True)
    first_planned = fields.Date("First planned", readonly=True,
                                help="By the first promise; kept when the date moves.")
    forecast = fields.Date(readonly=True)
    actual = fields.Date("Done on", readonly=True)
    owner_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    owner_role = fields.Char(readonly=True)
    status = fields.Selection(
        [("done", "Done"), ("current", "Next"), ("todo", "To come"), ("late", "Late"),
         ("none", "Not needed")], readonly=True)

    _once = models.Constraint("UNIQUE (notice_id, code)", "A step stands once on a notice.")

    @api.depends("notice_id.name", "code")
    def _compute_display_name(self):
        labels = dict(self._fields["code"]._description_selection(self.env))
        for milestone in self:
            milestone.display_name = f"{milestone.notice_id.name} {labels.get(milestone.code)}"
