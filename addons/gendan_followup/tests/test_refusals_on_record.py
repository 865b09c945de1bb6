"""Every refusal that reached somebody is on record, whatever became of its transaction (X5).

Tried on a real server, with threads and with worker processes: what is written after the end
of a transaction cannot be seen from inside it (traps 3).
"""

import xmlrpc.client
from datetime import timedelta
from textwrap import dedent

from odoo import fields

from .own_server import OwnServerCase

SELLER, MERCHANDISER, FINANCE, MANAGER = "E05", "E10", "E07", "E02"
NOT_VALID = "not submitted"
# another app's code that tries, catches the refusal and goes on
TRY_AND_GO_ON = """
    savepoint = env.cr.savepoint()
    try:
        record.write({'state': 'sale'})
        savepoint.close(rollback=False)
    except UserError:
        savepoint.close(rollback=True)
        record.message_post(body='caught')
"""


class RefusalsOnRecord:
    """The cases; the classes below run them on each kind of server."""

    def setUp(self):
        super().setUp()
        self.order = self.draft_order()
        self.since = self.last_audit_id()

    def draft_order(self):
        order = self.new_order(SELLER, "C06", [("F15", 2400, 9.5)], "2027-03-30").sudo()
        self.commit()
        return order

    def server_action(self, code, **values):
        """Return an action of another app's code, run by whoever may write orders."""
        action = self.env["ir.actions.server"].create({
            "name": "another app", "state": "code", "code": dedent(code),
            "model_id": self.env["ir.model"]._get_id("sale.order"), **values})
        self.commit()
        return action

    def run_action(self, session, action, order):
        return self.call_kw(session, "ir.actions.server", "run", action.ids, context={
            "active_model": "sale.order", "active_id": order.id, "active_ids": order.ids})

    def assert_on_record(self, number=SELLER, gate="order.state", text=NOT_VALID):
        """Expect exactly one new row, of this person, on the order."""
        rows = self.audit_rows(self.since)
        self.assertEqual([(row["kind"], row["gate"], row["user_id_int"]) for row in rows],
                         [("refused", gate, self.user(number).id)])
        self.assertIn(self.order.name, rows[0]["message"])
        self.assertIn(text, rows[0]["message"])

    def assert_unchanged(self):
        self.env.cr.rollback()
        self.env.invalidate_all()
        self.assertRecordValues(self.order, [{
            "state": "draft", "client_order_ref": False, "picking_ids": []}])

    def caught(self):
        """Return what the other app noted when it was refused and went on."""
        return self.order.message_ids.filtered(lambda message: "caught" in message.body)

    # ------------------------------------------------------ a request rolled back

    def test_button(self):
        answer = self.call_kw(self.web(SELLER), "sale.order", "action_confirm", self.order.ids)
        self.assertIn(NOT_VALID, answer["error"]["data"]["message"])
        self.assert_on_record()
        self.assert_unchanged()

    def test_form_saved(self):
        answer = self.call_kw(
            self.web(SELLER), "sale.order", "web_save", self.order.ids,
            {"client_order_ref": "PO 7", "state": "sale"}, specification={})
        self.assertIn(NOT_VALID, answer["error"]["data"]["message"])
        self.assert_on_record()
        self.assert_unchanged()

    def test_outside_program(self):
        with self.assertRaisesRegex(xmlrpc.client.Fault, NOT_VALID):
            self.xml_rpc(SELLER, "sale.order", "write", self.order.ids, {"state": "sale"})
        self.assert_on_record()
        self.assert_unchanged()

    def test_api_key(self):
        response = self.json_2(self.api_key(SELLER), "sale.order", "write", ids=self.order.ids,
                               vals={"state": "sale"}, context={"lang": "en_US"})
        self.assertEqual(response.status_code, 422)
        self.assertIn(NOT_VALID, response.text)
        self.assert_on_record()
        self.assert_unchanged()

    def test_work_done_before_the_refusal_is_undone(self):
        action = self.server_action("""
            record.write({'client_order_ref': 'half done'})
            record.action_confirm()
        """)
        answer = self.run_action(self.web(SELLER), action, self.order)
        self.assertIn(NOT_VALID, answer["error"]["data"]["message"])
        self.assert_on_record()
        self.assert_unchanged()

    # -------------------------------------------------------- a request committed

    def test_import_with_a_refused_row(self):
        other = self.draft_order()
        self.order.with_user(self.user(SELLER)).action_submit()
        self.commit()
        answer = self.call_kw(
            self.web(SELLER), "sale.order", "load", [".id", "client_order_ref"],
            [[str(other.id), "PO 8"], [str(self.order.id), "PO 9"]])
        self.assertFalse(answer["result"]["ids"])
        self.assertEqual(len(answer["result"]["messages"]), 1)
        self.assertIn("cannot be edited", answer["result"]["messages"][0]["message"])
        # core tries each row twice: in the batch, and alone
        self.assert_on_record(gate="order.edit", text="cannot be edited")
        self.assert_unchanged()

    def test_caught_by_another_app_that_goes_on(self):
        """The attempt was made and refused, so it counts, though nobody read the message."""
        action = self.server_action(TRY_AND_GO_ON)
        answer = self.run_action(self.web(SELLER), action, self.order)
        self.assertNotIn("error", answer)
        self.assert_on_record()
        self.env.cr.rollback()
        self.env.invalidate_all()
        self.assertEqual(self.order.state, "draft")
        self.assertTrue(self.caught())

    def test_what_goes_through_leaves_no_row(self):
        answer = self.call_kw(self.web(SELLER), "sale.order", "write", self.order.ids,
                              {"client_order_ref": "PO 10"})
        self.assertIs(answer["result"], True)
        self.assertEqual(self.audit_rows(self.since), [])

    # -------------------------------------------------------------- nobody waits

    def test_scheduled_job(self):
        job = self.env["ir.cron"].create({
            "name": "another app's job", "user_id": self.user(MANAGER).id, "state": "code",
            "model_id": self.env["ir.model"]._get_id("sale.order"),
            "code": f"model.browse({self.order.id}).action_confirm()", "interval_number": 1,
            "interval_type": "weeks", "nextcall": fields.Datetime.now() + timedelta(days=7)})
        self.commit()
        with self.audit_row_awaited():
            job._trigger()
            self.commit()
        self.assert_on_record(MANAGER)
        self.assert_unchanged()

    # -------------------------------------------------------------------- retry

    def test_serialization_retry_leaves_no_phantom(self):
        """What was refused in a view that the server threw away was refused to nobody."""
        self.order.with_user(self.user(SELLER)).action_submit()
        self.verify(self.order, MERCHANDISER)
        self.by(self.order, FINANCE).action_sign_finance()
        self.commit()
        action = self.server_action(
            f"{dedent(TRY_AND_GO_ON)}record.sudo().revision_id._take_turn()")
        session, manager, answers = self.web(SELLER), self.person(MANAGER), []
        manager.do(self.order, "action_sign_sales_manager")
        with self.waiting_for(manager, lambda: answers.append(
                self.run_action(session, action, self.order))):
            manager.cr.commit()
        self.assertNotIn("error", answers[0])
        self.env.cr.rollback()
        self.env.invalidate_all()
        # had the first try counted, its answer to the refusal would stand here
        self.assertEqual(self.order.state, "sale")
        self.assertFalse(self.caught())
        self.assertEqual(self.audit_rows(self.since), [])


class TestRefusalsThreaded(RefusalsOnRecord, OwnServerCase):
    """One process with threads, as `make demo` runs it."""


class TestRefusalsPrefork(RefusalsOnRecord, OwnServerCase):
    """Two worker processes, as in the factory."""

    workers = 2
