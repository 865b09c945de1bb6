from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import float_compare


class ProductionNotice(models.Model):
    """A notice is done when everything ordered has left."""

    _inherit = "gendan.production.notice"

    postponed_to = fields.Date(
        "Postponed by the customer to", readonly=True, copy=False,
        help="The salesperson's answer to the reminder: until then the order is not late by us.")

    is_past_due = fields.Boolean(
        "Delivery date passed", compute="_compute_is_past_due", search="_search_is_past_due",
        help="By the company's day, wherever the reader's clock stands.")

    @api.depends("delivery_date", "state", "company_id")
    def _compute_is_past_due(self):
        today = {company: company._company_today() for company in self.company_id}
        for notice in self:
            notice.is_past_due = notice.state in ("draft", "valid", "released") and bool(
                notice.delivery_date and notice.delivery_date < today[notice.company_id])

    def _search_is_past_due(self, operator, value):
        """Find what should have left before today, by the company's day (X1)."""
        if operator != "in" or True not in value:
            return NotImplemented
        return Domain("state", "in", ("draft", "valid", "released")) & Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("delivery_date", "<", company._company_today())
            for company in self.env.companies)

    def _due_day(self):
        """Return the day by which it has to leave: the signed one, or the customer's later one."""
        self.ensure_one()
        if self.postponed_to and self.delivery_date:
            return max(self.delivery_date, self.postponed_to)
        return self.delivery_date

    def _part_due(self, open_quantity):
        """Return ``(day, packs)`` of what leaves next: the first part while it waits, else all.

        :param float open_quantity: packs that have neither left nor been asked for
        """
        parts = self._delivery_parts() if self else []
        if not parts:
            return False, open_quantity
        (day, first), (rest_day, rest) = parts
        if float_compare(open_quantity, rest, precision_digits=2) > 0:
            return day, min(open_quantity - rest, first)
        return rest_day, open_quantity

    def _close_delivered(self):
        """Set the notices to done whose order lines are delivered in full."""
        open_notices = self.filtered(lambda notice: notice.state in ("valid", "released"))
        open_notices.filtered(lambda notice: notice._is_delivered()).write({"state": "done"})

    def _is_delivered(self):
        self.ensure_one()
        return all(
            float_compare(line.qty_delivered, line.product_uom_qty, precision_digits=2) >= 0
            for line in self.line_ids.order_line_id)
