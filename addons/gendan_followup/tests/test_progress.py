from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError

from .shop_floor import ShopFloorCase


class TestProgress(ShopFloorCase):
    """The salesperson hears of the start, of half, of the end and every day (D4.6)."""

    def setUp(self):
        super().setUp()
        self.notice.sudo().state = "released"
        self.line.sudo().released_quantity = 6000
        self.company.sudo().trial_quantity = 0
        self.productions = self.draft_production("E12", self.line, 3000) | self.draft_production(
            "E12", self.line, 3000)

    def tell(self, clock):
        with patch.object(self.env.registry["ir.cron"], "_commit_progress",
                          lambda *_args, **_kwargs: 1), self.at(clock):
            self.env["gendan.progress"]._cron_tell()
        return self.env["gendan.progress"].search(
            [("notice_line_id", "=", self.line.id)], order="id")

    def made(self, production, clock):
        """Say that a manufacturing order was done: how it is made is another story."""
        with self.at(clock):
            self.env.flush_all()
            self.cr.execute("UPDATE mrp_production SET state = 'done' WHERE id = %s",
                            (production.id,))
            self.env.invalidate_all()

    def started(self):
        self.env.flush_all()
        self.cr.execute("UPDATE mrp_production SET state = 'progress' WHERE id = %s",
                        (self.productions[1].id,))
        self.env.invalidate_all()

    def test_start_half_all_and_daily(self):
        self.assertFalse(self.tell("2026-12-15 08:00"), "nothing runs yet")
        self.started()
        self.assertEqual(self.tell("2026-12-15 08:10").mapped("code"), ["start"])
        self.assertEqual(len(self.tell("2026-12-15 16:59")), 1)
        self.assertEqual(self.tell("2026-12-15 17:00").mapped("code"), ["start", "daily"])
        self.assertEqual(len(self.tell("2026-12-15 18:00")), 2, "once a day")
        self.made(self.productions[0], "2026-12-16 09:00")
        rows = self.tell("2026-12-16 09:10")
        self.assertRecordValues(rows[-1], [{
            "code": "half", "produced": 3000, "total": 6000, "user_id": self.user("E04").id}])
        self.made(self.productions[1], "2026-12-16 15:00")
        rows = self.tell("2026-12-16 15:10")
        self.assertEqual(rows.mapped("code"), ["start", "daily", "half", "full"])
        self.assertEqual(self.tell("2026-12-16 18:00"), rows, "nothing after the end")
        said = self.notice.message_ids.filtered(
            lambda message: self.user("E04").partner_id in message.notified_partner_ids)
        self.assertEqual(len(said), 4)
        self.assertTrue(any("3,000" in message.body and "6,000" in message.body
                            for message in said))

    def test_no_daily_message_on_a_day_off(self):
        self.started()
        self.tell("2026-12-19 08:10")
        self.assertEqual(len(self.tell("2026-12-20 18:00")), 1, "Sunday")

    def test_the_hour_is_a_setting(self):
        self.started()
        self.company.progress_hour = 11.5
        self.tell("2026-12-15 08:10")
        self.assertEqual(self.tell("2026-12-15 11:30")[-1].code, "daily")

    def test_over_production_and_a_missed_step(self):
        self.line.sudo().released_quantity = 5000
        self.made(self.productions[0], "2026-12-16 09:00")
        self.made(self.productions[1], "2026-12-16 09:00")
        rows = self.tell("2026-12-16 09:10")
        self.assertRecordValues(rows, [{"code": "full", "produced": 6000, "total": 5000}])
        self.assertIn("1,000", str(self.notice.message_ids.mapped("body")))

    def test_rows_are_the_servers(self):
        self.started()
        row = self.tell("2026-12-15 08:10")
        for number in ("E09", "E10"):
            with self.subTest(number), self.refused("written by|not allowed", AccessError):
                self.by(row, number).write({"produced": 1})
        self.assertEqual(row.sent_at, fields.Datetime.to_datetime("2026-12-15 00:10:00"))

    def test_constant_queries_of_the_finding(self):
        """Ten running lines cost what three cost, besides the messages themselves."""
        counts = []
        for batch, size in ((1, 3), (2, 10)):
            lines = self.line.browse()
            for number in range(size):
                notice = self.new_notice(f"SC-{batch}-{number:04d}", state="released")
                notice.line_ids.released_quantity = 6000
                lines |= notice.line_ids
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            lines._produced_quantities()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
