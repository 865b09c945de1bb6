from odoo.exceptions import AccessError

from .shipping_case import DISPATCHER, KEEPER, PIXEL, ShippingCase

PAD = "pad_stores"
QC, OTHER_MERCHANDISER = "E20", "E10"
CARTONS = 240
NOBODY = "stands for no single person → show your badge"


class TestLoadingPhone(ShippingCase):
    """The keeper loads with the phone that the stores share: it is his by his badge (X17)."""

    def setUp(self):
        super().setUp()
        order = self.stocked_order(packs=CARTONS * 24)
        with self.at("2026-11-25 09:00"):
            self.shipping = self.accepted_shipping(
                order, "2026-11-26", container_type_id=self.container("20gp").id)

    def pad(self, records, number=None):
        """Return ``records`` on the stores' phone, in the hands of ``number`` or of nobody."""
        seen = self.by(records, PAD)
        return self.held(seen, number) if number else seen

    def loads(self, number=None):
        return self.pad(self.shipping.browse(), number).phone_loads()["to_load"]

    def loading(self):
        """Return a running report, 李娜 beside the container, 高军's copy taken on the phone."""
        with self.at("2026-11-25 14:00"):
            if not self.shipping.sudo().slip_id:
                self.with_slip(self.shipping)
            self.pad(self.shipping, KEEPER).action_start_loading()
        with self.at("2026-11-26 08:00"):
            return self.loading_report(self.shipping)

    def test_the_list_is_the_holders(self):
        with self.at("2026-11-25 14:00"):
            self.assertFalse(self.loads(), "nobody holds the phone")
            self.assertFalse(self.loads(QC))
            row, = self.loads(KEEPER)
            self.assertEqual((row["name"], row["days"], row["box"], row["cartons"]),
                             (self.shipping.name, 1, "20GP", CARTONS))
            self.assertRegex(row["missing"], "no goods-issue slip")
            self.with_slip(self.shipping)
            self.assertFalse(self.loads(KEEPER)[0]["missing"])
            self.assertTrue(self.loads(KEEPER)[0]["no_report"])
        report = self.loading()
        self.assertEqual(self.loads(KEEPER)[0]["report"], report.id)
        supervised, = self.as_user("gendan.shipping.notice", DISPATCHER).phone_loads()[
            "supervised"]
        self.assertEqual((supervised["report"], supervised["running"]), (report.id, True))
        self.assertFalse(self.as_user("gendan.shipping.notice", OTHER_MERCHANDISER)
                         .phone_loads()["supervised"])

    def test_the_copy_is_taken_by_who_holds_the_phone(self):
        with self.at("2026-11-25 14:00"):
            self.with_slip(self.shipping)
            for number in (None, QC, DISPATCHER):
                with self.subTest(number), self.refused("is the finished-goods keeper's part"):
                    self.pad(self.shipping, number).action_start_loading()
            mine = self.pad(self.shipping, KEEPER)
            step = {"key": "k1", "kind": "start", "token": mine.env.context["gendan_badge"]}
            self.assertEqual(self.pad(self.shipping).action_sync([step]), {"k1": False})
            self.assertEqual(self.pad(self.shipping).action_sync([step]), {"k1": False})
        self.assertRecordValues(self.shipping, [{
            "state": "loading", "keeper_id": self.user(KEEPER).id}])

    def test_a_phone_that_nobody_holds_counts_nothing(self):
        report = self.loading()
        counts = {report.line_ids.id: CARTONS}
        with self.at("2026-11-26 09:00"):
            with self.refused(NOBODY):
                self.pad(report).action_tally(counts)
            with self.refused(NOBODY):
                self.pad(report).action_photo("full", PIXEL)
            with self.refused("is not yours to write → 李娜"):
                self.pad(report, QC).action_tally(counts)
            answer = self.pad(report).action_sync([
                {"key": "k1", "kind": "tally", "counts": {str(report.line_ids.id): CARTONS}}])
        self.assertRegex(answer["k1"], "Nobody held .* with a badge")
        self.assertFalse(report.sudo().round_id.tally_ids)
        self.assertFalse(report.photo_ids)

    def test_tally_and_photo_name_person_and_device(self):
        report = self.loading()
        with self.at("2026-11-26 09:00"):
            mine = self.pad(report, KEEPER)
            mine.action_photo("full", PIXEL)
            mine.action_tally({report.line_ids.id: CARTONS})
        for rows in (report.sudo().round_id.tally_ids, report.photo_ids):
            self.assertRecordValues(rows, [{
                "user_id": self.user(PAD).id, "employee_id": self.ref(KEEPER).id}])
        self.assertEqual(report.sudo().round_id.tally_ids.side, "keeper")

    def test_blind_from_one_hand_to_the_next(self):
        """What 高军 counted on the phone is shown to nobody who takes it after him (D6.4)."""
        report = self.loading()
        with self.at("2026-11-26 09:00"):
            self.pad(report, KEEPER).action_tally({report.line_ids.id: CARTONS - 1})
            for number in (None, QC, DISPATCHER):
                with self.subTest(number):
                    seen = self.pad(report, number)
                    line, = seen.phone_state()["lines"]
                    self.assertEqual((line["my_count"], line["counted"]), (0, False))
                    self.assertFalse(seen.env["gendan.loading.tally"].search(
                        [("round_id", "=", report.round_id.id)]))
            tally = report.sudo().round_id.tally_ids
            with self.assertRaises(AccessError):
                self.pad(tally, KEEPER).read(["cartons"])
            for seen in (self.pad(report, KEEPER), self.by(report, KEEPER)):
                self.assertEqual(seen.phone_state()["lines"][0]["my_count"], CARTONS - 1)

    def test_goods_that_are_none(self):
        report = self.loading()
        for counts in ({"x": 1}, {"": 1}, {str(report.line_ids.id + 99): 1}):
            with self.subTest(str(counts)), self.refused("These goods are not in"):
                self.by(report, KEEPER).action_tally(counts)
        answer = self.by(report, DISPATCHER).action_sync([
            {"key": "k1", "kind": "tick", "line": 0, "values": {"mark_ok": True}}])
        self.assertRegex(answer["k1"], "These goods are not in")
