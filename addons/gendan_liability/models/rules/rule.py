from odoo import api, fields, models

from ...calc.apportionment import Part, may_lead, principals

FAMILIES = [
    ("salesperson", "Salesperson"), ("merchandiser", "Merchandiser"),
    ("raw_keeper", "Raw-material keeper"), ("packaging_keeper", "Packaging-material keeper"),
    ("operator", "Machine operator"), ("qc", "Quality control"), ("packaging", "Packing"),
    ("duty", "Duty of the merchandiser"), ("outside", "Outside the 28 rules"),
]


class LiabilityRule(models.Model):
    """One of the 28 rules of the text, a duty rule, or "outside" (requirements, section 12)."""

    _name = "gendan.liability.rule"
    _inherit = ["gendan.liability.text.mixin"]
    _description = "Responsibility rule"
    _order = "sequence, id"
    _rec_name = "code"
    _rec_names_search = ["code", "text_zh", "text_en"]

    code = fields.Char("Rule", required=True, readonly=True)
    sequence = fields.Integer(readonly=True)
    family = fields.Selection(FAMILIES, "Of whom the text speaks", required=True, readonly=True)
    text_zh = fields.Text("Wording of the text", required=True, readonly=True)
    text_en = fields.Text("In English", required=True, readonly=True)
    proof_zh = fields.Text("Proof", required=True, readonly=True)
    proof_en = fields.Text("Proof in English", required=True, readonly=True)
    cause_id = fields.Many2one("gendan.incident.cause", "Kind of incident", required=True,
                               readonly=True, index=True, ondelete="restrict")
    basis = fields.Selection(
        [("share", "Share of the loss"), ("panel", "The panel sets the percentage"),
         ("charge", "Flat charge per event"), ("severity", "Amount by severity"),
         ("none", "Nobody is named")],
        required=True, readonly=True, default="share")
    part_ids = fields.One2many("gendan.liability.rule.part", "rule_id", "Roles and shares",
                               readonly=True)
    may_lead = fields.Boolean("Can lead", compute="_compute_may_lead")

    _code = models.Constraint("UNIQUE (code)", "That rule exists already.")

    @api.depends("code", "text_zh")
    def _compute_display_name(self):
        for rule in self:
            text = rule.text_zh or ""
            rule.display_name = f"{rule.code} {text[:24]}{'…' if len(text) > 24 else ''}"

    @api.depends("part_ids.share_code")
    def _compute_may_lead(self):
        for rule in self:
            rule.may_lead = may_lead(rule._parts())

    def _parts(self):
        """Return the roles and share codes of one rule for `calc.apportionment`."""
        self.ensure_one()
        return [Part(part.role, part.share_code) for part in self.sudo().part_ids]

    def _principals(self):
        """Return the roles that one rule names as more than joint."""
        self.ensure_one()
        return principals(self._parts())

    def _conflict(self):
        """Whether these rules name different principals: the panel chooses who leads (L-G2)."""
        leading = self.filtered("may_lead")
        return len({rule._principals() for rule in leading}) > 1

    @api.model
    def _by_code(self, *codes):
        """Return the rules of ``codes``."""
        return self.search([("code", "in", codes)])
