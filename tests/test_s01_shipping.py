"""S01, the last rows: 1,700 cartons into a 40HQ, and the American variant by weight."""

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import moment
from odoo.addons.gendan_followup.tests.shipping_case import ShippingCase

SALESPERSON, MERCHANDISER, FINANCE, KEEPER = "E03", "E10", "E08", "E16"
PER_CARTON = 24


@tagged("stories")
class TestS01Shipping(ShippingCase):
    """From the shipping notice of Monday 12-21 to the closed doors of Wednesday 12-23."""

    def make_order(self, customer, cartons):
        """Return a valid order whose goods are made and reserved."""
        with self.at("2026-12-14 08:30"):
            order = self.new_order(
                SALESPERSON, customer, [("F02", cartons * PER_CARTON, 0.62)], "2026-12-22",
                destination="Göteborg")
            self.make_valid(order, merchandiser=MERCHANDISER)
            self.lay_on_stock(order, cartons * PER_CARTON)
            self.release(order, MERCHANDISER)
        return order

    def test_container_to_sweden(self):
        order = self.make_order("C01", 1700)
        with self.at("2026-12-21 10:00"):
            shipping = self.new_shipping(
                order, "2026-12-23", seller=SALESPERSON, destination="Göteborg",
                container_type_id=self.container("40hq").id, booking_no="COSU6301187")
            self.by(shipping, SALESPERSON).action_submit()
        with self.at("2026-12-21 10:20"):
            self.by(shipping, MERCHANDISER).write({"loading_at": moment("2026-12-23 08:30")})
            self.by(shipping, MERCHANDISER).action_accept()
        self.assertEqual(len(shipping._copy_labels()), 3)
        with self.at("2026-12-22 11:00"):
            slip = self.with_slip(shipping, "定金已到, 余款见提单副本")
        self.assertEqual(slip.line_ids.quantity / PER_CARTON, 1700)
        with self.at("2026-12-22 13:00"):
            self.start_loading(shipping)
        with self.at("2026-12-22 16:30"):
            dispatch = self.as_user("gendan.dispatch", MERCHANDISER).create({
                "day": "2026-12-23", "hired_plate": "浙B·H2203", "hired_driver": "集卡 李师傅",
                "hired_volume": 76.2, "hired_payload": 26540,
                "stop_ids": [Command.create({"shipping_id": shipping.id})]})
            self.by(shipping, MERCHANDISER).action_confirm_goods()
            dispatch.action_confirm()
            self.by(dispatch, KEEPER).action_staged("集装箱当天到")
        self.assertRecordValues(dispatch, [{"is_load_late": False, "loaded_at": False}])
        with self.at("2026-12-23 08:25"):
            report = self.loading_report(shipping, MERCHANDISER)
            self.fill_report(report, MERCHANDISER)
            with self.refused("F01.* is not on this notice"):
                self.by(report, MERCHANDISER).action_offer(self.ref("F01").id)
        with self.at("2026-12-23 10:00"), self.refused("no completed loading report"):
            self.delivery(order).button_validate()
        with self.at("2026-12-23 11:40"):
            self.tally(report, MERCHANDISER, 1700)
            self.tally(report, KEEPER, 1700)
            self.by(report, MERCHANDISER).action_close()
            self.delivery(order).button_validate()
        self.assertEqual([round(report.volume_share, 3), round(report.payload_share, 3)],
                         [0.907, 0.876])
        self.assertAlmostEqual(report.loaded_volume, 69.14, 2)
        self.assertAlmostEqual(report.loaded_weight, 23242, 0)
        self.assertRecordValues(report, [{
            "state": "closed", "started_at": moment("2026-12-23 08:25"),
            "closed_at": moment("2026-12-23 11:40"), "supervisor_id": self.user(MERCHANDISER).id}])
        self.assertEqual(shipping.state, "shipped")

    def test_container_to_the_united_states(self):
        order = self.make_order("C05", 1700)
        values = {"container_type_id": self.container("40hq").id, "destination": "Savannah"}
        with self.at("2026-12-21 10:00"):
            for cartons, weight in ((1700, "23,242"), (1390, "19,004")):
                shipping = self.new_shipping(order, "2026-12-23", cartons * PER_CARTON,
                                             SALESPERSON, **values)
                with self.subTest(cartons=cartons), self.refused(
                        f"{weight} kg are above the 19,000 kg of a 40HQ to United States"):
                    self.by(shipping, SALESPERSON).action_submit()
            shipping = self.new_shipping(order, "2026-12-23", 1389 * PER_CARTON, SALESPERSON,
                                         **values)
            self.by(shipping, SALESPERSON).action_submit()
            self.by(shipping, MERCHANDISER).action_accept()
            self.with_slip(shipping, "定金已到")
            self.start_loading(shipping)
        self.assertEqual(round(shipping.volume_share, 3), 0.741)
        with self.at("2026-12-23 08:25"):
            report = self.loading_report(shipping, MERCHANDISER)
            self.fill_report(report, MERCHANDISER)
            self.tally(report, MERCHANDISER, 1389)
            self.tally(report, KEEPER, 1389)
            self.by(report, MERCHANDISER).action_close()
        self.assertFalse(report.space_reason, "full by weight: no reason is asked")
        self.assertEqual([round(report.volume_share, 3), round(report.payload_share, 4)],
                         [0.741, 0.9995])
