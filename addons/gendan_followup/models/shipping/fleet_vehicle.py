from odoo import fields, models


class FleetVehicle(models.Model):
    """What must be in force before a vehicle drives (D8.1)."""

    _inherit = "fleet.vehicle"

    inspection_expires = fields.Date("Inspection valid until", tracking=True)
    insurance_expires = fields.Date("Insurance valid until", tracking=True)

    def _usual_drivers(self):
        """Return ``{vehicle: the employee who usually drives it, or none}``."""
        # whose contact a driver is, is HR's; that he drives this truck is not
        employees = self.env["hr.employee"].sudo().search(
            [("work_contact_id", "in", self.sudo().driver_id.ids)])
        by_contact = {employee.work_contact_id: employee for employee in employees}
        return {vehicle: by_contact.get(vehicle.sudo().driver_id, employees.browse())
                for vehicle in self}

    def _papers_warning(self, today, days=30):
        """Return which paper of this vehicle has ended or ends within ``days``."""
        self.ensure_one()
        soon = fields.Date.add(today, days=days)
        papers = ((self.env._("inspection"), self.inspection_expires),
                  (self.env._("insurance"), self.insurance_expires))
        return ", ".join(self.env._("%(paper)s until %(day)s", paper=paper, day=until)
                         for paper, until in papers if until and until <= soon)
