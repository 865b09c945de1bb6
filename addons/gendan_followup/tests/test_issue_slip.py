from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form

from .common import moment
from .shipping_case import DISPATCHER, FINANCE, KEEPER, SELLER, ShippingCase


class TestIssueSlip(ShippingCase):
    """Nothing is loaded and nothing leaves without both papers (D8.6, D8.7)."""

    def setUp(self):
        super().setUp()
        self.order = self.stocked_order()

    def accepted(self, **values):
        with self.at("2026-11-25 09:00"):
            return self.accepted_shipping(self.order, "2026-11-26", **values)

    def loading(self, **values):
        shipping = self.accepted(**values)
        with self.at("2026-11-25 14:00"):
            self.with_slip(shipping)
        with self.at("2026-11-25 16:00"):
            self.start_loading(shipping)
        return shipping

    def draft_slip(self, shipping, quantity, number=FINANCE):
        return self.as_user("gendan.issue.slip", number).create({
            "shipping_id": shipping.id, "line_ids": [Command.create({
                "shipping_line_id": shipping.line_ids.id, "quantity": quantity})]})

    # ---------------------------------------------------------------- the slip

    def test_issued_by_finance_equal_to_the_notice(self):
        shipping = self.accepted()
        with self.at("2026-11-25 14:00"):
            slip = self.with_slip(shipping)
        self.assertRecordValues(slip, [{
            "state": "issued", "version": 1, "issued_by_id": self.user(FINANCE).id,
            "issued_at": moment("2026-11-25 14:00"), "release_remark": "月结 30 天"}])
        self.assertRecordValues(slip.line_ids, [{
            "product_id": self.ref("F01").id, "quantity": 5760}])

    def test_nobody_else_issues(self):
        shipping = self.accepted()
        with self.at("2026-11-25 13:50"):
            for number in (SELLER, DISPATCHER, KEEPER, "E02", "E09", "E01"):
                with self.subTest(user=number), self.refused(
                        "is issued by finance → 钱敏, 何丽|is issued by finance"):
                    self.by(shipping, number).action_issue_slip()
                with self.subTest(user=number, door="create"), self.refused(
                        "not allowed", AccessError):
                    self.draft_slip(shipping, 5760, number)
        self.assertFalse(shipping.slip_ids)
        slip = self.draft_slip(shipping, 5760)
        with self.refused("is issued by finance"):
            self.by(slip, SELLER).action_issue()
        for vals in ({"state": "issued"}, {"issued_by_id": self.user(FINANCE).id}):
            with self.subTest(vals=vals), self.refused("noted by the server"):
                self.by(slip, FINANCE).write(vals)

    def test_slip_differs_from_notice(self):
        shipping = self.accepted()
        with self.at("2026-11-25 14:00"):
            slip = self.draft_slip(shipping, 239 * 24)
            with self.refused("slip 5,736, shipping notice 5,760"):
                self.by(slip, FINANCE).action_issue()
            self.by(slip.line_ids, FINANCE).quantity = 5760
            self.by(slip, FINANCE).action_issue()
            with self.refused("kept as it is"):
                self.by(slip.line_ids, FINANCE).quantity = 5736
            with self.refused("kept as it is"):
                self.by(slip, FINANCE).write({"line_ids": [Command.clear()]})
            with self.refused("kept as it is"):
                slip.sudo().unlink()
        self.assertEqual(slip.line_ids.quantity, 5760)

    def test_one_slip_in_force(self):
        shipping = self.accepted()
        with self.at("2026-11-25 14:00"):
            self.with_slip(shipping)
            with self.refused("has a goods-issue slip already"):
                self.by(shipping, FINANCE).action_issue_slip()

    def test_not_before_acceptance(self):
        with self.at("2026-11-25 09:00"):
            shipping = self.new_shipping(self.order, "2026-11-26")
            self.by(shipping, SELLER).action_submit()
            with self.refused("is Submitted → the merchandiser accepts it first"):
                self.by(shipping, FINANCE).action_issue_slip()

    def test_void_when_the_notice_changes(self):
        shipping = self.accepted()
        with self.at("2026-11-25 14:00"):
            slip = self.with_slip(shipping)
        with self.at("2026-11-25 15:00"):
            self.by(shipping, SELLER).action_correct("客户减量")
        self.assertRecordValues(slip, [{
            "state": "void", "void_reason": "the shipping notice was corrected",
            "voided_at": moment("2026-11-25 15:00")}])
        with self.at("2026-11-25 15:10"):
            self.by(shipping.line_ids, SELLER).quantity = 5736
            self.by(shipping, SELLER).action_submit()
            self.by(shipping, DISPATCHER).action_accept()
            with self.refused("no goods-issue slip for CY-2611-.* v2 → 钱敏, 何丽 issues it|v2"):
                self.by(shipping, KEEPER).action_start_loading()
            second = self.with_slip(shipping)
        self.assertNotEqual(second, slip)
        self.assertEqual(second.version, 2)

    def test_payment_hold(self):
        shipping = self.accepted()
        with self.at("2026-11-25 14:00"):
            slip = self.with_slip(shipping)
            with self.refused("is issued by finance"):
                self.by(shipping, SELLER).action_hold_payment("欠款")
            self.by(shipping, FINANCE).action_hold_payment("超期 30 天未付")
            self.assertEqual(slip.state, "void")
            with self.refused("payment hold: 超期 30 天未付"):
                self.by(shipping, FINANCE).action_issue_slip()
            self.by(shipping, FINANCE).action_release_payment()
            self.with_slip(shipping)

    def test_a_hold_during_the_loading_keeps_the_goods_here(self):
        """D8.6: a slip that was given before opens nothing while finance holds the goods."""
        shipping = self.accepted()
        with self.at("2026-11-25 14:00"):
            self.with_slip(shipping)
            self.start_loading(shipping)
            self.by(shipping, FINANCE).action_hold_payment("汇款被退")
            with self.refused("payment hold: 汇款被退"):
                self.delivery(self.order).button_validate()
            self.by(shipping, FINANCE).action_release_payment()
            self.delivery(self.order).button_validate()
        self.assertEqual(shipping.state, "shipped")

    def due_slip(self, **values):
        """Return a draft slip for C08, who pays before his goods leave, and what is due."""
        self.order = self.stocked_order(packs=240, customer="C08")
        with self.at("2026-11-25 09:00"):
            shipping = self.accepted_shipping(self.order, "2026-11-26")
        slip = self.draft_slip(shipping, 240)
        due = self.order.sudo().deposit_open
        self.assertGreater(due, 0)
        self.by(slip, FINANCE).write({
            name: round(due + value, 2) if name == "received_amount" else value
            for name, value in values.items()})
        return slip

    def test_no_money_no_slip(self):
        """款到发货: neither a remark nor a part of the money lets the goods go (D8.6)."""
        for values in ({}, {"release_remark": "老客户, 先发"}, {"received_amount": 0},
                       {"received_amount": -0.01, "release_remark": "水单 1125-07"}):
            slip = self.due_slip(**values)
            with self.subTest(values=values), self.at("2026-11-25 14:00"), self.refused(
                    "are still to be paid → book the payment, or write on the slip"):
                self.by(slip, FINANCE).action_issue()
            with self.subTest(values=values), self.at("2026-11-25 14:00"), self.refused(
                    "are still to be paid"):
                self.by(slip.shipping_id, FINANCE).action_issue_slip()
            with self.at("2026-11-25 15:00"), self.refused("no goods-issue slip"):
                self.by(slip.shipping_id, KEEPER).action_start_loading()

    def test_what_cannot_have_come_in(self):
        """A digit too many, or a sign: refused with the figures, and said while typing."""
        for change, message in ((1e6, "is more than all of S.* → write what has come in"),
                                (0.01, "is more than all of"),
                                (-1e6, "cannot have come in → write what the bank shows")):
            slip = self.due_slip(received_amount=0, release_remark="水单 1125-07")
            total = self.order.sudo().amount_total
            with self.subTest(change):
                self.by(slip, FINANCE).received_amount = total + change
                with self.at("2026-11-25 14:00"), self.refused(message):
                    self.by(slip, FINANCE).action_issue()
                with Form(self.by(slip, FINANCE)) as form:
                    with self.assertLogs("odoo.tests.form.onchange", "WARNING") as log:
                        form.received_amount = total + change + (change > 0)
                    self.assertRegex(log.output[0], message.split(" → ")[0])
                    form.received_amount = total
        with self.at("2026-11-25 14:00"):
            self.by(slip, FINANCE).action_issue()
        self.assertEqual(slip.state, "issued", "all of the order may have come in")

    def test_money_seen_at_the_bank(self):
        slip = self.due_slip(received_amount=0, release_remark="款已到, 水单 1125-07")
        with self.at("2026-11-25 14:00"):
            self.by(slip, FINANCE).action_issue()
            with self.refused("kept as it is"):
                self.by(slip, FINANCE).received_amount = 1
        self.assertRecordValues(slip, [{
            "state": "issued", "received_amount": self.order.sudo().deposit_open,
            "issued_by_id": self.user(FINANCE).id}])
        with self.refused("not have access|access|permission", AccessError):
            self.by(slip, KEEPER).read(["received_amount"])

    def test_money_booked_on_the_order(self):
        slip = self.due_slip()
        order = self.order.sudo()
        provider = self.env["payment.provider"].sudo().create({
            "name": "Test bank", "code": "none", "state": "test", "company_id": self.company.id})
        method = self.env["payment.method"].sudo().create({"name": "Transfer", "code": "transfer"})
        self.env["payment.transaction"].sudo().create({
            "amount": order.deposit_open, "currency_id": order.currency_id.id, "state": "done",
            "provider_id": provider.id, "payment_method_id": method.id,
            "partner_id": order.partner_id.id, "reference": "水单-1125-07",
            "sale_order_ids": [Command.set(order.ids)]})
        order.invalidate_recordset()
        self.assertEqual(order.deposit_open, 0)
        with self.at("2026-11-25 14:00"):
            self.by(slip, FINANCE).action_issue()
        self.assertEqual(slip.state, "issued")

    # ----------------------------------------------------------------- loading

    def test_loading_needs_both_papers(self):
        with self.at("2026-11-25 09:00"):
            shipping = self.new_shipping(self.order, "2026-11-26")
            with self.refused("is Draft → the merchandiser accepts it first"):
                self.by(shipping, KEEPER).action_start_loading()
        shipping = self.accepted(packs=24)
        with self.at("2026-11-25 10:00"):
            with self.refused("no goods-issue slip for .* → .*何丽"):
                self.by(shipping, KEEPER).action_start_loading()
            self.assertIn("no goods-issue slip", shipping.loading_missing)
        with self.at("2026-11-25 14:00"):
            self.with_slip(shipping)
            for number in (DISPATCHER, SELLER, "E14"):
                with self.subTest(user=number), self.refused("finished-goods keeper's part → 高军"):
                    self.by(shipping, number).action_start_loading()
            self.by(shipping, KEEPER).action_start_loading()
        self.assertRecordValues(shipping, [{
            "state": "loading", "keeper_id": self.user(KEEPER).id,
            "loading_started_at": moment("2026-11-25 14:00")}])

    def test_the_keeper_is_absent(self):
        """His deputy takes copy 2, in his own name (D8.7)."""
        shipping = self.accepted()
        with self.at("2026-11-25 14:00"):
            self.with_slip(shipping)
            with self.refused("finished-goods keeper's part → 高军"):
                self.by(shipping, "E15").action_start_loading()
            self.env["gendan.deputy"].sudo().create({
                "principal_id": self.user(KEEPER).id, "deputy_id": self.user("E15").id,
                "date_from": moment("2026-11-25 00:00"), "date_to": moment("2026-11-26 00:00")})
        with self.at("2026-11-25 14:10"):
            self.by(shipping, "E15").action_start_loading()
        self.assertRecordValues(shipping, [{
            "state": "loading", "keeper_id": self.user("E15").id}])

    def test_not_cancelled_under_the_keepers_hands(self):
        shipping = self.loading()
        with self.at("2026-11-25 16:10"):
            with self.refused("高军 is loading .* → the merchandiser stops the loading first"):
                self.by(shipping, SELLER).action_cancel("不要了")
            with self.refused("Say why the loading of .* stops"):
                self.by(shipping, DISPATCHER).action_stop_loading()
            self.by(shipping, DISPATCHER).action_stop_loading("客户取消")
            self.by(shipping, SELLER).action_cancel("客户取消")
        self.assertEqual(shipping.state, "cancel")
        self.assertFalse(shipping.slip_id)

    def test_loading_of_a_held_order(self):
        shipping = self.accepted()
        with self.at("2026-11-25 14:00"):
            self.with_slip(shipping)
            self.notice_of(self.order, "E10").action_hold("客户待确认")
            with self.refused("on hold: 客户待确认"):
                self.by(shipping, KEEPER).action_start_loading()

    # ---------------------------------------------------------------- delivery

    def test_no_delivery_without_papers_by_any_door(self):
        picking = self.delivery(self.order)
        move = picking.move_ids
        doors = {
            "button": lambda: picking.button_validate(),
            "done": lambda: picking._action_done(),
            "sudo": lambda: picking.sudo().button_validate(),
            "move": lambda: move._action_done(),
            "sudo move": lambda: move.sudo()._action_done(),
            "write": lambda: move.write({"state": "done"}),
            "context": lambda: picking.with_context(
                skip_backorder=True, skip_sanity_check=True).button_validate(),
            "import": lambda: self._import_done(move),
        }
        for door, open_it in doors.items():
            with self.subTest(door=door), self.at("2026-11-25 10:00"), self.refused(
                    "no shipping notice for|cannot be written done"):
                open_it()
            self.assertEqual(picking.state, "assigned")

    def _import_done(self, move):
        result = move.load([".id", "state"], [[str(move.id), "done"]])
        self.assertFalse(result["ids"])
        raise UserError(result["messages"][0]["message"])

    def test_delivered_with_both(self):
        shipping = self.accepted()
        picking = self.delivery(self.order)
        with self.at("2026-11-25 14:00"), self.refused("no goods-issue slip for"):
            self.delivery(self.order).button_validate()
        with self.at("2026-11-25 14:10"):
            self.with_slip(shipping)
            with self.refused("the keeper's copy of .* is not taken → 高军 starts the loading"):
                self.delivery(self.order).button_validate()
            self.assertIn("copy of", picking.papers_missing)
            self.start_loading(shipping)
        with self.at("2026-11-26 08:05"):
            self.assertFalse(self.delivery(self.order).papers_missing)
            self.delivery(self.order).button_validate()
        self.assertEqual(picking.state, "done")
        self.assertRecordValues(shipping, [{
            "state": "shipped", "shipped_by_id": self.user("E16").id,
            "shipped_at": moment("2026-11-26 08:05")}])
        self.assertEqual(shipping.line_ids.shipped_quantity, 5760)
        self.assertEqual((picking.shipping_ids, picking.slip_ids), (shipping, shipping.slip_id))
        self.assertEqual(self.order.sudo().notice_id.state, "done")

    def test_exactly_what_the_notice_says(self):
        self.loading(packs=2400)
        with self.at("2026-11-26 08:00"):
            with self.refused("5,760 on the delivery, 2,400 on CY-"):
                self.delivery(self.order).button_validate()
            picking = self.delivery(self.order)
            picking.move_ids.quantity = 2424
            with self.refused("2,424 on the delivery, 2,400 on CY-"):
                picking.with_context(skip_backorder=True).button_validate()
        self.assertEqual(picking.state, "assigned")

    def test_back_order_needs_papers_of_its_own(self):
        shipping = self.loading(packs=2400)
        with self.at("2026-11-26 08:00"):
            picking = self.delivery(self.order)
            picking.move_ids.quantity = 2400
            picking.with_context(skip_backorder=True).button_validate()
        self.assertEqual(shipping.state, "shipped")
        rest = self.delivery(self.order)
        self.assertEqual(rest.move_ids.product_uom_qty, 3360)
        rest.move_ids.quantity = 3360
        with self.at("2026-11-26 09:00"):
            with self.refused("no shipping notice for"):
                rest.button_validate()
            second = self.accepted_shipping(self.order, "2026-11-27", packs=3360)
            self.with_slip(second)
            self.start_loading(second)
            self.delivery(self.order).button_validate()
        self.assertEqual((rest.state, second.state), ("done", "shipped"))

    def test_what_has_left_is_not_edited(self):
        self.loading()
        with self.at("2026-11-26 08:00"):
            picking = self.delivery(self.order)
            picking.button_validate()
        line = self.by(picking.move_line_ids, KEEPER)
        inside = self.ref("warehouse").lot_stock_id.id
        for vals in ({"quantity": 6000}, {"location_dest_id": inside}):
            with self.subTest(vals=vals), self.refused("has left: what is wrong in it comes back"):
                line.write(vals)
        with self.refused("has left"):
            line.copy({"quantity": 24})
        with self.refused("has left"):
            self.by(picking.move_ids, KEEPER).quantity = 6000

    def test_return_inward_is_free_and_its_replacement_is_not(self):
        self.loading()
        with self.at("2026-11-26 08:00"):
            picking = self.delivery(self.order)
            picking.button_validate()
        with self.at("2026-11-30 09:00"):
            back = self.returned(picking, 12 * 24)
            self.assertEqual(back.state, "done")
            # quality control has looked at what came back
            self.by(back.move_ids.move_line_ids.lot_id, "E20").is_blocked = False
            again = self.returned(back, 12 * 24, validate=False)
            with self.refused("no shipping notice for"):
                again.button_validate()
            shipping = self.accepted_shipping(self.order, "2026-12-01", packs=12 * 24)
            self.with_slip(shipping)
            self.start_loading(shipping)
            self.by(again, KEEPER).button_validate()
        self.assertEqual((again.state, shipping.state), ("done", "shipped"))

    def returned(self, picking, packs, validate=True):
        """Send ``packs`` of ``picking`` back the way they came, as the keeper."""
        wizard = self.as_user("stock.return.picking", KEEPER).with_context(
            active_id=picking.id, active_ids=picking.ids, active_model="stock.picking").create(
            {"picking_id": picking.id})
        wizard.product_return_moves.quantity = packs
        back = wizard._create_return()
        back.action_assign()
        back.move_ids.picked = True
        if validate:
            back.button_validate()
        return back

    def test_delivery_without_an_order_needs_them_too(self):
        warehouse = self.ref("warehouse")
        picking = self.as_user("stock.picking", KEEPER).create({
            "picking_type_id": warehouse.out_type_id.id, "partner_id": self.ref("C06").id,
            "location_id": warehouse.lot_stock_id.id,
            "location_dest_id": self.env.ref("stock.stock_location_customers").id,
            "move_ids": [Command.create({
                "product_id": self.ref("F12").id, "product_uom_qty": 60,
                "location_id": warehouse.lot_stock_id.id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id})]})
        picking.action_confirm()
        picking.action_assign()
        with self.at("2026-11-25 09:00"), self.refused("no shipping notice for"):
            picking.button_validate()
        with self.at("2026-11-25 09:10"):
            sample = self.as_user("gendan.shipping.notice", SELLER).create({
                "partner_id": self.ref("C06").id, "ship_date": "2026-11-26", "address": "样品",
                "line_ids": [Command.create({"product_id": self.ref("F12").id, "quantity": 60})]})
            self.by(sample, SELLER).action_submit()
            self.by(sample, DISPATCHER).action_accept()
            self.with_slip(sample)
            self.start_loading(sample)
            self.by(picking, KEEPER).button_validate()
        self.assertEqual((picking.state, sample.state), ("done", "shipped"))

    # ----------------------------------------------------------- goods confirmed

    def test_confirm_tomorrows_goods(self):
        shipping = self.accepted()
        with self.at("2026-11-25 15:40"):
            with self.refused("this is the merchandiser's"):
                self.by(shipping, SELLER).action_confirm_goods()
            self.by(shipping, DISPATCHER).action_confirm_goods()
        self.assertRecordValues(shipping, [{
            "goods_confirmed_by_id": self.user(DISPATCHER).id, "goods_condition": False,
            "goods_confirmed_at": moment("2026-11-25 15:40")}])

    def test_unfinished_goods_are_confirmed_on_a_condition(self):
        shipping = self.accepted()
        self.order.sudo().picking_ids.move_ids._do_unreserve()
        with self.at("2026-11-25 15:40"):
            with self.refused("not all there yet .*婴儿湿巾"):
                self.by(shipping, DISPATCHER).action_confirm_goods()
            self.by(shipping, DISPATCHER).action_confirm_goods("今晚 21:00 做完")
        self.assertEqual(shipping.goods_condition, "今晚 21:00 做完")

    def test_goods_are_confirmed_a_day_ahead(self):
        """D8.5: 23:59:59 of the eve is in time; from 00:00:00 on it takes a reason, on record."""
        shipping = self.accepted()
        with self.at("2026-11-26 00:00:00"), self.refused("confirmed the day before at the latest"):
            self.by(shipping, DISPATCHER).action_confirm_goods()
        with self.at("2026-11-25 23:59:59"):
            self.by(shipping, DISPATCHER).action_confirm_goods()
        self.assertFalse(self.late_confirmations())
        with self.at("2026-11-26 07:30"):
            self.by(shipping, DISPATCHER).action_confirm_goods("昨晚停电")
        self.assertFalse(shipping.goods_condition, "they are all there")
        self.assertEqual(self.late_confirmations().mapped("message"),
                         ["Goods confirmed on the day itself only: 昨晚停电"])

    def late_confirmations(self):
        return self.env["gendan.audit"].sudo().search(
            [("kind", "=", "override"), ("gate", "=", "shipping.confirm_goods")])

    def test_held_goods_are_not_confirmed(self):
        shipping = self.accepted()
        self.order.sudo().picking_ids.move_line_ids.lot_id.is_blocked = True
        with self.at("2026-11-25 15:40"), self.refused("is on QC hold"):
            self.by(shipping, DISPATCHER).action_confirm_goods()

    def test_company_without_follow_up_delivers_as_before(self):
        self.company.uses_gendan = False
        with self.at("2026-11-26 08:00"):
            picking = self.delivery(self.order)
            picking.button_validate()
        self.assertEqual(picking.state, "done")
        self.assertEqual(fields.Date.to_string(picking.date_done), "2026-11-26")
