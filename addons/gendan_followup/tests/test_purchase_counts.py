from odoo.fields import Command
from odoo.tests import tagged

from .packaging_case import PackagingCase

MERCHANDISER = "E10"


@tagged("performance")
class TestPurchaseCounts(PackagingCase):
    """An order of 100 lines, each allocated: what the purchase confirm costs in statements."""

    LINES, PER_LINE, PER_ORDER = 100, 0.2, 1

    def drafts(self, lines):
        """Return a draft of ``lines`` lines of distinct cartons, each for a need of its own."""
        products = self.env["product.product"].sudo().create([{
            "name": f"纸箱 {index}", "type": "consu", "is_storable": True,
            "packaging_kind": "other", "uom_id": self.ref("uom_piece").id,
            "company_id": self.company.id} for index in range(lines)])
        needs = self.env["gendan.need"].sudo().create([{
            "notice_line_id": self.line.id, "product_id": product.id, "gross": 100}
            for product in products])
        return self.by(self.env["purchase.order"], MERCHANDISER).create({
            "partner_id": self.ref("V04").id, "order_line": [Command.create({
                "product_id": need.product_id.id, "product_qty": 100, "price_unit": 1,
                "allocation_ids": [Command.create({"need_id": need.id, "quantity": 100})]})
                for need in needs]})

    def bare(self, lines):
        """Return a draft of as many lines of goods that are for no notice."""
        products = self.env["product.product"].sudo().create([{
            "name": f"五金 {index}", "type": "consu", "is_storable": True,
            "uom_id": self.ref("uom_piece").id, "company_id": self.company.id}
            for index in range(lines)])
        return self.by(self.env["purchase.order"], MERCHANDISER).create({
            "partner_id": self.ref("V04").id, "order_line": [Command.create({
                "product_id": product.id, "product_qty": 100, "price_unit": 1})
                for product in products]})

    def statements(self, order):
        """Confirm ``order`` with nothing in memory, and return what went to the database."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.by(order, MERCHANDISER).button_confirm()
        self.env.flush_all()
        self.assertEqual(order.state, "purchase")
        return self.env.cr.sql_log_count - before

    def test_confirm(self):
        order = self.released("E03", "C01", [("F02", 4800, 0.62)], "2026-12-22",
                              merchandiser=MERCHANDISER)
        self.line = order.sudo().notice_id.line_ids
        with self.at("2026-11-24 09:00"):
            self.statements(self.drafts(2)), self.statements(self.bare(2))
            count = {(lines, kind): self.statements(getattr(self, kind)(lines))
                     for lines in (10, self.LINES) for kind in ("bare", "drafts")}
        ours, theirs = ((count[self.LINES, kind] - count[10, kind]) / (self.LINES - 10)
                        for kind in ("drafts", "bare"))
        self.assertLessEqual(ours - theirs, self.PER_LINE, count)
