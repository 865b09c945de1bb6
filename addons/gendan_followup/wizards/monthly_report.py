from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class MonthlyReport(models.TransientModel):
    """月度经营报告: which month of which company is printed."""

    _name = "gendan.monthly.report"
    _description = "Monthly management report"
    _rec_name = "month"

    company_id = fields.Many2one("res.company", required=True,
                                 default=lambda self: self.env.company)
    month = fields.Date(required=True, default=lambda self: self._default_month(),
                        help="Any day of the month.")

    @api.model
    def _default_month(self):
        """The month that is over: this one has only its first days."""
        return self.env.company._company_today().replace(day=1) - relativedelta(months=1)

    def _period(self):
        """Return the first day of the month and of the next one.

        :raise UserError: for a month that has not begun
        """
        self.ensure_one()
        first = self.month.replace(day=1)
        if first > self.company_id._company_today():
            raise UserError(self.env._("%s has not begun yet.", first.strftime("%Y-%m")))
        return first, first + relativedelta(months=1)

    def action_print(self):
        """Print the report as a PDF."""
        self._period()
        return self.env.ref("gendan_followup.action_report_monthly").report_action(self)
