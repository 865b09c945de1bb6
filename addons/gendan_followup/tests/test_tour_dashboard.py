from odoo.tests import tagged

from .shipping_case import ShippingVerbs
from .test_tour_order import TourCase


class DashboardTour(ShippingVerbs, TourCase):
    """The sales manager's page with one order that waits to leave, and one for signatures."""

    def setUp(self):
        super().setUp()
        order = self.new_order("E04", "C02", [("F11", 1200, 0.85)], "2027-12-30",
                               client_order_ref="DASH-1", destination="Melbourne")
        order.action_submit()
        self.verify(order, "E11")
        stocked = self.new_order("E05", "C06", [("F01", 240, 8.9)], "2027-12-22")
        self.make_valid(stocked)
        self.release(stocked)


@tagged("post_install", "-at_install")
class TestTourDashboard(DashboardTour):
    """On the desk."""

    browser_size = "1400x900"

    def test_sales_manager(self):
        self.tour("E02", "gendan_dashboard", "/odoo/gendan-dashboard")


@tagged("post_install", "-at_install")
class TestTourDashboardPhone(DashboardTour):
    """On the phone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_sales_manager(self):
        self.tour("E02", "gendan_dashboard_phone", "/odoo/gendan-dashboard")
