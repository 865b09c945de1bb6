import json

from odoo import fields, models

from ...calc.canonical import canonical_json, decimal_string
from ..foundation.gate_mixin import Unmet
from ..foundation.spec_mixin import SPEC_FIELDS


class ProductionNoticeLine(models.Model):
    """A product of a notice without an order: specification and BoM come from the product."""

    _inherit = "gendan.production.notice.line"

    source_bom_id = fields.Many2one("mrp.bom", "Bill of materials", readonly=True,
                                    ondelete="restrict")

    def _prepare_requested(self, row):
        """Return the values of one requested product.

        :param dict row: product_id, quantity in packs, optionally bom_id
        """
        product = self.env["product.product"].browse(row["product_id"])
        bom = self.env["mrp.bom"].browse(row.get("bom_id")) or self.env["mrp.bom"]._bom_find(
            product, company_id=self.env.company.id)[product]
        return {
            **product.product_tmpl_id._spec_values(), "product_id": product.id,
            "product_uom_id": product.uom_id.id, "quantity": row["quantity"],
            "source_bom_id": bom.id}

    def _request_conditions(self):
        """Return what keeps one requested product from being made."""
        self.ensure_one()
        conditions = []
        if not self.product_id.active:
            conditions.append(Unmet("archived", self._about(self.env._("is archived")),
                                    self.env._("the plan manager chooses another product")))
        if not self.source_bom_id.bom_line_ids:
            conditions.append(Unmet("bom", self._about(self.env._("has no bill of materials")),
                                    self.env._("production enters one")))
        return conditions

    def _request_snapshot(self):
        """Return the BoM as canonical text, as an order's line does (D1.4)."""
        self.ensure_one()
        bom = self.source_bom_id
        return canonical_json([{
            "product": line.product_id.id, "quantity": decimal_string(line.product_qty),
            "uom": line.product_uom_id.id, "per": decimal_string(bom.product_qty),
            "per_uom": bom.product_uom_id.id} for line in bom.bom_line_ids.sorted("id")])

    def _request_payload(self):
        """Return the controlled content of one line."""
        self.ensure_one()
        spec = {name: str(self._spec_values()[name] or "") for name in SPEC_FIELDS}
        return {
            "id": self.id, "product": self.product_id.id, "quantity": decimal_string(self.quantity),
            "uom": self.product_uom_id.id, "bom": json.loads(self.bom_snapshot or "[]"), **spec}

    def _prepare_frozen_bom(self):
        values = super()._prepare_frozen_bom()
        if self.source_bom_id:
            values["operation_ids"] = [
                fields.Command.create(operation) for operation
                in self.source_bom_id.operation_ids.copy_data({"bom_id": False})]
        return values
