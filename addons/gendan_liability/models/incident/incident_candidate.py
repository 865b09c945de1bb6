from markupsafe import Markup

from odoo import api, fields, models

SIGNS = {"supports": "✔", "contradicts": "✖", "missing": "?"}


class IncidentCandidate(models.Model):
    """How the records stand towards one rule, as found by one tracing (L-G1).

    Every tracing adds its rows; the rows of an earlier one stay as they were.
    """

    _name = "gendan.incident.candidate"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Candidate rule"
    _order = "incident_id, trace desc, rank, id"
    _rec_name = "rule_id"

    incident_id = fields.Many2one("gendan.incident", required=True, readonly=True, index=True,
                                  ondelete="restrict")
    trace = fields.Integer("Tracing", required=True, readonly=True)
    rank = fields.Integer(required=True, readonly=True)
    rule_id = fields.Many2one("gendan.liability.rule", required=True, readonly=True,
                              ondelete="restrict")
    rule_code = fields.Char(related="rule_id.code", string="Rule code")
    text_zh = fields.Text(related="rule_id.text_zh")
    standing = fields.Selection(
        [("likely", "The records support it"), ("disputed", "Records for and against"),
         ("open", "Nothing on record"), ("unlikely", "The records speak against it")],
        required=True, readonly=True)
    score = fields.Integer(readonly=True)
    reason = fields.Text(readonly=True)
    persons = fields.Json(readonly=True, help="Whom the records themselves name, by role.")
    fact_ids = fields.One2many("gendan.incident.fact", "candidate_id", "Facts", readonly=True)
    facts_html = fields.Html(compute="_compute_facts_html", sanitize=False)
    can_match = fields.Boolean(compute="_compute_can_match")

    @api.depends("fact_ids")
    @api.depends_context("lang")
    def _compute_facts_html(self):
        for candidate in self:
            candidate.facts_html = Markup("<ul class='o_incident_facts'>%s</ul>") % Markup().join(
                fact._as_html() for fact in candidate.fact_ids)

    @api.depends_context("uid")
    @api.depends("incident_id.match_ids.rule_id", "incident_id.can_work")
    def _compute_can_match(self):
        for candidate in self:
            candidate.can_match = candidate.incident_id.can_work and (
                candidate.rule_id not in candidate.incident_id.match_ids.rule_id)

    def action_match(self):
        """Match this rule, with what the records say as the reason."""
        self.ensure_one()
        self.env["gendan.incident.match"].create({
            "incident_id": self.incident_id.id, "rule_id": self.rule_id.id,
            "reason": self.reason or self.env._("Nothing on record; see the case."),
        })
        return True
