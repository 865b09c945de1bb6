from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_outgoing_incoming_moves(self, strict=True):
        """Leave out what was made for the line: it comes in, but not back from the customer.

        The trial's output lies outside the warehouse (D5.4), so core would take its missing
        rule for one that began the delivery, every output for a return, and a line whose
        goods are made and ready for one without a delivery: a later date signed again
        would send everything twice.
        """
        outgoing, incoming = super()._get_outgoing_incoming_moves(strict=strict)
        return (outgoing.filtered(lambda move: not move.production_id),
                incoming.filtered(lambda move: not move.production_id))
