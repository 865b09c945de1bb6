from odoo import fields, models
from odoo.tools import SQL

from ..order.res_partner import ORDER_KINDS
from ..order.sale_order_screen import STAGES

SITUATIONS = [
    ("1_overdue", "Overdue"), ("2_risk", "At risk"), ("3_soon", "Due within 7 days"),
    ("4_normal", "On schedule"), ("5_done", "Finished"),
]


class ReportWorkload(models.Model):
    """工作量: the orders of each merchandiser, those in hand by how they stand, and those done."""

    _name = "gendan.report.workload"
    _inherit = ["gendan.report.mixin"]
    _description = "Workload per merchandiser"
    _auto = False
    _period = "due_date"
    _order = "is_open desc, due_date, id"
    _rec_name = "notice_id"

    company_id = fields.Many2one("res.company", readonly=True)
    notice_id = fields.Many2one("gendan.production.notice", "Production notice", readonly=True)
    merchandiser_id = fields.Many2one("res.users", readonly=True)
    salesperson_id = fields.Many2one("res.users", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    kind = fields.Selection(ORDER_KINDS, "Kind of business", readonly=True)
    stage = fields.Selection(STAGES, readonly=True)
    due_date = fields.Date("Delivery date", readonly=True)
    is_open = fields.Boolean("Open", readonly=True)
    situation = fields.Selection(
        SITUATIONS, readonly=True,
        help="The worst that is true of an open order; finished is what has all left.")
    orders = fields.Integer(readonly=True)
    lines = fields.Integer("Goods", readonly=True)
    cartons = fields.Float(readonly=True, digits=(12, 0))
    overdue = fields.Integer(readonly=True)
    due_soon = fields.Integer("Due within 7 days", readonly=True)
    at_risk = fields.Integer("At risk", readonly=True)
    amount = fields.Float(readonly=True, digits=(16, 2),
                          groups="gendan_followup.group_price",
                          help="Untaxed, in the company's currency.")

    @property
    def _table_query(self):
        """Return one row for each order that a merchandiser follows or followed to its end.

        What is reckoned in the columns is reckoned only where a screen asks for it.
        """
        return SQL(
            """
            SELECT o.id, o.company_id, o.notice_id, o.merchandiser_id, o.user_id AS salesperson_id,
                   o.partner_id, o.order_kind AS kind, o.stage, %(due)s AS due_date,
                   o.is_followed IS TRUE AS is_open, 1 AS orders,
                   CASE WHEN o.is_followed IS NOT TRUE THEN '5_done'
                        WHEN %(due)s < %(today)s THEN '1_overdue'
                        WHEN n.is_at_risk OR n.is_late THEN '2_risk'
                        WHEN %(due)s <= %(today)s + 7 THEN '3_soon'
                        ELSE '4_normal' END AS situation,
                   (SELECT COUNT(*) FROM gendan_production_notice_line l
                     WHERE l.notice_id = n.id AND l.quantity > 0) AS lines,
                   (SELECT COALESCE(SUM(l.quantity / COALESCE(NULLIF(l.packs_per_carton, 0), 1)), 0)
                      FROM gendan_production_notice_line l
                     WHERE l.notice_id = n.id AND l.quantity > 0) AS cartons,
                   COALESCE(o.is_followed AND %(due)s < %(today)s, FALSE)::int AS overdue,
                   COALESCE(o.is_followed AND %(due)s BETWEEN %(today)s AND %(today)s + 7,
                            FALSE)::int AS due_soon,
                   COALESCE(o.is_followed AND (n.is_at_risk OR n.is_late), FALSE)::int AS at_risk,
                   o.amount_untaxed / COALESCE(NULLIF(o.currency_rate, 0), 1) AS amount
              FROM sale_order o
         LEFT JOIN res_company c ON c.id = o.company_id
         LEFT JOIN gendan_production_notice n ON n.id = o.notice_id
             WHERE o.merchandiser_id IS NOT NULL AND o.state <> 'cancel'
               AND n.state IS DISTINCT FROM 'cancel'
            """, due=self._day("o.commitment_date"), today=self._today())
