from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command

from .shop_floor import ShopFloorCase


class TestException(ShopFloorCase):
    """A sudden problem is told to production and to packaging at once (D4.2)."""

    def report(self, number="E10", clock="2026-12-02 10:22", **values):
        with self.at(clock):
            return self.as_user("gendan.exception", number).create({
                "title": "RM05 did not come", "kind": "raw",
                "notice_ids": [Command.set(self.notice.ids)], **values})

    def acknowledge(self, report, number, clock):
        with self.at(clock):
            self.by(report, number).action_acknowledge()

    def test_told_at_once_and_read(self):
        """S06, 2: reported 10:22, read 10:25 and 10:31; not closed before both."""
        report = self.report()
        sent = fields.Datetime.to_datetime("2026-12-02 02:22:00")
        self.assertEqual({(row.user_id, row.role, row.sent_at) for row in report.told_ids}, {
            (self.user("E12"), "production", sent), (self.user("E13"), "packaging", sent)})
        self.assertLessEqual((self.user("E12") | self.user("E13")).partner_id,
                             report.message_ids.notified_partner_ids)
        with self.refused(r"(?s)Production has not read it → 刘大伟.*Packing has not read it"):
            self.by(report, "E10").action_close()
        self.assertFalse(self.by(report, "E10").can_acknowledge, "who reported it knows")
        self.assertTrue(self.by(report, "E12").can_acknowledge)
        self.acknowledge(report, "E12", "2026-12-02 10:25")
        self.assertFalse(self.by(report, "E12").can_acknowledge, "the button goes with it")
        with self.refused("Packing has not read it → 赵秀英"):
            self.by(report, "E10").action_close()
        self.acknowledge(report, "E13", "2026-12-02 10:31")
        self.assertEqual(report.told_ids.mapped("read_at"), [
            fields.Datetime.to_datetime("2026-12-02 02:25:00"),
            fields.Datetime.to_datetime("2026-12-02 02:31:00")])
        self.by(report, "E10").action_close()
        self.assertEqual(report.state, "closed")
        with self.refused("kept as it is"):
            report.sudo().title = "nothing happened"

    def test_what_was_told_is_not_told_differently_later(self):
        """D4.2: since when it was known stays as it was sent, whoever writes it."""
        report = self.report(known_at="2026-12-02 02:00:00")
        for number in ("E10", "E11", "E12", "E13", "E09"):
            for values in ({"known_at": "2026-11-30 02:00:00"}, {"title": "nothing"},
                           {"kind": "other"}):
                with self.subTest(number, values=values), self.refused("has been sent"):
                    self.by(report, number).write(values)
        self.assertEqual(str(report.known_at), "2026-12-02 02:00:00")

    def test_acknowledged_by_a_deputy(self):
        self.env["gendan.deputy"].with_user(self.user("E13")).create({
            "principal_id": self.user("E13").id, "deputy_id": self.user("E21").id,
            "date_from": "2030-01-01 00:00:00", "date_to": "2030-01-05 00:00:00"})
        report = self.report(clock="2030-01-02 10:22", known_at="2030-01-02 02:00:00")
        self.assertIn(self.user("E21").partner_id, report.message_ids.notified_partner_ids)
        self.acknowledge(report, "E21", "2030-01-02 10:30")
        row = report.told_ids.filtered(lambda told: told.role == "packaging")
        self.assertEqual(row.read_by_id, self.user("E21"))

    def test_nobody_else_takes_note_or_makes_up(self):
        report = self.report()
        for number in ("E03", "E10", "E14"):
            with self.subTest(number), self.refused("cannot do this"):
                self.by(report, number).action_acknowledge()
        with self.refused("written by", AccessError):
            self.by(report.told_ids[:1], "E10").write({"read_at": "2026-12-02 02:23:00"})
        with self.refused("noted by the server"):
            self.report(reported_at="2026-12-01 00:00:00")
        with self.refused("before it happens"):
            self.report(known_at="2026-12-03 00:00:00")
        with self.refused("never deleted|kept"):
            report.sudo().unlink()
