import json
import re

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .forgery_common import ROLE_HOLDERS, ForgeryCase

# who works with goods only (design, section 4)
BLIND_ROLES = ("production", "packaging", "raw_keeper", "packaging_keeper", "finished_keeper",
               "operator", "qc", "driver", "hr")
# of them, who works in core's stock and production apps
AT_WORK = ("production", "packaging", "raw_keeper", "packaging_keeper", "finished_keeper",
           "operator", "qc")
COST, SALE, BOUGHT, PIECE = 7919.13, 8837.31, 6661.77, 5477.91


@tagged("adversary")
class TestWorkshopBlind(ForgeryCase):
    """Workshop, stores, packing and QC read and write no sales order and no price (design 6.1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.blind = {role: ROLE_HOLDERS[role] for role in BLIND_ROLES}
        cls.at_work = [ROLE_HOLDERS[role] for role in AT_WORK]
        # the price guard has to hold by itself, not by a missing right to export
        cls.env.ref("base.group_user").implied_ids = [
            Command.link(cls.env.ref("base.group_allow_export").id)]

    def setUp(self):
        super().setUp()
        self.product = self.ref("F04")
        self.product.product_tmpl_id.write({"list_price": SALE})
        self.product.standard_price = COST
        self.order = self.order_in("released", packs=4000, product="F04")
        self.production = self.order.sudo().notice_id.production_ids
        self.production.extra_cost = COST
        self.purchase = self.by(self.env["purchase.order"], "E10").create({
            "partner_id": self.ref("V01").id, "order_line": [Command.create({
                "product_id": self.ref("RM04").id, "product_qty": 10, "price_unit": BOUGHT,
                "product_uom_id": self.ref("RM04").uom_id.id})]})
        self.purchase.button_confirm()
        self.receipt = self.purchase.sudo().picking_ids
        self.receipt.move_line_ids.write({"lot_name": "RM04-B1", "quantity": 10})
        self.receipt.move_ids.picked = True
        self.receipt.button_validate()
        self.env.flush_all()

    def priced(self):
        """Return ``[(record, price fields)]`` of everything that tells a price."""
        offer = self.env["product.supplierinfo"].sudo().create({
            "partner_id": self.ref("V01").id, "price": BOUGHT, "product_id": self.product.id,
            "product_tmpl_id": self.product.product_tmpl_id.id})
        rule = self.ref("pricelist_export").item_ids[:1]
        lot = self.receipt.move_line_ids.lot_id
        quant = self.env["stock.quant"].sudo().search([("lot_id", "=", lot.id)], limit=1)
        records = (self.product, self.product.product_tmpl_id, offer, rule, lot, quant,
                   self.receipt.move_ids, self.purchase.sudo(), self.purchase.sudo().order_line,
                   self.production)
        return [(record, [name for name in type(record)._price_fields
                          if name in record._fields]) for record in records]

    def assert_hidden(self, function, *args, **kwargs):
        """Expect an access error; anything else would tell the price or its absence."""
        error = self.attempt(function, *args, **kwargs)
        self.assertIsInstance(error, AccessError, "it was told")

    # ------------------------------------------------------------------- orders

    def test_no_order_by_any_door(self):
        line = self.order.order_line
        doors = [
            ("sale.order", "read", (self.order.ids, ["name"])),
            ("sale.order", "web_read", (self.order.ids, {"name": {}})),
            ("sale.order", "write", (self.order.ids, {"note": "x"})),
            ("sale.order", "export_data", (self.order.ids, ["name", "amount_total"])),
            ("sale.order", "copy", (self.order.ids,)),
            ("sale.order", "action_confirm", (self.order.ids,)),
            ("sale.order", "unlink", (self.order.ids,)),
            ("sale.order.line", "read", (line.ids, ["price_unit"])),
            ("sale.order.line", "write", (line.ids, {"price_unit": 1})),
            ("sale.order.line", "create", ({"order_id": self.order.id, "name": "x"},)),
            ("sale.order.line", "unlink", (line.ids,)),
            ("gendan.revision", "read", (self.order.sudo().revision_id.ids, ["payload"])),
            ("gendan.revision", "search", ([("payload", "like", "price_unit")],)),
            ("gendan.verification.tick", "search_read", ([],)),
            ("gendan.production.notice", "read", (self.order.sudo().notice_id.ids, ["order_id"])),
        ]
        for number in self.blind.values():
            for model, method, arguments in doors:
                with self.subTest(user=number, model=model, method=method):
                    self.assertIsInstance(
                        self.attempt(self.rpc, number, model, method, *arguments), UserError)

    def test_searches_for_orders_find_nothing(self):
        for number in self.at_work:
            for model in ("sale.order", "sale.order.line", "sale.report"):
                for domain in ([], [("id", ">", 0)]):
                    with self.subTest(user=number, model=model):
                        found = []
                        error = self.attempt(lambda n=number, m=model, d=domain: found.extend(
                            self.rpc(n, m, "search", d)))
                        self.assertTrue(error is not None or not found)
            with self.subTest(user=number, door="name_search"):
                found = []
                self.attempt(lambda n=number: found.extend(
                    self.rpc(n, "sale.order", "name_search", self.order.name)))
                self.assertFalse(found)

    def test_what_they_see_instead(self):
        notice = self.order.sudo().notice_id
        for number in self.blind.values():
            with self.subTest(user=number):
                read = self.rpc(number, "gendan.production.notice", "read", notice.ids,
                                ["name", "order_name", "partner_id", "state"])
                self.assertEqual(read[0]["order_name"], self.order.name)
                lines = self.rpc(number, "gendan.production.notice.line", "search_read",
                                 [("notice_id", "=", notice.id)], ["quantity", "size_text"])
                self.assertEqual(lines[0]["quantity"], 4000)

    # ------------------------------------------------------------------- prices

    def test_no_price_is_read(self):
        for record, names in self.priced():
            self.assertTrue(names)
            for name in names:
                for number in self.at_work:
                    with self.subTest(model=record._name, field=name, user=number):
                        self.assert_hidden(
                            self.rpc, number, record._name, "read", record.ids, [name])
                # QC has the rights of stores and workshop together
                for method, arguments in (
                        ("web_read", (record.ids, {name: {}})), ("search_read", ([], [name])),
                        ("web_search_read", ([], {name: {}})),
                        ("export_data", (record.ids, [name]))):
                    with self.subTest(model=record._name, field=name, door=method):
                        self.assert_hidden(self.rpc, "E20", record._name, method, *arguments)

    def test_a_domain_is_no_oracle(self):
        """A search that finds, or does not find, would tell the price in twenty steps."""
        for record, names in self.priced():
            for name in names:
                if not record._fields[name]._description_searchable:
                    continue
                operand = 1 if record._fields[name].type in ("float", "monetary") else "1"
                with self.subTest(model=record._name, field=name):
                    for domain in ([(name, ">", operand)], [(name, "=", operand)],
                                   [(name, "in", [operand])], ["!", (name, "!=", operand)]):
                        for method in ("search", "search_count", "search_read", "web_search_read"):
                            rest = ({},) if method == "web_search_read" else ()
                            self.assert_hidden(self.rpc, "E20", record._name, method, domain,
                                               *rest)

    def test_paths_groups_and_orders_are_no_oracle(self):
        quant, move = "stock.quant", "stock.move"
        for number in ("E20", "E12", "E14"):
            for model, domain in (
                    (quant, [("product_id.list_price", ">", 5)]),
                    (quant, [("product_id.product_tmpl_id.list_price", ">", 5)]),
                    (quant, [("product_id.standard_price", ">", 5)]),
                    (quant, [("product_id", "any", [("lst_price", ">", 5)])]),
                    (move, [("purchase_line_id.price_unit", ">", 5)]),
                    (move, [("sale_line_id.price_unit", ">", 5)]),
                    (move, [("sale_line_id.order_id.amount_total", ">", 5)]),
                    ("product.product", [("seller_ids.price", ">", 5)]),
                    ("product.template", [("product_variant_ids.standard_price", ">", 5)]),
                    ("product.pricelist", [("item_ids.fixed_price", ">", 0.5)]),
                    ("mrp.production", [("sale_line_id.price_unit", ">", 5)])):
                with self.subTest(user=number, model=model, domain=domain):
                    found = []
                    error = self.attempt(lambda n=number, m=model, d=domain: found.extend(
                        self.rpc(n, m, "search", d)))
                    self.assertTrue(error is not None or not found, found)
            for aggregate in ("list_price:max", "standard_price:sum"):
                with self.subTest(user=number, aggregate=aggregate):
                    self.assert_hidden(self.rpc, number, "product.template",
                                       "formatted_read_group", [], ["categ_id"], [aggregate])
            with self.subTest(user=number, door="groupby"):
                self.assert_hidden(self.rpc, number, "product.template", "formatted_read_group",
                                   [], ["list_price"], ["__count"])
            for order in ("list_price desc", "product_id.list_price", "standard_price"):
                with self.subTest(user=number, order=order):
                    error = self.attempt(self.rpc, number, "product.template", "search", [],
                                         order=order)
                    self.assertIsNotNone(error)
            with self.subTest(user=number, door="order of suppliers"):
                self.assert_hidden(self.rpc, number, "product.supplierinfo", "search", [],
                                   order="price desc")
            self.rpc(number, "product.supplierinfo", "search", [])

    def test_export_paths_copies_and_forms_tell_nothing(self):
        quant = self.env["stock.quant"].sudo().search([("product_id", "=", self.ref("RM04").id)],
                                                      limit=1)
        for number in ("E20", "E12", "E14"):
            for path in ("product_id/list_price", "product_id/product_tmpl_id/standard_price",
                         "product_id/seller_ids/price", "value"):
                with self.subTest(user=number, export=path):
                    self.assert_hidden(self.rpc, number, "stock.quant", "export_data", quant.ids,
                                       [path])
            with self.subTest(user=number, door="nested web_read"):
                self.assert_hidden(self.rpc, number, "stock.quant", "web_read", quant.ids, {
                    "product_id": {"fields": {"list_price": {}, "display_name": {}}}})
            with self.subTest(user=number, door="onchange"):
                self.assert_hidden(self.rpc, number, "stock.move", "onchange", [], {}, [], {
                    "product_id": {}, "price_unit": {}})
            with self.subTest(user=number, door="fields_get"):
                shown = self.rpc(number, "product.template", "fields_get")
                self.assertNotIn("list_price", shown)
                self.assertNotIn("standard_price", shown)
            with self.subTest(user=number, door="default_get"):
                values = {}
                self.attempt(lambda n=number, v=values: v.update(self.rpc(
                    n, "purchase.order.line", "default_get", ["price_unit", "name"])))
                self.assertNotIn("price_unit", values)

    def test_no_price_is_written(self):
        for record, names in self.priced():
            for name in names:
                field = record._fields[name]
                if field.readonly or not field.store or field.type not in ("float", "monetary"):
                    continue
                for number in ("E20", "E12", "E14"):
                    with self.subTest(model=record._name, field=name, user=number):
                        error = self.assert_no_effect(
                            [record._name], self.rpc, number, record._name, "write", record.ids,
                            {name: 1})
                        self.assertIsInstance(error, UserError)

    def test_views_carry_no_price_and_reports_no_cost(self):
        told = re.compile("|".join(str(value) for value in (COST, SALE, BOUGHT)))
        for number in self.at_work:
            for model in ("product.product", "product.template", "stock.move", "stock.quant",
                          "stock.lot", "purchase.order", "mrp.production", "product.supplierinfo"):
                views = {}
                self.attempt(lambda n=number, m=model, v=views: v.update(self.rpc(
                    n, m, "get_views", [[False, "form"], [False, "list"], [False, "search"]])))
                hidden = type(self.env[model])._price_fields
                for kind, view in views.get("views", {}).items():
                    with self.subTest(user=number, model=model, view=kind):
                        names = set(re.findall(r'<field name="(\w+)"', view["arch"]))
                        if model != "purchase.order" and kind != "search":
                            self.assertFalse(names & hidden)
        for number in ("E12", "E20", "pad_workshop"):
            for model, method, arguments in (
                    ("report.mrp.report_mo_overview", "get_report_values", (self.production.id,)),
                    ("report.mrp.report_bom_structure", "get_html",
                     (self.production.bom_id.id, 4000))):
                with self.subTest(user=number, report=model):
                    data = self.rpc(number, model, method, *arguments)
                    text = json.dumps(data, default=str)
                    self.assertIsNone(told.search(text))
                    costs = re.findall(r'"\w*(?:cost|price)\w*": ([-\d.]+)', text)
                    self.assertTrue(costs)
                    self.assertEqual(set(map(float, costs)), {0.0})

    def test_the_chatter_of_a_purchase_tells_no_amount(self):
        self.by(self.purchase, "E10").write({"order_line": [Command.create({
            "product_id": self.ref("RM04").id, "product_qty": 3, "price_unit": PIECE})]})
        self.by(self.purchase, "E10").with_context(tracking_disable=False).order_line[
            :1].price_unit = PIECE
        self.env.flush_all()
        for number in ("E14", "E20", "E12"):
            with self.subTest(user=number):
                store = self.attempt_result(
                    self.rpc, number, "purchase.order", "read", self.purchase.ids, ["message_ids"])
                messages = self.env["mail.message"].sudo().browse(
                    store and store[0]["message_ids"])
                found = self.attempt_result(
                    self.rpc, number, "mail.message", "read", messages.ids, ["body", "preview"])
                self.assertNotIn(str(PIECE)[:4], json.dumps(found, default=str))

    def attempt_result(self, function, *args, **kwargs):
        """Return what a call answers, or nothing when it is refused."""
        box = []
        self.attempt(lambda: box.append(function(*args, **kwargs)))
        return box[0] if box else []

    def test_who_deals_in_prices_still_sees_them(self):
        for number in ("E05", "E02", "E07", "E10", "E09", "E01"):
            with self.subTest(user=number):
                read = self.rpc(number, "product.product", "read", self.product.ids, ["lst_price"])
                self.assertEqual(read[0]["lst_price"], SALE)
        costs = self.rpc("E09", "report.mrp.report_mo_overview", "get_report_values",
                         self.production.id)
        self.assertGreater(costs["data"]["summary"]["mo_cost"], 0)

    def test_companies_without_follow_up_are_as_before(self):
        self.company.sudo().uses_gendan = False
        for number in ("E12", "E14", "E16"):
            with self.subTest(user=number):
                self.rpc(number, "product.product", "read", self.product.ids, ["lst_price"])
                self.assertTrue(self.rpc(number, "sale.order", "read", self.order.ids, ["name"]))
