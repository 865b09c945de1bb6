"""S15 as a matter of responsibility: items 2, 3, 4, 7 and 8."""

from odoo.tests import Form, tagged

from odoo.addons.gendan_followup.tests.common import moment
from odoo.addons.gendan_followup.tests.materials_case import MaterialsVerbs
from odoo.addons.gendan_liability.tests.common import LiabilityCase

PRODUCTION, SALESPERSON, FANG, NA, CHAIR = "E12", "E05", "E10", "E11", "E09"


class LifeCase(MaterialsVerbs, LiabilityCase):
    """Orders through their life, and whose fault it was then."""

    def valid_order(self, seller, customer, lines, merchandiser, due="2026-12-22"):
        with self.at("2026-12-07 09:00"):
            order = self.new_order(seller, customer, lines, due)
            self.make_valid(order, merchandiser=merchandiser)
            self.env.flush_all()
        return order

    def facts(self, incident, code):
        candidate = incident.sudo().present_candidate_ids.filtered(
            lambda candidate: candidate.rule_id.code == code)
        return {fact.code: fact.verdict for fact in candidate.fact_ids}

    def own_notice(self, name, merchandiser):
        """Go on with a notice of its own; `ShopFloorCase` has one of 李娜's."""
        self.notice = self.new_notice(name, salesperson_id=self.user("E04").id,
                                      merchandiser_id=self.user(merchandiser).id)
        self.line = self.notice.line_ids


@tagged("stories")
class TestS15TwoMerchandisersLiability(LifeCase):
    """12-09 10:00: the order goes from 王芳 to 李娜 with a question of production open."""

    def question(self, at, cannot):
        order = self.valid_order(SALESPERSON, "C06", [("F15", 2400, 6.4)], FANG)
        holder = NA if at >= "10:00" else FANG
        if holder == NA:
            self.hand_over(order, "无")
        with self.at(f"2026-12-09 {at}"):
            one = self.env["gendan.deviation"].with_user(self.user(holder)).with_company(
                self.company).create({
                    "notice_line_id": order.sudo().notice_id.line_ids.id,
                    "workcenter_id": self.ref("machine_cotton").id, "question": "克重偏低 3 克"})
            one.action_ask()
        with self.at(f"2026-12-09 {cannot}"):
            self.by(one, PRODUCTION).action_cannot("来料就是这样")
        return order

    def hand_over(self, order, note, listed=None):
        """Move the order as the plan manager does on the screen; what is open is listed."""
        with self.at("2026-12-09 10:00"):
            sheet = Form(self.env["gendan.assign.wizard"].with_user(self.user(CHAIR)).with_company(
                self.company).with_context(active_model="sale.order", active_ids=order.ids))
            sheet.user_id = self.user(NA)
            sheet.note = note
            if listed is not None:
                sheet.question_ids.clear()
                for one in listed:
                    sheet.question_ids.add(one)
            sheet.save().action_confirm()

    def open_questions(self, order):
        return self.env["gendan.deviation"].search(
            [("notice_id", "=", order.sudo().notice_id.id)])

    def case(self, order, at="2026-12-09 15:00"):
        return self.report("E20", loss="800.00", at=at, found="2026-12-09 16:00",
                           cause_id=self.cause("communication").id,
                           notice_id=order.sudo().notice_id.id)

    def test_left_out_of_the_note(self):
        """Not relayed by 11:00: 王芳's, who left it out, whatever else the note says."""
        order = self.question("08:30", "09:00")
        self.hand_over(order, "F15 用 RM05, 12-10 到; 克重偏低 3 克 已处理", listed=())
        incident = self.case(order)
        self.assertEqual(self.facts(incident, "L-M3"), {"not_relayed": "supports"})
        self.assertEqual(self.shares(incident), [(FANG, 100, "800.00")])

    def test_listed_in_the_note(self):
        """Listed as a record: the words of the note do not matter."""
        order = self.question("08:30", "09:00")
        self.hand_over(order, "有个问题还没答复")
        self.assertEqual(order.sudo().assignment_ids.sorted("id")[-1].question_ids,
                         self.open_questions(order))
        self.assertEqual(self.shares(self.case(order)), [(NA, 100, "800.00")])

    def test_one_of_two_is_listed(self):
        """Two questions open, one listed: each is whose it is, so two are named for one rule."""
        order = self.question("08:30", "09:00")
        first = self.open_questions(order)
        with self.at("2026-12-09 09:10"):
            second = self.env["gendan.deviation"].with_user(self.user(FANG)).with_company(
                self.company).create({
                    "notice_line_id": first.notice_line_id.id,
                    "workcenter_id": first.workcenter_id.id, "question": "颜色发黄"})
            second.action_ask()
            self.by(second, PRODUCTION).action_cannot("布就这样")
        self.hand_over(order, "颜色", listed=second)
        self.assertEqual(set(self.shares(self.case(order))), {
            (FANG, 50, "400.00"), (NA, 50, "400.00")})

    def test_moved_after_it_was_due(self):
        """The order goes over at 14:00; what was due at 11:00 was 王芳's all the same."""
        order = self.question("08:30", "09:00")
        with self.at("2026-12-09 14:00"):
            self.by(order, CHAIR).action_assign(
                self.user(NA).id, "", question_ids=self.open_questions(order).ids)
        self.assertEqual(self.shares(self.case(order)), [(FANG, 100, "800.00")])

    def test_the_way_back_is_handed_over_too(self):
        """Sales answered at 09:30; brought back by nobody by 11:30: the second leg (L-M3)."""
        for listed, person in ((True, NA), (False, FANG)):
            with self.subTest(listed=listed), self.env.cr.savepoint():
                order = self.question("08:30", "09:00")
                one = self.open_questions(order)
                with self.at("2026-12-09 09:10"):
                    self.by(one, FANG).action_relay()
                with self.at("2026-12-09 09:30"):
                    self.by(one, SALESPERSON).action_answer("停", "rework", "客户: 停")
                self.hand_over(order, "", listed=one if listed else ())
                incident = self.case(order)
                self.assertEqual(self.facts(incident, "L-M3"), {"not_returned": "supports"})
                self.assertEqual(self.shares(incident), [(person, 100, "800.00")])

    def test_only_open_questions_of_the_order_are_listed(self):
        order = self.question("08:30", "09:00")
        one = self.open_questions(order)
        other = self.valid_order(SALESPERSON, "C06", [("F15", 2400, 6.4)], FANG)
        with self.refused("no open question of these orders"):
            self.by(other, CHAIR).action_assign(self.user(NA).id, "", question_ids=one.ids)
        with self.at("2026-12-09 09:20"):
            with self.refused("it is the part of Plan manager"):
                self.by(one, FANG).action_cancel("已解决")
            self.by(one, CHAIR).action_cancel("已解决")
        with self.refused("no open question of these orders"):
            self.by(order, CHAIR).action_assign(self.user(NA).id, "", question_ids=one.ids)

    def test_asked_after_the_hand_over(self):
        order = self.question("10:30", "11:00")
        self.assertEqual(self.shares(self.case(order)), [(NA, 100, "800.00")])

    def test_not_yet_due(self):
        """At 10:59 there is time left: nobody's fault."""
        order = self.question("08:30", "09:00")
        self.hand_over(order, "无")
        incident = self.case(order, "2026-12-09 10:59")
        self.assertEqual(self.facts(incident, "L-M3"), {"not_due": "contradicts"})
        self.assertFalse(incident.sudo().share_ids)


@tagged("stories")
class TestS15PackagingLiability(LifeCase):
    """The carton 10 mm too low (item 3), the bags three days late (item 4)."""

    def test_3_size_loss(self):
        """400 cartons made again by 王芳's size without a sample: 1,680.00."""
        self.own_notice("SC-2612-0031", FANG)
        self.line.write({"mark_front": "SUNRISE PO 5520", "mark_side": "无唛",
                         "packing_method": "40袋/箱 竖装"})
        with self.at("2026-12-01 10:00"):
            spec = self.specify_carton(self.line, FANG)
            spec.action_ask()
            self.by(spec, "E04").action_confirm()
            self.by(spec, FANG).action_set_size(480, 380, 350)
        incident = self.report("E20", loss=None, cause_id=self.cause("carton_size").id,
                               notice_id=self.notice.id, loss_ids=[(0, 0, {
                                   "description": "纸箱重做", "quantity": 400, "price": 4.20})])
        self.assertEqual(self.facts(incident, "D3.10"), {"size_without_sample": "supports"})
        self.assertEqual(self.shares(incident), [(FANG, 100, "1680.00")])

    def late_bags(self, needs_plates=False):
        """PK04 promised for 12-11, there on 12-14."""
        self.own_notice("SC-2612-0032", FANG)
        need = self.new_need("PK04_v1", 8000)
        if needs_plates:
            with self.at("2026-11-23 11:00"):
                job = self.start_plates("PK04_v1", FANG, "E04", notice_line_id=self.line.id)
                job.action_submit_artwork()
            with self.at("2026-12-01 15:00"):
                self.by(job, "E04").action_approve_artwork()
                self.by(job, "E04").action_customer_approved("OK")
        with self.at("2026-12-02 09:00"):
            purchase = self.order_packaging({need: 8000}, FANG)
            purchase.order_line.date_planned = moment("2026-12-11 12:00")
            purchase.button_confirm()
        picking = self.by(purchase.sudo().picking_ids, "E15")
        with self.at("2026-12-14 10:00"):
            move = picking.move_ids
            move.move_line_ids.unlink()
            move.write({"move_line_ids": [(0, 0, {
                **move._prepare_move_line_vals(), "quantity": 8000, "lot_name": "PK04-1214"})]})
            move.picked = True
            picking.button_validate()
        return self.report("E12", loss=None, at="2026-12-14 08:00", found="2026-12-14 13:00",
                           cause_id=self.cause("packaging_supply").id, notice_id=self.notice.id,
                           loss_ids=[(0, 0, {"description": "围兜线停 4 小时", "kind": "idle",
                                             "quantity": 4, "price": 600})])

    def test_4_packaging_late(self):
        """4 h × 600: 王芳 2,400.00 by D3.14 and L-M2, once."""
        incident = self.late_bags()
        self.assertEqual(self.facts(incident, "L-M2"), {"late": "supports"})
        self.assertEqual(set(incident.sudo().match_ids.rule_id.mapped("code")),
                         {"L-M2", "D3.14"})
        self.assertEqual(self.shares(incident), [(FANG, 100, "2400.00")])

    def test_4_the_stage_log_shows_the_salesperson(self):
        """吴婷 kept the artwork until 12-01, it was due on 11-24: the panel hears both (A30)."""
        incident = self.late_bags(needs_plates=True)
        self.assertEqual(self.facts(incident, "L-M2"), {
            "late": "supports", "late_with_sales": "contradicts"})
        candidate = incident.sudo().present_candidate_ids.filtered(
            lambda candidate: candidate.rule_id.code == "L-M2")
        self.assertEqual(candidate.standing, "disputed")
        self.assertNotIn("L-M2", incident.sudo().match_ids.rule_id.mapped("code"))


@tagged("stories")
class TestS15IncidentsForManagers(LifeCase):
    """Item 7: the monthly report; who sees which cases, and what of them."""

    def setUp(self):
        super().setUp()
        self.duty("OP", "E17", machine="machine_wet1")
        self.duty("OP", "E18", machine="machine_bib")
        order = self.valid_order(SALESPERSON, "C06", [("F15", 2400, 6.4)], FANG)
        self.own = self.proposed("L-O1", loss="1200.00", notice_id=order.sudo().notice_id.id,
                                 workcenter_id=self.ref("machine_wet1").id)
        self.other = self.proposed("L-O2", loss="72.00",
                                   workcenter_id=self.ref("machine_bib").id)
        for incident in self.own | self.other:
            self.decide(incident)
        self.env.flush_all()

    def test_7_monthly_report(self):
        report = self.env["gendan.incident.report"].with_user(self.user(CHAIR))
        for field, expected in (
            ("rule_id", {"L-O1": 1200, "L-O2": 72}), ("role", {"operator": 1272}),
            ("employee_id", {"黄勇": 1200, "罗刚": 72}),
            ("event_at:month", {"2026-12-01": 1272}),
        ):
            with self.subTest(field):
                groups = report._read_group(
                    [("employee_id", "!=", False)], [field], ["loss_part:sum"])
                self.assertEqual({
                    getattr(key, "code", None) or getattr(key, "name", None)
                    or str(key)[:10]: amount for key, amount in groups}, expected)

    def bars(self, cards, key):
        card = next(one for one in cards if one["key"] == key)
        return {row["label"].split()[0]: row["bars"][0]["value"] for row in card["rows"]}

    def test_7_printed_monthly_report(self):
        """December on paper: by rule, role and person; who may not read them has none."""
        wizard = self.env["gendan.monthly.report"].with_user(self.user(CHAIR)).create({
            "company_id": self.company.id, "month": "2026-12-01"})
        with self.at("2026-12-31 18:00"):
            sheet = wizard.env["report.gendan_followup.monthly_report"]._sheet(wizard)
            for key, bars in (("rule", {"L-O1": 1200, "L-O2": 72}),
                              ("person", {"黄勇": 1200, "罗刚": 72})):
                self.assertEqual(self.bars(sheet["cards"], f"incident_{key}"), bars)
            self.assertEqual(list(self.bars(sheet["cards"], "incident_role").values()), [1272])
            manager = wizard.with_user(self.user("E02"))
            keys = [card["key"] for card in manager.env[
                "report.gendan_followup.monthly_report"]._sheet(manager)["cards"]]
        self.assertFalse([key for key in keys if key.startswith("incident")])
        self.assertTrue(keys)

    def test_7_on_the_dashboard(self):
        """Chair, general manager and head of quality; not each inspector."""
        self.user("E21").group_ids -= self.env.ref("gendan_liability.group_quality_head")
        for number, board, sees in (("E09", "plan_manager", True), ("E01", "general_manager", True),
                                    ("E20", "qc", True), ("E21", "qc", False)):
            with self.subTest(number), self.at("2026-12-31 18:00"):
                data = self.as_user("gendan.dashboard", number).charts(board=board)
                keys = [card["key"] for card in data["charts"]]
                self.assertEqual(keys[-1] == "incident_rule", sees)
                if sees:
                    self.assertEqual(self.bars(data["charts"], "incident_rule"),
                                     {"L-O1": 1200, "L-O2": 72})

    def test_7_an_operator_sees_his_own(self):
        """黄勇 has no login; with one he would see his own case and no other."""
        user = self.env["res.users"].create({
            "name": "黄勇", "login": "huangyong", "company_id": self.company.id,
            "company_ids": [(6, 0, self.company.ids)],
            "group_ids": [(6, 0, [self.env.ref("gendan_followup.group_operator").id])]})
        self.ref("E17").user_id = user
        self.env.flush_all()
        self.env.invalidate_all()
        seen = self.env["gendan.incident"].with_user(user).search([])
        self.assertEqual(seen, self.own)
        self.assertEqual(seen.decision_id.line_ids.mapped("amount_shown"), [1200])

    def test_7_the_salesperson_without_amounts(self):
        seen = self.env["gendan.incident"].with_user(self.user(SALESPERSON)).search([])
        self.assertEqual(seen, self.own)
        self.assertEqual((seen.loss_shown, seen.decision_id.line_ids.mapped("amount_shown")),
                         (0, [0]))
        self.assertFalse(seen.loss_ids)
        self.assertNotIn("1,200", seen.shares_bar)
        self.assertNotIn("1200", seen.shares_bar)


@tagged("stories")
class TestS15OtherStop(LifeCase):
    """Item 8: 李娜 leaves an order on hold by mistake; the line stands: 500.00."""

    def test_8_the_panel_sets_the_percentage(self):
        order = self.valid_order("E04", "C02", [("F11", 4000, 1.35)], NA)
        with self.at("2026-12-08 08:00"):
            self.notice_of(order, NA).action_hold("等客户确认")
        incident = self.report("E12", loss="500.00", cause_id=self.cause("other").id,
                               notice_id=order.sudo().notice_id.id)
        self.assertEqual(self.facts(incident, "L-M6"), {"on_hold": "supports"})
        self.assertEqual(self.shares(incident), [(NA, 0, "0.00")], "no default")
        with self.at("2026-12-08 11:30"):
            self.by(incident, "E12").action_propose()
        decision = self.decide(incident, lines=self.as_proposed(incident, E11=60))
        self.assertRecordValues(decision, [{
            "loss": 500, "unassigned_percent": 40, "departs": True}])
        self.assertEqual(decision.line_ids.amount, 300)
        self.assertEqual(decision.loss - decision.line_ids.amount, 200)
