from odoo import models


class MonthlyReport(models.AbstractModel):
    """Incidents by rule, role and person in the month's report (S15)."""

    _inherit = "report.gendan_followup.monthly_report"

    def _card_keys(self):
        """Append the losses; who may not read them gets none of the three."""
        return (*super()._card_keys(), "incident_rule", "incident_role", "incident_person")
