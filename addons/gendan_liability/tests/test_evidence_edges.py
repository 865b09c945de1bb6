"""Edges of the rules that the three cases of `test_evidence_28` do not reach (section 12)."""

from odoo.fields import Command
from odoo.tests import tagged

from .common import ROLE_KEYS, moment
from .test_evidence_28 import BIB, CONTRADICTS, LATER, MISSING, SUPPORTS, KeeperVerbs


class EdgeCase(KeeperVerbs):
    """One edge, as the records of the work show it."""

    def assert_facts(self, incident, code, expected):
        """Assert ``{code of the fact: verdict}`` of a rule."""
        self.assertEqual(self.facts(incident, code), expected)

    def submitted(self, order, seller, at):
        with self.at(at):
            self.by(order, seller).action_submit()

    def corrected(self, order, seller, at, pieces=2):
        """Correct the pieces per pack of a valid order by a further revision."""
        with self.at(at):
            mine = self.by(order, seller)
            mine.action_open_revision("每包片数")
            mine.order_line.pieces_per_pack = mine.order_line.pieces_per_pack + pieces
            mine.action_submit()


@tagged("post_install", "-at_install")
class TestSalesEdges(EdgeCase):
    """L-S1 and L-S2."""

    def test_s1_submitted_unchanged_after_a_return(self):
        """王芳 sent it back, 陈立 submitted it unchanged: his, whoever verified it then (D1.6)."""
        order = self.order(valid=False)
        self.submitted(order, "E03", "2026-11-24 09:10")
        with self.at("2026-11-24 10:00"):
            self.by(order, "E10").action_return("每包 12 片? 客户写 10")
        self.submitted(order, "E03", "2026-11-24 10:30")
        with self.at("2026-11-24 11:00"):
            self.verify(order, "E10")
            self.by(order, "E07").action_sign_finance()
            self.by(order, "E02").action_sign_sales_manager()
        self.notice = order.sudo().notice_id
        case = self.about("L-S1", "order")
        self.assert_facts(case, "L-S1", {"returned_unheeded": SUPPORTS})
        self.assertIn("客户写 10", self.candidate(case, "L-S1").reason)
        self.assertEqual(self.shares(case), [("E03", 100, "2000.00")])

    def test_s1_corrected_after_the_return_is_no_fault(self):
        order = self.order(valid=False)
        self.submitted(order, "E03", "2026-11-24 09:10")
        with self.at("2026-11-24 10:00"):
            self.by(order, "E10").action_return("每包 12 片? 客户写 10")
        self.by(order, "E03").order_line.pieces_per_pack += 1
        self.submitted(order, "E03", "2026-11-24 10:30")
        with self.at("2026-11-24 11:00"):
            self.verify(order, "E10")
            self.by(order, "E07").action_sign_finance()
            self.by(order, "E02").action_sign_sales_manager()
        self.notice = order.sudo().notice_id
        self.assert_facts(self.about("L-S1", "order"), "L-S1", {"no_correction": MISSING})

    def small_order(self):
        """C09 has no salesperson: 王芳 enters its order, 李娜 verifies it (A34)."""
        with self.at("2026-11-24 09:00"):
            order = self.new_order("E10", "C09", [("F01", 240, 8.9)], "2026-12-22")
            self.make_valid(order, seller="E10", merchandiser="E11")
            self.env.flush_all()
        self.notice = order.sudo().notice_id
        return order

    def test_s1_typed_by_the_merchandiser_for_a_small_customer(self):
        order = self.small_order()
        quiet = self.about("L-S1", "order")
        self.assert_facts(quiet, "L-S1", {"typed_by_merchandiser": CONTRADICTS})
        self.corrected(order, "E10", LATER)
        case = self.about("L-S1", "order", found="2026-12-08 14:00")
        self.assert_facts(case, "L-S1", {
            "corrected_later": SUPPORTS, "typed_by_merchandiser": SUPPORTS})
        self.assertEqual(self.shares(case), [("E10", 100, "2000.00")])

    def test_k2_the_format_was_wrong_on_the_notice(self):
        """Coded as the notice says, and the notice was wrong: S1, not the keeper's K2."""
        order = self.order()
        line = self.notice.line_ids
        self.sheet("coding", "E15", notice_line_id=line.id)
        with self.at(LATER):
            mine = self.by(order, "E03")
            mine.action_open_revision("日期格式应为 DD.MM.YYYY")
            mine.order_line.code_format = "EXP DD.MM.YYYY"
            mine.action_submit()
        case = self.about("L-K2", "coding", found="2026-12-08 14:00")
        self.assert_facts(case, "L-K2", {"checked": CONTRADICTS})
        self.assert_facts(case, "L-S1", {"corrected_later": SUPPORTS})
        self.assertEqual(case.sudo().leading_rule_id.code, "L-S1")
        self.assertEqual(self.shares(case), [("E03", 100, "333.33")])

    def test_s3_with_k1_the_panel_sees_both(self):
        """Bought by 郑浩 himself, and booked in unchecked: both cards, S3 of the kind leads."""
        self.fresh("E05")
        with self.at("2026-12-01 09:00"):
            purchase = self.order_packaging({"PK04_v1": 5000}, "E05")
            purchase.button_confirm()
        lot = self.fresh_lot("PK04_v1")
        self.skipped("incoming_packaging", "E15", lot_id=lot.id, product_id=lot.product_id.id)
        case = self.about("L-S3", "own_purchase", purchase_ids=purchase.ids, lot_ids=lot.ids)
        self.assert_facts(case, "L-S3", {"bought_by_salesperson": SUPPORTS})
        self.assert_facts(case, "L-K1", {"skipped": SUPPORTS})
        self.assertEqual(case.sudo().leading_rule_id.code, "L-S3")
        self.match(case, "L-K1", lead=False)
        self.assertEqual([(person, amount) for person, _percent, amount in self.shares(case)][0],
                         ("E05", "1100.00"))

    def accepted(self, result):
        """吴婷 accepts the first article; one point of it is ``result``."""
        self.fresh()
        self.company.sudo().trial_quantity = 0
        with self.at("2026-12-08 08:30"):
            article = self.open_first_article(self.line, self.ref(BIB))
            self.take_sample(article, "E18")
            article.line_ids[0].write(
                {"result": result, "note": "封口偏 4 mm"} if result == "not_ok" else
                {"result": "ok", **({"measured_value": article.line_ids[0].limit_low}
                                    if article.line_ids[0].has_limits else {})})
        with self.at("2026-12-08 09:00"):
            self.by(article, "E04").action_accept()
        return article

    def test_s2_accepted_although_a_point_was_wrong(self):
        self.accepted("not_ok")
        case = self.about("L-S2", "communication")
        self.assert_facts(case, "L-S2", {"accepted_not_ok": SUPPORTS})
        self.assertEqual(self.shares(case), [("E04", 100, "5000.00")])

    def test_s2_nothing_was_wrong_with_it(self):
        self.accepted("ok")
        self.assert_facts(self.about("L-S2", "communication"), "L-S2", {"no_record": MISSING})

    def test_s2_rejected(self):
        self.fresh()
        self.company.sudo().trial_quantity = 0
        with self.at("2026-12-08 08:30"):
            article = self.open_first_article(self.line, self.ref(BIB))
            self.take_sample(article, "E18")
        with self.at("2026-12-08 09:00"):
            self.by(article, "E04").action_reject("封口偏 4 mm")
        self.assert_facts(self.about("L-S2", "communication"), "L-S2", {"rejected": CONTRADICTS})


@tagged("post_install", "-at_install")
class TestMerchandiserEdges(EdgeCase):
    """L-M1, L-M2, L-M5 and L-M6."""

    def test_m1_run_while_a_change_was_unsigned(self):
        """Revision A was released; B takes its force from it, and nobody has signed B."""
        order = self.order()
        with self.at("2026-11-24 11:00"):
            self.release(order, "E10")
        self.corrected(order, "E03", "2026-12-08 08:00")
        case = self.about("L-M1", "order")
        self.assert_facts(case, "L-M1", {
            "released_unapproved": SUPPORTS, "not_verified": MISSING,
            "missing_signature": MISSING})
        self.assertEqual(self.shares(case), [("E03", 70, "4200.00"), ("E10", 30, "1800.00")])
        before = self.about("L-M1", "order", at="2026-12-08 07:59")
        self.assert_facts(before, "L-M1", {"approved": CONTRADICTS})

    def bought(self, bought, due, named="PK04_v1"):
        """李娜 buys a bag for the notice, which names another or the same."""
        self.fresh(named=(named,))
        need = self.new_need(bought, 8000)
        with self.at("2026-11-24 09:00"):
            purchase = self.order_packaging({need: 8000}, "E11")
            purchase.order_line.date_planned = moment(f"{due} 12:00")
            purchase.button_confirm()
        return purchase

    def test_m2_another_version(self):
        """She ordered PK02 v3 for a notice that names PK04 v1."""
        self.bought("PK02_v3", "2026-12-20")
        case = self.about("L-M2", "packaging_supply")
        self.assert_facts(case, "L-M2", {"wrong_version": SUPPORTS})
        self.assertIn("PK04", self.candidate(case, "L-M2").reason)
        self.assertEqual(self.shares(case), [("E11", 100, "2400.00")])

    def test_m2_promised_and_never_came(self):
        self.bought("PK04_v1", "2026-12-06")
        case = self.about("L-M2", "packaging_supply")
        self.assert_facts(case, "L-M2", {"not_there": SUPPORTS})
        self.assertEqual(self.shares(case), [("E11", 100, "2400.00")])
        early = self.about("L-M2", "packaging_supply", at="2026-12-05 10:00",
                           found="2026-12-05 11:00")
        self.assert_facts(early, "L-M2", {"no_record": MISSING})

    def trip(self, arrived, wait=None, replanned=False):
        """Run C06's trip of Thursday 11-26, due there at 10:00; return its shipping notice."""
        order = self.stocked_order()
        with self.at("2026-11-25 09:00"):
            shipping = self.accepted_shipping(order, "2026-11-26")
        with self.at("2026-11-25 14:00"):
            self.with_slip(shipping)
            trip = self.as_user("gendan.dispatch", "E11").create({
                "day": "2026-11-26", "vehicle_id": self.ref("vehicle_V4").id,
                "driver_id": self.ref("E23").id,
                "stop_ids": [Command.create({"shipping_id": shipping.id, "hour_due": 10})]})
        with self.at("2026-11-25 15:40"):
            self.by(shipping, "E11").action_confirm_goods()
            self.by(trip, "E11").action_confirm()
        if replanned:
            with self.at("2026-11-25 15:50"):
                self.by(trip, "E11").action_replan()
                self.by(trip, "E11").action_confirm()
        with self.at("2026-11-25 16:00"):
            self.start_loading(shipping)
        with self.at("2026-11-26 08:10"):
            self.at_gate(trip, "E23").action_depart(50200)
        if wait:
            with self.at("2026-11-26 09:00"):
                self.at_gate(trip, "E23").action_note_wait(wait, 120)
        with self.at(f"2026-11-26 {arrived}"):
            self.at_gate(trip.stop_ids, "E23").action_arrive()
        return self.about("L-M5", "shipping", at="2026-11-26 12:45", found="2026-11-26 15:00",
                          shipping_id=shipping.id, notice_id=False)

    def test_m5_late_trip(self):
        """Sent on a round that could not be there at 10:00: whoever dispatched it."""
        case = self.trip("12:30")
        self.assert_facts(case, "L-M5", {"arrived_late": SUPPORTS})
        self.assertEqual(self.shares(case), [("E11", 100, "420.00")])

    def test_m5_breakdown(self):
        """The truck broke down on the way: nobody's dispatch."""
        case = self.trip("12:30", "vehicle")
        self.assert_facts(case, "L-M5", {"held_up": CONTRADICTS})
        self.assertFalse(case.sudo().share_ids)

    def test_m5_dispatched_at_will(self):
        """Confirmed and planned anew: the log tells it, though the sheet is confirmed again."""
        case = self.trip("12:30", replanned=True)
        self.assert_facts(case, "L-M5", {"arrived_late": SUPPORTS, "replanned": SUPPORTS})
        self.assertEqual(self.shares(case), [("E11", 100, "420.00")])

    def test_m5_planned_anew_and_in_time(self):
        self.assert_facts(self.trip("10:00", replanned=True), "L-M5", {"in_time": CONTRADICTS})

    def test_m5_in_time(self):
        self.assert_facts(self.trip("10:00"), "L-M5", {"in_time": CONTRADICTS})

    def test_m6_put_on_hold_by_another(self):
        order = self.held_order()
        with self.at("2026-12-08 08:00"):
            self.notice_of(order, "E09").action_hold("计划部要求")
        case = self.about("L-M6", "other")
        self.assert_facts(case, "L-M6", {"held_by_another": CONTRADICTS})
        self.assertFalse(case.sudo().share_ids)

    def test_m6_only_where_no_other_rule_matches(self):
        """On hold, and the carton was not tried: Q1 alone, M6 is the catch-all."""
        order = self.held_order()
        with self.at("2026-12-08 08:00"):
            self.notice_of(order, "E11").action_hold("等客户回复")
        self.line = self.notice.line_ids
        self.sheet("bag_fit", "E20", {2: "skipped"}, notice_line_id=self.line.id)
        case = self.about("L-M6", "bag_fit")
        self.assertNotIn("L-M6", case.sudo().match_ids.rule_id.mapped("code"))


@tagged("post_install", "-at_install")
class TestKeeperEdges(EdgeCase):
    """L-R1, L-R3, L-K3 and L-K4."""

    def question(self, answered=True):
        self.fresh(merchandiser="E10")
        with self.at("2026-11-28 10:00"):
            question = self.as_user("gendan.eta.enquiry", "E10").create({
                "need_id": self.new_need("RM05", 1483.2).id,
                "addressee_id": self.user("E14").id})
            question.action_ask()
        if answered:
            with self.at("2026-11-28 11:00"):
                self.by(question, "E14").action_answer(on_hand=300, promised_date="2026-12-02")
        return question

    def case(self, **values):
        values = {"at": "2026-12-02 10:25", "found": "2026-12-02 17:00", **values}
        return self.about("L-R3", "plan", **values)

    def test_r3_the_emergency_names_the_answer(self):
        """S06.2: the promise was never moved; the emergency of 10:22 says that it was wrong."""
        question = self.question()
        self.plan("2026-12-03")
        with self.at("2026-12-02 10:22"):
            self.as_user("gendan.exception", "E10").create({
                "title": "RM05 没到, 孙涛看错单", "kind": "raw", "eta_enquiry_id": question.id,
                "notice_ids": [Command.set(self.notice.ids)]})
        case = self.case()
        self.assert_facts(case, "L-R3", {"emergency": SUPPORTS})
        self.assertEqual(case.sudo().leading_rule_id.code, "L-R3")
        self.assertEqual(self.shares(case), [("E14", 100, "1800.00")])

    def test_r3_an_emergency_about_something_else(self):
        """A broken machine says nothing about the keeper's answer."""
        self.question()
        with self.at("2026-12-02 10:22"):
            self.as_user("gendan.exception", "E10").create({
                "title": "分切机坏", "kind": "machine",
                "notice_ids": [Command.set(self.notice.ids)]})
        self.assert_facts(self.case(), "L-R3", {"promise_kept": CONTRADICTS})

    def test_r3_asked_and_not_answered(self):
        self.question(answered=False)
        self.assert_facts(self.case(), "L-R3", {"not_answered": SUPPORTS})

    def test_r3_the_merchandiser_never_asked(self):
        """Never asked: not the keeper's; it is the merchandiser's by L-M6, if by anything."""
        self.fresh(merchandiser="E10")
        case = self.case()
        self.assert_facts(case, "L-R3", {"never_asked": CONTRADICTS})
        self.assertNotIn("L-R3", case.sudo().match_ids.rule_id.mapped("code"))

    def used(self, code):
        """Let a manufacturing order of the notice take ``code`` out of stock."""
        production = self.env["mrp.production"].create({
            "product_id": self.line.product_id.id, "product_qty": 1,
            "company_id": self.company.id, "notice_line_id": self.line.id})
        product = self.ref(code)
        self.env["stock.move"].create({
            "product_id": product.id, "product_uom": product.uom_id.id,
            "product_uom_qty": 100, "quantity": 100, "company_id": self.company.id,
            "raw_material_production_id": production.id,
            "location_id": self.ref("warehouse").lot_stock_id.id,
            "location_dest_id": production.production_location_id.id})
        return production

    def test_used_material_against_the_notice(self):
        """No slip: what the order itself took says it, for material and for packaging."""
        for code, cause, named, wrong in (("L-R1", "raw_material", "RM01", "RM02"),
                                          ("L-K4", "packaging_use", "PK04_v1", "PK02_v3"),
                                          ("L-P1", "packaging_use", "PK04_v1", "PK02_v3")):
            for used, expected in ((named, {"used_right": CONTRADICTS}),
                                   (wrong, {"used_wrong": SUPPORTS}),
                                   (None, {"no_slip": MISSING})):
                with self.subTest(code, used=used):
                    self.fresh(named=(named,))
                    if used:
                        self.used(used)
                    self.assert_facts(self.about(code, cause), code, expected)

    def test_k3_ran_out_and_nobody_counted(self):
        self.fresh()
        self.ran_out(self.fresh_lot("PK04_v1"), 5000)
        case = self.about("L-K3", "stock_book")
        self.assert_facts(case, "L-K3", {"not_counted": MISSING})
        self.assertNotIn("L-K3", case.sudo().match_ids.rule_id.mapped("code"))


@tagged("post_install", "-at_install")
class TestWorkshopEdges(EdgeCase):
    """L-O1, L-O2 and L-Q2: who ran it then, and what quality control said."""

    def shift(self, number, begin, end, role="OP", machine=BIB):
        self.env["gendan.shift"].create({
            "company_id": self.company.id, "employee_id": self.ref(number).id,
            "role": ROLE_KEYS[role], "workcenter_id": self.ref(machine).id,
            "date_from": moment(f"2026-12-08 {begin}"), "date_to": moment(f"2026-12-08 {end}")})

    def test_o1_two_operators_by_run_time(self):
        """罗刚 until 12:00, 谢强 from then: each is responsible for what ran in his time."""
        self.shift("E18", "08:00", "12:00")
        self.shift("E19", "12:00", "17:00")
        self.fresh()
        self.sheet("start_check", "E20", {3: "not_ok"}, notice_line_id=self.line.id)
        for at, number in (("11:59", "E18"), ("12:00", "E19"), ("16:59", "E19")):
            with self.subTest(at):
                case = self.about("L-O1", "machine", at=f"2026-12-08 {at}",
                                  found="2026-12-08 17:00", workcenter_id=self.ref(BIB).id)
                self.assertEqual(self.shares(case), [(number, 100, "1200.00")])

    def test_o1_two_at_the_machine_at_once(self):
        """Both on the machine at that hour: the role's part in equal halves (L-G3)."""
        self.shift("E18", "08:00", "12:00")
        self.shift("E19", "09:30", "12:00")
        self.shift("E17", "08:00", "12:00", machine="machine_wet1")
        self.fresh()
        self.sheet("start_check", "E20", {3: "not_ok"}, notice_line_id=self.line.id)
        case = self.about("L-O1", "machine", workcenter_id=self.ref(BIB).id)
        self.assertEqual(self.shares(case), [("E18", 50, "600.00"), ("E19", 50, "600.00")])

    def log(self, instruction=None):
        self.fresh()
        with self.at("2026-12-08 09:00"):
            log = self.as_user("gendan.abnormality", "E20").create({
                "workcenter_id": self.ref(BIB).id, "notice_line_id": self.line.id,
                "description": "小熊印反", "counter": 100})
        if instruction:
            with self.at("2026-12-08 09:05"):
                self.by(log, "E20").action_instruct(instruction, 150)
        return log

    def test_o2_quality_let_it_go_on(self):
        """Told, and told to go on: not the operator's."""
        self.log("go_on")
        self.assert_facts(self.about("L-O2", "machine"), "L-O2", {"allowed": CONTRADICTS})

    def test_o2_told_and_no_answer(self):
        self.log()
        case = self.about("L-O2", "machine")
        self.assert_facts(case, "L-O2", {"told_qc": CONTRADICTS})
        self.assertFalse(case.sudo().match_ids.rule_id.filtered(lambda one: one.code == "L-O2"))

    def test_q2_nobody_found_it(self):
        """Nothing noted at the machine until it was discovered: the absence is the fault."""
        self.duty("QC", "E20")
        self.fresh()
        case = self.about("L-Q2", "found_late", workcenter_id=self.ref(BIB).id)
        self.assert_facts(case, "L-Q2", {"not_found": MISSING})
        self.assertEqual(self.shares(case), [("E20", 70, "1512.00")])


@tagged("post_install", "-at_install")
class TestOverlaps(EdgeCase):
    """One event that two rules speak of: one apportionment, and nothing is charged twice."""

    def setUp(self):
        super().setUp()
        self.duty("OP", "E18")
        self.duty("QC", "E20")

    def settled(self, case, leading, matched, expected, loss):
        """The records match both rules; one apportionment is decided, to the cent of the loss."""
        case.invalidate_recordset()
        self.assertEqual(set(case.sudo().match_ids.rule_id.mapped("code")), set(matched))
        self.assertEqual(set(case.sudo().match_ids.mapped("source")), {"system"})
        self.assertEqual(case.sudo().leading_rule_id.code, leading)
        self.assertEqual([(person, amount) for person, _percent, amount in self.shares(case)],
                         expected)
        with self.at("2026-12-08 14:30"):
            self.by(case, "E12").action_propose()
        lines = self.decide(case).line_ids
        self.assertEqual(len(lines.employee_id), len(lines), "nobody twice")
        self.assertAlmostEqual(sum(lines.mapped("amount")), float(loss), 2)
        with self.refused("is Decided|.", Exception), self.at("2026-12-08 15:30"):
            self.by(case, "E09").action_decide([{
                "role": line.role, "employee_id": line.employee_id.id,
                "share_code": line.share_code, "percent": line.percent} for line in lines], "再")

    def test_k4_and_p1(self):
        self.fresh(named=("PK04_v1",))
        self.slip("E15", "PK02_v3", "E13")
        self.settled(self.about("L-K4", "packaging_use", number="E12"), "L-K4",
                     ("L-K4", "L-P1"), [("E15", "480.00"), ("E13", "480.01")], "960.01")

    def test_r1_with_o4_and_q3(self):
        """RM02 handed out, neither re-checked by quality control nor by the operator."""
        self.fresh(named=("RM01",))
        slip = self.slip("E14", "RM02", "E12")
        self.recheck(slip, "E20", ok=False)
        self.start_check(False)
        self.settled(self.about("L-R1", "raw_material", number="E12"), "L-R1",
                     ("L-R1", "L-O4", "L-Q3"),
                     [("E14", "700.01"), ("E18", "150.00"), ("E20", "150.00")], "1000.01")

    def test_r2_with_o4(self):
        self.fresh(named=("RM08",))
        lot = self.fresh_lot("RM08")
        self.recheck(self.slip("E14", "RM08", "E12"), "E20")
        self.start_check(False)
        self.settled(self.about("L-R2", "raw_material", lot_ids=lot.ids, number="E12"), "L-R2",
                     ("L-R2", "L-O4"), [("E14", "268.80"), ("E18", "115.20")], "384.00")

    def test_o3_with_q1(self):
        """A new product started untried: quality control first, the operator with it."""
        self.fresh()
        self.sheet("bag_fit", "E20", {0: "skipped"}, notice_line_id=self.line.id)
        self.settled(self.about("L-O3", "bag_fit", number="E12"), "L-O3", ("L-O3", "L-Q1"),
                     [("E20", "448.00"), ("E18", "192.00")], "640.00")

    def unsigned_and_wrong(self, later):
        """Run without finance's signature, and with 12 pieces instead of 10."""
        order = self.order(valid=False)
        with self.at("2026-11-24 10:00"):
            order.action_submit()
            self.verify(order, "E10")
            self.by(order, "E02").action_sign_sales_manager()
            self.env.flush_all()
        self.notice = order.sudo().notice_id
        with self.at(LATER):
            mine = self.by(order, "E03")
            mine.action_withdraw_submission()
            later(mine)
            mine.action_submit()
        return self.about("L-M1", "order", found="2026-12-08 14:00", number="E12")

    def test_m1_with_s1(self):
        """Never valid, run, and corrected under the same letter afterwards: M1 leads."""
        def pieces(order):
            order.order_line.pieces_per_pack += 2
        case = self.unsigned_and_wrong(pieces)
        self.assert_facts(case, "L-S1", {"corrected_later": SUPPORTS})
        self.settled(case, "L-M1", ("L-M1", "L-S1"),
                     [("E03", "4200.00"), ("E10", "1800.00")], "6000.00")

    def test_m1_and_the_other_price(self):
        """A price that was corrected afterwards made nothing wrong in the workshop."""
        def price(order):
            order.order_line.price_unit = 0.31
        case = self.unsigned_and_wrong(price)
        self.assertEqual(case.sudo().match_ids.rule_id.mapped("code"), ["L-M1"])

    def test_m1_and_the_customer_who_changed_his_mind(self):
        def document(order):
            order.order_line.pieces_per_pack += 2
            self.attach_document(order)
        case = self.unsigned_and_wrong(document)
        self.assert_facts(case, "L-S1", {"customer_changed": CONTRADICTS})
        self.assertEqual(case.sudo().match_ids.rule_id.mapped("code"), ["L-M1"])

    def test_s1_leads_where_the_panel_says_so(self):
        """The reporter puts S1 first: 陈立 all of it, 王芳 is named with nothing (L-G2)."""
        def pieces(order):
            order.order_line.pieces_per_pack += 2
        case = self.unsigned_and_wrong(pieces)
        self.by(case, "E12").match_ids.filtered(
            lambda match: match.rule_id.code == "L-S1").action_lead()
        self.assertEqual(self.shares(case), [("E03", 100, "6000.00"), ("E10", 0, "0.00")])
