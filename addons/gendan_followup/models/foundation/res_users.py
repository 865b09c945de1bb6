from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.tools import ormcache

from .forgetting import forget_cached
from .gate_mixin import Gate
from .role import ROLES, role_group


class ResUsers(models.Model):
    _inherit = "res.users"

    is_device = fields.Boolean(
        "Shared device", default=False,
        help="A tablet or phone that several people use. It stands for nobody: whoever takes it "
        "in hand shows his badge or types his PIN (X17).")

    def _has_role(self, *roles):
        """Whether this user himself holds one of ``roles`` (keys of `ROLES`).

        A shared device has the roles of whoever holds it with his badge, and never its own:
        those only open its screens (X17).
        """
        self.ensure_one()
        if self.id in self._devices():
            return bool(self._holder()._roles() & set(roles))
        return any(self.has_group(role_group(role)) for role in roles)

    def _holder(self):
        """Return the employee who holds this device with his badge in this call, or none."""
        if self == self.env.user and self.id in self._devices():
            return self.env["gendan.badge"]._present().employee_id
        return self.env["hr.employee"]

    @api.model
    @ormcache()
    def _devices(self):
        """Return the ids of the shared devices: every gate asks, and hardly one changes."""
        return frozenset(self.sudo().with_context(active_test=False).search(
            [("is_device", "=", True)]).ids)

    @api.model_create_multi
    def create(self, vals_list):
        """A login may be born as a shared device (X17)."""
        users = super().create(vals_list)
        if any(vals.get("is_device") for vals in vals_list):
            forget_cached(self.env)
        return users

    def _person(self):
        """Return the employee (in sudo) who acts: who holds the device, or the login's own."""
        return self._holder().sudo() or self.sudo().employee_id

    def _acting(self):
        """Return the user who acts: at a shared device the holder's own login, if he has one."""
        return self._holder().sudo().user_id.sudo(False) or self

    def _roles(self):
        """Return the keys of `ROLES` that this user holds himself."""
        self.ensure_one()
        return [role for role in ROLES if self._has_role(role)]

    def write(self, vals):
        """Log who made a login a shared device, or a person's own again (X17)."""
        changed = self.filtered(
            lambda user: "is_device" in vals and user.is_device != bool(vals["is_device"]))
        result = super().write(vals)
        if changed:
            forget_cached(self.env)
        for user in changed:
            self.env["gendan.audit"]._note(
                "setting", Gate("device.switch", "X17"), user,
                self.env._("Shared device from now on") if user.is_device
                else self.env._("No shared device any more"))
        return result

    def _principals(self, role, at=None):
        """Return the users for whom this user may act in ``role`` at a moment.

        Himself if he holds the role, else (or also) those who named him deputy
        for that time (D1.7, X8).

        :param datetime at: naive UTC, default now
        """
        self.ensure_one()
        if own := self._holder().sudo().user_id:
            # at a shared device he is who he is at his own desk, and what his badge adds
            return own.sudo(False)._principals(role, at) or (
                self if self._has_role(role) else self.browse())
        principals = self if self._has_role(role) else self.browse()
        deputies = self.env["gendan.deputy"].sudo()._standing_in(self, at or fields.Datetime.now())
        return principals | deputies.principal_id.filtered(
            lambda user: user.active and user._has_role(role))

    def _works_on(self, company, day):
        """Whether this user works on ``day`` by his own calendar: leave and rest are no work.

        Somebody without a calendar is always there.
        """
        self.ensure_one()
        employee = self.sudo().with_company(company).employee_id
        calendar = employee.resource_calendar_id
        if not calendar:
            return True
        start = datetime.combine(day, time.min, ZoneInfo(company.gendan_tz))
        intervals = calendar._work_intervals_batch(
            start, start + timedelta(days=1), resources=employee.resource_id)
        return bool(list(intervals[employee.resource_id.id]))

    @api.model
    def _users_of_role(self, role, company=None):
        """Return the active internal users who hold ``role`` in ``company``; devices are nobody."""
        company = company or self.env.company
        # by its id, which is kept in memory: `env.ref` asks each time whether it still exists
        group = self.env["res.groups"].sudo().browse(
            self.env["ir.model.data"]._xmlid_to_res_id(role_group(role), raise_if_not_found=True))
        return group.all_user_ids.filtered(
            lambda user: user.active and not user.share and not user.is_device
            and company in user.company_ids)
