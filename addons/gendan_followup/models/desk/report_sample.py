from odoo import fields, models
from odoo.tools import SQL


class ReportSample(models.Model):
    """样品周期: how long a sample took, and whether it came by the day it was wanted (D9.4)."""

    _name = "gendan.report.sample"
    _inherit = ["gendan.report.mixin"]
    _description = "Lead time of samples"
    _auto = False
    _period = "received_on"
    _order = "received_on desc, id desc"
    _rec_name = "request_id"

    request_id = fields.Many2one("gendan.sample.request", "Sample request", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    showroom_id = fields.Many2one("gendan.showroom", readonly=True)
    merchandiser_id = fields.Many2one("res.users", readonly=True)
    requested_by_id = fields.Many2one("res.users", "Asked by", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    source = fields.Selection([("stock", "From stock"), ("run", "Sample run")], readonly=True)
    requested_on = fields.Date("Asked on", readonly=True)
    wanted_date = fields.Date("Wanted on", readonly=True)
    received_on = fields.Date("Received on", readonly=True)
    pieces = fields.Integer("Pieces received", readonly=True)
    days = fields.Integer("Lead time (days)", readonly=True, aggregator="avg")
    in_time = fields.Float("By the day wanted %", readonly=True, aggregator="avg", digits=(5, 1))

    @property
    def _table_query(self):
        """Return one row for each request that the showroom has signed for."""
        return SQL(
            """
            SELECT r.id, r.id AS request_id, r.company_id, r.showroom_id, r.merchandiser_id,
                   r.requested_by_id, r.product_id, r.source, r.requested_on, r.wanted_date,
                   r.received_on, r.received_quantity AS pieces, r.lead_days AS days,
                   CASE WHEN r.received_on <= r.wanted_date THEN 100.0 ELSE 0 END AS in_time
              FROM gendan_sample_request r
             WHERE r.state = 'received'
            """)

    def action_open_notice(self):
        """Open the request behind a row."""
        self.ensure_one()
        return self._action_show(self.request_id)
