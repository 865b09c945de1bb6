from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .gate_mixin import Gate
from .role import ROLES, role_group


class HrEmployee(models.Model):
    """What an employee without a login may do: operators and drivers have a badge only (X17)."""

    _inherit = "hr.employee"

    role_group_ids = fields.Many2many(
        "res.groups", "gendan_employee_role_rel", "employee_id", "group_id", "Roles on devices",
        groups="hr.group_hr_user", domain=lambda self: [("id", "in", self._role_groups().ids)],
        help="Beside the roles of his own login: what he may do on a shared phone or tablet.")

    @api.model
    def _role_groups(self):
        """Return the groups that stand for the sixteen roles."""
        return self.env["res.groups"].union(*(self.env.ref(role_group(role)) for role in ROLES))

    @api.constrains("role_group_ids")
    def _check_role_groups(self):
        if foreign := self.role_group_ids - self._role_groups():
            raise ValidationError(self.env._(
                "%s is not a role of order follow-up.", foreign[0].display_name))

    def _roles(self):
        """Return the keys of `ROLES` that this person holds, by login or by badge."""
        if not self:
            return set()
        self.ensure_one()
        # roles are HR's to read, everybody is judged by them
        employee = self.sudo()
        own = set(employee.user_id._roles()) if employee.user_id.active else set()
        groups = employee.role_group_ids
        return own | {role for role in ROLES if self.env.ref(role_group(role)) in groups}

    def action_open_pin(self):
        """Open the PIN of these people, and the closed devices, after too many wrong tries (X17).

        :raise AccessError: by another than HR, the plan manager or the general manager
        """
        self.env["gendan.badge"]._check_opener()
        self.env["gendan.pin.guard"].sudo().search(
            ["|", ("key", "in", [f"employee/{id_}" for id_ in self.ids]),
             ("key", "=like", "user/%")])._forget()
        self.env["gendan.audit"]._note(
            "override", Gate("badge.open", "X17"), self.sudo(), self.env._("PIN opened again"))
        return True
