"""Two merchandisers look at one lot in the same second (D2.2, traps 9.1)."""

from .own_database import OwnDatabaseCase

MERCHANDISERS = ("E10", "E11")


class TestConcurrentStock(OwnDatabaseCase):
    """Core alone reserves 80 twice of a lot of 100."""

    def setUp(self):
        super().setUp()
        self.orders = []
        for _number in MERCHANDISERS:
            order = self.new_order("E05", "C06", [("F15", 1920, 9.5)], "2027-03-30")
            self.make_valid(order)
            self.orders.append(order.sudo())
        self.by(self.orders[1], "E09").action_assign(self.user("E11").id, note="交接")
        self.quant = self.lot_for(self.orders[0].notice_id.line_ids, 2400)
        self.commit()

    def lot_for(self, line, quantity):
        """Lay ``quantity`` packs that this line may take on stock, in the only lot there is."""
        location = self.ref("warehouse").lot_stock_id
        for quant in self.env["stock.quant"].search([
                ("product_id", "=", line.product_id.id), ("quantity", ">", 0),
                ("location_id", "child_of", location.ids)]):
            self.take_away(quant)
        lot = self.env["stock.lot"].create({
            "product_id": line.product_id.id, "name": f"L-{line.id}",
            "bag_version_id": line.bag_version_id.id, "mark": line.mark_front,
            "expiration_date": "2030-01-01 00:00:00"})
        self.env["stock.quant"]._update_available_quantity(
            line.product_id, location, quantity, lot_id=lot)
        return self.env["stock.quant"].search([
            ("lot_id", "=", lot.id), ("location_id", "=", location.id)])

    def take_away(self, quant):
        quant._update_available_quantity(
            quant.product_id, quant.location_id, -quant.quantity, lot_id=quant.lot_id)

    def assert_promised_once(self):
        """Expect that no more is promised than lies there, and that all of it is."""
        self.env.cr.rollback()
        self.env.invalidate_all()
        promised = [order.notice_id.line_ids.stock_quantity for order in self.orders]
        self.assertEqual(promised, [1920, 480])
        self.assertEqual(sum(self.env["stock.quant"].search([
            ("lot_id", "=", self.quant.lot_id.id)]).mapped("reserved_quantity")), 2400)
        moves = self.orders[0].picking_ids.move_ids | self.orders[1].picking_ids.move_ids
        self.assertEqual(sum(moves.move_line_ids.mapped("quantity")), 2400)
        self.assertEqual(self.orders[1].notice_id.line_ids.to_make_quantity, 1440)

    def test_second_began_before_the_first_committed(self):
        first, second = map(self.person, MERCHANDISERS)
        first.request(self.orders[0].notice_id, "action_check_stock")
        second.request(self.orders[1].notice_id, "action_check_stock")
        self.assertEqual(second.attempts, 2, "she had to look again")
        self.assert_promised_once()

    def test_second_waits_for_the_first(self):
        first, second = map(self.person, MERCHANDISERS)
        first.do(self.orders[0].notice_id, "action_check_stock")
        with self.waiting_for(first, lambda: second.request(
                self.orders[1].notice_id, "action_check_stock")):
            first.cr.commit()
        self.assert_promised_once()

    def test_two_releases_net_the_same_bags_once(self):
        """X15: 4,000 bags lie on stock, each of two notices wants 12,000."""
        lines = self.env["gendan.production.notice.line"]
        for number in MERCHANDISERS:
            order = self.new_order("E04", "C02", [("F11", 12_000, 0.85)], "2027-03-30")
            self.make_valid(order, merchandiser="E11")
            if number == "E10":
                self.by(order, "E09").action_assign(self.user("E10").id, note="交接")
            self.notice_of(order, number).action_check_stock()
            lines |= order.sudo().notice_id.line_ids
        self.commit()
        people = [self.person(number) for number in MERCHANDISERS]
        for person, line in zip(people, lines, strict=True):
            person.request(line.notice_id, "action_release")
        self.assertEqual(people[1].attempts, 2, "she had to look again")
        self.env.cr.rollback()
        self.env.invalidate_all()
        bags = lines.need_ids.filtered(lambda need: need.product_id == self.ref("PK04_v1"))
        self.assertEqual(sorted(bags.mapped("netted")), [0, 4000])
        self.assertEqual(sorted(bags.mapped("net")), [8000, 12_000])

    def test_released_twice_makes_one_manufacturing_order(self):
        self.take_away(self.quant)
        self.commit()
        short = self.orders[1].notice_id
        self.person("E11").request(short, "action_check_stock")
        first, second = self.person("E11"), self.person("E11")
        first.request(short, "action_release")
        self.assertRegex(second.refused(short, "action_release"), "nothing is short")
        self.env.cr.rollback()
        self.env.invalidate_all()
        self.assertRecordValues(short.production_ids, [{
            "product_qty": 1920, "state": "confirmed"}])
