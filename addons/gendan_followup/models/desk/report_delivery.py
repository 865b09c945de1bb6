from odoo import fields, models
from odoo.tools import SQL

from ..order.res_partner import ORDER_KINDS


class ReportDelivery(models.Model):
    """准时足量: each line of each notice against the first and the revised promise.

    A line is on time when everything had left by the promised day of the company's own
    calendar; what is neither due nor complete is not judged yet, and counts nowhere. An
    order is on time when all its lines are; a carton, when it had left by then.

    Of a partial shipment (D4.8) the revised promise has two dates: as many packs as the first
    part by its own, the rest by the later. Packs of the part that were still there after its
    date are late, whenever they left; on an order of several lines they are looked for where
    something was still to leave, in proportion.
    """

    _name = "gendan.report.delivery"
    _inherit = ["gendan.report.mixin"]
    _description = "On time in full"
    _auto = False
    _period = "revised_date"
    _order = "revised_date desc, id desc"
    _rec_name = "notice_id"

    _rates = {
        "order_first": ("orders_first", "orders_due_first"),
        "order_revised": ("orders_revised", "orders_due_revised"),
        "carton_first": ("cartons_first", "cartons_due_first"),
        "carton_revised": ("cartons_revised", "cartons_due_revised"),
    }

    company_id = fields.Many2one("res.company", readonly=True)
    notice_id = fields.Many2one("gendan.production.notice", "Production notice", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    kind = fields.Selection(ORDER_KINDS, "Kind of business", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    salesperson_id = fields.Many2one("res.users", readonly=True)
    merchandiser_id = fields.Many2one("res.users", readonly=True)
    first_date = fields.Date("First promise", readonly=True)
    revised_date = fields.Date("Revised promise", readonly=True)
    part_date = fields.Date("First part on", readonly=True)
    part_quantity = fields.Float("First part", readonly=True, aggregator=None,
                                 digits="Product Unit")
    shipped_date = fields.Date("Left on", readonly=True)
    is_complete = fields.Boolean("All has left", readonly=True)
    days_late = fields.Integer("Days late (first promise)", readonly=True, aggregator="avg")
    line_first = fields.Float("Lines on time, first promise %", readonly=True, aggregator="avg",
                              digits=(5, 1))
    line_revised = fields.Float("Lines on time, revised promise %", readonly=True,
                                aggregator="avg", digits=(5, 1))
    order_first = fields.Float("Orders on time, first promise %", readonly=True,
                               aggregator="avg", digits=(5, 1))
    order_revised = fields.Float("Orders on time, revised promise %", readonly=True,
                                 aggregator="avg", digits=(5, 1))
    carton_first = fields.Float("Cartons on time, first promise %", readonly=True,
                                aggregator="avg", digits=(5, 1))
    carton_revised = fields.Float("Cartons on time, revised promise %", readonly=True,
                                  aggregator="avg", digits=(5, 1))
    cartons = fields.Float("Cartons ordered", readonly=True, digits=(12, 2))
    cartons_first = fields.Float("Cartons by the first promise", readonly=True, digits=(12, 2))
    cartons_revised = fields.Float("Cartons by the revised promise", readonly=True,
                                   digits=(12, 2))
    cartons_due_first = fields.Float("Cartons judged, first promise", readonly=True,
                                     digits=(12, 2))
    cartons_due_revised = fields.Float("Cartons judged, revised promise", readonly=True,
                                       digits=(12, 2))
    # each order weighs one, however many lines it has
    orders = fields.Float("Number of orders", readonly=True, digits=(12, 2))
    orders_first = fields.Float("Orders on time, first promise", readonly=True, digits=(12, 2))
    orders_revised = fields.Float("Orders on time, revised promise", readonly=True,
                                  digits=(12, 2))
    orders_due_first = fields.Float("Orders judged, first promise", readonly=True,
                                    digits=(12, 2))
    orders_due_revised = fields.Float("Orders judged, revised promise", readonly=True,
                                      digits=(12, 2))

    @property
    def _table_query(self):
        """Return the rows as they are at this moment of the server's clock.

        What is the same on all lines of a notice stands in every GROUP BY and PARTITION BY:
        so a filter on it reaches the tables, and this month costs a month.
        """
        head = SQL("company_id, notice_id, kind, partner_id, salesperson_id, merchandiser_id, "
                   "first_date, revised_date, part_date, part_quantity, today")
        return SQL(
            """
            WITH line AS (
                SELECT l.id, n.company_id, n.id AS notice_id, l.product_id, n.kind, n.partner_id,
                       n.salesperson_id, n.merchandiser_id, l.quantity,
                       COALESCE(NULLIF(l.packs_per_carton, 0), 1) AS per_carton,
                       COALESCE(n.first_promise, n.delivery_date) AS first_date,
                       GREATEST(n.delivery_date, n.postponed_to) AS revised_date,
                       n.first_part_date AS part_date,
                       CASE WHEN n.first_part_date IS NOT NULL THEN n.first_part_quantity END
                           AS part_quantity,
                       %(today)s AS today
                  FROM gendan_production_notice_line l
                  JOIN gendan_production_notice n ON n.id = l.notice_id
             LEFT JOIN res_company c ON c.id = n.company_id
                 WHERE n.valid_at IS NOT NULL AND n.state <> 'cancel' AND l.quantity > 0
                   AND n.delivery_date IS NOT NULL
            ), gone AS (
                SELECT s.notice_line_id AS line_id, s.quantity, %(left_on)s AS day
                  FROM gendan_shipping_notice_line s
                  JOIN gendan_shipping_notice h ON h.id = s.shipping_id AND h.state = 'shipped'
             LEFT JOIN res_company c ON c.id = h.company_id
            ), summed AS (
                SELECT line.id, product_id, %(head)s, line.quantity, per_carton,
                       SUM(gone.quantity) AS left_all, MAX(gone.day) AS shipped_date,
                       SUM(gone.quantity) FILTER (WHERE gone.day <= first_date) AS left_first,
                       SUM(gone.quantity) FILTER (WHERE gone.day <= revised_date) AS left_revised,
                       LEAST(COALESCE(SUM(gone.quantity) FILTER (WHERE gone.day <= part_date), 0),
                             line.quantity) AS left_part
                  FROM line LEFT JOIN gone ON gone.line_id = line.id
              GROUP BY line.id, product_id, %(head)s, line.quantity, per_carton
            ), parted AS (
                SELECT summed.*, COALESCE(left_all, 0) >= quantity AS is_complete,
                       left_revised >= quantity OR today > revised_date OR left_all >= quantity
                           AS is_due,
                       CASE WHEN today > part_date
                            THEN left_part * LEAST(1, part_quantity / NULLIF(
                                SUM(left_part) OVER w, 0)) END AS part_kept,
                       CASE WHEN today > part_date
                            THEN GREATEST(part_quantity - SUM(left_part) OVER w, 0)
                                 * (quantity - left_part)
                                 / NULLIF(SUM(quantity - left_part) OVER w, 0) END AS part_late
                  FROM summed WINDOW w AS (PARTITION BY %(head)s)
            ), judged AS (
                SELECT parted.*,
                       CASE WHEN COALESCE(left_first, 0) >= quantity THEN 1
                            WHEN today > first_date OR left_all >= quantity THEN 0 END AS first,
                       CASE WHEN part_late > 0 THEN 0
                            WHEN COALESCE(left_revised, 0) >= quantity THEN 1
                            WHEN today > revised_date OR left_all >= quantity THEN 0 END
                           AS revised,
                       CASE WHEN is_due OR part_date IS NULL OR today <= part_date
                            THEN GREATEST(LEAST(COALESCE(left_revised, 0), quantity)
                                          - COALESCE(part_late, 0), left_part)
                            ELSE COALESCE(part_kept, 0) END AS kept_revised,
                       CASE WHEN is_due THEN quantity
                            WHEN today > part_date
                            THEN COALESCE(part_kept, 0) + COALESCE(part_late, 0) END
                           AS due_revised
                  FROM parted
            ), weighed AS (
                SELECT judged.*, 1.0 / COUNT(*) OVER w AS orders,
                       CASE WHEN MIN(first) OVER w = 0 THEN 0
                            WHEN COUNT(first) OVER w = COUNT(*) OVER w THEN 1 END AS all_first,
                       CASE WHEN MIN(revised) OVER w = 0 THEN 0
                            WHEN COUNT(revised) OVER w = COUNT(*) OVER w THEN 1 END
                           AS all_revised
                  FROM judged WINDOW w AS (PARTITION BY %(head)s))
            SELECT id, product_id, company_id, notice_id, kind, partner_id, salesperson_id,
                   merchandiser_id, first_date, revised_date, part_date, part_quantity,
                   is_complete,
                   CASE WHEN is_complete THEN shipped_date END AS shipped_date,
                   CASE WHEN is_complete THEN GREATEST(shipped_date - first_date, 0)
                        WHEN today > first_date THEN today - first_date END AS days_late,
                   100.0 * first AS line_first, 100.0 * revised AS line_revised,
                   100.0 * all_first AS order_first, 100.0 * all_revised AS order_revised,
                   CASE WHEN first IS NOT NULL
                        THEN 100 * LEAST(COALESCE(left_first, 0), quantity) / quantity END
                       AS carton_first,
                   100 * kept_revised / NULLIF(due_revised, 0) AS carton_revised,
                   quantity / per_carton AS cartons,
                   LEAST(COALESCE(left_first, 0), quantity) / per_carton AS cartons_first,
                   kept_revised / per_carton AS cartons_revised,
                   CASE WHEN first IS NOT NULL THEN quantity / per_carton END
                       AS cartons_due_first,
                   due_revised / per_carton AS cartons_due_revised,
                   orders, orders * COALESCE(all_first, 0) AS orders_first,
                   orders * COALESCE(all_revised, 0) AS orders_revised,
                   CASE WHEN all_first IS NOT NULL THEN orders END AS orders_due_first,
                   CASE WHEN all_revised IS NOT NULL THEN orders END AS orders_due_revised
              FROM weighed
            """, today=self._today(), left_on=self._day("h.shipped_at"), head=head)
