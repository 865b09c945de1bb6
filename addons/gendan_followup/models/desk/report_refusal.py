from odoo import fields, models
from odoo.tools import SQL

# the subject of a gate, as people name it; a gate's own name is for programmers
SUBJECTS = [
    ("need", "Buying above the limit"),
    ("purchase", "Buying packaging before it is settled"),
    ("notice", "Release or work without a valid notice"),
    ("revision", "Signing, verifying or changing a signed order"),
    ("order", "Changing or confirming an order past its signatures"),
    ("production", "Producing without release or first article"),
    ("first_article", "Deciding on a first article"),
    ("shipping", "Shipping notice without right or in haste"),
    ("slip", "Goods-issue slip"),
    ("picking", "Goods out without papers"),
    ("receipt", "Receiving more than was ordered"),
    ("loading", "Closing a loading report too early"),
    ("dispatch", "Dispatch of trucks"),
    ("plate", "Plates and artwork"),
    ("carton", "Carton specification"),
    ("packaging", "Status of packaging"),
    ("sample", "Samples"),
    ("plan", "Plan"),
    ("appraisal", "Driver appraisal"),
    ("incident", "Incidents"),
    ("badge", "Shared device without a badge"),
    ("other", "Something else"),
]
ALIASES = {
    "week_plan": "plan", "plan_revision": "plan", "day_plan": "plan", "supplement": "packaging",
    "over_limit": "packaging", "issue": "packaging", "component": "production", "lot": "picking",
    "rework": "loading", "driver": "appraisal", "device": "badge", "recovery": "incident",
    "liability": "incident", "capability": "plan", "deviation": "first_article",
}


class ReportRefusal(models.Model):
    """被系统拦下的操作: what was tried and refused, by whom, with the words he read (X5)."""

    _name = "gendan.report.refusal"
    _inherit = ["gendan.report.mixin"]
    _description = "Refused attempts by subject"
    _auto = False
    _period = "occurred_on"
    _order = "occurred_on desc, id desc"
    _rec_name = "document"

    company_id = fields.Many2one("res.company", readonly=True)
    user_id = fields.Many2one("res.users", readonly=True)
    occurred_on = fields.Date("Date", readonly=True)
    subject = fields.Selection(SUBJECTS, "What was tried", readonly=True)
    document = fields.Char(readonly=True)
    message = fields.Text("What he read", readonly=True)
    attempts = fields.Integer(readonly=True)

    @property
    def _table_query(self):
        """Return one row for each refused attempt that still belongs to a company."""
        subjects = {key: key for key, _label in SUBJECTS} | ALIASES
        return SQL(
            """
            SELECT a.id, c.id AS company_id, u.id AS user_id, %(day)s AS occurred_on,
                   COALESCE(s.subject, 'other') AS subject, a.document, a.message, 1 AS attempts
              FROM gendan_audit a
              JOIN res_company c ON c.id = a.company_id_int
         LEFT JOIN res_users u ON u.id = a.user_id_int
         LEFT JOIN (VALUES %(subjects)s) s (gate, subject) ON s.gate = split_part(a.gate, '.', 1)
             WHERE a.kind = 'refused'
            """, day=self._day("a.occurred_at"),
            subjects=SQL(", ").join(SQL("(%s, %s)", *pair) for pair in subjects.items()))

    def action_open_notice(self):
        """Open the entry of the log behind a row."""
        self.ensure_one()
        return self._action_show(self.env["gendan.audit"].browse(self.id))
