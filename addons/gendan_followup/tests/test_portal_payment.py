from unittest.mock import patch

from odoo.fields import Command
from odoo.http import Request
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import FollowupHttpCase
from .forgery_common import ForgeryCase

# a GIF of one pixel
SIGNATURE = "R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs="


@tagged("adversary")
class TestPortalAcceptance(FollowupHttpCase):
    """The customer's click on the portal records his will and confirms nothing (X4)."""

    def setUp(self):
        super().setUp()
        self.order = self.new_order(
            "E05", "C06", [("F15", 2400, 9.8)], "2030-12-27", require_signature=True,
            require_payment=False)
        self.token = self.order.sudo()._portal_ensure_token()
        self.env.flush_all()

    def accept(self, name="客户"):
        with mute_logger("odoo.addons.base.models.ir_actions_report"):
            return self.make_jsonrpc_request(
                f"/my/orders/{self.order.id}/accept?access_token={self.token}",
                {"name": name, "signature": SIGNATURE})

    def assert_only_noted(self):
        self.env.invalidate_all()
        order = self.order.sudo()
        self.assertEqual(order.signed_by, "客户")
        self.assertTrue(order.signature)
        self.assertIn(order.state, ("draft", "sent"))
        self.assertFalse(order.picking_ids)
        self.assertIn("The customer accepted online", " ".join(order.message_ids.mapped("body")))
        todo = order.activity_ids.filtered(
            lambda a: a.summary == "Accepted online: submit the order"
        )
        self.assertEqual(todo.user_id, self.user("E05"))

    def test_a_quotation_stays_a_quotation(self):
        answer = self.accept()
        self.assertNotIn("error", answer)
        self.assert_only_noted()
        self.assertFalse(self.order.sudo().revision_id)

    def test_so_does_an_order_under_verification(self):
        for step in ("submit", "verify", "sign"):
            with self.subTest(step=step):
                if step == "submit":
                    self.order.action_submit()
                elif step == "verify":
                    self.verify(self.order, "E10")
                else:
                    self.by(self.order, "E07").action_sign_finance()
                self.order.sudo().write({"signature": False, "signed_by": False})
                self.env.flush_all()
                self.assertNotIn("error", self.accept())
                self.assert_only_noted()
        self.assertFalse(self.order._drifted(), "his signature is no controlled content")
        self.by(self.order, "E02").action_sign_sales_manager()
        self.assertEqual(self.order.sudo().state, "sale")

    def test_the_customer_changes_no_quantity_under_verification(self):
        self.order.action_submit()
        self.env.flush_all()
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            self.url_open(
                f"/my/orders/{self.order.id}/update_line_dict", json={"params": {
                    "line_id": self.order.order_line.id, "access_token": self.token,
                    "input_quantity": 1}})
        self.env.invalidate_all()
        self.assertEqual(self.order.sudo().order_line.product_uom_qty, 2400)
        self.assertFalse(self.order._drifted())

    def test_declining_takes_the_force_from_what_was_signed(self):
        self.order.action_submit()
        self.verify(self.order, "E10")
        self.by(self.order, "E07").action_sign_finance()
        self.env.flush_all()
        self.authenticate(None, None)
        self.url_open(
            f"/my/orders/{self.order.id}/decline?access_token={self.token}",
            data={"decline_message": "不要了", "csrf_token": Request.csrf_token(self)})
        self.env.invalidate_all()
        self.assertRecordValues(self.order.sudo(), [{"state": "cancel", "revision_state": "void"}])
        self.assertEqual(self.order.sudo().notice_id.state, "cancel")


@tagged("adversary")
class TestPayment(ForgeryCase):
    """A payment is kept and told; nothing is confirmed by it, nothing raised (X4)."""

    def pay(self, order, amount=None, state="done"):
        provider = self.env["payment.provider"].sudo().create({
            "name": "Test bank", "code": "none", "state": "test", "company_id": self.company.id})
        method = self.env["payment.method"].sudo().create({"name": "Test", "code": f"m{order.id}"})
        return self.env["payment.transaction"].sudo().create({
            "provider_id": provider.id, "reference": f"TX {order.name} {state}",
            "payment_method_id": method.id,
            "amount": amount or order.amount_total, "currency_id": order.currency_id.id,
            "partner_id": order.partner_id.id, "operation": "offline", "state": state,
            "sale_order_ids": [Command.set(order.ids)]})

    def test_a_paid_quotation_is_not_confirmed(self):
        for state in ("draft", "submitted", "signed"):
            order = self.order_in(state)
            transaction = self.pay(order)
            with self.subTest(state=state):
                confirmed = transaction._check_amount_and_confirm_order()
                self.assertFalse(confirmed)
                order = order.sudo()
                self.assertEqual(order.state, "draft")
                self.assertFalse(order.picking_ids)
                self.assertIn(transaction.reference, " ".join(order.message_ids.mapped("body")))
                todo = order.activity_ids.filtered(
                    lambda a: a.summary == "Paid online: submit the order")
                self.assertEqual(todo.user_id, self.user("E05"))

    def test_the_whole_post_processing_raises_nothing(self):
        for state in ("done", "pending"):
            order = self.order_in("verified")
            transaction = self.pay(order, state=state)
            # the entry in the books needs a bank journal, which is not what is tried here
            with self.subTest(state=state), mute_logger("odoo.addons.mail.models.mail_mail"), \
                    patch.object(type(transaction), "_create_payment"):
                transaction._post_process()
                self.assertIn(order.sudo().state, ("draft", "sent"))
                self.assertFalse(order.sudo().picking_ids)
                self.assertFalse(order._drifted())

    def test_a_valid_order_that_is_paid_stays_valid(self):
        order = self.order_in("valid")
        self.pay(order)._check_amount_and_confirm_order()
        self.assertRecordValues(order.sudo(), [{"state": "sale", "revision_state": "valid"}])
        self.assertFalse(order._drifted())

    def test_without_follow_up_a_payment_confirms_as_before(self):
        self.company.sudo().uses_gendan = False
        order = self.new_order("E05", "C06", [("F15", 2400, 9.8)], "2026-12-28",
                               require_payment=True, require_signature=False)
        self.assertEqual(self.pay(order)._check_amount_and_confirm_order(), order.sudo())
        self.assertEqual(order.sudo().state, "sale")
