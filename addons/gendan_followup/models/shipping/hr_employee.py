from odoo import fields, models


class HrEmployee(models.Model):
    """A driver's licence (D8.1)."""

    _inherit = "hr.employee"

    licence_expires = fields.Date("Driving licence valid until", groups="hr.group_hr_user",
                                  tracking=True)
    driver_since = fields.Date(
        groups="hr.group_hr_user", tracking=True,
        help="With less than 15 days in a month there is no score (D11.1).")
