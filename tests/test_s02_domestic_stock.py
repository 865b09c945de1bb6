"""S02: a domestic order from stock, then one that is short (items 1 and 5, up to the release)."""

from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import FollowupCase, moment

SALESPERSON, MERCHANDISER, KEEPER, PRODUCTION = "E05", "E10", "E16", "E12"
PER_CARTON = 24
# master data, section 1.7: cartons of F01 in bag v3, of them reserved, and in the old bag v2
ON_HAND, RESERVED, OLD_BAG = 500, 80, 60


@tagged("stories")
class TestS02DomesticStock(FollowupCase):
    """C06's order lies on stock; C07's order is covered in part."""

    def setUp(self):
        super().setUp()
        with self.at("2026-11-20 09:00"):
            # SO-2610-044: promised before the story begins
            self.older = self.ordered("C06", RESERVED, "2026-12-01")
            self.notice_of(self.older, MERCHANDISER).action_check_stock()

    def ordered(self, customer, cartons, due):
        order = self.new_order(
            SALESPERSON, customer, [("F01", cartons * PER_CARTON, 8.9)], due)
        self.make_valid(order, SALESPERSON, MERCHANDISER)
        return order

    def from_stock(self):
        """Item 1 up to the stock check."""
        with self.at("2026-11-24 09:00"):
            order = self.ordered("C06", 240, "2026-11-26")
        with self.at("2026-11-24 10:30"):
            self.notice_of(order, MERCHANDISER).action_check_stock()
        return order

    # ------------------------------------------------------------------ item 1

    def test_1_usable_is_what_is_free_and_right(self):
        order = self.from_stock()
        rows = self.notice_of(order, MERCHANDISER).stock_check_id.line_ids
        usable = ON_HAND - RESERVED
        self.assertEqual(sum(rows.mapped("on_hand")), (ON_HAND + OLD_BAG) * PER_CARTON)
        self.assertEqual(sum(rows.mapped("usable")), usable * PER_CARTON)
        self.assertEqual(sum(rows.mapped("taken")), 240 * PER_CARTON)
        old = rows.filtered(lambda row: row.lot_id.bag_version_id == self.ref("PK02_v2"))
        self.assertRecordValues(old, [{
            "on_hand": OLD_BAG * PER_CARTON, "usable": 0, "taken": 0, "reason": "blocked"}])

    def test_1_reserved_and_nothing_to_make(self):
        order = self.from_stock()
        line = self.notice_of(order, MERCHANDISER).line_ids
        self.assertRecordValues(line, [{
            "stock_quantity": 240 * PER_CARTON, "to_make_quantity": 0, "released_quantity": 0}])
        move = order.sudo().picking_ids.move_ids
        self.assertRecordValues(move, [{"state": "assigned", "quantity": 240 * PER_CARTON}])
        self.assertEqual(move.move_line_ids.lot_id.bag_version_id, self.ref("PK02_v3"))

    def test_1_no_production_for_what_stock_covers(self):
        order = self.from_stock()
        notice = self.notice_of(order, MERCHANDISER)
        with self.at("2026-11-24 10:40"):
            with self.refused("nothing is short, 0 to make → deliver from stock"):
                notice.action_release()
            production = self.draft_production(
                PRODUCTION, self.notice_of(order, PRODUCTION).line_ids, 240 * PER_CARTON)
            with self.refused(f"{notice.name} is not released"):
                self.by(production, PRODUCTION).action_confirm()
        self.assertEqual(production.state, "draft")
        self.assertEqual(notice.state, "valid")

    def test_1_two_orders_share_no_pack(self):
        self.from_stock()
        with self.at("2026-11-24 11:00"):
            second = self.ordered("C07", 240, "2026-12-05")
            self.notice_of(second, MERCHANDISER).action_check_stock()
        left = ON_HAND - RESERVED - 240
        self.assertRecordValues(self.notice_of(second, MERCHANDISER).line_ids, [{
            "stock_quantity": left * PER_CARTON, "to_make_quantity": (240 - left) * PER_CARTON}])

    # ------------------------------------------------------------------ item 5

    def short_order(self):
        self.from_stock()
        with self.at("2026-11-25 09:00"):
            return self.ordered("C07", 600, "2026-12-05")

    def test_5_the_shortage_is_released(self):
        order = self.short_order()
        usable = ON_HAND - RESERVED - 240
        with self.at("2026-11-25 10:00"):
            notice = self.release(order, MERCHANDISER)
        self.assertRecordValues(notice, [{
            "state": "released", "released_at": moment("2026-11-25 10:00")}])
        self.assertRecordValues(notice.line_ids, [{
            "stock_quantity": usable * PER_CARTON,
            "released_quantity": (600 - usable) * PER_CARTON, "to_make_quantity": 0}])
        self.assertRecordValues(self.notice_of(order, PRODUCTION).production_ids, [{
            "state": "confirmed", "product_qty": (600 - usable) * PER_CARTON}])

    def test_5_not_one_pack_more_than_the_shortage(self):
        order = self.short_order()
        with self.at("2026-11-25 10:00"):
            notice = self.release(order, MERCHANDISER)
            released = notice.line_ids.released_quantity
            extra = self.draft_production(
                PRODUCTION, self.notice_of(order, PRODUCTION).line_ids, 1)
            with self.refused(f"{released + 1:,.0f} to make, {released:,.0f} released"):
                self.by(extra, PRODUCTION).action_confirm()
        self.assertEqual(extra.state, "draft")

    def test_5_delivered_from_both(self):
        order = self.short_order()
        with self.at("2026-11-25 10:00"):
            notice = self.release(order, MERCHANDISER)
        with self.at("2026-12-01 08:00"):
            # the bags ordered meanwhile (D3) have arrived
            self.put("PK02_v3", notice.line_ids.released_quantity)
            self.put("PK91_v1", notice.line_ids.released_quantity / PER_CARTON)
            self.produce(self.notice_of(order, PRODUCTION).production_ids, PRODUCTION)
        move = order.sudo().picking_ids.move_ids
        self.assertEqual(sum(move.mapped("quantity")), 600 * PER_CARTON)
        self.assertEqual(move.move_line_ids.lot_id,
                         notice.sudo().line_ids._permitted_lots()
                         | notice.sudo().production_ids.move_finished_ids.move_line_ids.lot_id)
