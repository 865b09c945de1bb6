from odoo import fields

from .common import FollowupCase
from .shop_floor import ShopFloorCase
from .test_check_sheet import photo


class MaterialsVerbs:
    """What merchandiser, salesperson and keepers do before packaging is ordered (D2.5–D3.9)."""

    def settle_materials(self, notice, merchandiser="E10", keeper="E14", seller=None):
        """Ask about every raw material, and let all of it be there; settle the process."""
        self.by(notice, merchandiser).action_ask_materials()
        for enquiry in self.by(notice.eta_enquiry_ids, keeper):
            if enquiry.state == "asked":
                enquiry.action_answer("", on_hand=enquiry.sudo().need_id.net)
        for enquiry in self.by(notice.capability_ids, "E12"):
            if enquiry.state == "asked":
                enquiry.action_answer("yes", speed=40)

    def start_plates(self, version, merchandiser="E10", seller="E03", **values):
        """Start the plate job of a version and attach its artwork."""
        return self.env["gendan.plate.job"].with_user(self.user(merchandiser)).with_company(
            self.company).create({
                "product_id": self.ref(version).id, "salesperson_id": self.user(seller).id,
                "artwork": photo("green"), "artwork_name": f"{version}.png", **values})

    def approve_artwork(self, version, merchandiser="E10", seller="E03"):
        """Take a version's artwork through salesperson and customer."""
        job = self.start_plates(version, merchandiser, seller)
        job.action_submit_artwork()
        self.by(job, seller).action_approve_artwork()
        self.by(job, seller).action_customer_approved("OK")
        return self.by(job, merchandiser)

    def specify_carton(self, line, merchandiser="E10", grade="五层 K=K"):
        """Start the carton specification of a notice line."""
        return self.env["gendan.carton.specification"].with_user(
            self.user(merchandiser)).with_company(self.company).create(
                {"notice_line_id": line.id, "board_grade": grade})

    def confirm_carton(self, line, merchandiser="E10", seller="E03", size=(425, 330, 290)):
        """Let the carton of a line be confirmed and its size be set."""
        spec = self.specify_carton(line, merchandiser)
        spec.action_ask()
        self.by(spec, seller).action_confirm()
        self.by(spec, merchandiser).action_set_size(*size)
        return spec

    def need_for(self, what, quantity):
        """Return the need that ``what`` is bought for; material on stock needs none."""
        if hasattr(what, "ids") or not self.company.uses_gendan:
            return what
        product = self.ref(what)
        if not product.sudo().packaging_kind:
            return what
        return self.env["gendan.need"].search([
            ("notice_id", "=", self.notice.id), ("product_id", "=", product.id),
        ], limit=1) or self.new_need(what, quantity)

    def order_packaging(self, quantities, merchandiser="E10", supplier="V03"):
        """Draft a purchase order for ``{need or version code: quantity}``."""
        quantities = {self.need_for(what, quantity): quantity
                      for what, quantity in quantities.items()}
        lines = []
        for what, quantity in quantities.items():
            need = what if hasattr(what, "ids") else None
            product = need.product_id if need else self.ref(what)
            lines.append(fields.Command.create({
                "product_id": product.id, "product_qty": quantity, "price_unit": 0.2,
            }))
        order = self.env["purchase.order"].with_user(self.user(merchandiser)).with_company(
            self.company).create({"partner_id": self.ref(supplier).id, "order_line": lines})
        for what, line in zip(quantities, order.order_line, strict=True):
            if hasattr(what, "ids"):
                self.env["gendan.purchase.allocation"].with_user(
                    self.user(merchandiser)).create({
                        "need_id": what.id, "purchase_line_id": line.id,
                        "quantity": line.product_qty})
        return order


class MaterialsCase(MaterialsVerbs, ShopFloorCase):
    """On the released notice of `ShopFloorCase`: C02's 12,000 packs of F11."""


class MaterialsOrderCase(MaterialsVerbs, FollowupCase):
    """On whole orders."""
