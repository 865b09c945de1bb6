from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The tolerances of packaging on the settings page."""

    _inherit = "res.config.settings"

    bag_tolerance = fields.Float(related="company_id.bag_tolerance", readonly=False)
    new_bag_tolerance = fields.Float(related="company_id.new_bag_tolerance", readonly=False)
    carton_tolerance = fields.Float(related="company_id.carton_tolerance")
