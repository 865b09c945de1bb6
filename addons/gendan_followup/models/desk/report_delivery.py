from odoo import fields, models
from odoo.tools import SQL

from ..order.res_partner import ORDER_KINDS


class ReportDelivery(models.Model):
    """准时足量: each line of each notice against the first and the revised promise.

    A line is on time when everything had left by the promised day of the company's own
    calendar; what is neither due nor complete is not judged yet, and counts nowhere.
    """

    _name = "gendan.report.delivery"
    _description = "On time in full"
    _auto = False
    _order = "revised_date desc, id desc"
    _rec_name = "notice_id"

    company_id = fields.Many2one("res.company", readonly=True)
    notice_id = fields.Many2one("gendan.production.notice", "Production notice", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    kind = fields.Selection(ORDER_KINDS, readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    salesperson_id = fields.Many2one("res.users", readonly=True)
    merchandiser_id = fields.Many2one("res.users", readonly=True)
    first_date = fields.Date("First promise", readonly=True)
    revised_date = fields.Date("Revised promise", readonly=True)
    shipped_date = fields.Date("Left on", readonly=True)
    is_complete = fields.Boolean("All has left", readonly=True)
    days_late = fields.Integer("Days late (first promise)", readonly=True, aggregator="avg")
    cartons = fields.Float(readonly=True, digits=(12, 2))
    cartons_first = fields.Float("Cartons by the first promise", readonly=True, digits=(12, 2))
    cartons_revised = fields.Float("Cartons by the revised promise", readonly=True,
                                   digits=(12, 2))
    line_first = fields.Float("Lines on time, first promise %", readonly=True, aggregator="avg",
                              digits=(5, 1))
    line_revised = fields.Float("Lines on time, revised promise %", readonly=True,
                                aggregator="avg", digits=(5, 1))
    # each order weighs one, however many lines it has
    orders = fields.Float(readonly=True, digits=(12, 2))
    orders_first = fields.Float("Orders on time, first promise", readonly=True, digits=(12, 2))
    orders_revised = fields.Float("Orders on time, revised promise", readonly=True,
                                  digits=(12, 2))

    @property
    def _table_query(self):
        """Return the rows as they are at this moment of the server's clock."""
        return SQL(
            """
            WITH promised AS (
                SELECT DISTINCT ON (r.order_id) r.order_id,
                       NULLIF(r.payload::jsonb #>> '{order,delivery_date}', '')::date AS day
                  FROM gendan_revision r
                 WHERE r.valid_at IS NOT NULL AND r.order_id IS NOT NULL
              ORDER BY r.order_id, r.number
            ), line AS (
                SELECT l.id, n.company_id, n.id AS notice_id, l.product_id, n.kind, n.partner_id,
                       n.salesperson_id, n.merchandiser_id, l.quantity,
                       COALESCE(NULLIF(l.packs_per_carton, 0), 1) AS per_carton,
                       COALESCE(promised.day, n.delivery_date) AS first_date,
                       n.delivery_date AS revised_date, c.gendan_tz AS tz,
                       (%(now)s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE c.gendan_tz)::date
                           AS today
                  FROM gendan_production_notice_line l
                  JOIN gendan_production_notice n ON n.id = l.notice_id
                  JOIN res_company c ON c.id = n.company_id
             LEFT JOIN promised ON promised.order_id = n.order_id
                 WHERE n.valid_at IS NOT NULL AND n.state <> 'cancel' AND l.quantity > 0
                   AND n.delivery_date IS NOT NULL
            ), gone AS (
                SELECT s.notice_line_id AS line_id, s.quantity,
                       (h.shipped_at AT TIME ZONE 'UTC' AT TIME ZONE c.gendan_tz)::date AS day
                  FROM gendan_shipping_notice_line s
                  JOIN gendan_shipping_notice h ON h.id = s.shipping_id AND h.state = 'shipped'
                  JOIN res_company c ON c.id = h.company_id
            ), summed AS (
                SELECT line.*, SUM(gone.quantity) AS left_all, MAX(gone.day) AS shipped_date,
                       SUM(gone.quantity) FILTER (WHERE gone.day <= line.first_date) AS left_first,
                       SUM(gone.quantity) FILTER (WHERE gone.day <= line.revised_date)
                           AS left_revised
                  FROM line LEFT JOIN gone ON gone.line_id = line.id
              GROUP BY line.id, line.company_id, line.notice_id, line.product_id, line.kind,
                       line.partner_id, line.salesperson_id, line.merchandiser_id, line.quantity,
                       line.per_carton, line.first_date, line.revised_date, line.tz, line.today
            ), judged AS (
                SELECT summed.*, COALESCE(left_all, 0) >= quantity AS is_complete,
                       CASE WHEN COALESCE(left_first, 0) >= quantity THEN 1
                            WHEN today > first_date OR left_all >= quantity THEN 0 END AS first,
                       CASE WHEN COALESCE(left_revised, 0) >= quantity THEN 1
                            WHEN today > revised_date OR left_all >= quantity THEN 0 END
                           AS revised
                  FROM summed)
            SELECT id, company_id, notice_id, product_id, kind, partner_id, salesperson_id,
                   merchandiser_id, first_date, revised_date, is_complete,
                   CASE WHEN is_complete THEN shipped_date END AS shipped_date,
                   CASE WHEN is_complete THEN GREATEST(shipped_date - first_date, 0)
                        WHEN today > first_date THEN today - first_date END AS days_late,
                   quantity / per_carton AS cartons,
                   LEAST(COALESCE(left_first, 0), quantity) / per_carton AS cartons_first,
                   LEAST(COALESCE(left_revised, 0), quantity) / per_carton AS cartons_revised,
                   100.0 * first AS line_first, 100.0 * revised AS line_revised,
                   1.0 / COUNT(*) OVER w AS orders,
                   (1.0 / COUNT(*) OVER w) * MIN(COALESCE(first, 0)) OVER w AS orders_first,
                   (1.0 / COUNT(*) OVER w) * MIN(COALESCE(revised, 0)) OVER w AS orders_revised
              FROM judged
            WINDOW w AS (PARTITION BY notice_id)
            """, now=fields.Datetime.now())

    def action_open_notice(self):
        """Open the notice behind a row."""
        self.ensure_one()
        return self.notice_id._action_open()
