from odoo import api, models

from .gate_mixin import Gate

KEEPERS = ("hr", "plan_manager", "general_manager")


class ResourceCalendarLeaves(models.Model):
    """Holidays and leave decide what a working day is, and so every term and deadline (X2).

    Core lets every user write his own leave, and that of people without a login. Here it is kept
    by HR and the managers, like make-up days; what manufacturing books on a machine is none.
    """

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        """Give a day off, as HR or a manager.

        :raise UserError: by anybody else; the attempt is on record
        """
        leaves = super().create(vals_list)
        leaves._check_keeper()
        return leaves

    def write(self, vals):
        """Change a day off, as HR or a manager."""
        self._check_keeper()
        result = super().write(vals)
        self._check_keeper()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_by_keeper(self):
        self._check_keeper()

    def _check_keeper(self):
        companies = self.env["res.company"]._timezones_on()
        if self.env.su or not companies:
            return
        # whose day it is must be known even where the user may not read it
        of_people = self.sudo().filtered(
            lambda leave: leave.resource_id.resource_type != "material"
            and (leave.company_id or self.env.company).id in companies)
        user = self.env.user
        if of_people and not user._is_admin() and not any(
                user._principals(role) for role in KEEPERS):
            self.env["gendan.audit"]._refuse(Gate("company.leave", "X2"), of_people, self.env._(
                "%s decides terms and deadlines: HR or the plan manager keeps the days off.",
                of_people[0].name or of_people._description))
