from odoo import api, fields, models

from ..rules.rule_part import role_selection
from .incident import AMOUNTS
from .incident_share import LINE_CODES


class IncidentDecisionLine(models.Model):
    """What was decided for one person.

    Three figures stand apart: the loss (on the decision), his share of it, and the amount
    decided. The amount is a figure of his appraisal (绩效); nothing is ever deducted (L-G7).
    """

    _name = "gendan.incident.decision.line"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Decision for a person"
    _order = "decision_id, sequence, id"
    _rec_name = "employee_id"

    decision_id = fields.Many2one("gendan.incident.decision", required=True, readonly=True,
                                  index=True, ondelete="restrict")
    incident_id = fields.Many2one(related="decision_id.incident_id", store=True, index=True)
    sequence = fields.Integer(readonly=True)
    role = fields.Selection(role_selection, required=True, readonly=True)
    employee_id = fields.Many2one("hr.employee", "Person", readonly=True, index="btree_not_null",
                                  ondelete="restrict")
    share_code = fields.Selection(LINE_CODES, "Share", required=True, readonly=True)
    leads = fields.Boolean(readonly=True)
    currency_id = fields.Many2one(related="decision_id.currency_id")
    proposed_percent = fields.Float("Proposed %", digits=(12, 8), readonly=True)
    percent = fields.Float("%", digits=(12, 8), readonly=True)
    share_amount = fields.Monetary("Share of the loss", readonly=True, groups=AMOUNTS)
    amount = fields.Monetary("Amount decided", readonly=True, groups=AMOUNTS)
    amount_shown = fields.Monetary("Amount", compute="_compute_amount_shown")
    needs_sheet = fields.Boolean(compute="_compute_needs_sheet",
                                 help="He has no login and has not been told yet.")
    treatment = fields.Selection(
        [("appraisal", "Appraisal figure 绩效"), ("recovery", "May be recovered")],
        compute="_compute_treatment",
        help="Recovery only where a rule of the region allows it; see the list of the month.")

    @api.depends_context("uid")
    @api.depends("amount", "employee_id")
    def _compute_amount_shown(self):
        self.env["gendan.incident.share"]._show_amounts_of(self, "amount", "amount_shown")

    @api.depends("employee_id.user_id", "incident_id.notification_ids")
    def _compute_needs_sheet(self):
        told = self.env["gendan.incident.notification"].sudo().search(
            [("decision_id", "in", self.decision_id.ids)])
        known = {(note.decision_id, note.employee_id) for note in told}
        for line, row in zip(self, self.sudo(), strict=True):
            line.needs_sheet = bool(row.employee_id) and not row.employee_id.user_id.active and (
                (row.decision_id, row.employee_id) not in known)

    def action_print_sheet(self):
        """Print the sheet for this person, without the others' amounts."""
        return self.env.ref("gendan_liability.action_report_person_sheet").report_action(self)

    def action_hand_over(self):
        """Note that the printed sheet was handed to this person."""
        self.ensure_one()
        return self.incident_id.action_hand_over(self.employee_id.id)

    @api.depends("decision_id.decided_at")
    def _compute_treatment(self):
        rules = self.env["gendan.recovery.rule"].sudo()
        for line in self:
            rule = rules._in_force(line.sudo().decision_id.company_id,
                                   line.decision_id.decided_at)
            line.treatment = "recovery" if rule.allows_recovery else "appraisal"
