from odoo import fields, models
from odoo.tools import SQL

from ..order.res_partner import ORDER_KINDS


class ReportStage(models.Model):
    """各环节用时: how long each notice stood at each stage, and what waits now (D4.1)."""

    _name = "gendan.report.stage"
    _description = "Waiting per stage"
    _auto = False
    _order = "began_at desc, id desc"
    _rec_name = "notice_id"

    company_id = fields.Many2one("res.company", readonly=True)
    notice_id = fields.Many2one("gendan.production.notice", "Production notice", readonly=True)
    kind = fields.Selection(ORDER_KINDS, readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    salesperson_id = fields.Many2one("res.users", readonly=True)
    merchandiser_id = fields.Many2one("res.users", readonly=True)
    stage = fields.Selection(
        [("1_verify", "Verification"), ("2_sign", "Signatures"), ("3_release", "Release"),
         ("4_ship", "Production and shipping")], readonly=True)
    began_at = fields.Datetime("From", readonly=True)
    ended_at = fields.Datetime("To", readonly=True)
    is_open = fields.Boolean("Waits now", readonly=True)
    hours = fields.Float(readonly=True, aggregator="avg", digits=(12, 1))

    @property
    def _table_query(self):
        """Return one row for each stage that a notice has entered."""
        return SQL(
            """
            WITH gone AS (
                SELECT notice_id, MAX(shipped_at) AS shipped_at
                  FROM gendan_shipping_notice WHERE state = 'shipped' GROUP BY notice_id)
            SELECT n.id * 4 + step.number AS id, n.company_id, n.id AS notice_id, n.kind,
                   n.partner_id, n.salesperson_id, n.merchandiser_id, step.stage,
                   step.began_at, step.ended_at,
                   step.ended_at IS NULL AND n.state NOT IN ('done', 'cancel') AS is_open,
                   EXTRACT(EPOCH FROM COALESCE(step.ended_at, %(now)s::timestamp)
                           - step.began_at) / 3600 AS hours
              FROM gendan_production_notice n
         LEFT JOIN gone ON gone.notice_id = n.id
             CROSS JOIN LATERAL (VALUES
                (0, '1_verify', n.submitted_at, n.verified_at),
                (1, '2_sign', n.verified_at, n.valid_at),
                (2, '3_release', n.valid_at, n.released_at),
                (3, '4_ship', n.released_at, CASE WHEN n.state = 'done' THEN gone.shipped_at END)
             ) AS step (number, stage, began_at, ended_at)
             WHERE step.began_at IS NOT NULL AND n.submitted_at IS NOT NULL
               AND (step.ended_at IS NULL OR step.ended_at >= step.began_at)
               AND NOT (step.ended_at IS NULL AND n.state IN ('done', 'cancel'))
            """, now=fields.Datetime.now())

    def action_open_notice(self):
        """Open the notice behind a row."""
        self.ensure_one()
        return self.notice_id._action_open()
