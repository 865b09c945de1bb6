import doctest
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.gendan_followup.calc import stock_usability
from odoo.addons.gendan_followup.calc.stock_usability import (
    Demand,
    Lot,
    allocate,
    needed_until,
    refusal,
    usable,
)

always = settings(database=None, deadline=None, max_examples=80)
DUE = date(2026, 11, 26)
GOOD = Lot(key="good", on_hand=100, reserved=0, bag=3, mark="", blocked=False,
           expires=DUE + timedelta(days=1000))
WISH = Demand(bag=3, mark="无唛", needed_until=DUE + timedelta(days=730))
lots = st.lists(st.builds(
    Lot, key=st.integers(), on_hand=st.integers(-50, 500), reserved=st.integers(0, 500),
    bag=st.integers(1, 3), mark=st.sampled_from(["", "无唛", "NP", "np "]),
    blocked=st.booleans(),
    expires=st.none() | st.dates(DUE, DUE + timedelta(days=1500))), max_size=6)
demands = st.builds(
    Demand, bag=st.integers(0, 3), mark=st.sampled_from(["", "Neutral", "NP"]),
    needed_until=st.none() | st.dates(DUE, DUE + timedelta(days=1500)))


class TestCalcStockUsability(BaseCase):
    """What is usable, and why the rest is not (D2.2)."""

    def test_doctests(self):
        result = doctest.testmod(stock_usability)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)

    def test_each_reason(self):
        cases = [
            (GOOD, None),
            (GOOD._replace(blocked=True), "blocked"),
            (GOOD._replace(bag=2), "other_bag"),
            (GOOD._replace(mark="NP PO 77"), "other_mark"),
            (GOOD._replace(expires=WISH.needed_until - timedelta(days=1)), "short_dated"),
            (GOOD._replace(expires=WISH.needed_until), None),
            (GOOD._replace(expires=None), None),
            (GOOD._replace(on_hand=0), "empty"),
            (GOOD._replace(on_hand=-5), "empty"),
            (GOOD._replace(reserved=100), "reserved"),
            (GOOD._replace(reserved=99), None),
        ]
        for lot, expected in cases:
            with self.subTest(lot=lot):
                self.assertEqual(refusal(lot, WISH), expected)

    def test_a_lot_whose_bag_nobody_wrote_down_is_not_the_same_bag(self):
        self.assertEqual(refusal(GOOD._replace(bag=0), WISH), "other_bag")
        self.assertIsNone(refusal(GOOD._replace(bag=0), WISH._replace(bag=0)))

    def test_goods_without_lots_wear_what_their_product_wears(self):
        self.assertIsNone(refusal(GOOD._replace(bag=None), WISH))

    def test_marks_compare_as_people_read_them(self):
        for mark in ("NP  PO 77", " np po 77 ", "NP\nPO 77"):
            with self.subTest(mark=mark):
                self.assertIsNone(refusal(GOOD._replace(mark=mark),
                                          WISH._replace(mark="NP PO 77")))
        self.assertEqual(refusal(GOOD._replace(mark="NP PO 78"),
                                 WISH._replace(mark="NP PO 77")), "other_mark")

    def test_500_less_80(self):
        """D2.2: 500 on hand − 80 reserved = 420."""
        self.assertEqual(usable(GOOD._replace(on_hand=500, reserved=80), WISH), 420)

    def test_soonest_expiry_first(self):
        late = GOOD._replace(key="late", on_hand=10)
        soon = GOOD._replace(key="soon", on_hand=10, expires=WISH.needed_until)
        ageless = GOOD._replace(key="ageless", on_hand=10, expires=None)
        found = {lot.key: taken for lot, taken in allocate([ageless, late, soon], WISH, 15)}
        self.assertEqual(found, {"soon": 10, "late": 5, "ageless": 0})

    @always
    @given(lots, demands, st.integers(-10, 2000))
    def test_allocation(self, found, demand, quantity):
        rows = allocate(found, demand, quantity)
        taken = sum(row[1] for row in rows)
        self.assertEqual([row[0] for row in rows], found)
        self.assertEqual(taken, min(max(quantity, 0),
                                    sum(usable(lot, demand) for lot in found)))
        for lot, part in rows:
            self.assertGreaterEqual(part, 0)
            self.assertLessEqual(part, max(lot.on_hand - lot.reserved, 0))
            if part:
                self.assertIsNone(refusal(lot, demand))

    @always
    @given(lots, demands)
    def test_nothing_is_usable_with_a_reason_against_it(self, found, demand):
        for lot in found:
            self.assertEqual(usable(lot, demand) == 0, refusal(lot, demand) is not None)

    def test_remaining_shelf_life(self):
        """36 months and two thirds: two years."""
        self.assertEqual(needed_until(DUE, 36, 2 / 3), DUE + timedelta(days=730))
        for nothing in ((None, 36, 2 / 3), (DUE, 0, 2 / 3), (DUE, 36, 0)):
            with self.subTest(given=nothing):
                self.assertIsNone(needed_until(*nothing))
