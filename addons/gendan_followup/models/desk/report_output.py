from odoo import fields, models
from odoo.tools import SQL


class ReportOutput(models.Model):
    """产量: what each machine has made, in cartons, on which day of the factory (D4.1)."""

    _name = "gendan.report.output"
    _inherit = ["gendan.report.mixin"]
    _description = "Output per machine"
    _auto = False
    _period = "made_on"
    _order = "made_on desc, id desc"
    _rec_name = "notice_id"

    production_id = fields.Many2one("mrp.production", "Manufacturing order", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    notice_id = fields.Many2one("gendan.production.notice", "Production notice", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    workcenter_id = fields.Many2one("mrp.workcenter", "Machine", readonly=True)
    made_on = fields.Date("Made on", readonly=True)
    packs = fields.Float(readonly=True, digits="Product Unit")
    cartons = fields.Float(readonly=True, digits=(12, 0))

    @property
    def _table_query(self):
        """Return one row for each manufacturing order of a notice that is done."""
        return SQL(
            """
            SELECT p.id, p.id AS production_id, p.company_id, p.notice_id, p.product_id,
                   work.workcenter_id, %(day)s AS made_on, p.qty_producing AS packs,
                   p.qty_producing / COALESCE(NULLIF(l.packs_per_carton, 0), 1) AS cartons
              FROM mrp_production p
         LEFT JOIN res_company c ON c.id = p.company_id
         LEFT JOIN gendan_production_notice_line l ON l.id = p.notice_line_id
         LEFT JOIN LATERAL (SELECT w.workcenter_id FROM mrp_workorder w
                             WHERE w.production_id = p.id ORDER BY w.id LIMIT 1) work ON TRUE
             WHERE p.state = 'done' AND p.notice_id IS NOT NULL
            """, day=self._day("p.date_finished"))

    def action_open_notice(self):
        """Open the manufacturing order behind a row."""
        self.ensure_one()
        return self._action_show(self.production_id)
