from odoo import fields, models


class ReasonWizard(models.TransientModel):
    """Reasons of the buying room: surplus kept, over-delivery accepted, supplement refused."""

    _inherit = "gendan.reason.wizard"

    operation = fields.Selection(
        selection_add=[("action_keep", "Keep as surplus"),
                       ("action_accept_over", "Accept over-delivery"),
                       ("action_refuse", "Refuse"),
                       ("action_withdraw_version", "Withdraw the version")],
        ondelete={"action_keep": "cascade", "action_accept_over": "cascade",
                  "action_refuse": "cascade", "action_withdraw_version": "cascade"})
    res_model = fields.Selection(
        selection_add=[("gendan.over.limit.case", "Over-limit case"),
                       ("stock.picking", "Receipt"), ("gendan.supplement", "Supplement"),
                       ("gendan.rework", "Rework"), ("product.product", "Packaging version")],
        ondelete={"gendan.over.limit.case": "cascade", "stock.picking": "cascade",
                  "gendan.supplement": "cascade", "gendan.rework": "cascade",
                  "product.product": "cascade"})
