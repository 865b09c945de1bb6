from odoo import fields, models


class DispatchClock(models.TransientModel):
    """The driver's clock: km at departure and return, or why the truck waited (D8.9)."""

    _name = "gendan.dispatch.clock"
    _description = "Driver's clock"

    operation = fields.Selection(
        [("action_depart", "Depart"), ("action_return", "Back"), ("action_note_wait", "Waiting")],
        required=True)
    odometer = fields.Integer("km on the clock")
    cause = fields.Selection(
        lambda self: self.env["gendan.dispatch.wait"]._fields["cause"]._description_selection(
            self.env))
    minutes = fields.Integer()
    remark = fields.Char()

    def action_confirm(self):
        """Hand it to the trip, which has the gates."""
        self.ensure_one()
        trips = self.env["gendan.dispatch"].browse(self.env.context.get("active_ids", []))
        if self.operation == "action_depart":
            trips.action_depart(self.odometer)
        elif self.operation == "action_return":
            trips.action_return(self.odometer)
        else:
            trips.action_note_wait(self.cause, self.minutes, self.remark)
        return {"type": "ir.actions.act_window_close"}
