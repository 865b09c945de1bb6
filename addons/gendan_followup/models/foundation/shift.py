from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .role import ROLES


class Shift(models.Model):
    """Who did which job, where, from when to when: "who was it then" (L-G3)."""

    _name = "gendan.shift"
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

    def write(self, vals):
        """A shift that is over stays as it was.

        :raise ValidationError: when one of the shifts has ended
        """
        self._check_not_over()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _check_not_over(self):
        over = self.filtered(lambda shift: shift.date_to <= fields.Datetime.now())
        if over:
            raise ValidationError(self.env._(
                "The shift of %(person)s is over and shows who was on duty: it is not changed.",
                person=over[0].employee_id.name))
