"""A production notice without an order, for stock or for samples above A37 (design 6.5)."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .forgery_common import ROLE_HOLDERS, ForgeryCase

PLANNER, MERCHANDISER, FINANCE, MANAGER, PRODUCTION = "E09", "E10", "E07", "E02", "E12"
WATCHED = ("gendan.production.notice", "gendan.production.notice.line", "gendan.revision",
           "gendan.signature", "mrp.production")


class TestNoticeRequest(ForgeryCase):
    def setUp(self):
        super().setUp()
        clock = self.at("2026-12-07 09:00")
        clock.__enter__()
        self.addCleanup(clock.__exit__, None, None, None)

    def values(self, **values):
        return {"purpose": "stock", "purpose_reason": "旺季备货",
                "merchandiser_id": self.user(MERCHANDISER).id, "delivery_date": "2026-12-28",
                **values}

    def request(self, number=PLANNER, packs=2400, **values):
        """Request a notice as ``number``."""
        return self.by(self.env["gendan.production.notice"], number).action_request(
            self.values(**values), [{"product_id": self.ref("F15").id, "quantity": packs}])

    def notice_in(self, state):
        """Return a notice that has come as far as ``state``."""
        steps = ("draft", "submitted", "verified", "signed", "valid")
        done = steps.index(state)
        notice = self.request()
        if done >= 1:
            self.by(notice, PLANNER).action_submit()
        if done >= 2:
            self.verify(notice, MERCHANDISER)
        if done >= 3:
            self.by(notice, FINANCE).action_sign_finance()
        if done >= 4:
            self.by(notice, MANAGER).action_sign_sales_manager()
        self.env.flush_all()
        return notice.sudo()

    # -------------------------------------------------------------------- story

    def test_from_request_to_goods_in_stock(self):
        notice = self.notice_in("valid")
        self.assertRecordValues(notice, [{
            "state": "valid", "revision_letter": "A", "revision_state": "valid",
            "order_id": False, "purpose": "stock", "requested_by_id": self.user(PLANNER).id}])
        self.assertEqual(notice.line_ids.to_make_quantity, 2400)
        self.assertEqual(set(notice.revision_id.signature_ids.mapped("role")),
                         {"finance", "sales_manager"})
        self.by(notice, MERCHANDISER).action_release()
        self.assertRecordValues(notice, [{
            "state": "released", "released_by_id": self.user(MERCHANDISER).id}])
        self.assertRecordValues(notice.production_ids, [{
            "product_qty": 2400, "state": "confirmed", "sale_line_id": False}])
        self.assertEqual(notice.production_ids.bom_id, notice.line_ids.bom_id)
        self.assertFalse(notice.line_ids.bom_id.active)

    def test_each_step_names_who_comes_next(self):
        for state, missing in (
                ("draft", "not submitted → 徐志强"), ("submitted", "not verified yet → 王芳"),
                ("verified", "missing signature of Finance → .*钱敏"),
                ("signed", "missing signature of Sales manager → .*周建国")):
            notice = self.notice_in(state)
            with self.subTest(state), self.refused(missing):
                self.by(notice, MERCHANDISER).action_release()
            self.assertEqual(notice.state, "draft")
            production = self.draft_production(PRODUCTION, notice.line_ids)
            with self.refused(missing):
                self.by(production, PRODUCTION).action_confirm()
            self.assertEqual(production.state, "draft")

    def test_returned_and_corrected(self):
        notice = self.notice_in("submitted")
        self.by(notice, MERCHANDISER).action_return("数量太多")
        self.by(notice, PLANNER).action_edit_request(
            self.values(), [{"product_id": self.ref("F15").id, "quantity": 1200}])
        self.by(notice, PLANNER).action_submit()
        self.assertEqual(notice.revision_id.cycle, 2)
        self.assertEqual(notice.line_ids.quantity, 1200)

    def test_change_after_release_holds_and_is_signed_again(self):
        notice = self.notice_in("valid")
        self.by(notice, MERCHANDISER).action_release()
        self.by(notice, PLANNER).action_open_revision("再加 1200")
        self.by(notice, PLANNER).action_edit_request(
            self.values(), [{"product_id": self.ref("F15").id, "quantity": 3600}])
        self.by(notice, PLANNER).action_submit()
        self.assertTrue(notice.on_hold)
        with self.refused("on hold"):
            self.by(notice, MERCHANDISER).action_release()
        self.verify(notice, MERCHANDISER)
        self.by(notice, FINANCE).action_sign_finance()
        self.by(notice, MANAGER).action_sign_sales_manager()
        self.assertRecordValues(notice, [{"on_hold": False, "revision_letter": "B"}])
        self.assertEqual(notice.line_ids.to_make_quantity, 1200)

    def test_wizard(self):
        wizard = Form(self.by(self.env["gendan.notice.request"], PLANNER))
        wizard.purpose, wizard.purpose_reason = "sample", "展会"
        wizard.merchandiser_id = self.user(MERCHANDISER)
        wizard.delivery_date = "2026-12-28"
        with wizard.line_ids.new() as line:
            line.product_id = self.ref("F13")
            line.quantity = 300
        action = wizard.save().action_save()
        notice = self.env["gendan.production.notice"].browse(action["res_id"])
        self.assertRecordValues(notice, [{"state": "draft", "purpose": "sample"}])
        self.assertEqual(notice.line_ids.quantity, 300)

    # ----------------------------------------------------------------- refusals

    def test_requested_by_the_plan_manager_only(self):
        for number in ({*ROLE_HOLDERS.values()} - {PLANNER}) | {*self.outsiders}:
            with self.subTest(number):
                error = self.assert_no_effect(WATCHED, self.request, number)
                self.assertRegex(str(error), r"requested by the plan manager \(徐志强\)")

    def test_incomplete_request(self):
        for name in ("purpose", "purpose_reason", "merchandiser_id", "delivery_date"):
            with self.subTest(name), self.refused("A notice without an order needs"):
                self.request(**{name: False})
        with self.refused("a quantity above 0"):
            self.request(packs=0)
        with self.refused("is no merchandiser"):
            self.request(merchandiser_id=self.user(PRODUCTION).id)

    def test_date_in_the_past_is_not_submitted(self):
        notice = self.request(delivery_date="2026-12-01")
        with self.refused("the date 2026-12-01 is in the past"):
            self.by(notice, PLANNER).action_submit()
        self.assertFalse(notice.revision_id)

    def test_no_step_is_taken_by_somebody_else(self):
        doors = (("submitted", "action_verify", MERCHANDISER),
                 ("verified", "action_sign_finance", FINANCE),
                 ("verified", "action_sign_sales_manager", MANAGER),
                 ("valid", "action_release", MERCHANDISER))
        for state, method, owner in doors:
            notice = self.notice_in(state)
            if method == "action_verify":
                self.by(notice, MERCHANDISER).tick_ids.action_tick()
            for number in self.everybody:
                if number == owner or (method == "action_release" and number == PLANNER):
                    continue
                with self.subTest(f"{method} {number}"):
                    error = self.assert_no_effect(
                        WATCHED, self.rpc, number, "gendan.production.notice", method, notice.ids)
                    self.assertIsInstance(error, (UserError, AccessError))

    def test_points_are_ticked_by_who_verifies(self):
        notice = self.notice_in("submitted")
        ticks = notice.revision_id.tick_ids
        for number in (PLANNER, FINANCE, MANAGER, "E05", "system"):
            with self.subTest(number):
                error = self.assert_no_effect(
                    ("gendan.verification.tick",), self.rpc, number,
                    "gendan.verification.tick", "action_tick", ticks.ids)
                self.assertIn("王芳 verifies it", str(error))
        with self.refused("is not ticked"):
            self.by(notice, MERCHANDISER).action_verify()

    def test_written_by_nobody(self):
        notice = self.notice_in("verified")
        doors = (("write", notice.ids, {"state": "valid"}), ("unlink", notice.ids),
                 ("write", notice.ids, {"purpose": "sample", "valid_revision_id": 1}),
                 ("create", {"name": "X", "company_id": self.company.id, "purpose": "stock"}),
                 ("copy", notice.ids))
        for number in self.everybody:
            for method, *arguments in doors:
                with self.subTest(f"{number} {method}"):
                    self.assertTrue(self.assert_no_effect(
                        WATCHED, self.rpc, number, "gendan.production.notice", method, *arguments))

    def test_notice_of_an_order_takes_no_step_of_its_own(self):
        order = self.order_in("verified")
        for number in (PLANNER, MERCHANDISER, FINANCE, MANAGER):
            for method in ("action_submit", "action_verify", "action_sign_finance",
                           "action_sign_sales_manager", "action_call_off",
                           "action_withdraw_submission", "action_discard_revision"):
                with self.subTest(f"{number} {method}"):
                    error = self.assert_no_effect(
                        WATCHED, self.rpc, number, "gendan.production.notice", method,
                        order.notice_id.ids)
                    self.assertIn("follows its sales order", str(error))

    def test_called_off_before_the_release_only(self):
        notice = self.notice_in("valid")
        with self.refused("is the plan manager's to write"):
            self.by(notice, MERCHANDISER).action_call_off()
        self.by(notice, PLANNER).action_call_off()
        self.assertRecordValues(notice, [{"state": "cancel", "revision_state": "void"}])
        released = self.notice_in("valid")
        self.by(released, MERCHANDISER).action_release()
        with self.refused("is released or cancelled"):
            self.by(released, PLANNER).action_call_off()

    def test_nothing_is_taken_from_stock(self):
        notice = self.notice_in("valid")
        with self.refused("stands without an order: all of it is made"):
            self.by(notice, MERCHANDISER).action_check_stock()
        self.assertFalse(notice.stock_check_ids)
