from odoo import api, fields, models

from ..calc.apportionment import money
from ..models.incident.incident_share import LINE_CODES
from ..models.rules.rule_part import role_selection


class IncidentDecideLine(models.TransientModel):
    """One person on the panel's sheet."""

    _name = "gendan.incident.decide.line"
    _description = "Person on the panel's sheet"
    _order = "id"

    wizard_id = fields.Many2one("gendan.incident.decide", required=True, ondelete="cascade")
    role = fields.Selection(role_selection, required=True)
    employee_id = fields.Many2one("hr.employee", "Person")
    share_code = fields.Selection(LINE_CODES, "Share", required=True, default="panel")
    leads = fields.Boolean()
    proposed_percent = fields.Float("Proposed %", digits=(12, 2), readonly=True)
    percent = fields.Float("%", digits=(12, 8))
    currency_id = fields.Many2one(related="wizard_id.currency_id")
    share_amount = fields.Monetary("Share of the loss", compute="_compute_share_amount")
    # what `amount` would be if nobody had typed one; a typed one differs and stays
    reckoned_amount = fields.Monetary(compute="_compute_amount", store=True, readonly=False)
    amount = fields.Monetary("Amount decided", compute="_compute_amount", store=True,
                             readonly=False)

    @api.depends("percent", "employee_id", "wizard_id.line_ids.percent", "wizard_id.base")
    def _compute_share_amount(self):
        for wizard in self.wizard_id:
            lines = wizard.line_ids
            incident = wizard.incident_id.sudo()
            try:
                cents = money(round(wizard.base * 100), incident._as_shares([{
                    "role": line.role, "share_code": line.share_code, "percent": line.percent,
                    "employee_id": line.employee_id.id, "leads": line.leads,
                } for line in lines])).cents
            except ValueError:
                # Percentages that cannot be are refused when they are decided. The line that
                # is typed in is here twice, before and after, so each speaks for itself.
                cents = [round(wizard.base * line.percent) for line in lines]
            for line, amount in zip(lines, cents, strict=True):
                line.share_amount = amount / 100
        for line in self - self.wizard_id.line_ids:
            # typed in just now: the cent that is over finds its place with all lines together
            line.share_amount = line.wizard_id.base * line.percent / 100

    @api.depends("share_amount")
    def _compute_amount(self):
        for line in self:
            # every change of the window comes by here, also that of the amount itself
            is_typed = round(line.amount * 100) != round(line.reckoned_amount * 100)
            # an amount by severity is typed, never proposed (D6.6)
            reckoned = 0 if line.wizard_id.basis == "severity" else line.share_amount
            line.amount = line.amount if is_typed else reckoned
            line.reckoned_amount = reckoned

    def _decided(self):
        """Return this line as `gendan.incident.action_decide` takes it."""
        self.ensure_one()
        typed = self.wizard_id.basis == "severity" or (
            self.currency_id.compare_amounts(self.amount, self.share_amount)
            if self.currency_id else False)
        return {
            "role": self.role, "employee_id": self.employee_id.id,
            "share_code": self.share_code, "percent": self.percent,
            "amount": self.amount if typed else None,
        }
