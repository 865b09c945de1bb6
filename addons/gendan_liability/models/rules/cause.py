from odoo import fields, models


class IncidentCause(models.Model):
    """What kind of thing went wrong: it tells which rules are looked at first."""

    _name = "gendan.incident.cause"
    _inherit = ["gendan.liability.text.mixin"]
    _description = "Kind of incident"
    _order = "sequence, id"

    code = fields.Char(required=True, readonly=True)
    name = fields.Char(required=True, readonly=True, translate=True)
    sequence = fields.Integer(readonly=True)
    rule_ids = fields.One2many("gendan.liability.rule", "cause_id", "Rules", readonly=True)

    _code = models.Constraint("UNIQUE (code)", "That kind of incident exists already.")
