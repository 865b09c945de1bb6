from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    recovery_region_id = fields.Many2one(
        "res.country.state", "Region of the wage rules", ondelete="restrict",
        help="Decides which recovery rule applies; without one a decided amount is a figure of "
        "the appraisal and nothing else.")
