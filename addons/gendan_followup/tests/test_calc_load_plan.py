import doctest
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.gendan_followup.calc import load_plan
from odoo.addons.gendan_followup.calc.load_plan import (
    NOTHING,
    Box,
    Load,
    carton_count,
    check_digit,
    container_number,
    fits_door,
    has_container_form,
    is_container_number,
    is_full,
    layer_count,
    load_of,
    share,
)

always = settings(database=None, deadline=None, max_examples=80)
GP20 = Box(5898, 2352, 2385, 2338, 2280, Decimal("33.1"), Decimal(21700))
HQ40 = Box(12032, 2352, 2690, 2338, 2585, Decimal("76.2"), Decimal(26540))
PACK = 13.672 / 24
sizes = st.tuples(*[st.integers(50, 3000)] * 3)
prefixes = st.tuples(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=3),
                     st.sampled_from("UJZ"), st.text("0123456789", min_size=6, max_size=6))


class TestCalcLoadPlan(BaseCase):
    """m³, kg, full or not, and the number on the container (D6.1, D6.2, D8.1)."""

    def test_doctests(self):
        result = doctest.testmod(load_plan)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)

    # ------------------------------------------------------- figures of the scenarios

    def test_figures_of_the_scenarios(self):
        wipes = {cartons: load_of(cartons * 24, 24, PACK, 0.0406725)
                 for cartons in (240, 600, 1389, 1390, 1700)}
        self.assertEqual([round(load.volume, 2) for load in wipes.values()],
                         [Decimal(text) for text in ("9.76", "24.40", "56.49", "56.53", "69.14")])
        self.assertEqual([round(load.weight) for load in wipes.values()],
                         [3281, 8203, 18990, 19004, 23242])
        self.assertEqual(round(share(wipes[1700].volume, HQ40.volume), 3), Decimal("0.907"))
        self.assertEqual(round(share(wipes[1700].weight, HQ40.payload), 3), Decimal("0.876"))

    def test_full_by_room_or_by_weight(self):
        american = load_of(1389 * 24, 24, PACK, 0.0406725)
        self.assertTrue(is_full(american, HQ40.volume, 19000), "74.1 % of the room, 99.9 % of kg")
        self.assertFalse(is_full(american, HQ40.volume, HQ40.payload))
        at_the_limit = Load(1, Decimal("28.135"), Decimal(0))
        self.assertTrue(is_full(at_the_limit, GP20.volume, GP20.payload), "85 % exactly")
        self.assertFalse(is_full(Load(1, Decimal("28.134"), Decimal(0)), 33.1, 21700))
        self.assertFalse(is_full(NOTHING, 0, 0), "an unknown box is never full")

    def test_bad_input(self):
        self.assertEqual(load_of(100, 0, PACK, 0.04), Load(0, Decimal(0), Decimal("56.97")))
        self.assertEqual(carton_count(0, 24), 0)
        self.assertEqual(share(5, 0), 0)
        self.assertTrue(fits_door((0, 330, 290), GP20), "an unknown size is no obstacle")
        self.assertEqual(layer_count((0, 0, 0), GP20), (0, 0))

    # -------------------------------------------------------------------- properties

    @always
    @given(st.integers(0, 100000), st.integers(1, 400))
    def test_cartons_hold_all_and_no_more(self, packs, per_carton):
        cartons = carton_count(packs, per_carton)
        self.assertGreaterEqual(cartons * per_carton, packs)
        self.assertTrue(cartons == 0 or (cartons - 1) * per_carton < packs)

    @always
    @given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 60))
    def test_full_cartons_add_up(self, some, more, per_carton):
        parts = [load_of(count * per_carton, per_carton, 0.25, 0.05) for count in (some, more)]
        self.assertEqual(sum(parts, NOTHING),
                         load_of((some + more) * per_carton, per_carton, 0.25, 0.05))

    @always
    @given(sizes)
    def test_the_higher_door_takes_whatever_the_lower_takes(self, carton):
        if fits_door(carton, GP20):
            self.assertTrue(fits_door(carton, HQ40))
            self.assertTrue(fits_door(carton[::-1], GP20), "whichever way it is typed")

    @always
    @given(sizes)
    def test_layers_never_exceed_the_room(self, carton):
        per_layer, layers = layer_count(carton, HQ40)
        room = HQ40.length * HQ40.width * HQ40.height
        self.assertLessEqual(per_layer * layers * carton[0] * carton[1] * carton[2], room)

    # -------------------------------------------------------------- container numbers

    def test_forms(self):
        for text, is_form in (("CSQU3054383", True), ("CSQ3054383", False), ("", False),
                              ("CSQX3054383", False), ("CSQU305438", False),
                              ("CSQU30543833", False), ("csqu3054383", False)):
            with self.subTest(text=text):
                self.assertEqual(has_container_form(text), is_form)
        self.assertEqual(container_number("msku 907 032-3"), "MSKU9070323")
        self.assertEqual(container_number(None), "")

    @always
    @given(prefixes, st.integers(0, 9))
    def test_exactly_one_check_digit_is_right(self, parts, digit):
        prefix = "".join(parts)
        self.assertEqual(is_container_number(f"{prefix}{digit}"), digit == check_digit(prefix))

    @always
    @given(prefixes, st.integers(0, 5), st.integers(1, 9))
    def test_one_wrong_digit_changes_the_sum(self, parts, place, step):
        owner, kind, serial = parts
        wrong = (serial[:place] + str((int(serial[place]) + step) % 10) + serial[place + 1:])
        right, other = (check_digit(f"{owner}{kind}{text}") for text in (serial, wrong))
        # 10 and 0 share a digit: the one gap of the standard
        self.assertTrue(right != other or 0 in (right, other))
