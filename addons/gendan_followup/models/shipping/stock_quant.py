from odoo import models
from odoo.fields import Domain


class StockQuant(models.Model):
    """Lots on QC hold are never gathered for a reservation (D2.2)."""

    _inherit = "stock.quant"

    def _get_gather_domain(self, product_id, location_id, lot_id=None, package_id=None,
                           owner_id=None, strict=False):
        domain = super()._get_gather_domain(
            product_id, location_id, lot_id=lot_id, package_id=package_id, owner_id=owner_id,
            strict=strict)
        if product_id.tracking == "none" or strict:
            return domain
        # `!=` would drop the quants without a lot
        return Domain(domain) & ~Domain("lot_id.is_blocked", "=", True)
