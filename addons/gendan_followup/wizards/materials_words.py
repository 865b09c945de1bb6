from odoo import fields, models

OPERATIONS = {
    "gendan.plate.job": ("action_customer_approved", "action_return_artwork",
                         "action_reject_proof", "action_touch", "action_cancel"),
    "gendan.carton.specification": ("action_object",),
}


class MaterialsWords(models.TransientModel):
    """Ask for the words that a step of a plate job or a carton needs, then do it."""

    _name = "gendan.materials.words"
    _description = "Words for a step"

    operation = fields.Selection(
        [("action_customer_approved", "Customer approved"),
         ("action_return_artwork", "Artwork is wrong"), ("action_reject_proof", "Proof is wrong"),
         ("action_touch", "Followed up"), ("action_cancel", "Cancel"),
         ("action_object", "Something is wrong")], required=True, readonly=True)
    res_model = fields.Char(required=True, readonly=True,
                            default=lambda self: self.env.context.get("active_model"))
    words = fields.Text(required=True)

    def action_confirm(self):
        """Hand the words to the document's own step, which has the gates."""
        self.ensure_one()
        # the table is the list of what may be called
        if self.operation in OPERATIONS.get(self.res_model, ()):
            records = self.env[self.res_model].browse(self.env.context.get("active_ids", []))
            getattr(records, self.operation)(self.words)
        return {"type": "ir.actions.act_window_close"}
