"""Two people in the same second: one truck, one notice, one slip, one container (X6, D6.4)."""

from odoo.fields import Command

from .own_database import OwnDatabaseCase
from .shipping_case import DISPATCHER, FINANCE, KEEPER, PIXEL, SELLER, ShippingVerbs

NOON = "2026-11-25 12:00"


class TestConcurrentShipping(ShippingVerbs, OwnDatabaseCase):
    """Each view of the data began before the other one committed."""

    def setUp(self):
        super().setUp()
        self.order = self.stocked_order()
        self.commit()

    def trip(self, vehicle, driver):
        """Return the values of an errand of Thursday morning."""
        return {"day": "2026-11-26", "vehicle_id": self.ref(vehicle).id,
                "driver_id": self.ref(driver).id, "company_id": self.company.id,
                "stop_ids": [Command.create({"kind": "errand", "purpose": "送样"})]}

    def book_both(self, first_trip, second_trip):
        """Let two merchandisers plan at once; return the text of the second one's refusal."""
        dispatch = self.env["gendan.dispatch"]
        with self.at(NOON):
            first, second = map(self.person, ("E10", DISPATCHER))
            first.request(dispatch, "create", [first_trip])
            refusal = second.refused(dispatch, "create", [second_trip])
        self.assertEqual(second.attempts, 2, "she had to look again")
        return refusal

    def trips(self):
        self.env.cr.rollback()
        self.env.invalidate_all()
        return self.env["gendan.dispatch"].sudo().search([("day", "=", "2026-11-26")])

    def test_one_truck_is_booked_once(self):
        known = len(self.trips())
        refusal = self.book_both(self.trip("vehicle_V2", "E22"), self.trip("vehicle_V2", "E24"))
        self.assertRegex(refusal, "浙G·A1002 is on PC-.* at that time")
        self.assertEqual(len(self.trips()), known + 1)

    def test_one_driver_is_booked_once(self):
        known = len(self.trips())
        refusal = self.book_both(self.trip("vehicle_V1", "E25"), self.trip("vehicle_V3", "E25"))
        self.assertRegex(refusal, "石磊 is on PC-.* at that time")
        self.assertEqual(len(self.trips()), known + 1)

    def test_the_second_waits_for_the_first(self):
        dispatch = self.env["gendan.dispatch"]
        trip = {**self.trip("vehicle_V4", "E23"), "hour_from": 13, "hour_to": 17}
        refusal = []
        with self.at(NOON):
            first, second = map(self.person, ("E10", DISPATCHER))
            first.do(dispatch, "create", [trip])
            with self.waiting_for(first, lambda: refusal.append(
                    second.refused(dispatch, "create", [trip]))):
                first.cr.commit()
        self.assertRegex(refusal[0], "浙G·A1004 is on PC-.*(.|\n)*金涛 is on PC-")

    def test_different_trucks_both_drive(self):
        known = len(self.trips())
        self.assertEqual(self.book_both(
            {**self.trip("vehicle_V3", "E22"), "hour_from": 13, "hour_to": 17},
            {**self.trip("vehicle_V1", "E24"), "hour_from": 13, "hour_to": 17}), "")
        self.assertEqual(len(self.trips()), known + 2)

    # ------------------------------------------------------------ notice and slip

    def test_two_notices_take_the_rest_once(self):
        with self.at(NOON):
            drafts = [self.new_shipping(self.order, "2026-11-26", packs=3000) for _two in range(2)]
            self.commit()
            first, second = self.person(SELLER), self.person(SELLER)
            first.request(drafts[0], "action_submit")
            refusal = second.refused(drafts[1], "action_submit")
        self.assertRegex(refusal, "3,000 asked, 2,760 still to leave")

    def test_one_slip_for_one_notice(self):
        with self.at(NOON):
            shipping = self.accepted_shipping(self.order, "2026-11-26")
            self.commit()
            first, second = self.person("E07"), self.person(FINANCE)
            first.request(shipping, "action_issue_slip")
            self.assertRegex(second.refused(shipping, "action_issue_slip"),
                             "has a goods-issue slip already")
        self.env.cr.rollback()
        self.env.invalidate_all()
        self.assertEqual(shipping.sudo().slip_ids.mapped("state"), ["issued"])

    def test_corrected_while_the_slip_is_issued(self):
        with self.at(NOON):
            shipping = self.accepted_shipping(self.order, "2026-11-26")
            self.commit()
            first, second = self.person(SELLER), self.person(FINANCE)
            first.request(shipping, "action_correct", "客户减量")
            self.assertRegex(second.refused(shipping, "action_issue_slip"), "is Draft")

    # ------------------------------------------------------- beside the container

    def loading(self):
        """Return a running report, committed."""
        with self.at(NOON):
            shipping = self.accepted_shipping(
                self.order, "2026-11-26", container_type_id=self.container("20gp").id)
            self.with_slip(shipping)
            self.start_loading(shipping)
            report = self.loading_report(shipping)
            self.commit()
        return report

    def test_both_counts_in_one_second(self):
        """Neither is lost, and one of the two finds that both are in."""
        report = self.loading()
        counts = {str(report.sudo().line_ids.id): 240}
        with self.at("2026-11-26 09:00"):
            people = [self.person(DISPATCHER), self.person(KEEPER)]
            for name, person in zip(("lina", "gaojun"), people, strict=True):
                self.assertEqual(person.request(report, "action_sync", [
                    {"key": name, "kind": "tally", "counts": counts}]), {name: False})
        self.env.cr.rollback()
        self.env.invalidate_all()
        self.assertEqual(sorted(report.sudo().round_id.tally_ids.mapped("side")),
                         ["keeper", "merchandiser"])
        self.assertTrue(report.is_revealed)

    def test_two_people_save_at_once(self):
        """The supervisor's head, her tick from a second phone, the keeper's photo: all stay."""
        report = self.loading()
        line = report.sudo().line_ids.id
        with self.at("2026-11-26 09:00"):
            one, other, keeper = map(self.person, (DISPATCHER, DISPATCHER, KEEPER))
            steps = (
                (one, {"key": "a", "kind": "head", "values": {"seal_no": "SH8841207"}}),
                (other, {"key": "b", "kind": "head", "values": {"container_no": "CSQU3054383"}}),
                (other, {"key": "c", "kind": "tick", "line": line, "values": {"mark_ok": True}}),
                (keeper, {"key": "d", "kind": "photo", "stage": "half", "image": PIXEL}),
                (one, {"key": "e", "kind": "tick", "line": line, "values": {"lot_ok": True}}))
            for person, step in steps:
                self.assertEqual(person.request(report, "action_sync", [step]),
                                 {step["key"]: False})
        self.assertGreater(other.attempts, 2, "the second one had to look again")
        self.env.cr.rollback()
        self.env.invalidate_all()
        self.assertRecordValues(report, [{
            "seal_no": "SH8841207", "container_no": "CSQU3054383"}])
        self.assertRecordValues(report.line_ids, [{
            "mark_ok": True, "lot_ok": True, "product_ok": False}])
        self.assertEqual(report.photo_ids.mapped("stage"), ["half"])

    def test_cancelled_while_the_keeper_starts(self):
        """The notice is cancelled a moment before he taps: he starts nothing."""
        with self.at(NOON):
            shipping = self.accepted_shipping(self.order, "2026-11-26")
            self.with_slip(shipping)
            self.commit()
            seller, keeper = self.person(SELLER), self.person(KEEPER)
            seller.request(shipping, "action_cancel", "客户取消")
            self.assertRegex(keeper.refused(shipping, "action_start_loading"), "is Cancelled")
