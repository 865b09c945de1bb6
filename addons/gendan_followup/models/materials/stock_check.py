from odoo import api, fields, models

from ...calc.text import plain_number


class StockCheck(models.Model):
    """What was on hand for a revision, what of it was usable, and why the rest was not (D2.2).

    Written once by `gendan.production.notice.action_check_stock`. What a line took is
    the order's allocation: frozen, reserved on the delivery, and the only stock from
    which the delivery may be served.
    """

    _name = "gendan.stock.check"
    _inherit = ["gendan.evidence.mixin"]
    _description = "Stock check"
    _order = "checked_at desc, id desc"
    _rec_name = "notice_id"
    _evidence_stamps = ("checked_by_id", "checked_at")

    notice_id = fields.Many2one("gendan.production.notice", required=True, readonly=True,
                                index=True, ondelete="restrict")
    revision_id = fields.Many2one("gendan.revision", required=True, readonly=True, index=True,
                                  ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    checked_by_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")
    checked_at = fields.Datetime(required=True, readonly=True)
    line_ids = fields.One2many("gendan.stock.check.line", "check_id", readonly=True)

    @api.model
    def _take_turn(self, products):
        """Serialize the checks of one product: two orders never reserve the same packs (X6).

        Core skips a quant that another transaction has locked and would reserve twice
        (traps 9.1), so each check first UPDATEs a counter per product, in id order.
        """
        if products:
            self.env["gendan.stock.counter"]._raise(products)

    def _summary(self):
        """Return the result as one sentence per product, for chatter and screens."""
        self.ensure_one()
        return "\n".join(
            self.env._(
                "%(product)s: %(on_hand)s on hand, %(usable)s usable, %(taken)s reserved",
                product=notice_line.product_id.display_name,
                on_hand=plain_number(sum(lines.mapped("on_hand"))),
                usable=plain_number(sum(lines.mapped("usable"))),
                taken=plain_number(sum(lines.mapped("taken"))))
            for notice_line, lines in self.line_ids.grouped("notice_line_id").items())
