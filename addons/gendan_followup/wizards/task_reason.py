from odoo import fields, models

DESK_OPERATIONS = [("action_finish_short", "What came is enough"), ("action_decline", "Decline")]
DESK_MODELS = [("gendan.sample.request", "Sample request"), ("gendan.task", "Task")]


class ReasonWizard(models.TransientModel):
    """The reasons of the desk."""

    _inherit = "gendan.reason.wizard"

    operation = fields.Selection(
        selection_add=DESK_OPERATIONS,
        ondelete={name: "cascade" for name, _label in DESK_OPERATIONS})
    res_model = fields.Selection(
        selection_add=DESK_MODELS,
        ondelete={name: "cascade" for name, _label in DESK_MODELS})
