"""Approved rework: the one mass run without a notice (design 6.4)."""

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .forgery_common import MAGIC_CONTEXT, ForgeryCase

PACKS, FAULTY = 500, 120
MANAGER, QC, PRODUCTION, MERCHANDISER = "E09", "E20", "E12", "E10"
GOODS = ("mrp.production", "stock.move", "stock.quant", "gendan.rework")


@tagged("adversary")
class TestRework(ForgeryCase):
    """120 packs of a lot are to be sealed again; 徐志强 approves, 刘大伟 has it done."""

    def setUp(self):
        super().setUp()
        self.product = self.ref("F04")
        self.lot = self.env["stock.lot"].sudo().create({
            "name": "F04-FAULTY", "product_id": self.product.id,
            "bag_version_id": self.ref("PK04_v1").id, "mark": "MARK"})
        self.place = self.ref("warehouse").sudo().lot_stock_id
        self.env["stock.quant"].sudo()._update_available_quantity(
            self.product, self.place, PACKS, lot_id=self.lot)

    def asked(self, quantity=FAULTY, number=QC):
        return self.by(self.env["gendan.rework"], number).create({
            "lot_id": self.lot.id, "quantity": quantity, "fault": "封口漏气",
            "instruction": "拆袋重新封口"})

    def approved(self, quantity=FAULTY):
        rework = self.asked(quantity)
        self.by(rework, MANAGER).action_approve()
        return rework

    def planned(self, rework):
        self.by(rework, PRODUCTION).action_plan()
        return rework.sudo().production_ids

    def finish(self, production, quantity=None):
        worker = self.by(production, PRODUCTION)
        worker.qty_producing = quantity or worker.product_qty
        worker.action_generate_serial()
        worker.move_raw_ids.picked = True
        return worker

    def of_lot(self, lot):
        return sum(self.env["stock.quant"].sudo().search([
            ("lot_id", "=", lot.id), ("location_id.usage", "=", "internal")]).mapped("quantity"))

    # ------------------------------------------------------------------- work

    def test_it_is_worked_over(self):
        rework = self.approved()
        production = self.planned(rework)
        self.assertRecordValues(production, [{
            "state": "confirmed", "notice_id": False, "product_qty": FAULTY,
            "rework_id": rework.id}])
        self.assertEqual(production.move_raw_ids.move_line_ids.lot_id, self.lot)
        self.finish(production).button_mark_done()
        self.assertEqual(production.state, "done")
        new = production.lot_producing_ids
        self.assertEqual((self.of_lot(self.lot), self.of_lot(new)), (PACKS - FAULTY, FAULTY))
        self.assertRecordValues(new, [{
            "bag_version_id": self.lot.bag_version_id.id, "mark": "MARK"}])
        self.assertRecordValues(rework, [{"state": "done", "made_quantity": FAULTY}])

    def test_the_rest_of_a_run_is_still_the_rework(self):
        rework = self.approved()
        production = self.planned(rework)
        worker = self.finish(production, 50)
        worker.with_context(skip_backorder=True, mo_ids_to_backorder=worker.ids).button_mark_done()
        rest = rework.sudo().production_ids - production
        self.assertRecordValues(rest, [{"product_qty": FAULTY - 50, "rework_id": rework.id}])
        self.assertEqual((rework.state, rework.made_quantity), ("approved", 50))
        with self.refused("all of it is planned already"):
            self.by(rework, PRODUCTION).action_plan()
        self.finish(rest).button_mark_done()
        self.assertEqual(rework.state, "done")

    # --------------------------------------------------------------- approval

    def test_nothing_runs_before_the_approval(self):
        rework = self.asked()
        with self.refused(f"{rework.name} is not approved → 徐志强 decides"):
            self.by(rework, PRODUCTION).action_plan()
        self.assertIn("production.confirm", {row["gate"] for row in self.refusals()})
        self.by(rework, MANAGER).action_refuse("整批降级处理")
        with self.refused("is not approved"):
            self.by(rework, PRODUCTION).action_plan()
        self.assertFalse(rework.sudo().production_ids.filtered(lambda p: p.state != "draft"))

    def test_only_the_plan_manager_approves_and_not_his_own(self):
        rework = self.asked()
        for number in (QC, PRODUCTION, MERCHANDISER, "E05", "E02", "E07", "E16", "plain",
                       "system"):
            with self.subTest(user=number):
                self.assertIn("is approved by the plan manager", str(self.assert_no_effect(
                    GOODS, self.rpc, number, "gendan.rework", "action_approve", rework.ids,
                    context=MAGIC_CONTEXT)))
        own = self.asked(number=MANAGER)
        with self.refused("asked for .* himself"):
            self.by(own, MANAGER).action_approve()
        self.assertTrue({"rework.approve"} <= {row["gate"] for row in self.refusals()})
        self.assertEqual(rework.state, "asked")

    def test_no_more_than_there_is(self):
        with self.refused(f"{PACKS + 1:,} to work over, of lot F04-FAULTY there are {PACKS:,}"):
            self.by(self.asked(PACKS + 1), MANAGER).action_approve()
        self.approved(PACKS - 100)
        with self.refused("120 to work over, of lot F04-FAULTY there are 100"):
            self.by(self.asked(), MANAGER).action_approve()

    def test_a_run_does_not_grow_beyond_it(self):
        rework = self.approved()
        production = self.planned(rework)
        with self.refused("121 to work over, 120 approved"):
            self.by(self.env["change.production.qty"], PRODUCTION).create({
                "mo_id": production.id, "product_qty": FAULTY + 1}).change_prod_qty()
        self.assertEqual(production.product_qty, FAULTY)

    # -------------------------------------------------------------- forgeries

    def test_no_door_makes_it_approved(self):
        rework = self.asked()
        values = {"state": "approved", "decided_by_id": self.user(MANAGER).id}
        for number in self.everybody:
            for vals in (values, {"state": "approved"}, {"asked_by_id": self.user("E05").id}):
                with self.subTest(user=number, vals=vals):
                    self.assertIsNotNone(self.assert_no_effect(
                        GOODS, self.rpc, number, "gendan.rework", "write", rework.ids, vals,
                        context=MAGIC_CONTEXT))
            with self.subTest(user=number, door="create"):
                self.assertIsNotNone(self.assert_no_effect(
                    GOODS, self.rpc, number, "gendan.rework", "create",
                    {"lot_id": self.lot.id, "quantity": 1, "fault": "x", "instruction": "x",
                     **values}, context={**MAGIC_CONTEXT, "default_state": "approved"}))
            with self.subTest(user=number, door="unlink"):
                self.assertIsNotNone(self.assert_no_effect(
                    GOODS, self.rpc, number, "gendan.rework", "unlink", rework.ids))

    def test_approved_it_is_not_rewritten(self):
        rework = self.approved()
        for vals in ({"quantity": 500}, {"lot_id": self.lot.id}, {"fault": "x"}):
            with self.subTest(vals=vals), self.refused("is kept as it is"):
                self.by(rework, QC).write(vals)
        with self.refused("asked for anew, not copied"):
            self.by(rework, QC).copy()

    def test_no_order_becomes_rework_by_hand(self):
        rework = self.approved()
        values = {"product_id": self.product.id, "product_qty": 50}
        loose = self.by(self.env["mrp.production"], PRODUCTION).create(values)
        for number in (PRODUCTION, MANAGER, "pad_workshop", "system"):
            with self.subTest(user=number, door="write"):
                self.assertIn("a rework is not linked by hand", str(self.assert_no_effect(
                    GOODS, self.rpc, number, "mrp.production", "write", loose.ids,
                    {"rework_id": rework.id}, context=MAGIC_CONTEXT)))
            for context in ({}, {"default_rework_id": rework.id}):
                with self.subTest(user=number, door="create", context=context):
                    def born(n=number, c=context):
                        made = self.rpc(n, "mrp.production", "create", {
                            **values, **({} if c else {"rework_id": rework.id})},
                            context={**MAGIC_CONTEXT, **c})
                        self.rpc(n, "mrp.production", "action_confirm", [made])
                    self.assertIsNotNone(self.assert_no_effect(GOODS, born))
        with self.refused("has no production notice"):
            self.by(loose, PRODUCTION).action_confirm()

    def test_who_may_ask(self):
        for number in ("E05", "E07", "E14", "pad_gate", "E27", "plain"):
            with self.subTest(user=number), self.refused("", AccessError):
                self.asked(number=number)
        for quantity in (0, -1):
            with self.subTest(quantity=quantity), self.refused(
                    "a rework is above zero|gendan_rework_quantity", CheckViolation):
                self.asked(quantity)
        self.assertEqual(
            self.asked().sudo().activity_ids.user_id, self.user(MANAGER))

    def test_the_company_may_do_without(self):
        """With the switch off Odoo is as it is: such an order needs nobody (X20)."""
        self.company.sudo().uses_gendan = False
        loose = self.env["mrp.production"].sudo().create({
            "product_id": self.product.id, "product_qty": 50, "move_raw_ids": [Command.create({
                "product_id": self.ref("RM04").id, "product_uom_qty": 1})]})
        loose.action_confirm()
        self.assertEqual(loose.state, "confirmed")
