from odoo import api, fields, models


class Assignment(models.Model):
    """Which merchandiser was responsible for an order, and since when (D0.3).

    Written once: a later row ends an earlier one, a stand-in carries its own end.
    """

    _name = "gendan.assignment"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Assignment"
    _order = "order_id, date_from, id"
    _rec_name = "user_id"
    _evidence_stamps = ("assigned_by_id", "date_from")

    order_id = fields.Many2one("sale.order", required=True, readonly=True, index=True,
                               ondelete="restrict")
    user_id = fields.Many2one("res.users", "Merchandiser", required=True, readonly=True,
                              ondelete="restrict", index=True)
    date_from = fields.Datetime("From", required=True, readonly=True)
    date_to = fields.Datetime("Stand-in until", readonly=True)
    note = fields.Text("Hand-over note", readonly=True)
    question_ids = fields.Many2many(
        "gendan.deviation", "gendan_assignment_question_rel", "assignment_id", "deviation_id",
        "Questions handed over", readonly=True,
        help="Of production, still open at the hand-over: whoever takes the order over answers "
             "for these; one that is not listed stays with whoever had it before (L-M3).")
    assigned_by_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")

    @api.model
    def _merchandiser_at(self, order, at):
        """Return who was responsible for ``order`` at a moment (L-G3).

        A stand-in counts while he lasts; after him it is again the one before.

        :param datetime at: naive UTC
        """
        return self._merchandisers_at(order, at).get(order.id, self.env["res.users"])

    @api.model
    def _merchandisers_at(self, orders, at):
        """Return ``{order id: who was responsible}`` at a moment, in one query."""
        # liability and gates ask in the name of people who may not read assignments
        rows = self.sudo().search_fetch([
            ("order_id", "in", orders.ids), ("date_from", "<=", at),
            "|", ("date_to", "=", False), ("date_to", ">", at),
        ], ["order_id", "user_id"], order="date_from, id")
        nobody = self.env["res.users"].sudo()
        return {**dict.fromkeys(orders.ids, nobody),
                **{row.order_id.id: row.user_id for row in rows}}
