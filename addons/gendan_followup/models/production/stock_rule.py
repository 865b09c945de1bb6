from odoo import models


class StockRule(models.Model):
    """What replenishment proposes stays a draft until the merchandiser decides."""

    _inherit = "stock.rule"

    def _should_auto_confirm_procurement_mo(self, p):
        """Never confirm behind the merchandiser's back; an error here would stop the scheduler."""
        return not p.company_id.uses_gendan and super()._should_auto_confirm_procurement_mo(p)
