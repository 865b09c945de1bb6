from odoo import fields, models


class AbnormalityCounter(models.TransientModel):
    """The counter of the machine at QC's instruction, or when the machine stood (L-O2)."""

    _name = "gendan.abnormality.counter"
    _description = "Counter of the machine"

    abnormality_id = fields.Many2one("gendan.abnormality", required=True,
                                     default=lambda self: self.env.context.get("active_id"))
    state = fields.Selection(related="abnormality_id.state")
    instruction = fields.Selection(
        [("stop", "Stop"), ("adjust", "Adjust, then go on"), ("go_on", "Go on")], default="stop")
    counter = fields.Integer(required=True)
    text = fields.Char("Remark")

    def action_confirm(self):
        """Hand it over to the log, which asks whose part it is."""
        self.ensure_one()
        if self.state == "open":
            self.abnormality_id.action_instruct(self.instruction, self.counter, self.text)
        else:
            self.abnormality_id.action_stop(self.counter)
        return {"type": "ir.actions.act_window_close"}
