"""No line is started before its bag version is here (D3.13), by whatever door."""

from odoo.tests import tagged

from .forgery_common import MAGIC_CONTEXT, ForgeryCase
from .packaging_case import MERCHANDISER, PackagingVerbs

SALESPERSON, PRODUCTION, PAD, OPERATOR = "E04", "E12", "pad_workshop", "E18"
PACKS, STOCK, NET = 12_000, 4000, 8000
GOODS = ("mrp.production", "mrp.workorder", "stock.move", "stock.move.line", "stock.quant")
MISSING = (rf"{STOCK:,} of {PACKS:,} .*PK04.* received → 李娜 has them delivered, "
           "马丽 books them in")
CARTONS = r"0 of 300 .*PK07.* received → 李娜 has them delivered, 马丽 books them in"


@tagged("adversary")
class TestBagReceived(PackagingVerbs, ForgeryCase):
    """C02's order for 12,000 packs of F11: 4,000 bags lie on stock, 8,000 are bought."""

    def setUp(self):
        super().setUp()
        self.order = self.released(SALESPERSON, "C02", [("F11", PACKS, 0.85)], "2026-12-22")
        self.notice = self.order.sudo().notice_id
        self.line = self.notice.line_ids
        self.production = self.line.production_ids
        self.bags = self.need_of(self.order, "PK04_v1")

    def bought(self, quantity=NET):
        """Order bags for the notice, as its merchandiser."""
        with self.at("2026-11-24 09:00"):
            return self.buy(self.bags, quantity)

    def came(self, purchase, quantity, backorder=True):
        """Book in bags, as their keeper."""
        with self.at("2026-12-10 08:00"):
            return self.receive(purchase, quantity, backorder=backorder)

    def start(self, production=None):
        """Start the machine as its operator, at the workshop's tablet."""
        production = production or self.production
        self.held(self.by(production.workorder_ids, PAD), OPERATOR).button_start()

    def warnings(self):
        """Return what is on record about starts that went through all the same."""
        return self.env["gendan.audit"].search([("kind", "=", "warned")])

    def assert_refused_to_start(self, pattern, production=None):
        production = production or self.production
        error = self.assert_no_effect(
            GOODS, self.rpc, PRODUCTION, "mrp.workorder", "button_start",
            production.workorder_ids.ids)
        self.assertRegex(str(error), pattern)

    def test_by_every_door(self):
        """The first article is accepted: only the bags are missing."""
        self.assertRecordValues(self.bags, [{"netted": STOCK, "net": NET}])
        self.accept_first_article(self.production)
        workorder, output = self.production.workorder_ids, self.production.move_finished_ids
        for door, model, method, arguments in (
            ("start", "mrp.workorder", "button_start", (workorder.ids,)),
            ("finish", "mrp.workorder", "button_finish", (workorder.ids,)),
            ("mark", "mrp.workorder", "action_mark_as_done", (workorder.ids,)),
            ("progress", "mrp.workorder", "write", (workorder.ids, {"state": "progress"})),
            ("output", "mrp.workorder", "write", (workorder.ids, {"qty_produced": 5})),
            ("done", "mrp.production", "button_mark_done", (self.production.ids,)),
            ("state", "mrp.production", "write", (self.production.ids, {"state": "done"})),
            ("move", "stock.move", "write", (output.ids, {"state": "done"})),
            ("backflush", "stock.move", "write",
             (self.production.move_raw_ids[:1].ids, {"state": "done"})),
        ):
            for number, context in ((PAD, None), (PRODUCTION, {"skip_consumption": True}),
                                    ("system", MAGIC_CONTEXT)):
                with self.subTest(door=door, user=number):
                    error = self.assert_no_effect(
                        GOODS, self.rpc, number, model, method, *arguments, context=context)
                    self.assertRegex(str(error), MISSING)

    def test_the_message_names_notice_and_version(self):
        self.accept_first_article(self.production)
        text = self.by(self.production, PRODUCTION).run_missing
        self.assertRegex(text, f"^{self.notice.name}: {MISSING}$")
        self.assertIn(self.bags.product_id.display_name, text)
        self.assertFalse(self.by(self.production, PRODUCTION).may_run)

    def test_the_attempt_is_on_record(self):
        self.accept_first_article(self.production)
        with self.refused(MISSING):
            self.start()
        row, = self.refusals()
        self.assertEqual((row["gate"], row["res_model"], row["document"]),
                         ("production.start", self.production._name, self.production.name))
        self.assertIn("D3.13", row["clause"])
        self.assertRegex(row["message"], MISSING)

    def test_two_receipts_the_second_on_the_same_morning(self):
        self.accept_first_article(self.production)
        purchase = self.bought()
        self.assert_refused_to_start(MISSING)
        self.came(purchase, NET - 1)
        self.assert_refused_to_start(f"{PACKS - 1:,} of {PACKS:,} .* received")
        self.came(purchase, 1)
        self.start()
        self.assertEqual(self.production.state, "progress")

    def test_part_of_a_bag_is_said_as_it_is(self):
        """Received by weight, the bags are no whole number: nothing is cut off."""
        self.accept_first_article(self.production)
        self.came(self.bought(), NET - 0.5)
        self.assert_refused_to_start(rf"{PACKS - 0.5:,} of {PACKS:,} .* received")

    def test_less_than_ordered_but_all_that_is_needed(self):
        """S01: 42,500 of 42,840 with a need of 40,800 is ready."""
        self.accept_first_article(self.production)
        purchase = self.bought(NET + 400)
        self.came(purchase, NET + 10, backorder=False)
        self.start()
        self.assertEqual(self.production.state, "progress")

    def test_sent_back(self):
        self.accept_first_article(self.production)
        receipt = self.came(self.bought(), NET)
        with self.at("2026-12-10 09:00"):
            self.send_back(receipt, 500)
        self.assert_refused_to_start(f"{PACKS - 500:,} of {PACKS:,} .* received")

    def test_unchecked_or_on_hold_warns_only(self):
        """Received but unchecked, or on hold: red, and it runs (X13)."""
        self.accept_first_article(self.production)
        receipt = self.came(self.bought(), NET)
        self.env.invalidate_all()
        codes = {reason.code for reason in self.line._readiness()[self.line.id].reasons}
        self.assertIn("unchecked", codes)
        lot = receipt.sudo().move_ids.move_line_ids.lot_id
        lot.is_blocked = True
        self.env.invalidate_all()
        readiness = self.line._readiness()[self.line.id]
        self.assertEqual(readiness.light, "red")
        self.assertIn("on_hold", {reason.code for reason in readiness.reasons})
        self.assertRegex(self.by(self.production, PRODUCTION).start_warning,
                         f"PK04.*lot {lot.name} is on hold → 马丽 checks it")
        self.start()
        self.assertEqual(self.production.state, "progress")
        self.assertRegex(self.warnings().message, f"PK04.*lot {lot.name} is on hold")

    def test_cartons_missing_warn_only(self):
        self.accept_first_article(self.production)
        self.came(self.bought(), NET)
        cartons = self.need_of(self.order, "PK07_v1")
        self.assertEqual((cartons.net, cartons.received), (300, 0))
        self.assertRegex(self.by(self.production, PRODUCTION).start_warning, CARTONS)
        self.assertFalse(self.warnings(), "nothing has started yet")
        self.start()
        self.assertEqual(self.production.state, "progress")
        row = self.warnings()
        self.assertRecordValues(row, [{
            "gate": "production.start", "document": self.production.name,
            "user_name": self.user(PAD).name}])
        self.assertRegex(row.message, CARTONS)

    def test_made_without_a_start_warns_as_well(self):
        self.accept_first_article(self.production)
        self.came(self.bought(), NET)
        mine = self.by(self.production, PRODUCTION)
        mine.qty_producing = PACKS
        self.assertEqual(self.production.state, "progress")
        self.assertRegex(self.warnings().message, CARTONS)
        self.production.move_raw_ids.picked = True
        mine.with_context(skip_consumption=True).button_mark_done()
        self.assertEqual(self.production.state, "done")
        self.assertEqual(len(self.warnings()), 1, "once, when it began")

    def test_what_is_in_order_warns_of_nothing(self):
        order = self.released("E05", "C06", [("F15", 2400, 9.5)], "2026-12-22",
                              merchandiser="E10")
        production = order.sudo().notice_id.production_ids
        self.assertFalse(production.start_warning)
        self.accept_first_article(production)
        self.held(self.by(production.workorder_ids, PAD), "E19").button_start()
        self.assertFalse(self.warnings())

    def test_cartons_that_were_found_need_no_warning(self):
        self.accept_first_article(self.production)
        self.came(self.bought(), NET)
        self.put("PK07_v1", 300)
        self.start()
        self.assertNotIn("PK07", "".join(self.warnings().mapped("message")))

    def test_the_phone_shows_it_red(self):
        self.came(self.bought(), NET)
        self.env.invalidate_all()
        pad = self.env["mrp.workcenter"].with_user(self.user(PAD)).sudo(False)
        machines = self.held(pad, OPERATOR).phone_machines()
        work, = [work for machine in machines for work in machine["works"]
                 if work["line"] == self.line.id]
        self.assertRegex(work["warning"], CARTONS)
        self.assertIn("was not checked", work["warning"])

    def test_bags_of_the_old_version_do_not_count(self):
        self.ref("F11").sudo().bom_ids.bom_line_ids.filtered(
            lambda one: one.product_id == self.ref("PK04_v1")).product_id = self.ref("PK04_v2")
        with self.at("2026-11-24 09:00"):
            order = self.new_order(SALESPERSON, "C02", [
                ("F11", 2000, 0.85, {"bag_version_id": self.ref("PK04_v2").id})], "2026-12-22")
            self.make_valid(order, merchandiser=MERCHANDISER)
            self.release(order, MERCHANDISER)
        production = order.sudo().notice_id.production_ids
        self.put("PK04_v1", PACKS)
        self.accept_first_article(production)
        self.assert_refused_to_start("0 of 2,000 .*PK04.*v2.* received", production)

    def test_all_from_stock(self):
        order = self.released("E05", "C06", [("F15", 2400, 9.5)], "2026-12-22",
                              merchandiser="E10")
        production = order.sudo().notice_id.production_ids
        self.assertEqual(self.need_of(order, "PK05_v2").net, 0, "5,000 lie there")
        self.accept_first_article(production)
        self.held(self.by(production.workorder_ids, PAD), "E19").button_start()
        self.assertEqual(production.state, "progress")

    def test_bags_that_were_found_serve_those_of_another_notice_do_not(self):
        self.accept_first_article(self.production)
        other = self.released(SALESPERSON, "C02", [("F11", NET, 0.85)], "2026-12-28")
        theirs = self.need_of(other, "PK04_v1")
        with self.at("2026-11-24 10:00"):
            purchase = self.buy(theirs, NET)
        self.came(purchase, NET)
        self.assert_refused_to_start(MISSING)
        self.put("PK04_v1", NET)
        self.start()
        self.assertEqual(self.production.state, "progress")

    def test_the_trial_asks_for_its_own_bags(self):
        article = self.open_first_article(self.line)
        article.action_start_trial()
        article.action_finish_trial()
        self.take_sample(article, OPERATOR)
        self.accept(article)
        rest = self.line.production_ids.filtered(lambda one: one.state != "done")
        self.assert_refused_to_start(MISSING, rest)
        with self.subTest("and without any bag there is no trial either"):
            order = self.released(SALESPERSON, "C02", [("F11", PACKS, 0.85)], "2026-12-28")
            article = self.open_first_article(order.sudo().notice_id.line_ids)
            with self.refused(f"0 of {PACKS:,} .*PK04.* received"):
                article.action_start_trial()

    def test_a_split_order_starts_with_the_bags_that_are_here(self):
        """Cumulative: what one part took is not there for the next."""
        self.accept_first_article(self.production)
        second = self.by(self.production, PRODUCTION)._split_productions(
            {self.production: [STOCK, PACKS - STOCK]})[1]
        self.start()
        self.assertEqual(self.production.state, "progress")
        self.assert_refused_to_start(MISSING, second.sudo())

    def test_several_bags(self):
        """One line has its bag, the other has not: one starts, and both at once do not."""
        with self.at("2026-11-24 09:00"):
            order = self.new_order(SALESPERSON, "C02", [
                ("F11", 2000, 0.85), ("F15", 2400, 9.5)], "2026-12-22")
            self.make_valid(order, merchandiser=MERCHANDISER)
            self.release(order, MERCHANDISER)
        productions = order.sudo().notice_id.production_ids
        self.accept_first_article(productions)
        bibs = productions.filtered(lambda one: one.product_id == self.ref("F11"))
        error = self.assert_no_effect(
            GOODS, self.rpc, PRODUCTION, "mrp.workorder", "button_start",
            productions.workorder_ids.ids)
        self.assertRegex(str(error), "0 of 2,000 .*PK04")
        self.assertNotIn("PK05", str(error))
        self.held(self.by((productions - bibs).workorder_ids, PAD), "E19").button_start()
        self.assertEqual(set((productions - bibs).mapped("state")), {"progress"})
        self.assertEqual(bibs.state, "confirmed")

    def test_queries_do_not_grow_with_the_orders(self):
        self.accept_first_article(self.production)
        parts = self.by(self.production, PRODUCTION)._split_productions(
            {self.production: [1000] * 12}).sudo()

        def count(productions):
            productions = self.by(productions.browse(productions.ids), PRODUCTION)
            before = self.env.cr.sql_log_count
            refused = productions._with_bags({})
            return self.env.cr.sql_log_count - before, len(refused)

        count(parts)
        (many, of_twelve), (few, of_six) = count(parts), count(parts[:6])
        self.assertEqual((of_twelve, of_six), (8, 2), "4,000 bags do for four of them at once")
        self.assertLessEqual(many, few, "set-based")

    def test_queries_of_a_warning_do_not_grow_with_the_orders(self):
        self.came(self.bought(), NET)
        parts = self.by(self.production, PRODUCTION)._split_productions(
            {self.production: [1000] * 12}).sudo()

        def count(productions):
            productions = self.by(productions.browse(productions.ids), PRODUCTION)
            before = self.env.cr.sql_log_count
            texts = productions._start_warning_texts()
            return self.env.cr.sql_log_count - before, len(texts)

        count(parts)
        (many, of_twelve), (few, of_six) = count(parts), count(parts[:6])
        self.assertEqual((of_twelve, of_six), (12, 6))
        self.assertLessEqual(many, few, "set-based")
