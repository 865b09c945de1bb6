from odoo.fields import Command

from .packaging_case import (
    KEEPER,
    MERCHANDISER,
    PLAN_MANAGER,
    SALESPERSON,
    PackagingCase,
)


class TestMaterialsEdges(PackagingCase):
    """The "Edge" lines of D2.8, D3.2, D3.5, D3.13 and X14 that no story walks through."""

    def setUp(self):
        super().setUp()
        self.order = self.released(SALESPERSON, "C02", [("F11", 12_000, 0.85)], "2026-12-22")
        self.notice = self.order.sudo().notice_id
        self.line = self.notice.line_ids
        self.bags = self.need_of(self.order, "PK04_v1")
        self.cartons = self.need_of(self.order, "PK07_v1")
        self.enterContext(self.at("2026-11-24 10:00"))

    def light(self, part):
        """Return the codes of what the line still waits for in this part."""
        self.env.invalidate_all()
        return [one.code for one in self.line._readiness()[self.line.id].reasons
                if one.part == part]

    # ------------------------------------------------------------------------ D2.8

    def test_worn_plates_are_made_again_while_the_bag_is_ordered(self):
        job = self.start_plates("PK04_v1", MERCHANDISER, SALESPERSON, is_repeat=True)
        self.assertEqual(job.state, "artwork")
        self.buy(self.bags, 5000)
        self.assertEqual(self.ref("PK04_v1").packaging_state, "regular")

    def test_another_job_on_a_regular_version_is_no_repeat(self):
        job = self.start_plates("PK04_v1", MERCHANDISER, SALESPERSON)
        self.refused_to_buy(f"artwork not approved .{job.name}", self.bags, 5000)

    def test_ordered_while_the_plates_are_engraved_says_what_must_not_be_printed(self):
        job = self.approve_artwork("PK04_v2", MERCHANDISER, SALESPERSON)
        need = self.env["gendan.need"].sudo().create({
            "notice_line_id": self.line.id, "product_id": self.ref("PK04_v2").id, "gross": 100})
        purchase = self.buy(need, 105)
        warned = purchase.sudo().message_ids.filtered(
            lambda message: "the proof is not approved yet" in (message.body or ""))
        self.assertIn(job.name, warned.body)

    def test_printed_raw_material_has_plates_too(self):
        """RM08 is printed film: its artwork is approved before it is ordered (D2.8, L-S5)."""
        need = self.need_of(self.order, "RM08")
        job = self.start_plates("RM08", MERCHANDISER, SALESPERSON)
        purchase = self.draft(need, 10, supplier="V02")
        with self.refused(f"artwork not approved .{job.name}"):
            self.by(purchase, MERCHANDISER).button_confirm()
        job.action_submit_artwork()
        self.by(job, SALESPERSON).action_approve_artwork()
        self.by(job, SALESPERSON).action_customer_approved("OK")
        self.by(purchase, MERCHANDISER).button_confirm()
        self.assertEqual(purchase.state, "purchase")

    # ------------------------------------------------------------------------ D2.5

    def test_the_keeper_answers_after_the_goods_have_come(self):
        """The question was asked, the film came first, the answer says so: settled, no date."""
        order = self.released(SALESPERSON, "C02", [("F11", 12_000, 0.85)], "2026-12-28")
        enquiry = order.sudo().notice_id.eta_enquiry_ids[:1]
        self.assertEqual(enquiry.state, "answered")
        open_ = self.released_unasked()
        question = open_.eta_enquiry_ids[:1]
        self.put(question.product_id.default_code, 100_000)
        with self.at("2026-11-25 10:00"):
            self.by(question, "E14").action_answer(on_hand=question.sudo().need_id.net)
        self.assertRecordValues(question, [{"state": "answered", "promised_date": False}])
        self.assertNotIn("raw", {one.part for one in open_.line_ids._readiness()[
            open_.line_ids.id].reasons if one.code == "not_answered"})

    def released_unasked(self):
        """Return a released notice whose keepers have been asked and have not answered."""
        with self.at("2026-11-24 09:10"):
            order = self.new_order(SALESPERSON, "C02", [("F11", 8000, 0.85)], "2026-12-28")
            self.make_valid(order, merchandiser=MERCHANDISER)
            notice = self.release(order, MERCHANDISER)
            self.by(notice, MERCHANDISER).action_ask_materials()
        return notice.sudo()

    # ------------------------------------------------------------------ D3.2, D3.11

    def test_another_types_it_and_the_merchandiser_decides(self):
        """The plan manager's clerk, keepers, sales of another order: none of them orders it."""
        clerk = self.env["res.users"].with_context(no_reset_password=True).create({
            "name": "采购文员", "login": "clerk", "company_id": self.company.id,
            "company_ids": [Command.set(self.company.ids)],
            "group_ids": [Command.set([self.env.ref("purchase.group_purchase_user").id,
                                       self.env.ref("base.group_user").id])]})
        purchase = self.draft(self.bags, 5000)
        self.env.invalidate_all()
        with self.refused("采购文员 does not decide how much → Merchandiser orders it"):
            purchase.with_user(clerk).button_confirm()
        self.assertEqual(purchase.state, "draft")
        self.by(purchase, MERCHANDISER).button_confirm()
        self.assertRecordValues(purchase, [{
            "state": "purchase", "buyer_id": self.user(MERCHANDISER).id,
            "buyer_role": "merchandiser"}])

    # ------------------------------------------------------------------------ D3.4

    def new_bags(self, quantity=40_800):
        """Return an order's need of PK01 v2, which is new and whose artwork is approved."""
        order = self.released("E03", "C01", [("F02", quantity, 0.62)], "2026-12-24",
                              merchandiser="E10")
        self.approve_artwork("PK01_v2")
        return self.need_of(order, "PK01_v2")

    def test_two_orders_of_a_new_version_before_its_first_use(self):
        """5 % on their sum: 40,000 and 2,840, not one bag more (D3.4)."""
        need = self.new_bags()
        self.buy(need, 40_000, "E10")
        self.refused_to_buy("at most 42,840", need, 2_841, "E10")
        self.buy(need, 2_840, "E10")
        self.assert_ledger(need, 42_840, 0)

    def test_regular_while_the_order_is_a_draft(self):
        """Drafted while it was new, ordered when it is regular: judged when it is ordered."""
        need = self.new_bags()
        purchase = self.draft(need, 48_960, "E10")
        with self.refused("at most 42,840"):
            self.by(purchase, "E10").button_confirm()
        # what the accepted first article does (test_plate_job, test_s01_first_article)
        need.product_id.sudo()._set_version_status("regular")
        self.by(purchase, "E10").button_confirm()
        self.assert_ledger(need, 48_960, 0)

    # ------------------------------------------------------------------ D3.6 to D3.8

    def test_a_neutral_carton_says_so(self):
        """Nothing typed is nothing said; 无唛 on both sides is an answer (D3.6)."""
        order = self.released_unasked()
        line = order.line_ids
        line.write({"mark_front": False, "mark_side": False})
        spec = self.specify_carton(line, MERCHANDISER)
        with self.refused("Front mark, Side mark missing.*无唛"):
            self.by(spec, MERCHANDISER).action_ask()
        line.write({"mark_front": "无唛", "mark_side": "无唛"})
        self.by(spec, MERCHANDISER).action_ask()
        self.by(spec, SALESPERSON).action_confirm()
        self.assertEqual(spec.status, "confirmed")

    def test_the_customers_size_is_adopted_by_the_merchandiser(self):
        """It stands on the customer's sheet; it is the size when she takes it over (D3.8)."""
        spec = self.env["gendan.carton.specification"].search(
            [("notice_line_id", "=", self.line.id)])
        with self.refused("cannot do this"):
            self.by(spec, SALESPERSON).action_set_size(480, 380, 350, "customer")
        self.by(spec, MERCHANDISER).action_set_size(480, 380, 350, "customer")
        self.assertRecordValues(spec.size_ids[-1:], [{
            "source": "customer", "user_id": self.user(MERCHANDISER).id, "size_height": 350}])

    # ------------------------------------------------------------------ D3.2, D3.11, labels

    def test_inner_and_outer_bag_are_two_needs(self):
        bom = self.ref("bom_F11").sudo()
        bom.bom_line_ids = [Command.create({
            "product_id": self.ref("PK90_v1").id, "product_qty": 2 * bom.product_qty,
            "product_uom_id": self.ref("uom_piece").id})]
        order = self.released(SALESPERSON, "C02", [("F11", 4000, 0.85)], "2026-12-28")
        inner, outer = self.need_of(order, "PK90_v1"), self.need_of(order, "PK04_v1")
        self.assertEqual((inner.gross, outer.gross), (8000, 4000))

    def test_a_label_that_is_flagged_is_the_merchandisers_too(self):
        label = self.env["product.product"].sudo().create({
            "name": "贴唛", "packaging_kind": "label", "uom_id": self.ref("uom_piece").id})
        draft = self.by(self.env["purchase.order"], "E07").sudo().create({
            "partner_id": self.ref("V04").id, "company_id": self.company.id,
            "order_line": [Command.create({"product_id": label.id, "product_qty": 10})]})
        with self.refused("does not decide how much → Merchandiser orders it|is bought for no"):
            self.by(draft, MERCHANDISER).button_confirm()

    # ------------------------------------------------------------------------ D3.5

    def test_damaged_cartons_are_a_supplement_of_exactly_so_many(self):
        self.receive(self.buy(self.cartons, 300, supplier="V04"), 300)
        scrap = self.env["stock.scrap"].sudo().create({
            "product_id": self.cartons.product_id.id, "scrap_qty": 20,
            "company_id": self.company.id})
        scrap.do_scrap()
        supplement = self.by(self.env["gendan.supplement"], KEEPER).create({
            "notice_line_id": self.line.id, "product_id": self.cartons.product_id.id,
            "quantity": 20, "reason": "受潮", "scrap_ids": [Command.set(scrap.ids)]})
        self.by(supplement, PLAN_MANAGER).action_approve()
        need = supplement.need_id
        self.refused_to_buy("21 .*at most 20", need, 21, supplier="V04")
        self.buy(need, 20, supplier="V04")
        self.assert_ledger(self.cartons, 300, 0)
        with self.subTest("one scrap record makes good once"), self.refused("made good by"):
            self.by(self.env["gendan.supplement"], KEEPER).create({
                "notice_line_id": self.line.id, "product_id": self.cartons.product_id.id,
                "quantity": 20, "reason": "再补", "scrap_ids": [Command.set(scrap.ids)]})

    def test_a_scrap_record_without_scrap_proves_nothing(self):
        """X14: what counts is what was moved, not the number and the state on the record."""
        self.receive(self.buy(self.cartons, 300, supplier="V04"), 300)
        scrap = self.by(self.env["stock.scrap"], KEEPER).create({
            "product_id": self.cartons.product_id.id, "scrap_qty": 5,
            "company_id": self.company.id})
        forged = scrap.copy({"scrap_qty": 250})
        forged.write({"state": "done"})
        scrap.do_scrap()
        scrap.write({"scrap_qty": 250})
        for record in (forged, scrap):
            supplement = self.by(self.env["gendan.supplement"], KEEPER).create({
                "notice_line_id": self.line.id, "product_id": self.cartons.product_id.id,
                "quantity": 250, "reason": "受潮", "scrap_ids": [Command.set(record.ids)]})
            with self.refused("250 asked for, (0|5) scrapped"):
                self.by(supplement, PLAN_MANAGER).action_approve()

    def test_a_supplement_is_refused_with_a_reason(self):
        supplement = self.by(self.env["gendan.supplement"], MERCHANDISER).create({
            "notice_line_id": self.line.id, "product_id": self.bags.product_id.id,
            "quantity": 5, "reason": "?"})
        with self.refused("Say why"):
            self.by(supplement, PLAN_MANAGER).action_refuse(" ")
        self.by(supplement, PLAN_MANAGER).action_refuse("现有袋够用")
        self.assertRecordValues(supplement, [{"state": "refused", "need_id": False}])

    def test_above_the_order_is_said_on_the_receipt_before_anybody_is_refused(self):
        order = self.buy(self.cartons, 300, supplier="V04")
        receipt = self.by(order.sudo().picking_ids, KEEPER)
        self.assertFalse(receipt.over_text)
        self.note_arrival(receipt.move_ids, 309)
        self.assertIn("9 ", receipt.over_text, "3 % more")
        with self.refused("9 .* more than .* 徐志强 accepts the over-delivery"):
            receipt.button_validate()
        with self.refused("Say why"):
            self.by(receipt, PLAN_MANAGER).action_accept_over("")
        self.by(receipt, PLAN_MANAGER).action_accept_over("整垛, 供应商不收费")
        self.assertFalse(self.by(receipt, KEEPER).over_text)
        self.by(receipt, KEEPER).with_context(skip_backorder=True).button_validate()
        self.assert_ledger(self.cartons, 300, 0)
        self.assertEqual(self.cartons.over_delivered, 9)
        with self.refused("no more than was ordered"):
            self.by(receipt, PLAN_MANAGER).action_accept_over("再来")

    def test_surplus_is_kept_with_a_reason_by_the_merchandiser(self):
        self.buy(self.cartons, 300, supplier="V04")
        mine = self.by(self.order, SALESPERSON)
        mine.action_open_revision("客户减量")
        mine.order_line.product_uom_qty = 10_000
        self.make_valid(mine, merchandiser=MERCHANDISER)
        case = self.cartons.case_ids
        self.assertRecordValues(case, [{"state": "open", "quantity": 50, "cause": "reduction"}])
        self.assertIn(self.cartons.allocation_ids.purchase_line_id.order_id.id,
                      case.action_open_purchases()["domain"][0][2])
        with self.refused("it is the part of"):
            self.by(case, KEEPER).action_keep("留着")
        with self.refused("Say why"):
            self.by(case, MERCHANDISER).action_keep("")
        self.by(case, MERCHANDISER).action_keep("供应商已开模, 留给返单")
        self.assertRecordValues(case, [{
            "state": "surplus", "settled_by_id": self.user(MERCHANDISER).id}])
        with self.refused("is settled already"):
            self.by(case, MERCHANDISER).action_keep("再一次")

    # ----------------------------------------------------------------------- D3.13

    def test_cartons_without_a_lot_show_unchecked_too(self):
        order = self.buy(self.cartons, 300, supplier="V04")
        self.assertIn(self.light("carton"), (["expected"], ["late"]))
        receipt = self.receive(order, 300)
        self.assertEqual(self.light("carton"), ["unchecked"])
        template = self.env.ref("gendan_followup.check_template_incoming_packaging")
        sheet = self.by(self.env["gendan.check.sheet"], KEEPER).create({
            "template_id": template.id, "product_id": self.cartons.product_id.id,
            "picking_id": receipt.id})
        sheet.line_ids.write({"result": "ok"})
        sheet.action_close()
        self.assertEqual(self.light("carton"), [])

    def check_incoming(self, receipt, product, lot=None):
        """Open the keeper's sheet of what came on this receipt."""
        template = self.env.ref("gendan_followup.check_template_incoming_packaging")
        return self.by(self.env["gendan.check.sheet"], KEEPER).create({
            "template_id": template.id, "product_id": product.id, "picking_id": receipt.id,
            **({"lot_id": lot.id} if lot else {})})

    def test_the_receipt_says_in_red_what_nobody_looked_at(self):
        receipt = self.receive(self.buy(self.bags, 8000), 8000)
        lot = receipt.move_line_ids.lot_id
        self.assertRegex(receipt.unchecked_text, f"{lot.name}: not checked → 马丽 checks it")
        sheet = self.check_incoming(receipt, self.bags.product_id, lot)
        with self.at("2026-11-24 10:30"):
            sheet.action_skip()
        self.env.invalidate_all()
        self.assertRegex(receipt.unchecked_text,
                         f"{lot.name}: received unchecked by 马丽, 11-24 10:30")
        with self.subTest("the merchandiser and the workshop read the same"):
            for number in (MERCHANDISER, "E12", "E13"):
                self.assertTrue(self.by(receipt, number).unchecked_text)
        with self.subTest("somebody looks at it after all"):
            again = self.check_incoming(receipt, self.bags.product_id, lot)
            again.line_ids.write({"result": "ok"})
            again.action_close()
            self.env.invalidate_all()
            self.assertFalse(receipt.unchecked_text)

    def test_the_keeper_checks_it_from_the_receipt_after_all(self):
        receipt = self.by(self.receive(self.buy(self.bags, 8000), 8000), KEEPER)
        action = receipt.action_check_arrival()
        sheet = self.by(self.env["gendan.check.sheet"].browse(action["res_id"]), KEEPER)
        self.assertRecordValues(sheet, [{
            "kind": "incoming_packaging", "state": "open", "picking_id": receipt.id,
            "product_id": self.bags.product_id.id, "lot_id": receipt.move_line_ids.lot_id.id}])
        self.assertEqual(receipt.action_check_arrival()["res_id"], sheet.id, "one open sheet")
        with self.subTest("a sheet that was only opened is no check"):
            self.env.invalidate_all()
            self.assertRegex(receipt.unchecked_text, "not checked → 马丽 checks it")
            self.assertTrue(self.bags._doubtful()[self.bags.id])
        sheet.line_ids.write({"result": "ok"})
        sheet.action_close()
        self.env.invalidate_all()
        self.assertFalse(receipt.unchecked_text)
        with self.subTest("the keeper of the raw material does not"):
            other = self.receive(self.buy(self.cartons, 300, supplier="V04"), 300)
            with self.refused("it is the part of|access"):
                sheet = self.by(other, "E14").action_check_arrival()["res_id"]
                self.by(self.env["gendan.check.sheet"].browse(sheet), "E14").action_skip()

    def test_a_receipt_of_cartons_says_it_without_a_lot(self):
        receipt = self.receive(self.buy(self.cartons, 300, supplier="V04"), 300)
        self.assertIn("not checked → 马丽 checks it", receipt.unchecked_text)
        sheet = self.check_incoming(receipt, self.cartons.product_id)
        sheet.line_ids.write({"result": "ok"})
        sheet.line_ids[:1].result = "not_ok"
        sheet.action_close()
        self.env.invalidate_all()
        self.assertIn("not OK by the check of 马丽", receipt.unchecked_text)

    def test_the_manufacturing_order_says_what_was_skipped_on_its_way(self):
        order = self.notice.sudo().production_ids[:1]
        production = self.by(order, "E12")
        self.assertFalse(production.unchecked_text)
        receipt = self.receive(self.buy(self.bags, 8000), 8000)
        lot = receipt.move_line_ids.lot_id
        self.by(self.env["gendan.material.issue"], KEEPER).create({
            "notice_line_id": self.line.id, "product_id": self.bags.product_id.id,
            "lot_id": lot.id, "quantity": 100}).action_issue()
        template = self.env.ref("gendan_followup.check_template_start_check")
        with self.at("2026-11-24 11:00"):
            sheet = self.by(self.env["gendan.check.sheet"], "E20").create({
                "template_id": template.id, "production_id": order.id})
            sheet.action_skip()
        self.env.invalidate_all()
        self.assertRegex(production.unchecked_text, f"{lot.name}: came in unchecked")
        self.assertRegex(production.unchecked_text, "skipped by 冯雪, 11-24 11:00")

    def test_what_has_not_come_yet_is_not_unchecked(self):
        order = self.buy(self.bags, 8000)
        self.assertFalse(self.by(order.sudo().picking_ids, KEEPER).unchecked_text)

    # ------------------------------------------------------------ beside the number

    def test_a_line_says_how_much_it_may_be(self):
        """Need 12,000 less stock, 20 %: the figure that confirming judges by."""
        most = self.bags.headroom
        draft = self.draft(self.bags, most)
        line = draft.order_line
        self.assertRecordValues(line, [{"most_quantity": most, "is_above_limit": False}])
        line.product_qty = most + 1
        self.assertTrue(line.is_above_limit)
        with self.refused("at most 9,600 .20 %. → buy 1 less"):
            self.by(draft, MERCHANDISER).button_confirm()
        line.product_qty = most
        self.by(draft, MERCHANDISER).button_confirm()
        self.assertFalse(line.is_above_limit, "what was ordered within the limit stays within")
        second = self.draft(self.bags, 1).order_line
        self.assertRecordValues(second, [{"most_quantity": 0, "is_above_limit": True}])

    def test_who_asks_for_a_supplement_is_not_shown_its_approval(self):
        new = self.by(self.env["gendan.supplement"], PLAN_MANAGER).new({
            "notice_line_id": self.line.id, "product_id": self.bags.product_id.id})
        self.assertFalse(new.can_decide)

    # ------------------------------------------------------------------ D3.13 again

    def test_what_was_sent_back_is_not_here(self):
        receipt = self.receive(self.buy(self.bags, 8000), 8000)
        self.assertEqual(self.light("bag"), ["unchecked"])
        self.send_back(receipt, 500)
        self.assertEqual(self.light("bag"), ["not_ordered"])

    def test_two_receipts_of_one_order(self):
        order = self.buy(self.bags, 8000)
        self.receive(order, 3000, backorder=True)
        self.assertIn(self.light("bag"), (["expected"], ["late"]))
        self.receive(order, 5000)
        self.assertEqual(self.light("bag"), ["unchecked"])

    def test_unchecked_goods_of_another_notice_do_not_colour_this_one(self):
        self.receive(self.buy(self.bags, 8000), 8000)
        other = self.released(SALESPERSON, "C02", [("F11", 4000, 0.85)], "2026-12-28")
        line = other.sudo().notice_id.line_ids
        need = self.need_of(other, "PK04_v1")
        self.buy(need, need.to_buy)
        self.env.invalidate_all()
        self.assertNotIn("unchecked", [
            one.code for one in line._readiness()[line.id].reasons if one.part == "bag"])
