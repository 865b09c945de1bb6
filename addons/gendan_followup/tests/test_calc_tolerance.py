import doctest
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.gendan_followup.calc import tolerance
from odoo.addons.gendan_followup.calc.tolerance import (
    carton_need,
    covered,
    exact,
    excess_percent,
    fits,
    headroom,
    limit,
    limit_quantity,
    need_pieces,
    net_need,
    pieces,
    pool_shares,
)

# nothing is kept between runs and a busy machine is no failure
always = settings(database=None, deadline=None, max_examples=60)
whole = st.integers(0, 10**9)
percent = st.integers(0, 100)
factor = st.decimals("0.01", "10000", places=2)


class TestCalcTolerance(BaseCase):
    """The figures of S01, S02 and S04, and what must hold for every figure."""

    def test_doctests(self):
        result = doctest.testmod(tolerance)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)

    def test_small_numbers(self):
        self.assertTrue(fits(13, 20, 0, 15))
        self.assertFalse(fits(13, 20, 0, 16))
        self.assertTrue(fits(19, 5, 0, 19))
        self.assertFalse(fits(19, 5, 0, 20))
        self.assertTrue(fits(20, 5, 0, 21))
        self.assertFalse(fits(20, 5, 0, 22))
        self.assertTrue(fits(0, 20, 0, 0))
        self.assertFalse(fits(0, 20, 0, 1))

    def test_regular_bag(self):
        """D3.3: exactly 20.00 % passes, 20.01 % fails."""
        self.assertTrue(fits(10000, 20, 0, 12000))
        self.assertFalse(fits(10000, 20, 0, 12001))
        self.assertEqual(excess_percent(12001, 10000), Fraction("20.01"))

    def test_new_version(self):
        """D3.4: exactly 5 % passes, where floats would refuse it."""
        self.assertTrue(fits(40800, 5, 0, 42840))
        self.assertFalse(fits(40800, 5, 0, 42841))
        self.assertEqual(round(float(excess_percent(42841, 40800)), 4), 5.0025)
        self.assertFalse(fits(40800, 5, 0, 44880), "10 % of a new version")
        self.assertTrue(fits(40800, 5, 21420, 21420), "two orders before the first use")

    def test_cartons(self):
        """D3.5: not one carton more, and a tail carton is a carton."""
        self.assertEqual(carton_need(40800, 24), 1700)
        self.assertEqual(carton_need(1000, 24), 42)
        self.assertTrue(fits(300, 0, 200, 100))
        self.assertFalse(fits(300, 0, 300, 1))
        self.assertEqual(net_need(420, 150), 270)

    def test_stock_narrows_the_limit(self):
        """S02: 10,080 − 6,000 = 4,080, and 20 % of the net need only."""
        net = net_need(10080, 6000)
        self.assertEqual((net, limit(net, 20)), (4080, 4896))
        self.assertFalse(fits(net, 20, 0, 4897))

    def test_ledger_of_s04(self):
        net = net_need(need_pieces(12000), 4000)
        self.assertEqual((net, limit(net, 20)), (8000, 9600))
        self.assertTrue(fits(net, 20, 0, 5000))
        self.assertEqual(headroom(9600, 5000), 4600)
        self.assertFalse(fits(net, 20, 5000, 4601))
        self.assertEqual(excess_percent(9601, 8000), Fraction("20.0125"))
        self.assertTrue(fits(net, 20, 5000, 4600))
        self.assertFalse(fits(net, 20, 9600, 1))
        after_cancel = covered(9600, cancelled=1000)
        self.assertEqual((after_cancel, headroom(9600, after_cancel)), (8600, 1000))
        after_return = covered(9600, cancelled=1000, returned=500)
        self.assertEqual((after_return, headroom(9600, after_return)), (8100, 1500))
        self.assertTrue(fits(net, 20, after_return, 1000))
        self.assertFalse(fits(net, 20, after_return + 1000, 1000))
        smaller = net_need(10000, 4000)
        self.assertEqual((smaller, limit(smaller, 20)), (6000, 7200))
        self.assertEqual(headroom(7200, after_return), -900)
        self.assertFalse(fits(smaller, 20, after_return, 1))
        self.assertEqual(headroom(7200, covered(9600, cancelled=1900, returned=500)), 0)

    def test_roll_film_in_kilograms(self):
        """PK03, 150 pieces a kilogram: 200 kg need, 240.00 yes, 240.01 and 300 no."""
        net = need_pieces(30000)
        self.assertEqual(limit_quantity(net, 150), 200)
        self.assertEqual(limit_quantity(limit(net, 20), 150), 240)
        self.assertTrue(fits(net, 20, 0, pieces(240.00, 150)))
        self.assertFalse(fits(net, 20, 0, pieces(240.01, 150)))
        self.assertFalse(fits(net, 20, 0, pieces(300, 150)))

    def test_pool_of_two_notices(self):
        """300 kg for needs of 200 and 80 kg: 214.29 + 85.71, 7.14 % over each."""
        needs = [30000, 12000]
        self.assertEqual(limit_quantity(limit(sum(needs), 20), 150), 336)
        shares = pool_shares(pieces(300, 150), needs)
        self.assertEqual([round(share / 150, 2) for share in shares], [214.29, 85.71])
        for share, need in zip(shares, needs, strict=True):
            self.assertTrue(fits(need, 20, 0, share))
            self.assertAlmostEqual(float(excess_percent(share, need)), 7.14, places=2)

    def test_bad_input(self):
        for call in (lambda: need_pieces(-1), lambda: carton_need(10, 0), lambda: limit(10, -1),
                     lambda: pieces(1, 0), lambda: pieces(1, -150), lambda: pool_shares(5, [0, 0]),
                     lambda: exact(float("nan")), lambda: exact(float("inf"))):
            with self.assertRaises(ValueError):
                call()

    # ------------------------------------------------ what holds for every figure

    @given(net=whole, percent=percent)
    @always
    def test_limit_is_the_greatest_within(self, net, percent):
        most = limit(net, percent)
        self.assertLessEqual(most * 100, net * (100 + percent))
        self.assertGreater((most + 1) * 100, net * (100 + percent))

    @given(net=whole, percent=percent, orders=st.lists(whole, max_size=6))
    @always
    def test_several_orders_are_judged_as_one(self, net, percent, orders):
        together = fits(net, percent, 0, sum(orders))
        self.assertEqual(together, sum(orders) * 100 <= net * (100 + percent))
        one_by_one = all(
            fits(net, percent, sum(orders[:i]), order) for i, order in enumerate(orders))
        self.assertEqual(together, one_by_one)

    @given(packs=st.decimals(0, 10**7, places=2), per_carton=st.integers(1, 500))
    @always
    def test_cartons_hold_every_pack(self, packs, per_carton):
        cartons = carton_need(packs, per_carton)
        self.assertGreaterEqual(cartons * per_carton, packs)
        self.assertTrue(cartons == 0 or (cartons - 1) * per_carton < packs)

    @given(net=whole, percent=percent, factor=factor)
    @always
    def test_a_hundredth_of_a_kilogram_more_does_not_fit(self, net, percent, factor):
        most = limit_quantity(limit(net, percent), factor)
        self.assertTrue(fits(net, percent, 0, pieces(most, factor)))
        self.assertFalse(fits(net, percent, 0, pieces(most + Fraction(1, 100), factor)))

    @given(cents=st.integers(0, 10**11))
    @always
    def test_a_float_means_what_it_shows(self, cents):
        self.assertEqual(exact(cents / 100), Decimal(cents) / 100)

    @given(gross=whole, usable=st.decimals(0, 10**9, places=2))
    @always
    def test_stock_never_makes_a_need_negative(self, gross, usable):
        net = net_need(gross, usable)
        self.assertTrue(0 <= net <= gross)
        self.assertTrue(net == 0 or net + usable >= gross)

    @given(total=whole, needs=st.lists(st.integers(1, 10**6), min_size=1, max_size=6))
    @always
    def test_shares_of_a_pool(self, total, needs):
        shares = pool_shares(total, needs)
        self.assertEqual(sum(shares), total)
        for share, need in zip(shares, needs, strict=True):
            self.assertLess(abs(share - Fraction(total * need, sum(needs))), 1)
        if total <= sum(needs):
            self.assertTrue(all(s <= n for s, n in zip(shares, needs, strict=True)))
