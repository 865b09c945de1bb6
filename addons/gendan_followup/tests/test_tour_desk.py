from time import perf_counter

from odoo.tests import tagged

from .test_tour_order import TourCase

SHOWROOM_MERCHANDISER, SHOWROOM = "E11", "E06"


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
