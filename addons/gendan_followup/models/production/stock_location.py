from odoo import fields, models


class StockLocation(models.Model):
    _inherit = "stock.location"

    # read with the location, which core reads anyway: guarding costs no query
    is_trial_hold = fields.Boolean("Trial packs wait here", readonly=True, copy=False)
