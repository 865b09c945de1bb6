import doctest
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.gendan_liability.calc import apportionment, recovery, working_days
from odoo.addons.gendan_liability.calc.apportionment import (
    CODES,
    Part,
    Percentages,
    Share,
    exact,
    may_lead,
    money,
    person_shares,
    principals,
    problems,
    role_shares,
    unassigned,
)

from .mini_cases import MINI_CASES, RULE_PARTS, cents

always = settings(database=None, deadline=None, max_examples=200)
ROLES = ("SP", "MR", "RK", "KK", "PK", "OP", "QC")
parts = st.lists(st.builds(Part, st.sampled_from(ROLES), st.sampled_from(CODES)),
                 max_size=4, unique_by=lambda part: part.role)
percentages = st.builds(
    lambda primary, joint, half, unspecified, full: Percentages(*map(
        Fraction, (full, primary, min(joint, 100 - primary), half, unspecified))),
    st.integers(0, 100), st.integers(0, 100), st.integers(0, 50), st.integers(0, 100),
    st.integers(0, 100))
people = st.dictionaries(st.sampled_from(ROLES), st.lists(st.integers(1, 9), max_size=4))
losses = st.one_of(st.integers(0, 100), st.integers(0, 10**11))
typed = st.lists(st.builds(
    Share, st.sampled_from(ROLES), st.sampled_from(CODES),
    st.decimals(0, 100, places=2).map(Fraction), st.none() | st.integers(1, 9),
    st.booleans()), max_size=8)


def rule(*ids):
    return [RULE_PARTS[id_] for id_ in ids]


def percents(shares):
    return {share.role: share.percent for share in shares}


class TestCalcApportionment(BaseCase):
    """Shares and cents (L-G2, L-G3, L-G4), without a database."""

    def test_doctests(self):
        for module in (apportionment, recovery, working_days):
            with self.subTest(module.__name__):
                result = doctest.testmod(module)
                self.assertTrue(result.attempted)
                self.assertFalse(result.failed)

    def test_mini_cases(self):
        """Scenarios, section 3: each figure from its inputs."""
        self.assertEqual(len(MINI_CASES), 28)
        for case in MINI_CASES:
            with self.subTest(case.rule):
                leading, *others = rule(*case.matched)
                shares = person_shares(role_shares(leading, others), case.persons)
                if case.panel_percent:
                    shares = [share._replace(percent=Fraction(case.panel_percent))
                              for share in shares]
                result = money(cents(case.loss), shares)
                self.assertEqual(
                    [(share.person, amount) for share, amount in zip(
                        shares, result.cents, strict=True)],
                    [(person, cents(amount)) for person, amount in case.expected])
                self.assertEqual(result.unassigned, cents(case.unassigned))
                self.assertEqual(sum(result.cents) + result.unassigned, cents(case.loss))

    def test_examples_of_the_joint_pool(self):
        """L-G2, word by word."""
        for leading, others, expected in (
            ("L-R1", ("L-O4", "L-Q3"), {"RK": 70, "OP": 15, "QC": 15}),
            ("L-R2", ("L-O4",), {"RK": 70, "OP": 30}),
            ("L-R2", ("L-O4", "L-Q3"), {"RK": 70, "OP": 15, "QC": 15}),
            ("L-M1", ("L-S1",), {"SP": 70, "MR": 30}),
            ("L-S1", ("L-M1",), {"SP": 100, "MR": 0}),
            ("L-K4", ("L-P1",), {"KK": 50, "PK": 50}),
            ("L-P1", ("L-K4",), {"PK": 50, "KK": 50}),
            ("L-O3", ("L-Q1",), {"QC": 70, "OP": 30}),
            ("L-Q1", ("L-O3",), {"QC": 70, "OP": 30}),
            ("L-M6", (), {"MR": 0}),
            ("L-R3", ("L-O4",), {"RK": 100, "OP": 0}),
            ("L-K4", ("L-K1",), {"KK": 50, "PK": 50, "QC": 0}),
            ("L-R2", ("L-O2",), {"RK": 70, "OP": 0}),
        ):
            with self.subTest(leading=leading, others=others):
                self.assertEqual(percents(role_shares(*rule(leading), rule(*others))), expected)

    def test_different_primaries(self):
        self.assertNotEqual(principals(RULE_PARTS["L-K4"]), principals(RULE_PARTS["L-K1"]))
        self.assertEqual(principals(RULE_PARTS["L-K4"]), principals(RULE_PARTS["L-P1"]))
        self.assertEqual({id_ for id_, rule_parts in RULE_PARTS.items()
                          if not may_lead(rule_parts)}, {"L-O4", "L-Q3"})

    def test_examples_of_the_cents(self):
        """L-G4 and S10, S14."""
        for loss, lines, expected, left in (
            ("960.01", (("KK", 50, "E15"), ("PK", 50, "E13")), ("480.00", "480.01"), "0"),
            ("1000.01", (("RK", 70, "E14"), ("OP", 15, "E17"), ("QC", 15, "E20")),
             ("700.01", "150.00", "150.00"), "0"),
            ("384.00", (("RK", 70, "E14"), ("OP", 15, "E18"), ("QC", 15, "E20")),
             ("268.80", "57.60", "57.60"), "0"),
            ("0.01", (("RK", 70, "E14"),), ("0.01",), "0"),
            ("0.01", (("KK", 50, "E15"), ("PK", 50, "E13")), ("0", "0.01"), "0"),
            ("0.02", (("A", 0, "1"), ("B", 25, "2"), ("B", 25, "3"), ("B", 25, "4"),
                      ("B", 25, "5")), ("0", "0.01", "0.01", "0", "0"), "0"),
            ("0", (("RK", 70, "E14"),), ("0",), "0"),
            ("1000000000", (("RK", 70, "E14"),), ("700000000",), "300000000"),
        ):
            with self.subTest(loss=loss, lines=lines):
                shares = [Share(role, "joint", Fraction(percent), person, number == 0)
                          for number, (role, percent, person) in enumerate(lines)]
                result = money(cents(loss), shares)
                self.assertEqual(result.cents, [cents(amount) for amount in expected])
                self.assertEqual(result.unassigned, cents(left))

    def test_two_persons_of_a_role_share_its_part(self):
        shares = person_shares(role_shares(*rule("L-R1")), {
            "RK": ["E14"], "OP": ["E17", "E19"], "QC": ["E20"]})
        self.assertEqual([(share.person, share.percent) for share in shares], [
            ("E14", 70), ("E17", Fraction(15, 2)), ("E19", Fraction(15, 2)), ("E20", 15)])
        self.assertEqual(money(100001, shares).cents, [70001, 7500, 7500, 15000])

    def test_nobody_in_a_role(self):
        shares = person_shares(role_shares(*rule("L-R1")), {"RK": ["E14"], "OP": ["E17"]})
        self.assertEqual([share.person for share in shares], ["E14", "E17", None])
        result = money(100000, shares)
        self.assertEqual((result.cents, result.unassigned), ([70000, 15000, 0], 15000))
        alone = person_shares(role_shares(*rule("L-O4")), {"OP": ["E18"]})
        self.assertEqual(money(38400, alone), ([11520], 26880))

    def test_refuses_what_is_no_apportionment(self):
        with self.assertRaisesRegex(ValueError, "not negative"):
            money(-1, [])
        with self.assertRaisesRegex(ValueError, "over"):
            money(100, [Share("SP", "full", Fraction(60), "1"),
                        Share("MR", "full", Fraction("40.01"), "2")])
        with self.assertRaisesRegex(ValueError, "negative"):
            money(100, [Share("SP", "full", Fraction(-1), "1")])
        same = Share("SP", "full", Fraction(10), "1")
        self.assertEqual(problems([same, same]), ["twice"])

    def test_recovery_of_a_month(self):
        """The ceilings hold for the sum of a month; the balance is carried (L-G7)."""
        first = recovery.month(0, 400000, 600000, 249000)
        self.assertEqual(first, (120000, 120000, 280000))
        self.assertEqual(recovery.month(first.carried, 10000, 600000, 249000),
                         (120000, 120000, 170000))
        self.assertEqual(recovery.month(0, 50000, 240000, 249000), (0, 0, 50000))
        with self.assertRaisesRegex(ValueError, "negative"):
            recovery.month(0, -1, 1, 1)

    # ------------------------------------------------------------- properties

    @always
    @given(leading=parts, others=st.lists(parts, max_size=4), settings_=percentages,
           persons=people, loss=losses)
    def test_never_more_than_the_loss(self, leading, others, settings_, persons, loss):
        if sum(getattr(settings_, part.code) for part in leading
               if part.code not in ("joint", "panel")) > 100:
            return
        shares = person_shares(role_shares(leading, others, settings_), persons)
        result = money(loss, shares)
        self.assertEqual(sum(result.cents) + result.unassigned, loss)
        self.assertTrue(all(amount >= 0 for amount in (*result.cents, result.unassigned)))
        self.assertLessEqual(sum(share.percent for share in shares), 100)
        self.assertFalse(problems(shares))

    @always
    @given(shares=typed, loss=losses)
    def test_any_typed_percentages(self, shares, loss):
        if set(problems(shares)) & {"over", "negative"}:
            with self.assertRaises(ValueError):
                money(loss, shares)
            return
        result = money(loss, shares)
        self.assertEqual(sum(result.cents) + result.unassigned, loss)
        self.assertTrue(all(0 <= amount <= loss for amount in result.cents))

    @always
    @given(leading=parts, others=st.lists(parts, max_size=4))
    def test_other_rules_only_join_the_pool(self, leading, others):
        alone = {share.role: share for share in role_shares(leading) if share.code != "joint"}
        together = role_shares(leading, others)
        for share in together:
            if share.code == "named":
                self.assertFalse(share.percent)
            elif share.code != "joint":
                self.assertEqual(share, alone[share.role])
        joint = [share.percent for share in together if share.code == "joint"]
        self.assertLessEqual(len(set(joint)), 1, "the pool is split equally by role")

    @always
    @given(count=st.integers(1, 40), whole=st.sampled_from([15, 30, 50, 70, 100]))
    def test_stored_percentages_stand_for_the_exact_ones(self, count, whole):
        stored = float(round(Decimal(whole) / count, 8))
        self.assertEqual(exact(stored) * count, whole)

    @always
    @given(percent=st.decimals(0, 100, places=4))
    def test_typed_percentages_are_taken_as_typed(self, percent):
        self.assertEqual(exact(float(percent)), Fraction(percent))

    def test_unassigned(self):
        self.assertEqual(unassigned([]), 100)
