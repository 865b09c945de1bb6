from odoo import fields, models
from odoo.exceptions import UserError


class DailyReviewLine(models.Model):
    """One open order on the sheet of a day: seen, and where it is red, a word on it (D7.2)."""

    _name = "gendan.daily.review.line"
    _inherit = ["gendan.system.mixin"]
    _description = "Order in a daily review"
    _order = "review_id, sequence, id"
    _rec_name = "order_name"

    review_id = fields.Many2one("gendan.daily.review", required=True, readonly=True, index=True,
                                ondelete="cascade")
    company_id = fields.Many2one(related="review_id.company_id", store=True, index=True)
    sequence = fields.Integer(readonly=True)
    order_id = fields.Many2one("sale.order", readonly=True, index=True, ondelete="restrict")
    order_name = fields.Char("Order no.", readonly=True)
    customer = fields.Char(readonly=True)
    delivery_date = fields.Date(readonly=True)
    next_step = fields.Char(readonly=True)
    next_date = fields.Date("Next date", readonly=True)
    waits_for = fields.Char("Waits for", readonly=True)
    risk = fields.Selection([("green", "On its way"), ("amber", "Watch"), ("red", "At risk")],
                            readonly=True)
    is_reviewed = fields.Boolean("Reviewed", readonly=True)
    reviewed_at = fields.Datetime(readonly=True)
    note = fields.Char(readonly=True)

    def write(self, vals):
        """Let the merchandiser write his word on an open sheet, and nothing else."""
        if self.env.su or vals.keys() - {"note"}:
            return super().write(vals)
        self._check_mine()
        # the word is all that is written
        return super(DailyReviewLine, self.sudo()).write(vals)

    def _check_mine(self):
        for review in self.sudo().review_id:
            if review.user_id != self.env.user or review.state == "done":
                raise UserError(self.env._(
                    "%(review)s is closed or not yours: nothing is marked in it.",
                    review=review.display_name))

    def action_reviewed(self, note=False):
        """Mark these orders as looked at; a red one with a word on what will be done (D7.2).

        :param str note: needed for red lines only
        :raise UserError: for a red line without a word, or on somebody else's sheet
        """
        self._check_mine()
        for line in self:
            if line.risk == "red" and not (note or line.note or "").strip():
                raise UserError(self.env._(
                    "%(order)s is at risk (%(step)s): write what will be done.",
                    order=line.order_name, step=line.next_step or ""))
            # lines are the system's; marking them is the only thing that a person does
            line.sudo().write({"is_reviewed": True, "reviewed_at": fields.Datetime.now(),
                               "note": note or line.note})
        return True

    def action_open_order(self):
        """Open the order behind this line."""
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": "sale.order",
                "res_id": self.order_id.id, "views": [(False, "form")]}
