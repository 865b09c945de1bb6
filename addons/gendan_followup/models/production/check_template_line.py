from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..foundation.spec_mixin import SPEC_FIELDS

JUDGEMENTS = [
    ("eye", "By eye"),
    ("measure", "Measured"),
    ("limits", "Measured, within limits"),
    ("spec", "Measured, against the specification"),
]
NUMERIC_SPEC = ("size_width", "size_length", "gsm", "pieces_per_pack", "packs_per_carton",
                "shelf_life_months")


class CheckTemplateLine(models.Model):
    """One point of a check: what to look at, and against what."""

    _name = "gendan.check.template.line"
    _description = "Check point"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one("gendan.check.template", required=True, index=True,
                                  ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char("Point", required=True, translate=True)
    spec_field = fields.Selection(
        "_selection_spec_field", "Specification",
        help="Shows beside the point what the notice, or the material, asks for.")
    judged_by = fields.Selection(JUDGEMENTS, required=True, default="eye")
    unit = fields.Char(translate=True, help="Of the measured value and its limits, e.g. mm.")
    limit_low = fields.Float("At least", digits=(16, 3))
    limit_high = fields.Float("At most", digits=(16, 3))
    deviation = fields.Float("±", digits=(16, 3), help="Around the specified value.")
    wants_photo = fields.Boolean("Photo")

    _limits = models.Constraint("CHECK (judged_by <> 'limits' OR limit_low <= limit_high)",
                                "The lower limit is above the upper one.")
    _deviation = models.Constraint("CHECK (deviation IS NULL OR deviation >= 0)",
                                   "A deviation is given without sign.")

    @api.model
    def _selection_spec_field(self):
        spec = self.env["gendan.spec.mixin"]
        return [(name, spec._spec_label(name)) for name in SPEC_FIELDS]

    @api.constrains("judged_by", "spec_field")
    def _check_measurable(self):
        for line in self:
            if line.judged_by == "spec" and line.spec_field not in NUMERIC_SPEC:
                raise ValidationError(self.env._(
                    "%s is measured against the specification: choose a field that is a number.",
                    line.name))

    def _choice_labels(self):
        """Return ``{key: word}`` of a specification that is a choice, else nothing."""
        field = self.env["gendan.spec.mixin"]._fields.get(self.spec_field)
        if field is None or field.type != "selection":
            return {}
        return dict(field._description_selection(self.env))

    def _prepare_sheet_line(self, spec):
        """Return the values of this point on a sheet.

        :param spec: record with the specification that the point is held against, or empty
        """
        self.ensure_one()
        expected = spec and self.spec_field and spec._spec_text(self.spec_field)
        return {
            "template_line_id": self.id,
            "sequence": self.sequence,
            "name": self.name,
            "expected": expected,
            "is_measured": self.judged_by != "eye",
            "unit": self.unit,
            "wants_photo": self.wants_photo,
            **self._prepare_limits(spec),
        }

    def _prepare_limits(self, spec):
        if self.judged_by == "limits":
            low, high = self.limit_low, self.limit_high
        elif self.judged_by == "spec" and spec and spec[self.spec_field]:
            middle = spec[self.spec_field]
            low, high = middle - self.deviation, middle + self.deviation
        else:
            return {"has_limits": False}
        return {"has_limits": True, "limit_low": low, "limit_high": high}
