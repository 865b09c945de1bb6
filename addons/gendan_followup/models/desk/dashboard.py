from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date
from odoo.tools.misc import get_lang

from ...calc.figure_text import figure_text
from ...calc.working_time import utc
from .dashboard_chart import BOARDS

PERIODS = (1, 3, 6, 12)
TOP = 6
# shown with a year of weeks in it, nobody reads it
WEEKS_UP_TO = 3


class Dashboard(models.AbstractModel):
    """One page per manager: each card asks a question, answers it, and opens its records.

    Everything is read in the viewer's own name: what he may not read is in no figure.
    """

    _name = "gendan.dashboard"
    _description = "Managers' dashboard"

    @api.model
    def charts(self, months=3, company_id=None, board=None):
        """Return the cards of the present manager for the last ``months``.

        :param int months: 1, 3, 6 or 12, this month included
        :param int company_id: one of the user's companies; his present one by default
        :param str board: a role of the user; his first one by default
        """
        months = months if months in PERIODS else 3
        companies = self.env.companies
        company = companies.filtered(lambda one: one.id == company_id) or self.env.company
        boards = [role for role in BOARDS if self.env.user._has_role(role)]
        board = board if board in boards else boards[0] if boards else None
        since = company._company_today().replace(day=1) - relativedelta(months=months - 1)
        labels = dict(self.env["gendan.report.lateness"]._selection_role())
        return {
            "company": {"id": company.id, "name": company.name},
            "companies": [{"id": one.id, "name": one.name} for one in companies],
            "board": board, "boards": [{"key": role, "name": labels[role]} for role in boards],
            "since": format_date(self.env, since), "months": months, "periods": PERIODS,
            "charts": self._cards(self._board_keys(board), company, since) if board else [],
        }

    @api.model
    def _board_keys(self, board):
        """Return the cards of a board, the first one first; another addon appends its own.

        :param str board: a role of ``BOARDS``
        :return: tuple of the names of questions, ``_chart_<name>`` of the charts
        """
        return BOARDS[board]

    def _cards(self, keys, company, since, until=None):
        """Return the cards of ``keys``; ``until`` is the first day that no longer counts."""
        service = self.env["gendan.dashboard.chart"].with_company(company)
        period = Period(company, since, until)
        # money is told in the currency of the company that the page is about
        page = self.with_company(company)
        return [page._card(getattr(service, f"_chart_{key}")(period), key, period)
                for key in keys]

    # ------------------------------------------------------------------- one card

    def _card(self, chart, key, period):
        """Read one chart: its headline over everything, its rows, the records behind each."""
        model = self.env[chart.model]
        domain = Domain(chart.domain)
        if "company_id" in model._fields:
            domain &= Domain("company_id", "=", period.company.id)
        measures = [*chart.bars, *chart.notes]
        names = [measure.aggregate for measure in measures]
        *totals, count = model._read_group(domain, [], [*names, "__count"])[0]
        rows = [] if not count else (
            self._timeline(chart, domain, names, period) if chart.interval
            else self._ranking(chart, domain, names))
        shown = rows if chart.interval else rows[:TOP]
        self._draw(shown, chart)
        return {
            "key": key, "title": chart.title, "empty": chart.empty, "model": chart.model,
            "kind": "columns" if chart.interval else "bars",
            "headline": [{"name": measure.name, "text": self._text(value, measure.unit)}
                         for measure, value in zip(measures, totals, strict=True)
                         if count and measure.in_headline],
            "rows": shown, "domain": list(domain), "more": len(rows) - len(shown),
        }

    def _ranking(self, chart, domain, names):
        """Return one row per group, the most telling first; unnamed groups say so."""
        model = self.env[chart.model]
        groups = model.formatted_read_group(domain, groupby=[chart.group], aggregates=names)
        rows = [self._row(self._label(model, chart.group, group[chart.group]),
                          [group[name] for name in names], chart,
                          domain & Domain(group["__extra_domain"])) for group in groups]
        first = (lambda row: (row["key"] is None, row["key"])) if chart.worst_is_low else (
            lambda row: -(row["key"] or 0))
        return sorted(rows, key=first) if chart.is_ranked else rows

    def _timeline(self, chart, domain, names, period):
        """Return one row per month or week of the period, also those without anything."""
        months = period.months()
        interval = chart.interval if chart.interval == "month" or months <= WEEKS_UP_TO else (
            "month")
        spec = f"{chart.group}:{interval}"
        groups = {group[spec][0]: group for group in self.env[chart.model].formatted_read_group(
            domain, groupby=[spec], aggregates=names) if group[spec]}
        rows = []
        for day in period.steps(interval, int(get_lang(self.env).week_start)):
            group = groups.get(fields.Date.to_string(day))
            label = format_date(self.env, day, date_format=(
                "MMM" if interval == "month" else "M-d"))
            rows.append(self._row(
                label, [group[name] if group else None for name in names], chart,
                domain & Domain(group["__extra_domain"]) if group else Domain.FALSE))
        return rows

    def _row(self, label, values, chart, domain):
        measures = [*chart.bars, *chart.notes]
        bars = len(chart.bars)
        # the ORM says False where nothing was judged; 0 is a figure
        values = [None if value is False else value for value in values]
        figures = [{"name": measure.name, "value": value, "unit": measure.unit,
                    "text": self._text(value, measure.unit)}
                   for measure, value in zip(measures, values, strict=True)]
        return {"label": label, "key": values[0], "bars": figures[:bars],
                "notes": [f"{one['name']} {one['text']}".strip() for one in figures[bars:]
                          if one["value"]],
                "domain": list(domain)}

    def _draw(self, rows, chart):
        """Give each bar its length: of a hundred, or of the longest of its kind."""
        longest = {}
        for row in rows:
            for bar in row["bars"]:
                longest[bar["unit"]] = max(longest.get(bar["unit"], 0), bar["value"] or 0)
        for row in rows:
            for bar in row["bars"]:
                most = 100 if bar["unit"] == "percent" else longest[bar["unit"]] or 1
                bar["share"] = round(100 * min((bar["value"] or 0) / most, 1), 1)
                bar["tone"] = chart.tone(bar["value"]) if bar["value"] is not None else "none"

    def _text(self, value, unit):
        return figure_text(value, unit, self._words())

    @api.model
    def _words(self):
        return {"hours": self.env._("%s h"), "days": self.env._("%s days"),
                "cartons": self.env._("%s cartons"), "orders": self.env._("%s order(s)"),
                "times": self.env._("%s time(s)"), "none": "—",
                "money": f"{self.env.company.currency_id.symbol} %s"}

    @api.model
    def _label(self, model, group, value):
        field = model._fields[group.partition(":")[0]]
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value) or self.env._("Unnamed")
        if isinstance(value, list | tuple):
            return value[1]
        return value or self.env._("Unnamed")


class Period:
    """The months a page is about, in the timezone of a company."""

    def __init__(self, company, since, until=None):
        self.company = company
        self.since = since
        self.until = until
        self.last = until or company._company_today() + relativedelta(days=1)

    def days(self, name):
        """Return the domain of a date field of the period."""
        domain = Domain(name, ">=", self.since)
        return domain & Domain(name, "<", self.until) if self.until else domain

    def moments(self, name):
        """Return the domain of a datetime field: the days are the company's (X1)."""
        zone = self.company.gendan_tz
        domain = Domain(name, ">=", utc(self.since, None, zone))
        return domain & Domain(name, "<", utc(self.until, None, zone)) if self.until else domain

    def months(self):
        """Return how many calendar months the period touches."""
        last = self.last - relativedelta(days=1)
        return (last.year - self.since.year) * 12 + last.month - self.since.month + 1

    def steps(self, interval, week_start):
        """Yield the first day of each month or week of the period.

        :param week_start: the day with which the reader's language begins a week, 1 for
            Monday: the ORM groups by it
        """
        day, step = self.since, relativedelta(months=1)
        if interval == "week":
            since_start = (day.isoweekday() - week_start) % 7
            day, step = day - relativedelta(days=since_start), relativedelta(weeks=1)
        while day < self.last:
            yield day
            day += step
