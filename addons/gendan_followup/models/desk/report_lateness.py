from odoo import fields, models
from odoo.tools import SQL

from ..foundation.role import ROLES
from ..order.res_partner import ORDER_KINDS
from .milestone_lead import STEPS


class ReportLateness(models.Model):
    """延误原因: at which step the days were lost, and who had it in hand.

    A step that is late because the one before was late adds nothing: the days count where
    they were lost first.
    """

    _name = "gendan.report.lateness"
    _inherit = ["gendan.report.mixin"]
    _description = "Lateness by cause"
    _auto = False
    _period = "due_date"
    _order = "due_date desc, notice_id, sequence"
    _rec_name = "notice_id"

    company_id = fields.Many2one("res.company", readonly=True)
    notice_id = fields.Many2one("gendan.production.notice", "Production notice", readonly=True)
    kind = fields.Selection(ORDER_KINDS, "Kind of business", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    salesperson_id = fields.Many2one("res.users", readonly=True)
    merchandiser_id = fields.Many2one("res.users", readonly=True)
    due_date = fields.Date("Delivery date", readonly=True)
    code = fields.Selection(STEPS, "Cause (step)", readonly=True)
    sequence = fields.Integer(readonly=True, aggregator=None)
    owner_id = fields.Many2one("res.users", "In whose hands", readonly=True)
    owner_role = fields.Selection("_selection_role", "Role", readonly=True)
    planned = fields.Date(readonly=True)
    done_on = fields.Date("Done on", readonly=True)
    is_open = fields.Boolean("Not done yet", readonly=True)
    days_late = fields.Integer("Days late", readonly=True, aggregator="avg")
    days_added = fields.Integer("Days lost here", readonly=True, aggregator="sum")

    def _selection_role(self):
        return [(role, self.env._(label)) for role, label in ROLES.items()]

    @property
    def _table_query(self):
        """Return one row for each step of a notice that was or is late."""
        head = SQL("company_id, notice_id, kind, partner_id, salesperson_id, merchandiser_id, "
                   "due_date")
        return SQL(
            """
            WITH step AS (
                SELECT m.id, n.company_id, n.id AS notice_id, n.kind, n.partner_id,
                       n.salesperson_id, n.merchandiser_id, n.delivery_date AS due_date, m.code,
                       m.sequence, m.owner_id, m.owner_role, m.planned, m.actual AS done_on,
                       m.actual IS NULL AS is_open,
                       GREATEST(COALESCE(m.actual, CASE
                           WHEN n.state IN ('draft', 'valid', 'released') THEN %(today)s END)
                           - m.planned, 0) AS days_late
                  FROM gendan_milestone m
                  JOIN gendan_production_notice n ON n.id = m.notice_id
             LEFT JOIN res_company c ON c.id = n.company_id
                 WHERE n.state <> 'cancel' AND m.status <> 'none' AND m.planned IS NOT NULL
            ), added AS (
                SELECT step.*, GREATEST(days_late - COALESCE(MAX(days_late) OVER (
                           PARTITION BY %(head)s ORDER BY sequence, id
                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0), 0) AS days_added
                  FROM step)
            SELECT * FROM added WHERE days_late > 0
            """, today=self._today(), head=head)
