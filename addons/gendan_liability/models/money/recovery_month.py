from datetime import time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.gendan_followup.calc.working_time import company_date, utc
from odoo.addons.gendan_followup.models.foundation.gate_mixin import Gate

from ...calc import recovery


class RecoveryMonth(models.Model):
    """One employee's final amounts of one month, for HR to read (L-G7).

    It says what the region would allow, with both ceilings summed over the month and the
    balance carried. Nothing is deducted here, and payroll is not touched.
    """

    _name = "gendan.recovery.month"
    _inherit = ["gendan.reckoned.mixin"]
    _description = "Decided amounts of a month"
    _order = "month desc, employee_id"
    _rec_name = "employee_id"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True,
                                 default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    employee_id = fields.Many2one("hr.employee", "Person", required=True, readonly=True,
                                  index=True, ondelete="restrict")
    month = fields.Date(required=True, readonly=True, index=True,
                        help="Its first day.")
    month_text = fields.Char("Month as text", compute="_compute_month_text")
    line_ids = fields.Many2many("gendan.incident.decision.line", string="Final decisions",
                                readonly=True)
    decided = fields.Monetary("Decided this month", compute="_compute_decided", store=True)
    rule_id = fields.Many2one("gendan.recovery.rule", "Rule of the region", readonly=True,
                              ondelete="restrict")
    treatment = fields.Selection(
        [("appraisal", "Appraisal figure 绩效"), ("recovery", "May be recovered")],
        compute="_compute_month", store=True)
    wage = fields.Monetary("Wage of the month", help="Typed by HR; needed for the ceilings only.")
    carried_in = fields.Monetary("Carried from before", readonly=True)
    ceiling = fields.Monetary(compute="_compute_month", store=True)
    recoverable = fields.Monetary("May be recovered", compute="_compute_month", store=True)
    carried_out = fields.Monetary("Carried on", compute="_compute_month", store=True)
    note = fields.Char("What HR did")

    _once = models.Constraint("UNIQUE (company_id, employee_id, month)",
                              "That month of this person is on the list already.")
    _wage = models.Constraint("CHECK (wage IS NULL OR wage >= 0)", "A wage is not negative.")

    @api.depends("month")
    def _compute_month_text(self):
        for row in self:
            row.month_text = row.month and row.month.strftime("%Y-%m")

    @api.depends("line_ids")
    def _compute_decided(self):
        for row in self:
            row.decided = sum(row.line_ids.mapped("amount"))

    @api.depends("decided", "carried_in", "wage", "rule_id")
    def _compute_month(self):
        for row in self:
            rule = row.rule_id
            row.treatment = "recovery" if rule.allows_recovery else "appraisal"
            result = recovery.Month(0, 0, 0)
            if rule.allows_recovery:
                result = recovery.month(
                    round(row.carried_in * 100), round(row.decided * 100),
                    round(row.wage * 100), round(rule.minimum_wage * 100), rule.ceiling_percent)
            row.ceiling = result.ceiling / 100
            row.recoverable = result.recoverable / 100
            row.carried_out = result.carried / 100

    @api.model
    def action_prepare(self, month=False):
        """Put the final decisions of a month on the list, each once; HR reads it.

        :param month: any day of the month, default the month before this one
        :return: the action that shows the list
        """
        self._check_hr()
        first = self._first_day(month)
        company = self.env.company
        # amounts are read for the list, not for the person; the list is HR's
        lines = self.sudo()._final_lines(company, first)
        rows = self.sudo().search([("company_id", "=", company.id), ("month", "=", first)])
        known = rows.line_ids
        for employee, own in (lines - known).grouped("employee_id").items():
            row = rows.filtered(lambda row: row.employee_id == employee) or self.sudo().create(
                self._prepare_row(company, employee, first))
            row.line_ids |= own
        self.sudo()._carry(company, first)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gendan_liability.action_recovery_month")
        return {**action, "domain": [("month", "=", first)]}

    def _check_hr(self):
        user = self.env.user
        if not any(user._principals(role) for role in ("hr", "general_manager")):
            self.env["gendan.audit"]._refuse(
                Gate("recovery.list", "L-G7"), self,
                self.env._("The list of the month is prepared by HR."))

    @api.model
    def _first_day(self, month):
        if month:
            return fields.Date.to_date(month).replace(day=1)
        today = company_date(fields.Datetime.now(), self.env.company.gendan_tz)
        return (today.replace(day=1) - timedelta(days=1)).replace(day=1)

    @api.model
    def _next_month(self, first):
        return (first + timedelta(days=32)).replace(day=1)

    @api.model
    def _final_lines(self, company, first):
        """Return the lines of decisions in force whose case became final in that month."""
        begin, end = (utc(day, time.min, company.gendan_tz)
                      for day in (first, self._next_month(first)))
        incidents = self.env["gendan.incident"].search([
            ("company_id", "=", company.id), ("state", "=", "final"),
            ("final_at", ">=", begin), ("final_at", "<", end)])
        return incidents.decision_id.line_ids.filtered(
            lambda line: line.employee_id and line.amount)

    def _prepare_row(self, company, employee, first):
        return {"company_id": company.id, "employee_id": employee.id, "month": first,
                "rule_id": self.env["gendan.recovery.rule"].sudo()._in_force(
                    company, utc(first, time.min, company.gendan_tz)).id}

    @api.model
    def _carry(self, company, first):
        """Bring the balances of the month before onto this month's list."""
        before = self.search([("company_id", "=", company.id), ("month", "<", first)],
                             order="month desc, id desc")
        last = {}
        for row in before:
            last.setdefault(row.employee_id, row)
        rows = {row.employee_id: row for row in self.search(
            [("company_id", "=", company.id), ("month", "=", first)])}
        for employee, row in last.items():
            if employee not in rows and row.carried_out:
                rows[employee] = self.create(self._prepare_row(company, employee, first))
        for employee, row in rows.items():
            carried = last[employee].carried_out if employee in last else 0
            if row.carried_in != carried:
                row.write({"carried_in": carried})

    def write(self, vals):
        """HR types the wage and what was done; the figures are reckoned.

        :raise UserError: on any other field
        """
        if not self.env.su and vals.keys() - {"wage", "note"}:
            raise UserError(self.env._(
                "The figures of %s follow from final decisions; only wage and note are typed.",
                self[:1].sudo().employee_id.name))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The list of a month is kept."))

    @api.depends("employee_id", "month")
    def _compute_display_name(self):
        for row in self:
            month = row.month and f"{row.month:%Y-%m}" or ""
            row.display_name = f"{row.employee_id.name or ''} {month}"
