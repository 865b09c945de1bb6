"""S10: the issue slip names v3, whatever lay on the pallet."""

from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.packaging_case import PackagingCase

PACKAGING_KEEPER, QC = "E15", "E21"


@tagged("stories")
class TestS10IssueSlip(PackagingCase):
    """S10: the slip names v3; the pallet that was handed out was v2."""

    def setUp(self):
        super().setUp()
        self.order = self.released("E05", "C07", [("F01", 14_400, 8.7)], "2026-12-20",
                                   merchandiser="E10")
        self.line = self.order.sudo().notice_id.line_ids
        self.enterContext(self.at("2026-12-08 08:00"))

    def slip(self, code, **values):
        product = self.ref(code)
        return self.by(self.env["gendan.material.issue"], PACKAGING_KEEPER).create({
            "notice_line_id": self.line.id, "product_id": product.id, "quantity": 2400,
            "lot_id": self.env["stock.lot"].search(
                [("product_id", "=", product.id)], limit=1).id, **values})

    def test_the_slip_names_v3(self):
        with self.refused("PK02.*is withdrawn and is not issued; .* names .*PK02"):
            self.slip("PK02_v2")
        slip = self.slip("PK02_v3")
        slip.action_issue()
        self.by(slip, "E13").action_take()
        self.assertRecordValues(slip, [{
            "state": "taken", "product_id": self.line.bag_version_id.id, "is_foreign": False,
            "employee_id": self.ref(PACKAGING_KEEPER).id, "taken_by_id": self.ref("E13").id,
            "recheck_result": "pending"}])
        sheet = self.by(slip.recheck_id, QC)
        sheet.line_ids.write({"result": "ok"})
        sheet.action_close()
        self.assertEqual((slip.recheck_result, sheet.employee_id), ("ok", self.ref(QC)))
