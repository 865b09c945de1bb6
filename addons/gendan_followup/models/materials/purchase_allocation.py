from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import float_compare

from ...calc import tolerance
from ...calc.text import plain_number
from .need import WHOLE_KINDS

OPEN_ORDER_STATES = ("draft", "sent")


class PurchaseAllocation(models.Model):
    """How much of a purchase line is for which need; one line may serve several (D3.1).

    The unit's factor is frozen here, so that changing the unit afterwards buys nothing
    (X3). While the order is a draft the merchandiser divides it as he likes; what a
    confirmed, a cancelled or a received order was for is ledger.
    """

    _name = "gendan.purchase.allocation"
    _description = "Purchase allocation"
    _order = "need_id, id"
    _rec_name = "need_id"
    _check_company_auto = True

    need_id = fields.Many2one("gendan.need", required=True, index=True, ondelete="restrict",
                              check_company=True)
    # restrict: core deletes lines when it merges orders, and the ledger would go with them
    purchase_line_id = fields.Many2one("purchase.order.line", "Purchase line", required=True,
                                       index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="need_id.company_id", store=True, precompute=True,
                                 index=True)
    quantity = fields.Float(digits="Product Unit", required=True, default=0,
                            help="In the unit of the need: pieces, for packaging.")
    factor = fields.Float(
        "Pieces per purchase unit", digits=(16, 6), compute="_compute_factor", store=True,
        precompute=True, required=True)

    _once = models.UniqueIndex("(need_id, purchase_line_id)",
                               "This purchase line is allocated to that need already.")
    _quantity = models.Constraint("CHECK (quantity >= 0)", "An allocation cannot be below zero.")
    _factor = models.Constraint("CHECK (factor > 0)",
                                "A purchase unit holds more than nothing: check the unit's factor.")

    # not from the unit's fields: what was bought stays what it was when the unit changes
    @api.depends("purchase_line_id")
    def _compute_factor(self):
        for allocation in self:
            unit = allocation.purchase_line_id.product_uom_id
            target = allocation.need_id.product_uom_id
            related = unit and target and unit._has_common_reference(target)
            allocation.factor = unit._compute_quantity(1, target, round=False) if related else 0

    @api.constrains("need_id", "purchase_line_id", "quantity")
    def _check_sound(self):
        for allocation in self:
            need, line = allocation.need_id, allocation.purchase_line_id
            if need.product_id != line.product_id:
                raise ValidationError(self.env._(
                    "%(order)s buys %(bought)s, the need is %(needed)s: allocate it to a need of "
                    "that version.", order=line.order_id.name,
                    bought=line.product_id.display_name, needed=need.display_name))
            whole = tolerance.exact(allocation.quantity).denominator == 1
            if need.kind in WHOLE_KINDS and not whole:
                raise ValidationError(self.env._(
                    "%(need)s: %(quantity)s is not a whole number of pieces.",
                    need=need.display_name, quantity=plain_number(allocation.quantity)))

    @api.model_create_multi
    def create(self, vals_list):
        """Allocate a draft only (D3.2).

        :raise UserError: when an order is not a draft any more
        """
        allocations = super().create(vals_list)
        allocations._check_order_open()
        return allocations

    def write(self, vals):
        """Change the quantity of a draft, and nothing else.

        :raise UserError: when need, line or factor would change, or an order is not a draft
        """
        frozen = vals.keys() - {"quantity"}
        if frozen:
            raise UserError(self.env._(
                "%(need)s: %(fields)s of an allocation stay as they are; delete it while the "
                "order is a draft and make another one.", need=self[:1].sudo().display_name,
                fields=", ".join(self._fields[name]._description_string(self.env)
                                 for name in sorted(frozen))))
        changed = self.filtered(lambda a: float_compare(
            a.quantity, vals.get("quantity", a.quantity), precision_digits=6))
        changed._check_order_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _check_order_open(self):
        for allocation in self:
            order = allocation.sudo().purchase_line_id.order_id
            if order.state not in OPEN_ORDER_STATES:
                raise UserError(self.env._(
                    "%(order)s is no draft any more: what it was ordered for (%(need)s) stands.",
                    order=order.name, need=allocation.sudo().need_id.display_name))

    def _settle(self, quantity, factor):
        """Write what was bought, at the factor of that moment, behind the guard of `write`.

        :param quantity: share of this need, in its unit
        :param float factor: pieces per purchase unit, now frozen
        """
        self.ensure_one()
        if (tolerance.exact(self.quantity) == tolerance.exact(quantity)
                and tolerance.exact(self.factor) == tolerance.exact(factor)):
            return True
        # the only way round the guard: the line itself was judged
        # pylint: disable-next=super-method-mismatch
        return super().write({"quantity": float(quantity), "factor": factor})
