from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    trial_quantity = fields.Float(related="company_id.trial_quantity", readonly=False)
    big_order_packs = fields.Integer(related="company_id.big_order_packs", readonly=False)
    first_article_rest_days = fields.Integer(
        related="company_id.first_article_rest_days", readonly=False)
    first_article_new_lot = fields.Boolean(
        related="company_id.first_article_new_lot", readonly=False)
    first_article_new_plan = fields.Boolean(
        related="company_id.first_article_new_plan", readonly=False)
    patrol_rest_days = fields.Integer(related="company_id.patrol_rest_days", readonly=False)
    patrol_repeats = fields.Integer(related="company_id.patrol_repeats", readonly=False)
    patrol_repeat_days = fields.Integer(related="company_id.patrol_repeat_days", readonly=False)
    answer_hours = fields.Float(related="company_id.answer_hours", readonly=False)
    countersign_days = fields.Integer(related="company_id.countersign_days", readonly=False)
    photo_limit = fields.Integer(related="company_id.photo_limit", readonly=False)
