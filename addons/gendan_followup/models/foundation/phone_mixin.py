import logging
from contextlib import nullcontext
from datetime import timedelta

from psycopg2 import IntegrityError, OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calc.working_time import company_date, local

_logger = logging.getLogger(__name__)

# a phone that was off the network longer than this has to be entered again
LATEST = timedelta(hours=24)
# what lies nearer than this to its arrival was noted "now"
NOW = timedelta(minutes=2)


class PhoneMixin(models.AbstractModel):
    """A document that is worked on from a phone page, also without a network (X11).

    The page keeps what was done in the phone's storage and sends it as a list of steps
    ``{"key", "kind", "noted_at", "token", …}``. A model names its kinds in ``_phone_steps`` and
    has a method ``_phone_<kind>(step)`` for each. Each step is done for itself, in the name of
    whoever held the device when it was noted; one that is refused loses no other one.
    """

    _name = "gendan.phone.mixin"
    _description = "Worked on from a phone"

    _phone_steps = ()

    def action_sync(self, steps):
        """Do what a phone noted, each step once and for itself.

        :param list steps: in the order in which they were done; ``noted_at`` is UTC text,
            ``token`` that of the badge, on a shared device
        :return: ``{key: False or why it was refused}``
        """
        results = {}
        for step in steps:
            key = str(step.get("key") or "")
            if not key or step.get("kind") not in self._phone_steps:
                raise UserError(self.env._("A phone sent something unknown."))
            results[key] = self._try_step(step, key)
        return results

    def _try_step(self, step, key):
        """Do one step for itself; return False, or why it was refused."""
        try:
            with self.env.cr.savepoint():
                self._do_step(step, key)
                self.env.flush_all()
            return False
        except UserError as error:
            reason = str(error)
        except OperationalError:
            # two at once: the server tries again by itself
            raise
        except IntegrityError as error:
            # sent twice at the same moment: the other one has done it
            if error.diag.constraint_name == "gendan_phone_step_key":
                return False
            reason = self._untakeable(key)
        except Exception:
            # whatever it is, the phone must not send it for ever
            reason = self._untakeable(key)
        self.env.invalidate_all()
        return reason

    def _untakeable(self, key):
        _logger.exception("Step %s from a phone failed", key)
        return self.env._("What was noted could not be taken: enter it again on the screen.")

    def _do_step(self, step, key):
        # the log of arrivals is the server's own
        arrivals = self.env["gendan.phone.step"].sudo()
        if arrivals.search_count([("key", "=", key)], limit=1):
            return
        noted_at = self._noted_at(step)
        badge = self.env["gendan.badge"]
        if self.env.user.sudo().is_device:
            badge = badge._noted_by(step.get("token"), noted_at)
        with badge._holding() if badge else nullcontext():
            getattr(self, f"_phone_{step['kind']}")({
                **step, "event_at": noted_at if self._is_belated(noted_at) else False})
        arrivals.create({
            "key": key, "kind": step["kind"], "res_model": self._name,
            "res_id": self[:1].id, "noted_at": noted_at,
            "employee_id": (badge.employee_id or self.env.user.sudo().employee_id).id})

    def _noted_at(self, step):
        now = fields.Datetime.now()
        noted_at = fields.Datetime.to_datetime(step.get("noted_at")) or now
        # a phone's clock may be a little fast
        noted_at = min(noted_at, now) if noted_at <= now + NOW else noted_at
        if noted_at > now or noted_at < now - LATEST:
            raise UserError(self.env._(
                "The phone says that this was noted at %s: look at its clock, or enter it again.",
                fields.Datetime.to_string(fields.Datetime.context_timestamp(
                    self.with_context(tz=self.env.company.gendan_tz), noted_at))))
        return noted_at

    @api.model
    def _phone_clock(self, moment):
        """Return a moment as it is read on a phone: the hour, before today with its day."""
        if not moment:
            return ""
        tz = self.env.company.gendan_tz
        same_day = company_date(moment, tz) == company_date(fields.Datetime.now(), tz)
        return f"{local(moment, tz):{'%H:%M' if same_day else '%m-%d %H:%M'}}"

    def _is_belated(self, noted_at):
        return noted_at < fields.Datetime.now() - NOW
