from odoo.fields import Command
from odoo.tests import tagged

from ..models.foundation.spec_mixin import SPEC_FIELDS
from .forgery_common import MAGIC_CONTEXT, ForgeryCase

LOCKED = ("submitted", "verified", "signed", "valid", "released")
CONTENT = ("sale.order", "sale.order.line", "gendan.revision", "gendan.production.notice",
           "gendan.production.notice.line", "stock.move")
LOCKED_TEXT = "cannot be edited"


@tagged("adversary")
class TestForgeryLines(ForgeryCase):
    """Under verification, after one signature, after both, after confirm: no line moves (D1.11)."""

    def line_values(self):
        """Return, field by field, another value than the one on the line."""
        tax = self.env["account.tax"].search(
            [("company_id", "=", self.company.id), ("type_tax_use", "=", "sale")], limit=1)
        other = {"many2one": {"bag_version_id": self.ref("PK01_v2").id,
                              "carton_version_id": self.ref("PK07_v1").id},
                 "selection": {"surface": "repellent", "print_direction": "foot"}}
        values = {"product_uom_qty": 2401, "price_unit": 9.81, "discount": 3,
                  "product_id": self.ref("F12").id, "tax_ids": [Command.set(tax.ids)],
                  "product_uom_id": self.ref("uom_carton_24").id, "bom_snapshot": "[]",
                  "chosen_bom_id": False, "is_downpayment": True, "is_expense": True,
                  "display_type": "line_note"}
        for name in SPEC_FIELDS:
            kind = self.env["sale.order.line"]._fields[name].type
            values[name] = (other[kind][name] if kind in other
                            else 7 if kind in ("integer", "float") else "something else")
        return values

    def head_values(self):
        return {
            "partner_id": self.ref("C07").id,
            "partner_shipping_id": self.ref("C07").id,
            "order_kind": "export",
            "client_order_ref": "PO-1",
            "destination": "北京",
            "commitment_date": "2026-12-24 04:00:00",
            "payment_term_id": self.ref("terms_deposit").id,
            "prepayment_percent": 0.5,
            "pricelist_id": self.ref("pricelist_export").id,
            "tail_carton_agreed": True,
            "customer_document_ids": [Command.clear()],
        }

    def line_edits(self, order):
        """Return every way to change the lines of ``order``: ``label → (model, method, args)``."""
        line = order.order_line
        edits = {f"write {name}": ("sale.order.line", "write", (line.ids, {name: value}))
                 for name, value in self.line_values().items()}
        new = {"product_id": self.ref("F12").id, "product_uom_qty": 60, "price_unit": 4.5}
        edits |= {
            "new line": ("sale.order.line", "create", ({**new, "order_id": order.id},)),
            "delete line": ("sale.order.line", "unlink", (line.ids,)),
            "down payment with a quantity": ("sale.order.line", "create", ({
                **new, "order_id": order.id, "is_downpayment": True},)),
            "duplicate of the line": ("sale.order.line", "copy",
                                      (line.ids, {"order_id": order.id})),
        }
        for label, command in (("create", Command.create(new)),
                               ("update", Command.update(line.id, {"product_uom_qty": 1})),
                               ("delete", Command.delete(line.id)), ("clear", Command.clear()),
                               ("unlink", Command.unlink(line.id)),
                               ("set", Command.set([]))):
            edits[f"command {label}"] = (
                "sale.order", "write", (order.ids, {"order_line": [command]}))
        edits |= {f"head {name}": ("sale.order", "write", (order.ids, {name: value}))
                  for name, value in self.head_values().items()}
        return edits

    def test_nobody_edits_what_is_locked(self):
        for state in LOCKED:
            order = self.order_in(state)
            for label, (model, method, arguments) in self.line_edits(order).items():
                # the salesperson has every other right; the administrator every right at all
                for number, context in (("E05", None), ("system", MAGIC_CONTEXT)):
                    with self.subTest(state=state, edit=label, user=number):
                        error = self.assert_no_effect(
                            CONTENT, self.rpc, number, model, method, *arguments, context=context)
                        if label not in ("write bom_snapshot", "write display_type"):
                            self.assertRegex(str(error), LOCKED_TEXT)
                        self.assertIsNotNone(error)
            self.assertFalse(order._drifted())

    def test_every_role_is_kept_out(self):
        for state in ("submitted", "signed", "released"):
            order = self.order_in(state)
            edits = self.line_edits(order)
            for number in self.everybody:
                for label in ("write product_uom_qty", "write price_unit", "new line",
                              "delete line", "command update", "head destination"):
                    model, method, arguments = edits[label]
                    with self.subTest(state=state, user=number, edit=label):
                        error = self.assert_no_effect(
                            CONTENT, self.rpc, number, model, method, *arguments)
                        self.assertIsNotNone(error)

    def test_other_apps_code_under_sudo_is_kept_out(self):
        order = self.order_in("signed")
        for label, (model, method, arguments) in self.line_edits(order).items():
            if method not in ("write", "create", "unlink"):
                continue
            with self.subTest(edit=label):
                records = self.env[model].with_user(self.user("E10")).sudo()
                call = (records.create, arguments) if method == "create" else (
                    getattr(records.browse(arguments[0]), method), arguments[1:])
                error = self.assert_no_effect(CONTENT, call[0], *call[1])
                self.assertIsNotNone(error)

    def test_a_line_moves_to_no_locked_order_and_from_none(self):
        locked, draft = self.order_in("signed"), self.order_in("draft")
        for label, line, target in (("out", locked.order_line, draft),
                                    ("in", draft.order_line, locked)):
            for number in ("E05", "system"):
                with self.subTest(direction=label, user=number):
                    error = self.assert_no_effect(
                        CONTENT, self.rpc, number, "sale.order.line", "write", line.ids,
                        {"order_id": target.id})
                    self.assertRegex(str(error), f"{LOCKED_TEXT}|is the salesperson's")
        note = self.env["sale.order.line"].browse(self.rpc(
            "E05", "sale.order.line", "create",
            {"order_id": locked.id, "display_type": "line_note", "name": "a note"}))
        error = self.assert_no_effect(
            CONTENT, self.rpc, "E05", "sale.order.line", "write", draft.order_line.ids,
            {"linked_line_id": note.id, "order_id": locked.id})
        self.assertIsNotNone(error)

    def test_a_down_payment_line_does_not_grow_into_goods(self):
        for state in ("signed", "released"):
            order = self.order_in(state)
            line = self.env["sale.order.line"].browse(self.rpc(
                "E05", "sale.order.line", "create", {
                    "order_id": order.id, "is_downpayment": True, "product_uom_qty": 0,
                    "product_id": self.ref("F12").id, "price_unit": 100}))
            self.assertFalse(order._drifted(), "a down payment of quantity 0 is no content")
            for values in ({"product_uom_qty": 60}, {"is_downpayment": False},
                           {"is_downpayment": False, "product_uom_qty": 60}):
                with self.subTest(state=state, values=values):
                    error = self.assert_no_effect(
                        CONTENT, self.rpc, "E05", "sale.order.line", "write", line.ids, values)
                    self.assertRegex(str(error), LOCKED_TEXT)

    def test_notes_sections_and_remarks_are_free(self):
        for state in LOCKED:
            order = self.order_in(state)
            before = order.sudo().revision_id.digest
            with self.subTest(state=state):
                made = self.rpc("E05", "sale.order.line", "create", [
                    {"order_id": order.id, "display_type": "line_note", "name": "note"},
                    {"order_id": order.id, "display_type": "line_section", "name": "part 1"}])
                self.rpc("E05", "sale.order.line", "write", made, {"name": "another"})
                self.rpc("E05", "sale.order", "write", order.ids, {
                    "note": "internal", "origin": "fair"})
                # whose part the mark is may set it, and it is no change either
                self.rpc("E10", "sale.order", "write", order.ids, {"is_flagged": True})
                self.rpc("E05", "sale.order", "message_post", order.ids, body="a remark")
                self.rpc("system", "sale.order.line", "unlink", made[:1])
                self.assertFalse(order._drifted())
                self.assertEqual(order.sudo().revision_id.digest, before)

    def test_writing_what_stands_there_is_no_change(self):
        """The web client sends whole forms: the same values are no edit."""
        order = self.order_in("valid")
        line = order.order_line
        self.rpc("E05", "sale.order.line", "write", line.ids, {
            "product_id": line.product_id.id, "product_uom_qty": 2400.0, "price_unit": 9.5,
            "bag_version_id": line.bag_version_id.id, "mark_front": line.mark_front})
        self.rpc("E05", "sale.order", "write", order.ids, {
            "partner_id": order.partner_id.id, "destination": order.destination,
            "commitment_date": str(order.commitment_date)})
        self.assertFalse(order._drifted())

    def test_bulk_price_and_tax_buttons_are_kept_out(self):
        """The list price is 9.80 and the fiscal position takes the tax away: neither gets in."""
        for state in ("signed", "valid"):
            order = self.order_in(state)
            self.rpc("E05", "sale.order", "write", order.ids, {
                "fiscal_position_id": self.ref("fiscal_export").id})
            for method in ("action_update_prices", "action_update_taxes"):
                with self.subTest(state=state, method=method):
                    error = self.assert_no_effect(
                        ("sale.order.line",), self.rpc, "E05", "sale.order", method, order.ids)
                    self.assertRegex(str(error), LOCKED_TEXT)

    def test_the_merchandiser_corrects_no_order(self):
        """D1.6: returned or in draft, the salesperson's fields are his."""
        for state in ("draft", "submitted"):
            order = self.order_in(state)
            if state == "submitted":
                self.by(order, "E10").action_return("价格")
            for label, (model, method, arguments) in self.line_edits(order).items():
                with self.subTest(state=state, edit=label):
                    error = self.assert_no_effect(
                        CONTENT, self.rpc, "E10", model, method, *arguments)
                    self.assertIsNotNone(error)
            with self.subTest(state=state, edit="salesperson"):
                self.assert_refused("is handed over by its salesperson", self.rpc, "E10",
                                    "sale.order", "write", order.ids,
                                    {"user_id": self.user("E10").id})
