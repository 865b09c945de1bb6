from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class ReportMixin(models.AbstractModel):
    """What the managers' reports share: rates that add up, a way to the paper behind a row.

    A rate is the sum of its parts over the sum of its wholes, never the mean of means: ten
    orders weigh ten times one. What is not judged yet has no whole and counts nowhere. Days
    are dates of the company's own calendar, so that no month depends on who looks (X1).
    """

    _name = "gendan.report.mixin"
    _description = "Managers' report"

    # rate → (column of the part, column of the whole)
    _rates = {}
    # the date by which a row belongs to a month
    _period = None

    months_ago = fields.Integer(
        "Months ago", compute="_compute_months_ago", search="_search_months_ago",
        help="By the calendar of the company, wherever the reader's clock stands.")

    def _compute_months_ago(self):
        for row in self:
            day = self._period and row[self._period]
            today = row.company_id._company_today() if day else None
            row.months_ago = day and (today.year - day.year) * 12 + today.month - day.month

    def _search_months_ago(self, operator, value):
        """Find what lies in the present month or up to so many before it (X1)."""
        if operator != "<=" or not self._period:
            return NotImplemented
        return Domain.OR(
            Domain("company_id", "=", company.id) & Domain(
                self._period, ">=", company._company_today() - relativedelta(months=value, day=1))
            for company in self.env.companies)

    def _read_group_select(self, aggregate_spec, query):
        """Return a group's rate as its parts over its wholes."""
        name, _colon, function = aggregate_spec.partition(":")
        if name not in self._rates or function != "avg":
            return super()._read_group_select(aggregate_spec, query)
        part, whole = (self._field_to_sql(self._table, column, query)
                       for column in self._rates[name])
        return SQL("100.0 * SUM(%s) FILTER (WHERE %s IS NOT NULL) / NULLIF(SUM(%s), 0)",
                   part, whole, whole)

    def _now(self):
        """Return this moment of the server's clock, in UTC."""
        return fields.Datetime.now()

    def _day(self, column, company="c"):
        """Return the SQL of a moment's date in the company's timezone.

        :param str column: ``alias.column`` of a naive UTC moment
        :param str company: the alias of ``res_company``
        """
        return SQL("((%s AT TIME ZONE 'UTC') AT TIME ZONE %s)::date",
                   SQL.identifier(*column.split(".")), SQL.identifier(company, "gendan_tz"))

    def _today(self, company="c"):
        """Return the SQL of today in the company's timezone."""
        return SQL("((%s::timestamp AT TIME ZONE 'UTC') AT TIME ZONE %s)::date", self._now(),
                   SQL.identifier(company, "gendan_tz"))

    def action_open_notice(self):
        """Open the notice behind a row."""
        self.ensure_one()
        return self.notice_id._action_open()

    def _action_show(self, record):
        """Return the action that opens a record behind a row."""
        return {"type": "ir.actions.act_window", "res_model": record._name, "res_id": record.id,
                "views": [(False, "form")], "view_mode": "form"}
