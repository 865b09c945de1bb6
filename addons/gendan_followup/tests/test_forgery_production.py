from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .forgery_common import MAGIC_CONTEXT, ForgeryCase

WORKERS = ("E12", "pad_workshop", "E20", "E09", "system")
GOODS = ("mrp.production", "mrp.workorder", "stock.move", "stock.move.line", "stock.quant")
PACKS = 4000


@tagged("adversary")
class TestForgeryProduction(ForgeryCase):
    """Nothing is confirmed, issued or made before the notice says so, by whatever door (D1.10)."""

    def draft(self, state, number="E12", **values):
        """Return a draft manufacturing order for an order that has come as far as ``state``."""
        order = self.order_in(state, packs=PACKS, product="F04")
        line = order.sudo().notice_id.line_ids
        production = self.env["mrp.production"].with_user(self.user(number)).create({
            "product_id": line.product_id.id, "product_qty": PACKS, "notice_line_id": line.id,
            **values})
        self.env.flush_all()
        return order, production.sudo()

    def made(self, product="F04"):
        return sum(self.env["stock.quant"].sudo().search([
            ("product_id", "=", self.ref(product).id),
            ("location_id.usage", "=", "internal")]).mapped("quantity"))

    def doors(self, production):
        """Return the ways to set a manufacturing order going or say that it is done."""
        raw, output = production.move_raw_ids[:1], production.move_finished_ids[:1]
        workorder = production.workorder_ids[:1]
        line = {"product_id": output.product_id.id, "quantity": 50, "move_id": output.id,
                "location_id": output.location_id.id,
                "location_dest_id": output.location_dest_id.id}
        doors = {
            "confirm": ("mrp.production", "action_confirm", (production.ids,)),
            "plan": ("mrp.production", "button_plan", (production.ids,)),
            "done": ("mrp.production", "button_mark_done", (production.ids,)),
            "start": ("mrp.production", "action_start", (production.ids,)),
            "done move": ("stock.move", "write", (output.ids, {"state": "done"})),
            "done issue": ("stock.move", "write", (raw.ids, {"state": "done"})),
            "born done": ("stock.move", "create", ({
                "product_id": output.product_id.id, "product_uom_qty": 50, "state": "done",
                "production_id": production.id, "location_id": output.location_id.id,
                "location_dest_id": output.location_dest_id.id,
                "move_line_ids": [Command.create({k: v for k, v in line.items()
                                                  if k != "move_id"})]},)),
            "work order start": ("mrp.workorder", "button_start", (workorder.ids,)),
            "work order finish": ("mrp.workorder", "button_finish", (workorder.ids,)),
            "work order mark": ("mrp.workorder", "action_mark_as_done", (workorder.ids,)),
            "work order state": ("mrp.workorder", "write", (workorder.ids, {"state": "done"})),
            "work order progress": ("mrp.workorder", "write",
                                    (workorder.ids, {"state": "progress"})),
            "work order output": ("mrp.workorder", "write", (workorder.ids, {"qty_produced": 50})),
            "work order born done": ("mrp.workorder", "create", ({
                "name": "forged", "production_id": production.id, "state": "done",
                "workcenter_id": workorder.workcenter_id.id or self.ref("machine_wet1").id},)),
        }
        doors |= {f"state {state}": ("mrp.production", "write", (production.ids, {"state": state}))
                  for state in ("confirmed", "progress", "to_close", "done")}
        return {label: door for label, door in doors.items() if door[2][0]}

    def test_before_the_release_by_no_door(self):
        for state in ("submitted", "signed", "valid"):
            order, production = self.draft(state)
            stock = self.made()
            for label, (model, method, arguments) in self.doors(production).items():
                for number, context in (("E12", None), ("system", MAGIC_CONTEXT)):
                    with self.subTest(state=state, door=label, user=number):
                        error = self.assert_no_effect(
                            GOODS, self.rpc, number, model, method, *arguments, context=context)
                        # core starts no draft, without a word
                        if label != "start":
                            self.assertRegex(
                                str(error), "missing signature|not verified yet|is not released")
            self.assertEqual((production.state, self.made()), ("draft", stock))
            self.assertTrue({row["gate"] for row in self.refusals()} & {
                "production.confirm", "production.run"})
            self.assertEqual(order.sudo().notice_id.production_ids, production)

    def test_the_running_order_stops_with_the_hold(self):
        order = self.order_in("released", packs=PACKS, product="F04")
        production = order.sudo().notice_id.production_ids
        self.accept_first_article(production)
        self.by(production.workorder_ids, "E12").button_start()
        self.by(production, "E12").qty_producing = 1000
        self.notice_of(order, "E10").action_hold("客户要求暂停")
        stock = self.made()
        for label, (model, method, arguments) in self.doors(production).items():
            if label in ("confirm", "plan", "state confirmed", "state progress",
                         "work order progress"):
                continue
            with self.subTest(door=label):
                error = self.assert_no_effect(GOODS, self.rpc, "E12", model, method, *arguments)
                if label != "start":
                    self.assertRegex(str(error), "is on hold: 客户要求暂停")
        self.assertEqual(self.made(), stock)
        self.notice_of(order, "E10").action_resume()
        self.by(production, "E12").qty_producing = PACKS
        self.by(production, "E12").action_generate_serial()
        production.move_raw_ids.picked = True
        self.by(production, "E12").with_context(skip_consumption=True).button_mark_done()
        self.assertEqual((production.state, self.made()), ("done", stock + PACKS))

    # ------------------------------------------------------------------- links

    def test_no_order_without_a_notice(self):
        released = self.order_in("released", packs=PACKS, product="F04").sudo().notice_id
        for number in WORKERS:
            for label, values in (
                    ("none", {}), ("no line", {"notice_id": released.id}),
                    ("another product", {"notice_line_id": released.line_ids.id,
                                         "product_id": self.ref("F12").id}),
                    ("a line of another notice", {
                        "notice_id": released.id, "notice_line_id": self.order_in(
                            "submitted", packs=PACKS, product="F04").sudo().notice_id.line_ids.id}),
                    ("beyond the release", {"notice_line_id": released.line_ids.id})):
                with self.subTest(user=number, label=label):
                    made = self.rpc(number, "mrp.production", "create", {
                        "product_id": self.ref("F04").id, "product_qty": 100, **values})
                    error = self.assert_no_effect(
                        GOODS, self.rpc, number, "mrp.production", "action_confirm", [made])
                    self.assertRegex(str(error), "no production notice|does not order|to make, ")

    def test_a_notice_in_the_context_gives_nothing(self):
        released = self.order_in("released", packs=PACKS, product="F04").sudo().notice_id
        made = self.rpc("E12", "mrp.production", "create", {
            "product_id": self.ref("F12").id, "product_qty": 60},
            context={"default_notice_id": released.id,
                     "default_notice_line_id": released.line_ids.id,
                     "default_sale_line_id": released.sudo().order_id.order_line.id})
        self.assert_refused("does not order", self.rpc, "E12", "mrp.production",
                            "action_confirm", [made])

    def test_the_links_are_not_cut_or_moved(self):
        order = self.order_in("released", packs=PACKS, product="F04")
        other = self.order_in("released", packs=PACKS, product="F04").sudo().notice_id
        production = order.sudo().notice_id.production_ids
        for number in WORKERS:
            for values in ({"notice_id": False}, {"notice_line_id": False},
                           {"notice_id": other.id, "notice_line_id": other.line_ids.id},
                           {"sale_line_id": False}):
                with self.subTest(user=number, values=values):
                    error = self.assert_no_effect(
                        ["mrp.production"], self.rpc, number, "mrp.production", "write",
                        production.ids, values)
                    self.assertIsInstance(error, UserError)
        for name, move in (("raw_material_production_id", production.move_raw_ids[:1]),
                           ("production_id", production.move_finished_ids[:1])):
            for target in (False, other.production_ids.id):
                with self.subTest(link=name, target=bool(target)):
                    error = self.assert_no_effect(
                        ["stock.move"], self.rpc, "E20", "stock.move", "write", move.ids,
                        {name: target})
                    self.assertRegex(str(error), "belongs to")

    def test_orders_are_not_merged(self):
        notices = [self.order_in("released", packs=PACKS, product="F04").sudo().notice_id
                   for _number in range(2)]
        productions = notices[0].production_ids | notices[1].production_ids
        error = self.assert_no_effect(GOODS, self.rpc, "E12", "mrp.production", "action_merge",
                                      productions.ids)
        self.assertRegex(str(error), "cannot be merged")

    # ---------------------------------------------------------------- quantity

    def test_nobody_raises_an_order_above_the_release(self):
        production = self.order_in("released", packs=PACKS, product="F04"
                                   ).sudo().notice_id.production_ids
        for number in WORKERS:
            with self.subTest(user=number, door="write"):
                error = self.assert_no_effect(
                    GOODS, self.rpc, number, "mrp.production", "write", production.ids,
                    {"product_qty": PACKS + 1})
                self.assertRegex(str(error), f"{PACKS + 1:,} to make, {PACKS:,} released")
            with self.subTest(user=number, door="wizard"):
                wizard = self.rpc(number, "change.production.qty", "create", {
                    "mo_id": production.id, "product_qty": PACKS * 2})
                self.assert_refused("to make, ", self.rpc, number, "change.production.qty",
                                    "change_prod_qty", [wizard])
            with self.subTest(user=number, door="unit"):
                error = self.assert_no_effect(
                    GOODS, self.rpc, number, "mrp.production", "write", production.ids,
                    {"product_uom_id": self.ref("uom_carton_200").id})
                self.assertIsInstance(error, UserError)
        with self.subTest("a copy"):
            copy = self.rpc("E09", "mrp.production", "copy", production.ids)
            self.assert_refused("to make, ", self.rpc, "E12", "mrp.production", "action_confirm",
                                copy)

    def test_what_was_cancelled_may_be_made_by_a_new_order(self):
        notice = self.order_in("released", packs=PACKS, product="F04").sudo().notice_id
        self.by(notice.production_ids, "E12").action_cancel()
        self.assertFalse(notice.order_id.picking_ids.filtered(lambda p: p.state == "cancel"))
        production = self.draft_production("E12", self.by(notice.line_ids, "E12"))
        production.action_confirm()
        self.assertEqual(production.state, "confirmed")
        again = self.draft_production("E12", self.by(notice.line_ids, "E12"), 1)
        self.assert_refused(f"{PACKS + 1:,} to make, {PACKS:,} released", self.rpc, "E12",
                            "mrp.production", "action_confirm", again.ids)
