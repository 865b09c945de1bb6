import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from .shop_floor import ShopFloorCase

# a check of the database reaches the tests as its own error, a person as a sentence
CHECK = (psycopg2.errors.CheckViolation, psycopg2.errors.UniqueViolation, ValidationError)


class TestNeed(ShopFloorCase):
    """What a notice needs, and what is bought for it (D3.1–D3.5, X14, X15)."""

    def test_figures_of_s04(self):
        bags = self.new_need("PK04_v1", 12000, netted=4000, tolerance_percent=20)
        cartons = self.new_need("PK07_v1", 300)
        fabric = self.new_need("RM06", 830.59)
        self.assertRecordValues(bags | cartons | fabric, [
            {"kind": "bag", "net": 8000, "limit_quantity": 9600, "notice_id": self.notice.id,
             "company_id": self.company.id, "product_uom_id": self.ref("PK04_v1").uom_id.id},
            {"kind": "carton", "net": 300, "limit_quantity": 300, "notice_id": self.notice.id,
             "company_id": self.company.id, "product_uom_id": self.ref("PK07_v1").uom_id.id},
            {"kind": "raw", "net": 830.59, "limit_quantity": 830.59, "notice_id": self.notice.id,
             "company_id": self.company.id, "product_uom_id": self.ref("RM06").uom_id.id},
        ])
        self.assertEqual(self.new_need("PK03_v1", 30000).kind, "film")
        bags.write({"gross": 10000})
        self.assertRecordValues(bags, [{"net": 6000, "limit_quantity": 7200}])

    def test_open_is_what_nobody_has_bought_or_what_has_not_come(self):
        """What stock gives in full stands in nobody's way; nor what came (test of receipts)."""
        short = self.new_need("PK07_v1", 300)
        needs = short | self.new_need("PK04_v1", 4000, netted=4000)
        mine = [("id", "in", needs.ids)]
        self.assertEqual(needs.search([*mine, ("is_open", "=", True)]), short)
        self.assertEqual(needs.filtered("is_open"), short)
        self.assertEqual(needs.search([*mine, ("is_open", "=", False)]), needs - short)

    def test_a_limit_is_exact(self):
        need = self.new_need("PK04_v2", 40800, tolerance_percent=5)
        self.assertEqual(need.limit_quantity, 42840)

    def test_kind_is_frozen(self):
        need = self.new_need("PK07_v1", 300)
        self.ref("PK07_v1").product_tmpl_id.packaging_kind = "label"
        self.assertEqual(need.kind, "carton")
        self.assertEqual(self.new_need("PK07_v1", 1, is_supplement=True).kind, "other")

    def test_impossible_needs(self):
        for code, gross, values in (
            ("PK04_v1", -1, {}),
            ("PK04_v1", 10, {"netted": 11}),
            ("PK04_v1", 10, {"netted": -1}),
            ("PK04_v1", 10.5, {}),
            ("PK03_v1", 10.5, {}),
            ("PK04_v1", 10, {"tolerance_percent": 20.01}),
            ("PK04_v1", 10, {"tolerance_percent": -1}),
            ("PK04_v1", 10, {"tolerance_percent": 5, "is_supplement": True}),
            ("PK07_v1", 10, {"tolerance_percent": 1}),
        ):
            with self.subTest(code=code, gross=gross, **values), self.refused("", CHECK):
                self.new_need(code, gross, **values)
        with self.refused("what the notice makes, not what it needs", ValidationError):
            self.new_need("F11", 10)

    def test_one_need_per_material(self):
        self.new_need("PK04_v1", 12000)
        with self.refused("", CHECK):
            self.new_need("PK04_v1", 500)
        supplement = self.new_need("PK04_v1", 500, is_supplement=True)
        self.assertEqual(supplement.limit_quantity, 500)

    def test_a_need_stays_where_it_is(self):
        need = self.new_need("PK04_v1", 12000, netted=4000)
        for values in ({"product_id": self.ref("PK04_v2").id}, {"kind": "other"},
                       {"notice_line_id": self.new_notice("SC-2611-0099").line_ids.id},
                       {"is_supplement": True}):
            with self.refused("stay as they are"):
                need.write(values)
        with self.refused("a need that falls away goes to 0"):
            need.unlink()
        with self.refused("calculated, not copied"):
            need.copy()
        need.write({"gross": 0, "netted": 0})
        self.assertEqual(need.net, 0)

    def test_no_person_writes_a_need(self):
        need = self.new_need("PK04_v1", 12000, netted=4000)
        for number in ("E03", "E09", "E10", "E11", "E12", "E14", "E15", "E20", "E01"):
            mine = self.by(need, number)
            self.assertEqual(mine.net, 8000)
            with self.subTest(number), self.refused("", AccessError):
                mine.write({"gross": 99999})
            with self.subTest(number), self.refused("", AccessError):
                mine.write({"tolerance_percent": 20})
            with self.subTest(number), self.refused("", AccessError):
                mine.unlink()
            with self.subTest(number), self.refused("", AccessError):
                self.as_user("gendan.need", number).create({
                    "notice_line_id": self.line.id, "product_id": self.ref("PK07_v1").id})
        self.assertRecordValues(need, [{"gross": 12000, "tolerance_percent": 0}])

    def test_other_companies_needs(self):
        need = self.new_need("PK04_v1", 12000)
        other = self.env["res.company"].create({"name": "Elsewhere"})
        user = self.user("E10")
        user.write({"company_ids": [Command.link(other.id)]})
        elsewhere = need.with_user(user).with_context(allowed_company_ids=other.ids)
        with self.refused("", AccessError):
            elsewhere.read(["gross"])

    def test_turn(self):
        """The counter is there before anybody counts: NULL + 1 would stay NULL."""
        first, second = self.new_need("PK04_v1", 12000), self.new_need("PK07_v1", 300)
        self.assertEqual((first | second).mapped("hand_count"), [0, 0])
        (second | first)._take_turn()
        first._take_turn()
        self.assertRecordValues(first | second, [{"hand_count": 2}, {"hand_count": 1}])
        self.env.cr.execute("SELECT is_nullable FROM information_schema.columns"
                            " WHERE table_name = 'gendan_need' AND column_name = 'hand_count'")
        self.assertEqual(self.env.cr.fetchone(), ("NO",))


class TestPurchaseAllocation(ShopFloorCase):
    """A purchase line is for these needs, at the factor it was bought at (D3.1, X3)."""

    def setUp(self):
        super().setUp()
        self.bags = self.new_need("PK04_v1", 12000, netted=4000, tolerance_percent=20)

    def order(self, code, quantity, unit=None):
        """Return the line of a draft order by 李娜."""
        order = self.as_user("purchase.order", "E11").create({
            "partner_id": self.ref("V03").id,
            "order_line": [Command.create({
                "product_id": self.ref(code).id, "product_qty": quantity,
                **({"product_uom_id": unit.id} if unit else {})})],
        })
        return order.order_line

    def allocate(self, line, need, quantity, **values):
        """Allocate as 李娜."""
        return self.as_user("gendan.purchase.allocation", "E11").create({
            "need_id": need.id, "purchase_line_id": line.id, "quantity": quantity, **values})

    def test_pieces(self):
        allocation = self.allocate(self.order("PK04_v1", 5000), self.bags, 5000, factor=2)
        self.assertRecordValues(allocation, [
            {"factor": 1, "quantity": 5000, "company_id": self.company.id}])

    def test_film_by_the_kilogram(self):
        film = self.new_need("PK03_v1", 30000)
        unit = self.ref("uom_film_PK03_v1")
        line = self.order("PK03_v1", 240, unit)
        allocation = self.allocate(line, film, 36000)
        self.assertEqual(allocation.factor, 150)
        unit.sudo().relative_factor = 200
        self.env.invalidate_all()
        self.assertEqual(allocation.factor, 150, "what was bought stays what it was")

    def test_one_line_for_two_needs(self):
        other = self.env["gendan.need"].create({
            "notice_line_id": self.new_notice("SC-2611-0013").line_ids.id,
            "product_id": self.ref("PK04_v1").id, "gross": 2000})
        line = self.order("PK04_v1", 5000)
        both = self.allocate(line, self.bags, 3000) | self.allocate(line, other, 2000)
        self.assertEqual(sum(both.mapped("quantity")), 5000)
        with self.refused("", CHECK):
            self.allocate(line, other, 1)

    def test_wrong_version(self):
        with self.refused("the need is .*allocate it to a need of that version", ValidationError):
            self.allocate(self.order("PK04_v2", 100), self.bags, 100)

    def test_a_unit_that_is_no_piece(self):
        line = self.order("PK04_v1", 100)
        self.env.cr.execute("UPDATE purchase_order_line SET product_uom_id = %s WHERE id = %s",
                            [self.env.ref("uom.product_uom_kgm").id, line.id])
        self.env.invalidate_all()
        with self.refused("", CHECK):
            self.allocate(line, self.bags, 100)

    def test_impossible_quantities(self):
        line = self.order("PK04_v1", 100)
        with self.refused("", CHECK):
            self.allocate(line, self.bags, -1)
        with self.refused("100.5 is not a whole number of pieces", ValidationError):
            self.allocate(line, self.bags, 100.5)

    def test_only_the_quantity_of_a_draft_changes(self):
        allocation = self.allocate(self.order("PK04_v1", 5000), self.bags, 4000)
        allocation.quantity = 5000
        for values in ({"factor": 9}, {"need_id": self.new_need("PK07_v1", 1).id},
                       {"purchase_line_id": self.order("PK04_v1", 1).id}):
            with self.refused("stay as they are"):
                allocation.write(values)
            with self.refused("stay as they are"):
                allocation.sudo().write(values)
        self.assertRecordValues(allocation, [{"quantity": 5000, "factor": 1}])
        allocation.unlink()
        self.assertFalse(self.bags.allocation_ids)

    def test_what_was_ordered_stands(self):
        line = self.order("PK04_v1", 5000)
        allocation = self.allocate(line, self.bags, 5000)
        other = self.allocate(self.order("PK04_v1", 1), self.bags, 1)
        for state in ("to approve", "purchase", "cancel"):
            self.env.cr.execute("UPDATE purchase_order SET state = %s WHERE id = %s",
                                [state, line.order_id.id])
            self.env.invalidate_all()
            with self.subTest(state), self.refused("is no draft any more"):
                allocation.quantity = 1
            with self.subTest(state), self.refused("is no draft any more"):
                allocation.sudo().unlink()
            with self.subTest(state), self.refused("is no draft any more"):
                self.allocate(line, self.new_need("PK04_v1", 5, is_supplement=True), 5)
        other.unlink()
        self.assertEqual(self.bags.allocation_ids.mapped("quantity"), [5000])

    def test_a_line_that_is_allocated_is_not_deleted(self):
        line = self.order("PK04_v1", 5000)
        self.allocate(line, self.bags, 5000)
        with self.refused("", (psycopg2.errors.ForeignKeyViolation, ValidationError, UserError)):
            line.unlink()
        self.assertTrue(line.exists())

    def test_who_allocates(self):
        line = self.order("PK04_v1", 5000)
        for number in ("E03", "E07", "E12", "E13", "E14", "E15", "E20"):
            with self.subTest(number), self.refused("", AccessError):
                self.as_user("gendan.purchase.allocation", number).create({
                    "need_id": self.bags.id, "purchase_line_id": line.id, "quantity": 1})
        self.as_user("gendan.purchase.allocation", "E09").create({
            "need_id": self.bags.id, "purchase_line_id": line.id, "quantity": 1})
