"""S01 from Tuesday 11-24 to 12-10: materials, plates, cartons, purchases and deliveries."""

from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import moment, photo
from odoo.addons.gendan_followup.tests.packaging_case import PackagingCase

MERCHANDISER, SALESPERSON, PRODUCTION = "E10", "E03", "E12"
RAW_KEEPER, PACKAGING_KEEPER, QC = "E14", "E15", "E21"
PACKS, CARTONS = 40_800, 1700
FABRIC, ROLL = 5446.31, 14.40
SPECIAL = "gendan_followup.activity_special_material"


@tagged("stories")
class TestS01Materials(PackagingCase):
    """Nordpark's 40,800 packs: special fabric, a new bag, a carton whose size is not sure."""

    def setUp(self):
        super().setUp()
        with self.at("2026-11-23 16:50"):
            self.order = self.new_order(SALESPERSON, "C01", [("F02", PACKS, 0.62)], "2026-12-22")
            self.make_valid(self.order, merchandiser=MERCHANDISER)
            self.release(self.order, MERCHANDISER)
            self.env.flush_all()
        self.notice = self.order.sudo().notice_id
        self.fabric, self.bags, self.cartons = (
            self.need_of(self.order, code) for code in ("RM03", "PK01_v2", "PK06_v1"))

    def mine(self, records):
        return self.by(records, MERCHANDISER)

    def buys(self, need, quantity, **values):
        return self.buy(need, quantity, MERCHANDISER, **values)

    def refused_purchase(self, pattern, need, quantity, **values):
        self.refused_to_buy(pattern, need, quantity, MERCHANDISER, **values)

    def question(self, code):
        return self.notice.eta_enquiry_ids.filtered(
            lambda one: one.product_id == self.ref(code))

    def to_dos(self, kind=SPECIAL):
        return self.notice.activity_ids.filtered(
            lambda one: one.activity_type_id == self.env.ref(kind))

    # the story, each day on top of the ones before it; told once, from the release to the
    # day on which everything lies in the stores
    def test_the_whole_story(self):
        self.tuesday_0830_questions_and_answers()
        self.tuesday_0920_no_plan_before_production_answers()
        self.tuesday_1000_capability_with_limits()
        self.tuesday_1035_special_fabric()
        self.tuesday_1045_no_bags_without_artwork()
        self.tuesday_1100_artwork_approved()
        self.wednesday_carton()
        self.friday_sample_and_cartons()
        self.friday_engraver_is_followed_up()
        self.thursday_bags_at_exactly_five_percent()
        self.deliveries()
        self.regular_by_its_first_use()

    # ------------------------------------------------------------- Tuesday 11-24

    def tuesday_0830_questions_and_answers(self):
        self.assertRecordValues(self.fabric, [{
            "gross": FABRIC, "netted": 0, "net": FABRIC, "is_special": True, "kind": "raw"}])
        for code, gross in (("RM09", 475.89), ("RM12", PACKS)):
            self.assertRecordValues(self.need_of(self.order, code), [{
                "gross": gross, "netted": gross, "net": 0, "is_special": False}])
        todo = self.to_dos()
        self.assertEqual(todo.user_id, self.user(MERCHANDISER), "D3.12: she orders it herself")
        self.assertRegex(todo.summary, "special material .*RM03.* 5,446.31 kg")
        with self.at("2026-11-24 08:30"):
            self.mine(self.notice).action_ask_materials()
        self.assertEqual(set(self.notice.eta_enquiry_ids.product_id.mapped("default_code")),
                         {"RM03", "RM09", "RM12"}, "water is made in house")
        with self.at("2026-11-24 09:10"):
            for code, on_hand, promised in (
                    ("RM03", 0, "2026-12-08"), ("RM09", 900, False), ("RM12", 45_000, False)):
                self.by(self.question(code), RAW_KEEPER).action_answer(
                    "", on_hand=on_hand, promised_date=promised)
        self.assertRecordValues(self.question("RM03"), [{
            "state": "answered", "on_hand_quantity": 0, "addressee_id": self.user(RAW_KEEPER).id,
            "asked_at": moment("2026-11-24 08:30"), "answered_at": moment("2026-11-24 09:10")}])

    def tuesday_0920_no_plan_before_production_answers(self):
        with self.at("2026-11-24 09:20"):
            unmet = self.mine(self.notice)._plan_unmet()[self.notice.id]
            self.assertEqual([one.code for one in unmet], ["capability_open"])
            self.assertRegex(str(unmet[0]), "production has not answered whether our process can "
                                            "do it → 刘大伟 answers")

    def tuesday_1000_capability_with_limits(self):
        enquiry = self.notice.capability_ids
        with self.at("2026-11-24 10:00"):
            self.by(enquiry, PRODUCTION).action_answer(
                "limits", speed=40, limits="最快每分钟 40 包")
        self.refused_purchase(
            "limits of the process are not accepted: .*40 包 → 陈立 accepts them", self.bags, 1)
        with self.at("2026-11-24 10:30"):
            with self.refused("is not the salesperson of"):
                self.by(enquiry, "E04").action_accept_limits()
            self.by(enquiry, SALESPERSON).action_accept_limits()
        self.assertRecordValues(enquiry, [{
            "verdict": "limits", "speed": 40, "accepted_by_id": self.user(SALESPERSON).id,
            "accepted_at": moment("2026-11-24 10:30")}])

    def tuesday_1035_special_fabric(self):
        rolls = {"supplier": "V01", "unit": "uom_roll_14_40"}
        with self.at("2026-11-24 10:35"):
            draft = self.draft(self.fabric, 380, MERCHANDISER, **rolls)
            self.assertRegex(draft.excess_warning, "25.69 kg above the need of 5,446.31")
            draft.order_line.product_qty = 379
            self.assertFalse(draft.excess_warning)
            draft.order_line.date_planned = moment("2026-12-08 08:00")
            draft.button_confirm()
        self.fabric_order = draft
        self.assertAlmostEqual(self.fabric.covered, 379 * ROLL, 2)
        self.assertEqual(round(380 * ROLL - FABRIC, 1), 25.7)
        self.assertRecordValues(draft, [{
            "buyer_id": self.user(MERCHANDISER).id, "buyer_role": "merchandiser",
            "bought_at": moment("2026-11-24 10:35")}])
        self.assertFalse(self.to_dos(), "it is ordered")

    def tuesday_1045_no_bags_without_artwork(self):
        with self.at("2026-11-24 10:45"):
            self.refused_purchase("PK01.* is new and has no approved artwork → the merchandiser "
                                  "starts its plate job", self.bags, 1)
            job = self.start_plates("PK01_v2", MERCHANDISER, SALESPERSON, colours=7,
                                    notice_line_id=self.notice.line_ids.id)
            self.refused_purchase(f"artwork not approved .{job.name}", self.bags, 42_840)
        self.job = job

    def tuesday_1100_artwork_approved(self):
        with self.at("2026-11-24 11:00"):
            self.mine(self.job).action_submit_artwork()
        with self.at("2026-11-24 15:00"):
            self.by(self.job, SALESPERSON).action_approve_artwork()
        with self.at("2026-11-24 22:40"):
            self.by(self.job, SALESPERSON).action_customer_approved("OK, Nordpark")
        self.assertRecordValues(self.job, [{"state": "engraving", "colours": 7}])

    # ----------------------------------------------------- Wednesday and Friday

    def wednesday_carton(self):
        line = self.notice.line_ids
        with self.at("2026-11-25 09:30"):
            self.refused_purchase("no carton specification .*王芳 writes it", self.cartons, CARTONS,
                                  supplier="V04")
            spec = self.specify_carton(line, MERCHANDISER)
            spec.action_ask()
            self.refused_purchase(
                "the salesperson has not confirmed mark, packing and grade → 陈立 confirms",
                self.cartons, CARTONS, supplier="V04")
        with self.at("2026-11-25 10:10"):
            self.by(spec, SALESPERSON).action_confirm()
        with self.at("2026-11-25 10:20"):
            self.mine(spec).action_ask_sample(self.ref("V04").id)
        with self.at("2026-11-25 10:30"):
            self.refused_purchase("the final size is open → 王芳 sets it", self.cartons, CARTONS,
                                  supplier="V04")
        self.assertIn("陈立 11-25 10:10", self.mine(spec).with_context(
            tz="Asia/Shanghai").confirmed_text)
        self.spec = spec

    def friday_sample_and_cartons(self):
        sample = self.mine(self.spec.sample_ids)
        with self.at("2026-11-27 15:00"):
            sample.action_receive()
            sample.write({"measured_length": 425, "measured_width": 330, "measured_height": 290,
                          "packs_tried": 24, "photo": photo("brown")})
            sample.action_fits()
            self.mine(self.spec).action_set_size(425, 330, 290, "sample")
            self.refused_purchase("1,701 .*at most 1,700 .0 %", self.cartons, CARTONS + 1,
                                  supplier="V04")
            self.carton_order = self.buys(self.cartons, CARTONS, supplier="V04")
            self.promised(self.carton_order, "2026-12-09 10:00")
        self.assert_ledger(self.cartons, CARTONS, 0)
        self.assertRecordValues(self.spec.size_ids, [{
            "size_length": 425, "size_width": 330, "size_height": 290, "source": "sample",
            "user_id": self.user(MERCHANDISER).id, "set_at": moment("2026-11-27 15:00")}])

    def friday_engraver_is_followed_up(self):
        """Untouched since 11-24: reminded after two working days, once a day (D2.8)."""
        with self.at("2026-11-25 17:00"):
            self.env["gendan.plate.job"]._cron_remind()
            self.assertFalse(self.job.activity_ids.filtered(
                lambda one: "nothing was done" in (one.summary or "")))
        with self.at("2026-11-27 09:00"):
            self.env["gendan.plate.job"]._cron_remind()
            self.env["gendan.plate.job"]._cron_remind()
        reminded = self.job.activity_ids.filtered(
            lambda one: "nothing was done for 2 working days" in (one.summary or ""))
        self.assertEqual(reminded.user_id, self.user(MERCHANDISER))
        self.assertEqual(len(reminded), 1)
        with self.at("2026-11-27 09:10"):
            self.mine(self.job).action_touch("彩捷: 7 支版辊 12-01 完成")

    # ------------------------------------------------------------ Thursday 12-03

    def thursday_bags_at_exactly_five_percent(self):
        with self.at("2026-12-01 16:00"):
            self.mine(self.job).write({"proof": photo("blue"), "proof_name": "proof.png"})
            self.mine(self.job).action_submit_proof()
        with self.at("2026-12-03 09:00"):
            self.by(self.job, SALESPERSON).action_approve_proof()
        with self.at("2026-12-03 10:00"):
            self.mine(self.job).action_release_plates()
            self.assertRecordValues(self.bags, [{
                "net": PACKS, "tolerance_percent": 5, "limit_quantity": 42_840}])
            self.refused_purchase("44,880 .*10 % above 40,800; at most 42,840", self.bags, 44_880)
            self.refused_purchase("42,841 .*5.0025 % above 40,800", self.bags, 42_841)
            self.bag_order = self.buys(self.bags, 42_840)
            self.promised(self.bag_order, "2026-12-10 10:00")
        self.assert_ledger(self.bags, 42_840, 0)
        self.assertEqual([row["gate"] for row in self.refusals() if row["gate"] == "need.limit"],
                         ["need.limit"] * 3, "1,701 cartons, 44,880 and 42,841 bags")

    def promised(self, order, when):
        self.mine(order.order_line).date_planned = moment(when)

    # ----------------------------------------------------------- 12-08 to 12-10

    def checked_in(self, order, number, quantity, lot, **results):
        """Check a delivery in on the phone; every point named in ``results``, others OK."""
        move = order.sudo().picking_ids.move_ids.filtered(lambda one: one.state != "done")
        template = self.env["gendan.check.template"]._template_of(
            move._incoming_kind(), self.company)
        answers = {str(point.id): {"result": results.get(point.name, "ok")}
                   for point in template.line_ids}
        answers[next(iter(answers))]["photo"] = photo("white").decode()
        step = {"key": lot, "kind": "receive", "move": move.id, "lot": lot, "quantity": quantity,
                "answers": answers}
        self.assertEqual(self.by(move.picking_id, number).action_sync([step]), {lot: False})
        return self.env["gendan.check.sheet"].search(
            [("picking_id", "=", move.picking_id.id)], limit=1)

    def light(self):
        return self.mine(self.notice.line_ids)._readiness()[self.notice.line_ids.id]

    def deliveries(self):
        with self.at("2026-12-08 09:00"):
            self.assertEqual(self.light().light, "amber", "all is promised")
            sheet = self.checked_in(
                self.fabric_order, RAW_KEEPER, 379, "RM03-2612",
                **{"Print colour": "na", "Print direction": "na", "Water-repellent": "na"})
        self.assertRecordValues(sheet, [{
            "kind": "incoming_raw", "result": "ok", "employee_id": self.ref(RAW_KEEPER).id}])
        self.assertEqual({line.name: line.result for line in sheet.line_ids}, {
            "Usable width": "ok", "Print colour": "na", "Print direction": "na",
            "Hydrophilic": "ok", "Water-repellent": "na"})
        with self.at("2026-12-09 10:00"):
            self.checked_in(self.carton_order, PACKAGING_KEEPER, CARTONS, "PK06")
            reasons = self.light().reasons
            self.assertEqual({one.part for one in reasons}, {"bag"}, [*map(str, reasons)])
        with self.at("2026-12-10 14:00"):
            self.checked_in(self.bag_order, PACKAGING_KEEPER, 42_500, "PK01-V2-2612")
            rest = self.bag_order.sudo().picking_ids.filtered(lambda one: one.state != "done")
            self.assertEqual(rest.move_ids.product_uom_qty, 340)
            self.by(rest, PACKAGING_KEEPER).action_cancel()
            self.assertEqual(self.light().light, "green", "42,500 of 40,800 needed: ready")
        self.assert_ledger(self.bags, 42_500, 340)
        self.assertRecordValues(self.bags, [{
            "ordered": 42_840, "cancelled": 340, "received": 42_500, "to_buy": 0}])
        self.assertEqual(self.env["stock.lot"].search(
            [("name", "=", "PK01-V2-2612")]).check_state, "ok")

    # ------------------------------------------------------------- 12-15 09:50

    def regular_by_its_first_use(self):
        """The accepted first article ends the 5 %: a repeat order floats by 20 %."""
        with self.at("2026-12-15 09:50"):
            self.accept_first_article(self.notice.production_ids)
            self.assertEqual(self.ref("PK01_v2").packaging_state, "regular")
            repeat = self.new_order(SALESPERSON, "C01", [("F02", 24_000, 0.62)], "2027-01-22")
            self.make_valid(repeat, merchandiser=MERCHANDISER)
            self.release(repeat, MERCHANDISER)
        need = self.need_of(repeat, "PK01_v2")
        self.assertEqual(need.tolerance_percent, 20)
        self.assertEqual(need.limit_quantity, need.net * 120 // 100)
