from odoo import fields, models


class AssignWizard(models.TransientModel):
    """The plan manager moves orders to another merchandiser (D0.3, X19)."""

    _name = "gendan.assign.wizard"
    _description = "Assign a merchandiser"

    user_id = fields.Many2one(
        "res.users", "Merchandiser", required=True,
        domain=lambda self: [("all_group_ids", "in", self.env.ref(
            "gendan_followup.group_merchandiser").ids), ("share", "=", False)])
    date_to = fields.Datetime("Stand-in until", help="Empty: for good.")
    note = fields.Text("Hand-over note")
    open_question_ids = fields.Many2many(
        "gendan.deviation", compute="_compute_open_question_ids")
    question_ids = fields.Many2many(
        "gendan.deviation", "gendan_assign_wizard_question_rel", string="Open questions",
        domain="[('id', 'in', open_question_ids)]",
        default=lambda self: self._orders()._open_questions(),
        help="What is listed here becomes the new merchandiser's, what is left out stays with "
             "the old one.")

    def _compute_open_question_ids(self):
        self.open_question_ids = self._orders()._open_questions()

    def _orders(self):
        return self.env["sale.order"].browse(self.env.context.get("active_ids", []))

    def action_confirm(self):
        """Assign the selected orders; the order's own gate checks who may."""
        self.ensure_one()
        self._orders().action_assign(
            self.user_id.id, self.note, self.date_to, self.question_ids.ids)
        return {"type": "ir.actions.act_window_close"}
