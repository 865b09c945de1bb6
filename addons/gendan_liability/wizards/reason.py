from odoo import fields, models


class IncidentReason(models.TransientModel):
    """Ask for the words that a step needs, then do the step."""

    _name = "gendan.incident.reason"
    _description = "Reason of a step"

    incident_id = fields.Many2one("gendan.incident", required=True, readonly=True)
    operation = fields.Selection(
        [("action_breach", "Close as breach note"), ("action_cancel", "Withdraw"),
         ("action_object", "Object"), ("action_settle", "Keep the decision")],
        required=True, readonly=True)
    # the public record: a party who objects for himself reads no personnel file
    person_ids = fields.Many2many("hr.employee.public", compute="_compute_person_ids")
    employee_id = fields.Many2one(
        "hr.employee.public", "Person concerned", domain="[('id', 'in', person_ids)]",
        help="Only for a person without login, who gave his objection on paper.")
    reason = fields.Text(required=True)

    def _compute_person_ids(self):
        for wizard in self:
            people = wizard.incident_id.sudo().decision_id.line_ids.employee_id
            wizard.person_ids = self.env["hr.employee.public"].browse(
                people.filtered(lambda person: not person.user_id).ids)

    def action_confirm(self):
        """Hand the words over to the case's own step, which has the gates."""
        self.ensure_one()
        if self.operation == "action_object":
            self.incident_id.action_object(self.reason, self.employee_id.id)
        else:
            # the selection is the list of what may be called
            getattr(self.incident_id, self.operation)(self.reason)
        return {"type": "ir.actions.act_window_close"}
