from odoo import api, fields, models

from odoo.addons.gendan_followup.calc.working_time import company_date, utc

from ...calc.working_days import last_day


class IncidentNotification(models.Model):
    """When a party was told of a decision, and until when he may object (L-G6, X8)."""

    _name = "gendan.incident.notification"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Decision told"
    _order = "incident_id, told_at, id"
    _rec_name = "employee_id"
    _evidence_stamps = ("told_by_id", "told_at")

    incident_id = fields.Many2one("gendan.incident", required=True, readonly=True, index=True,
                                  ondelete="restrict")
    decision_id = fields.Many2one("gendan.incident.decision", required=True, readonly=True,
                                  index=True, ondelete="restrict")
    employee_id = fields.Many2one("hr.employee", "Person", required=True, readonly=True,
                                  index=True, ondelete="restrict")
    method = fields.Selection(
        [("message", "Message to his login"), ("sheet", "Printed sheet handed over")],
        required=True, readonly=True)
    told_by_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")
    told_at = fields.Datetime("Told at", required=True, readonly=True)
    objection_until = fields.Date("Objection until", readonly=True)

    _once = models.Constraint("UNIQUE (decision_id, employee_id)",
                              "That person has been told of this decision already.")

    @api.model
    def _last_day(self, company, told_at, days):
        """Return the last day on which somebody told ``told_at`` may object.

        Working days of the company's calendar, in the company's timezone (X1, X2).
        """
        day = company_date(told_at, company.gendan_tz)
        return last_day(day, days, lambda date: self._works_on(company, date))

    @api.model
    def _works_on(self, company, day):
        begin = utc(day, None, company.gendan_tz)
        end = utc(type(day).fromordinal(day.toordinal() + 1), None, company.gendan_tz)
        # who objects need not be able to read calendars
        return bool(company.sudo().resource_calendar_id.get_work_hours_count(begin, end))
