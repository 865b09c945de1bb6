from odoo import fields, models
from odoo.tools import SQL


class ReportFirstArticle(models.Model):
    """首件合格率: how the salespeople decided, at the first try and after how long (D5.3)."""

    _name = "gendan.report.first.article"
    _inherit = ["gendan.report.mixin"]
    _description = "First articles"
    _auto = False
    _period = "decided_on"
    _order = "decided_on desc, id desc"
    _rec_name = "article_id"

    article_id = fields.Many2one("gendan.first.article", "First article", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    notice_id = fields.Many2one("gendan.production.notice", "Production notice", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    workcenter_id = fields.Many2one("mrp.workcenter", "Machine", readonly=True)
    operator_id = fields.Many2one("hr.employee", "Machine operator", readonly=True)
    salesperson_id = fields.Many2one("res.users", readonly=True)
    merchandiser_id = fields.Many2one("res.users", readonly=True)
    decided_on = fields.Date("Decided on", readonly=True)
    is_first = fields.Boolean("First try", readonly=True)
    passed = fields.Float("Passed %", readonly=True, aggregator="avg", digits=(5, 1))
    passed_first = fields.Float("Passed at the first try %", readonly=True, aggregator="avg",
                                digits=(5, 1))
    hours = fields.Float("Hours until the decision", readonly=True, aggregator="avg",
                         digits=(12, 1))

    @property
    def _table_query(self):
        """Return one row for each decision; an acceptance that was withdrawn did not pass.

        Which was the first try is looked up for the rows and columns that are asked for.
        """
        first = SQL(
            """NOT EXISTS (SELECT FROM gendan_first_article b
                 JOIN gendan_check_sheet t ON t.id = b.sheet_id
                WHERE t.notice_line_id = s.notice_line_id AND t.workcenter_id = s.workcenter_id
                  AND (b.decided_at, b.id) < (a.decided_at, a.id))""")
        return SQL(
            """
            SELECT a.id, a.id AS article_id, s.company_id, n.id AS notice_id, l.product_id,
                   n.partner_id, s.workcenter_id, a.operator_id, n.salesperson_id,
                   n.merchandiser_id, %(decided_on)s AS decided_on, %(first)s AS is_first,
                   %(passed)s AS passed, CASE WHEN %(first)s THEN %(passed)s END AS passed_first,
                   EXTRACT(EPOCH FROM a.decided_at - a.sampled_at) / 3600 AS hours
              FROM gendan_first_article a
              JOIN gendan_check_sheet s ON s.id = a.sheet_id
         LEFT JOIN res_company c ON c.id = s.company_id
         LEFT JOIN gendan_production_notice_line l ON l.id = s.notice_line_id
         LEFT JOIN gendan_production_notice n ON n.id = l.notice_id
             WHERE a.decided_at IS NOT NULL
            """, decided_on=self._day("a.decided_at"), first=first, passed=SQL(
                "CASE WHEN a.decision IN ('accepted', 'ended') THEN 100.0 ELSE 0 END"))

    def action_open_notice(self):
        """Open the first article behind a row."""
        self.ensure_one()
        return self._action_show(self.article_id)
