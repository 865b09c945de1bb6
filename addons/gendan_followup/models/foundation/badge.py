import hashlib
import secrets
from contextlib import contextmanager
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import consteq

from .gate_mixin import Gate
from .role import ROLES, role_group

PRESENT = "gendan_followup.badge"
TOKEN = "gendan_badge"


class Badge(models.Model):
    """Who held a shared phone or tablet, from when to when (X17).

    A device logs in once and stands for nobody. Whoever takes it in hand shows his badge
    or types his PIN (`identify`) and receives a token, a secret of 256 bits that only its
    hash is kept of. Every later call of the device carries the token in its context
    (``gendan_badge``); the server looks it up, so a made-up one opens nothing. From then
    on records name the employee beside the device, and the gates judge the employee's role.
    """

    _name = "gendan.badge"
    _inherit = ["gendan.system.mixin"]
    _description = "Badge shown"
    _order = "identified_at desc, id desc"
    _rec_name = "employee_id"

    user_id = fields.Many2one("res.users", "Device", required=True, readonly=True, index=True,
                              ondelete="restrict")
    employee_id = fields.Many2one("hr.employee", "Person", required=True, readonly=True,
                                  index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    kind = fields.Selection([("badge", "Badge"), ("pin", "PIN")], required=True, readonly=True)
    token_hash = fields.Char(required=True, readonly=True, groups="base.group_system")
    identified_at = fields.Datetime("From", required=True, readonly=True)
    expires_at = fields.Datetime("At the latest until", required=True, readonly=True)
    ended_at = fields.Datetime("Put down at", readonly=True)

    _token = models.Constraint("UNIQUE (token_hash)", "This token is taken.")

    # ---------------------------------------------------------------- for phones

    @api.model
    def identify(self, badge=None, employee_id=None, pin=None):
        """Say who holds this device, by badge or by PIN (X17).

        A wrong PIN is an answer, not an error: the count of wrong ones has to stay.

        :param str badge: what the badge carries
        :param int employee_id: whose PIN it is
        :param str pin: as typed
        :return: ``{"ok": True, "token", "employee_id", "name", "roles", "expires_at"}``, or
            ``{"ok": False, "message"}``
        """
        user = self.env.user
        if not user.sudo().is_device:
            return {"ok": False, "message": self.env._(
                "%s is your own login and needs no badge.", user.name)}
        employees = self._employees_here()
        kind = "badge" if badge else "pin"
        employee = employees.filtered(
            lambda one: badge and one.barcode and consteq(one.barcode, str(badge).strip())
            or not badge and one.id == employee_id)[:1]
        # counted before anything is compared: two tries in one second come one after the other
        guards = self.env["gendan.pin.guard"]._count(
            user, employee if kind == "pin" else employee.browse())
        if guards._is_locked():
            return {"ok": False, "message": guards._locked_message()}
        if not employee or kind == "pin" and not self._is_pin(employee, pin):
            guards._note_if_locked(employee)
            return {"ok": False, "message": guards._wrong_message(kind)}
        guards._forget()
        return self._hand_over(employee, kind)

    @api.model
    def leave(self):
        """Put the device down: from now on it stands for nobody again."""
        present = self._present()
        if present and not present.ended_at:
            present.write({"ended_at": fields.Datetime.now()})
        return True

    @api.model
    def who_am_i(self):
        """Return what a phone page needs to know about who looks at it."""
        user = self.env.user
        present = self._present()
        person = present.employee_id if present else user.sudo().employee_id
        return {
            "device": user.sudo().is_device,
            "name": person.name or "",
            "employee_id": person.id,
            "roles": sorted(person._roles()) if user.sudo().is_device else user._roles(),
        }

    @api.model
    def people(self):
        """Return ``[{"id", "name", "title"}]`` of those who may take this device in hand.

        Whose work it was made for comes first.
        """
        user = self.env.user
        if not user.sudo().is_device:
            return []
        usual = {role for role in ROLES if user.has_group(role_group(role))}
        people = [(one, one._roles()) for one in self._employees_here() if one.pin]
        return [{"id": one.id, "name": one.name, "title": one.job_title or ""}
                for one, roles in sorted(people, key=lambda row: not row[1] & usual) if roles]

    @api.model
    def _check_opener(self):
        """Refuse unless the user may open a closed PIN or device again (X17).

        :raise AccessError: and the attempt is on record
        """
        user = self.env.user
        if not any(user._principals(role) for role in ("hr", "plan_manager", "general_manager")):
            self.env["gendan.audit"]._refuse(
                Gate("badge.open", "X17"), self, self.env._(
                    "%s cannot open a closed PIN: HR or the plan manager does.", user.name),
                AccessError)

    # ------------------------------------------------------------------ for gates

    @api.model
    def _present(self):
        """Return the badge (in sudo) that holds the device of this call, or none.

        What a block of the server set (`_holding`) counts before the token of the context.
        """
        none = self.sudo().browse()
        # sudo keeps the user; a call in another user's name is not the device's any more
        held = self.env.cr.cache.get(PRESENT, {}).get(self.env.uid)
        if held:
            return none.browse(held)
        token = self.env.context.get(TOKEN)
        if not token or not isinstance(token, str):
            return none
        badge = self._of_token(token)
        # who has left the house holds nothing any more
        good = badge._is_good_at(fields.Datetime.now()) and badge.employee_id.active
        return badge if good else none

    @api.model
    def _of_token(self, token):
        # nobody may read tokens; this looks one up by its hash, for the present user only
        return self.sudo().search([
            ("token_hash", "=", self._hash(token)), ("user_id", "=", self.env.uid)], limit=1)

    def _is_good_at(self, moment):
        """Whether the person held the device at ``moment`` (naive UTC)."""
        return bool(self) and self.identified_at <= moment < min(
            self.expires_at, self.ended_at or self.expires_at)

    @contextmanager
    def _holding(self):
        """Within this block the device is in the hands of this badge's person.

        For steps that were noted without a network and arrive later. The mark lies in the
        memory of the cursor, out of reach of any caller.
        """
        self.ensure_one()
        held = self.env.cr.cache.setdefault(PRESENT, {})
        before = held.get(self.user_id.id)
        held[self.user_id.id] = self.id
        try:
            yield self
        finally:
            held[self.user_id.id] = before

    @api.model
    def _noted_by(self, token, noted_at):
        """Return the badge whose person noted something at ``noted_at``.

        :raise UserError: when that badge did not hold this device then
        """
        badge = self._of_token(token or "")
        if not badge._is_good_at(noted_at):
            raise UserError(self.env._(
                "Nobody held %(device)s with a badge at that time: show the badge and enter it "
                "again.", device=self.env.user.name))
        return badge

    @api.model
    def _hand_over(self, employee, kind):
        now = fields.Datetime.now()
        token = secrets.token_urlsafe(32)
        company = self.env.company
        previous = self.sudo().search([
            ("user_id", "=", self.env.uid), ("ended_at", "=", False), ("expires_at", ">", now),
            ("employee_id", "=", employee.id)])
        previous.write({"ended_at": now})
        # users write no badges by any door: this method is the only one
        badge = self.sudo().create({
            "user_id": self.env.uid, "employee_id": employee.id, "company_id": company.id,
            "kind": kind, "token_hash": self._hash(token), "identified_at": now,
            "expires_at": now + timedelta(minutes=company.sudo().badge_minutes),
        })
        return {"ok": True, "token": token, "employee_id": employee.id, "name": employee.name,
                "roles": sorted(employee._roles()),
                "expires_at": fields.Datetime.to_string(badge.expires_at)}

    @api.model
    def _employees_here(self):
        # badges and PINs are HR's; they are compared here and leave the server by no door
        return self.env["hr.employee"].sudo().search(
            [("company_id", "=", self.env.company.id)], order="name, id")

    @api.model
    def _is_pin(self, employee, pin):
        return bool(employee.pin) and consteq(employee.pin, str(pin or ""))

    @api.model
    def _hash(self, token):
        return hashlib.sha256(token.encode()).hexdigest()
