from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL, Query

DIRECTIONS = ("", "ASC", "DESC")


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

    def _read_group_orderby(self, order, groupby_terms, query):
        """Sort the groups by names that are looked up for the groups, not for every row.

        Odoo joins who a group is about to all rows and groups by his name as well: then so
        many rows are sorted as text as a year has.
        """
        inherited = super()._read_group_orderby
        if not order:
            return inherited(order, groupby_terms, query)
        return SQL(", ").join(
            self._group_order(*part.strip().partition(" ")[::2], groupby_terms)
            or inherited(part.strip(), groupby_terms, query) for part in order.split(","))

    def _group_order(self, name, direction, groupby_terms):
        """Return the SQL that sorts groups as Odoo does, None for what only Odoo can sort."""
        field = self._fields.get(name)
        if name not in groupby_terms or not field or field.type != "many2one" or (
                direction.upper() not in DIRECTIONS):
            return None
        comodel, terms = self.env[field.comodel_name].sudo(), []
        for part in comodel._order.split(","):
            column, _space, own = part.strip().partition(" ")
            by = comodel._fields.get(column)
            if not by or by.type == "many2one" or own.upper() not in DIRECTIONS:
                return None
            looked_up = Query(self.env, comodel._table, comodel._table_sql)
            value = comodel._field_to_sql(comodel._table, column, looked_up)
            looked_up.add_where(SQL("%s = %s", SQL.identifier(comodel._table, "id"),
                                    groupby_terms[name]))
            is_down = (own.upper() == "DESC") != (direction.upper() == "DESC")
            terms.append(SQL("%s %s", looked_up.subselect(
                SQL("COALESCE(%s, FALSE)", value) if by.type == "boolean" else value),
                SQL("DESC" if is_down else "ASC")))
        return SQL(", ").join(terms)

    # pylint: disable-next=missing-return
    def _export_rows(self, fields, *, _is_toplevel_call=True):
        """Export what the list shows: the names in it, and nothing where nothing is judged yet.

        A list names the machine also to a manager who may not open machines; and a rate that
        has no whole is empty there, where a spreadsheet would say 0 %.
        """
        own = {path[0]: index for index, path in enumerate(fields) if len(path) == 1}
        if len(own) < len(fields) or not _is_toplevel_call:
            return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)
        names = [name for name in own if name in self._fields
                 and self._fields[name].type == "many2one"]
        lines = super()._export_rows([[".id"] if path[0] in names else path for path in fields])
        for record, row, empty in zip(self, lines, self._empty_columns(own), strict=True):
            # the name alone, and of what stands in the reader's own row
            row[:] = [record[path[0]].sudo().display_name or "" if path[0] in names else cell
                      for path, cell in zip(fields, row, strict=True)]
            for name in empty:
                row[own[name]] = ""
        return lines

    def _empty_columns(self, names):
        """Return for each of these rows which of its figures are none, not even 0."""
        figures = [name for name in names if name in self._fields and self._fields[name].store
                   and self._fields[name].type in ("integer", "float")]
        if not figures:
            return [[] for _row in self]
        query = self.sudo()._search([("id", "in", self.ids)], order="id")
        columns = [self._field_to_sql(self._table, name, query) for name in ("id", *figures)]
        known = {id_: [name for name, value in zip(figures, values, strict=True) if value is None]
                 for id_, *values in self.env.execute_query(query.select(*columns))}
        return [known[id_] for id_ in self.ids]

    def _now(self):
        """Return this moment of the server's clock, in UTC."""
        return fields.Datetime.now()

    def _day(self, column, company="c"):
        """Return the SQL of a moment's date in the company's timezone.

        :param str column: ``alias.column`` of a naive UTC moment
        :param str company: the alias of ``res_company``
        """
        return SQL("((%s AT TIME ZONE 'UTC') AT TIME ZONE %s)::date",
                   SQL.identifier(*column.split(".")), self._zone(company))

    def _today(self, company="c"):
        """Return the SQL of today in the company's timezone."""
        return SQL("((%s::timestamp AT TIME ZONE 'UTC') AT TIME ZONE %s)::date", self._now(),
                   self._zone(company))

    def _zone(self, company):
        """Return the SQL of the company's timezone: its name, where there is only one.

        A day by a name is a day of its table alone, so that a filter on it is asked there,
        before anything is joined.
        """
        zone = self.env["res.company"]._one_timezone()
        return SQL("%s", zone) if zone else SQL.identifier(company, "gendan_tz")

    def action_open_notice(self):
        """Open the notice behind a row."""
        self.ensure_one()
        return self.notice_id._action_open()

    def _action_show(self, record):
        """Return the action that opens a record behind a row."""
        return {"type": "ir.actions.act_window", "res_model": record._name, "res_id": record.id,
                "views": [(False, "form")], "view_mode": "form"}
