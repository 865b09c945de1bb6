from odoo.tests import tagged

from .shipping_case import DISPATCHER, KEEPER, ShippingVerbs
from .test_tour_order import TourCase

BOX = 432


@tagged("post_install", "-at_install")
class TestTourLoading(ShippingVerbs, TourCase):
    """Beside the container with a phone, and the network gone for a while (D6.1–D6.4)."""

    browser_size = "390x844"
    touch_enabled = True

    def test_the_tally_survives_a_cut_network(self):
        order = self.new_order("E04", "C02", [("F11", BOX * 40, 1.35)], "2027-12-12")
        self.make_valid(order, merchandiser=DISPATCHER)
        shipping = self.accepted_shipping(
            order, "2027-12-10", seller="E04", destination="Melbourne",
            container_type_id=self.container("20gp").id)
        self.with_slip(shipping, "定金已到")
        self.start_loading(shipping)
        report = self.loading_report(shipping)
        self.tally(report, KEEPER, BOX)

        self.tour(DISPATCHER, "gendan_loading_phone",
                  f"/odoo/action-gendan_followup.action_loading_report/{report.id}")

        self.assertRecordValues(report, [{
            "container_no": "CSQU3054383", "seal_no": "SH8841207", "check_clean": "ok",
            "check_smell": "ok", "is_revealed": True}])
        self.assertEqual(report.photo_ids.mapped("stage"),
                         ["empty", "half", "full", "door", "seal"])
        self.assertRecordValues(report.line_ids, [{
            "product_ok": True, "mark_ok": True, "lot_ok": True,
            "merchandiser_count": BOX, "keeper_count": BOX}])
        self.by(report, DISPATCHER).action_close()
        self.assertEqual(report.state, "closed")
