from fractions import Fraction

from odoo import models

from ...calc.tolerance import exact


class ProductProduct(models.Model):
    """A version that becomes regular floats wider from that moment on (D3.4)."""

    _inherit = "product.product"

    def write(self, vals):
        """Bring the open needs of these versions in line with their new status."""
        result = super().write(vals)
        if "packaging_state" in vals:
            # whoever accepts the first article writes no need; the system does
            self.env["gendan.need"].sudo().search(
                [("product_id", "in", self.ids),
                 ("notice_id.state", "not in", ("done", "cancel"))])._refresh_tolerance()
        return result

    def _pieces_factor(self, unit):
        """Return how many of this product's own unit one ``unit`` holds, or 0 (X3).

        Only units of this very version count: the kilogram of another film holds another
        number of pieces, although both could be converted.
        """
        self.ensure_one()
        # its own unit is the usual one: then the others need not be read
        if unit != self.uom_id and (
                unit not in self.uom_ids or not unit._has_common_reference(self.uom_id)):
            return 0
        if unit.sudo().packaging_version_id not in (self, self.browse()):
            return 0
        # a factor below zero would turn what is bought into what is sent back
        return max(unit._compute_quantity(1, self.uom_id, round=False), 0)

    def _largest_unit(self):
        """Return how much of this product's unit its largest package (a roll) holds."""
        self.ensure_one()
        return max((self._pieces_factor(unit) for unit in self.uom_ids), default=0)

    def _is_procured(self):
        """Whether this material is kept on stock or bought; water from the tap is neither."""
        self.ensure_one()
        return self.is_storable or self.purchase_ok

    def _incoming_kind(self):
        """Return the kind of check with which this material is received."""
        return "incoming_packaging" if self.packaging_kind else "incoming_raw"

    # ------------------------------------------------------------- free stock (X15)

    def _free_for_needs(self, company):
        """Return ``{product: quantity}`` of stock that no notice and no other move holds.

        What a notice nets, and what came in for it, is held for it until it is used, and
        never counted for another (X15). Blocked lots, goods apart from the stock location
        and goods of others are no usable stock.
        """
        on_hand, reserved = self._usable_stock(company)
        held = self.env["gendan.need"]._held(self, company)
        free = {}
        for product in self:
            claims = [claim for (of_product, _notice), claim in held.items()
                      if of_product == product]
            others = reserved[product] - sum(claim.reserved for claim in claims)
            free[product] = max(on_hand[product] - max(others, 0) - sum(
                max(claim.held, claim.reserved) for claim in claims), 0)
        return free

    def _usable_stock(self, company):
        """Return what lies usable in the company's stores, and what of it is reserved."""
        warehouses = self.env["stock.warehouse"].sudo().search([("company_id", "=", company.id)])
        rows = self.env["stock.quant"].sudo()._read_group(
            [("product_id", "in", self.ids), ("owner_id", "=", False),
             ("location_id", "child_of", warehouses.lot_stock_id.ids),
             "|", ("lot_id", "=", False), ("lot_id.is_blocked", "=", False)],
            ["product_id"], ["quantity:sum", "reserved_quantity:sum"])
        on_hand, reserved = dict.fromkeys(self, Fraction(0)), dict.fromkeys(self, Fraction(0))
        for product, quantity, taken in rows:
            on_hand[product.with_env(self.env)] = exact(quantity)
            reserved[product.with_env(self.env)] = exact(taken)
        return on_hand, reserved
