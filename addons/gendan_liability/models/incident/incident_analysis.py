from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from . import incident as base
from .incident import AMOUNTS

REPEAT_DAYS = 90
# what decides which cases are of the same kind, and before which other one
# nobody writes what the analysis stands on
RECKONED = frozenset({"rest_percent", "rest_amount", "ruled_by_id"})
REPEAT_FIELDS = frozenset({"company_id", "cause_id", "product_id", "event_at"})


class Incident(models.Model):
    """What the analysis reads of a case, kept where it changes and not reckoned at every look.

    With ten thousand cases a report is then a plain sum (L-G10).
    """

    _inherit = "gendan.incident"

    _stamps = base.Incident._stamps | {"same_before"}

    rest_percent = fields.Float("Borne by nobody %", compute="_compute_rest", store=True,
                                digits=(12, 8))
    rest_amount = fields.Monetary("Borne by nobody", compute="_compute_rest", store=True,
                                  groups=AMOUNTS, currency_field="company_currency_id")
    ruled_by_id = fields.Many2one("gendan.liability.rule", "Decided or proposed under",
                                  compute="_compute_ruled_by", store=True, index=True,
                                  ondelete="restrict")
    same_before = fields.Integer("Same within 90 days", readonly=True, copy=False, default=0)

    @api.depends("loss", "share_ids.employee_id", "share_ids.percent", "share_ids.amount",
                 "decision_id.loss", "decision_id.line_ids.employee_id",
                 "decision_id.line_ids.percent", "decision_id.line_ids.share_amount")
    def _compute_rest(self):
        for incident in self:
            decision = incident.decision_id
            lines = (decision.line_ids if decision else incident.share_ids).filtered("employee_id")
            name = "share_amount" if decision else "amount"
            incident.rest_percent = max(100 - sum(lines.mapped("percent")), 0)
            incident.rest_amount = (decision.loss if decision else incident.loss) - sum(
                lines.mapped(name))

    @api.depends("leading_rule_id", "decision_id.leading_rule_id")
    def _compute_ruled_by(self):
        for incident in self:
            incident.ruled_by_id = incident.decision_id.leading_rule_id or (
                incident.leading_rule_id)

    @api.model_create_multi
    def create(self, vals_list):
        """Count the like cases before it, and it with those after it."""
        incidents = super().create([
            {name: value for name, value in vals.items() if name not in RECKONED}
            for vals in vals_list])
        incidents._count_repeats(incidents.cause_id)
        return incidents

    def write(self, vals):
        """Count anew where the case moves to another kind, product or time, or falls away."""
        if vals.keys() & RECKONED:
            raise UserError(self.env._(
                "%s: what nobody bears is reckoned, not written.", self[:1].display_name))
        if not (vals.keys() & REPEAT_FIELDS or vals.get("state") == "cancel"):
            return super().write(vals)
        causes = self.cause_id
        result = super().write(vals)
        self._count_repeats(causes | self.cause_id)
        return result

    def _count_repeats(self, causes):
        """Write for each case of these kinds how many like it the 90 days before had."""
        if not causes:
            return
        self.env["gendan.incident"].flush_model([*REPEAT_FIELDS, "state"])
        self.env.cr.execute(SQL(
            """UPDATE gendan_incident i SET same_before = counted.n FROM (
                   SELECT id, CASE WHEN state = 'cancel' OR event_at IS NULL THEN 0 ELSE
                          COUNT(*) FILTER (WHERE state <> 'cancel') OVER (
                              PARTITION BY company_id, cause_id, product_id ORDER BY event_at
                              RANGE BETWEEN %s::interval PRECEDING AND CURRENT ROW) - 1 END AS n
                     FROM gendan_incident WHERE cause_id IN %s) counted
                WHERE counted.id = i.id AND i.same_before IS DISTINCT FROM counted.n""",
            f"{REPEAT_DAYS} days", tuple(causes.ids)))
        self.env["gendan.incident"].invalidate_model(["same_before"])
