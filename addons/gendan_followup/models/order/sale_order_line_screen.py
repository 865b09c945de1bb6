from odoo import api, fields, models

from ...calc.text import plain_number
from ..foundation.spec_mixin import SPEC_GROUPS


class SaleOrderLine(models.Model):
    """What the screens show of one line: its specification beside the last order's."""

    _inherit = "sale.order.line"

    spec_card = fields.Json(
        "Specification", compute="_compute_spec_card",
        help="Each value beside that of the customer's last order, or of the product.")
    packs_text = fields.Char("Packs and cartons", compute="_compute_packs_text")

    # ------------------------------------------------------------------ card

    @api.depends_context("lang")
    @api.depends("product_id", "order_id.partner_id",
                 *(name for names in SPEC_GROUPS.values() for name in names))
    def _compute_spec_card(self):
        lines = self.filtered(lambda line: line.product_id and not line.display_type)
        previous = lines._previous_lines()
        for line in self:
            line.spec_card = line in lines and line._spec_card(previous.get(line))

    def _spec_card(self, previous):
        self.ensure_one()
        reference = previous or self.product_id.product_tmpl_id
        order = previous.sudo().order_id if previous else False
        return {
            "product": self.product_id.id,
            "width": self.size_width, "length": self.size_length,
            "reference": order.name if order else self.env._("product"),
            "is_order": bool(order),
            "groups": [{
                "key": key, "fields": [self._spec_card_field(name, reference) for name in names],
            } for key, names in SPEC_GROUPS.items()],
        }

    def _spec_card_field(self, name, reference):
        value, before = self._spec_text(name), reference._spec_text(name)
        return {"name": name, "label": self._spec_label(name), "value": value,
                "reference": before, "differs": value != before}

    @api.depends("product_uom_qty", "product_uom_id", "product_id", "packs_per_carton")
    def _compute_packs_text(self):
        for line in self:
            line.packs_text = line._packs_text() if (
                line.product_id and line.product_uom_id and not line.display_type) else False

    def _packs_text(self):
        """Return the quantity as packs and cartons: what the factory counts in."""
        self.ensure_one()
        packs, per_carton = self._packs(), self.packs_per_carton
        text = f"{plain_number(packs)} {self.product_id.uom_id.name}"
        if not per_carton:
            return text
        cartons, rest = divmod(packs, per_carton)
        if rest:
            return self.env._("%(packs)s = %(cartons)s cartons and %(rest)s over", packs=text,
                              cartons=plain_number(cartons), rest=plain_number(rest))
        return self.env._("%(packs)s = %(cartons)s cartons", packs=text,
                          cartons=plain_number(cartons))

    # ---------------------------------------------------------- verification

    def _verification_values(self, group):
        """Return ``[{label, value}]`` of what the merchandiser looks at in ``group``."""
        self.ensure_one()
        values = {
            "1_size": self._size_values, "2_name": self._name_values,
            "3_material": self._material_values, "4_basic": self._basic_values,
        }[group]()
        return [{"label": label, "value": value} for label, value in values if value]

    def _spec_values_of(self, group):
        return [(self._spec_label(name), self._spec_text(name)) for name in SPEC_GROUPS[group]]

    def _size_values(self):
        return [(self._spec_label("size_text"), self.size_text)]

    def _name_values(self):
        item = self._customer_items()
        return [
            (self.env._("Our name"), self.product_id.display_name),
            (self.env._("Customer's item number"), ", ".join(item.mapped("item_number"))),
            (self.env._("Customer's name of the product"),
             ", ".join(filter(None, item.mapped("item_name")))),
            (self.env._("Language on the bag"),
             ", ".join(filter(None, item.mapped("bag_language")))),
        ]

    def _customer_items(self):
        """Return how this customer calls the product of the line."""
        return self.env["gendan.customer.item"].sudo().search([
            ("partner_id", "=", self.order_id.partner_id.commercial_partner_id.id),
            ("product_id", "=", self.product_id.id)])

    def _material_values(self):
        # whoever verifies may have no rights on bills of materials
        components = self.sudo().chosen_bom_id.bom_line_ids.product_id.filtered(
            lambda product: not product.packaging_kind)
        return [*self._spec_values_of("3_material"),
                (self.env._("Bill of materials"), ", ".join(components.mapped("display_name")))]

    def _basic_values(self):
        price = f"{plain_number(self.price_unit)} {self.currency_id.name}"
        return [(self.env._("Quantity"), self._packs_text()), (self.env._("Price"), price),
                *self._spec_values_of("4_basic")]

    # --------------------------------------------------------------- history

    def _price_history(self, limit=3):
        """Return ``{line: its product's lines on the customer's last valid orders}``."""
        lines = self.filtered(lambda line: line.product_id and not line.display_type)
        partners = lines.order_id.partner_id.commercial_partner_id
        older = self.search([
            ("product_id", "in", lines.product_id.ids), ("state", "=", "sale"),
            ("order_id.partner_id.commercial_partner_id", "in", partners.ids),
            ("order_id", "not in", lines.order_id.ids), ("display_type", "=", False),
            ("is_downpayment", "=", False),
        ], order="id desc")
        found = older.grouped(
            lambda line: (line.order_id.partner_id.commercial_partner_id, line.product_id))
        return {line: found.get((line.order_id.partner_id.commercial_partner_id,
                                 line.product_id), self.browse())[:limit] for line in lines}

    def _net_price(self):
        """Return the price after discount, per the unit of the line."""
        self.ensure_one()
        return self.price_unit * (1 - self.discount / 100)

    def _price_change(self, before):
        """Return by how many percent this price differs from an earlier one, or False.

        Prices in two currencies or units say nothing about each other.
        """
        old = before._net_price()
        if not old or (before.currency_id, before.product_uom_id) != (
                self.currency_id, self.product_uom_id):
            return False
        return round((self._net_price() / old - 1) * 100, 1)
