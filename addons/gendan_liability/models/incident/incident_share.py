from odoo import api, fields, models

from ..rules.rule_part import SHARE_CODES, role_selection
from .incident import AMOUNTS

LINE_CODES = [*SHARE_CODES, ("named", "Named only")]


class IncidentShare(models.Model):
    """One line of the proposal: role, person at the time of the fault, share (L-G2 to L-G4).

    Only the system writes it, anew with every change of the matched rules.
    """

    _name = "gendan.incident.share"
    _description = "Proposed share"
    _order = "incident_id, sequence, id"
    _rec_name = "employee_id"

    incident_id = fields.Many2one("gendan.incident", required=True, readonly=True, index=True,
                                  ondelete="restrict")
    sequence = fields.Integer(readonly=True)
    role = fields.Selection(role_selection, required=True, readonly=True)
    employee_id = fields.Many2one("hr.employee", "Person", readonly=True, index="btree_not_null",
                                  ondelete="restrict")
    share_code = fields.Selection(LINE_CODES, "Share", required=True, readonly=True)
    percent = fields.Float("%", digits=(12, 8), readonly=True)
    leads = fields.Boolean("Takes the balance", readonly=True)
    how_known = fields.Char("Known from", readonly=True,
                            help="Which record says that it was this person then.")
    currency_id = fields.Many2one(related="incident_id.company_currency_id")
    amount = fields.Monetary("Amount reckoned", readonly=True, groups=AMOUNTS)
    amount_shown = fields.Monetary("Amount", compute="_compute_amount_shown")

    @api.depends_context("uid")
    @api.depends("amount", "employee_id")
    def _compute_amount_shown(self):
        self._show_amounts_of(self, "amount", "amount_shown")

    @api.model
    def _show_amounts_of(self, lines, source, target):
        """Fill ``target`` with amounts for those who may see them: own ones, or all (L-G9)."""
        own = self.env.user.sudo().employee_ids
        for line, known in zip(lines, lines.sudo(), strict=True):
            visible = known.incident_id.with_user(self.env.user)._sees_amounts() or (
                known.employee_id in own)
            line[target] = known[source] if visible else 0
