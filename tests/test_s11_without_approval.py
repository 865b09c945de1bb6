"""S11: a notice that finance has not signed (item 1)."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import FollowupCase

SALESPERSON, MERCHANDISER, FINANCE, MANAGER, PRODUCTION = "E03", "E10", "E07", "E02", "E12"


@tagged("stories")
class TestS11WithoutApproval(FollowupCase):
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

    def test_1_the_attempts_are_kept(self):
        production = self.draft_production(PRODUCTION, self.notice(PRODUCTION).line_ids)
        attempts = (
            lambda: self.notice(MERCHANDISER).action_release(),
            lambda: self.by(self.order, MERCHANDISER).write({"state": "sale"}),
            lambda: self.by(production, PRODUCTION).action_confirm(),
            lambda: self.by(self.order, SALESPERSON).action_confirm(),
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
            ("order.state", self.user(SALESPERSON).id)})

    def test_3_signed_next_day_valid_from_then(self):
        with self.at("2026-12-10 08:30"):
            self.by(self.order, FINANCE).action_sign_finance()
            valid_at = self.order.sudo().revision_id.valid_at
        self.assertEqual(self.order.state, "sale")
        self.assertEqual(valid_at.isoformat(), "2026-12-10T00:30:00")
