from odoo import fields, models
from odoo.tools import SQL

from ..order.res_partner import ORDER_KINDS


class ReportShipping(models.Model):
    """出运通知: who asks in time, and who asks for a truck on the very day (D8.3)."""

    _name = "gendan.report.shipping"
    _inherit = ["gendan.report.mixin"]
    _description = "Shipping notices in time"
    _auto = False
    _period = "ship_date"
    _order = "submitted_on desc, id desc"
    _rec_name = "shipping_id"

    shipping_id = fields.Many2one("gendan.shipping.notice", "Shipping notice", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    notice_id = fields.Many2one("gendan.production.notice", "Production notice", readonly=True)
    kind = fields.Selection(ORDER_KINDS, "Kind of business", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    salesperson_id = fields.Many2one("res.users", readonly=True)
    merchandiser_id = fields.Many2one("res.users", readonly=True)
    submitted_on = fields.Date("Submitted on", readonly=True)
    ship_date = fields.Date("Leaves on", readonly=True)
    notices = fields.Integer("Shipping notices", readonly=True)
    same_day = fields.Integer("On the very day", readonly=True)
    late = fields.Integer("After the soft limit", readonly=True)
    refused = fields.Integer(readonly=True)
    same_day_rate = fields.Float("On the very day %", readonly=True, aggregator="avg",
                                 digits=(5, 1))
    days_ahead = fields.Integer("Days ahead", readonly=True, aggregator="avg")

    @property
    def _table_query(self):
        """Return one row for each notice that was submitted."""
        return SQL(
            """
            SELECT h.id, h.id AS shipping_id, h.company_id, h.notice_id, h.kind, h.partner_id,
                   h.salesperson_id, h.merchandiser_id, %(submitted_on)s AS submitted_on,
                   h.ship_date, 1 AS notices, COALESCE(h.is_same_day, FALSE)::int AS same_day,
                   COALESCE(h.is_late, FALSE)::int AS late, (h.state = 'refused')::int AS refused,
                   CASE WHEN h.is_same_day THEN 100.0 ELSE 0 END AS same_day_rate,
                   h.ship_date - %(submitted_on)s AS days_ahead
              FROM gendan_shipping_notice h
         LEFT JOIN res_company c ON c.id = h.company_id
             WHERE h.submitted_at IS NOT NULL
            """, submitted_on=self._day("h.submitted_at"))

    def action_open_notice(self):
        """Open the shipping notice behind a row."""
        self.ensure_one()
        return self._action_show(self.shipping_id)
