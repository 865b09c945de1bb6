from odoo import fields, models


class FleetVehicle(models.Model):
    """What must be in force before a vehicle drives (D8.1)."""

    _inherit = "fleet.vehicle"

    inspection_expires = fields.Date("Inspection valid until", tracking=True)
    insurance_expires = fields.Date("Insurance valid until", tracking=True)
