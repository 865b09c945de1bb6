from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import SQL

from .forgery_common import ForgeryCase
from .shipping_case import ShippingVerbs

DRIFT = "its content is no longer what was submitted"


@tagged("adversary")
class TestContentDrift(ShippingVerbs, ForgeryCase):
    """What changes an order behind the guards is caught by the digest (D1.9, D1.11)."""

    def drifts(self, order):
        """Return the ways around `write` by which the content of an order changes."""
        line = order.sudo().order_line
        tax = self.env["account.tax"].search([
            ("company_id", "=", self.company.id), ("type_tax_use", "=", "sale"),
            ("id", "not in", line.tax_ids.ids)], limit=1)
        self.assertTrue(tax)
        return {
            "price by SQL": lambda: self.sql(
                "UPDATE sale_order_line SET price_unit = 1 WHERE id = %s", line.id
            ),
            "quantity by SQL": lambda: self.sql(
                "UPDATE sale_order_line SET product_uom_qty = 1 WHERE id = %s", line.id
            ),
            "size by SQL": lambda: self.sql(
                "UPDATE sale_order_line SET size_width = 1 WHERE id = %s", line.id
            ),
            "tax by SQL": lambda: self.sql(
                "INSERT INTO account_tax_sale_order_line_rel VALUES (%s, %s)", line.id, tax.id
            ),
            "line by SQL": lambda: self.sql(
                "UPDATE sale_order_line SET is_expense = true, is_downpayment = true, "
                "product_uom_qty = 0 WHERE id = %s",
                line.id,
            ),
            "partner by SQL": lambda: self.sql(
                "UPDATE sale_order SET partner_id = %s WHERE id = %s", self.ref("C07").id, order.id
            ),
            "partner merge": lambda: (
                self.env["base.partner.merge.automatic.wizard"]
                .sudo()
                ._merge(
                    [self.ref("C06").id, self.ref("C07").id], self.ref("C07"), extra_checks=False
                )
            ),
            "recomputed price": lambda: self.recompute(line, "price_unit", 1),
            "document removed": lambda: self.sql(
                "DELETE FROM sale_order_customer_document_rel WHERE sale_order_id = %s", order.id
            ),
        }

    def sql(self, query, *arguments):
        self.env.flush_all()
        self.env.cr.execute(SQL(query, *arguments))
        self.env.invalidate_all()

    def recompute(self, line, name, value):
        """Change a stored compute as its recomputation does: past `write`."""
        with self.env.protecting([line._fields[name]], line):
            line[name] = value
        self.env.flush_all()

    def with_each_drift(self, state):
        """Yield the order in ``state`` with each of its drifts, undone afterwards."""
        order = self.order_in(state)
        for label, change in self.drifts(order).items():
            with self.subTest(drift=label, state=state):
                with self.env.cr.savepoint() as point:
                    change()
                    self.env.flush_all()
                    self.env.invalidate_all()
                    self.assertEqual(order._drifted(), order)
                    yield order
                    point.rollback()
                self.env.invalidate_all()
        self.assertFalse(order._drifted())

    def test_it_is_not_verified(self):
        for order in self.with_each_drift("submitted"):
            self.attempt(self.rpc, "E10", "gendan.verification.tick", "action_tick",
                         order.sudo().revision_id.tick_ids.ids)
            self.assert_refused(DRIFT, self.rpc, "E10", "sale.order", "action_verify", order.ids)

    def test_it_is_not_signed(self):
        for order in self.with_each_drift("verified"):
            for number, role in (("E07", "finance"), ("E02", "sales_manager")):
                self.assert_refused("has changed since", self.rpc, number, "sale.order",
                                    f"action_sign_{role}", order.ids)

    def test_the_last_signature_does_not_carry_it(self):
        for order in self.with_each_drift("signed"):
            self.assert_refused("has changed since", self.rpc, "E02", "sale.order",
                                "action_sign_sales_manager", order.ids)
            self.assertEqual(order.sudo().state, "draft")

    def test_its_stock_is_not_checked_and_it_is_not_released(self):
        for order in self.with_each_drift("valid"):
            for method in ("action_check_stock", "action_release"):
                self.assert_refused(DRIFT, self.rpc, "E10", "gendan.production.notice", method,
                                    order.sudo().notice_id.ids)

    def test_nothing_is_made_or_delivered_of_it(self):
        for order in self.with_each_drift("released"):
            production = order.sudo().notice_id.production_ids
            self.assert_refused(DRIFT, self.rpc, "E12", "mrp.production", "button_mark_done",
                                production.ids)
            self.assert_refused(DRIFT, self.rpc, "E12", "mrp.workorder", "button_start",
                                production.workorder_ids.ids)
            picking = order.sudo().picking_ids
            picking.move_ids.quantity = 24
            for context in ({}, {"skip_backorder": True, "picking_ids_not_to_backorder": []}):
                self.assert_refused(DRIFT, self.rpc, "E16", "stock.picking", "button_validate",
                                    picking.ids, context=context)

    def test_what_is_no_content_makes_no_drift(self):
        """Names, price lists, addresses, people and templates live on beside a valid order."""
        order = self.order_in("released")
        product, partner = self.ref("F15"), self.ref("C06")
        tax = order.sudo().order_line.tax_ids[:1]
        changes = {
            "product name": lambda: product.write({"name": "棉柔巾 新名"}),
            "list price": lambda: product.write({"list_price": 99, "standard_price": 1}),
            "product size": lambda: product.write({"size_width": 999}),
            "product archived": lambda: product.write({"active": False}),
            "partner data": lambda: partner.write({"name": "新公司名", "street": "别处"}),
            "customer's terms": lambda: partner.write(
                {"property_payment_term_id": self.ref("terms_advance").id}),
            "customer's merchandiser": lambda: partner.write(
                {"merchandiser_id": self.user("E11").id}),
            "tax rate": lambda: tax.write({"amount": 3}),
            "salesperson's name": lambda: self.user("E05").sudo().write({"name": "郑浩浩"}),
            "bill of materials": lambda: order.sudo().order_line.chosen_bom_id.bom_line_ids[
                :1].write({"product_qty": 1}),
            "price list": lambda: order.sudo().pricelist_id.write({"name": "2027"}),
        }
        for label, change in changes.items():
            with self.subTest(change=label):
                change()
                self.env.flush_all()
                self.env.invalidate_all()
                self.assertFalse(order._drifted())
        self.assertTrue(order.order_line.bom_changed, "but it is shown")

    def test_the_unit_of_an_ordered_product_does_not_change(self):
        self.order_in("valid")
        self.assert_refused("make a new product with the other unit",
                            self.ref("F15").write, {"uom_id": self.ref("uom_carton_24").id})

    def test_a_carton_that_holds_more_is_another_order(self):
        """The factor of a unit on a quotation is open in core; the digest sees it."""
        with self.at("2026-12-07 09:00"):
            order = self.new_order("E05", "C06", [("F15", 100, 228, {
                "product_uom_id": self.ref("uom_carton_24").id})], "2026-12-28")
            order.action_submit()
            self.verify(order, "E10")
        self.ref("uom_carton_24").relative_factor = 30
        self.env.flush_all()
        self.env.invalidate_all()
        self.assert_refused("has changed since", self.rpc, "E07", "sale.order",
                            "action_sign_finance", order.ids)

    # ----------------------------------------------- what may follow a valid order

    def test_a_down_payment_voids_nothing(self):
        order = self.order_in("released")
        self.outsiders["clerk"] = self.make_user(
            "clerk", "gendan_followup.group_finance", "sales_team.group_sale_salesman_all_leads")
        self.addCleanup(self.outsiders.pop, "clerk")
        before = order.sudo().revision_id.digest
        wizard = self.by(self.env["sale.advance.payment.inv"], "clerk").with_context(
            active_model="sale.order", active_ids=order.ids).create({
                "advance_payment_method": "percentage", "amount": 30})
        wizard.create_invoices()
        self.assertTrue(order.sudo().order_line.filtered("is_downpayment"))
        order.sudo().invoice_ids.action_post()
        self.assertRecordValues(order.sudo(), [{"revision_state": "valid", "state": "sale"}])
        self.assertFalse(order._drifted())
        self.assertEqual(order.sudo().revision_id.digest, before)
        self.assertFalse(order.sudo().notice_id.on_hold)
        self.accept_first_article(order.sudo().notice_id.production_ids)
        self.assertIsNone(self.attempt(
            self.rpc, "E12", "mrp.workorder", "button_start",
            order.sudo().notice_id.production_ids.workorder_ids.ids))

    def test_delivery_return_and_invoice_void_nothing(self):
        order = self.order_in("valid", packs=24 * 10, product="F01")
        with self.at("2026-12-08 09:00"):
            self.release(order)
            picking = self.by(order.sudo().picking_ids, "E16")
            self.assertEqual(picking.move_ids.quantity, 240)
            self.papers(order)
            picking.button_validate()
            self.assertEqual(picking.state, "done")
            self.assertFalse(order._drifted())
            with Form(self.by(self.env["stock.return.picking"], "E16").with_context(
                    active_id=picking.id, active_ids=picking.ids,
                    active_model="stock.picking")) as form:
                wizard = form.save()
            wizard.product_return_moves.quantity = 24
            back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
            self.by(back, "E16").button_validate()
        self.assertEqual(back.state, "done")
        self.assertEqual(order.sudo().order_line.qty_delivered, 216)
        self.assertFalse(order._drifted())
        order.sudo()._create_invoices().action_post()
        self.assertFalse(order._drifted())
        self.assertRecordValues(order.sudo(), [{"revision_state": "valid", "state": "sale"}])

    def test_a_down_payment_on_a_quotation_is_no_content_either(self):
        order = self.order_in("signed")
        try:
            self.env["sale.advance.payment.inv"].sudo().with_context(
                active_model="sale.order", active_ids=order.ids).create({
                    "advance_payment_method": "percentage", "amount": 30}).create_invoices()
        except UserError:
            return
        self.assertFalse(order._drifted())
        with self.at("2026-12-07 10:00"):
            self.by(order, "E02").action_sign_sales_manager()
        self.assertEqual(order.sudo().state, "sale")

    def test_lines_of_another_kind_under_sudo(self):
        """An expense that is re-invoiced is added by other apps and is no content."""
        order = self.order_in("valid")
        service = self.env["product.product"].sudo().create({
            "name": "运费", "type": "service", "expense_policy": "cost"})
        self.env["sale.order.line"].with_user(self.user("E07")).sudo().create({
            "order_id": order.id, "product_id": service.id, "product_uom_qty": 1,
            "price_unit": 300, "is_expense": True})
        self.assertFalse(order._drifted())
        error = self.attempt(
            self.env["sale.order.line"].with_user(self.user("E07")).sudo().create,
            {
                "order_id": order.id,
                "product_id": self.ref("F12").id,
                "product_uom_qty": 60,
                "price_unit": 4.5,
                "is_expense": True,
            },
        )
        self.assertRegex(str(error), "cannot be edited")
        self.assertEqual(order.order_line.filtered("is_expense").mapped("product_id"), service)
