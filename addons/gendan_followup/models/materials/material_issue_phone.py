from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .stock_lot_check import RED

MOST_ROWS = 80


class MaterialIssue(models.Model):
    """The slip on the keeper's phone: what a notice needs, which lot, how much (L-R1, L-K4).

    The page offers what the notice names. Another material is noted on the form of the slip,
    where it shows red.
    """

    _name = "gendan.material.issue"
    _inherit = ["gendan.material.issue", "gendan.phone.mixin"]

    _phone_steps = ("hand_out",)

    @api.model
    def phone_to_issue(self):
        """Return what is still to be handed out for released notices, by whoever holds the phone.

        Raw material for its keeper, packaging for the other one.

        :return: rows ``{"id", "line", "notice", "product_id", "product", "image", "unit",
            "quantity", "tracked", "lots"}``, what was handed out taken off
        """
        user = self.env.user
        kinds = [Domain("product_id.packaging_kind", operator, False)
                 for role, operator in (("raw_keeper", "="), ("packaging_keeper", "!="))
                 if user._principals(role)]
        if not kinds:
            return []
        # what a notice needs is what its keeper hands out; no price is on it
        needs = self.env["gendan.need"].sudo().search(
            Domain("company_id", "=", self.env.company.id) & Domain("gross", ">", 0)
            & Domain("notice_id.state", "=", "released") & Domain.OR(kinds),
            order="notice_id desc, id")
        handed, lots = self._handed_out(needs), self._lots_there(needs.product_id)
        rows = [need._phone_issue_row(handed, lots) for need in needs]
        return [row for row in rows if row["quantity"] > 0][:MOST_ROWS]

    @api.model
    def _handed_out(self, needs):
        """Return ``{(notice line id, product id): quantity}`` on slips of these needs."""
        return {(line.id, product.id): quantity for line, product, quantity in self._read_group(
            [("notice_line_id", "in", needs.notice_line_id.ids),
             ("state", "in", ("issued", "taken"))],
            ["notice_line_id", "product_id"], ["quantity:sum"])}

    @api.model
    def _lots_there(self, products):
        """Return ``{product id: [{"id", "name", "quantity", "red"}, …]}`` of what lies there.

        ``red`` says why a lot shows red, if it does.
        """
        rows = self.env["stock.quant"].sudo()._read_group(
            [("product_id", "in", products.ids), ("location_id.usage", "=", "internal"),
             ("company_id", "=", self.env.company.id), ("lot_id", "!=", False)],
            ["product_id", "lot_id"], ["quantity:sum"], order="lot_id")
        labels = dict(self.env["stock.lot"]._fields["check_state"]._description_selection(self.env))
        there = {}
        for product, lot, quantity in rows:
            if quantity > 0:
                there.setdefault(product.id, []).append({
                    "id": lot.id, "name": lot.name, "quantity": quantity,
                    "red": labels[lot.check_state] if lot.check_state in RED else ""})
        return there

    def _phone_hand_out(self, step):
        """Hand out what was noted: ``line``, ``product``, ``lot``, ``quantity``."""
        quantity = float(step.get("quantity") or 0)
        if quantity <= 0:
            raise UserError(self.env._("How much is handed out?"))
        slip = self.create([{
            "notice_line_id": step.get("line"), "product_id": step.get("product"),
            "lot_id": step.get("lot") or False, "quantity": quantity}])
        slip.action_issue(event_at=step["event_at"])
