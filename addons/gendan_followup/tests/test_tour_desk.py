from time import perf_counter

from odoo.tests import tagged

from .test_tour_order import TourCase

MERCHANDISER, SHOWROOM_MERCHANDISER, SHOWROOM = "E10", "E11", "E06"


@tagged("post_install", "-at_install")
class TestTourDesk(TourCase):
    """The merchandiser's board by keyboard, and the sales manager's way to a signature."""

    browser_size = "1400x900"

    def setUp(self):
        super().setUp()
        self.waiting = self.new_order("E05", "C06", [("F01", 240, 8.9)], "2027-12-20")
        self.waiting.action_submit()

    def test_merchandiser_by_keyboard(self):
        valid = self.new_order("E05", "C08", [("F15", 240, 9.5)], "2027-12-25")
        self.make_valid(valid)
        self.tour(MERCHANDISER, "gendan_today_keyboard")
        check = self.notice_of(valid, MERCHANDISER).stock_check_id
        self.assertEqual(check.sudo().checked_by_id, self.user(MERCHANDISER))
        self.assertEqual(self.waiting.revision_state, "submitted", "opened, not verified")

    def test_sales_manager_signs_from_his_board(self):
        self.verify(self.waiting, MERCHANDISER)
        self.by(self.waiting, "E07").action_sign_finance()
        self.tour("E02", "gendan_sales_manager_home")
        self.assertEqual(self.waiting.revision_state, "valid")


@tagged("post_install", "-at_install")
class TestTourShowroom(TourCase):
    """林小燕 asks for samples on her phone and signs for them (D9.4)."""

    browser_size = "390x844"
    touch_enabled = True

    def test_asked_and_received(self):
        started = perf_counter()
        self.tour(SHOWROOM, "gendan_showroom_ask")
        self.assertLess(perf_counter() - started, 60, "under a minute, browser and login included")
        request = self.env["gendan.sample.request"].search([])
        self.assertRecordValues(request, [{
            "state": "requested", "packs": 2, "requested_by_id": self.user(SHOWROOM).id,
            "wanted_date": self.company._company_today()}])
        self.put(request.product_id.default_code, 10)
        mine = self.by(request, SHOWROOM_MERCHANDISER)
        mine.action_accept()
        if mine.needs_consent:
            self.by(request, "E04").action_consent()
        mine.action_ready()
        self.tour(SHOWROOM, "gendan_showroom_receive")
        self.assertEqual(request.state, "received")
        self.assertEqual(request.handover_ids.user_id, self.user(SHOWROOM))
