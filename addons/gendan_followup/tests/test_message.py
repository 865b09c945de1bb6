import base64
import json
import time
from datetime import datetime
from unittest.mock import patch

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests.common import _super_send

from odoo.addons.mail.tools.jwt import generate_vapid_keys

from ..calc import robot
from ..models.foundation import message as module
from .robot_receiver import OK, Receiver, closed_port
from .shop_floor import ShopFloorCase


class MessageCase(ShopFloorCase):
    """An emergency is reported; what its group robot hears of it."""

    @classmethod
    def _request_handler(cls, s, r, /, **kw):
        # to this machine only, and with our own limits of time
        if not r.url.startswith("http://127.0.0.1:"):
            raise AssertionError(f"a request to {r.url}")
        return _super_send(s, r, **kw)

    def setUp(self):
        super().setUp()
        # what the job writes is in the company's language
        self.company.partner_id.lang = "en_US"

    def report(self, title="RM05 did not come"):
        report = self.as_user("gendan.exception", "E10").create({
            "title": title, "kind": "raw",
            "notice_ids": [fields.Command.set(self.notice.ids)]})
        self.env.flush_all()
        return report

    def send(self):
        """Run the job as the scheduler does, without committing the test's transaction."""
        with patch.object(self.env.registry["ir.cron"], "_commit_progress",
                          lambda *_args, **_kwargs: 1):
            self.env["gendan.message"]._cron_send()

    def messages(self):
        return self.env["gendan.message"].search([("channel", "=", "robot")])


class TestRobot(MessageCase):
    """企业微信, 钉钉, 飞书: queued, tried again, its fate visible, nobody waits (X18)."""

    def test_delivered_by_the_job_not_by_the_work(self):
        with Receiver() as receiver:
            self.company.robot_url = receiver.url
            self.report()
            self.assertFalse(receiver.received, "nothing leaves inside the transaction")
            self.assertRecordValues(self.messages(), [{"state": "waiting", "attempts": 0}])
            self.send()
        self.assertEqual(receiver.texts, ["Emergency: RM05 did not come (SC-2611-9012)"])
        self.assertRecordValues(self.messages(), [{
            "state": "sent", "attempts": 1, "error": False, "next_try_at": False}])

    def test_without_a_robot_nothing_is_queued(self):
        self.report()
        self.assertFalse(self.messages())

    def test_not_in_a_company_that_does_not_use_it(self):
        self.company.write({"robot_url": "https://robot.example/?key=1", "uses_gendan": False})
        self.assertFalse(self.env["gendan.message"]._tell_group(self.notice, "x"))

    def test_answers_that_are_no(self):
        """500, a page instead of an answer, and 200 with an error number inside."""
        for answer, text in (((500, b"oops"), "HTTP 500"), ((302, b""), "HTTP 302"),
                             ((200, b"<html>"), "no answer of a robot"),
                             ((200, b'{"errcode": 93000, "errmsg": "invalid webhook"}'),
                              "93000 invalid webhook")):
            with self.subTest(text), Receiver(answer) as receiver:
                self.company.robot_url = receiver.url
                self.report()
                self.send()
                message = self.messages()[:1]
                self.assertRecordValues(message, [{"state": "waiting", "attempts": 1}])
                self.assertIn(text, message.error)
                self.messages().unlink()

    def test_refused_connection_is_tried_again_and_arrives(self):
        self.company.robot_url = closed_port()
        self.report()
        self.send()
        message = self.messages()
        self.assertEqual(message.error, "The robot could not be reached")
        self.assertGreater(message.next_try_at, fields.Datetime.now(), "after a while")
        with Receiver() as receiver:
            self.company.robot_url = receiver.url
            self.send()
            self.assertFalse(receiver.received, "not before its time")
            message.next_try_at = fields.Datetime.now()
            self.send()
        self.assertEqual(len(receiver.received), 1)
        self.assertRecordValues(message, [{"state": "sent", "attempts": 2, "error": False}])

    def test_slow_robot(self):
        """It takes the message and never answers, or answers a byte now and then."""
        for settings in ({"hold": 30}, {"drip": 0.15}):
            with self.subTest(str(settings)), Receiver(**settings) as receiver, \
                    patch.object(module, "STEP", 0.4), patch.object(module, "WHOLE", 0.5):
                self.company.robot_url = receiver.url
                self.report()
                started = time.monotonic()
                self.send()
                self.assertLess(time.monotonic() - started, 5)
                self.assertEqual(self.messages()[:1].error, "The robot did not answer in time")
                self.messages().unlink()

    def test_a_robot_that_is_down_is_asked_once_a_run(self):
        """The others of the company wait with it, and lose no try."""
        self.company.robot_url = closed_port()
        for number in range(3):
            self.report(f"Emergency {number}")
        with patch.object(module.requests, "post", side_effect=module.requests.ConnectionError
                          ) as post:
            self.send()
        self.assertEqual(post.call_count, 1)
        self.assertEqual(sorted(self.messages().mapped("attempts")), [0, 0, 1])
        self.assertTrue(all(message.next_try_at > fields.Datetime.now()
                            for message in self.messages()))

    def test_given_up_shown_and_tried_again_by_hand(self):
        self.company.robot_url = closed_port()
        self.report()
        message = self.messages()
        for _try in range(len(robot.WAITS) + 1):
            message.next_try_at = fields.Datetime.now()
            self.send()
        self.assertRecordValues(message, [{
            "state": "failed", "attempts": len(robot.WAITS) + 1, "next_try_at": False}])
        shown = self.as_user("gendan.message", "E10").search([("state", "!=", "sent")])
        self.assertEqual(shown, message)
        with self.refused("cannot do this|not allowed", (AccessError, Exception)):
            self.by(message, "E03").action_retry()
        with Receiver() as receiver:
            self.company.robot_url = receiver.url
            self.by(message, "E09").action_retry()
            self.assertRecordValues(message, [{"state": "waiting", "attempts": 0}])
            self.send()
        self.assertEqual(len(receiver.received), 1)
        self.assertEqual(message.state, "sent")
        with self.refused("not sent twice"):
            self.by(message, "E10").action_retry()

    def test_the_work_is_kept_whatever_the_robot_does(self):
        self.company.robot_url = closed_port()
        report = self.report()
        self.assertEqual(report.state, "open")
        self.assertLessEqual((self.user("E12") | self.user("E13")).partner_id,
                             report.message_ids.notified_partner_ids, "the inbox has it")

    def test_a_stopped_run_goes_on(self):
        """The job is cut off after one: nothing is sent twice, nothing is forgotten."""
        with Receiver() as receiver:
            self.company.robot_url = receiver.url
            for number in range(3):
                self.report(f"Emergency {number}")
            with patch.object(self.env.registry["ir.cron"], "_commit_progress",
                              lambda _self, processed=0, **_kwargs: 0 if processed else 1):
                self.env["gendan.message"]._cron_send()
            self.assertEqual(len(receiver.received), 1)
            self.send()
        self.assertEqual(receiver.texts, [f"Emergency: Emergency {number} (SC-2611-9012)"
                                          for number in range(3)])

    def test_the_address_is_a_secret(self):
        self.company.robot_url = closed_port()
        for number in ("E09", "E10", "E01"):
            with self.subTest(number), self.refused("", AccessError):
                self.by(self.company, number).read(["robot_url"])
        self.report()
        self.send()
        for number in ("E09", "E10"):
            shown = self.by(self.messages(), number).read()[0]
            self.assertNotIn("SECRET", str(shown))
            self.assertNotIn("payload", shown)

    def test_only_encrypted_addresses(self):
        for url in ("http://robot.example/?key=1", "file:///etc/passwd", "robot"):
            with self.subTest(url), self.refused("begins with https", ValidationError):
                self.company.robot_url = url
        self.company.robot_url = "https://robot.example/?key=1"

    def test_rows_are_the_servers(self):
        self.company.robot_url = closed_port()
        self.report()
        for number in ("E09", "E10"):
            with self.subTest(number), self.refused("written by|not allowed", AccessError):
                self.by(self.messages(), number).write({"state": "sent"})

    def test_what_each_kind_is_told(self):
        moment = datetime(2026, 12, 2, 2, 22)
        self.assertEqual(robot.body("feishu", "Hello"), {
            "msg_type": "text", "content": {"text": "Hello"}})
        signed = robot.body("feishu", "Hello", moment, "s3cret")
        self.assertEqual(signed["timestamp"], "1796178120")
        self.assertEqual(len(base64.b64decode(signed["sign"])), 32)
        self.assertRegex(robot.address("dingtalk", "https://x.example/?a=1", moment, "s3cret"),
                         r"^https://x\.example/\?a=1&timestamp=1796178120000&sign=[\w%]+$")
        self.assertEqual(len(robot.body("wecom", "长" * 5000)["text"]["content"]), robot.LONGEST)

    def test_every_event_of_the_plan(self):
        """Plan published, delay sent, day plan missing at 16:00: the group hears of each."""
        with Receiver() as receiver:
            self.company.robot_url = receiver.url
            with self.at("2026-12-02 10:40"):
                line = self.as_user("gendan.plan.line", "E11").create({
                    "workcenter_id": self.ref("machine_bib").id, "day": "2026-12-23",
                    "notice_line_id": self.line.id, "quantity": 3000})
                self.by(line.revision_id, "E11").action_publish()
                self.by(line, "E12").action_confirm_production()
                self.by(line, "E13").action_confirm_packaging()
                delay = self.env["gendan.delay.notice"].search(
                    [("notice_id", "=", self.notice.id)])
                self.by(delay, "E11").action_ask()
            with self.at("2026-12-02 16:00"):
                self.env["gendan.day.plan"]._cron_meetings()
                self.send()
        told = "\n".join(receiver.texts)
        self.assertRegex(told, r"Week 2026-W52, revision 1 is published")
        self.assertRegex(told, r"Delay: SC-2611-9012: planned 2026-12-23, promised 2026-12-22")
        self.assertRegex(told, r"The plan of 2026-12-03 is not confirmed yet")


class TestPush(MessageCase):
    """A browser that allowed it is told through the same queue (X18)."""

    def setUp(self):
        super().setUp()
        private, public = generate_vapid_keys()
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("mail.web_push_vapid_private_key", private)
        parameters.set_param("mail.web_push_vapid_public_key", public)

    def register(self, endpoint):
        point = ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": base64.urlsafe_b64encode(point).decode().rstrip("="),
                "auth": base64.urlsafe_b64encode(b"0" * 16).decode().rstrip("=")}
        return self.env["mail.push.device"].sudo().create({
            "partner_id": self.user("E12").partner_id.id, "endpoint": endpoint,
            "keys": json.dumps(keys)})

    def pushed(self):
        return self.env["gendan.message"].search([("channel", "=", "push")])

    def test_queued_sent_and_encrypted(self):
        with Receiver((201, b"")) as receiver:
            self.register(receiver.url)
            self.report()
            self.assertFalse(receiver.received, "nothing leaves inside the transaction")
            rows = self.pushed()
            self.assertEqual(rows.user_id, self.user("E12"))
            self.send()
        self.assertTrue(receiver.received)
        self.assertNotIn(b"RM05", b"".join(body for _path, body in receiver.received))
        self.assertEqual(set(rows.mapped("state")), {"sent"})

    def test_service_down_and_browser_gone(self):
        device = self.register(closed_port())
        self.report()
        self.send()
        self.assertEqual(set(self.pushed().mapped("error")),
                         {"The browser's service could not be reached"})
        with Receiver((410, b"")) as receiver:
            device.endpoint = receiver.url
            self.pushed().next_try_at = fields.Datetime.now()
            self.send()
        self.assertFalse(device.exists(), "as core does")
        self.assertEqual(set(self.pushed().mapped("state")), {"waiting"})

    def test_switched_off(self):
        self.register(closed_port())
        self.company.push_messages = False
        self.report()
        self.assertFalse(self.pushed())

    def test_answers_of_the_service(self):
        with Receiver((500, b"oops"), OK) as receiver:
            self.register(receiver.url)
            self.report()
            self.send()
            self.assertIn("answered 500", str(self.pushed().mapped("error")))
