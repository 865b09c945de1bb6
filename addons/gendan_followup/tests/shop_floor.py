"""A released notice on the shop floor, without the way of its order there."""

from odoo import fields

from .common import FollowupCase, moment


class ShopFloorCase(FollowupCase):
    """C02's notice for 12,000 packs of F11 (S04), merchandiser 李娜, salesperson 吴婷."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.notice = cls.new_notice("SC-2611-9012", salesperson_id=cls.factory.ref("user_E04").id)
        cls.line = cls.notice.line_ids

    @classmethod
    def new_notice(cls, name, **values):
        """Return a valid notice that stands alone, for 12,000 packs of F11."""
        product = cls.factory.ref("F11")
        notice = cls.env["gendan.production.notice"].create({
            "name": name,
            "company_id": cls.company.id,
            "state": "valid",
            "merchandiser_id": cls.factory.ref("user_E11").id,
            "delivery_date": fields.Date.to_date("2026-12-22"),
            "valid_at": moment("2026-11-23 16:30"),
            **values,
        })
        spec = product.product_tmpl_id._spec_values()
        cls.env["gendan.production.notice.line"].create({
            **spec, "notice_id": notice.id, "product_id": product.id,
            "product_uom_id": product.uom_id.id, "quantity": 12000,
            "code_text": "LOT 261207", "code_format": "LOT yymmdd",
        })
        return notice

    def as_user(self, model, number):
        """Return an empty recordset of ``model`` for employee ``number``."""
        return self.env[model].with_user(self.user(number)).with_company(self.company)

    def new_need(self, code, gross, **values):
        """Return a need of the notice line, as the calculation writes it."""
        return self.env["gendan.need"].create({
            "notice_line_id": self.line.id, "product_id": self.ref(code).id, "gross": gross,
            **values})
