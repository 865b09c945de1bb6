from odoo import api, fields, models
from odoo.tools import float_compare

from ...calc.text import plain_number
from ...calc.working_time import company_date


class ProductionNotice(models.Model):
    """The first part of a partial shipment on the line of milestones, by its own date (D4.8)."""

    _inherit = "gendan.production.notice"

    part_forecast = fields.Date("Forecast of the first part", readonly=True, copy=False)
    part_left_on = fields.Date("First part left on", readonly=True, copy=False)

    def _judge_milestones(self, company):
        """Judge the first parts beside the whole; without any it costs nothing."""
        judged = super()._judge_milestones(company)
        split = self.filtered("first_part_date")
        if not split:
            return judged
        today, forecasts = company._company_today(), split._forecast_parts()
        left = split._parts_left(company)
        for notice in split.filtered(lambda one: one in judged):
            planned, verdict, owners = judged[notice]
            judged[notice] = planned, verdict.with_part(
                notice.first_part_date, forecasts.get(notice), left.get(notice), today), owners
        return judged

    def _parts_left(self, company):
        """Return ``{notice: day}`` on which as much as the first part had left."""
        rows = self.env["gendan.shipping.notice.line"]._read_group(
            [("shipping_id.notice_id", "in", self.ids), ("shipping_id.state", "=", "shipped")],
            ["shipping_id"], ["shipped_quantity:sum"])
        left, sums = {}, {}
        for shipping, quantity in sorted(rows, key=lambda row: (row[0].shipped_at, row[0].id)):
            notice = shipping.notice_id
            sums[notice] = sums.get(notice, 0) + quantity
            if notice not in left and float_compare(
                    sums[notice], notice.first_part_quantity, precision_digits=2) >= 0:
                left[notice] = company_date(shipping.shipped_at, company.gendan_tz)
        return left

    def _endangered(self, state):
        """Return the forecast and the promise that it breaks: of the whole, else of the part.

        :param dict state: of `_milestone_states`
        """
        self.ensure_one()
        if not state["part_due"] or state["forecast"] and state["forecast"] > state["due"]:
            return state["forecast"], self.delivery_date
        today = self.company_id._company_today()
        return max(state["part_forecast"] or today, today), state["part_due"]

    @api.depends("first_part_date", "first_part_quantity", "part_forecast", "part_left_on")
    def _compute_milestone_line(self):
        """Put the first part before the shipping of the rest."""
        result = super()._compute_milestone_line()
        for notice in self:
            parts, steps = notice._delivery_parts(), notice.milestone_line
            if not parts or not steps:
                continue
            rest = next((step for step in steps if step["key"] == "ship"), None)
            place = steps.index(rest) if rest else len(steps)
            if rest:
                rest["note"] = plain_number(parts[-1][1])
            notice.milestone_line = [*steps[:place], notice._part_step(*parts[0]),
                                     *steps[place:]]
        return result

    def _part_step(self, day, quantity):
        late = not self.part_left_on and day < max(
            self.part_forecast or day, self.company_id._company_today())
        date = self.part_left_on or max(self.part_forecast or day, day)
        return {
            "key": "part", "label": self.env._("First part"), "note": plain_number(quantity),
            "status": "done" if self.part_left_on else "late" if late else "todo",
            "planned": fields.Date.to_string(day), "date": fields.Date.to_string(date),
            "who": self.sudo().merchandiser_id.name or "", "blocks": False,
        }
