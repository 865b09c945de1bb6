from odoo import api, fields, models
from odoo.tools import ormcache

from ..foundation.forgetting import forget_cached
from ..foundation.gate_mixin import Gate

CHECK_KINDS = [
    ("incoming_raw", "Incoming raw material"),
    ("incoming_packaging", "Incoming packaging"),
    ("issue_recheck", "Re-check of issued material"),
    ("start_check", "Machine start check"),
    ("bag_fit", "Bag and carton fit"),
    ("coding", "Coding"),
    ("piece_count", "Piece count"),
    ("sorting", "Sorting"),
    ("first_article", "First article"),
]
# what is looked at is a material, so its own specification is the measure, not the notice's
MATERIAL_KINDS = ("incoming_raw", "incoming_packaging", "issue_recheck")
# whose duty a check is: section 12 of the text holds these people to account for it
CHECK_ROLES = {
    "incoming_raw": ("raw_keeper", "qc"),
    "incoming_packaging": ("packaging_keeper", "packaging", "qc"),
    "issue_recheck": ("operator", "qc"),
    "start_check": ("operator", "production", "qc"),
    "bag_fit": ("operator", "qc"),
    "coding": ("packaging_keeper", "packaging", "qc"),
    "piece_count": ("packaging", "qc"),
    "sorting": ("packaging", "qc"),
    "first_article": ("merchandiser", "production", "qc"),
}


class CheckTemplate(models.Model):
    """Which points a kind of check looks at; a sheet takes them over as they are then.

    A check is a record, not a wall (X13): whether it blocks is a setting here, off at
    first, and who switched it is on record.
    """

    _name = "gendan.check.template"
    _description = "Check template"
    _order = "kind, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(CHECK_KINDS, required=True, index=True)
    company_id = fields.Many2one("res.company", index="btree_not_null",
                                 help="Empty: for all companies.")
    blocking = fields.Boolean(
        default=False, help="Off: a missing or failed check is shown in red and goes on record. "
        "On: it also stops what follows (X13).")
    sample_size = fields.Integer(
        default=1, help="How many pieces are looked at; one check per delivery lot, not per roll.")
    line_ids = fields.One2many("gendan.check.template.line", "template_id", "Points", copy=True)

    _sample = models.Constraint("CHECK (sample_size >= 0)", "A sample cannot be below zero.")

    @api.model
    def _template_of(self, kind, company):
        """Return the first template of ``kind``, the company's own before the common one."""
        return self.search([("kind", "=", kind), ("company_id", "in", (company.id, False))],
                           order="company_id, sequence, id", limit=1)

    @api.model
    @ormcache("company_id")
    def _blocking_kinds(self, company_id):
        """Return the kinds of check that stop what follows in this company: every start asks."""
        company = self.env["res.company"].browse(company_id)
        # a first article stops everything anyway, by its own gate (D5.4)
        return frozenset(
            kind for kind, _label in CHECK_KINDS
            if kind != "first_article" and self.sudo()._template_of(kind, company).blocking)

    @api.model_create_multi
    def create(self, vals_list):
        """A company's own template comes before the common one."""
        templates = super().create(vals_list)
        forget_cached(self.env)
        return templates

    def unlink(self):
        """Leave it to the next template of the kind whether it blocks."""
        result = super().unlink()
        forget_cached(self.env)
        return result

    def write(self, vals):
        """Log who made a check block, or stopped it from blocking (X13)."""
        switched = self.browse()
        if "blocking" in vals:
            switched = self.filtered(lambda t: t.blocking != bool(vals["blocking"]))
        result = super().write(vals)
        forget_cached(self.env)
        for template in switched:
            self.env["gendan.audit"]._note(
                "setting", Gate("check.blocking", "X13"), template,
                self.env._("%s blocks from now on", template.name) if template.blocking
                else self.env._("%s blocks no more", template.name))
        return result
