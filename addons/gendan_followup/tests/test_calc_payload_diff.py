from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.gendan_followup.calc.payload_diff import (
    COMMERCIAL_LINE,
    COMMERCIAL_ORDER,
    Change,
    change_class,
    diff,
)

always = settings(database=None, deadline=None, max_examples=60)
lines = st.lists(st.fixed_dictionaries({
    "id": st.integers(1, 6), "product": st.integers(1, 3), "quantity": st.sampled_from("123"),
    "price_unit": st.sampled_from(["0.62", "0.63"]), "snapshot": st.lists(st.integers(0, 2)),
}), max_size=4, unique_by=lambda line: line["id"])
payloads = st.fixed_dictionaries({
    "order": st.fixed_dictionaries({
        "partner": st.integers(1, 2), "payment_term": st.integers(0, 1),
        "delivery_date": st.sampled_from(["", "2026-12-22", "2026-12-23"]),
    }), "lines": lines})


def payload(lines=(), **order):
    return {"order": order, "lines": list(lines)}


class TestCalcPayloadDiff(BaseCase):
    """What changed between two revisions, and how much it stops (D1.11)."""

    @always
    @given(payloads)
    def test_no_difference_to_itself(self, content):
        self.assertEqual(diff(content, content), [])
        self.assertEqual(change_class(diff(content, content)), "none")

    @always
    @given(payloads, payloads)
    def test_back_and_forth_mirror_each_other(self, one, other):
        there, back = diff(one, other), diff(other, one)
        self.assertEqual([c._replace(old=c.new, new=c.old) for c in there], back)
        self.assertEqual(bool(there), by_id(one) != by_id(other))

    @always
    @given(payloads, payloads)
    def test_commercial_only_when_the_factory_makes_the_same(self, one, other):
        """Whatever is called commercial leaves product, quantity and lines alone."""
        if change_class(diff(one, other)) == "commercial":
            self.assertEqual(made(one), made(other))
            before, after = (p["order"]["delivery_date"] for p in (one, other))
            self.assertTrue(before == after or before and after > before)

    def test_dates(self):
        before = payload(delivery_date="2026-12-22")
        for new, expected in (("2026-12-23", "commercial"), ("2026-12-21", "technical"),
                              ("", "technical"), ("2026-12-22", "none")):
            with self.subTest(new=new):
                self.assertEqual(
                    change_class(diff(before, payload(delivery_date=new))), expected)
        self.assertEqual(change_class(diff(payload(delivery_date=""), before)), "technical")

    def test_commercial_fields(self):
        for name in COMMERCIAL_ORDER:
            with self.subTest(field=name):
                changes = diff(payload(**{name: 1}), payload(**{name: 2}))
                self.assertEqual(changes, [Change(0, name, 1, 2)])
                self.assertEqual(change_class(changes), "commercial")
        for name in COMMERCIAL_LINE:
            with self.subTest(line_field=name):
                changes = diff(payload([{"id": 7, name: "1"}]), payload([{"id": 7, name: "2"}]))
                self.assertEqual(changes, [Change(7, name, "1", "2")])
                self.assertEqual(change_class(changes), "commercial")

    def test_a_line_field_is_not_commercial_on_the_order(self):
        """`pricelist` of a line, or `price_unit` of an order, is no word of ours: technical."""
        self.assertEqual(change_class([Change(0, "price_unit", 1, 2)]), "technical")
        self.assertEqual(change_class([Change(7, "pricelist", 1, 2)]), "technical")

    def test_one_technical_change_makes_all_technical(self):
        changes = diff(payload([{"id": 7, "price_unit": "1", "quantity": "2400"}]),
                       payload([{"id": 7, "price_unit": "2", "quantity": "2401"}]))
        self.assertEqual(len(changes), 2)
        self.assertEqual(change_class(changes), "technical")

    def test_lines_that_come_and_go(self):
        old, new = payload([{"id": 1, "product": 5, "quantity": "10"}]), payload(
            [{"id": 2, "product": 5, "quantity": "10"}])
        self.assertEqual(diff(old, new), [
            Change(1, "line", {"product": 5, "quantity": "10"}, None),
            Change(2, "line", None, {"product": 5, "quantity": "10"})])
        self.assertEqual(change_class(diff(old, new)), "technical")

    def test_against_nothing(self):
        """The first revision has nothing before it."""
        self.assertEqual([c.field for c in diff({}, payload([{"id": 1}], partner=3))],
                         ["partner", "line"])


def by_id(content):
    return content["order"], {line["id"]: line for line in content["lines"]}


def made(content):
    """Return what the factory sees: everything but money and the delivery date."""
    order = {k: v for k, v in content["order"].items()
             if k not in COMMERCIAL_ORDER | {"delivery_date"}}
    return order, {line["id"]: {k: v for k, v in line.items() if k not in COMMERCIAL_LINE}
                   for line in content["lines"]}
