from odoo import api, fields, models
from odoo.exceptions import UserError


class PersonMixin(models.AbstractModel):
    """Who did it, on which login and device, and when (X17).

    The server notes login, device and time. A login of a person speaks for that person
    only; a shared device speaks for whoever holds it with his badge or PIN. What is entered
    afterwards (补录) carries the typed time beside the server's, and a flag.
    """

    _name = "gendan.person.mixin"
    _description = "Person, device and time"

    employee_id = fields.Many2one("hr.employee", "Person", copy=False, index="btree_not_null",
                                  ondelete="restrict")
    user_id = fields.Many2one("res.users", "Login", readonly=True, copy=False,
                              ondelete="restrict")
    device = fields.Char(readonly=True, copy=False, help="Name of the shared tablet or phone.")
    recorded_at = fields.Datetime("Recorded at", readonly=True, copy=False)
    event_at = fields.Datetime("Happened at", copy=False)
    is_late = fields.Boolean("Entered late", readonly=True, copy=False)

    _person_stamps = frozenset({"user_id", "device", "recorded_at", "is_late"})

    def _prepare_person(self, vals):
        """Return who and when, for values that the present login records.

        :param dict vals: what was sent; may name ``employee_id`` and ``event_at``
        :raise UserError: for somebody else's name, or a time to come
        """
        now = fields.Datetime.now()
        event_at = fields.Datetime.to_datetime(vals.get("event_at")) or (
            self.is_late and self.event_at) or now
        if event_at > now:
            local = fields.Datetime.context_timestamp(self, event_at)
            raise UserError(self.env._(
                "%s has not come yet: note what has happened.", fields.Datetime.to_string(local)))
        return {
            "employee_id": self._recording_employee(vals).id,
            "user_id": self.env.uid,
            "device": self._shared_device(),
            "recorded_at": now,
            "event_at": event_at,
            "is_late": event_at < now,
        }

    @api.model
    def _recording_employee(self, vals):
        """Return the employee who records: the login's own one, or who holds the device (X17).

        :raise UserError: for somebody else's name, or on a device that nobody holds
        """
        user = self.env.user.sudo()
        # employees are private to HR, but everybody may sign with his own name
        own = (user._holder() if user.is_device else user.employee_id).sudo(False)
        named = own.browse(vals.get("employee_id"))
        if user.is_device and not own:
            raise UserError(self.env._(
                "%s stands for no single person: show your badge, or type your PIN.", user.name))
        if own and named and named != own:
            raise UserError(self.env._(
                "You are %(own)s here and cannot record in the name of %(other)s.",
                own=own.sudo().name, other=named.sudo().name))
        if not own and not named:
            raise UserError(self.env._("Say who did it: this login stands for no single person."))
        return own or named

    @api.model
    def _shared_device(self):
        """Return the name of the device when this login is one, that is nobody's own."""
        user = self.env.user.sudo()
        return (user.is_device or not user.employee_id) and user.name
