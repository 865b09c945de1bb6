"""S15.1: what one pack more does to the needs."""

from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.packaging_case import PackagingCase


@tagged("stories")
class TestS15Need(PackagingCase):
    """S15.1: one pack more makes 2,401 bags and 101 cartons; stock covers both."""

    def test_one_pack_more_and_back(self):
        with self.at("2026-12-07 09:00"):
            order = self.new_order("E05", "C06", [("F15", 2400, 6.4)], "2026-12-20")
            self.make_valid(order)
            self.release(order)
        bags, cartons = self.need_of(order, "PK05_v2"), self.need_of(order, "PK08_v2")
        for day, packs, boxes in (("2026-12-07 14:00", 2401, 101), ("2026-12-08 09:00", 2400, 100)):
            with self.subTest(packs=packs), self.at(day):
                mine = self.by(order, "E05")
                mine.action_open_revision("客户改量")
                mine.order_line.product_uom_qty = packs
                mine.tail_carton_agreed = bool(packs % 24)
                self.make_valid(mine)
                self.assertRecordValues(bags | cartons, [
                    {"gross": packs, "netted": packs, "net": 0, "limit_quantity": 0},
                    {"gross": boxes, "netted": boxes, "net": 0, "limit_quantity": 0}])
        self.assertEqual(order.revision_letter, "C", "back again is not revision A")
        # all that is settled before packaging is bought, so that only the quantity refuses
        with self.at("2026-12-08 10:00"):
            self.settle(order, "E10", "E05")
        self.refused_to_buy("nothing is needed; at most 0", bags, 1, "E10")
        self.refused_to_buy("nothing is needed; at most 0", cartons, 1, "E10", supplier="V04")
