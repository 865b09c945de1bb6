import doctest

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.gendan_followup.calc import letters
from odoo.addons.gendan_followup.calc.letters import letter

always = settings(database=None, deadline=None, max_examples=60)


class TestCalcLetters(BaseCase):
    """A revision has one letter, and a later one never looks like an earlier one."""

    def test_doctests(self):
        result = doctest.testmod(letters)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)

    def test_first_thousand_are_in_order(self):
        names = [letter(index) for index in range(1000)]
        self.assertEqual(len(set(names)), 1000)
        self.assertEqual(sorted(names, key=lambda name: (len(name), name)), names)

    @always
    @given(st.integers(0, 10**6))
    def test_reads_back(self, index):
        value = 0
        for char in letter(index):
            value = value * 26 + ord(char) - ord("A") + 1
        self.assertEqual(value - 1, index)

    def test_no_revision_before_the_first(self):
        with self.assertRaisesRegex(ValueError, "no revision -1"):
            letter(-1)
