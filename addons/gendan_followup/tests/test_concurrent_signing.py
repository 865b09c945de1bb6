"""Two people in the same second, each on a connection of his own (design 2, traps 5.1).

Whoever comes second has begun before the first one commits: PostgreSQL shows him the old rows.
"""

import base64
import threading

from odoo.fields import Command
from odoo.tools import SQL

from .own_database import WAIT, OwnDatabaseCase

SELLER, MERCHANDISER, FINANCE, MANAGER = "E05", "E10", "E07", "E02"


class TestConcurrentSigning(OwnDatabaseCase):
    def verified_order(self):
        """Return an order of C06 that has been verified, all of it committed."""
        order = self.new_order(SELLER, "C06", [("F15", 2400, 9.5)], "2027-03-30")
        order.with_user(self.user(SELLER)).action_submit()
        self.verify(order, MERCHANDISER)
        self.commit()
        return order.sudo()

    def assert_valid_once(self, order):
        """Expect a valid order with two signatures and one delivery."""
        self.env.cr.rollback()
        self.env.invalidate_all()
        self.assertRecordValues(order, [{"state": "sale", "revision_state": "valid"}])
        self.assertEqual(sorted(order.signature_ids.mapped("role")),
                         ["finance", "sales_manager"])
        self.assertEqual(order.signature_ids.user_id,
                         self.user(FINANCE) | self.user(MANAGER))
        self.assertEqual(len(order.picking_ids), 1)
        self.assertEqual(order.picking_ids.move_ids.product_uom_qty, 2400)
        self.assertEqual(order.notice_id.state, "valid")

    # ------------------------------------------------------------ both signers

    def test_second_signer_began_before_the_first_committed(self):
        order = self.verified_order()
        finance, manager = self.person(FINANCE), self.person(MANAGER)
        finance.request(order, "action_sign_finance")
        manager.request(order, "action_sign_sales_manager")
        self.assertEqual(manager.attempts, 2, "he had to look again")
        self.assert_valid_once(order)

    def test_second_signer_waits_for_the_first(self):
        order = self.verified_order()
        finance, manager = self.person(FINANCE), self.person(MANAGER)
        finance.do(order, "action_sign_finance")
        with self.waiting_for(finance, lambda: manager.request(
                order, "action_sign_sales_manager")):
            finance.cr.commit()
        self.assertEqual(manager.attempts, 2, "he had to look again")
        self.assert_valid_once(order)

    def test_first_signer_gives_up(self):
        order = self.verified_order()
        finance, manager = self.person(FINANCE), self.person(MANAGER)
        finance.do(order, "action_sign_finance")
        with self.waiting_for(finance, lambda: manager.request(
                order, "action_sign_sales_manager")):
            finance.cr.rollback()
        self.assertEqual(manager.attempts, 1)
        self.env.cr.rollback()
        self.env.invalidate_all()
        self.assertRecordValues(order, [{"state": "draft", "revision_state": "verified"}])
        self.assertEqual(order.signature_ids.mapped("role"), ["sales_manager"])

    def test_both_start_together(self):
        order = self.verified_order()
        people = {self.person(FINANCE): "action_sign_finance",
                  self.person(MANAGER): "action_sign_sales_manager"}
        together = threading.Barrier(len(people), timeout=WAIT)
        errors = []

        def sign(person, method):
            together.wait()
            if refusal := person.refused(order, method):
                errors.append(refusal)

        threads = [threading.Thread(target=sign, args=item) for item in people.items()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(WAIT)
        self.assertEqual(errors, [])
        self.assert_valid_once(order)

    # ---------------------------------------------------------- the same signer

    def test_same_signer_twice_leaves_one_row(self):
        order = self.verified_order()
        first, second = self.person(FINANCE), self.person(FINANCE)
        first.do(order, "action_sign_finance")
        refusals = []
        with self.waiting_for(first, lambda: refusals.append(
                second.refused(order, "action_sign_finance"))):
            first.cr.commit()
        self.assertRegex(refusals[0], "Finance has signed already")
        self.env.cr.rollback()
        self.env.invalidate_all()
        self.assertEqual(len(order.signature_ids), 1)
        self.assertEqual(order.revision_state, "verified")

    # ------------------------------------------------------ changed meanwhile

    def assert_not_signed(self, order, state):
        self.env.cr.rollback()
        self.env.invalidate_all()
        self.assertEqual(order.revision_state, state)
        self.assertFalse(order.revision_ids.signature_ids)
        self.assertEqual(order.state, "draft")
        self.assertFalse(order.picking_ids)

    def test_returned_meanwhile(self):
        order = self.verified_order()
        finance = self.person(FINANCE)
        self.person(MERCHANDISER).request(order, "action_return", "尺寸方向")
        self.assertRegex(finance.refused(order, "action_sign_finance"),
                         "revision A: not verified → 王芳 verifies it first")
        self.assertEqual(finance.attempts, 2)
        self.assert_not_signed(order, "returned")

    def test_line_edited_in_draft_meanwhile(self):
        order = self.verified_order()
        finance, seller = self.person(FINANCE), self.person(SELLER)
        seller.do(order, "action_withdraw_submission")
        seller.request(order.order_line, "write", {"product_uom_qty": 2424})
        self.assertRegex(finance.refused(order, "action_sign_finance"), "not verified")
        self.assert_not_signed(order, "draft")

    def test_edited_and_verified_again_meanwhile(self):
        order = self.verified_order()
        seen = order.revision_digest
        finance, seller = self.person(FINANCE), self.person(SELLER)
        seller.do(order, "action_withdraw_submission")
        seller.do(order.order_line, "write", {"product_uom_qty": 2424})
        seller.request(order, "action_submit")
        self.env.cr.rollback()
        self.env.invalidate_all()
        self.verify(order, MERCHANDISER)
        self.commit()
        self.assertRegex(
            finance.refused(order, "action_sign_finance", seen_digest=seen),
            "has changed since you opened it → read it again")
        self.assert_not_signed(order, "verified")

    def test_new_revision_meanwhile(self):
        order = self.verified_order()
        seen = order.revision_digest
        finance, seller = self.person(FINANCE), self.person(SELLER)
        seller.request(order, "action_cancel")
        seller.request(order, "action_draft")
        seller.do(order.order_line, "write", {"product_uom_qty": 2448})
        self.assertRegex(finance.refused(order, "action_sign_finance", seen_digest=seen),
                         "not verified")
        seller.request(order, "action_submit")
        self.env.cr.rollback()
        self.env.invalidate_all()
        self.verify(order, MERCHANDISER)
        self.commit()
        self.assertEqual(order.revision_id.letter, "B")
        self.assertRegex(self.person(FINANCE).refused(
            order, "action_sign_finance", seen_digest=seen), "has changed since you opened it")
        self.assert_not_signed(order, "verified")

    def test_edit_that_began_before_the_submission_carries_no_signature(self):
        """The seller's old page writes a line while the order is being submitted."""
        order = self.new_order(SELLER, "C06", [("F15", 2400, 9.5)], "2027-03-30").sudo()
        self.commit()
        seller = self.person(SELLER)
        order.with_user(self.user(SELLER)).action_submit()
        self.verify(order, MERCHANDISER)
        self.commit()
        refusal = seller.refused(order.order_line, "write", {"product_uom_qty": 2424})
        self.assertRegex(refusal, "cannot be edited")
        self.env.invalidate_all()
        self.assertEqual(order.order_line.product_uom_qty, 2400)


class TestConcurrentCutover(OwnDatabaseCase):
    """Nothing is loaded in the second in which the general manager closes 期初建账 (X6, X16)."""

    def windows(self):
        """Return an open order, the merchandiser's window with its paper, and the manager's."""
        # closed for good by another story: the company of this database has one cut-over
        self.env.execute_query(SQL(
            "UPDATE res_company SET cutover_closed_at = NULL, cutover_closed_by_id = NULL "
            "WHERE id = %s RETURNING id", self.company.id))
        order = self.new_order("E03", "C01", [("F02", 40800, 0.62)], "2027-03-30")
        order.customer_document_ids = [Command.clear()]
        window = self.by(self.env["gendan.cutover.wizard"], MERCHANDISER).create({
            "version_ids": [], "order_ids": [Command.create({
                "order_id": order.id, "scan": base64.b64encode(b"paper"), "scan_name": "p.pdf",
                "finance": "钱敏", "sales_manager": "周建国", "signed_on": "2026-11-10"})]})
        closing = self.by(self.env["gendan.cutover.wizard"], "E01").create({"version_ids": []})
        self.commit()
        return order.sudo(), window, closing

    def assert_revision(self, order, state):
        self.env.cr.rollback()
        self.env.invalidate_all()
        self.assertEqual(order.revision_state, state)

    def test_loaded_before_it_is_closed(self):
        order, window, closing = self.windows()
        merchandiser, manager = self.person(MERCHANDISER), self.person("E01")
        merchandiser.do(window, "action_load_orders")
        with self.waiting_for(merchandiser, lambda: manager.refused(closing, "action_close")):
            merchandiser.cr.rollback()
        self.assert_revision(order, False)
        self.assertTrue(self.company.cutover_closed_at, "what is taken back keeps nobody waiting")

    def test_closed_before_it_is_loaded(self):
        order, window, closing = self.windows()
        merchandiser, manager = self.person(MERCHANDISER), self.person("E01")
        manager.request(closing, "action_close")
        self.assertRegex(merchandiser.refused(window, "action_load_orders"), "cut-over was closed")
        self.assertEqual(merchandiser.attempts, 2, "she had to look again")
        self.assert_revision(order, False)
