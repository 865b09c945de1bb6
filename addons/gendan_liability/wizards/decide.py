from odoo import api, fields, models
from odoo.fields import Command

from ..models.incident.decision import SEVERITIES


class IncidentDecide(models.TransientModel):
    """The panel's sheet: the proposal, changed where the panel sees it otherwise (L-G5)."""

    _name = "gendan.incident.decide"
    _description = "Decide an incident"

    incident_id = fields.Many2one("gendan.incident", required=True, readonly=True)
    state = fields.Selection(related="incident_id.state")
    basis = fields.Selection(related="incident_id.leading_rule_id.basis")
    currency_id = fields.Many2one(related="incident_id.company_currency_id")
    company_id = fields.Many2one(related="incident_id.company_id")
    base = fields.Monetary("To be shared", compute="_compute_base")
    severity = fields.Selection(SEVERITIES)
    reason = fields.Text(required=True)
    line_ids = fields.One2many("gendan.incident.decide.line", "wizard_id", "Persons",
                               compute="_compute_line_ids", store=True, readonly=False,
                               precompute=True)
    total_percent = fields.Float(compute="_compute_totals", digits=(12, 2))
    total_amount = fields.Monetary(compute="_compute_totals")

    @api.depends("incident_id")
    def _compute_base(self):
        for wizard in self:
            # the chair sees the amounts of the case that he decides
            wizard.base = wizard.incident_id.sudo()._base_cents() / 100

    @api.depends("incident_id")
    def _compute_line_ids(self):
        for wizard in self:
            incident = wizard.incident_id.sudo()
            wizard.line_ids = [Command.clear()] + [Command.create({
                "role": line.role, "employee_id": line.employee_id.id,
                "share_code": line.share_code, "percent": line.percent, "leads": line.leads,
                "proposed_percent": line.percent,
            }) for line in incident.decision_id.line_ids or incident.share_ids]

    @api.depends("line_ids.percent", "line_ids.amount")
    def _compute_totals(self):
        for wizard in self:
            wizard.total_percent = sum(wizard.line_ids.mapped("percent"))
            wizard.total_amount = sum(wizard.line_ids.mapped("amount"))

    def action_confirm(self):
        """Decide, correct or settle: whatever the state of the case asks for."""
        self.ensure_one()
        lines = [line._decided() for line in self.line_ids]
        if self.incident_id.state == "objected":
            self.incident_id.action_settle(self.reason, lines, self.severity)
        else:
            self.incident_id.action_decide(lines, self.reason, self.severity)
        return {"type": "ir.actions.act_window_close"}
