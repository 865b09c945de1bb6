from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare, float_is_zero

from ...calc.load_plan import Load, exact, load_of
from ...calc.text import plain_number
from ..foundation.gate_mixin import Unmet


class ShippingNoticeLine(models.Model):
    """Goods of a shipping notice, with their own cartons, m³ and kg (D8.1)."""

    _name = "gendan.shipping.notice.line"
    _inherit = ["gendan.reckoned.mixin"]
    _description = "Shipping notice line"
    _order = "shipping_id, sequence, id"
    _rec_name = "product_id"

    shipping_id = fields.Many2one("gendan.shipping.notice", required=True, index=True,
                                  ondelete="cascade")
    company_id = fields.Many2one(related="shipping_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    notice_line_id = fields.Many2one(
        "gendan.production.notice.line", "Goods", index="btree_not_null", ondelete="restrict",
        help="Line of the production notice; empty for samples.")
    product_id = fields.Many2one(
        "product.product", required=True, compute="_compute_product", store=True,
        readonly=False, precompute=True, ondelete="restrict")
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    quantity = fields.Float(digits="Product Unit", required=True,
                            help="In the unit of the product (packs).")
    shipped_quantity = fields.Float(digits="Product Unit", readonly=True, copy=False)
    packs_per_carton = fields.Integer(compute="_compute_load", store=True)
    cartons = fields.Integer(compute="_compute_load", store=True)
    volume = fields.Float("m³", compute="_compute_load", store=True, digits=(12, 4))
    weight = fields.Float("kg", compute="_compute_load", store=True, digits=(12, 2))
    mark = fields.Text(related="notice_line_id.mark_front", string="Shipping mark")
    open_quantity = fields.Float("Still to leave", compute="_compute_open_quantity",
                                 digits="Product Unit")

    _positive = models.Constraint("CHECK (quantity > 0)", "A shipping quantity is above 0.")

    @api.depends("notice_line_id")
    def _compute_product(self):
        for line in self:
            line.product_id = line.notice_line_id.product_id or line.product_id

    # not on the product's fields: a change there would rewrite every paper ever sent
    @api.depends("quantity", "notice_line_id", "product_id")
    def _compute_load(self):
        for line in self:
            spec = (line.notice_line_id or line.product_id).sudo()
            line.packs_per_carton = spec.packs_per_carton
            load = load_of(line.quantity, spec.packs_per_carton, line.product_id.sudo().weight,
                           line._carton_volume())
            line.cartons, line.volume, line.weight = (
                load.cartons, float(load.volume), float(load.weight))

    def _carton_volume(self):
        """Return the m³ of one carton: of its version, else of the packs in it."""
        spec = (self.notice_line_id or self.product_id).sudo()
        return spec.carton_version_id.volume or (
            exact(self.product_id.sudo().volume) * (spec.packs_per_carton or 0))

    def _load(self):
        self.ensure_one()
        return Load(self.cartons, exact(round(self.volume, 4)), exact(round(self.weight, 2)))

    def _carton_sizes(self):
        self.ensure_one()
        return (self.notice_line_id or self.product_id).sudo().carton_version_id._carton_sizes()

    @api.depends("notice_line_id")
    def _compute_open_quantity(self):
        for line in self:
            line.open_quantity = line.sudo()._open_quantity()

    def _open_quantity(self):
        """Return what of the order has neither left nor been asked for by another notice."""
        self.ensure_one()
        order_line = self.notice_line_id.order_line_id
        if not order_line:
            return 0
        asked = self.search([
            ("notice_line_id", "=", self.notice_line_id.id), ("id", "!=", self._origin.id),
            ("shipping_id.state", "in", ("submitted", "accepted", "loading")),
        ])
        delivered = order_line.product_uom_id._compute_quantity(
            order_line.qty_delivered, self.product_id.uom_id)
        return (self.notice_line_id.quantity - delivered
                - sum(other.quantity - other.shipped_quantity for other in asked))

    def _conditions(self):
        """Return what is wrong with this line of a notice about to be submitted."""
        self.ensure_one()
        name = self.product_id.display_name
        conditions = []
        if self.shipping_id.notice_id != self.notice_line_id.notice_id:
            return [Unmet("foreign", self.env._("%(product)s is not of %(notice)s", product=name,
                                                notice=self.shipping_id.notice_id.name or "—"),
                          self.env._("choose a line of that production notice"))]
        if self.notice_line_id and float_compare(
                self.quantity, self._open_quantity(), precision_digits=2) > 0:
            conditions.append(Unmet(
                "quantity", self.env._("%(product)s: %(asked)s asked, %(open)s still to leave",
                                       product=name, asked=plain_number(self.quantity),
                                       open=plain_number(self._open_quantity())),
                self.env._("lower the quantity")))
        if self.notice_line_id and (float_is_zero(self.weight, precision_digits=2)
                                    or float_is_zero(self.volume, precision_digits=4)):
            conditions.append(Unmet(
                "weight", self.env._("%s has no weight, volume or packs per carton", name),
                self.env._("complete the product: a truck is loaded by m³ and kg")))
        return conditions

    def _quantities(self):
        """Return ``{product: quantity}``."""
        sums = {}
        for line in self:
            sums[line.product_id] = sums.get(line.product_id, 0) + line.quantity
        return sums

    def _entry_text(self):
        return self.env._(
            "%(product)s: %(quantity)s = %(cartons)s cartons",
            product=self.product_id.display_name, quantity=plain_number(self.quantity),
            cartons=self.cartons)

    # ----------------------------------------------------------------- leaving

    @api.model
    def _under_way_for(self, moves):
        """Return the lines of notices under way for the goods of ``moves``, in one query."""
        if not moves:
            return self.browse()
        samples = moves.filtered(lambda move: not move.sale_line_id).product_id
        return self.search_fetch([
            ("shipping_id.state", "in", ("submitted", "accepted", "loading")),
            "|", ("notice_line_id.order_line_id", "in", moves.sale_line_id.ids),
            "&", ("notice_line_id", "=", False), ("product_id", "in", samples.ids)])

    @api.model
    def _loading_for(self, moves):
        """Return the lines that are being loaded for ``moves``."""
        return self._under_way_for(moves).filtered(
            lambda line: line.shipping_id.state == "loading" and line.shipping_id.slip_id)

    def _by_order_line(self):
        """Return ``{order line: the lines about it}``; samples stand under no order line."""
        return self.grouped(lambda line: line.notice_line_id.sudo().order_line_id)

    def _carrying(self, move, of_goods):
        """Return the lines that are about the goods of ``move``.

        :param dict of_goods: as `_by_order_line` gives it, made once for all moves
        """
        lines = of_goods.get(move.sale_line_id, self.browse())
        if move.sale_line_id:
            return lines
        to = move.picking_id.partner_id.commercial_partner_id
        return lines.filtered(
            lambda line: line.product_id == move.product_id
            and line.shipping_id.partner_id.commercial_partner_id == to)

    def _leave_conditions(self, moves, quantity, papers):
        """Return what keeps ``quantity`` of one sort of goods from leaving by these lines.

        :param dict papers: as `gendan.shipping.notice._papers_of_loading` gives it
        """
        product = moves[:1].product_id
        if not self:
            return [Unmet("notice", self.env._("no shipping notice for %s", product.display_name),
                          self.env._("the salesperson writes one, a day ahead"))]
        loading = self.filtered(lambda line: line.shipping_id.state == "loading")
        if not loading:
            return self.shipping_id._not_loading_conditions()
        conditions = [unmet for shipping in loading.shipping_id for unmet in papers[shipping][0]]
        rests = [line.quantity - line.shipped_quantity for line in loading]
        if all(float_compare(quantity, rest, precision_digits=2) for rest in [sum(rests), *rests]):
            conditions.append(Unmet(
                "quantity", self.env._("%(product)s: %(leaving)s on the delivery, %(asked)s on "
                                       "%(notice)s", product=product.display_name,
                                       leaving=plain_number(quantity),
                                       asked=plain_number(sum(rests)),
                                       notice=", ".join(loading.shipping_id.mapped("name"))),
                self.env._("deliver exactly that, or the salesperson corrects the notice")))
        return conditions + [unmet for shipping in loading.shipping_id
                             for unmet in papers[shipping][1]]

    # ------------------------------------------------------------ create, write

    @api.model_create_multi
    def create(self, vals_list):
        """Add goods while the notice is a draft."""
        for vals in vals_list:
            self._refuse_system(vals)
        lines = super().create(vals_list)
        lines.shipping_id._pass_gate("_gate_sales_fields")
        return lines

    def write(self, vals):
        """Change goods while the notice is a draft, as its salesperson."""
        self._refuse_system(vals)
        if not (self.env.su and vals.keys() == {"shipped_quantity"}):
            self.shipping_id._pass_gate("_gate_sales_fields")
        result = super().write(vals)
        if "shipping_id" in vals:
            self.shipping_id._pass_gate("_gate_sales_fields")
        return result

    def _refuse_system(self, vals):
        if vals.get("shipped_quantity") and not self.env.su:
            raise UserError(self.env._("What has left is noted by the delivery."))

    @api.ondelete(at_uninstall=False)
    def _unlink_draft_only(self):
        self.shipping_id._pass_gate("_gate_sales_fields")
