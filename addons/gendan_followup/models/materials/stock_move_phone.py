from odoo import models
from odoo.exceptions import UserError


class StockMove(models.Model):
    """One line of a delivery as the phone shows and books it."""

    _inherit = "stock.move"

    def _incoming_kind(self):
        return self.product_id._incoming_kind()

    def _phone_delivery(self):
        """Return what the keeper's page shows of this move, with the points to look at."""
        self.ensure_one()
        template = self.env["gendan.check.template"]._template_of(
            self._incoming_kind(), self.company_id)
        spec = self.product_id.sudo().product_tmpl_id
        return {
            "move": self.id, "picking": self.picking_id.id, "name": self.picking_id.name,
            "product": self.product_id.display_name, "supplier": self.partner_id.name
            or self.picking_id.partner_id.name or "",
            "image": f"/web/image/product.product/{self.product_id.id}/image_256",
            "quantity": self._phone_quantity(), "unit": self._phone_unit().name.split("(")[0],
            "tracked": self.product_id.tracking != "none",
            "kind": self._incoming_kind(),
            "points": [{
                "id": point.id, "name": point.name, "photo": point.wants_photo,
                "measured": point.judged_by != "eye", "unit": point.unit or "",
                "expected": point.spec_field and spec._spec_text(point.spec_field) or "",
            } for point in template.sudo().line_ids],
        }

    def _phone_unit(self):
        """Return the unit in which the keeper counts: the one it was bought in (rolls, kg)."""
        self.ensure_one()
        return self.sudo().purchase_line_id.product_uom_id or self.product_uom

    def _phone_quantity(self):
        self.ensure_one()
        return round(self.product_uom._compute_quantity(
            self.product_uom_qty, self._phone_unit(), round=False), 2)

    def _phone_lot(self, name):
        """Return the delivery lot of that name; a tracked product needs one."""
        self.ensure_one()
        lots = self.env["stock.lot"]
        if self.product_id.tracking == "none":
            return lots
        if not name:
            raise UserError(self.env._(
                "%s: which lot is it? Type what stands on the label.",
                self.product_id.display_name))
        known = lots.search([("name", "=", name), ("product_id", "=", self.product_id.id),
                             ("company_id", "in", (self.company_id.id, False))], limit=1)
        return known or lots.create({
            "name": name, "product_id": self.product_id.id, "company_id": self.company_id.id})

    def _prepare_incoming_sheet(self, lot):
        self.ensure_one()
        template = self.env["gendan.check.template"]._template_of(
            self._incoming_kind(), self.company_id)
        return {"template_id": template.id, "product_id": self.product_id.id, "lot_id": lot.id,
                "picking_id": self.picking_id.id}

    def _phone_book(self, lot, quantity):
        """Receive ``quantity``, in the unit of the phone; what is missing stays expected."""
        self.ensure_one()
        picking = self.picking_id
        (picking.move_ids - self).picked = False
        self.move_line_ids.unlink()
        self.env["stock.move.line"].create({
            "move_id": self.id, "picking_id": picking.id, "product_id": self.product_id.id,
            "product_uom_id": self._phone_unit().id, "quantity": quantity, "lot_id": lot.id,
            "location_id": self.location_id.id, "location_dest_id": self.location_dest_id.id,
            "company_id": self.company_id.id, "picked": True})
        self.picked = True
        picking.with_context(skip_backorder=True).button_validate()
