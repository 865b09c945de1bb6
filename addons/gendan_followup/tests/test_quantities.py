from ast import literal_eval

from lxml import etree

from ..calc.text import plain_number
from .shop_floor import ShopFloorCase


class TestQuantities(ShopFloorCase):
    """Whole pieces are whole pieces on every screen: 12,000 and not 12,000.00 (X3)."""

    def options(self, model, kind, number):
        """Return ``{field: options}`` of what ``number`` gets as the view of ``model``."""
        arch = self.as_user(model, number).get_view(False, kind)["arch"]
        return {node.get("name"): literal_eval(node.get("options") or "{}")
                for node in etree.fromstring(arch).iter("field")}

    def test_our_lists_and_forms(self):
        for model, kind, number, names in (
            ("gendan.need", "list", "E11", ("gross", "net", "covered", "headroom")),
            ("gendan.material.issue", "form", "E15", ("quantity",)),
            ("gendan.shipping.notice", "form", "E05", ("quantity", "open_quantity")),
        ):
            found = self.options(model, kind, number)
            for name in names:
                with self.subTest(model, field=name):
                    self.assertIs(found[name].get("hide_trailing_zeros"), True)

    def test_cores_too(self):
        """What core shows of an order, a purchase, a receipt: options that stand there stay."""
        for model, number, name in (("purchase.order", "E11", "product_qty"),
                                    ("sale.order", "E05", "product_uom_qty"),
                                    ("mrp.production", "E12", "qty_producing")):
            with self.subTest(model):
                found = self.options(model, "form", number)
                self.assertIs(found[name].get("hide_trailing_zeros"), True)
        price = self.options("purchase.order", "form", "E11")["price_unit"]
        self.assertNotIn("hide_trailing_zeros", price, "money keeps its cents")
        view = self.env["ir.ui.view"].create({
            "name": "t", "model": "purchase.order.line",
            "arch": """<list><field name="product_qty" options="{'no_open': 1}"/></list>"""})
        lines = self.env["purchase.order.line"].with_company(self.company)
        found = literal_eval(etree.fromstring(lines.get_view(
            view.id, "list")["arch"])[0].get("options"))
        self.assertEqual(found, {"hide_trailing_zeros": True, "no_open": 1})

    def test_without_the_switch_as_in_odoo(self):
        """A company that does not use 跟单 sees what Odoo shows; the views are kept for both."""
        self.assertTrue(self.options("purchase.order", "form", "E11")["product_qty"])
        self.company.uses_gendan = False
        buyer = self.as_user("purchase.order", "E11")
        arch = buyer.get_view(False, "form")["arch"]
        self.assertNotIn("hide_trailing_zeros", arch)
        self.assertNotIn("gendan_quantity", arch)
        self.company.uses_gendan = True
        arch = buyer.get_view(False, "form")["arch"]
        self.assertIn("hide_trailing_zeros", arch)
        self.assertNotIn("gendan_quantity", arch)

    def test_as_text(self):
        for value, text in ((12000.0, "12,000"), (5457.6, "5,457.6"), (0.0, "0"),
                            (1234567.0, "1,234,567"), (-900.0, "-900"), (0.333333, "0.333")):
            with self.subTest(value):
                self.assertEqual(plain_number(value), text)

    def test_a_million_stays_a_number(self):
        """No message says 1.2e+06 packs."""
        need = self.new_need("PK04_v1", 1234567)
        purchase = self.env["purchase.order"].with_user(self.user("E11")).with_company(
            self.company).create({"partner_id": self.ref("V03").id, "order_line": [(0, 0, {
                "product_id": need.product_id.id, "product_qty": 1234567, "price_unit": 1})]})
        with self.refused("1,234,568.5 is not a whole number of pieces"):
            self.env["gendan.purchase.allocation"].with_user(self.user("E11")).create({
                "need_id": need.id, "purchase_line_id": purchase.order_line.id,
                "quantity": 1234568.5})
