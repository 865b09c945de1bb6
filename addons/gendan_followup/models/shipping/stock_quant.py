from odoo import api, models
from odoo.fields import Domain

from ..foundation.gate_mixin import Gate

# what moves and counts change, and nobody else
BOOKED = {"quantity", "reserved_quantity", "product_id", "location_id", "lot_id", "package_id",
          "owner_id"}


class StockQuant(models.Model):
    """Lots on QC hold are never gathered for a reservation (D2.2)."""

    _inherit = "stock.quant"

    @api.model_create_multi
    def create(self, vals_list):
        """Stock does not appear by a number that somebody sends (D2.2, X4)."""
        quants = super().create(vals_list)
        if any("quantity" in vals or "reserved_quantity" in vals for vals in vals_list):
            quants._check_booked()
        return quants

    def write(self, vals):
        """Nor does it change, or go elsewhere: goods are moved, or counted."""
        if vals.keys() & BOOKED:
            self._check_booked()
        return super().write(vals)

    def _check_booked(self):
        """Refuse what a user writes into the stock itself; core books moves in sudo."""
        booked = self.browse() if self.env.su else self.filtered(
            lambda quant: (quant.company_id or self.env.company).uses_gendan)
        if booked:
            self.env["gendan.audit"]._refuse(
                Gate("stock.booked", "D2.2 D8.6 X4"), booked, self.env._(
                    "%s: stock changes by a move or by a count, never by a number written over it.",
                    booked[0].product_id.display_name))

    def _get_gather_domain(self, product_id, location_id, lot_id=None, package_id=None,
                           owner_id=None, strict=False):
        domain = super()._get_gather_domain(
            product_id, location_id, lot_id=lot_id, package_id=package_id, owner_id=owner_id,
            strict=strict)
        if product_id.tracking == "none" or strict:
            return domain
        # `!=` would drop the quants without a lot
        return Domain(domain) & ~Domain("lot_id.is_blocked", "=", True)
