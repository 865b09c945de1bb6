from odoo import api, fields, models


class CompanyDayMixin(models.AbstractModel):
    """Today and the next working day as filters of papers that carry a day.

    A filter on "today" takes the reader's own timezone; what leaves the yard leaves on the
    company's day, whoever reads the list and from wherever (X1).
    """

    _name = "gendan.company.day.mixin"
    _description = "Lists by the company's day"

    # the Date field that holds the day
    _day_field = "day"

    is_today = fields.Boolean("Today", compute="_compute_near_day", search="_search_is_today")
    is_next_day = fields.Boolean(
        "Tomorrow", compute="_compute_near_day", search="_search_is_next_day",
        help="On the eve of days off also these, up to the next working day (D8.2).")

    @api.depends(lambda self: (self._day_field,))
    def _compute_near_day(self):
        near = {company: (company._company_today(), company._days_ahead())
                for company in self.company_id}
        for paper in self:
            today, ahead = near.get(paper.company_id, (None, ()))
            day = paper[self._day_field]
            paper.is_today = bool(day) and day == today
            paper.is_next_day = day in ahead

    def _search_is_today(self, operator, value):
        return self._search_days(operator, value, lambda company: [company._company_today()])

    def _search_is_next_day(self, operator, value):
        return self._search_days(operator, value, lambda company: company._days_ahead())

    def _search_days(self, operator, value, days_of):
        """Return the domain of the papers on ``days_of`` their company."""
        if operator != "in" or True not in value:
            return NotImplemented
        return fields.Domain.OR(
            [("company_id", "=", company.id), (self._day_field, "in", days_of(company))]
            for company in self.env.companies)
