from odoo.exceptions import AccessError
from odoo.tests import Form

from .common import (
    CHAIR,
    DECIDED,
    FOUND,
    GENERAL_MANAGER,
    HR,
    SALES_MANAGER,
    LiabilityCase,
    moment,
)

DAY6 = "2026-12-15 09:00"


class TestPanel(LiabilityCase):
    """People decide, never a party; the departure is shown; then an objection (L-G5, L-G6)."""

    def wrong_bag(self, **values):
        """S10: 马丽 and 赵秀英, half and half."""
        return self.proposed("L-K4", number="E21", loss="960.00", **values)

    def test_the_chair_decides_as_proposed(self):
        incident = self.wrong_bag()
        decision = self.decide(incident, reason="发错旧版袋")
        self.assertRecordValues(incident, [{"state": "decided", "decision_id": decision.id}])
        self.assertRecordValues(decision, [{
            "kind": "first", "number": 1, "decided_by_id": self.user(CHAIR).id,
            "decided_for_id": False, "decided_at": moment(DECIDED), "departs": False,
            "loss": 960, "unassigned_percent": 0, "reason": "发错旧版袋"}])
        self.assertRecordValues(decision.line_ids, [
            {"employee_id": self.ref("E15").id, "role": "packaging_keeper", "percent": 50,
             "share_amount": 480, "amount": 480, "treatment": "appraisal"},
            {"employee_id": self.ref("E13").id, "role": "packaging", "percent": 50,
             "share_amount": 480, "amount": 480, "treatment": "appraisal"}])

    def test_nobody_else_decides(self):
        incident = self.wrong_bag()
        for number in ("E01", "E02", "E03", "E10", "E12", "E20", "E21", "E27"):
            with self.subTest(number), self.refused(
                    "徐志强 decides it|not allowed to access", Exception):
                self.decide(incident, number)
        self.assertFalse(incident.decision_ids)
        self.assertEqual(incident.state, "proposed")

    def test_a_party_does_not_decide(self):
        """PM is a party: GM steps in; not PM himself, not as a deputy, not in GM's name."""
        incident = self.report(number="E20", notice_id=self.notice.id)
        incident.match_ids.sudo().unlink()
        self.match(incident, "L-M2")
        self.notice.sudo().merchandiser_id = self.user("E09")
        with self.at(FOUND):
            self.by(incident, "E20").action_propose()
        self.assertEqual(self.shares(incident), [("E09", 100, "1000.00")])
        with self.refused("徐志强 is a party to .*\n?.*沈国平 decides it"):
            self.decide(incident)
        self.assertIn("incident.decide", {row["gate"] for row in self.refusals()})
        with self.at("2026-12-08 12:00"):
            self.env["gendan.deputy"].with_user(self.user(GENERAL_MANAGER)).create({
                "deputy_id": self.user(CHAIR).id, "date_to": moment("2026-12-09 12:00")})
        with self.refused("徐志强 is a party"):
            self.decide(incident)
        decision = self.decide(incident, GENERAL_MANAGER)
        self.assertEqual(decision.decided_by_id, self.user(GENERAL_MANAGER))

    def test_a_party_as_deputy_of_the_chair(self):
        incident = self.wrong_bag()
        with self.at("2026-12-08 12:00"):
            for deputy in ("E13", "E02"):
                self.env["gendan.deputy"].with_user(self.user(CHAIR)).create({
                    "deputy_id": self.user(deputy).id, "date_to": moment("2026-12-09 12:00")})
        with self.refused("赵秀英 is a party"):
            self.decide(incident, "E13")
        decision = self.decide(incident, SALES_MANAGER)
        self.assertRecordValues(decision, [{
            "decided_by_id": self.user(SALES_MANAGER).id,
            "decided_for_id": self.user(CHAIR).id}])

    def test_the_chair_cannot_put_himself_in(self):
        incident = self.wrong_bag()
        with self.refused("would decide his own case"):
            self.decide(incident, lines=[*self.as_proposed(incident, E15=40), {
                "role": "plan_manager", "employee_id": self.ref("E09").id, "percent": 10}])

    def test_departure_is_shown(self):
        incident = self.wrong_bag()
        decision = self.decide(incident, lines=self.as_proposed(incident, E15=60, E13=20))
        self.assertTrue(decision.departs)
        self.assertIn("马丽: 60 % instead of 50 %", decision.departure)
        self.assertIn("赵秀英: 20 % instead of 50 %", decision.departure)
        self.assertEqual(decision.line_ids.mapped("proposed_percent"), [50, 50])
        self.assertEqual(decision.line_ids.mapped("amount"), [576, 192])
        self.assertEqual(decision.unassigned_percent, 20)

    def test_what_is_refused(self):
        incident = self.wrong_bag()
        good = self.as_proposed(incident)
        first = good[0]
        for reason, lines, message in (
            ("", good, "say why"),
            ("  ", good, "say why"),
            ("x", self.as_proposed(incident, E15=50.01), "100.01, more than 100"),
            ("x", self.as_proposed(incident, E15=-1), "not negative"),
            ("x", [{**first, "employee_id": False}], "nobody is named|no person"),
            ("x", [], "nobody is named as the primary party"),
            ("x", [{**first, "amount": 960.01}], "add up to 960.01, the loss is 960.00"),
            ("x", [{**first, "amount": -0.01}], "an amount is not negative"),
            ("x", [first, {**first, "percent": 1}], "twice in one role"),
            ("x", [{**first, "employee_id": 999999}], "does not exist"),
        ):
            with self.subTest(message, lines=lines), self.refused(message):
                self.decide(incident, reason=reason, lines=lines)
        self.assertFalse(incident.decision_ids)

    def test_outside_the_rules(self):
        """The text is silent: nobody is proposed, the panel says why (A32)."""
        incident = self.report()
        incident.match_ids.sudo().unlink()
        self.match(incident, "OUT")
        with self.at(FOUND):
            self.by(incident, "E20").action_propose()
        self.assertFalse(incident.sudo().share_ids)
        decision = self.decide(incident, reason="运输途中封条被破坏", lines=[])
        self.assertEqual(decision.leading_rule_id.code, "OUT")
        with self.at(DECIDED):
            self.by(incident, CHAIR).action_finalize()
        self.assertEqual(incident.state, "final")

    def test_final_is_locked(self):
        incident = self.wrong_bag()
        decision = self.decide(incident)
        self.finish(incident)
        for number in ("E09", "E01", "E21", "E15", "E27"):
            with self.subTest(number):
                for act in (
                    lambda rows: rows.write({"description": "x"}),
                    lambda rows: rows.write({"state": "proposed"}),
                    lambda rows: rows.write({"event_at": moment("2026-12-01 10:00")}),
                    lambda rows: rows.write({"match_ids": [(5, 0, 0)]}),
                    lambda rows: rows.unlink(),
                    lambda rows: rows.decision_ids.write({"reason": "x"}),
                    lambda rows: rows.decision_ids.unlink(),
                    lambda rows: rows.decision_ids.line_ids.write({"amount": 0}),
                    lambda rows: rows.loss_ids.unlink() or rows.loss_ids.create(
                        {"incident_id": rows.id, "description": "x", "price": 1}),
                    lambda rows: rows.action_cancel("x"),
                    lambda rows: rows.action_propose(),
                ):
                    with self.refused(".", Exception):
                        act(self.by(incident, number))
        self.assertRecordValues(incident, [{
            "state": "final", "event_at": moment("2026-12-08 10:00")}])
        self.assertEqual(decision.line_ids.mapped("amount"), [480, 480])

    def finish(self, incident, at="2026-12-15 09:00"):
        with self.at(at):
            self.by(incident, CHAIR).action_finalize()

    def test_a_correction_is_a_new_line(self):
        incident = self.wrong_bag()
        first = self.decide(incident)
        self.finish(incident)
        second = self.decide(incident, reason="复核", at="2026-12-16 09:00",
                             lines=self.as_proposed(incident, E15=40))
        self.assertRecordValues(first | second, [
            {"number": 1, "kind": "first", "decided_at": moment(DECIDED)},
            {"number": 2, "kind": "correction", "decided_at": moment("2026-12-16 09:00")}])
        self.assertRecordValues(incident, [{"state": "final", "decision_id": second.id}])
        self.assertEqual(first.line_ids.mapped("percent"), [50, 50])

    # -------------------------------------------------------------- objection

    def test_objection_heard_by_somebody_uninvolved(self):
        incident = self.wrong_bag()
        self.decide(incident)
        note = incident.sudo().notification_ids.filtered(
            lambda note: note.employee_id == self.ref("E15"))
        self.assertRecordValues(note, [{
            "method": "message", "told_at": moment(DECIDED),
            "objection_until": note.objection_until}])
        self.assertEqual(str(note.objection_until), "2026-12-14")
        with self.at("2026-12-14 23:59"):
            self.by(incident, "E15").action_object("不是我发的")
        self.assertEqual(incident.state, "objected")
        for number in ("E09", "E15", "E13", "E02", "E21"):
            with self.subTest(number), self.at("2026-12-15 09:00"), self.refused(
                    "沈国平 decides it|not allowed to access", Exception):
                self.by(incident, number).action_settle("维持")
        with self.at("2026-12-15 09:00"):
            self.by(incident, GENERAL_MANAGER).action_settle("维持")
        self.assertRecordValues(incident.decision_id, [{
            "kind": "kept", "decided_by_id": self.user(GENERAL_MANAGER).id}])
        self.assertEqual(incident.sudo().decision_id.line_ids.mapped("amount"), [480, 480])
        with self.at("2026-12-15 09:30"), self.refused("is heard once"):
            self.by(incident, "E15").action_object("还是不服")
        self.finish(incident, "2026-12-15 10:00")
        self.assertEqual(incident.state, "final")

    def test_the_sixth_working_day(self):
        """Told on Tuesday: Sunday does not count, so Monday is the fifth working day."""
        incident = self.wrong_bag()
        self.decide(incident)
        with self.at("2026-12-15 00:00"), self.refused("The term of 马丽 ended on 2026-12-14"):
            self.by(incident, "E15").action_object("迟了")
        self.assertFalse(incident.sudo().objection_ids)
        self.assertEqual(incident.state, "decided")

    def test_the_day_is_the_companys(self):
        """23:59 in Shanghai is 15:59 UTC; the user's own timezone does not matter (X1)."""
        incident = self.wrong_bag()
        self.decide(incident)
        self.user("E15").tz = "America/New_York"
        with self.at("2026-12-15 00:30"), self.refused("ended on 2026-12-14"):
            self.by(incident, "E15").action_object("迟了")

    def test_holidays_do_not_count(self):
        """S09: told on Thursday 2027-01-28, until Wednesday 02-03; New Year's Day is skipped."""
        notes = self.env["gendan.incident.notification"]
        for told, until in (("2027-01-28 10:00", "2027-02-03"), ("2026-12-28 09:00", "2027-01-04"),
                            ("2026-12-12 23:00", "2026-12-18")):
            with self.subTest(told):
                self.assertEqual(str(notes._last_day(self.company, moment(told), 5)), until)

    def test_only_parties_object_each_for_himself(self):
        incident = self.wrong_bag()
        self.decide(incident)
        with self.at("2026-12-09 09:00"):
            for number in ("E21", "E09", "E01"):
                with self.subTest(number), self.refused("does not name you"):
                    self.by(incident, number).action_object("x")
            with self.refused("Everybody objects for himself"):
                self.by(incident, "E09").action_object("x", self.ref("E15").id)
            with self.refused("write what is wrong"):
                self.by(incident, "E15").action_object(" ")

    def test_without_login(self):
        """罗刚 has no login: he gets a sheet, and HR enters his objection (X17)."""
        self.duty("OP", "E18")
        incident = self.proposed("L-O2", loss="72.00")
        self.decide(incident)
        self.assertFalse(incident.sudo().notification_ids)
        with self.at("2026-12-20 09:00"), self.refused("罗刚 has not been told yet"):
            self.by(incident, CHAIR).action_finalize()
        with self.at("2026-12-09 09:00"):
            with self.refused("not yours to hand over"):
                self.by(incident, "E20").action_hand_over(self.ref("E18").id)
            with self.refused("names no such person"):
                self.by(incident, HR).action_hand_over(self.ref("E17").id)
            line = self.by(incident, HR).decision_id.line_ids
            self.assertTrue(line.needs_sheet)
            line.action_hand_over()
            self.env.invalidate_all()
            self.assertFalse(line.needs_sheet)
            with self.refused("has been told of"):
                self.by(incident, HR).action_hand_over(self.ref("E18").id)
        with self.at("2026-12-10 09:00"):
            self.by(incident, HR).action_object("停机指示没听到", self.ref("E18").id)
        self.assertRecordValues(incident.sudo().objection_ids, [{
            "employee_id": self.ref("E18").id, "entered_by_id": self.user(HR).id}])
        with self.at("2026-12-10 10:00"):
            self.by(incident, GENERAL_MANAGER).action_settle("减轻", [{
                "role": "operator", "employee_id": self.ref("E18").id, "share_code": "full",
                "percent": 50}])
        self.assertRecordValues(incident.decision_id, [{"kind": "changed", "departs": True}])
        self.assertEqual(incident.sudo().decision_id.line_ids.amount, 36)

    def test_the_window_of_an_objection(self):
        """On the screen too: a party for himself, HR for somebody without a login."""
        self.duty("OP", "E18")
        case = self.wrong_bag()
        paper = self.proposed("L-O2", loss="72.00")
        for incident in (case, paper):
            self.decide(incident)
        with self.at("2026-12-09 09:00"):
            self.by(paper, HR).action_hand_over(self.ref("E18").id)
            for incident, number, person in ((case, "E15", None), (paper, HR, "E18")):
                action = self.by(incident, number).action_open_reason()
                sheet = Form(self.env["gendan.incident.reason"].with_user(
                    self.user(number)).with_context(
                        **action["context"], default_operation="action_object"))
                self.assertEqual(sheet.person_ids.ids, [self.ref(person).id] if person else [])
                if person:
                    sheet.employee_id = self.env["hr.employee.public"].browse(
                        self.ref(person).id)
                sheet.reason = "不是我发的"
                sheet.save().action_confirm()
                self.assertRecordValues(incident.sudo().objection_ids, [{
                    "employee_id": self.ref(person or number).id, "text": "不是我发的",
                    "entered_by_id": self.user(number).id}])

    def test_final_not_before_the_terms_are_over(self):
        incident = self.wrong_bag()
        self.decide(incident)
        with self.at("2026-12-14 17:00"), self.refused("may object until 2026-12-14"):
            self.by(incident, CHAIR).action_finalize()
        with self.at("2026-12-14 17:00"):
            self.env["gendan.incident"]._cron_finalize()
        self.assertEqual(incident.state, "decided")
        with self.at(DAY6):
            for number in ("E15", "E21"):
                with self.subTest(number), self.refused("not yours to close"):
                    self.by(incident, number).action_finalize()

    # ------------------------------------------------------- the fixed amounts

    def test_severity_has_no_automatic_amount(self):
        """S09: loss 1,056.48, severity chosen, amount typed; 200.00 is not proposed."""
        usd = self.env.ref("base.USD")
        usd.active = True
        self.env["res.currency.rate"].create({
            "currency_id": usd.id, "company_id": self.company.id, "name": "2026-12-08",
            "rate": 1 / 7.10})
        incident = self.report(number="E04", loss=None, notice_id=self.notice.id,
                               is_complaint=True, origin="complaint", discovered_in="customer",
                               loss_ids=[(0, 0, {
                                   "description": "short", "kind": "claim", "quantity": 240,
                                   "price": 0.62, "currency_id": usd.id, "date": "2026-12-08"})])
        self.assertAlmostEqual(incident.sudo().loss_ids.amount, 148.80)
        self.assertAlmostEqual(incident.sudo().loss, 1056.48)
        incident.match_ids.sudo().unlink()
        self.match(incident, "D6.6", number="E04")
        with self.at(FOUND):
            self.by(incident, "E04").action_propose()
        self.assertEqual(incident.sudo().measure_ids.mapped("step"), ["d3", "d4", "d5", "d6"])
        line = self.as_proposed(incident)[0]
        with self.refused("how serious"):
            self.decide(incident, lines=[{**line, "amount": 300}])
        with self.refused("type the amount"):
            self.decide(incident, lines=[line], severity="normal")
        decision = self.decide(incident, lines=[{**line, "amount": 300}], severity="normal",
                               reason="首次")
        self.assertRecordValues(decision, [{"severity": "normal", "loss": 1056.48}])
        self.assertEqual(decision.line_ids.amount, 300)
        self.assertEqual(decision.line_ids.employee_id, self.ref("E11"))

    def test_steps_of_8d(self):
        incident = self.report(is_complaint=True)
        incident.match_ids.sudo().unlink()
        self.match(incident, "L-Q2")
        with self.at(FOUND):
            self.by(incident, "E20").action_propose()
        step = self.by(incident, "E20").measure_ids[0]
        with self.refused("write what was done"):
            step.action_done()
        step.write({"text": "隔离库存", "responsible_id": self.user("E12").id})
        self.by(step, "E20").action_done()
        self.assertEqual(step.done_by_id, self.user("E20"))
        with self.refused("is done and kept"):
            self.by(step, "E20").write({"text": "x"})
        with self.refused(".", AccessError):
            self.by(incident.measure_ids[1], "E15").write({"text": "x"})
