from odoo import fields, models

from ...calc.working_time import company_date, next_working_day


class ResCompany(models.Model):
    """How long plates take, and when a plate job counts as forgotten (D2.8)."""

    _inherit = "res.company"

    plate_days = fields.Integer("Working days for plates", default=5, required=True)
    plate_idle_days = fields.Integer(
        "Plate job untouched for (working days)", default=2, required=True,
        help="The owner of the stage and the merchandiser are reminded then.")

    arrival_lead_days = fields.Integer(
        "Material here before the start (working days)", default=1, required=True,
        help="Packaging and special material are here so many working days before the machine "
        "starts (D3.13).")
    arrival_first_days = fields.Integer(
        "First reminder of material (working days before it is needed)", default=3, required=True)
    arrival_last_days = fields.Integer(
        "Last reminder of material (working days before it is needed)", default=1, required=True)

    _plate_days = models.Constraint("CHECK (plate_days > 0 AND plate_idle_days > 0)",
                                    "Plates take at least a day.")
    _arrival_lead_days = models.Constraint("CHECK (arrival_lead_days >= 0)",
                                           "Material is not due after the start.")

    _arrival_reminders = models.Constraint(
        "CHECK (arrival_last_days >= 0 AND arrival_first_days >= arrival_last_days)",
        "The first reminder comes before the last one, and none after the day of need.")

    def _working_days_since(self, moment):
        """Return how many working days have begun since ``moment`` (naive UTC)."""
        self.ensure_one()
        day, today, count = company_date(moment, self.gendan_tz), self._company_today(), 0
        while day < today:
            day = next_working_day(day, self._is_working_day)
            count += day <= today
        return count

    def _same_day(self, first, second):
        """Whether two moments lie on one day of the company (X1)."""
        self.ensure_one()
        return company_date(first, self.gendan_tz) == company_date(second, self.gendan_tz)
