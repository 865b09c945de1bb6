"""A company that does not use 跟单 works as in plain Odoo (X20); found by Odoo's own tests."""

from odoo.fields import Command
from odoo.tests import Form

from .common import FollowupCase


class TestSwitchedOff(FollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.uses_gendan = False
        cls.clerk = cls.env["res.users"].with_context(no_reset_password=True).create({
            "name": "clerk", "login": "clerk@outside.example", "company_id": cls.company.id,
            "company_ids": [Command.set(cls.company.ids)],
            "group_ids": [Command.set([cls.env.ref(group).id for group in (
                "base.group_user", "sales_team.group_sale_salesman", "stock.group_stock_user",
                "mrp.group_mrp_user", "account.group_account_invoice")])],
        })

    def core_order(self, user):
        return self.env["sale.order"].create({
            "partner_id": self.ref("C06").id, "user_id": user.id,
            "order_line": [Command.create({
                "product_id": self.ref("F15").id, "product_uom_qty": 5})]})

    def test_own_documents_only_stays_so_whatever_other_role(self):
        own, other = self.core_order(self.clerk), self.core_order(self.user("E05"))
        orders = (own | other).with_user(self.clerk)
        self.assertEqual(orders.search([("id", "in", orders.ids)]), own)
        lines = orders.env["sale.order.line"].search([("order_id", "in", orders.ids)])
        self.assertEqual(lines, own.order_line)

    def test_stock_user_without_sales_role_reads_orders_as_in_core(self):
        self.clerk.group_ids = [Command.set([
            self.env.ref("base.group_user").id, self.env.ref("stock.group_stock_user").id])]
        other = self.core_order(self.user("E05"))
        self.assertTrue(other.with_user(self.clerk).has_access("read"))

    def test_delivery_changes_its_order_as_in_core(self):
        order = self.core_order(self.user("E05"))
        order.action_confirm()
        another = self.core_order(self.user("E05"))
        picking = order.picking_ids
        picking.sale_id = another
        self.assertEqual(picking.sale_id, another)

    def test_form_has_the_lines_once_as_in_core(self):
        customer = self.env["res.partner"].create({"name": "walk-in"})
        with Form(self.env["sale.order"].with_user(self.clerk)) as form:
            form.partner_id = customer
            with form.order_line.new() as line:
                line.product_id = self.ref("F15")
                line.name = "as in core"
                line.product_uom_qty = 7
        order = form.save()
        self.assertRecordValues(order.order_line, [{"name": "as in core", "product_uom_qty": 7}])

    def test_off_at_first_and_each_change_on_record(self):
        """A new company does not use it; who switches it, and when, is kept (X20)."""
        company = self.env["res.company"].create({"name": "new"})
        self.assertFalse(company.uses_gendan)
        administrator = self.env.ref("base.user_admin")
        administrator.company_ids = [Command.link(company.id)]
        for value in (True, True, False):
            company.with_user(administrator).uses_gendan = value
        rows = self.env["gendan.audit"].search(
            [("gate", "=", "company.switch"), ("company_id_int", "=", company.id)], order="id")
        self.assertRecordValues(rows, [
            {"kind": "setting", "clause": "X20", "user_id_int": administrator.id},
            {"kind": "setting", "clause": "X20", "user_id_int": administrator.id}])
        self.assertEqual([row.message.split()[-1] for row in rows], ["on", "off"])
