from odoo import fields, models
from odoo.tools import SQL


class ReportLoading(models.Model):
    """装柜: was it counted right at once, and how full was the container (D6.2, D6.4)."""

    _name = "gendan.report.loading"
    _inherit = ["gendan.report.mixin"]
    _description = "Loading"
    _auto = False
    _period = "loaded_on"
    _order = "loaded_on desc, id desc"
    _rec_name = "report_id"

    _rates = {
        "volume_rate": ("volume", "box_volume"),
        "weight_rate": ("weight", "box_payload"),
    }

    report_id = fields.Many2one("gendan.loading.report", "Loading report", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    shipping_id = fields.Many2one("gendan.shipping.notice", "Shipping notice", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    container_type_id = fields.Many2one("gendan.container.type", "Container", readonly=True)
    supervisor_id = fields.Many2one("res.users", "Supervised by", readonly=True)
    salesperson_id = fields.Many2one("res.users", readonly=True)
    loaded_on = fields.Date("Loaded on", readonly=True)
    cartons_asked = fields.Integer("Cartons on the notice", readonly=True)
    cartons = fields.Integer("Cartons loaded", readonly=True)
    rounds = fields.Integer("Counts", readonly=True, aggregator="avg")
    right_first = fields.Float("Counted right at once %", readonly=True, aggregator="avg",
                               digits=(5, 1))
    volume = fields.Float("Loaded m³", readonly=True, digits=(12, 2))
    weight = fields.Float("Loaded kg", readonly=True, digits=(12, 0))
    box_volume = fields.Float("Container m³", readonly=True, digits=(12, 2))
    box_payload = fields.Float("Container kg", readonly=True, digits=(12, 0))
    volume_rate = fields.Float("Volume used %", readonly=True, aggregator="avg", digits=(5, 1))
    weight_rate = fields.Float("Payload used %", readonly=True, aggregator="avg", digits=(5, 1))

    @property
    def _table_query(self):
        """Return one row for each closed report; a truck has no box to fill."""
        return SQL(
            """
            SELECT r.id, r.id AS report_id, r.company_id, r.shipping_id, h.partner_id,
                   h.container_type_id, r.supervisor_id, h.salesperson_id,
                   %(loaded_on)s AS loaded_on, h.cartons AS cartons_asked,
                   r.loaded_cartons AS cartons, COALESCE(rounds.number, 0) AS rounds,
                   CASE WHEN rounds.number = 1 AND r.loaded_cartons = h.cartons
                        THEN 100.0 ELSE 0 END AS right_first,
                   r.loaded_volume AS volume, r.loaded_weight AS weight,
                   t.volume AS box_volume, LEAST(t.payload, cap.payload) AS box_payload,
                   100 * r.loaded_volume / t.volume AS volume_rate,
                   100 * r.loaded_weight / LEAST(t.payload, cap.payload) AS weight_rate
              FROM gendan_loading_report r
         LEFT JOIN res_company c ON c.id = r.company_id
              JOIN gendan_shipping_notice h ON h.id = r.shipping_id
         LEFT JOIN gendan_container_type t ON t.id = h.container_type_id
         LEFT JOIN gendan_container_cap cap ON cap.type_id = t.id AND cap.country_id = h.country_id
         LEFT JOIN (SELECT report_id, MAX(number) AS number FROM gendan_loading_round
                  GROUP BY report_id) rounds ON rounds.report_id = r.id
             WHERE r.state = 'closed'
            """, loaded_on=self._day("r.closed_at"))

    def action_open_notice(self):
        """Open the loading report behind a row."""
        self.ensure_one()
        return self._action_show(self.report_id)
