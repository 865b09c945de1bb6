"""S15: the life of an order: change and hold (item 1), two merchandisers (item 2)."""

from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import FollowupCase, moment

SALESPERSON, MERCHANDISER, OTHER_MERCHANDISER = "E05", "E10", "E11"
FINANCE, MANAGER, PLAN_MANAGER, PRODUCTION = "E07", "E02", "E09", "E12"
PACKS, PRICE = 2400, 6.4


class OrderLifeCase(FollowupCase):
    """C06's 100 cartons F15, valid and released on Monday 12-07."""

    def setUp(self):
        super().setUp()
        with self.at("2026-12-07 09:00"):
            self.order = self.new_order(
                SALESPERSON, "C06", [("F15", PACKS, PRICE)], "2026-12-20")
            self.make_valid(self.order, SALESPERSON, MERCHANDISER)
            self.release(self.order, MERCHANDISER)
        self.production = self.order.sudo().notice_id.production_ids

    def notice(self, number):
        return self.notice_of(self.order, number)

    def change(self, packs, reason="客户加 1 包"):
        """Open a revision, set the quantity and submit it, as the salesperson."""
        order = self.by(self.order, SALESPERSON)
        order.action_open_revision(reason)
        # core would look the price up again for another quantity: the agreed one stays
        order.order_line.write({"product_uom_qty": packs, "price_unit": PRICE})
        order.tail_carton_agreed = bool(packs % 24)
        order.action_submit()

    def sign_again(self):
        self.verify(self.order, MERCHANDISER)
        self.by(self.order, FINANCE).action_sign_finance()
        self.by(self.order, MANAGER).action_sign_sales_manager()


@tagged("stories")
class TestS15Change(OrderLifeCase):
    """One pack more: revision B, both signatures void, everything on hold."""

    def test_drafting_stops_nothing(self):
        with self.at("2026-12-07 14:00"):
            order = self.by(self.order, SALESPERSON)
            order.action_open_revision("客户加 1 包")
            order.order_line.product_uom_qty = PACKS + 1
        self.assertEqual(self.order.sudo().valid_revision_id.letter, "A")
        self.assertFalse(self.notice(PRODUCTION).on_hold)
        self.assertEqual(self.notice(PRODUCTION).line_ids.quantity, PACKS)
        self.assertEqual(sum(self.order.sudo().picking_ids.move_ids.mapped("product_uom_qty")),
                         PACKS)
        with self.at("2026-12-07 14:05"):
            self.accept_first_article(self.production)
            self.by(self.production, PRODUCTION).workorder_ids.button_start()

    def test_submitting_voids_and_holds(self):
        with self.at("2026-12-07 14:00"):
            self.change(PACKS + 1)
        revisions = self.order.sudo().revision_ids.sorted("number")
        self.assertRecordValues(revisions, [
            {"letter": "A", "state": "void", "voided_at": moment("2026-12-07 14:00")},
            {"letter": "B", "state": "submitted", "voided_at": False}])
        self.assertEqual(revisions[1].change_class, "technical")
        self.assertFalse(self.order.sudo().valid_revision_id)
        self.assertRecordValues(self.notice(PRODUCTION), [{
            "on_hold": True, "hold_kind": "revision", "state": "released"}])
        self.assertEqual(self.production.state, "confirmed", "on hold, not cancelled")
        with self.at("2026-12-07 14:10"), self.refused("is on hold: revision B is being signed"):
            self.by(self.production, PRODUCTION).workorder_ids.button_start()
        self.assertEqual(set(self.production.workorder_ids.mapped("state")) & {"progress"}, set())

    def test_the_tail_carton_is_said(self):
        with self.at("2026-12-07 14:00"):
            order = self.by(self.order, SALESPERSON)
            order.action_open_revision("客户加 1 包")
            order.order_line.product_uom_qty = PACKS + 1
            order.action_submit()
            order = self.by(self.order, MERCHANDISER)
            order.revision_id.tick_ids.action_tick()
            with self.refused("2,401 packs are no full cartons of 24"):
                order.action_verify()

    def test_signed_again_the_work_goes_on(self):
        with self.at("2026-12-07 14:00"):
            self.change(PACKS + 1)
        with self.at("2026-12-07 16:00"):
            self.sign_again()
        notice = self.notice(MERCHANDISER)
        self.assertRecordValues(notice, [{"on_hold": False, "revision_letter": "B"}])
        self.assertEqual(notice.line_ids.quantity, PACKS + 1)
        self.assertEqual(sum(self.order.sudo().picking_ids.move_ids.filtered(
            lambda move: move.state != "cancel").mapped("product_uom_qty")), PACKS + 1)
        with self.at("2026-12-07 16:10"):
            with self.refused("no stock check of revision B"):
                notice.action_release()
            notice.action_check_stock()
            notice.action_release()
        self.assertEqual(sum(self.notice(PRODUCTION).production_ids.mapped("product_qty")),
                         PACKS + 1)

    def test_changed_back_is_revision_c(self):
        with self.at("2026-12-07 14:00"):
            self.change(PACKS + 1)
        with self.at("2026-12-07 16:00"):
            self.sign_again()
        first, second = self.order.sudo().revision_ids.sorted("number")
        with self.at("2026-12-08 09:00"):
            self.change(PACKS, "客户又改回来")
            self.sign_again()
        third = self.order.sudo().revision_id
        self.assertEqual((first.letter, second.letter, third.letter), ("A", "B", "C"))
        self.assertEqual(third.digest, first.digest, "the same content")
        self.assertEqual(self.order.sudo().valid_revision_id, third)
        self.assertEqual(first.state, "void", "what was void stays void")

    def test_a_remark_is_no_revision(self):
        with self.at("2026-12-07 14:00"):
            order = self.by(self.order, SALESPERSON)
            order.note = "客户喜欢上午收货"
            order.message_post(body="电话")
            order.write({"order_line": [(0, 0, {
                "display_type": "line_note", "name": "内部备注"})]})
        self.assertEqual(len(self.order.sudo().revision_ids), 1)
        self.assertFalse(self.by(self.order, MERCHANDISER).next_step)
        self.assertFalse(self.notice(MERCHANDISER).on_hold)

    def test_a_commercial_change_lets_running_work_go_on(self):
        with self.at("2026-12-07 10:00"):
            # 593.28 kg for 2,400 packs, 300 on hand
            self.put("RM05", 600)
            self.by(self.production, PRODUCTION).action_assign()
            self.accept_first_article(self.production)
            self.by(self.production, PRODUCTION).workorder_ids.button_start()
        with self.at("2026-12-07 14:00"):
            order = self.by(self.order, SALESPERSON)
            order.action_open_revision("降价")
            order.order_line.price_unit = PRICE - 0.1
            order.action_submit()
        self.assertEqual(self.order.sudo().revision_id.change_class, "commercial")
        self.assertFalse(self.notice(PRODUCTION).on_hold)
        self.assertFalse(self.order.sudo().valid_revision_id, "both signatures are void")
        with self.at("2026-12-07 14:10"):
            self.produce(self.production, PRODUCTION)
        self.assertEqual(self.production.state, "done")


@tagged("stories")
class TestS15TwoMerchandisers(OrderLifeCase):
    """PM moves the order from 王芳 to 李娜 on 12-09 at 10:00."""

    def hand_over(self, note="生产部 09:00 的问题未答复"):
        with self.at("2026-12-09 10:00"):
            self.by(self.order, PLAN_MANAGER).action_assign(
                self.user(OTHER_MERCHANDISER).id, note)

    def merchandiser_at(self, text):
        return self.env["gendan.assignment"]._merchandiser_at(self.order.sudo(), moment(text))

    def test_only_the_plan_manager_moves_it(self):
        for number in (SALESPERSON, MERCHANDISER, OTHER_MERCHANDISER, MANAGER):
            with self.subTest(user=number), self.at("2026-12-09 09:59"), self.refused(
                    "is changed by the plan manager → ask 徐志强"):
                self.by(self.order, number).action_assign(self.user(OTHER_MERCHANDISER).id)
        self.assertEqual(self.order.sudo().merchandiser_id, self.user(MERCHANDISER))

    def test_responsible_then_not_now(self):
        self.hand_over()
        self.assertEqual(self.merchandiser_at("2026-12-09 09:30"), self.user(MERCHANDISER))
        self.assertEqual(self.merchandiser_at("2026-12-09 09:59"), self.user(MERCHANDISER))
        self.assertEqual(self.merchandiser_at("2026-12-09 10:00"), self.user(OTHER_MERCHANDISER))
        self.assertEqual(self.merchandiser_at("2026-12-09 11:00"), self.user(OTHER_MERCHANDISER))
        rows = self.order.sudo().assignment_ids.sorted("date_from")
        self.assertRecordValues(rows, [
            {"user_id": self.user(MERCHANDISER).id, "note": False},
            {"user_id": self.user(OTHER_MERCHANDISER).id, "note": "生产部 09:00 的问题未答复"}])
        self.assertEqual(rows[1].assigned_by_id, self.user(PLAN_MANAGER))

    def test_work_changes_hands_at_once(self):
        self.hand_over()
        with self.at("2026-12-09 10:05"):
            with self.refused("is not yours to stop → 李娜 does it"):
                self.notice(MERCHANDISER).action_hold("交接")
            self.notice(OTHER_MERCHANDISER).action_hold("交接")
        self.assertTrue(self.notice(PRODUCTION).on_hold)
