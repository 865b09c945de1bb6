from odoo import models
from odoo.fields import Domain

from odoo.addons.gendan_followup.models.desk.dashboard_chart import Chart, Measure


class DashboardChart(models.AbstractModel):
    """What bad quality cost, by rule, role and person (L-G10)."""

    _inherit = "gendan.dashboard.chart"

    def _incidents(self, period, title, group):
        return Chart(
            title, "gendan.incident.report", group,
            (Measure("loss_part:sum", self.env._("Loss"), "money"),), period.moments("event_at"),
            notes=(Measure("incident_id:count_distinct", self.env._("Incidents"), "count"),),
            empty=self.env._("No incident in this period."))

    def _chart_incident_rule(self, period):
        return self._incidents(
            period, self.env._("What did bad quality cost, rule by rule?"), "rule_id")

    def _chart_incident_role(self, period):
        return self._incidents(
            period, self.env._("Which role bears how much of it?"), "role")

    def _chart_incident_person(self, period):
        chart = self._incidents(period, self.env._("Who bears how much of it?"), "employee_id")
        return chart._replace(domain=chart.domain & Domain("employee_id", "!=", False))
