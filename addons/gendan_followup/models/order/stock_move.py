from odoo import models


class StockMove(models.Model):
    """A salesperson cancels or reduces his own confirmed order."""

    _inherit = "stock.move"

    def _get_upstream_documents_and_responsibles(self, visited):
        """Find whom to tell; core reads purchase lines here, which sales users may not see.

        Only the look-up of documents to notify runs in sudo; without it a user with
        sales rights alone could not cancel an order at all.
        """
        return super(StockMove, self.sudo())._get_upstream_documents_and_responsibles(visited)
