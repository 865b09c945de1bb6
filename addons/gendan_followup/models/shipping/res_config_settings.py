from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    shipping_soft_hour = fields.Float(related="company_id.shipping_soft_hour", readonly=False)
    shipping_remind_hour = fields.Float(related="company_id.shipping_remind_hour", readonly=False)
    preload_hour = fields.Float(related="company_id.preload_hour", readonly=False)
    shipping_copy_labels = fields.Text(related="company_id.shipping_copy_labels", readonly=False)
    large_load_volume = fields.Float(related="company_id.large_load_volume", readonly=False)
    full_volume_share = fields.Float(related="company_id.full_volume_share", readonly=False)
    full_payload_share = fields.Float(related="company_id.full_payload_share", readonly=False)
    pallet_volume = fields.Float(related="company_id.pallet_volume", readonly=False)
    pallet_weight = fields.Float(related="company_id.pallet_weight", readonly=False)
    rework_charge = fields.Monetary(
        related="company_id.rework_charge", readonly=False, currency_field="company_currency_id")
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    departure_tolerance = fields.Integer(related="company_id.departure_tolerance", readonly=False)
    note_return_days = fields.Integer(related="company_id.note_return_days", readonly=False)
