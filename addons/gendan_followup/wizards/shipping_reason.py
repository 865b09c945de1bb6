from odoo import fields, models

SHIPPING_OPERATIONS = [
    ("action_accept", "Accept the same-day notice"), ("action_refuse", "Refuse the notice"),
    ("action_correct", "Correct the notice"), ("action_cancel", "Cancel the notice"),
    ("action_stop_loading", "Stop the loading"), ("action_hold_payment", "Payment hold"),
    ("action_confirm_goods", "Confirm the goods on a condition"), ("action_void", "Void the slip"),
    ("action_staged", "Goods are staged"), ("action_object", "Object"),
    ("action_answer", "Answer the objection"), ("action_revise", "Revise the sheet"),
]
SHIPPING_MODELS = [
    ("gendan.shipping.notice", "Shipping notice"), ("gendan.issue.slip", "Goods-issue slip"),
    ("gendan.dispatch", "Dispatch sheet"), ("gendan.loading.report", "Loading report"),
    ("gendan.driver.appraisal", "Driver appraisal"),
]


class ReasonWizard(models.TransientModel):
    """The reasons of the shipping room."""

    _inherit = "gendan.reason.wizard"

    operation = fields.Selection(
        selection_add=SHIPPING_OPERATIONS,
        ondelete={name: "cascade" for name, _label in SHIPPING_OPERATIONS})
    res_model = fields.Selection(
        selection_add=SHIPPING_MODELS,
        ondelete={name: "cascade" for name, _label in SHIPPING_MODELS})
    operation_label = fields.Char(compute="_compute_operation_label")

    def _compute_operation_label(self):
        labels = dict(self._fields["operation"]._description_selection(self.env))
        for wizard in self:
            wizard.operation_label = labels.get(wizard.operation)
