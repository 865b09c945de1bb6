from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import Form

from .common import CHAIR, DECIDED, FOUND, LiabilityCase, moment


class TestBadInput(LiabilityCase):
    """Figures, times and people that do not fit (issue 8)."""

    def test_losses(self):
        for loss, shares in (
            ("0", ["0.00", "0.00"]), ("0.01", ["0.00", "0.01"]),
            ("1000000000", ["500000000.00", "500000000.00"]),
            ("0.0049", ["0.00", "0.00"]),
        ):
            with self.subTest(loss):
                incident = self.proposed("L-K4", loss=loss)
                self.assertEqual([amount for _person, _percent, amount in self.shares(incident)],
                                 shares)
                self.decide(incident)
                self.assertEqual(incident.state, "decided")

    def test_a_loss_is_not_negative(self):
        for vals in ({"price": -1}, {"quantity": -1}):
            with self.subTest(vals), self.refused("gendan_incident_loss_positive",
                                                  IntegrityError):
                self.report(loss=None, loss_ids=[(0, 0, {
                    "description": "x", "price": 1, **vals})])

    def test_nobody_brings_his_own_rate(self):
        incident = self.report(loss=None, loss_ids=[(0, 0, {
            "description": "x", "price": 100, "rate": 50})])
        self.assertEqual(incident.sudo().loss, 100)
        with self.refused("company's rate"):
            self.by(incident, "E20").loss_ids.write({"rate": 50})

    def test_without_consequence(self):
        """No loss, no complaint: a breach note, no shares (section 12)."""
        incident = self.report(loss=None, notice_id=self.notice.id)
        self.match(incident, "L-M1")
        with self.refused("neither loss nor complaint.*breach note"):
            self.by(incident, "E20").action_propose()
        with self.refused("say why"):
            self.by(incident, "E20").action_breach("")
        with self.at(FOUND):
            self.by(incident, "E20").action_breach("没有后果")
        self.assertRecordValues(incident, [{
            "state": "breach", "close_reason": "没有后果", "closed_at": moment(FOUND)}])
        self.assertFalse(incident.sudo().share_ids)
        with self.refused("Breach note"):
            self.by(incident, "E20").write({"subject": "x"})

    def test_a_loss_is_no_breach_note(self):
        incident = self.report()
        with self.refused("has a loss or a complaint.*panel decides"):
            self.by(incident, "E20").action_breach("算了")

    def test_without_order(self):
        """Nothing is linked: the case can be reported, matched by hand and decided."""
        incident = self.proposed("L-K3", loss="450.00")
        self.assertFalse(incident.sudo().order_id)
        self.assertEqual(self.shares(incident), [("E15", 100, "450.00")])
        sales = self.proposed("L-S1", loss="450.00")
        self.assertEqual(self.shares(sales), [(None, 100, "0.00")])
        with self.refused("no person: name him|nobody is named"):
            self.decide(sales)
        decision = self.decide(sales, lines=[{
            "role": "salesperson", "employee_id": self.ref("E03").id, "percent": 100,
            "share_code": "unspecified"}])
        self.assertEqual(decision.line_ids.amount, 450)

    def test_no_rule_no_panel(self):
        incident = self.report()
        incident.match_ids.sudo().unlink()
        with self.refused("matches no rule"):
            self.by(incident, "E20").action_propose()

    def test_no_time_no_panel(self):
        incident = self.report(event_at=False)
        self.assertFalse(incident.sudo().candidate_ids)
        self.match(incident, "L-K4")
        with self.refused("has no time of the fault"):
            self.by(incident, "E20").action_propose()

    def test_times(self):
        with self.refused("lies before its discovery"):
            self.report(at="2026-12-08 11:01")
        with self.refused("in the future"):
            self.report(discovered_at=moment("2026-12-08 11:01"))

    def test_nobody_in_a_role(self):
        """No operator on shift: his part is shown without a person, the panel names him."""
        incident = self.proposed("L-R1", loss="1000.00")
        self.assertEqual(self.shares(incident), [
            ("E14", 70, "700.00"), (None, 15, "0.00"), (None, 15, "0.00")])
        decision = self.decide(incident)
        self.assertEqual(decision.unassigned_percent, 30)
        self.assertEqual(sum(decision.line_ids.mapped("amount")), 700)

    def test_whoever_left(self):
        """Who has left the company was responsible all the same."""
        self.duty("OP", "E17")
        self.ref("E17").active = False
        self.notice.sudo().merchandiser_id = self.user("E11")
        self.ref("E11").write({"active": False})
        self.user("E11").active = False
        for codes, person in ((("L-O1",), "E17"), (("L-M2",), "E11")):
            with self.subTest(codes):
                incident = self.proposed(*codes, notice_id=self.notice.id)
                self.assertEqual(self.shares(incident), [(person, 100, "1000.00")])
                self.decide(incident)
                self.assertFalse(incident.sudo().notification_ids, "he has no login any more")

    def test_deputy_at_the_time(self):
        """Whoever stood in then is responsible, not the absent one (D0.3)."""
        with self.at("2026-12-08 08:00"):
            self.env["gendan.deputy"].with_user(self.user("E11")).create({
                "deputy_id": self.user("E10").id, "date_to": moment("2026-12-08 12:00")})
        then = self.proposed("L-M2", notice_id=self.notice.id)
        later = self.proposed("L-M2", notice_id=self.notice.id, at="2026-12-08 13:00",
                              found="2026-12-08 14:00")
        self.assertEqual(self.shares(then), [("E10", 100, "1000.00")])
        self.assertEqual(self.shares(later), [("E11", 100, "1000.00")])

    def test_rules_are_matched_once_and_with_a_reason(self):
        incident = self.report()
        self.match(incident, "L-K4")
        for code, lead, constraint in (("L-K4", False, "gendan_incident_match_once"),
                                       ("L-K1", True, "gendan_incident_match_one_leads")):
            with self.subTest(code), self.refused(constraint, IntegrityError):
                self.match(incident, code, lead=lead)

    def test_one_event_reported_twice(self):
        """K4 by the keeper's side and P1 by packing: each case shows the other (A29)."""
        first = self.report("E20", notice_id=self.notice.id)
        second = self.report("E13", notice_id=self.notice.id, at="2026-12-08 10:30")
        other = self.report("E20", notice_id=self.new_notice("SC-other").id)
        later = self.report("E20", notice_id=self.notice.id, at="2026-12-10 10:30",
                            found="2026-12-10 11:00")
        self.assertEqual(self.by(first, CHAIR).same_event_ids, second)
        self.assertEqual(self.by(second, CHAIR).same_event_ids, first)
        self.assertFalse(self.by(other | later, CHAIR).same_event_ids)
        with self.subTest("only what the reader may see"):
            self.assertFalse(self.by(second, "E13").same_event_ids)
        with self.at(DECIDED):
            self.by(second, "E13").action_cancel("与上一件是同一事件")
        self.assertFalse(self.by(first, CHAIR).same_event_ids)
        self.assertFalse(self.by(second, CHAIR).same_event_ids, "withdrawn, it asks for nothing")

    def test_withdrawn(self):
        incident = self.report()
        with self.refused("say why"):
            self.by(incident, "E20").action_cancel(" ")
        with self.at(DECIDED):
            self.by(incident, "E20").action_cancel("重复上报")
        self.assertEqual(incident.state, "cancel")
        with self.assertRaises(UserError):
            self.by(incident, CHAIR).write({"subject": "x"})

    def test_the_wizard_takes_the_proposal(self):
        incident = self.proposed("L-R2", loss="384.00")
        with self.at(DECIDED):
            sheet = self.env["gendan.incident.decide"].with_user(self.user(CHAIR)).create({
                "incident_id": incident.id, "reason": "按条款"})
            self.assertEqual((sheet.base, sheet.line_ids.percent, sheet.line_ids.amount),
                             (384, 70, 268.80))
            sheet.line_ids.percent = 60
            self.assertEqual(sheet.line_ids.amount, 230.40)
            sheet.action_confirm()
        self.assertRecordValues(incident.sudo().decision_id.line_ids, [{
            "percent": 60, "proposed_percent": 70, "amount": 230.40}])

    def test_what_the_chair_types_in_the_window_stays(self):
        """On the screen each field typed sends the others through the server again."""
        incident = self.proposed("L-R2", loss="384.00")
        with self.at(DECIDED):
            sheet = self.sheet_of(incident)
            with sheet.line_ids.edit(0) as line:
                line.percent = 60
                self.assertEqual(line.amount, 230.40)
                line.amount = 100
            sheet.reason = "首次, 减轻"
            sheet.save().action_confirm()
        self.assertRecordValues(incident.sudo().decision_id.line_ids, [{
            "percent": 60, "share_amount": 230.40, "amount": 100}])

    def test_an_amount_by_severity_typed_in_the_window(self):
        incident = self.report(number="E04", loss="1056.48", notice_id=self.notice.id,
                               is_complaint=True, origin="complaint",
                               discovered_in="customer")
        incident.match_ids.sudo().unlink()
        self.match(incident, "D6.6", number="E04")
        with self.at(FOUND):
            self.by(incident, "E04").action_propose()
        with self.at(DECIDED):
            sheet = self.sheet_of(incident)
            sheet.severity = "normal"
            with sheet.line_ids.edit(0) as line:
                self.assertEqual((line.share_amount, line.amount), (1056.48, 0))
                line.amount = 300
            sheet.reason = "首次"
            sheet.save().action_confirm()
        self.assertRecordValues(incident.sudo().decision_id.line_ids, [{
            "share_amount": 1056.48, "amount": 300}])

    def sheet_of(self, incident):
        """Return the window in which the chair decides."""
        action = self.by(incident, CHAIR).action_open_decide()
        return Form(self.env["gendan.incident.decide"].with_user(self.user(CHAIR)).with_company(
            self.company).with_context(**action["context"]))
