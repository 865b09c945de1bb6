import base64

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .forgery_common import MAGIC_CONTEXT, ForgeryCase

KEPT = "the customer's document is part of what was submitted"


@tagged("adversary")
class TestCustomerDocuments(ForgeryCase):
    """What the customer wrote is what people sign against; it is never exchanged (X19)."""

    def edits(self, document):
        other = self.env["res.partner"].create({"name": "elsewhere"})
        return {
            "content": {"raw": b"another order"},
            "content as base64": {"datas": base64.b64encode(b"another order")},
            "name": {"name": "PO new.pdf"},
            "a link instead": {"type": "url", "url": "https://elsewhere.example/po.pdf"},
            "moved away": {"res_model": "res.partner", "res_id": other.id},
            "kind": {"mimetype": "text/html"},
        }

    def test_it_is_neither_edited_nor_deleted(self):
        for state in ("submitted", "signed", "released"):
            order = self.order_in(state)
            document = order.sudo().customer_document_ids
            for label, values in self.edits(document).items():
                for number in ("E05", "E10", "system"):
                    with self.subTest(state=state, edit=label, user=number):
                        error = self.assert_no_effect(
                            ["ir.attachment"], self.rpc, number, "ir.attachment", "write",
                            document.ids, values, context=MAGIC_CONTEXT)
                        self.assertIn(KEPT, str(error))
                with self.subTest(state=state, edit=label, user="sudo"):
                    self.assert_refused(KEPT, document.write, values)
            for remove in (document.unlink,
                           lambda d=document: d.with_user(self.user("E05")).unlink()):
                self.assert_refused(KEPT, remove)
            self.assertFalse(order._drifted())

    def test_it_is_not_taken_off_the_order(self):
        order = self.order_in("submitted")
        document = order.sudo().customer_document_ids
        for command in (Command.clear(), Command.unlink(document.id), Command.delete(document.id),
                        Command.create({"name": "second.pdf", "raw": b"2"}),
                        Command.update(document.id, {"raw": b"2"})):
            with self.subTest(command=command[0]):
                error = self.assert_no_effect(
                    ["ir.attachment", "sale.order"], self.rpc, "E05", "sale.order", "write",
                    order.ids, {"customer_document_ids": [command]})
                self.assertIsInstance(error, UserError)

    def test_an_older_revision_keeps_its_document(self):
        order = self.order_in("released")
        first = order.sudo().customer_document_ids
        with self.at("2026-12-08 09:00"):
            mine = self.by(order, "E05")
            mine.action_open_revision("客户改单")
            mine.customer_document_ids = [Command.clear()]
            self.attach_document(mine)
            mine.action_submit()
        self.assertNotEqual(order.sudo().customer_document_ids, first)
        for label, values in self.edits(first).items():
            with self.subTest(edit=label):
                self.assert_refused(KEPT, first.write, values)
        self.assert_refused(KEPT, first.unlink)

    def test_a_returned_order_keeps_what_it_was_first_submitted_with(self):
        """One revision, two submissions: the document of the first is still evidence."""
        order = self.order_in("submitted")
        first = order.sudo().customer_document_ids
        with self.at("2026-12-08 10:00"):
            self.by(order, "E10").action_return("尺寸与客户订单不符")
            mine = self.by(order, "E05")
            mine.customer_document_ids = [Command.clear()]
            self.attach_document(mine)
            mine.action_submit()
        second = order.sudo().customer_document_ids
        self.assertEqual(order.sudo().revision_id.document_ids, second)
        submissions = order.sudo().revision_id.event_ids.filtered("document_ids")
        self.assertEqual([event.document_ids for event in submissions], [first, second])
        for label, values in self.edits(first).items():
            for number in ("E05", "E10", "system"):
                with self.subTest(edit=label, user=number):
                    self.assertIn(KEPT, str(self.assert_no_effect(
                        ["ir.attachment"], self.rpc, number, "ir.attachment", "write", first.ids,
                        values, context=MAGIC_CONTEXT)))
        self.assert_refused(KEPT, first.unlink)
        for number in ("E05", "E10", "E07", "E02"):
            with self.subTest(reads=number):
                self.assertEqual(self.by(first, number).raw, first.raw)

    def test_before_the_submission_the_salesperson_exchanges_it(self):
        order = self.order_in("draft")
        document = order.sudo().customer_document_ids
        self.rpc("E05", "ir.attachment", "write", document.ids, {"raw": b"the right one"})
        self.rpc("E05", "ir.attachment", "unlink", document.ids)
        self.assert_refused("has no document of the customer", self.rpc, "E05", "sale.order",
                            "action_submit", order.ids)

    def test_a_remark_with_a_picture_is_no_change(self):
        """D1.11: another attachment makes no revision."""
        order = self.order_in("valid")
        self.rpc("E05", "sale.order", "message_post", order.ids, body="照片",
                 attachment_ids=[self.rpc("E05", "ir.attachment", "create", {
                     "name": "photo.png", "datas": "cGhvdG8=", "res_model": "sale.order",
                     "res_id": order.id})])
        self.assertFalse(order._drifted())
        self.assertEqual(order.sudo().revision_letter, "A")

    def test_uploaded_before_the_order_was_saved(self):
        """The form uploads into nothing; whoever verifies must be able to open it."""
        uploaded = self.rpc("E05", "ir.attachment", "create", {
            "name": "PO.pdf", "datas": "UE8=", "res_model": "sale.order", "res_id": 0})
        with self.at("2026-12-07 09:00"):
            order = self.new_order("E05", "C06", [("F15", 2400, 9.8)], "2026-12-28")
            self.rpc("E05", "sale.order", "write", order.ids, {
                "customer_document_ids": [Command.set([uploaded])]})
            self.by(order, "E05").action_submit()
        document = self.env["ir.attachment"].browse(uploaded)
        for number in ("E10", "E07", "E02"):
            with self.subTest(user=number):
                self.assertEqual(self.by(document, number).raw, b"PO")
        for number in ("E12", "E16", "plain"):
            with self.subTest(user=number):
                self.assertIsInstance(
                    self.attempt(self.rpc, number, "ir.attachment", "read", [uploaded], ["raw"]),
                    UserError)

    def test_a_file_of_somebody_else_is_not_opened_by_naming_it(self):
        """Linking a foreign loose file to one's own order does not make it readable."""
        secret = self.rpc("E27", "ir.attachment", "create", {"name": "pay.pdf", "datas": "cGF5"})
        order = self.order_in("draft")
        self.attempt(self.rpc, "E05", "sale.order", "write", order.ids, {
            "customer_document_ids": [Command.link(secret)]})
        self.assertIsInstance(
            self.attempt(self.rpc, "E05", "ir.attachment", "read", [secret], ["raw"]), UserError)
