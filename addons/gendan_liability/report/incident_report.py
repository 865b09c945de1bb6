from odoo import fields, models

from ..models.incident.incident import AMOUNTS
from ..models.rules.rule import FAMILIES
from ..models.rules.rule_part import role_selection


class IncidentReport(models.Model):
    """Incidents by rule, role, person, product and month; repeats; what bad quality costs.

    One row a person of a case (of the decision in force, else of the proposal), and one for
    what nobody bears, so that the parts of the loss add up to the loss (L-G10).
    """

    _name = "gendan.incident.report"
    _description = "Incident analysis"
    _auto = False
    _rec_name = "incident_id"
    _order = "event_at desc, id desc"

    incident_id = fields.Many2one("gendan.incident", readonly=True,
                                  aggregator="count_distinct")
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    event_at = fields.Datetime("Fault at", readonly=True)
    state = fields.Selection(
        lambda self: self.env["gendan.incident"]._fields["state"]._description_selection(
            self.env), readonly=True)
    origin = fields.Selection(
        lambda self: self.env["gendan.incident"]._fields["origin"]._description_selection(
            self.env), "Came from", readonly=True)
    discovered_in = fields.Selection(
        [("yard", "In our house"), ("customer", "By the customer")], "Discovered", readonly=True)
    cause_id = fields.Many2one("gendan.incident.cause", "Kind", readonly=True)
    rule_id = fields.Many2one("gendan.liability.rule", "Leading rule", readonly=True)
    family = fields.Selection(FAMILIES, "Of whom the text speaks", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    role = fields.Selection(role_selection, readonly=True)
    employee_id = fields.Many2one("hr.employee", "Person", readonly=True)
    percent = fields.Float("%", readonly=True, aggregator="avg")
    loss_part = fields.Monetary("Loss", readonly=True, groups=AMOUNTS)
    amount = fields.Monetary("Amount decided", readonly=True, groups=AMOUNTS)
    is_decided = fields.Boolean("Decided", readonly=True)
    same_before = fields.Integer("Same within 90 days", readonly=True, aggregator="max")
    is_repeat = fields.Boolean("Repeat", readonly=True)

    @property
    def _table_query(self):
        return """
            WITH line AS (
                SELECT l.incident_id, l.id * 3 AS id, l.role, l.employee_id, l.percent,
                       CASE WHEN l.employee_id IS NULL THEN 0 ELSE l.share_amount END
                       AS loss_part, l.amount
                  FROM gendan_incident_decision_line l
                  JOIN gendan_incident i ON i.decision_id = l.decision_id
                UNION ALL
                SELECT s.incident_id, s.id * 3 + 1, s.role, s.employee_id, s.percent, s.amount, 0
                  FROM gendan_incident_share s
                  JOIN gendan_incident i ON i.id = s.incident_id AND i.decision_id IS NULL
            ), part AS (
                SELECT * FROM line
                UNION ALL
                SELECT i.id, i.id * 3 + 2, NULL, NULL,
                       100 - COALESCE(SUM(line.percent)
                                      FILTER (WHERE line.employee_id IS NOT NULL), 0),
                       COALESCE(d.loss, i.loss) - COALESCE(SUM(line.loss_part), 0), 0
                  FROM gendan_incident i
                  LEFT JOIN gendan_incident_decision d ON d.id = i.decision_id
                  LEFT JOIN line ON line.incident_id = i.id
              GROUP BY i.id, d.id
                HAVING COALESCE(d.loss, i.loss) > COALESCE(SUM(line.loss_part), 0)
                    OR COUNT(line.id) = 0
            ), event AS (
                SELECT id, COUNT(*) OVER (
                           PARTITION BY company_id, cause_id, product_id ORDER BY event_at
                           RANGE BETWEEN INTERVAL '90 days' PRECEDING AND CURRENT ROW) - 1
                       AS same_before
                  FROM gendan_incident
                 WHERE event_at IS NOT NULL AND cause_id IS NOT NULL AND state <> 'cancel'
            )
            SELECT part.id, i.id AS incident_id, i.company_id, c.currency_id, i.event_at, i.state,
                   i.origin, i.discovered_in, i.cause_id,
                   COALESCE(d.leading_rule_id, i.leading_rule_id) AS rule_id, r.family,
                   i.product_id, i.partner_id, part.role, part.employee_id, part.percent,
                   part.loss_part, part.amount, i.decision_id IS NOT NULL AS is_decided,
                   COALESCE(event.same_before, 0) AS same_before,
                   COALESCE(event.same_before, 0) > 0 AS is_repeat
              FROM part
              JOIN gendan_incident i ON i.id = part.incident_id
              JOIN res_company c ON c.id = i.company_id
              LEFT JOIN gendan_incident_decision d ON d.id = i.decision_id
              LEFT JOIN gendan_liability_rule r
                ON r.id = COALESCE(d.leading_rule_id, i.leading_rule_id)
              LEFT JOIN event ON event.id = i.id
             WHERE i.state <> 'cancel'
        """
