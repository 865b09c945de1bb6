from .common import DECIDED, LiabilityCase
from .mini_cases import MINI_CASES

# who was on duty, where more than one person holds the role or nobody has a login
SHIFTS = {"OP", "QC"}


class TestMiniCases(LiabilityCase):
    """Scenarios, section 3, through the records: shifts, orders and assignments name people."""

    def notice_for(self, case):
        """Return a notice whose salesperson and merchandiser are those of the case."""
        people = {role: numbers[0] for role, numbers in case.persons.items()}
        return self.new_notice(
            f"SC-{case.rule}", salesperson_id=self.user(people.get("SP", "E04")).id,
            merchandiser_id=self.user(people.get("MR", "E11")).id)

    def open(self, case, day):
        """Report the case on a day of its own, so that shifts do not meet."""
        for role in SHIFTS & set(case.persons):
            self.duty(role, *case.persons[role], day=day)
        return self.proposed(*case.matched, loss=case.loss, notice_id=self.notice_for(case).id,
                             at=f"{day} 10:00", found=f"{day} 11:00")

    def test_all_28(self):
        for number, case in enumerate(MINI_CASES, 1):
            day = f"2026-12-{number:02d}"
            with self.subTest(case.rule):
                incident = self.open(case, day)
                lines = self.as_proposed(incident)
                if case.panel_percent:
                    self.assertEqual(lines[0]["percent"], 0, "M6 has no default")
                    lines[0]["percent"] = case.panel_percent
                else:
                    self.assertEqual(
                        [(person, amount) for person, _percent, amount in self.shares(incident)],
                        list(case.expected))
                decision = self.decide(incident, lines=lines, at=f"{day} 15:00")
                self.assertEqual(
                    [(self.code_of(line.employee_id), f"{line.amount:.2f}")
                     for line in decision.line_ids], list(case.expected))
                self.assertAlmostEqual(
                    decision.loss - sum(decision.line_ids.mapped("amount")),
                    float(case.unassigned), 2)
                self.assertEqual(decision.loss, float(case.loss))

    def test_two_operators_share(self):
        """R1 with two operators on the machine: 7.5 % each (L-G3)."""
        self.duty("OP", "E17", "E19")
        self.duty("QC", "E20")
        incident = self.proposed("L-R1", loss="1000.01")
        self.assertEqual(self.shares(incident), [
            ("E14", 70, "700.01"), ("E17", 7.5, "75.00"), ("E19", 7.5, "75.00"),
            ("E20", 15, "150.00")])

    def test_of_that_machine_only(self):
        self.duty("OP", "E18", machine="machine_bib")
        self.duty("OP", "E17", machine="machine_wet1")
        incident = self.proposed("L-O2", loss="72.00",
                                 workcenter_id=self.ref("machine_bib").id)
        self.assertEqual(self.shares(incident), [("E18", 100, "72.00")])

    def test_not_todays_operator(self):
        """Who was on duty then, not who is on duty now (L-G3)."""
        self.duty("OP", "E17", day="2026-12-07")
        self.duty("OP", "E18", day="2026-12-08")
        incident = self.proposed("L-O1", at="2026-12-07 10:00")
        self.assertEqual(self.shares(incident), [("E17", 100, "1000.00")])

    def test_overlaps(self):
        """One event, one apportionment, nothing charged twice."""
        self.duty("OP", "E18")
        self.duty("QC", "E20")
        for codes, expected in (
            (("L-K4", "L-P1"), [("E15", "500.00"), ("E13", "500.00")]),
            (("L-R1", "L-O4", "L-Q3"),
             [("E14", "700.00"), ("E18", "150.00"), ("E20", "150.00")]),
            (("L-R2", "L-O4"), [("E14", "700.00"), ("E18", "300.00")]),
            (("L-R2", "L-O4", "L-Q3"),
             [("E14", "700.00"), ("E18", "150.00"), ("E20", "150.00")]),
            (("L-O3", "L-Q1"), [("E20", "700.00"), ("E18", "300.00")]),
            (("L-M1", "L-S1"), [("E04", "700.00"), ("E11", "300.00")]),
            (("L-S1", "L-M1"), [("E04", "1000.00"), ("E11", "0.00")]),
        ):
            with self.subTest(codes), self.env.cr.savepoint():
                incident = self.proposed(*codes, notice_id=self.notice.id)
                self.assertEqual([(person, amount) for person, _percent, amount
                                  in self.shares(incident)], expected)
                # quality control is a party in some of them, the chair in none
                decision = self.decide(incident)
                self.assertEqual(sum(decision.line_ids.mapped("amount")), 1000)
                self.assertEqual(len(decision.line_ids.employee_id), len(decision.line_ids))

    def test_different_primaries(self):
        """K4 and K1: no automatic split, the panel chooses (S10)."""
        incident = self.report(loss="960.00")
        self.match(incident, "L-K4", "L-K1", lead=False)
        incident = self.by(incident, "E20")
        with self.at(DECIDED):
            incident.action_propose()
        self.assertFalse(incident.sudo().share_ids)
        with self.refused("different primary parties.*choose the rule"), self.at(DECIDED):
            self.by(incident, "E09").action_decide([], "reason")
        with self.at(DECIDED):
            match = self.by(incident, "E09").match_ids.filtered(
                lambda match: match.rule_id.code == "L-K1")
            match.action_lead()
        self.assertEqual(incident.leading_rule_id.code, "L-K1")
        self.assertEqual([(person, amount) for person, _percent, amount
                          in self.shares(incident)],
                         [("E15", "672.00"), ("E13", "144.00"), (None, "0.00")])

    def test_joint_only(self):
        """O4 alone has no primary: it cannot lead, and the panel has to name one."""
        self.duty("OP", "E18")
        incident = self.report(loss="384.00")
        with self.refused("joint parties only and cannot lead"):
            self.match(incident, "L-O4")
        self.match(incident, "L-O4", lead=False)
        with self.at(DECIDED):
            self.by(incident, "E20").action_propose()
        self.assertEqual(self.shares(incident), [("E18", 30, "115.20")])
        with self.refused("nobody is named as the primary party"):
            self.decide(incident)
        decision = self.decide(incident, lines=[
            {"role": "raw_keeper", "employee_id": self.ref("E14").id, "percent": 70,
             "share_code": "primary"}, *self.as_proposed(incident)])
        self.assertEqual(decision.line_ids.mapped("amount"), [268.80, 115.20])
