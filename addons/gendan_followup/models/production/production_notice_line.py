from math import ceil

from odoo import fields, models
from odoo.tools import float_compare

from ...calc.text import plain_number
from ..foundation.gate_mixin import Unmet

OPEN_STATES = ("confirmed", "progress", "to_close")


class ProductionNoticeLine(models.Model):
    """What is being made for a line follows its order down, never below what is made already."""

    _inherit = "gendan.production.notice.line"

    deviation_ids = fields.One2many("gendan.deviation", "notice_line_id", "Deviations")
    plan_row_ids = fields.One2many("gendan.plan.line", "notice_line_id", "Plan rows")

    def _shrink_productions(self):
        """Take back what the order does not need any more (D1.11, design 6.9).

        Stock that was given stays given, so that less is made: first of orders that nobody
        began, then of running ones. What is made already goes to stock and is told.
        """
        for line in self.filtered("released_quantity"):
            surplus = line.released_quantity - line._quantity_to_make()
            if float_compare(surplus, 0, precision_digits=2) <= 0:
                continue
            taken, texts = line._take_from_productions(surplus)
            line.released_quantity -= taken
            line._tell_shrunk(texts, surplus - taken)

    def _quantity_to_make(self):
        """Return what the order needs made besides its stock, in full cartons if agreed."""
        self.ensure_one()
        quantity = max(self.quantity - self.stock_quantity, 0)
        if not self.notice_id.round_up_agreed_by_id or not self.packs_per_carton:
            return quantity
        return ceil(quantity / self.packs_per_carton) * self.packs_per_carton

    def _take_from_productions(self, surplus):
        """Reduce or cancel manufacturing orders by up to ``surplus`` packs.

        :return: what could be taken, and one text per order that changed
        """
        self.ensure_one()
        taken, texts = 0, []
        productions = self.sudo().production_ids.filtered(lambda p: p.state in OPEN_STATES)
        for production in productions.sorted(lambda p: (p.state != "confirmed", -p.id)):
            before = production.product_uom_qty
            less = min(surplus - taken, before - production._quantity_begun())
            if float_compare(less, 0, precision_digits=2) > 0:
                production._make_less(less)
                taken += less
                texts.append(self.env._(
                    "%(production)s: %(before)s → %(after)s", production=production.name,
                    before=plain_number(before), after=plain_number(before - less)))
        return taken, texts

    def _tell_shrunk(self, texts, surplus):
        """Tell the workshop what it makes less, and the merchandiser what is too much already."""
        self.ensure_one()
        if float_compare(surplus, 0, precision_digits=2) > 0:
            texts = [*texts, self._about(self.env._(
                "%s are made already and more than the order needs: they go to stock",
                plain_number(surplus)))]
        users = self.env["res.users"]
        for role in ("production", "packaging"):
            users |= users._users_of_role(role, self.company_id)
        self.notice_id.message_post(
            body=self.env._("The order was reduced. %s", "; ".join(texts)),
            partner_ids=(users | self.notice_id.merchandiser_id).partner_id.ids,
            subtype_xmlid="mail.mt_comment")

    def _plan_conditions(self):
        """Return ``{line id: [Unmet, …]}``: answers that planning waits for (D2.5, D2.6).

        To be extended by every kind of answer, for the recordset at once.
        """
        Need, Enquiry = self.env["gendan.need"], self.env["gendan.eta.enquiry"]
        needs = Need.search([("notice_line_id", "in", self.ids), ("kind", "=", "raw"),
                             ("net", ">", 0)])
        answered = Enquiry.search([("need_id", "in", needs.ids), ("answered_at", "!=", False)])
        unmet = {}
        for need in needs - answered.need_id:
            unmet.setdefault(need.notice_line_id.id, []).append(Unmet(
                "eta", self.env._("%s: no answer whether and when it is there", need.display_name),
                self.env._("the merchandiser asks the keeper first")))
        for line_id, conditions in self._capability_unmet().items():
            unmet.setdefault(line_id, []).extend(conditions)
        return unmet

    def _raw_lots(self):
        """Return the raw-material lots that stand ready for this line, or went into it."""
        return self.sudo().production_ids._raw_lots()
