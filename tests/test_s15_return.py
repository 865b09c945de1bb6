"""S15, item 5: wet cartons come back, and nothing replaces them without its papers (D8.6)."""

from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import photo
from odoo.addons.gendan_followup.tests.shipping_case import ShippingCase

SALESPERSON, KEEPER, QC = "E05", "E16", "E20"
WET = 12 * 24


@tagged("stories")
class TestS15Return(ShippingCase):
    """C06 got 240 cartons of F01 on 12-07 and sends twelve of them back wet."""

    def setUp(self):
        super().setUp()
        self.order = self.stocked_order(day="2026-12-04", due="2026-12-10")
        with self.at("2026-12-06 09:00"):
            self.papers(self.order)
        with self.at("2026-12-07 09:00"):
            self.sent = self.delivery(self.order)
            self.sent.button_validate()

    def sent_back(self, picking, packs):
        """Let ``packs`` of ``picking`` go back the way they came, as the keeper drafts it."""
        wizard = self.as_user("stock.return.picking", KEEPER).with_context(
            active_id=picking.id, active_ids=picking.ids, active_model="stock.picking").create(
            {"picking_id": picking.id})
        wizard.product_return_moves.quantity = packs
        back = wizard._create_return()
        back.action_assign()
        back.move_ids.picked = True
        return back

    def usable(self):
        product = self.ref("F01").sudo()
        return product._usable_stock(self.company)[0][product]

    def test_5_inward_on_hold_replaced_with_papers_only(self):
        before, notices = self.usable(), self.env["gendan.shipping.notice"].search([])
        with self.at("2026-12-09 09:00"):
            back = self.sent_back(self.sent, WET)
            back.button_validate()
        lots = back.move_ids.move_line_ids.lot_id
        self.assertRecordValues(back, [{"state": "done"}])
        self.assertEqual(sum(back.move_ids.mapped("quantity")), WET)
        self.assertEqual(self.env["gendan.shipping.notice"].search([]), notices,
                         "goods that come in need no shipping notice")
        self.assertTrue(lots and all(lots.mapped("is_blocked")), "on hold for quality control")
        self.assertLessEqual(self.usable(), before, "what came back is no usable stock")
        self.assertTrue(lots[0].sudo().message_ids.filtered(
            lambda message: back.name in (message.body or "")))
        with self.refused("carries its bag, mark, expiry or hold already"):
            self.by(lots, KEEPER).is_blocked = False

    def test_5_complaint_is_logged(self):
        with self.at("2026-12-09 09:30"):
            entry = self.as_user("gendan.customer.log", SALESPERSON).create({
                "kind": "complaint", "partner_id": self.ref("C06").id,
                "product_id": self.ref("F01").id, "order_id": self.order.id,
                "question": "12 箱受潮,退回", "photo": photo(),
                "addressee_id": self.user("E10").id, "due_at": "2026-12-09 09:00:00"})
            entry.action_ask()
        self.assertRecordValues(entry, [{
            "state": "asked", "kind": "complaint", "written_by_id": self.user(SALESPERSON).id}])

    def test_5_no_replacement_without_notice_and_slip(self):
        with self.at("2026-12-09 09:00"):
            back = self.sent_back(self.sent, WET)
            back.button_validate()
            lots = back.move_ids.move_line_ids.lot_id
            again = self.sent_back(back, WET)
            with self.refused("no shipping notice for"):
                again.button_validate()
            shipping = self.accepted_shipping(self.order, "2026-12-10", packs=WET)
            with self.refused("no goods-issue slip"):
                self.by(shipping, KEEPER).action_start_loading()
            with self.refused("no shipping notice for|no goods-issue slip|is not being loaded"):
                again.button_validate()
            self.with_slip(shipping)
            self.start_loading(shipping)
            with self.refused("is on QC hold"):
                self.by(again, KEEPER).button_validate()
            self.by(lots, QC).is_blocked = False
            self.by(again, KEEPER).button_validate()
        self.assertEqual((again.state, shipping.state), ("done", "shipped"))
