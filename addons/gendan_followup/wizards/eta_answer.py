from odoo import fields, models


class EtaAnswer(models.TransientModel):
    """The keeper's answer: how much is here, and when the rest comes (D2.5)."""

    _name = "gendan.eta.answer"
    _description = "Answer about material"

    on_hand_quantity = fields.Float("On hand", digits="Product Unit")
    promised_date = fields.Date("The rest comes on")
    remark = fields.Char()

    def action_confirm(self):
        """Hand the answer to the question."""
        self.ensure_one()
        self.env["gendan.eta.enquiry"].browse(
            self.env.context.get("active_ids", [])).action_answer(
                self.remark, self.on_hand_quantity, self.promised_date)
        return {"type": "ir.actions.act_window_close"}
