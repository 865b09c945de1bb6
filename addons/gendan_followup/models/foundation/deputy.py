from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain


class Deputy(models.Model):
    """Who stands in for whom, from when to when (D1.7, X8).

    A past period is evidence: it is ended, never rewritten.
    """

    _name = "gendan.deputy"
    _description = "Deputy"
    _order = "date_from desc, id desc"
    _rec_name = "principal_id"

    principal_id = fields.Many2one(
        "res.users", "Absent person", required=True, default=lambda self: self.env.user,
        index=True, ondelete="restrict", domain=[("share", "=", False)])
    deputy_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="restrict",
        domain=[("share", "=", False)])
    date_from = fields.Datetime("From", required=True, default=fields.Datetime.now)
    date_to = fields.Datetime("To", required=True)
    reason = fields.Char()

    _period = models.Constraint(
        "CHECK (date_to > date_from)", "A deputy needs an end after the start."
    )
    _two_people = models.Constraint(
        "CHECK (principal_id <> deputy_id)", "Nobody is his own deputy: choose another person.")

    @api.model
    def _standing_in(self, user, at):
        """Return the deputy rows by which ``user`` stands in for others ``at`` a moment."""
        return self.search(Domain("deputy_id", "=", user.id) & self._covering(at))

    @api.model
    def _deputies_of(self, principals, at):
        """Return the rows by which somebody stands in for ``principals`` ``at`` a moment."""
        return self.search(Domain("principal_id", "in", principals.ids) & self._covering(at))

    @api.model
    def _covering(self, at):
        return Domain("date_from", "<=", at) & Domain("date_to", ">", at)

    @api.model_create_multi
    def create(self, vals_list):
        """Name a deputy for oneself, or for another as a manager; never backwards in time."""
        deputies = super().create(vals_list)
        deputies._check_may_name()
        now = fields.Datetime.now()
        if any(deputy.date_to <= now for deputy in deputies):
            raise ValidationError(
                self.env._("A deputy is named for the time to come, not for the past.")
            )
        for deputy in deputies.filtered(lambda d: d.date_from < now):
            # past the guard of write(): the row is being born
            # pylint: disable-next=super-method-mismatch
            super(Deputy, deputy).write({"date_from": now})
        return deputies

    def write(self, vals):
        """Only end or prolong a period that is not over yet.

        :raise ValidationError: on any other change of a row that was in force
        """
        self._check_may_name()
        now = fields.Datetime.now()
        for deputy in self:
            begun = deputy.date_from <= now
            date_from = fields.Datetime.to_datetime(vals.get("date_from", deputy.date_from))
            date_to = fields.Datetime.to_datetime(vals.get("date_to", deputy.date_to))
            if begun and (set(vals) - {"date_to", "reason"} or deputy.date_to <= now
                          or date_to < now):
                raise ValidationError(self.env._(
                    "%(deputy)s has been standing in for %(principal)s since %(date)s: end the "
                    "period and name a new one instead of rewriting it.",
                    deputy=deputy.deputy_id.name, principal=deputy.principal_id.name,
                    date=fields.Datetime.context_timestamp(self, deputy.date_from).strftime(
                        "%Y-%m-%d %H:%M")))
            if not begun and date_from < now:
                raise ValidationError(self.env._(
                    "A deputy is named for the time to come, not for the past."))
        result = super().write(vals)
        # the row may name another principal now
        self._check_may_name()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_future(self):
        if any(deputy.date_from <= fields.Datetime.now() for deputy in self):
            raise ValidationError(self.env._("A period that has begun is kept: end it instead."))
        self._check_may_name()

    def _check_may_name(self):
        user = self.env.user
        if not self.env.su and user in self.deputy_id:
            raise AccessError(self.env._("Nobody makes himself a deputy: %s names you.", ", ".join(
                self.filtered(lambda d: d.deputy_id == user).principal_id.mapped("name"))))
        if self.env.su or user._has_role("general_manager", "hr") or user._is_admin():
            return
        if any(deputy.principal_id != user for deputy in self):
            raise AccessError(
                self.env._(
                    "You name a deputy for yourself; for others HR or the general manager does."
                )
            )
