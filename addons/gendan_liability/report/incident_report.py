from odoo import fields, models
from odoo.tools import SQL

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
    role = fields.Selection(
        lambda self: [*role_selection(self), ("nobody", self.env._("Nobody bears it"))],
        readonly=True)
    employee_id = fields.Many2one("hr.employee", "Person", readonly=True)
    percent = fields.Float("%", readonly=True, aggregator="avg")
    loss_part = fields.Monetary("Loss", readonly=True, groups=AMOUNTS)
    amount = fields.Monetary("Amount decided", readonly=True, groups=AMOUNTS)
    is_decided = fields.Boolean("Decided", readonly=True)
    same_before = fields.Integer("Same within 90 days", readonly=True, aggregator="max")
    is_repeat = fields.Boolean("Repeat", readonly=True)

    @property
    def _table_query(self):
        # no aggregate and no window in here: what they would say is kept on the case
        case = SQL("""
            i.id AS incident_id, i.company_id, i.event_at, i.state, i.origin, i.discovered_in,
            i.cause_id, i.ruled_by_id AS rule_id, i.product_id, i.partner_id,
            i.decision_id IS NOT NULL AS is_decided, COALESCE(i.same_before, 0) AS same_before,
            COALESCE(i.same_before, 0) > 0 AS is_repeat""")
        return SQL("""
            SELECT part.*, c.currency_id, r.family FROM (
                SELECT l.id * 3 AS id, l.role, l.employee_id, l.percent,
                       CASE WHEN l.employee_id IS NULL THEN 0 ELSE l.share_amount END
                       AS loss_part, l.amount, %(case)s
                  FROM gendan_incident_decision_line l
                  JOIN gendan_incident i ON i.decision_id = l.decision_id
                 WHERE i.state <> 'cancel'
                UNION ALL
                SELECT s.id * 3 + 1, s.role, s.employee_id, s.percent,
                       CASE WHEN s.employee_id IS NULL THEN 0 ELSE s.amount END, 0, %(case)s
                  FROM gendan_incident_share s
                  JOIN gendan_incident i ON i.id = s.incident_id AND i.decision_id IS NULL
                 WHERE i.state <> 'cancel'
                UNION ALL
                SELECT i.id * 3 + 2, 'nobody', NULL, i.rest_percent, i.rest_amount, 0, %(case)s
                  FROM gendan_incident i
                 WHERE i.state <> 'cancel' AND (i.rest_amount > 0 OR i.rest_percent >= 100)
                   ) part
              LEFT JOIN res_company c ON c.id = part.company_id
              LEFT JOIN gendan_liability_rule r ON r.id = part.rule_id
        """, case=case)
