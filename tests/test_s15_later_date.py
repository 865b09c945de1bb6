"""S15 edge: a later date is signed again after everything is made; the goods leave once."""

from odoo import fields
from odoo.tests import tagged

from odoo.addons.gendan_followup.calc.working_time import utc
from odoo.addons.gendan_followup.tests.common import TZ, FollowupCase

SALESPERSON, MERCHANDISER = "E03", "E10"
PACKS = 2000


@tagged("stories")
class TestLaterDate(FollowupCase):
    """C04, F04 2,000 packs: made, then the customer agrees to a later day (D1.11, D4.8)."""

    def setUp(self):
        super().setUp()
        with self.at("2026-11-24 09:00"):
            self.order = self.new_order(
                SALESPERSON, "C04", [("F04", PACKS, 0.21)], "2026-12-08")
            self.make_valid(self.order, SALESPERSON, MERCHANDISER)
            self.notice = self.release(self.order, MERCHANDISER)

    def later(self):
        with self.at("2026-12-02 08:30"):
            seller = self.by(self.order, SALESPERSON)
            seller.action_open_revision("客户同意推迟")
            seller.commitment_date = utc(fields.Date.to_date("2026-12-15"), None, TZ)
            self.make_valid(self.order, SALESPERSON, MERCHANDISER)

    def outgoing(self):
        return self.order.sudo().picking_ids.move_ids.filtered(
            lambda move: move.state != "cancel")

    def test_before_it_is_made(self):
        self.later()
        self.assertEqual(sum(self.outgoing().mapped("product_uom_qty")), PACKS)

    def test_after_it_is_made(self):
        with self.at("2026-12-01 09:00"):
            self.produce(self.notice.sudo().production_ids, "E12")
        self.assertEqual(sum(self.outgoing().mapped("product_uom_qty")), PACKS)
        before = self.order.sudo().order_line.move_ids
        self.later()
        self.assertEqual(sum(self.outgoing().mapped("product_uom_qty")), PACKS)
        self.assertEqual(self.order.sudo().order_line.move_ids, before)
