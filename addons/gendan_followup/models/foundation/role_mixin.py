from odoo import models

from .gate_mixin import Gate
from .role import ROLES


class RoleMixin(models.AbstractModel):
    """Steps that are the part of certain roles of the text (design, section 4)."""

    _name = "gendan.role.mixin"
    _description = "Parts of roles"

    def _check_roles(self, roles, name, clause):
        """Refuse unless the user has one of ``roles``, or stands in for somebody who has.

        :param roles: keys of `ROLES`
        :param name: technical name of the step, for the log
        :param clause: ids of the clauses that give the part to these roles
        :raise UserError: naming who can do it; the attempt is on record (X5)
        """
        self.check_access("read")
        user = self.env.user
        if user.sudo().is_device and not user._holder():
            self.env["gendan.audit"]._refuse(Gate(name, clause), self, self.env._(
                "%s stands for no single person: show your badge, or type your PIN.", user.name))
        if any(user._principals(role) for role in roles):
            return
        company = self.sudo().company_id[:1]
        holders = user.browse().union(*(user._users_of_role(role, company) for role in roles))
        self.env["gendan.audit"]._refuse(
            Gate(name, clause), self,
            self.env._(
                "%(user)s cannot do this on %(document)s: it is the part of %(roles)s "
                "(%(holders)s).",
                user=user._holder().sudo().name or user.name,
                document=", ".join(self.sudo().mapped("display_name")),
                roles=", ".join(map(self.env._, map(ROLES.get, roles))) or self.env._("nobody"),
                holders=", ".join(holders.mapped("name")) or self.env._("nobody yet")))
