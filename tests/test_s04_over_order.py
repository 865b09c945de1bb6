"""S04: packaging over-order refused, every row of the story (C02, F11, 12,000 bags)."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.packaging_case import (
    KEEPER,
    MERCHANDISER,
    OTHER_MERCHANDISER,
    PLAN_MANAGER,
    SALESPERSON,
    PackagingCase,
)

PACKS, STOCK = 12_000, 4_000
NET, LIMIT = 8_000, 9_600
OVER = r"{:,} .* bought with this order, {} % above 8,000; at most 9,600"


@tagged("stories")
class TestS04OverOrder(PackagingCase):
    """The bags PK04 and the cartons PK07 of Sunrise's order."""

    def setUp(self):
        super().setUp()
        self.order = self.released("E04", "C02", [("F11", PACKS, 0.85)], "2026-12-22")
        self.bags = self.need_of(self.order, "PK04_v1")
        self.cartons = self.need_of(self.order, "PK07_v1")
        self.enterContext(self.at("2026-11-24 10:00"))

    def order_a_and_b(self):
        return self.buy(self.bags, 5000), self.buy(self.bags, 4600)

    def order_a_received_in_part(self):
        order_a, order_b = self.order_a_and_b()
        receipt = self.receive(order_a, 4000)
        self.send_back(receipt, 500)
        return order_a, order_b

    def cut_to(self, packs):
        """Take the customer's reduction through revision B."""
        order = self.by(self.order, "E04")
        order.action_open_revision("客户减量")
        order.order_line.product_uom_qty = packs
        self.make_valid(order, merchandiser=MERCHANDISER)

    # ------------------------------------------------------------------- bags

    def test_the_need(self):
        self.assertRecordValues(self.bags, [{
            "gross": PACKS, "netted": STOCK, "net": NET, "limit_quantity": LIMIT,
            "tolerance_percent": 20, "kind": "bag"}])
        self.assertRecordValues(self.cartons, [{
            "gross": 300, "netted": 0, "net": 300, "limit_quantity": 300,
            "tolerance_percent": 0, "kind": "carton"}])
        self.assert_ledger(self.bags, 0, LIMIT)

    def test_over_two_orders(self):
        self.buy(self.bags, 5000)
        self.assert_ledger(self.bags, 5000, 4600)
        self.refused_to_buy(OVER.format(9601, "20.0125"), self.bags, 4601)
        self.buy(self.bags, 4600)
        self.assert_ledger(self.bags, LIMIT, 0)

    def test_raised_after_confirmation_by_every_door(self):
        _order_a, order_b = self.order_a_and_b()
        line = order_b.order_line
        doors = {
            "form": lambda: self.by(order_b, MERCHANDISER).write(
                {"order_line": [(1, line.id, {"product_qty": 4601})]}),
            "rpc": lambda: self.by(line, MERCHANDISER).write({"product_qty": 4601}),
            "other apps": lambda: line.sudo().write({"product_qty": 4601}),
            "new line": lambda: self.by(order_b, MERCHANDISER).write({"order_line": [(0, 0, {
                "product_id": line.product_id.id, "product_qty": 1})]}),
            "unit": lambda: self.by(line, MERCHANDISER).write(
                {"product_uom_id": self.env.ref("uom.product_uom_dozen").id}),
            "web_save": lambda: self.by(line, MERCHANDISER).web_save(
                {"product_qty": 4601}, specification={}),
        }
        for door, action in doors.items():
            with self.subTest(door=door), self.refused("9,601|for no notice|says nothing about"):
                action()
            self.assert_ledger(self.bags, LIMIT, 0)
        with self.subTest(door="import"):
            result = self.by(self.env["purchase.order.line"], MERCHANDISER).load(
                [".id", "product_qty"], [[str(line.id), "4601"]])
            self.assertIn("9,601", result["messages"][0]["message"])
            self.assert_ledger(self.bags, LIMIT, 0)
        self.assertIn("need.limit", {row["gate"] for row in self.refusals()})

    def test_nobody_overrides_it(self):
        """不得: neither plan manager, general manager nor administrator may (X7)."""
        order = self.draft(self.bags, LIMIT + 1)
        administrator = self.env.ref("base.user_admin")
        administrator.company_ids = [(4, self.company.id)]
        for user in (self.user(PLAN_MANAGER), self.user("E01"), administrator):
            user.group_ids = [(4, self.env.ref("purchase.group_purchase_manager").id)]
            for door in (lambda rows: rows.button_confirm(), lambda rows: rows.button_approve(),
                         lambda rows: rows.write({"state": "purchase"})):
                with self.subTest(user=user.login), self.refused("."):
                    door(order.with_user(user))
        with self.refused(OVER.format(9601, "20.0125")):
            order.sudo().button_confirm()
        self.assert_ledger(self.bags, 0, LIMIT)

    def test_a_salesperson_buys_under_the_same_limit(self):
        order_a = self.buy(self.bags, 5000, number=SALESPERSON)
        self.assertRecordValues(order_a, [{
            "buyer_id": self.user(SALESPERSON).id, "buyer_role": "salesperson"}])
        self.buy(self.bags, 4600)
        self.refused_to_buy(OVER.format(9601, "20.0125"), self.bags, 1, number=SALESPERSON)
        self.assert_ledger(self.bags, LIMIT, 0)

    def test_variant_over_delivery(self):
        order_a, _order_b = self.order_a_and_b()
        with self.refused("500 .* more than .* ordered. 徐志强 accepts the over-delivery"):
            self.receive(order_a, 5500)
        self.receive(order_a, 5000)
        self.assert_ledger(self.bags, LIMIT, 0)

    def test_variant_over_delivery_accepted_stands_apart(self):
        order_a, _order_b = self.order_a_and_b()
        picking = order_a.sudo().picking_ids
        self.note_arrival(self.by(picking, KEEPER).move_ids, 5500)
        with self.refused("accepted by the plan manager → 徐志强 accepts it"):
            self.by(picking, KEEPER).action_accept_over("供应商多送")
        self.by(picking, PLAN_MANAGER).action_accept_over("供应商多送 10%")
        self.by(picking, KEEPER).with_context(skip_backorder=True).button_validate()
        self.assert_ledger(self.bags, LIMIT, 0)
        self.assertEqual(self.bags.over_delivered, 500)
        self.refused_to_buy("9,601", self.bags, 1)

    def test_part_received_cancelled_and_returned(self):
        order_a, _order_b = self.order_a_and_b()
        receipt = self.receive(order_a, 4000)
        self.assert_ledger(self.bags, 8600, 1000)
        self.send_back(receipt, 500)
        self.assert_ledger(self.bags, 8100, 1500)
        self.assertRecordValues(self.bags, [{
            "ordered": 9600, "cancelled": 1000, "received": 4000, "returned": 500}])

    def test_the_second_of_two_drafts_is_refused(self):
        self.order_a_received_in_part()
        first = self.draft(self.bags, 1000, number=OTHER_MERCHANDISER)
        second = self.draft(self.bags, 1000)
        self.by(first, OTHER_MERCHANDISER).button_confirm()
        with self.refused("10,100|9,100"):
            self.by(second, MERCHANDISER).button_confirm()
            self.by(self.draft(self.bags, 1000), MERCHANDISER).button_confirm()
        self.by(first, OTHER_MERCHANDISER).button_cancel()
        self.assert_ledger(self.bags, 8100, 1500)

    def test_the_customer_cuts_the_order(self):
        _order_a, order_b = self.order_a_received_in_part()
        self.cut_to(10_000)
        self.assertRecordValues(self.bags, [{
            "gross": 10_000, "netted": STOCK, "net": 6000, "limit_quantity": 7200}])
        self.assert_ledger(self.bags, 8100, -900)
        case = self.bags.case_ids
        self.assertRecordValues(case, [{
            "state": "open", "quantity": 900, "left": 900, "cause": "reduction"}])
        self.refused_to_buy("at most 7,200", self.bags, 1)
        with self.subTest("a part is cut, which no limit stops"):
            self.by(order_b.order_line, MERCHANDISER).product_qty = 4600 - 400
            self.assert_ledger(self.bags, 7700, -500)
            self.assertRecordValues(case, [{"state": "open", "quantity": 900, "left": 500}])
        self.receive_until_left(order_b, 1000 - 400)
        self.by(order_b.order_line, MERCHANDISER).product_qty = 4600 - 900
        self.assert_ledger(self.bags, 7200, 0)
        self.assertRecordValues(case, [{"state": "closed", "left": 0}])

    def receive_until_left(self, order, left):
        """Book in everything of ``order`` but ``left``."""
        demand = order.sudo().picking_ids.move_ids.filtered(
            lambda move: move.state not in ("done", "cancel")).product_uom_qty
        self.receive(order, demand - left, backorder=True)

    # ---------------------------------------------------------------- cartons

    def test_cartons_strictly(self):
        self.buy(self.cartons, 200, supplier="V04")
        self.buy(self.cartons, 100, supplier="V04")
        self.refused_to_buy("301 .* bought with this order, .*at most 300", self.cartons, 1,
                            supplier="V04")
        self.assert_ledger(self.cartons, 300, 0)

    def test_cartons_after_the_cut_are_surplus(self):
        for quantity in (200, 100):
            self.receive(self.buy(self.cartons, quantity, supplier="V04"), quantity)
        self.cut_to(10_000)
        self.assert_ledger(self.cartons, 300, -50)
        self.assertRecordValues(self.cartons.case_ids, [{
            "state": "surplus", "quantity": 50, "cause": "reduction"}])


@tagged("stories")
class TestS04SmallNumbers(PackagingCase):
    """Rounding of small needs, new versions, and nothing needed."""

    def need(self, packs, code="PK04_v1"):
        """Return the need for ``packs`` of bibs in bags that are not on stock."""
        self.env["stock.quant"].sudo().search(
            [("product_id", "=", self.ref(code).id)]).inventory_quantity = 0
        self.env["stock.quant"].sudo().search(
            [("product_id", "=", self.ref(code).id)]).action_apply_inventory()
        self.ref("bom_F11").sudo().bom_line_ids.filtered(
            lambda line: line.product_id.packaging_kind == "bag").product_id = self.ref(code)
        order = self.released(
            "E04", "C02", [("F11", packs, 0.85, {"bag_version_id": self.ref(code).id})],
            "2026-12-22")
        return self.need_of(order, code)

    def new_order(self, *args, **values):
        return super().new_order(*args, tail_carton_agreed=True, **values)

    def test_small_numbers(self):
        self.approve_artwork("PK04_v2", MERCHANDISER, SALESPERSON)
        for packs, code, most in ((13, "PK04_v1", 15), (19, "PK04_v2", 19), (20, "PK04_v2", 21)):
            with self.subTest(packs=packs, code=code):
                need = self.need(packs, code)
                self.assertEqual((need.net, need.limit_quantity), (packs, most))
                self.refused_to_buy(f"at most {most}", need, most + 1)
                self.buy(need, most)
                self.assert_ledger(need, most, 0)

    def test_nothing_needed(self):
        order = self.released("E04", "C02", [("F11", 4000, 0.85)], "2026-12-22")
        need = self.need_of(order, "PK04_v1")
        self.assertEqual((need.net, need.netted), (0, 4000))
        self.refused_to_buy("nothing is needed", need, 1)

    def test_a_waste_rate_changes_no_limit(self):
        bom = self.ref("bom_F11").sudo()
        component = bom.bom_line_ids.filtered(
            lambda line: line.product_id == self.ref("PK04_v1"))
        component.product_qty *= 1.03
        order = self.released("E04", "C02", [("F11", PACKS, 0.85)], "2026-12-22")
        self.assertRecordValues(self.need_of(order, "PK04_v1"), [{
            "gross": PACKS, "net": NET, "limit_quantity": LIMIT}])


@tagged("stories")
class TestS04RollFilm(PackagingCase):
    """PK03 by the kilogram: 150 pieces a kg, the supplier's minimum is 300 kg."""

    def setUp(self):
        super().setUp()
        self.order = self.released("E04", "C03", [("F03", 30_000, 0.5)], "2026-12-22",
                                   merchandiser="E10")
        self.film = self.need_of(self.order, "PK03_v1")
        self.enterContext(self.at("2026-11-24 10:00"))

    def test_in_kilograms(self):
        self.assertRecordValues(self.film, [{
            "gross": 30_000, "net": 30_000, "limit_quantity": 36_000, "kind": "film"}])
        unit = "uom_film_PK03_v1"
        self.refused_to_buy("36,001.5 .*at most 36,000", self.film, 240.01, unit=unit)
        self.refused_to_buy("45,000 .*50 % above 30,000", self.film, 300, unit=unit)
        self.buy(self.film, 240, unit=unit)
        self.assert_ledger(self.film, 36_000, 0)

    def test_pooled_with_the_second_notice(self):
        other = self.need_of(self.released("E04", "C03", [("F03", 12_000, 0.5)], "2026-12-28",
                                           merchandiser="E10"), "PK03_v1")
        both = self.film | other
        purchase = self.buy(both, 300, unit="uom_film_PK03_v1", shares=[30_000, 12_000])
        shares = purchase.order_line.allocation_ids.sorted("id").mapped("quantity")
        self.assertEqual(shares, [32_143, 12_857])
        self.assertEqual([round(pieces / 150, 2) for pieces in shares], [214.29, 85.71])
        self.assertEqual([round((share / need.net - 1) * 100, 2)
                          for share, need in zip(shares, both, strict=True)], [7.14, 7.14])
        self.assertEqual(sum(both.mapped("covered")), 45_000)

    def test_another_unit_says_nothing_about_pieces(self):
        purchase = self.draft(self.film, 240, unit="uom_film_PK03_v1")
        self.by(purchase.order_line, "E10").product_uom_id = self.env.ref("uom.product_uom_kgm")
        with self.refused("says nothing about how many pieces it holds", UserError):
            self.by(purchase, "E10").button_confirm()
