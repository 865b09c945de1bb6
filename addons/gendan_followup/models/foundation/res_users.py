from odoo import api, fields, models

from .role import role_group


class ResUsers(models.Model):
    _inherit = "res.users"

    def _has_role(self, *roles):
        """Whether this user himself holds one of ``roles`` (keys of `ROLES`)."""
        self.ensure_one()
        return any(self.has_group(role_group(role)) for role in roles)

    def _principals(self, role, at=None):
        """Return the users for whom this user may act in ``role`` at a moment.

        Himself if he holds the role, else (or also) those who named him deputy
        for that time (D1.7, X8).

        :param datetime at: naive UTC, default now
        """
        self.ensure_one()
        principals = self if self._has_role(role) else self.browse()
        deputies = self.env["gendan.deputy"].sudo()._standing_in(self, at or fields.Datetime.now())
        return principals | deputies.principal_id.filtered(
            lambda user: user.active and user._has_role(role))

    @api.model
    def _users_of_role(self, role, company=None):
        """Return the active internal users who hold ``role`` in ``company``."""
        company = company or self.env.company
        group = self.env.ref(role_group(role)).sudo()
        return group.all_user_ids.filtered(
            lambda user: user.active and not user.share and company in user.company_ids)
