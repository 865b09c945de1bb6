from odoo import fields, models

from ...calc.progress import Planned, forecast_finish

# days after the plan into which a backlog is spread at most
HORIZON = 365


class ProductionNoticeLine(models.Model):
    """What of a line is made, and when the rest will be, judged by what was made (D4.6, D4.7)."""

    _inherit = "gendan.production.notice.line"

    progress_ids = fields.One2many("gendan.progress", "notice_line_id", "Progress told",
                                   readonly=True)

    def _produced_quantities(self):
        """Return ``{line id: packs made}``: orders that are done, and what others have counted.

        Trial packs that were rejected are scrap and not made.
        """
        productions = self.sudo().production_ids.filtered(lambda one: one.state != "cancel")
        rejected = self.env["gendan.first.article"].sudo().search([
            ("trial_production_id", "in", productions.ids), ("decision", "=", "rejected"),
        ]).trial_production_id
        made = dict.fromkeys(self.ids, 0.0)
        for production in productions - rejected:
            made[production.notice_line_id.id] += (
                production.product_qty if production.state == "done"
                else production._quantity_begun())
        return made

    def _forecast_finish(self):
        """Return ``{line id: day}`` on which the planned rest will be made (D4.7).

        Lines without a plan in force, or with nothing left, are left out.
        """
        plan = self.env["gendan.plan.line"].sudo().search([
            ("notice_line_id", "in", self.ids), ("state", "in", ("confirmed", "done"))])
        made = plan.notice_line_id._produced_quantities()
        finish = {}
        for company, of_company in plan.grouped("company_id").items():
            today = company._company_today()
            working = company._working_days_between(
                fields.Date.subtract(today, days=30),
                fields.Date.add(max(today, *of_company.mapped("day")), days=HORIZON))
            for line, rows in of_company.grouped("notice_line_id").items():
                calendar = rows.workcenter_id.resource_calendar_id[:1].sudo()
                finish[line.id] = forecast_finish(
                    [Planned(row.day, row.quantity, row.hours) for row in rows], made[line.id],
                    today, working.__contains__, calendar.hours_per_day or 8.0)
        return {line: day for line, day in finish.items() if day}
