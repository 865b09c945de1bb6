from odoo import api, fields, models
from odoo.exceptions import UserError


class IncidentMatch(models.Model):
    """A rule that was found to apply, with the reason; one of them leads (L-G2)."""

    _name = "gendan.incident.match"
    _inherit = ["gendan.incident.child.mixin"]
    _description = "Matched rule"
    _order = "incident_id, is_leading desc, id"
    _rec_name = "rule_id"
    _child_states = ("reported", "proposed")

    incident_id = fields.Many2one("gendan.incident", required=True, index=True,
                                  ondelete="restrict")
    rule_id = fields.Many2one("gendan.liability.rule", required=True, index=True,
                              ondelete="restrict")
    text_zh = fields.Text(related="rule_id.text_zh")
    is_leading = fields.Boolean("Leads", help="Fixes the shares; the others only add joint roles.")
    reason = fields.Text("Why it applies", required=True)
    source = fields.Selection([("system", "From the records"), ("person", "By a person")],
                              required=True, readonly=True, default="person")
    matched_by_id = fields.Many2one("res.users", "By", readonly=True, ondelete="restrict")
    matched_at = fields.Datetime("At", readonly=True)

    _once = models.Constraint("UNIQUE (incident_id, rule_id)",
                              "That rule is matched already.")
    _one_leads = models.UniqueIndex("(incident_id) WHERE is_leading",
                                    "One rule leads: take the lead from the other one first.")

    @api.model_create_multi
    def create(self, vals_list):
        """Note who matched the rule and when."""
        stamps = {"matched_by_id": self.env.uid, "matched_at": fields.Datetime.now()}
        if not self.env.su:
            stamps["source"] = "person"
        matches = super().create([{**vals, **stamps} for vals in vals_list])
        matches._after_change()
        return matches

    def write(self, vals):
        """Change reason or lead; who matched the rule stays on record."""
        if not self.env.su and vals.keys() & {"source", "matched_by_id", "matched_at", "rule_id"}:
            raise UserError(self.env._("%s is taken away and matched anew, not rewritten.",
                                       self[:1].display_name))
        result = super().write(vals)
        self._after_change()
        return result

    def unlink(self):
        """Take a rule away; the proposal follows."""
        incidents = self.incident_id
        result = super().unlink()
        self._follow(incidents)
        return result

    def _check_case(self):
        result = super()._check_case()
        if not self.env.su:
            self.incident_id._pass_gate("_gate_work")
        return result

    def _after_change(self):
        if wrong := self.filtered(lambda match: match.is_leading and not (
                match.rule_id.may_lead or match.rule_id.basis == "none")):
            raise UserError(self.env._(
                "%(rule)s names joint parties only and cannot lead: match the rule of the primary "
                "party as well, or name one in the decision.", rule=wrong[0].rule_id.code))
        self._follow(self.incident_id)

    def _follow(self, incidents):
        # the steps of the system propose once, after all their rows
        if not self.env.su:
            incidents._after_matches()

    def action_lead(self):
        """Let this rule lead, and no other."""
        self.ensure_one()
        (self.incident_id.match_ids - self).filtered("is_leading").write({"is_leading": False})
        self.write({"is_leading": True})
        return True
