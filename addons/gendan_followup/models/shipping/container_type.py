from odoo import fields, models

from ...calc.load_plan import Box, exact


class ContainerType(models.Model):
    """What goes into a container, and what it may weigh on the way to a country (D6.2)."""

    _name = "gendan.container.type"
    _description = "Container type"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    inner_length = fields.Integer("Inner length (mm)", required=True)
    inner_width = fields.Integer("Inner width (mm)", required=True)
    inner_height = fields.Integer("Inner height (mm)", required=True)
    door_width = fields.Integer("Door width (mm)", required=True)
    door_height = fields.Integer("Door height (mm)", required=True)
    volume = fields.Float("Volume (m³)", digits=(8, 2), required=True)
    payload = fields.Float("Payload (kg)", digits=(8, 0), required=True)
    cap_ids = fields.One2many("gendan.container.cap", "type_id", "Caps by destination")

    _name_unique = models.Constraint("UNIQUE (name)", "That container type exists already.")
    _positive = models.Constraint(
        "CHECK (volume > 0 AND payload > 0)", "A container has a volume and a payload.")

    def _payload_to(self, country):
        """Return the permitted kg on the way to ``country``: the lower of type and road."""
        self.ensure_one()
        caps = self.sudo().cap_ids.filtered(lambda cap: cap.country_id == country)
        return min([self.payload, *caps.mapped("payload")])

    def _box(self, country=None):
        self.ensure_one()
        payload = self._payload_to(country) if country else self.payload
        return Box(self.inner_length, self.inner_width, self.inner_height, self.door_width,
                   self.door_height, exact(self.volume), exact(payload))
