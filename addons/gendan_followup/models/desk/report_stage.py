from odoo import fields, models
from odoo.tools import SQL

from ..order.res_partner import ORDER_KINDS

# who has the ball at each stage stands in its name: the question is who waits for whom
STAGES = [
    ("1_verify", "Verification (merchandiser)"),
    ("2_sign", "Signatures (finance, sales manager)"),
    ("3_release", "Stock check and release (merchandiser)"),
    ("4_make", "Production (workshop)"),
    ("5_ship", "Shipping (salesperson, merchandiser, stores)"),
]


class ReportStage(models.Model):
    """各环节用时: how long each notice stood at each stage, how many went through (D4.1)."""

    _name = "gendan.report.stage"
    _inherit = ["gendan.report.mixin"]
    _description = "Waiting per stage"
    _auto = False
    _period = "ended_on"
    _order = "is_open desc, began_at, id"
    _rec_name = "notice_id"

    company_id = fields.Many2one("res.company", readonly=True)
    notice_id = fields.Many2one("gendan.production.notice", "Production notice", readonly=True)
    kind = fields.Selection(ORDER_KINDS, "Kind of business", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    salesperson_id = fields.Many2one("res.users", readonly=True)
    merchandiser_id = fields.Many2one("res.users", readonly=True)
    stage = fields.Selection(STAGES, readonly=True)
    began_at = fields.Datetime("From", readonly=True)
    ended_at = fields.Datetime("To", readonly=True)
    ended_on = fields.Date("Gone through on", readonly=True)
    is_open = fields.Boolean("Waits now", readonly=True)
    hours = fields.Float("Hours, mean", readonly=True, aggregator="avg", digits=(12, 1))
    longest = fields.Float("Hours, longest", readonly=True, aggregator="max", digits=(12, 1))

    @property
    def _table_query(self):
        """Return one row for each stage that a notice has entered.

        A notice keeps the times of its valid revision; what its order's first one has
        reached until then stands on that revision.

        Goods that all lay on stock are not made: they wait for shipping from the stock
        check on.
        """
        return SQL(
            """
            WITH head AS (
                SELECT n.*, c.gendan_tz, COALESCE(n.verified_at, r.verified_at) AS checked_on,
                       COALESCE(n.released_at, CASE WHEN made.first IS NULL AND NOT EXISTS (
                           SELECT FROM gendan_production_notice_line l
                            WHERE l.notice_id = n.id AND l.to_make_quantity > 0)
                           THEN k.checked_at END) AS covered_at,
                       CASE WHEN n.released_at IS NOT NULL THEN made.at ELSE k.checked_at END
                           AS ready_at, gone.shipped_at
                  FROM gendan_production_notice n
                  JOIN res_company c ON c.id = n.company_id
             LEFT JOIN sale_order o ON o.id = n.order_id AND n.valid_at IS NULL
             LEFT JOIN gendan_revision r ON r.id = o.revision_id AND r.state = 'verified'
             LEFT JOIN gendan_stock_check k ON k.id = n.stock_check_id
             LEFT JOIN (SELECT notice_id, MIN(id) AS first,
                               CASE WHEN BOOL_AND(state IN ('done', 'cancel'))
                                    THEN MAX(date_finished) FILTER (WHERE state = 'done') END AS at
                          FROM mrp_production WHERE notice_id IS NOT NULL GROUP BY notice_id
                       ) made ON made.notice_id = n.id
             LEFT JOIN (SELECT notice_id, MAX(shipped_at) AS shipped_at
                          FROM gendan_shipping_notice WHERE state = 'shipped' GROUP BY notice_id
                       ) gone ON gone.notice_id = n.id
                 WHERE n.submitted_at IS NOT NULL)
            SELECT n.id * 8 + step.number AS id, n.company_id, n.id AS notice_id, n.kind,
                   n.partner_id, n.salesperson_id, n.merchandiser_id, step.stage,
                   step.began_at, step.ended_at,
                   ((step.ended_at AT TIME ZONE 'UTC') AT TIME ZONE n.gendan_tz)::date AS ended_on,
                   step.ended_at IS NULL AS is_open, step.hours, step.hours AS longest
              FROM head n
             CROSS JOIN LATERAL (
                SELECT number, stage, began_at, ended_at, EXTRACT(EPOCH FROM COALESCE(
                           ended_at, %(now)s::timestamp) - began_at) / 3600 AS hours
                  FROM (VALUES
                    (0, '1_verify', n.submitted_at, n.checked_on),
                    (1, '2_sign', n.checked_on, n.valid_at),
                    (2, '3_release', n.valid_at, n.covered_at),
                    (3, '4_make', n.released_at, n.ready_at),
                    (4, '5_ship', CASE WHEN n.covered_at IS NOT NULL THEN n.ready_at END,
                     CASE WHEN n.state = 'done' THEN n.shipped_at END)
                  ) AS part (number, stage, began_at, ended_at)) AS step
             WHERE step.began_at IS NOT NULL
               AND (step.ended_at >= step.began_at
                    OR (step.ended_at IS NULL AND n.state NOT IN ('done', 'cancel')))
            """, now=self._now())
