from odoo import api, fields, models

from .incident import AMOUNTS

SEVERITIES = [("light", "Light 轻微"), ("normal", "Normal 一般"), ("serious", "Serious 严重")]


class IncidentDecision(models.Model):
    """What was decided, by whom, under which rules and percentages, and why (L-G5, L-G6).

    Written once. A changed mind after an objection, and a correction of what is final,
    are further rows.
    """

    _name = "gendan.incident.decision"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Decision"
    _order = "incident_id, id"
    _evidence_stamps = ("decided_by_id", "decided_at")

    incident_id = fields.Many2one("gendan.incident", required=True, readonly=True, index=True,
                                  ondelete="restrict")
    company_id = fields.Many2one(related="incident_id.company_id", store=True)
    currency_id = fields.Many2one(related="incident_id.company_currency_id")
    number = fields.Integer(required=True, readonly=True)
    kind = fields.Selection(
        [("first", "Decision"), ("kept", "Kept after objection"),
         ("changed", "Changed after objection"), ("correction", "Correction")],
        required=True, readonly=True)
    decided_by_id = fields.Many2one("res.users", "Decided by", required=True, readonly=True,
                                    ondelete="restrict")
    decided_for_id = fields.Many2one("res.users", "In the name of", readonly=True,
                                     ondelete="restrict")
    decided_at = fields.Datetime("At", required=True, readonly=True)
    reason = fields.Text(required=True, readonly=True)
    leading_rule_id = fields.Many2one("gendan.liability.rule", required=True, readonly=True,
                                      index=True, ondelete="restrict")
    rule_ids = fields.Many2many("gendan.liability.rule", string="Rules", readonly=True)
    percentage_id = fields.Many2one("gendan.liability.percentage", "Percentages used",
                                    required=True, readonly=True, ondelete="restrict")
    severity = fields.Selection(SEVERITIES, readonly=True)
    departs = fields.Boolean("Departs from the proposal", readonly=True)
    departure = fields.Text(readonly=True, groups=AMOUNTS)
    loss = fields.Monetary(readonly=True, groups=AMOUNTS)
    unassigned_percent = fields.Float("Unassigned %", digits=(12, 8), readonly=True)
    line_ids = fields.One2many("gendan.incident.decision.line", "decision_id", "Persons",
                               readonly=True)

    _number = models.Constraint("UNIQUE (incident_id, number)",
                                "Two decisions at once: look at the other one first.")

    @api.depends("incident_id.name", "number")
    def _compute_display_name(self):
        for decision in self:
            decision.display_name = f"{decision.incident_id.name or ''}/{decision.number}"

    def _as_lines(self):
        """Return the lines of this decision as `gendan.incident.action_decide` takes them."""
        self.ensure_one()
        return [{"role": line.role, "employee_id": line.employee_id.id,
                 "share_code": line.share_code, "percent": line.percent, "amount": line.amount,
                 "leads": line.leads} for line in self.sudo().line_ids]
