import json
import time

import requests

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.mail.tools.web_push import DeviceUnreachableError, push_to_end_point

from ...calc import robot

BATCH = 200
KEEP_DAYS = 90
# seconds: for each step of the conversation, and for the whole answer
STEP, WHOLE = 5, 10
ANSWER_BYTES = 16384
KEEPERS = ("merchandiser", "plan_manager", "general_manager")


class Unsent(Exception):
    """The other side did not take it; ``is_down`` when it could not be reached at all."""

    def __init__(self, text, is_down=False):
        super().__init__(text)
        self.is_down = is_down


class _Recording(requests.Session):
    """A session that remembers what it was answered: core only writes it into the log."""

    status = None

    def post(self, *args, **kwargs):
        response = super().post(*args, **kwargs)
        self.status = response.status_code
        return response


class Message(models.Model):
    """外发消息: to a group robot or a browser, queued, tried again, its fate visible (X18).

    Nothing is sent inside the transaction of the work: a robot that is down costs nobody a
    second. The inbox has the message in any case.
    """

    _name = "gendan.message"
    _inherit = ["gendan.system.mixin", "gendan.role.mixin"]
    _description = "Message sent out"
    _order = "id desc"

    name = fields.Char("Message", required=True, readonly=True)
    body = fields.Text(readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    channel = fields.Selection([("robot", "Group robot"), ("push", "Browser")], required=True,
                               readonly=True)
    user_id = fields.Many2one("res.users", "To", readonly=True, ondelete="cascade")
    device_id = fields.Many2one("mail.push.device", readonly=True, ondelete="set null",
                                groups="base.group_system")
    # what a browser shows may be more than the one who looks after the queue should read
    payload = fields.Text(readonly=True, groups="base.group_system")
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("sent", "Sent out"), ("failed", "Given up")],
        required=True, default="waiting", readonly=True)
    attempts = fields.Integer("Tries", readonly=True)
    next_try_at = fields.Datetime("Next try", readonly=True)
    sent_at = fields.Datetime("Delivered at", readonly=True)
    error = fields.Char("What happened", readonly=True)

    _due = models.Index("(next_try_at, id) WHERE state = 'waiting'")

    # ------------------------------------------------------------------- queue

    @api.model
    def _tell_group(self, record, text):
        """Queue ``text`` for the group robot of the record's company, if it has one.

        :param record: what it is about; its link is not sent, only its words
        :param str text: what the group reads
        """
        # who reports need not know where the robot lives
        company = record.sudo().company_id
        if not company.robot_url or company.id not in company._timezones_on():
            return self.browse()
        return self._queue([{
            "name": text.split("\n", 1)[0][:120], "body": text, "company_id": company.id,
            "channel": "robot", "res_model": record._name, "res_id": record.id}])

    @api.model
    def _queue(self, vals_list):
        """Keep messages for the job and wake it; the caller's transaction sends nothing."""
        now = fields.Datetime.now()
        # the queue is the system's
        messages = self.sudo().create([{**vals, "next_try_at": now} for vals in vals_list])
        if messages:
            self.env.ref("gendan_followup.cron_messages")._trigger()
        return messages

    # -------------------------------------------------------------------- sending

    @api.model
    def _cron_send(self):
        """Send what is due, one by one, each with a commit of its own."""
        jobs, now = self.env["ir.cron"], fields.Datetime.now()
        due = self.search([("state", "=", "waiting"), ("next_try_at", "<=", now)], limit=BATCH,
                          order="next_try_at, id")
        jobs._commit_progress(remaining=len(due))
        down = set()
        for message in due:
            robot_of = message.channel == "robot" and message.company_id
            if locked := message.try_lock_for_update().filtered(
                    lambda one: one.state == "waiting"):
                if robot_of and robot_of in down:
                    # it was not reached a moment ago: the others need not wait for it too
                    locked.next_try_at = robot.next_try(1, now)
                elif locked._try() and robot_of:
                    down.add(robot_of)
            if not jobs._commit_progress(1):
                break
        following = self.search([("state", "=", "waiting")], order="next_try_at", limit=1)
        if following:
            self.env.ref("gendan_followup.cron_messages")._trigger(
                at=max(following.next_try_at, now))

    def _try(self):
        """Try once to deliver this message, and note what came of it.

        :return: whether the other side could not be reached at all
        """
        self.ensure_one()
        now = fields.Datetime.now()
        try:
            getattr(self, f"_send_{self.channel}")()
        except Unsent as unsent:
            attempts = self.attempts + 1
            later = robot.next_try(attempts, now)
            self.write({"attempts": attempts, "error": str(unsent), "next_try_at": later,
                        "state": "waiting" if later else "failed"})
            return unsent.is_down
        self.write({"state": "sent", "sent_at": now, "attempts": self.attempts + 1,
                    "error": False, "next_try_at": False})
        return False

    def _send_robot(self):
        company, now = self.company_id, fields.Datetime.now()
        if not robot.is_safe(company.robot_url):
            raise Unsent(self.env._("The company has no robot any more"))
        kind, secret = company.robot_kind, company.robot_secret or ""
        try:
            with requests.post(
                    robot.address(kind, company.robot_url, now, secret),
                    json=robot.body(kind, self.body or self.name, now, secret),
                    timeout=STEP, allow_redirects=False, stream=True) as response:
                refusal = robot.refusal(kind, response.status_code, self._read(response))
        except requests.Timeout:
            raise Unsent(self.env._("The robot did not answer in time"), True) from None
        except requests.RequestException:
            # the library's own words would show the address, which is a secret
            raise Unsent(self.env._("The robot could not be reached"), True) from None
        if refusal:
            raise Unsent(self.env._("The robot refused it: %s", refusal))

    @api.model
    def _read(self, response):
        """Return the beginning of an answer, and no longer than it may take."""
        end, answer = time.monotonic() + WHOLE, b""
        for piece in response.iter_content(1024):
            answer += piece
            if time.monotonic() > end:
                raise requests.Timeout
            if len(answer) >= ANSWER_BYTES:
                break
        return answer[:ANSWER_BYTES]

    def _send_push(self):
        device, session = self.device_id, _Recording()
        parameters = self.env["ir.config_parameter"].sudo()
        if not device:
            raise Unsent(self.env._("The browser does not take messages any more"))
        try:
            push_to_end_point(
                base_url=self.get_base_url(), payload=self.payload, session=session,
                device={"id": device.id, "endpoint": device.endpoint, "keys": device.keys},
                vapid_private_key=parameters.get_param("mail.web_push_vapid_private_key"),
                vapid_public_key=parameters.get_param("mail.web_push_vapid_public_key"))
        except DeviceUnreachableError:
            device.unlink()
            raise Unsent(self.env._("The browser does not take messages any more")) from None
        except requests.RequestException:
            raise Unsent(self.env._("The browser's service could not be reached")) from None
        except (ValueError, TypeError, KeyError):
            raise Unsent(self.env._("The browser's registration cannot be read")) from None
        if session.status not in (200, 201, 202):
            raise Unsent(self.env._("The browser's service answered %s", session.status))

    @api.model
    def _push_values(self, devices, payload):
        """Return the queue's rows for these browsers.

        :param devices: `mail.push.device` records
        :param payload: ``{device: dict}`` as core prepares it
        """
        users = devices.partner_id.user_ids.grouped("partner_id")
        return [{
            "name": (payload[device].get("title") or "Odoo")[:120], "channel": "push",
            "company_id": self.env.company.id, "device_id": device.id,
            "user_id": users.get(device.partner_id, self.env["res.users"])[:1].id,
            "payload": json.dumps(payload[device])} for device in devices]

    # ---------------------------------------------------------------------- screen

    def action_retry(self):
        """Have messages tried again at once that were not delivered (X18).

        :raise UserError: for a message that was delivered
        """
        self._check_roles(KEEPERS, "message.retry", "X18 X4")
        if any(message.state == "sent" for message in self):
            raise UserError(self.env._("What was delivered is not sent twice."))
        # the queue is the system's; asking for another try is the part of who looks after it
        self.sudo().write({"state": "waiting", "attempts": 0,
                           "next_try_at": fields.Datetime.now()})
        self.env.ref("gendan_followup.cron_messages").sudo()._trigger()
        return True

    def action_open(self):
        """Open what the message is about."""
        self.ensure_one()
        if not self.res_model or self.res_model not in self.env:
            raise UserError(self.env._("This message is about nothing in the system."))
        return self.env[self.res_model].browse(self.res_id)._get_records_action()

    @api.autovacuum
    def _gc_delivered(self):
        """Forget what was delivered long ago."""
        old = fields.Datetime.subtract(fields.Datetime.now(), days=KEEP_DAYS)
        self.sudo().search([("state", "=", "sent"), ("sent_at", "<", old)], limit=10000).unlink()
