from odoo import models
from odoo.tools import float_compare


class ProductionNotice(models.Model):
    """A notice is done when everything ordered has left."""

    _inherit = "gendan.production.notice"

    def _close_delivered(self):
        """Set the notices to done whose order lines are delivered in full."""
        open_notices = self.filtered(lambda notice: notice.state in ("valid", "released"))
        open_notices.filtered(lambda notice: notice._is_delivered()).write({"state": "done"})

    def _is_delivered(self):
        self.ensure_one()
        return all(
            float_compare(line.qty_delivered, line.product_uom_qty, precision_digits=2) >= 0
            for line in self.line_ids.order_line_id)
