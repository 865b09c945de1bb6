from odoo import api, fields, models

from .gate_mixin import Gate

SETTING = Gate("company.workday", "X2")


class Workday(models.Model):
    """A make-up working day (调休): a day off on which is worked like on another weekday.

    Odoo's calendars know weekdays and holidays; that a Sunday before a festival is worked
    instead, as the State Council announces it year by year, they cannot say (X2).
    """

    _name = "gendan.workday"
    _inherit = ["gendan.reckoned.mixin"]
    _description = "Make-up working day"
    _order = "date desc, id desc"
    _rec_name = "date"

    calendar_id = fields.Many2one(
        "resource.calendar", "Working hours", required=True, index=True, ondelete="cascade",
        default=lambda self: self.env.company.resource_calendar_id)
    company_id = fields.Many2one(related="calendar_id.company_id", store=True)
    date = fields.Date(required=True)
    like_weekday = fields.Selection(
        lambda self: self.env["resource.calendar.attendance"]._fields[
            "dayofweek"]._description_selection(self.env),
        "Hours as on", required=True, default="0")
    note = fields.Char("Made up for", help="The festival that it makes up for.")

    _once = models.Constraint(
        "UNIQUE (calendar_id, date)", "This day is a make-up day of these working hours already.")

    @api.model_create_multi
    def create(self, vals_list):
        """Let the calendar know, and keep on record who made it a working day."""
        days = super().create(vals_list)
        days._tell(self.env._("worked"))
        return days

    def write(self, vals):
        """Keep on record what it was and what it is."""
        self._tell(self.env._("was"))
        result = super().write(vals)
        self._tell(self.env._("worked"))
        return result

    def unlink(self):
        """Keep on record that it is a day off again: deadlines are counted by it."""
        self._tell(self.env._("day off again"))
        return super().unlink()

    def _tell(self, word):
        """Forget what was read of the calendars, and write an entry for each day."""
        self.env.registry.clear_cache()
        for day in self:
            self.env["gendan.audit"]._note("setting", SETTING, day, f"{day.date} {word}")
