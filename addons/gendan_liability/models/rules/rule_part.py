from odoo import api, fields, models

from odoo.addons.gendan_followup.models.foundation.role import ROLES

SHARE_CODES = [
    ("full", "Full 全责"), ("primary", "Primary 主要"), ("joint", "Joint 连带"),
    ("half", "Half and half 对半"), ("unspecified", "No word of share"),
    ("panel", "Set by the panel"),
]


def role_selection(records):
    """Return the sixteen roles as a selection, in the user's language."""
    return [(key, records.env._(label)) for key, label in ROLES.items()]


class LiabilityRulePart(models.Model):
    """A role in a rule, and the word that the text uses for its share."""

    _name = "gendan.liability.rule.part"
    _inherit = ["gendan.liability.text.mixin"]
    _description = "Role in a rule"
    _order = "rule_id, sequence, id"
    _rec_name = "role"

    rule_id = fields.Many2one("gendan.liability.rule", required=True, readonly=True, index=True,
                              ondelete="cascade")
    sequence = fields.Integer(readonly=True, help="The first one is the leading party.")
    role = fields.Selection(role_selection, required=True, readonly=True)
    share_code = fields.Selection(SHARE_CODES, "Share", required=True, readonly=True)

    @api.depends_context("lang")
    @api.depends("role", "share_code")
    def _compute_display_name(self):
        for part in self:
            part.display_name = " ".join(
                dict(part._fields[name]._description_selection(self.env)).get(part[name], "")
                for name in ("role", "share_code"))

    _one_role = models.Constraint("UNIQUE (rule_id, role)", "A rule names each role once.")
