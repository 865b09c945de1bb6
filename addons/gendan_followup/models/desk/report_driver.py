from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.tools import SQL


class ReportDriver(models.Model):
    """司机排名: the month's score beside what his trips say (D11.1–D11.3)."""

    _name = "gendan.report.driver"
    _inherit = ["gendan.report.mixin"]
    _description = "Drivers"
    _auto = False
    _period = "month"
    _order = "month desc, rank, id"
    _rec_name = "driver_id"

    _rates = {"punctual_rate": ("stops_in_time", "stops")}

    company_id = fields.Many2one("res.company", readonly=True)
    driver_id = fields.Many2one("hr.employee", readonly=True)
    month = fields.Date(readonly=True)
    appraisal_id = fields.Many2one("gendan.driver.appraisal", readonly=True)
    score = fields.Integer(readonly=True, aggregator="avg")
    rank = fields.Integer(readonly=True, aggregator="avg")
    trips = fields.Integer(readonly=True)
    distance = fields.Integer("km", readonly=True)
    stops = fields.Integer("Arrivals", readonly=True)
    stops_in_time = fields.Integer("Arrivals in time", readonly=True)
    punctual_rate = fields.Float("Arrived in time %", readonly=True, aggregator="avg",
                                 digits=(5, 1))
    deductions = fields.Integer("Points off", readonly=True)

    @property
    def _table_query(self):
        """Return one row for each driver and month with a trip or an appraisal in force."""
        return SQL(
            """
            WITH sheet AS (
                SELECT DISTINCT ON (company_id, driver_id, month)
                       id, company_id, driver_id, month,
                       CASE WHEN is_scored THEN score END AS score
                  FROM gendan_driver_appraisal WHERE state <> 'revised'
              ORDER BY company_id, driver_id, month, version DESC, id DESC
            ), trip AS (
                SELECT d.company_id, d.driver_id, date_trunc('month', d.day)::date AS month,
                       COUNT(*) AS trips, SUM(d.distance) AS distance, SUM(stop.stops) AS stops,
                       SUM(stop.in_time) AS stops_in_time
                  FROM gendan_dispatch d
             LEFT JOIN (SELECT dispatch_id, COUNT(*) AS stops,
                               COUNT(*) FILTER (WHERE COALESCE(late_minutes, 0) <= 0) AS in_time
                          FROM gendan_dispatch_stop WHERE arrived_at IS NOT NULL
                      GROUP BY dispatch_id) stop ON stop.dispatch_id = d.id
                 WHERE d.driver_id IS NOT NULL AND d.departed_at IS NOT NULL
              GROUP BY d.company_id, d.driver_id, date_trunc('month', d.day)
            ), taken AS (
                SELECT appraisal_id, SUM(points) AS points
                  FROM gendan_driver_appraisal_line GROUP BY appraisal_id
            ), joined AS (
                SELECT COALESCE(sheet.company_id, trip.company_id) AS company_id,
                       COALESCE(sheet.driver_id, trip.driver_id) AS driver_id,
                       COALESCE(sheet.month, trip.month) AS month, sheet.id AS appraisal_id,
                       sheet.score, trips, distance, stops, stops_in_time, taken.points
                  FROM sheet
             FULL JOIN trip ON trip.company_id = sheet.company_id
                           AND trip.driver_id = sheet.driver_id AND trip.month = sheet.month
             LEFT JOIN taken ON taken.appraisal_id = sheet.id)
            SELECT driver_id::bigint * 65536 + EXTRACT(YEAR FROM month)::int * 12
                       + EXTRACT(MONTH FROM month)::int AS id,
                   company_id, driver_id, month, appraisal_id, score,
                   CASE WHEN score IS NOT NULL THEN RANK() OVER (
                       PARTITION BY company_id, month ORDER BY score DESC NULLS LAST) END AS rank,
                   COALESCE(trips, 0) AS trips, COALESCE(distance, 0) AS distance,
                   COALESCE(stops, 0) AS stops, COALESCE(stops_in_time, 0) AS stops_in_time,
                   100.0 * stops_in_time / NULLIF(stops, 0) AS punctual_rate,
                   COALESCE(points, 0) AS deductions
              FROM joined
            """)

    def action_open_notice(self):
        """Open the appraisal behind a row; the trips of a month that has none yet."""
        self.ensure_one()
        if self.appraisal_id:
            return self._action_show(self.appraisal_id)
        return {"type": "ir.actions.act_window", "res_model": "gendan.dispatch",
                "name": self.env._("Trips"), "views": [(False, "list"), (False, "form")],
                "domain": [("driver_id", "=", self.driver_id.id), ("departed_at", "!=", False),
                           ("day", ">=", self.month),
                           ("day", "<", self.month + relativedelta(months=1))]}
