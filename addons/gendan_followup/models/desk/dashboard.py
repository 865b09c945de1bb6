from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

PERIODS = (1, 3, 6, 12)
BOARDS = {
    "general_manager": ("otif", "stage", "waiting", "workload", "refused", "first_article"),
    "plan_manager": ("waiting", "stage", "workload", "otif", "first_article", "refused"),
    "sales_manager": ("otif", "waiting", "same_day", "samples", "workload", "refused"),
}


class Dashboard(models.AbstractModel):
    """One page of charts per manager; each answers a question and opens its records.

    Everything is read in the viewer's own name: what he may not read is in no figure.
    """

    _name = "gendan.dashboard"
    _description = "Managers' dashboard"

    @api.model
    def charts(self, months=3):
        """Return the charts of the present manager for the last ``months``.

        :param int months: 1, 3, 6 or 12
        """
        role = next((role for role in BOARDS if self.env.user._has_role(role)), None)
        months = months if months in PERIODS else 3
        today = self.env.company._company_today()
        since = today.replace(day=1) - relativedelta(months=months - 1)
        return {
            "company": self.env.company.name, "since": fields.Date.to_string(since),
            "months": months, "periods": PERIODS,
            "charts": [getattr(self, f"_chart_{key}")(since) for key in BOARDS.get(role, ())],
        }

    # ----------------------------------------------------------------- charts

    def _chart_otif(self, since):
        return self._chart(
            "otif", self.env._("Do we keep our dates: first promise, revised promise"),
            "gendan.report.delivery", [["revised_date", ">=", since]], "revised_date:month",
            {"line_first:avg": self.env._("First promise %"),
             "line_revised:avg": self.env._("Revised promise %")}, limit=100)

    def _chart_stage(self, since):
        return self._chart(
            "stage", self.env._("Where does an order stand how long (hours)"),
            "gendan.report.stage", [["is_open", "=", False], ["began_at", ">=", since]], "stage",
            {"hours:avg": self.env._("Hours")})

    def _chart_waiting(self, since):
        return self._chart(
            "waiting", self.env._("What waits now, and how long (hours)"),
            "gendan.report.stage", [["is_open", "=", True]], "stage",
            {"__count": self.env._("Orders"), "hours:avg": self.env._("Hours")})

    def _chart_workload(self, since):
        return self._chart(
            "workload", self.env._("How many open orders has each merchandiser"),
            "sale.order", [["is_followed", "=", True]], "merchandiser_id",
            {"__count": self.env._("Orders")}, kind="bar")

    def _chart_same_day(self, since):
        return self._chart(
            "same_day", self.env._("Who asks for a truck on the very day"),
            "gendan.shipping.notice", [["is_same_day", "=", True], ["ship_date", ">=", since]],
            "salesperson_id", {"__count": self.env._("Notices")})

    def _chart_samples(self, since):
        return self._chart(
            "samples", self.env._("How many days does a sample take"),
            "gendan.sample.request",
            [["state", "=", "received"], ["received_at", ">=", since]], "received_at:month",
            {"lead_days:avg": self.env._("Days")})

    def _chart_first_article(self, since):
        return self._chart(
            "first_article", self.env._("How many first articles pass"),
            "gendan.first.article", [["decided_at", ">=", since]], "decision",
            {"__count": self.env._("First articles")})

    def _chart_refused(self, since):
        return self._chart(
            "refused", self.env._("What was tried and refused"),
            "gendan.audit", [["kind", "=", "refused"], ["occurred_at", ">=", since]], "gate",
            {"__count": self.env._("Attempts")})

    # ---------------------------------------------------------------- helpers

    def _chart(self, key, title, model, domain, group, measures, kind="bar", limit=None):
        """Return one chart: labels, one series per measure, and the domain behind each bar."""
        if "company_id" in self.env[model]._fields:
            domain = [*domain, ("company_id", "=", self.env.company.id)]
        rows = self.env[model].formatted_read_group(
            Domain(domain), groupby=[group], aggregates=list(measures))
        return {
            "key": key, "title": title, "kind": kind, "model": model, "limit": limit,
            "labels": [self._label(model, group, row[group]) for row in rows],
            "series": [{"label": label, "data": [round(row[name] or 0, 1) for row in rows]}
                       for name, label in measures.items()],
            "domains": [list(Domain(domain) & Domain(row["__extra_domain"])) for row in rows],
        }

    def _label(self, model, group, value):
        field = self.env[model]._fields[group.partition(":")[0]]
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value) or "—"
        if isinstance(value, list | tuple):
            return value[1]
        return value or "—"
