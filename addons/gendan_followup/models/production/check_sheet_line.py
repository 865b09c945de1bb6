from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import float_compare

from ...calc.text import plain_number

ANSWER = frozenset({"result", "measured_value", "note", "photo", "event_at", "employee_id",
                    "tried_count", "good_count"})
DIGITS = 3


class CheckSheetLine(models.Model):
    """One point of a sheet with its answer, who gave it, and when (X13, X17)."""

    _name = "gendan.check.sheet.line"
    _inherit = ["gendan.photo.mixin", "gendan.person.mixin"]
    _description = "Check sheet point"
    _order = "sheet_id, sequence, id"

    sheet_id = fields.Many2one("gendan.check.sheet", required=True, readonly=True, index=True,
                               ondelete="cascade")
    company_id = fields.Many2one(related="sheet_id.company_id", store=True, precompute=True,
                                 index=True)
    template_line_id = fields.Many2one("gendan.check.template.line", readonly=True,
                                       index="btree_not_null", ondelete="set null")
    sequence = fields.Integer(readonly=True)
    name = fields.Char("Point as written down", required=True, readonly=True)
    expected = fields.Char("Required as written down", readonly=True)
    label = fields.Char("Point", compute="_compute_words")
    requirement = fields.Char("What was ordered", compute="_compute_words")
    is_measured = fields.Boolean("Measured", readonly=True)
    unit = fields.Char(readonly=True)
    has_limits = fields.Boolean(readonly=True)
    limit_low = fields.Float("At least", digits=(16, DIGITS), readonly=True)
    limit_high = fields.Float("At most", digits=(16, DIGITS), readonly=True)
    wants_photo = fields.Boolean(readonly=True)
    result = fields.Selection(
        [("ok", "OK"), ("not_ok", "Not OK"), ("na", "Not applicable"), ("skipped", "Not checked")])
    measured_value = fields.Float(digits=(16, DIGITS))
    note = fields.Char()
    photo = fields.Image(max_width=1600, max_height=1600)
    tried_count = fields.Integer("Tried", help="5 of 5 packs fit: this is the second figure.")
    good_count = fields.Integer("Good")

    _counts = models.Constraint(
        "CHECK (COALESCE(good_count, 0) >= 0 AND COALESCE(good_count, 0) <= "
        "COALESCE(tried_count, 0))",
        "Good ones are counted among those that were tried, and neither is below zero.")

    @api.depends("name", "expected", "template_line_id")
    @api.depends_context("lang")
    def _compute_words(self):
        """Show what was written down when the sheet was opened in the language of the reader.

        A point that its template has reworded since keeps the words of its time.
        """
        # everybody who reads a sheet may know its points; templates are read by few
        points = self.sudo().template_line_id
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        words = {code: {point.id: (point.name, point._choice_labels())
                        for point in points.with_context(lang=code)} for code in languages}
        here = words.get(self.env.lang or "en_US", {})
        for line in self:
            point = line.sudo().template_line_id.id
            known = [of_point[point] for of_point in words.values() if point in of_point]
            name, choices = here.get(point, (line.name, {}))
            line.label = name if line.name in {one for one, _choices in known} else line.name
            key = next((key for _name, labels in known for key, label in labels.items()
                        if label == line.expected), None)
            line.requirement = choices.get(key, line.expected)

    @api.model_create_multi
    def create(self, vals_list):
        """Take over the points of a template, while the sheet is open.

        :raise AccessError: for a point that a user makes up, whatever his rights
        """
        if not self.env.su:
            raise AccessError(self.env._("The points of a sheet come from its template."))
        lines = super().create(vals_list)
        lines._check_photos_open()
        return lines

    def write(self, vals):
        """Take an answer and note who gave it; the point itself stays as it is.

        :raise UserError: when the sheet is closed, the point would change, the check is
            not the user's duty, or the result contradicts the measured value
        """
        if not vals:
            return True
        self._check_photos_open()
        foreign = vals.keys() - ANSWER
        if foreign:
            raise UserError(self.env._(
                "%(sheet)s: %(fields)s of a point stay as they are; only the answer is entered.",
                sheet=self[:1].sudo().sheet_id.name,
                fields=", ".join(self._fields[name]._description_string(self.env)
                                 for name in sorted(foreign))))
        if not self.env.su:
            self.sheet_id._check_recorder()
        for line in self:
            super(CheckSheetLine, line).write({
                **vals, **line._prepare_person(vals), **line._prepare_judgement(vals)})
        return True

    def _prepare_judgement(self, vals):
        """Return the result that follows from a measured value, unless one was given.

        :raise UserError: when “OK” is said of a value outside its limits
        """
        if "tried_count" in vals and "result" not in vals:
            good, tried = vals.get("good_count", self.good_count), vals["tried_count"]
            return {"result": ("ok" if good == tried else "not_ok") if tried else False}
        if not self.has_limits or not vals.keys() & {"measured_value", "result"}:
            return {}
        value = vals.get("measured_value", self.measured_value)
        within = (float_compare(value, self.limit_low, precision_digits=DIGITS) >= 0
                  and float_compare(value, self.limit_high, precision_digits=DIGITS) <= 0)
        if "result" not in vals:
            return {"result": "ok" if within else "not_ok"}
        if vals["result"] == "ok" and not within:
            raise UserError(self.env._(
                "%(sheet)s, %(point)s: %(value)s %(unit)s is outside %(low)s–%(high)s, so it is "
                "not OK.", sheet=self.sheet_id.name, point=self.label, value=plain_number(value),
                unit=self.unit or "", low=plain_number(self.limit_low),
                high=plain_number(self.limit_high)))
        return {}

    def _phone_point(self):
        """Return this point as the phone page shows it."""
        has_photo = bool(self.with_context(bin_size=True).photo)
        return {
            "id": self.id, "name": self.label, "expected": self.requirement or "",
            "measured": self.is_measured, "unit": self.unit or "",
            "limits": self.has_limits and "–".join(map(
                plain_number, (self.limit_low, self.limit_high))),
            "wants_photo": self.wants_photo, "result": self.result or "",
            # 5 of 5 packs fit: counted where things are tried
            "counts": self.sheet_id.kind == "bag_fit" and not self.is_measured,
            "tried": self.tried_count, "good": self.good_count,
            "value": self.measured_value, "note": self.note or "",
            "has_photo": has_photo,
            "photo_url": has_photo and f"/web/image/{self._name}/{self.id}/photo",
            "person": self.employee_id.sudo().name or "",
        }

    @api.ondelete(at_uninstall=False)
    def _check_photos_open(self):
        """Refuse to touch the points of a sheet that is closed, photos included (X5)."""
        for sheet in self.sudo().sheet_id:
            if sheet._is_final():
                raise UserError(sheet._locked_message())

    def copy_data(self, default=None):
        """Refuse: an answer is given, not copied."""
        raise UserError(self.env._("The points of a check sheet are not copied."))
