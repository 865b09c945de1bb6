"""What would set an order going beside its start, or turn it into another one (D5.1, D5.4, X4)."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .test_first_article_gate import GOODS, MISSING, PACKS, TRIAL, FirstArticleCase

WORKERS = ("pad_workshop", "E12", "E20", "system")


@tagged("adversary")
class TestCountedBeforehand(FirstArticleCase):
    """A quantity typed beforehand, or material ticked off, is no start."""

    def rest(self):
        return self.line.production_ids.filtered(lambda one: one.state not in ("done", "cancel"))

    def assert_not_counted(self, production, pattern):
        """Nobody counts packs of an order that may not start, on the order or its work order."""
        for number in WORKERS:
            for model, ids in (("mrp.production", production.ids),
                               ("mrp.workorder", production.workorder_ids.ids)):
                with self.subTest(user=number, model=model):
                    error = self.assert_no_effect(
                        GOODS, self.rpc, number, model, "write", ids, {"qty_producing": 100})
                    self.assertRegex(str(error), pattern)

    def assert_not_made(self, production, pattern):
        """Nor does it run or end once its material is ticked off."""
        self.rpc("E12", "stock.move", "write", production.move_raw_ids.ids, {"picked": True})
        for model, method, ids in (
                ("mrp.workorder", "button_finish", production.workorder_ids.ids),
                ("mrp.production", "button_mark_done", production.ids)):
            with self.subTest(method=method):
                error = self.assert_no_effect(GOODS, self.rpc, "E12", model, method, ids,
                                              context={"skip_consumption": True})
                self.assertRegex(str(error), pattern)

    def test_nothing_is_counted_while_the_sheet_is_open(self):
        self.sampled()
        self.assert_not_counted(self.rest(), MISSING)
        self.assert_not_made(self.rest(), MISSING)

    def test_counting_after_a_long_rest_is_a_start(self):
        with self.at("2026-12-08 09:00"):
            self.accept(self.sampled())
        with self.at("2026-12-16 09:00"):
            self.assert_not_counted(self.rest(), "rested 8 days, at most 7")
            self.assert_not_made(self.rest(), "rested 8 days, at most 7")

    def test_counting_with_a_deviation_open_is_a_restart(self):
        """D5.6: no restart before a decision."""
        self.accept(self.sampled())
        self.by(self.env["gendan.deviation"], "E10").create({
            "notice_line_id": self.line.id, "workcenter_id": self.machine.id,
            "question": "压花方向反"}).action_ask()
        self.assert_not_counted(self.rest(), "is open: 压花方向反")
        self.assert_not_made(self.rest(), "is open: 压花方向反")

    def test_what_never_ran_does_not_go_on_without_signatures(self):
        """D1.11: a commercial change lets go on what runs, not what was only counted."""
        self.accept(self.sampled())
        order = self.by(self.order, "E05")
        order.action_open_revision("让价")
        order.order_line.price_unit = 9.1
        order.action_submit()
        self.assert_not_counted(self.rest(), "missing signature|not verified")
        self.assert_not_made(self.rest(), "missing signature|not verified")

    def test_a_draft_is_confirmed_or_nothing(self):
        """D2.4: beyond the release by counting an order that nobody confirmed."""
        self.accept(self.sampled())
        more = self.draft_production("E12", self.by(self.line, "E12"), PACKS).sudo()
        for label, model, ids, values in (
                ("counted", "mrp.production", more.ids, {"qty_producing": PACKS}),
                ("ticked off", "stock.move", more.move_raw_ids.ids, {"picked": True})):
            with self.subTest(label):
                self.attempt(self.rpc, "E12", model, "write", ids, values)
                self.assertEqual(more.state, "draft")
        for label, values in (("done", {"state": "done"}), ("progress", {"state": "progress"})):
            with self.subTest(label):
                error = self.assert_no_effect(
                    GOODS, self.rpc, "E12", "mrp.production", "write", more.ids, values)
                self.assertRegex(str(error), "to make, ")
        error = self.assert_no_effect(GOODS, self.rpc, "E12", "mrp.production",
                                      "button_mark_done", more.ids,
                                      context={"skip_consumption": True})
        self.assertRegex(str(error), "to make, ")

    def test_not_born_with_packs(self):
        """Nor is it made with a figure that nobody could write."""
        self.sampled()
        for number in ("E12", "E20", "system"):
            error = self.assert_no_effect(GOODS, self.rpc, number, "mrp.production", "create", {
                "product_id": self.line.product_id.id, "product_qty": 100,
                "notice_line_id": self.line.id, "qty_producing": 100})
            self.assertRegex(str(error), MISSING)

    def test_who_runs_counts_on(self):
        self.accept(self.sampled())
        rest = self.rest()
        self.by(rest.workorder_ids, "pad_workshop").button_start()
        self.by(rest, "E12").qty_producing = 1200
        self.make(rest, 1200)
        self.assertEqual(rest.qty_produced, 1200)


@tagged("adversary")
class TestTrialFigures(FirstArticleCase):
    """How many trial packs came out is a figure between one and all of them."""

    def test_figures_that_cannot_be(self):
        article = self.open_first_article(self.line)
        article.action_start_trial()
        for quantity in (-5, 0, TRIAL + 1, float("nan"), float("inf")):
            with self.subTest(quantity=quantity):
                error = self.assert_no_effect(
                    GOODS, self.rpc, "E10", "gendan.first.article", "action_finish_trial",
                    article.ids, quantity)
                self.assertIsInstance(error, UserError)
                self.assertRegex(str(error), "of a trial of 50")
        article.action_finish_trial(TRIAL)
        self.assertEqual(article.sudo().trial_production_id.qty_produced, TRIAL)

    def test_more_samples_than_packs(self):
        article = self.trial_run()
        article.write({"operator_id": self.ref("E17").id, "sample_quantity": TRIAL + 1})
        with self.refused("51 samples out of 50 trial packs"):
            self.take_sample(article, packs=TRIAL + 1)
        self.assertFalse(article.sampled_at)


@tagged("adversary")
class TestAnotherOrder(FirstArticleCase):
    """A released order is not turned into another one by RPC (X4)."""

    def test_no_way_back_to_the_draft(self):
        for number in ("E12", "E09", "pad_workshop", "system"):
            for state in ("draft", "cancel"):
                with self.subTest(user=number, state=state):
                    error = self.assert_no_effect(
                        GOODS, self.rpc, number, "mrp.production", "write", self.production.ids,
                        {"state": state})
                    self.assertIsInstance(error, UserError)
                    self.assertRegex(str(error), "by its buttons")

    def test_neither_product_nor_recipe_changes(self):
        other = self.env["mrp.bom"].sudo().search([
            ("product_tmpl_id", "=", self.ref("F12").product_tmpl_id.id)], limit=1)
        live = self.env["mrp.bom"].sudo().search([
            ("product_tmpl_id", "=", self.ref("F04").product_tmpl_id.id)], limit=1)
        self.assertEqual(self.production.bom_id, self.line.bom_id)
        for number in ("E12", "E09", "pad_workshop", "system"):
            for values in ({"bom_id": other.id}, {"bom_id": live.id}, {"bom_id": False},
                           {"product_id": self.ref("F12").id},
                           {"state": "draft", "product_id": self.ref("F12").id}):
                with self.subTest(user=number, values=values):
                    error = self.assert_no_effect(
                        GOODS, self.rpc, number, "mrp.production", "write", self.production.ids,
                        dict(values))
                    self.assertRegex(str(error), "is made by the bill of materials that was "
                                     "released" if "bom_id" in values else "belongs to")
        self.assertEqual(self.production.product_id, self.ref("F04"))

    def test_nobody_confirms_another_recipe(self):
        live = self.env["mrp.bom"].sudo().search([
            ("product_tmpl_id", "=", self.ref("F04").product_tmpl_id.id)], limit=1)
        self.by(self.production, "E12").action_cancel()
        with self.subTest("without one said, it is the released one"):
            again = self.draft_production("E12", self.by(self.line, "E12"), 100)
            self.assertEqual(again.sudo().bom_id, self.line.bom_id)
            self.assertEqual(again.sudo().move_raw_ids.product_id,
                             self.line.bom_id.bom_line_ids.product_id)
        with self.subTest("another one is not confirmed"):
            wrong = self.by(self.env["mrp.production"], "E12").create({
                "product_id": self.line.product_id.id, "product_qty": 100,
                "notice_line_id": self.line.id, "bom_id": live.id})
            self.assert_refused("is made by the bill of materials that was released", self.rpc,
                                "E12", "mrp.production", "action_confirm", wrong.ids)

    def test_what_is_done_stays_done(self):
        self.accept(self.sampled())
        self.make(self.line.production_ids.filtered(lambda one: one.state != "done"))
        done = self.line.production_ids
        self.assertEqual(set(done.mapped("state")), {"done"})
        for state in ("draft", "confirmed", "progress", "to_close", "cancel"):
            with self.subTest(state):
                error = self.assert_no_effect(
                    GOODS, self.rpc, "E12", "mrp.production", "write", done.ids,
                    {"state": state})
                self.assertRegex(str(error), "by its buttons")

    def test_commands_of_its_work_orders(self):
        """The form's own way: work orders and moves written through the order."""
        rest = self.production
        for values in (
                {"workorder_ids": [Command.update(rest.workorder_ids[:1].id, {"state": "done"})]},
                {"workorder_ids": [Command.update(rest.workorder_ids[:1].id,
                                                  {"qty_produced": 100})]},
                {"move_finished_ids": [Command.update(rest.move_finished_ids[:1].id,
                                                      {"state": "done"})]}):
            for number in ("E12", "pad_workshop", "system"):
                with self.subTest(user=number, values=str(values)):
                    error = self.assert_no_effect(
                        GOODS, self.rpc, number, "mrp.production", "write", rest.ids, values)
                    self.assertRegex(str(error), MISSING)
