from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .forgery_common import MAGIC_CONTEXT, ForgeryCase

SALES_SIDE = ("E05", "E02", "system", "E10")
STATES_BEFORE_VALIDITY = ("draft", "submitted", "verified", "signed")
WATCHED = ("sale.order", "sale.order.line", "gendan.revision", "gendan.signature",
           "gendan.production.notice", "stock.picking", "stock.move")


@tagged("adversary")
class TestForgeryState(ForgeryCase):
    """`sale` follows from a valid revision and from nothing else, whatever the door (D1.9)."""

    def order_values(self, **values):
        return {
            "partner_id": self.ref("C06").id, "order_line": [Command.create({
                "product_id": self.ref("F15").id, "product_uom_qty": 2400, "price_unit": 9.8})],
            **values}

    def test_confirmed_by_no_button_and_no_write(self):
        doors = (("action_confirm", ()), ("write", ({"state": "sale"},)),
                 ("write", ({"state": "sale", "locked": True},)),
                 ("web_save", ({"state": "sale"}, {})))
        for state in STATES_BEFORE_VALIDITY:
            order = self.order_in(state)
            for number in SALES_SIDE:
                for door, arguments in doors:
                    for context in (None, MAGIC_CONTEXT):
                        with self.subTest(state=state, user=number, door=door):
                            error = self.assert_no_effect(
                                WATCHED, self.rpc, number, "sale.order", door, order.ids,
                                *arguments, context=context)
                            self.assertRegex(str(error), f"{order.name}.*: not possible yet")

    def test_other_apps_code_under_sudo_confirms_nothing(self):
        order = self.order_in("signed").with_user(self.user("system"))
        for forge in (lambda: order.sudo().action_confirm(),
                      lambda: order.sudo()._action_confirm(),
                      lambda: order.sudo().with_context(**MAGIC_CONTEXT).write({"state": "sale"})):
            self.assert_no_effect(WATCHED, forge)
            self.assertEqual(order.sudo().state, "draft")

    def test_not_created_confirmed(self):
        for number in SALES_SIDE:
            for label, values, context in (
                    ("value", {"state": "sale"}, None),
                    ("default", {}, {"default_state": "sale"}),
                    ("with all magic", {"state": "sale", "locked": True}, MAGIC_CONTEXT)):
                with self.subTest(user=number, door=label):
                    error = self.assert_no_effect(
                        WATCHED, self.rpc, number, "sale.order", "create",
                        self.order_values(**values), context=context)
                    self.assertRegex(str(error), "not submitted|is the salesperson's")

    def test_not_imported_confirmed(self):
        order = self.order_in("submitted")
        before = self.rows(*WATCHED)
        result = self.rpc("E10", "sale.order", "load", [".id", "state"],
                          [[str(order.id), "sale"]])
        self.assertFalse(result["ids"])
        self.assertIn("becomes valid by its submission, verification and two signatures",
                      result["messages"][0]["message"])
        self.assertEqual(self.rows(*WATCHED), before)
        kept = [row for row in self.refusals() if row["gate"] == "order.import"]
        self.assertEqual([row["user_id_int"] for row in kept], [self.user("E10").id],
                         "load tries each row twice, the record counts once")

    def test_no_revision_or_validity_comes_from_outside(self):
        other = self.order_in("valid").sudo()
        order = self.order_in("signed")
        forged = {
            "revision_id": other.revision_id.id, "valid_revision_id": other.revision_id.id,
            "revision_state": "valid", "merchandiser_id": self.user("E11").id,
            "notice_id": other.notice_id.id}
        for name, value in forged.items():
            for number in SALES_SIDE:
                with self.subTest(field=name, user=number):
                    error = self.assert_no_effect(
                        WATCHED, self.rpc, number, "sale.order", "write", order.ids, {name: value})
                    self.assertRegex(str(error), "by verification and signatures only")
                    error = self.assert_no_effect(
                        WATCHED, self.rpc, number, "sale.order", "create",
                        self.order_values(**{name: value}))
                    self.assertRegex(str(error), "by verification and signatures only")

    def test_defaults_give_no_revision(self):
        other = self.order_in("valid").sudo()
        context = {
            "default_revision_id": other.revision_id.id, "default_notice_id": other.notice_id.id,
            "default_valid_revision_id": other.revision_id.id, "default_revision_state": "valid",
            "default_merchandiser_id": self.user("E11").id}
        self.env["ir.default"].set("sale.order", "valid_revision_id", other.revision_id.id,
                                   user_id=self.user("E05").id)
        order = self.env["sale.order"].browse(
            self.rpc("E05", "sale.order", "create", self.order_values(), context=context))
        self.assertRecordValues(order, [{
            "revision_id": False, "valid_revision_id": False, "notice_id": False,
            "revision_state": False, "merchandiser_id": False, "state": "draft"}])

    def test_a_copy_takes_no_forged_values(self):
        other = self.order_in("valid").sudo()
        for default in ({"state": "sale"}, {"revision_id": other.revision_id.id},
                        {"valid_revision_id": other.revision_id.id, "state": "sale"},
                        {"notice_id": other.notice_id.id}):
            for number in ("E05", "system"):
                with self.subTest(default=default, user=number):
                    error = self.assert_no_effect(
                        WATCHED, self.rpc, number, "sale.order", "copy", other.ids, default)
                    self.assertIsInstance(error, UserError)

    def test_a_copy_begins_unsigned(self):
        for state in ("valid", "released"):
            order = self.order_in(state)
            with self.subTest(state=state):
                copy = self.env["sale.order"].browse(
                    self.rpc("E05", "sale.order", "copy", order.ids))
                self.assertRecordValues(copy, [{
                    "state": "draft", "revision_id": False, "valid_revision_id": False,
                    "notice_id": False, "merchandiser_id": False}])
                self.assertFalse(copy.customer_document_ids, "a copy is another order of his")
                self.assertFalse(copy.order_line.bom_snapshot)
                self.assert_refused("not submitted", self.rpc, "E05", "sale.order",
                                    "action_confirm", copy.ids)

    def test_a_valid_order_goes_back_by_no_door(self):
        order = self.order_in("valid")
        for number in SALES_SIDE:
            for state in ("draft", "sent"):
                with self.subTest(user=number, state=state):
                    error = self.assert_no_effect(
                        WATCHED, self.rpc, number, "sale.order", "write", order.ids,
                        {"state": state})
                    self.assertRegex(str(error), "is confirmed → open a new revision")
        self.assert_no_effect(WATCHED, self.rpc, "E05", "sale.order", "action_draft", order.ids)

    def test_an_unknown_state_is_no_state(self):
        for state in ("valid", "done", "", False):
            order = self.order_in("signed")
            with self.subTest(state=state):
                self.attempt(self.rpc, "system", "sale.order", "write", order.ids,
                             {"state": state})
                self.assertFalse(order.sudo().valid_revision_id)
                self.assertFalse(order.sudo().picking_ids)

    def test_cancelling_takes_all_force(self):
        """Cancelled, reopened, confirmed: the old signatures count no more."""
        for door, arguments in (("write", ({"state": "cancel"},)), ("action_cancel", ()),
                                ("_action_cancel", None)):
            order = self.order_in("valid")
            with self.subTest(door=door):
                if arguments is None:
                    self.by(order, "E05")._action_cancel()
                else:
                    self.rpc("E05", "sale.order", door, order.ids, *arguments)
                order = order.sudo()
                self.assertRecordValues(order, [{
                    "state": "cancel", "revision_state": "void", "valid_revision_id": False}])
                self.assertEqual(set(order.picking_ids.mapped("state")), {"cancel"})
                self.assertEqual(order.notice_id.state, "cancel")
                self.rpc("E05", "sale.order", "action_draft", order.ids)
                self.assertRecordValues(order, [{
                    "state": "draft", "revision_state": "draft", "revision_letter": "B"}])
                self.assert_refused("not submitted", self.rpc, "E05", "sale.order",
                                    "action_confirm", order.ids)

    def test_a_cancelled_order_is_not_set_back_by_rpc(self):
        order = self.order_in("valid")
        self.rpc("E05", "sale.order", "action_cancel", order.ids)
        self.rpc("E05", "sale.order", "write", order.ids, {"state": "draft"})
        error = self.attempt(self.rpc, "E05", "sale.order", "action_confirm", order.ids)
        self.assertIsInstance(error, UserError)
        self.assertEqual(order.sudo().state, "draft")
        # the way on is open: submit, verify, sign again
        order.with_user(self.user("E05")).customer_document_ids = False
        self.attach_document(self.by(order, "E05"))
        with self.at("2026-12-07 10:00"):
            self.make_valid(self.by(order, "E05"))
        self.assertRecordValues(order.sudo(), [{"state": "sale", "revision_letter": "B"}])
        self.assertEqual(order.sudo().notice_id.state, "valid")

    def test_cancelled_by_its_own_side_only(self):
        order = self.order_in("valid")
        for number in ("E10", "E07", "E09", "E12", "E16", "plain"):
            for door, arguments in (("write", ({"state": "cancel"},)), ("action_cancel", ())):
                with self.subTest(user=number, door=door):
                    error = self.assert_no_effect(
                        WATCHED, self.rpc, number, "sale.order", door, order.ids, *arguments)
                    self.assertIsInstance(error, UserError)

    def test_locked_before_validity_by_no_door(self):
        """A lock before the last signature would leave a valid order without delivery."""
        for state in STATES_BEFORE_VALIDITY:
            order = self.order_in(state)
            for door, arguments in (("action_lock", ()), ("write", ({"locked": True},))):
                with self.subTest(state=state, door=door):
                    error = self.assert_no_effect(
                        WATCHED, self.rpc, "E02", "sale.order", door, order.ids, *arguments)
                    self.assertRegex(str(error), "cannot be locked before it is valid")
        for values, context in (({"locked": True}, None), ({}, {"default_locked": True})):
            with self.subTest(values=values, context=context):
                self.assert_refused(
                    "cannot be locked", self.rpc, "E05", "sale.order", "create",
                    self.order_values(**values), context=context)

    def test_auto_lock_still_delivers(self):
        self.env.ref("base.group_user").implied_ids = [
            Command.link(self.env.ref("sale.group_auto_done_setting").id)]
        order = self.order_in("valid").sudo()
        self.assertTrue(order.locked)
        self.assertEqual(order.picking_ids.move_ids.product_uom_qty, 2400)

    def test_a_submitted_order_is_not_deleted(self):
        for state in ("submitted", "valid"):
            order = self.order_in(state)
            for number in SALES_SIDE:
                with self.subTest(state=state, user=number):
                    error = self.assert_no_effect(
                        WATCHED, self.rpc, number, "sale.order", "unlink", order.ids)
                    self.assertIsInstance(error, UserError)
        draft = self.order_in("draft")
        self.rpc("system", "sale.order", "unlink", draft.ids)
        self.assertFalse(draft.exists())

    def test_no_quotation_door_confirms(self):
        """Mails, previews and the `sent` state leave an order where it is."""
        order = self.order_in("verified")
        self.rpc("E05", "sale.order", "write", order.ids, {"state": "sent"})
        self.rpc("E05", "sale.order", "action_quotation_sent", order.ids) if (
            order.sudo().state == "draft") else None
        self.assertEqual(order.sudo().revision_state, "verified")
        with self.at("2026-12-07 10:00"):
            self.by(order, "E07").action_sign_finance()
            self.by(order, "E02").action_sign_sales_manager()
        self.assertEqual(order.sudo().state, "sale")
