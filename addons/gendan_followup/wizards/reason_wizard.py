from odoo import fields, models


class ReasonWizard(models.TransientModel):
    """Ask why, then do it: return, new revision, hold."""

    _name = "gendan.reason.wizard"
    _description = "Reason"

    operation = fields.Selection(
        [("action_return", "Return to the salesperson"),
         ("action_open_revision", "Open a new revision"),
         ("action_hold", "Put on hold")], required=True)
    res_model = fields.Selection(
        [("sale.order", "Sales order"), ("gendan.production.notice", "Production notice")],
        required=True, default=lambda self: self.env.context.get("active_model"))
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Hand the reason over to the document's own method, which has the gates."""
        self.ensure_one()
        records = self.env[self.res_model].browse(self.env.context.get("active_ids", []))
        # the selection is the list of what may be called
        getattr(records, self.operation)(self.reason)
        return {"type": "ir.actions.act_window_close"}
