from odoo import api, fields, models
from odoo.exceptions import UserError

STEPS = [("d3", "D3 Containment"), ("d4", "D4 Cause"), ("d5", "D5 Action"), ("d6", "D6 Check")]


class IncidentMeasure(models.Model):
    """One step of the 8D answer to a complaint (L-G8).

    It goes on after the case is decided: measures are checked weeks later. A step that is
    done is evidence.
    """

    _name = "gendan.incident.measure"
    _inherit = ["gendan.reckoned.mixin", "gendan.gate.mixin"]
    _description = "8D step"
    _order = "incident_id, step, id"
    _rec_name = "step"

    incident_id = fields.Many2one("gendan.incident", required=True, index=True,
                                  ondelete="restrict")
    company_id = fields.Many2one(related="incident_id.company_id", store=True)
    step = fields.Selection(STEPS, required=True, readonly=True)
    text = fields.Text("What")
    responsible_id = fields.Many2one("res.users", "Who", ondelete="restrict",
                                     domain=[("share", "=", False)])
    due_date = fields.Date("Until")
    done_at = fields.Datetime("Done at", readonly=True)
    done_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")

    _once = models.Constraint("UNIQUE (incident_id, step)", "That step is there already.")

    @api.model
    def _lay_out(self, incidents):
        """Lay out the four steps for cases that have none yet."""
        self.create([{"incident_id": incident.id, "step": step}
                     for incident in incidents if not incident.measure_ids
                     for step, _label in STEPS])

    def write(self, vals):
        """Fill a step that is not done yet; who finished it is the server's to say."""
        if not self.env.su and vals.keys() & {"done_at", "done_by_id", "step", "incident_id"}:
            raise UserError(self.env._("A step is finished by its button."))
        if done := self.filtered("done_at"):
            raise UserError(self.env._("%s is done and kept as it is.", done[0].display_name))
        self._check_person()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The steps of an 8D answer are kept."))

    def _check_person(self):
        if not self.env.su:
            others = self.filtered(lambda step: step.responsible_id != self.env.user)
            others.incident_id._pass_gate("_gate_work")

    def action_open(self):
        """Show the step to be filled."""
        self.ensure_one()
        return {"type": "ir.actions.act_window", "name": self.display_name,
                "res_model": self._name, "res_id": self.id, "view_mode": "form",
                "target": "new"}

    def action_done(self):
        """Finish these steps."""
        self._check_person()
        for step in self:
            if not (step.text or "").strip():
                raise UserError(self.env._("%s: write what was done first.", step.display_name))
        # the time is the server's
        self.sudo().write({"done_at": fields.Datetime.now(), "done_by_id": self.env.uid})
        return True
