"""S11: a notice that finance has not signed (item 1)."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.materials_case import MaterialsOrderCase

SALESPERSON, MERCHANDISER, FINANCE, MANAGER, PRODUCTION = "E03", "E10", "E07", "E02", "E12"


@tagged("stories")
class TestS11WithoutApproval(MaterialsOrderCase):
    """陈立 presses, 周建国 has signed, 钱敏 has not: every door stays shut."""

    def setUp(self):
        super().setUp()
        with self.at("2026-12-09 17:00"):
            self.order = self.new_order(
                SALESPERSON, "C04", [("F04", 5000, 0.21)], "2026-12-20")
            self.by(self.order, SALESPERSON).action_submit()
        with self.at("2026-12-09 18:00"):
            self.verify(self.order, MERCHANDISER)
            self.by(self.order, MANAGER).action_sign_sales_manager()

    def notice(self, number):
        return self.notice_of(self.order, number)

    def assert_nothing_happened(self):
        self.env.invalidate_all()
        self.assertRecordValues(self.order, [{"state": "draft", "revision_state": "verified"}])
        self.assertRecordValues(self.order.sudo().notice_id, [{
            "state": "draft", "released_at": False}])
        self.assertFalse(self.order.sudo().picking_ids)

    def test_1_release(self):
        with self.at("2026-12-09 19:00"), self.refused("missing signature of Finance → .*钱敏"):
            self.notice(MERCHANDISER).action_release()
        self.assert_nothing_happened()

    def test_1_state_by_import(self):
        with self.at("2026-12-09 19:05"):
            order = self.by(self.order, MERCHANDISER)
            result = order.load([".id", "state"], [[str(order.id), "sale"]])
        self.assertFalse(result["ids"])
        self.assertIn("becomes valid by its submission, verification and two signatures",
                      result["messages"][0]["message"])
        self.assert_nothing_happened()

    def test_1_production_by_rpc(self):
        production = self.draft_production(PRODUCTION, self.notice(PRODUCTION).line_ids)
        with self.at("2026-12-09 19:10"), self.refused("missing signature of Finance"):
            self.by(production, PRODUCTION).action_confirm()
        self.assertEqual(production.state, "draft")
        self.assert_nothing_happened()

    def test_1_notice_by_rpc(self):
        with self.at("2026-12-09 19:15"):
            for number in (SALESPERSON, MERCHANDISER, MANAGER, PRODUCTION):
                with self.subTest(user=number), self.refused(".", AccessError):
                    self.notice(number).write({"state": "released"})
        self.assert_nothing_happened()

    def bag_order(self):
        """Return a request for quotation of the bags, allocated to the notice by 王芳."""
        line = self.order.sudo().notice_id.line_ids
        need = self.env["gendan.need"].sudo().create({
            "notice_line_id": line.id, "product_id": self.ref("PK90_v1").id,
            "gross": line.quantity, "tolerance_percent": 20})
        purchase = self.by(self.env["purchase.order"], MERCHANDISER).create({
            "partner_id": self.ref("V03").id, "order_line": [Command.create({
                "product_id": self.ref("PK90_v1").id, "product_qty": line.quantity,
                "price_unit": 0.1})]})
        self.by(self.env["gendan.purchase.allocation"], MERCHANDISER).create({
            "need_id": need.id, "purchase_line_id": purchase.order_line.id,
            "quantity": line.quantity})
        return purchase

    def test_1_bags(self):
        # none on stock, so that the bags are needed
        quants = self.env["stock.quant"].sudo().search(
            [("product_id", "=", self.ref("PK90_v1").id)])
        quants.inventory_quantity = 0
        quants.action_apply_inventory()
        purchase = self.bag_order()
        for door in (lambda: self.by(purchase, MERCHANDISER).button_confirm(),
                     lambda: self.by(purchase, MERCHANDISER).button_approve(),
                     lambda: self.by(purchase, MERCHANDISER).write({"state": "purchase"}),
                     lambda: purchase.sudo().button_confirm()):
            with self.at("2026-12-09 19:18"), self.refused("missing signature of Finance"):
                door()
        self.assertEqual(purchase.state, "draft")
        self.assertFalse(purchase.sudo().picking_ids)
        with self.at("2026-12-10 08:30"):
            self.by(self.order, FINANCE).action_sign_finance()
            with self.refused("nothing is needed"):
                self.by(purchase, MERCHANDISER).button_confirm()
            self.release(self.order, MERCHANDISER)
            self.settle_materials(self.order.sudo().notice_id, MERCHANDISER)
            self.by(purchase, MERCHANDISER).button_confirm()
        self.assertEqual(purchase.state, "purchase")

    def test_1_the_attempts_are_kept(self):
        purchase = self.bag_order()
        production = self.draft_production(PRODUCTION, self.notice(PRODUCTION).line_ids)
        attempts = (
            lambda: self.notice(MERCHANDISER).action_release(),
            lambda: self.by(self.order, MERCHANDISER).write({"state": "sale"}),
            lambda: self.by(production, PRODUCTION).action_confirm(),
            lambda: self.by(self.order, SALESPERSON).action_confirm(),
            lambda: self.by(purchase, MERCHANDISER).button_confirm(),
        )
        with self.at("2026-12-09 19:20"):
            for attempt in attempts:
                with self.refused("missing signature of Finance"):
                    attempt()
        kept = {(row["gate"], row["user_id_int"]) for row in self.refusals()}
        self.assertEqual(kept, {
            ("notice.release", self.user(MERCHANDISER).id),
            ("order.state", self.user(MERCHANDISER).id),
            ("production.confirm", self.user(PRODUCTION).id),
            ("order.state", self.user(SALESPERSON).id),
            ("purchase.confirm", self.user(MERCHANDISER).id)})

    def test_3_signed_next_day_valid_from_then(self):
        with self.at("2026-12-10 08:30"):
            self.by(self.order, FINANCE).action_sign_finance()
            valid_at = self.order.sudo().revision_id.valid_at
        self.assertEqual(self.order.state, "sale")
        self.assertEqual(valid_at.isoformat(), "2026-12-10T00:30:00")
