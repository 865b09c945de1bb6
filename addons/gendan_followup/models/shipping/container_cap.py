from odoo import api, fields, models

from ...calc.text import plain_number


class ContainerCap(models.Model):
    """Road limits are lower than the box in some countries."""

    _name = "gendan.container.cap"
    _description = "Payload cap by destination"
    _order = "type_id, country_id"
    _rec_name = "country_id"

    type_id = fields.Many2one("gendan.container.type", required=True, ondelete="cascade",
                              index=True)
    country_id = fields.Many2one("res.country", required=True, ondelete="restrict")
    payload = fields.Float("Payload (kg)", digits=(8, 0), required=True)

    _one = models.Constraint("UNIQUE (type_id, country_id)", "One cap per type and country.")

    @api.depends("type_id.name", "country_id.name", "payload")
    def _compute_display_name(self):
        for cap in self:
            payload = plain_number(cap.payload)
            cap.display_name = f"{cap.type_id.name} {cap.country_id.name} {payload} kg"
