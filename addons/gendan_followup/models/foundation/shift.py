from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .role import ROLES

STAMPS = {"recorded_by_id", "recorded_at", "is_late"}


class Shift(models.Model):
    """Who did which job, where, from when to when: "who was it then" (L-G3)."""

    _name = "gendan.shift"
    _inherit = ["gendan.reckoned.mixin"]
    _description = "Shift"
    _order = "date_from desc, id desc"
    _rec_name = "employee_id"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True)
    employee_id = fields.Many2one(
        "hr.employee", required=True, index=True, ondelete="restrict", check_company=True)
    role = fields.Selection(
        lambda self: [(key, str(label)) for key, label in ROLES.items()], required=True, index=True)
    workcenter_id = fields.Many2one("mrp.workcenter", "Machine", index=True, check_company=True)
    date_from = fields.Datetime("From", required=True, default=fields.Datetime.now)
    date_to = fields.Datetime("To", required=True)
    recorded_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    recorded_at = fields.Datetime(readonly=True, copy=False)
    is_late = fields.Boolean("Noted afterwards", readonly=True, copy=False)

    _period = models.Constraint("CHECK (date_to > date_from)", "A shift ends after it starts.")

    @api.model
    def _on_duty(self, role, at, workcenter=None):
        """Return the employees who had ``role`` at a moment, at a machine if one is given.

        :param datetime at: naive UTC
        """
        domain = (Domain("role", "=", role) & Domain("date_from", "<=", at)
                  & Domain("date_to", ">", at) & Domain("company_id", "=", self.env.company.id))
        if workcenter:
            domain &= Domain("workcenter_id", "in", [False, *workcenter.ids])
        return self.search(domain).employee_id

    @api.model_create_multi
    def create(self, vals_list):
        """Stamp who noted it and when: what is noted afterwards is seen to be late (X17)."""
        now = fields.Datetime.now()
        return super().create([{
            **vals, "recorded_by_id": self.env.uid, "recorded_at": now,
            "is_late": bool(vals.get("date_from"))
            and fields.Datetime.to_datetime(vals["date_from"]) < now,
        } for vals in vals_list])

    def write(self, vals):
        """A shift that has begun is only ended or prolonged; one that is over stays as it was.

        :raise ValidationError: on any other change
        """
        now = fields.Datetime.now()
        date_to = fields.Datetime.to_datetime(vals.get("date_to"))
        self._check_not_over()
        if vals.keys() & STAMPS:
            raise ValidationError(
                self.env._("Who noted a shift, and when, is the server's to say.")
            )
        for shift in self.filtered(lambda shift: shift.date_from <= now):
            if vals.keys() - {"date_to"} or date_to and date_to < now:
                raise ValidationError(self.env._(
                    "The shift of %(person)s has begun and shows who is on duty: end it and "
                    "note another one.", person=shift.employee_id.name))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_to_come(self):
        if any(shift.date_from <= fields.Datetime.now() for shift in self):
            raise ValidationError(self.env._(
                "The shift of %(person)s has begun and is kept.", person=self[0].employee_id.name))

    def _check_not_over(self):
        over = self.filtered(lambda shift: shift.date_to <= fields.Datetime.now())
        if over:
            raise ValidationError(self.env._(
                "The shift of %(person)s is over and shows who was on duty: it is not changed.",
                person=over[0].employee_id.name))
