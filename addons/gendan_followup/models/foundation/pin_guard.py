from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .gate_mixin import Gate

TRIES = 10
LOCK = timedelta(hours=1)


class PinGuard(models.Model):
    """How many wrong badges and PINs in a row: after ten it is closed for an hour (X17).

    One row per device and one per employee. A right one in time sets both back.
    """

    _name = "gendan.pin.guard"
    _description = "Wrong PINs"
    _log_access = False

    key = fields.Char(required=True, readonly=True)
    wrong_count = fields.Integer(required=True, default=0, readonly=True)
    last_at = fields.Datetime(required=True, readonly=True)

    _key = models.Constraint("UNIQUE (key)", "A device or person is counted once.")

    @api.model
    def _count(self, user, employee):
        """Count one try on the device and on the employee, before it is looked at.

        The statement updates the rows at once, so that two phones in one second count two.
        A try while it is closed does not make it longer.
        """
        now = fields.Datetime.now()
        keys = [f"user/{user.id}", *(f"employee/{one.id}" for one in employee)]
        rows = self.env.execute_query(SQL(
            """
            INSERT INTO gendan_pin_guard AS guard (key, wrong_count, last_at)
                 SELECT unnest(%(keys)s), 1, %(now)s
            ON CONFLICT (key) DO UPDATE SET
                wrong_count = CASE WHEN guard.last_at <= %(past)s THEN 1
                                   ELSE guard.wrong_count + 1 END,
                last_at = CASE WHEN guard.wrong_count >= %(tries)s AND guard.last_at > %(past)s
                               THEN guard.last_at ELSE %(now)s END
              RETURNING id
            """, keys=sorted(keys), now=now, past=now - LOCK, tries=TRIES))
        guards = self.sudo().browse(id_ for id_, in rows)
        guards.invalidate_recordset()
        return guards

    def _is_locked(self):
        return any(guard.wrong_count > TRIES for guard in self)

    def _note_if_locked(self, employee):
        """Put on record that the last try allowed was wrong (X5)."""
        if any(guard.wrong_count == TRIES for guard in self):
            # in this transaction: an answer is no error, nothing is rolled back
            self.env["gendan.audit"]._note(
                "refused", Gate("badge.identify", "X17"), employee or self.env.user,
                self.env._("%(count)s wrong badges or PINs at %(device)s: closed for an hour.",
                           count=TRIES, device=self.env.user.name))

    def _wrong_message(self, kind):
        left = TRIES - max(self.mapped("wrong_count"))
        if left <= 0:
            return self._locked_message()
        if kind == "badge":
            return self.env._("This badge is not known here.")
        return self.env._("Wrong PIN; %s more tries.", left)

    def _locked_message(self):
        until = min(guard.last_at for guard in self if guard.wrong_count >= TRIES) + LOCK
        clock = fields.Datetime.context_timestamp(
            self.with_context(tz=self.env.company.gendan_tz), until).strftime("%H:%M")
        return self.env._(
            "Too many wrong tries: closed until %s. HR or the plan manager opens it before.", clock)

    def _forget(self):
        self.write({"wrong_count": 0})
