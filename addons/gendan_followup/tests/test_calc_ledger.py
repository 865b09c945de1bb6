import doctest
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.gendan_followup.calc import ledger
from odoo.addons.gendan_followup.calc.ledger import Line, add, allocate, entry, share

always = settings(database=None, deadline=None, max_examples=80)
pieces = st.fractions(0, 10**7, max_denominator=100)
states = st.sampled_from(["draft", "sent", "to approve", "purchase", "cancel"])
lines = st.builds(Line, state=states, ordered=pieces, open=pieces, received=pieces,
                  returned=pieces, over=pieces, is_moved=st.booleans(),
                  is_confirming=st.booleans())


class TestCalcLedger(BaseCase):
    """Ordered − cancelled − returned is still open + received − returned (D3.3)."""

    def test_doctests(self):
        result = doctest.testmod(ledger)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)

    @always
    @given(lines)
    def test_both_ways_of_summing_agree(self, line):
        row = entry(line)
        self.assertEqual(row.covered, row.open + row.received - row.returned)
        self.assertGreaterEqual(row.cancelled, 0)
        self.assertLessEqual(row.received + row.over, max(line.received, row.received + row.over))

    @always
    @given(lines)
    def test_a_draft_counts_what_came_and_nothing_else(self, line):
        if line.state in ("draft", "sent", "cancel") and not line.is_confirming:
            row = entry(line)
            self.assertEqual(row.covered, row.received - line.returned)

    @always
    @given(lines)
    def test_placing_counts_at_least_what_is_ordered(self, line):
        row = entry(line._replace(is_confirming=True))
        self.assertGreaterEqual(row.covered + row.returned, line.ordered)

    @always
    @given(lines, st.lists(st.integers(0, 10**6), min_size=1, max_size=5))
    def test_the_shares_are_the_line(self, line, weights):
        row = entry(line)
        self.assertEqual(add(share(row, weights)), row)

    @always
    @given(pieces, st.lists(st.integers(0, 10**6), min_size=1, max_size=5))
    def test_whole_pieces_are_all_divided(self, total, weights):
        shares = allocate(total, weights)
        self.assertEqual(sum(shares), -(-total // 1))
        self.assertTrue(all(isinstance(part, int) and part >= 0 for part in shares))

    @always
    @given(pieces, pieces)
    def test_an_accepted_over_delivery_stands_apart(self, ordered, over):
        row = entry(Line("purchase", ordered, received=ordered + over, over=over, is_moved=True))
        self.assertEqual((row.covered, row.over), (ordered, over))
        self.assertEqual(row.at_hand, ordered + over)

    def test_nothing(self):
        self.assertEqual(add([]).covered, Fraction(0))
