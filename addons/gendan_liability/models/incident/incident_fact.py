from markupsafe import Markup

from odoo import fields, models

from .incident_candidate import SIGNS


class IncidentFact(models.Model):
    """What one record says for or against one rule, or that the record is missing.

    Kept in the words of the company, so that the person concerned reads what the panel
    read; the record itself is one tap away.
    """

    _name = "gendan.incident.fact"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Fact"
    _order = "candidate_id, sequence, id"
    _rec_name = "sentence"

    candidate_id = fields.Many2one("gendan.incident.candidate", required=True, readonly=True,
                                   index=True, ondelete="restrict")
    incident_id = fields.Many2one("gendan.incident", required=True, readonly=True, index=True,
                                  ondelete="restrict")
    sequence = fields.Integer(readonly=True)
    verdict = fields.Selection(
        [("supports", "Supports"), ("contradicts", "Contradicts"), ("missing", "Missing")],
        required=True, readonly=True)
    code = fields.Char(required=True, readonly=True)
    sentence = fields.Text(required=True, readonly=True)
    happened_at = fields.Datetime("At", readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    record_label = fields.Char("Record", readonly=True)

    def _as_html(self):
        """Return the fact as one line: sign, sentence, and the record one tap away."""
        self.ensure_one()
        link = Markup()
        if self.res_model and self.res_id:
            link = Markup(' <a href="/odoo/%s/%s">%s</a>') % (
                self.res_model, self.res_id, self.record_label or self.res_model)
        return Markup('<li class="o_incident_fact_%s"><b>%s</b> %s%s</li>') % (
            self.verdict, SIGNS[self.verdict], self.sentence, link)
