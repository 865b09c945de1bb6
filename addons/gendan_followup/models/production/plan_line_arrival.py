from odoo import api, fields, models

from ...calc.working_time import previous_working_day

# working days before the material has to be there; 0 is the day itself
STAGES = (3, 1, 0)


class PlanLine(models.Model):
    """What a planned line needs is asked for before the machine stands (D3.13)."""

    _inherit = "gendan.plan.line"

    required_on = fields.Date("Material needed on", compute="_compute_required_on")
    reminded_stage = fields.Integer(
        readonly=True, copy=False, help="How many of the reminders were sent.")

    @api.depends("day", "company_id.arrival_days")
    def _compute_required_on(self):
        for line in self:
            day = line.day
            for _back in range(line.company_id.arrival_days if day else 0):
                day = previous_working_day(day, line.company_id._is_working_day)
            line.required_on = day

    @api.model
    def _remind_arrivals(self, company):
        """Remind three days and one day before, and on the day, of what is not there (D3.13).

        Each line once a stage; one to-do a notice, with everything that it waits for.
        """
        today = company._company_today()
        if not company._is_working_day(today):
            return
        lines = self.search([
            ("company_id", "=", company.id), ("state", "in", ("proposed", "confirmed")),
            ("day", ">=", today), ("day", "<=", fields.Date.add(today, days=14)),
            ("reminded_stage", "<", len(STAGES))])
        working = sorted(company._working_days_between(
            today, fields.Date.add(today, days=21)))
        due = {}
        for line in lines:
            left = sum(1 for day in working if today < day <= line.required_on)
            stage = sum(left <= days for days in STAGES)
            if stage > line.reminded_stage:
                due.setdefault(stage, self.browse())
                due[stage] |= line
        for stage, of_stage in due.items():
            of_stage._remind_arrival(stage, today)

    def _remind_arrival(self, stage, today):
        readiness = self.notice_line_id._readiness()
        # a stamp of the server, also on lines that stand
        self.sudo().reminded_stage = stage
        for notice, lines in self.grouped("notice_id").items():
            texts = dict.fromkeys(
                str(reason) for line in lines
                for reason in readiness[line.notice_line_id.id].reasons)
            if texts and notice.merchandiser_id:
                day = min(lines.mapped("required_on"))
                notice.sudo().activity_schedule(
                    "mail.mail_activity_data_todo", user_id=notice.merchandiser_id.id,
                    date_deadline=today, note="<br/>".join(texts),
                    summary=self.env._("%(notice)s needs its material on %(day)s",
                                       notice=notice.name, day=day))
