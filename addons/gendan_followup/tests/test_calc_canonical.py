import doctest
import json
import random
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.gendan_followup.calc import canonical
from odoo.addons.gendan_followup.calc.canonical import canonical_json, decimal_string, digest

always = settings(database=None, deadline=None, max_examples=60)
scalars = st.none() | st.booleans() | st.integers(-10**9, 10**9) | st.text(max_size=12)
payloads = st.dictionaries(st.text(max_size=8), st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text(max_size=8), inner, max_size=4), max_leaves=12), max_size=6)


class TestCalcCanonical(BaseCase):
    """The same content always gives the same bytes, another content other bytes."""

    def test_doctests(self):
        result = doctest.testmod(canonical)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)

    @always
    @given(st.decimals(-10**9, 10**9, places=6))
    def test_decimal_string_keeps_the_number(self, number):
        text = decimal_string(number)
        self.assertEqual(Decimal(text), number)
        self.assertNotIn("E", text)
        self.assertEqual(decimal_string(Decimal(text)), text)

    @always
    @given(st.integers(-10**8, 10**8), st.integers(0, 99))
    def test_float_and_decimal_agree(self, whole, cents):
        """A price typed as a float gives the string of the number that was typed."""
        typed = f"{whole}.{cents:02d}"
        self.assertEqual(decimal_string(float(typed)), decimal_string(Decimal(typed)))

    def test_noise_and_signs(self):
        self.assertEqual(decimal_string(0.1 + 0.7), "0.8")
        self.assertEqual(decimal_string(-0.0000001), "0")
        self.assertEqual(decimal_string(None), "0")
        self.assertEqual(decimal_string(2400.0), "2400")
        self.assertEqual(decimal_string(100, digits=0), "100")
        self.assertNotEqual(decimal_string(0.62), decimal_string(0.620001))

    @always
    @given(payloads, st.randoms(use_true_random=False))
    def test_order_of_keys_does_not_matter(self, payload, shuffler):
        text = canonical_json(payload)
        self.assertEqual(canonical_json(shuffled(payload, shuffler)), text)
        self.assertEqual(json.loads(text), payload)
        self.assertEqual(canonical_json(json.loads(text)), text)

    @always
    @given(payloads, payloads)
    def test_other_content_other_digest(self, one, other):
        same_text = canonical_json(one) == canonical_json(other)
        self.assertEqual(digest(canonical_json(one)) == digest(canonical_json(other)), same_text)
        if json.dumps(one, sort_keys=True) != json.dumps(other, sort_keys=True):
            self.assertFalse(same_text)

    @always
    @given(payloads, st.floats())
    def test_floats_are_refused_wherever_they_hide(self, payload, number):
        for hidden in ({**payload, "x": number}, {**payload, "x": [{"y": (number,)}]}):
            with self.assertRaisesRegex(TypeError, "a float in a payload"):
                canonical_json(hidden)

    def test_chinese_is_kept_readable(self):
        self.assertEqual(canonical_json({"唛头": "无唛"}), '{"唛头":"无唛"}')


def shuffled(node, shuffler: random.Random):
    """Return the same data with every dictionary in another order."""
    if isinstance(node, dict):
        keys = list(node)
        shuffler.shuffle(keys)
        return {key: shuffled(node[key], shuffler) for key in keys}
    if isinstance(node, list):
        return [shuffled(item, shuffler) for item in node]
    return node
