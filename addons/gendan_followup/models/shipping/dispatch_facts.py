from odoo import models

# who makes a truck wait without its driver being able to help it
OTHERS = ("goods", "papers", "vehicle", "traffic", "customer")


class Dispatch(models.Model):
    """What of a trip's delay is the driver's own (D8.9, D11.2)."""

    _inherit = "gendan.dispatch"

    def _excused_minutes(self):
        """Return the minutes that others made him wait."""
        self.ensure_one()
        return sum(self.wait_ids.filtered(lambda wait: wait.cause in OTHERS).mapped("minutes"))

    def _late_start_minutes(self):
        """Return the driver's own delay at the start when it is above the tolerance, else 0."""
        self.ensure_one()
        start = self.company_id._moment_on(self.day, self.hour_from)
        own = max(self._minutes_between(start, self.duty_at), self.driver_wait_minutes)
        return own if own > self.company_id.departure_tolerance else 0
