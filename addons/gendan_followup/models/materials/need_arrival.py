from datetime import timedelta

from odoo import api, fields, models

from ...calc.text import plain_number
from ...calc.working_time import previous_working_day

PLANNED = ("proposed", "confirmed")


class Need(models.Model):
    """When a material has to be here, and who is reminded before it is too late (D3.13, D3.12)."""

    _inherit = "gendan.need"

    required_on = fields.Date(
        "Needed on", compute="_compute_required_on",
        help="One working day before the machine starts, by the earliest plan line.")
    last_reminder = fields.Char(readonly=True, copy=False)

    @api.depends("notice_line_id")
    def _compute_required_on(self):
        lead = {company: company.arrival_lead_days for company in self.company_id}
        rows = self.env["gendan.plan.line"].sudo()._read_group(
            [("notice_line_id", "in", self.notice_line_id.ids), ("state", "in", PLANNED)],
            ["notice_line_id"], ["day:min"])
        starts = {line.id: day for line, day in rows}
        for need in self:
            day = starts.get(need.notice_line_id.id)
            for _day in range(lead[need.company_id] if day else 0):
                day = previous_working_day(day, need.company_id._is_working_day)
            need.required_on = day

    def _is_followed(self):
        """Whether the merchandiser answers for its arrival: packaging and special material."""
        self.ensure_one()
        return self.kind != "raw" or self.is_special

    @api.model
    def _cron_remind_arrival(self):
        """Remind the merchandiser twice before the day of need, and when a promise passed.

        3 and 1 working days before, unless the company says otherwise (D3.13).
        """
        needs = self.search([("notice_id.state", "=", "released"), ("net", ">", 0)])
        needs = needs.filtered(lambda need: need.company_id.uses_gendan and need._is_followed())
        arrivals = needs._arrivals()
        for need in needs:
            received, expected, _coming = arrivals[need]
            if received < need.net:
                need._remind_arrival(expected, need.net - received)

    def _remind_arrival(self, expected, short):
        """Put one to-do for each reason, and never the same one twice."""
        self.ensure_one()
        today = self.company_id._company_today()
        words = {"material": self.product_id.display_name, "notice": self.notice_id.name,
                 "short": plain_number(short), "unit": self.product_uom_id.name}
        if expected and expected < today:
            self._put_reminder(f"late {expected}", self.env._(
                "%(notice)s: %(material)s was promised for %(day)s, %(short)s %(unit)s are not "
                "here", day=expected, **words))
            return
        company = self.company_id
        for days in sorted({company.arrival_first_days, company.arrival_last_days}):
            if self.required_on and today >= self._days_before(self.required_on, days):
                self._put_reminder(f"{days} {self.required_on}", self.env._(
                    "%(notice)s: %(material)s is needed on %(day)s, %(short)s %(unit)s are not "
                    "here", day=self.required_on, **words))
                return

    def _days_before(self, day, count):
        for _day in range(count):
            day = previous_working_day(day, self.company_id._is_working_day)
        return day

    def _put_reminder(self, key, text):
        if self.last_reminder == key:
            return
        self.last_reminder = key
        user = self.notice_id.merchandiser_id
        if user:
            self.notice_id.activity_schedule(
                "gendan_followup.activity_arrival", user_id=user.id, summary=text,
                date_deadline=self.company_id._company_today())

    # ------------------------------------------------------------- special material

    def _ask_special(self):
        """Put special material on the merchandiser's list: he orders it himself (D3.12)."""
        special = self.filtered(
            lambda need: need.kind == "raw" and need.is_special and need.to_buy > 0)
        for need in special:
            notice = need.notice_id
            if not notice.merchandiser_id:
                continue
            notice.activity_schedule(
                "gendan_followup.activity_special_material",
                user_id=notice.merchandiser_id.id,
                date_deadline=need.company_id._company_today() + timedelta(days=1),
                summary=self.env._(
                    "%(notice)s: order special material %(material)s, %(quantity)s %(unit)s",
                    notice=notice.name, material=need.product_id.display_name,
                    quantity=plain_number(need.to_buy), unit=need.product_uom_id.name))

    def _clear_special(self):
        """Take it off the list once it is all ordered."""
        special = self.filtered(lambda need: need.kind == "raw" and need.is_special)
        for notice in special.notice_id:
            of_notice = notice.need_ids.filtered(
                lambda need: need.kind == "raw" and need.is_special)
            if not any(of_notice.mapped("to_buy")):
                notice.sudo().activity_unlink(["gendan_followup.activity_special_material"])
