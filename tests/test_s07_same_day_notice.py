"""S07: the shipping notice on the day itself is refused (D8.2–D8.5), every row of the table."""

from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import moment
from odoo.addons.gendan_followup.tests.shipping_case import ShippingCase

SALESPERSON, EXPORT_SALESPERSON, DISPATCHER, FINANCE, KEEPER = "E05", "E03", "E11", "E08", "E16"
REFUSED = "came on the day itself and is refused by default"


@tagged("stories")
class TestS07SameDayNotice(ShippingCase):
    """Judged by the company's day, whatever the user's own timezone says."""

    def setUp(self):
        super().setUp()
        self.order = self.stocked_order(packs=240, due="2026-12-03")

    def submit(self, at, ship_date, seller=SALESPERSON, order=None):
        """Write a notice and submit it at once."""
        with self.at(at):
            shipping = self.new_shipping(order or self.order, ship_date, seller=seller)
            self.by(shipping, seller).action_submit()
        return shipping

    def assert_passes(self, shipping, at, is_late):
        self.assertRecordValues(shipping, [{"is_same_day": False, "is_late": is_late}])
        with self.at(at):
            self.by(shipping, DISPATCHER).action_accept()
        self.assertEqual(shipping.state, "accepted")

    def assert_same_day(self, shipping, at):
        self.assertTrue(shipping.is_same_day)
        with self.at(at), self.refused(REFUSED):
            self.by(shipping, DISPATCHER).action_accept()
        self.assertEqual(shipping.state, "submitted")

    def test_0810_refused_by_default(self):
        shipping = self.submit("2026-12-03 08:10", "2026-12-03")
        self.assertEqual(shipping.submitted_at, moment("2026-12-03 08:10"))
        self.assert_same_day(shipping, "2026-12-03 08:15")
        with self.at("2026-12-03 08:20"):
            with self.refused("this is the merchandiser's or the plan manager's part"):
                self.by(shipping, SALESPERSON).action_accept("客户急要")
            self.by(shipping, DISPATCHER).action_refuse()
        self.assertRecordValues(shipping, [{
            "state": "refused", "decided_by_id": self.user(DISPATCHER).id}])

    def test_0810_accepted_with_a_reason(self):
        shipping = self.submit("2026-12-03 08:10", "2026-12-03")
        with self.at("2026-12-03 08:20"):
            self.by(shipping, DISPATCHER).action_accept("客户停产")
            with self.refused("no goods-issue slip"):
                self.by(shipping, KEEPER).action_start_loading()
        self.assertRecordValues(shipping, [{
            "state": "accepted", "decision_reason": "客户停产", "is_same_day": True}])
        self.assertEqual(self.env["gendan.shipping.notice"].search_count([
            ("salesperson_id", "=", self.user(SALESPERSON).id), ("is_same_day", "=", True),
            ("state", "=", "accepted")]), 1)

    def test_1605_the_day_before_passes_late(self):
        shipping = self.submit("2026-12-02 16:05", "2026-12-03")
        self.assert_passes(shipping, "2026-12-02 16:10", True)

    def test_one_second_before_midnight_passes_late(self):
        shipping = self.submit("2026-12-02 23:59:59", "2026-12-03")
        self.assertEqual(str(shipping.submitted_at), "2026-12-02 15:59:59")
        self.assert_passes(shipping, "2026-12-03 07:30", True)

    def test_midnight_is_the_same_day(self):
        shipping = self.submit("2026-12-03 00:00:00", "2026-12-03")
        self.assertEqual(str(shipping.submitted_at), "2026-12-02 16:00:00")
        self.assert_same_day(shipping, "2026-12-03 07:30")

    def test_half_past_midnight_from_berlin(self):
        self.user(EXPORT_SALESPERSON).tz = "Europe/Berlin"
        order = self.stocked_order(packs=240, customer="C05", seller=EXPORT_SALESPERSON)
        shipping = self.submit("2026-12-03 00:30", "2026-12-03", EXPORT_SALESPERSON, order)
        self.assert_same_day(shipping, "2026-12-03 07:30")

    def test_drafted_yesterday_submitted_today(self):
        with self.at("2026-12-02 15:00"):
            shipping = self.new_shipping(self.order, "2026-12-03")
        with self.at("2026-12-03 07:50"):
            self.by(shipping, SALESPERSON).action_submit()
        self.assert_same_day(shipping, "2026-12-03 08:00")

    def test_date_moved_to_today(self):
        shipping = self.submit("2026-12-02 09:00", "2026-12-04")
        self.assert_passes(shipping, "2026-12-02 09:30", False)
        with self.at("2026-12-03 10:00"):
            with self.refused("is Accepted → 郑浩 corrects it"):
                self.by(shipping, SALESPERSON).ship_date = "2026-12-03"
            self.by(shipping, SALESPERSON).action_correct("客户要今天")
            self.by(shipping, SALESPERSON).ship_date = "2026-12-03"
            self.by(shipping, SALESPERSON).action_submit()
        self.assert_same_day(shipping, "2026-12-03 10:05")

    def test_past_is_nobodys_to_accept(self):
        with self.refused("leaves on 2026-12-02, today is 2026-12-03"):
            self.submit("2026-12-03 09:00", "2026-12-02")

    def test_sunday_for_monday(self):
        shipping = self.submit("2026-12-06 20:00", "2026-12-07")
        self.assert_passes(shipping, "2026-12-06 20:30", True)

    def test_holiday_for_saturday(self):
        shipping = self.submit("2027-01-01 10:00", "2027-01-02")
        self.assert_passes(shipping, "2027-01-01 11:00", True)
