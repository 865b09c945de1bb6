import base64

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .common import moment
from .shipping_case import DISPATCHER, KEEPER, PIXEL, ShippingCase

SELLER = "E04"
BIBS = 432


class TestLoadingReport(ShippingCase):
    """Beside the container: see, count, close (D6.1–D6.5); 李娜 and 高军 on Thursday 12-10."""

    def setUp(self):
        super().setUp()
        with self.at("2026-12-01 08:30"):
            self.order = self.new_order(SELLER, "C02", [("F11", BIBS * 40, 1.35)], "2026-12-12")
            self.make_valid(self.order, merchandiser="E11")

    def shipping(self, cartons=BIBS, box="20gp", order=None, **values):
        """Return a notice with its slip, copy taken on the eve."""
        order = order or self.order
        with self.at("2026-12-09 09:00"):
            shipping = self.new_shipping(
                order, "2026-12-10", packs=cartons * 40, seller=SELLER, destination="Melbourne",
                container_type_id=box and self.container(box).id, **values)
            self.by(shipping, SELLER).action_submit()
            self.by(shipping, "E10").action_accept()
            self.with_slip(shipping, "定金已到")
            self.start_loading(shipping)
        return shipping

    def running(self, **values):
        with self.at("2026-12-10 08:30"):
            return self.loading_report(self.shipping(**values))

    def filled(self, **values):
        report = self.running(**values)
        with self.at("2026-12-10 08:40"):
            self.fill_report(report)
        return report

    # ----------------------------------------------------------------- its head

    def test_start_needs_both_papers(self):
        with self.at("2026-12-09 09:00"):
            shipping = self.new_shipping(self.order, "2026-12-10", seller=SELLER)
            report = self.as_user("gendan.loading.report", DISPATCHER).create(
                {"shipping_id": shipping.id})
            with self.refused("is Draft → the merchandiser accepts it first"):
                report.action_start()
            self.by(shipping, SELLER).action_submit()
            self.by(shipping, "E10").action_accept()
            with self.refused("no goods-issue slip"):
                self.by(report, DISPATCHER).action_start()
        self.assertEqual(report.state, "draft")

    def test_container_number(self):
        report = self.running()
        mine = self.by(report, DISPATCHER)
        for wrong in ("CSQ3054383", "CSQU305438", "12345678901", "CSQX3054383", "柜号"):
            with self.subTest(number=wrong), self.refused("is no container number"):
                mine.container_no = wrong
        mine.container_no = " csqu 305438-4 "
        self.assertEqual(report.container_no, "CSQU3054384")
        self.assertIn("check digit of CSQU3054384 is wrong", report.container_warning)
        mine.container_no = "CSQU3054383"
        self.assertFalse(report.container_warning)

    def test_only_its_supervisor_writes_it(self):
        report = self.running()
        for number in ("E10", "E09", KEEPER, SELLER):
            with self.subTest(user=number), self.refused("is not yours to write → 李娜"):
                self.by(report, number).seal_no = "X1"
        with self.refused("is not yours to write → 李娜 supervises"):
            self.by(report, "E10").action_close()
        with self.refused("is not yours"):
            self.by(report.line_ids, "E10").product_ok = True
        with self.refused("Another supervisor is named before the loading"):
            self.by(report, "E09").supervisor_id = self.user("E10")
        with self.refused("noted by the server"):
            self.by(report, DISPATCHER).write({"closed_at": "2026-12-10"})

    def test_another_supervisor_before_the_start(self):
        report = self.as_user("gendan.loading.report", DISPATCHER).create(
            {"shipping_id": self.shipping().id})
        self.by(report, "E09").supervisor_id = self.user("E10")
        with self.at("2026-12-10 08:30"):
            with self.refused("is not yours to write → 王芳 supervises"):
                self.by(report, DISPATCHER).action_start()
            self.by(report, "E10").action_start()
        self.assertEqual(report.started_at, moment("2026-12-10 08:30"))

    def test_one_report_at_a_time(self):
        report = self.running()
        with self.refused("gendan_loading_report_one_report", Exception):
            self.as_user("gendan.loading.report", DISPATCHER).create(
                {"shipping_id": report.shipping_id.id})

    # ---------------------------------------------------------------- the right goods

    def test_foreign_carton(self):
        report = self.running()
        mine = self.by(report, DISPATCHER)
        with self.refused("this carton stays out: .*F01.* is not on this notice"):
            mine.action_offer(self.ref("F01").id)
        with self.refused("the mark is “NORDPARK”, the notice says “SUNRISE BIBS"):
            mine.action_offer(self.ref("F11").id, mark="NORDPARK")
        lot = self.env["stock.lot"].sudo().create({
            "product_id": self.ref("F11").id, "name": "F11-held", "is_blocked": True})
        with self.refused("the lot is on QC hold"):
            mine.action_offer(self.ref("F11").id, lot_id=lot.id)
        self.assertTrue(mine.action_offer(self.ref("F11").id, mark="SUNRISE BIBS SR-BIB-20"))
        self.assertEqual({row["gate"] for row in self.refusals()}, {"loading.foreign"})

    def test_a_carton_is_scanned(self):
        """Lot or code, as it stands on the carton (D6.3): what was not given stays out."""
        order = self.stocked_order(packs=400 * 24, customer="C06")
        with self.at("2026-12-09 09:00"):
            shipping = self.accepted_shipping(order, "2026-12-10")
            self.with_slip(shipping)
            self.start_loading(shipping)
        with self.at("2026-12-10 08:30"):
            report = self.loading_report(shipping)
            given = order.sudo().picking_ids.move_line_ids.lot_id[:1]
            lots = {name: self.env["stock.lot"].sudo().create({
                "product_id": self.ref("F01").id, "name": name, "company_id": self.company.id,
                **values}) for name, values in (
                    ("held", {"is_blocked": True}), ("ended", {"expiration_date": "2026-12-09"}),
                    ("strange", {}))}
            for number in (DISPATCHER, KEEPER):
                seen = self.by(report, number)
                self.assertIn("F01", seen.phone_offer(given.name))
                self.assertIn("F01", seen.phone_offer(" F01 "))
                for code, text in (
                        ("held", "is on QC hold"), ("ended", "has reached its expiry date"),
                        ("strange", "lot strange was not given to this order"),
                        ("F11", "F11.* is not on this notice"),
                        ("4006381333931", "nothing is known"), (False, "nothing is known")):
                    with self.subTest(user=number, code=code), self.refused(
                            f"this carton stays out: .*{text}"):
                        seen.phone_offer(code)
            for number in ("E10", SELLER):
                with self.subTest(user=number), self.refused("is not yours to write → 李娜"):
                    self.by(report, number).phone_offer("F01")
        self.assertEqual(len(lots), 3)

    def test_goods_of_another_line_are_not_counted(self):
        report = self.running()
        other = self.as_user("gendan.loading.line", DISPATCHER)
        for number in (DISPATCHER, KEEPER):
            with self.subTest(user=number), self.refused("These goods are not in"):
                self.by(report, number).action_tally({report.line_ids.id + 999: 4})
        with self.refused("not allowed", AccessError):
            other.create({"report_id": report.id,
                          "shipping_line_id": report.shipping_id.line_ids.id})
        with self.refused("lines of a loading report are those of the notice"):
            self.by(report.line_ids, DISPATCHER).shipping_line_id = report.shipping_id.line_ids

    # ------------------------------------------------------------------ blind count

    def test_each_count_is_blind_until_both_are_in(self):
        report = self.filled()
        with self.at("2026-12-10 10:00"):
            self.tally(report, DISPATCHER, 432)
        for number in (KEEPER, "E10", "E09", SELLER):
            with self.subTest(user=number):
                seen = self.by(report, number)
                self.assertFalse(self.as_user("gendan.loading.tally", number).search([]))
                self.assertEqual(seen.line_ids.merchandiser_count, 0)
                self.assertFalse(self.as_user("gendan.loading.tally", number)
                                 .formatted_read_group([], aggregates=["cartons:sum"])[0][
                                     "cartons:sum"])
                self.assertEqual(seen.phone_state()["lines"][0]["merchandiser_count"], 0)
                self.assertNotIn("432,", seen.close_missing or "")
        with self.assertRaises(AccessError):
            self.by(report.round_id.sudo().tally_ids, KEEPER).read(["cartons"])
        self.assertEqual(self.by(report, DISPATCHER).line_ids.my_count, 432)
        with self.at("2026-12-10 10:05"), self.refused("高军 has not counted yet"):
            self.by(report, DISPATCHER).action_close()
        with self.at("2026-12-10 10:10"):
            self.tally(report, KEEPER, 428)
        for number in (DISPATCHER, KEEPER):
            self.assertRecordValues(self.by(report.line_ids, number), [{
                "merchandiser_count": 432, "keeper_count": 428, "difference": 4}])

    def test_who_may_count(self):
        report = self.running()
        for number in ("E10", "E09", SELLER, "E12", "E14"):
            with self.subTest(user=number), self.refused("is not yours to write → 李娜"):
                self.tally(report, number, 432)
        with self.refused("not allowed|written by the steps", (UserError, AccessError)):
            self.as_user("gendan.loading.tally", DISPATCHER).create({
                "round_id": report.round_id.id, "line_id": report.line_ids.id, "side": "keeper",
                "cartons": 432})
        self.assertFalse(report.round_id.sudo().tally_ids)

    def test_absurd_counts(self):
        report = self.running()
        for count in (-1, 432.5, "432", None, True):
            with self.subTest(count=count), self.refused("is no number of cartons"):
                self.tally(report, DISPATCHER, count)
        with self.refused("43200 cartons of .* cannot be: the notice says 432"):
            self.tally(report, DISPATCHER, 43200)
        self.tally(report, DISPATCHER, 0)
        self.tally(report, DISPATCHER, 431)
        self.assertEqual(self.by(report.line_ids, DISPATCHER).my_count, 431,
                         "a slip is mended until both are in")

    def test_recount_after_a_difference(self):
        report = self.filled()
        with self.at("2026-12-10 10:00"):
            with self.refused("both counts come first"):
                self.by(report, DISPATCHER).action_recount()
            self.tally(report, DISPATCHER, 432)
            self.tally(report, KEEPER, 428)
            with self.refused("merchandiser 432, keeper 428, notice 432 cartons → count again"):
                self.by(report, DISPATCHER).action_close()
            with self.refused("Both counts of .* are in and shown"):
                self.tally(report, KEEPER, 432)
            self.by(report, DISPATCHER).action_recount()
            self.assertEqual(self.by(report.line_ids, KEEPER).merchandiser_count, 0)
            self.tally(report, DISPATCHER, 432)
            self.tally(report, KEEPER, 432)
        with self.at("2026-12-10 11:40"):
            self.by(report, DISPATCHER).action_close()
        self.assertRecordValues(report, [{
            "state": "closed", "loaded_cartons": 432, "closed_at": moment("2026-12-10 11:40"),
            "closed_by_id": self.user(DISPATCHER).id}])
        self.assertEqual(report.round_ids.mapped("number"), [1, 2])
        self.assertEqual(round(report.volume_share, 3), 0.857)
        self.assertEqual(round(report.loaded_weight), 2502)

    def test_the_tail_carton_counts(self):
        """17,281 packs are 432 cartons and one with a single pack in it (D6.4)."""
        with self.at("2026-12-01 08:30"):
            order = self.new_order(SELLER, "C02", [("F11", BIBS * 40 + 1, 1.35)], "2026-12-12",
                                   tail_carton_agreed=True)
            self.make_valid(order, merchandiser="E11")
        with self.at("2026-12-09 09:00"):
            shipping = self.new_shipping(
                order, "2026-12-10", seller=SELLER, destination="Melbourne",
                container_type_id=self.container("20gp").id)
            self.assertEqual(shipping.cartons, 433)
            self.by(shipping, SELLER).action_submit()
            self.by(shipping, "E10").action_accept()
            self.with_slip(shipping, "定金已到")
            self.start_loading(shipping)
        with self.at("2026-12-10 08:30"):
            report = self.loading_report(shipping)
            self.fill_report(report)
            for counts in ((432, 432), (433, 433)):
                self.tally(report, DISPATCHER, counts[0])
                self.tally(report, KEEPER, counts[1])
                if counts[0] == 432:
                    with self.refused("merchandiser 432, keeper 432, notice 433"):
                        self.by(report, DISPATCHER).action_close()
                    self.by(report, DISPATCHER).action_recount()
            self.by(report, DISPATCHER).action_close()
        self.assertRecordValues(report, [{"state": "closed", "loaded_cartons": 433}])

    def test_mixed_goods_are_loaded_in_the_order_of_the_notice(self):
        """What goes in first stands first: on the notice, and on the report beside the truck."""
        with self.at("2026-12-01 08:30"):
            order = self.new_order(SELLER, "C02", [
                ("F11", 400, 1.35, {"mark_front": "PO 1"}),
                ("F11", 800, 1.35, {"mark_front": "PO 2"})], "2026-12-12")
            self.make_valid(order, merchandiser="E11")
        with self.at("2026-12-09 09:00"):
            shipping = self.new_shipping(order, "2026-12-10", seller=SELLER,
                                         destination="Melbourne",
                                         container_type_id=self.container("20gp").id)
            # dragged to the top, as on the screen
            shipping.line_ids[1].sequence = 1
            shipping.invalidate_recordset(["line_ids"])
            self.assertEqual(shipping.line_ids.mapped("mark"), ["PO 2", "PO 1"])
            self.by(shipping, SELLER).action_submit()
            self.by(shipping, "E10").action_accept()
            self.with_slip(shipping, "定金已到")
            self.start_loading(shipping)
        with self.at("2026-12-10 08:30"):
            report = self.loading_report(shipping)
        self.assertEqual(report.line_ids.mapped("mark"), ["PO 2", "PO 1"])

    def test_equal_counts_that_are_not_the_notice(self):
        report = self.filled()
        with self.at("2026-12-10 10:00"):
            self.tally(report, DISPATCHER, 430)
            self.tally(report, KEEPER, 430)
            with self.refused("merchandiser 430, keeper 430, notice 432"):
                self.by(report, DISPATCHER).action_close()
        self.assertEqual(report.state, "running")

    # ---------------------------------------------------------------------- close

    def test_everything_that_is_missing(self):
        report = self.running()
        with self.at("2026-12-10 10:00"), self.refused(
                "Container no. is missing(.|\n)*Seal no. is missing(.|\n)*Clean is missing"
                "(.|\n)*no photo: Empty, Half full, Full, Door closed, Seal"
                "(.|\n)*not ticked: Right product and version, Right mark, Right lot"
                "(.|\n)*李娜 has not counted yet(.|\n)*高军 has not counted yet"):
            self.by(report, DISPATCHER).action_close()

    def test_container_not_in_order(self):
        report = self.filled()
        self.tally(report, DISPATCHER, 432)
        self.tally(report, KEEPER, 432)
        self.by(report, DISPATCHER).check_dry = "not_ok"
        with self.refused("the container is not in order → write what is wrong"):
            self.by(report, DISPATCHER).action_close()
        self.by(report, DISPATCHER).condition_remark = "地板潮湿, 已擦干并铺纸板"
        self.by(report, DISPATCHER).action_close()
        self.assertEqual(report.state, "closed")

    def test_not_full_needs_a_reason(self):
        report = self.filled(cartons=428)
        self.tally(report, DISPATCHER, 428)
        self.tally(report, KEEPER, 428)
        with self.refused("84.9% of the volume and 11.4% of the payload used → write why"):
            self.by(report, DISPATCHER).action_close()
        self.by(report, DISPATCHER).space_reason = "客户订单数量"
        self.by(report, DISPATCHER).action_close()
        self.assertEqual(report.state, "closed")

    def test_pallets_take_room_and_weigh(self):
        """420 cartons and 10 pallets: 29.18 m³ instead of 27.58, 2,612 kg instead of 2,432."""
        report = self.filled(cartons=420, pallet_count=10)
        self.assertAlmostEqual(report.shipping_id.volume, 27.58 + 10 * 0.16, 2)
        self.assertAlmostEqual(report.shipping_id.weight, 420 * 5.791 + 10 * 18, 1)
        self.tally(report, DISPATCHER, 420)
        self.tally(report, KEEPER, 420)
        self.by(report, DISPATCHER).action_close()
        self.assertFalse(report.space_reason, "88 % with its pallets, and full")
        self.assertRecordValues(report, [{"state": "closed", "loaded_cartons": 420}])
        with self.refused("between 0 and 100|pallets", Exception):
            report.shipping_id.sudo().copy({"pallet_count": -1})

    def test_above_the_payload(self):
        report = self.filled()
        self.tally(report, DISPATCHER, 432)
        self.tally(report, KEEPER, 432)
        self.container("20gp").payload = 2500
        with self.refused("2,502 kg are above the 2,500 kg of this 20GP"):
            self.by(report, DISPATCHER).action_close()

    def test_evidence_after_closing(self):
        report = self.filled()
        self.tally(report, DISPATCHER, 432)
        self.tally(report, KEEPER, 432)
        self.by(report, DISPATCHER).action_close()
        doors = {
            "head": lambda: self.by(report, DISPATCHER).write({"seal_no": "X"}),
            "sudo": lambda: report.sudo().write({"seal_no": "X"}),
            "tick": lambda: self.by(report.line_ids, DISPATCHER).write({"mark_ok": False}),
            "tally": lambda: self.tally(report, KEEPER, 1),
            "photo": lambda: self.by(report, DISPATCHER).action_photo("other", PIXEL),
            "file": lambda: self.env["ir.attachment"].sudo().search([
                ("res_model", "=", "gendan.loading.photo"), ("res_field", "=", "image"),
                ("res_id", "=", report.photo_ids[0].id)])[0].unlink(),
            "unlink": lambda: report.sudo().unlink(),
            "recount": lambda: self.by(report, DISPATCHER).action_recount(),
        }
        for door, open_it in doors.items():
            with self.subTest(door=door), self.refused(
                    "kept as it is|is Closed|both counts come first", Exception):
                open_it()

    # ------------------------------------------------------------ delivery waits for it

    def test_delivery_waits_for_the_report(self):
        order = self.stocked_order(packs=400 * 24, customer="C06")
        with self.at("2026-12-09 09:00"):
            shipping = self.accepted_shipping(order, "2026-12-10")
            self.assertTrue(shipping.needs_report, "16.27 m³ although it is no container")
            self.with_slip(shipping)
            self.start_loading(shipping)
        with self.at("2026-12-10 10:00"), self.refused(
                "no completed loading report for CY-.*16.27 m³. → 王芳 supervises"):
            self.delivery(order).button_validate()
        report = self.loading_report(shipping)
        with self.at("2026-12-10 10:00"), self.refused("no completed loading report.*李娜"):
            self.delivery(order).button_validate()
        with self.at("2026-12-10 10:30"):
            mine = self.by(report, DISPATCHER)
            mine.line_ids.write({"product_ok": True, "mark_ok": True, "lot_ok": True})
            large = base64.b64encode(bytes(40 * 1024 * 1024)).decode()
            with self.refused("the photo has 40.0 MB, at most 10 MB are taken"):
                mine.action_photo("full", large)
            mine.action_photo("full", PIXEL)
            self.tally(report, DISPATCHER, 400)
            self.tally(report, KEEPER, 400)
            self.by(report, DISPATCHER).action_close()
            self.delivery(order).button_validate()
        self.assertEqual(shipping.state, "shipped")

    def test_correction_while_loading(self):
        report = self.filled()
        shipping = report.shipping_id
        with self.at("2026-12-09 15:00"):
            self.by(shipping, SELLER).action_correct("少 4 箱, 客户同意")
            self.by(shipping.line_ids, SELLER).quantity = 428 * 40
            self.by(shipping, SELLER).action_submit()
            self.by(shipping, "E10").action_accept()
            self.with_slip(shipping, "定金已到")
            self.start_loading(shipping)
        with self.at("2026-12-10 09:00"):
            self.tally(report, DISPATCHER, 428)
            self.tally(report, KEEPER, 428)
            self.by(report, DISPATCHER).space_reason = "少 4 箱, 客户同意"
            self.by(report, DISPATCHER).action_close()
        self.assertRecordValues(report, [{"state": "closed", "version": 2}])

    # ---------------------------------------------------------------------- rework

    def rework(self, report, number=DISPATCHER, cause="count", unloaded=60, **values):
        return self.as_user("gendan.loading.rework", number).create({
            "report_id": report.id, "cause": cause, "unloaded_cartons": unloaded,
            "description": "少 1 层 4 箱", **values})

    def test_rework_is_charged_once(self):
        report = self.filled()
        self.tally(report, DISPATCHER, 432)
        self.tally(report, KEEPER, 428)
        event = self.rework(report)
        self.assertRecordValues(event, [{
            "state": "proposed", "proposal": 200, "amount": 200,
            "responsible_id": self.user(DISPATCHER).id}])
        with self.refused("has its charge already .200.00.: one event, one charge"):
            self.rework(report, KEEPER)
        for number in (DISPATCHER, KEEPER, "E02", "E08"):
            with self.subTest(user=number), self.refused(
                    "plan manager's or the general manager's to decide"):
                self.by(event, number).action_confirm()
        self.by(event, "E09").action_confirm()
        self.assertRecordValues(event, [{
            "state": "confirmed", "amount": 200, "decided_by_id": self.user("E09").id}])
        with self.refused("cannot become “Confirmed”"):
            self.by(event, "E09").action_confirm()
        self.by(report, DISPATCHER).action_recount()
        self.assertEqual(self.rework(report).amount, 200, "re-worked again: another event")

    def test_no_charge_without_negligence(self):
        for cause, unloaded in (("typed", 0), ("keeper", 120), ("count", 0), ("other", 10)):
            report = self.filled(cartons=108)
            self.tally(report, DISPATCHER, 107)
            self.tally(report, KEEPER, 107)
            event = self.rework(report, cause=cause, unloaded=unloaded)
            with self.subTest(cause=cause):
                self.assertEqual((event.proposal, event.amount), (0, 0))
            self.by(report, "E10").action_cancel("试")
            self.by(report.shipping_id, "E10").action_stop_loading("试")
            with self.at("2026-12-09 16:00"):
                self.by(report.shipping_id, SELLER).action_cancel("试")

    def test_another_amount_needs_a_reason(self):
        report = self.filled()
        event = self.rework(report)
        with self.refused("The proposal is 200.00; say why it becomes 100.00"):
            self.by(event, "E09").action_confirm(100)
        with self.refused("not below 0"):
            self.by(event, "E09").action_confirm(-5, "x")
        for vals in ({"amount": 1}, {"state": "confirmed"}, {"responsible_id": 1}):
            with self.subTest(vals=vals), self.refused(
                    "noted by the server|not allowed", (UserError, AccessError)):
                self.by(event, "E09").write(vals)
        self.by(event, "E09").action_confirm(100, "首次, 未误船")
        self.assertRecordValues(event, [{"amount": 100, "amount_reason": "首次, 未误船"}])
        self.assertEqual(self.env["gendan.audit"].search_count([("gate", "=", "rework.decide")]), 1)

    def test_nobody_decides_his_own_case(self):
        with self.at("2026-12-10 08:30"):
            self.user("E09").group_ids = [
                Command.link(self.env.ref("gendan_followup.group_merchandiser").id)]
            report = self.loading_report(self.shipping(), "E09")
        event = self.rework(report, "E09")
        with self.refused("nobody decides his own case"):
            self.by(event, "E09").action_confirm()
        self.by(event, "E01").action_confirm()
        self.assertEqual(event.state, "confirmed")

    def test_only_who_was_there_reports_it(self):
        report = self.filled()
        for number in ("E10",):
            with self.subTest(user=number), self.refused("is not yours to write → 李娜"):
                self.rework(report, number)
        with self.refused("not allowed", AccessError):
            self.rework(report, SELLER)
        with self.refused("noted by the server"):
            self.rework(report, amount=5)

    # ------------------------------------------------------------------ the phone

    def test_a_phone_sends_its_queue(self):
        report = self.running()
        line = report.line_ids.id
        queue = [
            {"key": "k1", "kind": "head", "values": {"seal_no": "SH1", "container_no": "BAD"}},
            {"key": "k2", "kind": "head", "values": {"seal_no": "SH8841207", "state": "closed"}},
            {"key": "k3", "kind": "photo", "stage": "empty", "image": PIXEL},
            {"key": "k4", "kind": "tick", "line": line, "values": {"product_ok": True}},
            {"key": "k5", "kind": "tally", "counts": {str(line): 431}},
            {"key": "k6", "kind": "tally", "counts": {str(line): -1}},
        ]
        mine = self.by(report, DISPATCHER)
        first, second = mine.action_sync(queue), mine.action_sync(queue)
        for results in (first, second):
            self.assertIn("is no container number", results["k1"])
            self.assertIn("is no number of cartons", results["k6"])
            self.assertEqual([results[key] for key in ("k2", "k3", "k4", "k5")], [False] * 4)
        self.assertRecordValues(report, [{"seal_no": "SH8841207", "state": "running"}])
        self.assertEqual(len(report.photo_ids), 1, "what arrives twice counts once")
        self.assertEqual(len(report.round_id.sudo().tally_ids), 1)
        with self.refused("A phone sent something unknown"):
            mine.action_sync([{"key": "k", "kind": "close"}])
        with self.refused("A phone sent something unknown"):
            mine.action_sync([{"kind": "tally"}])

    def test_two_phones_at_once_lose_nothing(self):
        report = self.filled()
        line = str(report.line_ids.id)
        self.by(report, KEEPER).action_sync([
            {"key": "keeper-1", "kind": "tally", "counts": {line: 432}},
            {"key": "keeper-2", "kind": "photo", "stage": "other", "image": PIXEL}])
        self.by(report, DISPATCHER).action_sync([
            {"key": "lina-1", "kind": "head", "values": {"remark": "雨天"}},
            {"key": "lina-2", "kind": "tally", "counts": {line: 432}}])
        self.assertTrue(report.round_id.is_revealed)
        state = self.by(report, KEEPER).phone_state()
        self.assertEqual((state["lines"][0]["merchandiser_count"], state["sides"]),
                         (432, ["keeper"]))
        self.assertIn("other", state["photos"])
