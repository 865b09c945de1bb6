from odoo import fields
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import FollowupCase

# in Los Angeles it is half past eleven at night of the day before
LATE_THERE = "2026-12-01 15:30"
TOMORROW = "2026-12-02 00:30"


@tagged("post_install", "-at_install")
class TestCompanyDay(FollowupCase):
    """Filters take the company's day, whoever reads the list and from wherever (X1)."""

    def setUp(self):
        super().setUp()
        with self.at("2026-11-24 09:00"):
            self.order = self.new_order("E05", "C06", [("F01", 240, 8.9)], "2026-12-01")
            self.order.action_submit()

    def abroad(self, model, number="E09", tz="America/Los_Angeles"):
        """Return the model as somebody reads it whose clock stands in another zone."""
        user = self.user(number)
        user.tz = tz
        return self.env[model].with_user(user).with_company(self.company).with_context(tz=tz)

    def test_passed_is_after_the_companys_day(self):
        """At 23:30 of 11-30 in Los Angeles 12-01 has not passed here; at 00:30 of 12-02 it has."""
        for number, zone in (("E09", "America/Los_Angeles"), ("E09", "Pacific/Kiritimati")):
            orders = self.abroad("sale.order", number, zone)
            notices = self.abroad("gendan.production.notice", number, zone)
            for clock, passed in ((LATE_THERE, False), ("2026-12-01 23:59", False),
                                  (TOMORROW, True)):
                with self.subTest(zone=zone, clock=clock), self.at(clock):
                    self.env.invalidate_all()
                    order = orders.browse(self.order.id)
                    notice = notices.browse(self.order.sudo().notice_id.id)
                    for records in (order, notice):
                        found = records.search([("is_past_due", "=", True)])
                        self.assertEqual(records in found, passed)
                        self.assertEqual(records.is_past_due, passed)
        self.order.sudo().action_cancel()
        with self.at(TOMORROW):
            self.assertFalse(orders.search([("is_past_due", "=", True),
                                            ("id", "=", self.order.id)]))

    def test_months_of_the_favourites(self):
        """On the first of a month it is still the old one in Los Angeles, and not for us."""
        with self.at("2026-11-24 09:00"):
            self.make_valid(self.new_order("E05", "C06", [("F01", 240, 8.9)], "2026-11-28"),
                            "E05", "E10")
        favourite = self.env.ref("gendan_followup.filter_report_delivery_late")
        domain = [term for term in safe_eval(favourite.domain) if term[0] == "months_ago"]
        self.assertEqual(domain, [("months_ago", "<=", 0)])
        rows = self.abroad("gendan.report.delivery", "E01")
        self.env.flush_all()
        november = [("revised_date", "=", "2026-11-28")]
        with self.at("2026-11-30 23:30"):
            self.assertTrue(rows.search(november + domain))
        with self.at("2026-12-01 00:30"):
            self.assertEqual(fields.Date.context_today(rows).isoformat(), "2026-11-30")
            self.assertFalse(rows.search(november + domain))
            self.assertEqual(set(rows.search(november).mapped("months_ago")), {1})
            self.assertTrue(rows.search([*november, ("months_ago", "<=", 1)]))

    def test_no_filter_takes_the_readers_day(self):
        """Neither a view, an action nor a favourite of ours asks the reader's clock."""
        data = self.env["ir.model.data"].search([
            ("module", "in", ("gendan_followup", "gendan_liability")),
            ("model", "in", ("ir.ui.view", "ir.actions.act_window", "ir.filters"))])
        for row in data:
            record = self.env[row.model].browse(row.res_id)
            text = record.arch_db if row.model == "ir.ui.view" else record.domain
            for word in ("context_today", "current_date", "'today", "relativedelta"):
                self.assertNotIn(word, text or "", row.complete_name)
