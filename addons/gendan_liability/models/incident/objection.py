from odoo import fields, models


class IncidentObjection(models.Model):
    """One party's one objection to a decision (L-G6)."""

    _name = "gendan.incident.objection"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Objection"
    _order = "incident_id, id"
    _rec_name = "employee_id"
    _evidence_stamps = ("entered_by_id", "objected_at")

    incident_id = fields.Many2one("gendan.incident", required=True, readonly=True, index=True,
                                  ondelete="restrict")
    decision_id = fields.Many2one("gendan.incident.decision", "Against", required=True,
                                  readonly=True, ondelete="restrict")
    employee_id = fields.Many2one("hr.employee", "Person", required=True, readonly=True,
                                  index=True, ondelete="restrict")
    entered_by_id = fields.Many2one("res.users", required=True, readonly=True,
                                    ondelete="restrict")
    objected_at = fields.Datetime("At", required=True, readonly=True)
    text = fields.Text("Objection", required=True, readonly=True)

    _once = models.Constraint("UNIQUE (incident_id, employee_id)",
                              "This person has objected already: an objection is heard once.")
