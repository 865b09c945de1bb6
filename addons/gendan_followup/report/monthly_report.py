from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.fields import Domain
from odoo.tools import format_date

from ..models.desk.dashboard import Period
from ..models.foundation.role import ROLES

CARDS = ("customers", "cause", "stage", "workload", "first_article", "fill", "same_day",
         "samples", "over_limit", "refused", "drivers")
# figure of the first table → (model, aggregate, unit, field of the period, domain, more is better)
FIGURES = {
    "order_first": ("delivery", "order_first:avg", "percent", "revised_date", []),
    "order_revised": ("delivery", "order_revised:avg", "percent", "revised_date", []),
    "line_first": ("delivery", "line_first:avg", "percent", "revised_date", []),
    "carton_first": ("delivery", "carton_first:avg", "percent", "revised_date", []),
    "orders": ("delivery", "orders:sum", "count", "revised_date", []),
    "days_lost": ("lateness", "days_added:sum", "days", "due_date", []),
    "cartons": ("output", "cartons:sum", "count", "made_on", []),
    "passed": ("first.article", "passed:avg", "percent", "decided_on", []),
    "volume": ("loading", "volume_rate:avg", "percent", "loaded_on",
               [("container_type_id", "!=", False)]),
    "right_first": ("loading", "right_first:avg", "percent", "loaded_on", []),
    "same_day": ("shipping", "same_day:sum", "times", "ship_date", []),
    "samples": ("sample", "days:avg", "days", "received_on", []),
    "refused": ("refusal", "attempts:sum", "times", "occurred_on", []),
}


class MonthlyReport(models.AbstractModel):
    """What the month was like, on two pages, beside the month before.

    It is read in the name of whoever prints it: what he may not read is left out.
    """

    _name = "report.gendan_followup.monthly_report"
    _description = "Printed monthly management report"

    def _get_report_values(self, docids, data=None):
        """Return the sheets: figures of month and month before, then the questions."""
        wizards = self.env["gendan.monthly.report"].browse(docids)
        return {"doc_ids": docids, "doc_model": wizards._name, "docs": wizards,
                "sheet": self._sheet, "user": self.env.user}

    def _sheet(self, wizard):
        first, after = wizard._period()
        period = Period(wizard.company_id, first, after)
        before = Period(wizard.company_id, first - relativedelta(months=1), first)
        return {
            "month": format_date(self.env, first, date_format="yyyy-MM"),
            "before": format_date(self.env, before.since, date_format="yyyy-MM"),
            "figures": self._figures(period, before), "cards": self._cards(period),
            "roles": ", ".join(str(self.env._(ROLES[role])) for role in ROLES
                               if self.env.user._has_role(role)),
        }

    def _figures(self, period, before):
        labels = self._labels()
        rows = []
        for key, (model, aggregate, unit, field, domain) in FIGURES.items():
            report = self.env[f"gendan.report.{model}"]
            if not report.has_access("read"):
                continue
            values = [report._read_group(
                Domain(domain) & Domain("company_id", "=", one.company.id) & one.days(field),
                [], [aggregate, "__count"])[0] for one in (period, before)]
            texts = [self.env["gendan.dashboard"]._text(value if count else None, unit)
                     for value, count in values]
            rows.append((labels[key], *texts))
        return rows

    def _cards(self, period):
        board = self.env["gendan.dashboard"]
        charts = self.env["gendan.dashboard.chart"].with_company(period.company)
        keys = [key for key in self._card_keys() if self.env[getattr(
            charts, f"_chart_{key}")(period).model].has_access("read")]
        return board._cards(keys, period.company, period.since, period.until)

    def _card_keys(self):
        """Return the questions of the report; another addon appends its own."""
        return CARDS

    def _labels(self):
        return {
            "order_first": self.env._("On time by order, first promise"),
            "order_revised": self.env._("On time by order, revised promise"),
            "line_first": self.env._("Lines on time, first promise"),
            "carton_first": self.env._("Cartons on time, first promise"),
            "orders": self.env._("Orders that were due"),
            "days_lost": self.env._("Days lost in all steps"),
            "cartons": self.env._("Cartons made"),
            "passed": self.env._("First articles that passed"),
            "volume": self.env._("Volume of the containers used"),
            "right_first": self.env._("Loadings counted right at once"),
            "same_day": self.env._("Trucks asked for on the very day"),
            "samples": self.env._("Days a sample took"),
            "refused": self.env._("Attempts that were refused"),
        }
