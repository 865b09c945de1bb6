"""S01: export full container, special raw material, new bag artwork (Monday 11-23)."""

from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import FollowupCase, moment

MERCHANDISER, FINANCE, MANAGER, SALESPERSON, PRODUCTION = "E10", "E07", "E02", "E03", "E12"
PACKS, PER_CARTON = 40_800, 24


@tagged("stories")
class TestS01ExportContainer(FollowupCase):
    """The order of Nordpark, from the slip in its size to the released notice."""

    def setUp(self):
        super().setUp()
        with self.at("2026-11-23 09:10"):
            self.order = self.new_order(
                SALESPERSON, "C01", [("F02", PACKS, 0.62, {"size_width": 180, "size_length": 200})],
                "2026-12-22", destination="Göteborg", client_order_ref="NP-PO-2611")
            self.order.action_submit()
            self.env.flush_all()

    def notice(self, number):
        return self.notice_of(self.order, number)

    def return_and_correct(self):
        with self.at("2026-11-23 10:00"):
            self.by(self.order, MERCHANDISER).action_return("尺寸方向")
        with self.at("2026-11-23 10:40"):
            order = self.by(self.order, SALESPERSON)
            order.order_line.write({"size_width": 200, "size_length": 180})
            order.action_submit()

    def verify_and_sign_finance(self):
        with self.at("2026-11-23 11:20"):
            self.verify(self.order, MERCHANDISER)
        with self.at("2026-11-23 14:00"):
            self.by(self.order, FINANCE).action_sign_finance()

    def sign_all(self):
        self.return_and_correct()
        self.verify_and_sign_finance()
        with self.at("2026-11-23 16:30"):
            self.by(self.order, MANAGER).action_sign_sales_manager()

    # ------------------------------------------------------------ before noon

    def test_0910_submitted(self):
        self.assertEqual(PACKS / PER_CARTON, 1700)
        self.assertRecordValues(self.order, [{
            "order_kind": "export", "revision_state": "submitted", "revision_letter": "A",
            "merchandiser_id": self.user(MERCHANDISER).id, "state": "draft"}])
        revision = self.by(self.order, MERCHANDISER).revision_id
        self.assertRecordValues(revision, [{
            "submitted_by_id": self.user(SALESPERSON).id,
            "submitted_at": moment("2026-11-23 09:10"), "change_class": "first"}])
        notice = self.notice(MERCHANDISER)
        self.assertRecordValues(notice, [{
            "state": "draft", "merchandiser_id": self.user(MERCHANDISER).id, "kind": "export"}])
        self.assertIn("王芳 verifies it", self.by(self.order, MERCHANDISER).next_step)

    def test_1000_returned_for_its_size(self):
        order = self.by(self.order, MERCHANDISER)
        shown = {tick.field_name: (tick.value, tick.reference_value)
                 for tick in order.revision_id.tick_ids.filtered("is_difference")}
        self.assertEqual(shown, {"size_width": ("180", "200"), "size_length": ("200", "180")})
        with self.at("2026-11-23 10:00"):
            with self.refused("Width .mm. is 180, was 200"):
                order.action_verify()
            order.action_return("尺寸方向")
            with self.refused("is the salesperson's to correct.*return it to 陈立"):
                order.order_line.write({"size_width": 200, "size_length": 180})
        self.assertRecordValues(order.revision_id, [{
            "state": "returned", "return_count": 1, "letter": "A"}])
        self.assertRecordValues(order.order_line, [{"size_width": 180, "size_length": 200}])
        event = order.revision_id.event_ids.filtered(lambda step: step.kind == "return")
        self.assertRecordValues(event, [{
            "reason": "尺寸方向", "user_id": self.user(MERCHANDISER).id,
            "happened_at": moment("2026-11-23 10:00")}])

    def test_1000_a_submitted_order_is_edited_by_nobody(self):
        with self.at("2026-11-23 09:30"):
            for number in (MERCHANDISER, SALESPERSON, MANAGER):
                with self.subTest(user=number), self.refused("is Submitted and cannot be edited"):
                    self.by(self.order, number).order_line.write({"size_width": 200})
        self.assertEqual(self.order.order_line.size_width, 180)

    def test_1015_finance_cannot_sign_before_verification(self):
        for state in ("submitted", "returned"):
            with self.subTest(state=state), self.at("2026-11-23 10:15"):
                with self.refused("not verified → 王芳 verifies it first"):
                    self.by(self.order, FINANCE).action_sign_finance()
                self.assertEqual(self.order.revision_state, state)
            if state == "submitted":
                self.by(self.order, MERCHANDISER).action_return("尺寸方向")
        self.assertFalse(self.by(self.order, FINANCE).signature_ids)
        self.assertEqual({row["gate"] for row in self.refusals()}, {"revision.sign.finance"})

    def test_1120_verified_with_its_snapshot(self):
        self.return_and_correct()
        with self.at("2026-11-23 11:20"):
            order = self.by(self.order, MERCHANDISER)
            with self.refused("Size is not ticked(.|\n)*Other basic data is not ticked"):
                order.action_verify()
            self.verify(self.order, MERCHANDISER)
        self.assertRecordValues(order.revision_id, [{
            "state": "verified", "verified_by_id": self.user(MERCHANDISER).id,
            "verified_at": moment("2026-11-23 11:20"), "letter": "A", "return_count": 1}])
        self.assertRecordValues(order.revision_id.tick_ids.filtered("is_difference"), [
            {"cycle": 1, "ticked_by_id": False}, {"cycle": 1, "ticked_by_id": False}])
        line = self.notice(MERCHANDISER).line_ids
        self.assertRecordValues(line, [{
            "quantity": PACKS, "size_width": 200, "size_length": 180, "gsm": 60,
            "fibre": "100% 粘胶", "pieces_per_pack": 60, "packs_per_carton": PER_CARTON,
            "bag_version_id": self.ref("PK01_v2").id, "carton_version_id": self.ref("PK06_v1").id}])
        frozen = self.order.sudo().revision_id._content()["lines"][0]["snapshot"]
        components = {row["product"] for row in frozen}
        for code in ("RM03", "RM09", "RM10", "RM12", "PK01_v2", "PK06_v1"):
            with self.subTest(component=code):
                self.assertIn(self.ref(code).id, components)

    # -------------------------------------------------------------- two names

    def test_1125_no_release_without_signatures(self):
        self.return_and_correct()
        with self.at("2026-11-23 11:20"):
            self.verify(self.order, MERCHANDISER)
        with self.at("2026-11-23 11:25"), self.refused(
                "missing signature of Finance → .*钱敏.*(.|\n)*"
                "missing signature of Sales manager → 周建国"):
            self.notice(MERCHANDISER).action_release()
        self.assertRecordValues(self.notice(MERCHANDISER), [{
            "state": "draft", "released_at": False}])
        self.assertFalse(self.notice(MERCHANDISER).production_ids)

    def test_1400_one_signature_is_not_enough(self):
        self.return_and_correct()
        self.verify_and_sign_finance()
        order = self.by(self.order, FINANCE)
        self.assertRecordValues(order, [{"revision_state": "verified", "state": "draft"}])
        self.assertRecordValues(order.signature_ids, [{
            "role": "finance", "user_id": self.user(FINANCE).id,
            "signed_at": moment("2026-11-23 14:00"), "for_user_id": False}])
        self.assertEqual(order.signature_ids.digest, order.revision_id.digest)
        self.assertEqual(order.revision_id.missing_signatures, "Sales manager")

    def test_1412_draft_production_stays_a_draft(self):
        self.return_and_correct()
        self.verify_and_sign_finance()
        notice = self.notice(PRODUCTION)
        production = self.draft_production(PRODUCTION, notice.line_ids)
        with self.at("2026-11-23 14:12"):
            for attempt in ("action_confirm", "button_mark_done"):
                with self.subTest(attempt=attempt), self.refused(
                        "missing signature of Sales manager → 周建国 signs revision A"):
                    getattr(self.by(production, PRODUCTION), attempt)()
        self.assertEqual(production.state, "draft")
        self.assertFalse(production.move_raw_ids.filtered(lambda move: move.state != "draft"))
        kept = [row for row in self.refusals() if row["user_id_int"] == self.user(PRODUCTION).id]
        self.assertEqual([row["gate"] for row in kept], ["production.confirm", "production.run"])
        for row in kept:
            self.assertEqual(row["document"], production.display_name)
            self.assertEqual(row["occurred_at"], moment("2026-11-23 14:12"))

    def test_1630_valid_with_both(self):
        self.return_and_correct()
        self.verify_and_sign_finance()
        with self.at("2026-11-23 16:29"), self.refused(
                "the signature of Sales manager is not yours to give → 周建国 signs"
                "(.|\n)*钱敏 has given the other signature"):
            self.by(self.order, FINANCE).action_sign_sales_manager()
        with self.at("2026-11-23 16:30"):
            self.by(self.order, MANAGER).action_sign_sales_manager()
        self.assertRecordValues(self.order, [{"state": "sale", "revision_state": "valid"}])
        self.assertRecordValues(self.notice(MERCHANDISER), [{
            "state": "valid", "valid_at": moment("2026-11-23 16:30"), "revision_letter": "A"}])
        picking = self.order.sudo().picking_ids
        self.assertRecordValues(picking.move_ids, [{"product_uom_qty": PACKS, "quantity": 0}])
        self.assertFalse(self.env["mrp.production"].search([
            ("notice_id", "=", self.order.sudo().notice_id.id)]), "made only by the release")

    # ------------------------------------------------------- stock and release

    def test_1640_no_release_without_stock_check(self):
        self.sign_all()
        with self.at("2026-11-23 16:40"), self.refused(
                "no stock check of revision A → 王芳 checks the stock first"):
            self.notice(MERCHANDISER).action_release()
        self.assertEqual(self.notice(MERCHANDISER).state, "valid")

    def test_1645_old_artwork_is_not_usable(self):
        self.sign_all()
        with self.at("2026-11-23 16:45"):
            self.notice(MERCHANDISER).action_check_stock()
        check = self.notice(MERCHANDISER).stock_check_id
        self.assertRecordValues(check, [{
            "checked_by_id": self.user(MERCHANDISER).id,
            "checked_at": moment("2026-11-23 16:45")}])
        self.assertRecordValues(check.line_ids, [{
            "on_hand": 96 * PER_CARTON, "usable": 0, "taken": 0, "reason": "other_bag"}])
        self.assertEqual(check.line_ids.lot_id.bag_version_id, self.ref("PK01_v1"))
        self.assertRecordValues(self.notice(MERCHANDISER).line_ids, [{
            "stock_quantity": 0, "to_make_quantity": PACKS, "released_quantity": 0}])

    def test_1650_released_and_told(self):
        self.sign_all()
        with self.at("2026-11-23 16:45"):
            self.notice(MERCHANDISER).action_check_stock()
        with self.at("2026-11-23 16:50"):
            with self.refused("is not yours to decide → 王芳 does it"):
                self.notice("E11").action_release()
            self.notice(MERCHANDISER).action_release()
        notice = self.notice(MERCHANDISER)
        self.assertRecordValues(notice, [{
            "state": "released", "released_by_id": self.user(MERCHANDISER).id,
            "released_at": moment("2026-11-23 16:50")}])
        self.assertRecordValues(notice.line_ids, [{
            "released_quantity": PACKS, "to_make_quantity": 0}])
        told = notice.message_ids.filtered(lambda message: "Released" in (message.body or ""))
        self.assertEqual(told.partner_ids, self.env["res.partner"].union(*(
            self.user(number).partner_id for number in ("E12", "E13", "E14", "E15", "E20", "E21"))))
        with self.refused("nothing is short, 0 to make"):
            notice.action_release()

    def test_1650_the_workshop_gets_what_was_released(self):
        self.sign_all()
        with self.at("2026-11-23 16:50"):
            self.release(self.order, MERCHANDISER)
        production = self.notice(PRODUCTION).production_ids
        self.assertRecordValues(production, [{
            "state": "confirmed", "product_qty": PACKS, "product_id": self.ref("F02").id}])
        line = self.notice(PRODUCTION).line_ids
        self.assertEqual(production.bom_id, line.bom_id)
        self.assertFalse(line.bom_id.active)
        issued = {move.product_id: move.product_uom_qty for move in production.move_raw_ids}
        # core rounds a component up to the hundredth
        self.assertAlmostEqual(issued[self.ref("RM03")], PACKS * 133.488 / 1000, delta=0.01)
        self.assertEqual(issued[self.ref("PK01_v2")], PACKS)
        self.assertEqual(issued[self.ref("PK06_v1")], PACKS / PER_CARTON)
