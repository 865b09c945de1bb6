from odoo import fields, models
from odoo.tools import float_compare


class ProductionNotice(models.Model):
    """A notice is done when everything ordered has left."""

    _inherit = "gendan.production.notice"

    postponed_to = fields.Date(
        "Postponed by the customer to", readonly=True, copy=False,
        help="The salesperson's answer to the reminder: until then the order is not late by us.")

    def _due_day(self):
        """Return the day by which it has to leave: the signed one, or the customer's later one."""
        self.ensure_one()
        if self.postponed_to and self.delivery_date:
            return max(self.delivery_date, self.postponed_to)
        return self.delivery_date

    def _close_delivered(self):
        """Set the notices to done whose order lines are delivered in full."""
        open_notices = self.filtered(lambda notice: notice.state in ("valid", "released"))
        open_notices.filtered(lambda notice: notice._is_delivered()).write({"state": "done"})

    def _is_delivered(self):
        self.ensure_one()
        return all(
            float_compare(line.qty_delivered, line.product_uom_qty, precision_digits=2) >= 0
            for line in self.line_ids.order_line_id)
