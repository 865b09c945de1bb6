from odoo import fields, models

from ...calc.progress import Planned, first_of, forecast_finish
from .production_notice_line_progress import HORIZON


class ProductionNotice(models.Model):
    """When a notice will be made, by its plan and by what was really made (D4.7)."""

    _inherit = "gendan.production.notice"

    def _forecast_finish(self):
        """Return ``{notice: day}``: the last of its lines counts."""
        finish = {}
        lines = self.line_ids
        for line_id, day in lines._forecast_finish().items():
            notice = lines.browse(line_id).notice_id
            finish[notice] = max(day, finish.get(notice, day))
        return finish

    def _forecast_parts(self):
        """Return ``{notice: day}`` on which what leaves first will be made (D4.8).

        Made already: today. What is planned for less than the first part is left out.
        """
        split = self.filtered("first_part_date")
        if not split:
            return {}
        plan = self.env["gendan.plan.line"].sudo().search([
            ("notice_id", "in", split.ids), ("state", "in", ("confirmed", "done"))])
        made, rows = split.line_ids._produced_quantities(), plan.grouped("notice_id")
        finish = {}
        for company, notices in split.grouped("company_id").items():
            today = company._company_today()
            working = company._working_days_between(
                fields.Date.subtract(today, days=30),
                fields.Date.add(max(today, *plan.mapped("day")) if plan else today,
                                days=HORIZON))
            for notice in notices:
                finish[notice] = notice._forecast_part(
                    rows.get(notice, plan.browse()), made, today, working)
        return {notice: day for notice, day in finish.items() if day}

    def _forecast_part(self, rows, made, today, working):
        self.ensure_one()
        wanted = self.first_part_quantity - sum(self.line_ids.mapped("stock_quantity"))
        produced = sum(made[line.id] for line in self.line_ids)
        if produced >= wanted:
            return today
        first = first_of([Planned(row.day, row.quantity, row.hours) for row in rows], wanted)
        calendar = rows.workcenter_id.resource_calendar_id[:1].sudo()
        return first and forecast_finish(
            first, produced, today, working.__contains__, calendar.hours_per_day or 8.0)
