import json

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import SQL, float_compare

from ...calc.canonical import canonical_json, decimal_string
from ...calc.text import plain_number
from ..foundation.gate_mixin import Unmet
from ..foundation.spec_mixin import SPEC_FIELDS, SPEC_GROUPS

CONTROLLED = {
    "product_id", "product_uom_qty", "product_uom_id", "price_unit", "discount", "tax_ids",
    "chosen_bom_id", "bom_snapshot", *SPEC_FIELDS,
}
# what decides whether a line is controlled at all, and to which order it belongs
IDENTITY = {"order_id", "is_downpayment", "is_expense", "display_type", "linked_line_id"}
# more packs than the plant makes in a year: a slip of the finger (D1.5)
ABSURD_QUANTITY = 100_000_000


class SaleOrderLine(models.Model):
    """One product of an order with its specification."""

    _name = "sale.order.line"
    _inherit = ["sale.order.line", "gendan.spec.mixin"]

    chosen_bom_id = fields.Many2one(
        "mrp.bom", "Bill of materials", ondelete="restrict",
        compute="_compute_chosen_bom_id", store=True, readonly=False, precompute=True,
        domain="[('product_tmpl_id', '=', product_template_id), ('type', '=', 'normal')]")
    bom_snapshot = fields.Text(readonly=True, copy=False)
    bom_changed = fields.Boolean("BoM changed since", compute="_compute_bom_changed")
    previous_line_id = fields.Many2one(
        "sale.order.line", "Last order", compute="_compute_previous_line_id")
    difference_text = fields.Char("Differs from last time", compute="_compute_difference_text")
    customer_item = fields.Char("Customer's item number", compute="_compute_customer_item")

    # the specification comes with the product; the customer's last order knows better
    size_width = fields.Integer(compute="_compute_spec", store=True, readonly=False,
                                precompute=True)
    size_length = fields.Integer(compute="_compute_spec", store=True, readonly=False,
                                 precompute=True)
    gsm = fields.Float(compute="_compute_spec", store=True, readonly=False, precompute=True)
    fibre = fields.Char(compute="_compute_spec", store=True, readonly=False, precompute=True)
    pattern = fields.Char(compute="_compute_spec", store=True, readonly=False, precompute=True)
    colour = fields.Char(compute="_compute_spec", store=True, readonly=False, precompute=True)
    surface = fields.Selection(compute="_compute_spec", store=True, readonly=False,
                               precompute=True)
    print_colours = fields.Char(compute="_compute_spec", store=True, readonly=False,
                                precompute=True)
    print_direction = fields.Selection(compute="_compute_spec", store=True, readonly=False,
                                       precompute=True)
    pieces_per_pack = fields.Integer(compute="_compute_spec", store=True, readonly=False,
                                     precompute=True)
    bag_version_id = fields.Many2one(compute="_compute_spec", store=True, readonly=False,
                                     precompute=True)
    carton_version_id = fields.Many2one(compute="_compute_spec", store=True, readonly=False,
                                        precompute=True)
    packs_per_carton = fields.Integer(compute="_compute_spec", store=True, readonly=False,
                                      precompute=True)
    packing_method = fields.Char(compute="_compute_spec", store=True, readonly=False,
                                 precompute=True)
    mark_front = fields.Text(compute="_compute_spec", store=True, readonly=False, precompute=True)
    mark_side = fields.Text(compute="_compute_spec", store=True, readonly=False, precompute=True)
    code_text = fields.Char(compute="_compute_spec", store=True, readonly=False, precompute=True)
    code_format = fields.Char(compute="_compute_spec", store=True, readonly=False, precompute=True)
    shelf_life_months = fields.Integer(compute="_compute_spec", store=True, readonly=False,
                                       precompute=True)
    print_remark = fields.Text(compute="_compute_spec", store=True, readonly=False,
                               precompute=True)

    # ------------------------------------------------------------ last order

    @api.depends("product_id")
    def _compute_spec(self):
        """Fill the specification from the customer's last order, else from the product."""
        gated = self.filtered(lambda line: line.product_id and line.company_id.uses_gendan)
        previous = gated._previous_lines()
        for line in self:
            source = previous.get(line) or line.product_id if line in gated else line
            for name in SPEC_FIELDS:
                line[name] = source[name]

    @api.depends("product_id")
    def _compute_chosen_bom_id(self):
        """Choose the bill of materials where there is only one; else the person must (D1.4)."""
        gated = self.filtered(lambda line: line.product_id and line.company_id.uses_gendan)
        boms = gated._active_boms()
        for line in self:
            candidates = boms.get(line.product_id, line.chosen_bom_id)
            if line.chosen_bom_id not in candidates or not line.chosen_bom_id:
                line.chosen_bom_id = candidates if len(candidates) == 1 else False

    def _active_boms(self):
        """Return ``{product: its active manufacturing BoMs}`` in one query."""
        # a salesperson has no rights on BoMs; he sees only which one his order uses
        boms = self.env["mrp.bom"].sudo().search([
            ("product_tmpl_id", "in", self.product_id.product_tmpl_id.ids),
            ("type", "=", "normal"), ("company_id", "in", [False, *self.company_id.ids]),
        ])
        return {product: boms.filtered(
            lambda bom: bom.product_tmpl_id == product.product_tmpl_id
            and bom.product_id.id in (False, product.id)) for product in self.product_id}

    @api.depends("product_id", "order_id.partner_id")
    def _compute_previous_line_id(self):
        previous = self._previous_lines()
        for line in self:
            line.previous_line_id = previous.get(line, False)

    def _previous_lines(self):
        """Return ``{line: line of the same customer and product on his last valid order}``."""
        lines = self.filtered(lambda line: line.product_id and line.order_id.partner_id)
        if not lines:
            return {}
        partners = lines.order_id.partner_id.commercial_partner_id
        # the latest one is found by the database: a customer of years has thousands of lines
        rows = self.env["sale.order.line"].sudo()._read_group([
            ("product_id", "in", lines.product_id.ids), ("state", "=", "sale"),
            ("order_id.partner_id.commercial_partner_id", "in", partners.ids),
            ("order_id", "not in", lines.order_id.ids), ("display_type", "=", False),
        ], ["order_partner_id", "product_id"], ["id:max"])
        latest = {}
        for partner, product, last in rows:
            key = partner.commercial_partner_id, product
            latest[key] = max(last, latest.get(key, 0))
        previous = dict(zip(
            latest, self.env["sale.order.line"].sudo().browse(latest.values()), strict=True))
        found = {line: previous.get((line.order_id.partner_id.commercial_partner_id,
                                     line.product_id)) for line in lines}
        return {line: last for line, last in found.items() if last}

    @api.depends("product_id", "order_id.partner_id", *SPEC_FIELDS)
    def _compute_difference_text(self):
        previous = self._previous_lines()
        for line in self:
            reference = previous.get(line) or line.product_id.product_tmpl_id
            names = line._differing_fields(reference) if reference else ()
            line.difference_text = ", ".join(
                f"{line._spec_label(name)}: {reference._spec_text(name) or '—'} → "
                f"{line._spec_text(name) or '—'}" for name in names) or False

    def _differing_fields(self, reference):
        """Return the specification fields in which this line differs from ``reference``."""
        return [name for name in SPEC_FIELDS if line_value(self, name) != line_value(
            reference, name)]

    def _compute_customer_item(self):
        items = self.env["gendan.customer.item"].sudo().search([
            ("partner_id", "in", self.order_id.partner_id.commercial_partner_id.ids),
            ("product_id", "in", self.product_id.ids)])
        for line in self:
            item = items.filtered(
                lambda i, line=line: i.product_id == line.product_id
                and i.partner_id == line.order_id.partner_id.commercial_partner_id)[:1]
            line.customer_item = item.item_number

    # ------------------------------------------------------------ the content

    def _is_controlled(self):
        """Whether a revision freezes this line: neither a note nor a down payment.

        Expenses of type service are invoiced on, nothing is made for them.
        """
        self.ensure_one()
        if self.display_type or self.is_downpayment and not self.product_uom_qty:
            return False
        return not (self.is_expense and self.product_id.type == "service")

    def _payload(self, taxes, factor):
        """Return the controlled content of one line, see `sale.order._payload_relations`."""
        self.ensure_one()
        return {
            "id": self.id,
            "product": self.product_id.id,
            "quantity": decimal_string(self.product_uom_qty),
            "uom": self.product_uom_id.id,
            "factor": decimal_string(factor),
            "price_unit": decimal_string(self.price_unit),
            "discount": decimal_string(self.discount),
            "taxes": taxes,
            "bom": self.chosen_bom_id.id or 0,
            "snapshot": json.loads(self.bom_snapshot or "[]"),
            **{name: self._payload_spec(name) for name in SPEC_FIELDS},
        }

    def _payload_spec(self, name):
        value = self[name]
        kind = self._fields[name].type
        if kind == "many2one":
            return value.id or 0
        return decimal_string(value) if kind == "float" else value or ""

    def _freeze_bom_snapshot(self):
        """Keep the BoM of each line as it is now (D1.4)."""
        for line in self:
            snapshot = line._live_bom_snapshot()
            if line.bom_snapshot != snapshot:
                line.bom_snapshot = snapshot

    def _live_bom_snapshot(self):
        """Return the chosen BoM as canonical text: per how many, of what, how much."""
        self.ensure_one()
        bom = self.sudo().chosen_bom_id
        return canonical_json([{
            "product": line.product_id.id,
            "quantity": decimal_string(line.product_qty),
            "uom": line.product_uom_id.id,
            "per": decimal_string(bom.product_qty),
            "per_uom": bom.product_uom_id.id,
        } for line in bom.bom_line_ids.sorted("id")])

    @api.depends("bom_snapshot", "chosen_bom_id")
    def _compute_bom_changed(self):
        for line in self:
            line.bom_changed = bool(line.bom_snapshot) and (
                line.bom_snapshot != line._live_bom_snapshot())

    # ------------------------------------------------------------- conditions

    def _quantity_conditions(self):
        """Return what makes the quantity of one line impossible (D1.5)."""
        self.ensure_one()
        if self._is_dropped():
            return []
        if self.product_uom_qty <= 0 or self.product_uom_qty > ABSURD_QUANTITY:
            return [
                Unmet(
                    "quantity",
                    self.env._(
                        "%(order)s, %(product)s: quantity %(quantity)s",
                        order=self.order_id.name,
                        product=self.product_id.display_name or self.name,
                        quantity=plain_number(self.product_uom_qty),
                    ),
                    self.env._("the salesperson enters what the customer ordered"),
                )
            ]
        if not self.product_id:
            return [
                Unmet(
                    "product",
                    self.env._("%s has a line without product", self.order_id.name),
                    self.env._("the salesperson chooses one"),
                )
            ]
        if self.product_uom_id != self.product_id.uom_id and (
                not self.product_uom_id._has_common_reference(self.product_id.uom_id)):
            return [Unmet("uom", self.env._(
                "%(product)s is not counted in %(uom)s",
                product=self.product_id.display_name, uom=self.product_uom_id.name),
                self.env._("choose a unit of %s", self.product_id.uom_id.name))]
        return []

    def _is_dropped(self):
        """Whether the customer dropped this line of an order that was valid before (D1.11).

        It stays on the order with quantity 0: what was signed is never deleted.
        """
        self.ensure_one()
        return not self.product_uom_qty and bool(self.bom_snapshot) and self.state == "sale"

    def _packs(self):
        """Return the ordered quantity in the product's own unit (packs)."""
        self.ensure_one()
        return self.product_uom_id._compute_quantity(
            self.product_uom_qty, self.product_id.uom_id, round=False)

    def _verification_conditions(self):
        """Return everything wrong or missing on one line (D1.2–D1.5)."""
        self.ensure_one()
        blocking = self._quantity_conditions()
        if blocking or self.product_id.type == "service" or self._is_dropped():
            return blocking
        return (self._size_conditions() + self._name_conditions() + self._material_conditions()
                + self._basic_conditions())

    def _size_conditions(self):
        if self.size_width > 0 and self.size_length > 0:
            return []
        return [self._line_unmet("size", self.env._("size is empty"),
                                 self.env._("the salesperson enters width × length in mm"))]

    def _name_conditions(self):
        if self.product_id.active:
            return []
        return [
            self._line_unmet(
                "archived",
                self.env._("the product is archived"),
                self.env._("the salesperson chooses the product that replaces it"),
            )
        ]

    def _material_conditions(self):
        bom = self.sudo().chosen_bom_id
        if not bom:
            boms = self._active_boms()[self.product_id]
            return [self._line_unmet(
                "bom", self.env._("%s bills of materials", len(boms)),
                self.env._("the salesperson chooses one") if boms
                else self.env._("production makes one, then submit again"))]
        foreign = self._foreign_packaging() + self._foreign_fabric()
        return [self._line_unmet("bom_mismatch", text, self.env._("correct the order or the BoM"))
                for text in foreign]

    def _components(self):
        """Return the products of the BoM; of a submitted line as frozen: that will be made."""
        if self.order_id._is_locked():
            frozen = json.loads(self.bom_snapshot or "[]")
            return self.env["product.product"].sudo().browse(
                component["product"] for component in frozen)
        # a salesperson has no rights on BoMs
        return self.sudo().chosen_bom_id.bom_line_ids.product_id

    def _fetch_specified_products(self):
        """Read all the products that these lines speak of, and their templates, in one query."""
        products = (self.product_id | self.bag_version_id | self.carton_version_id).sudo().union(
            *(line._components() for line in self))
        of_product = [products._fields[name] for name in ("active", "packaging_state",
                                                          "product_tmpl_id")]
        templates = self.env["product.template"].sudo()
        of_template = [templates._fields[name] for name in ("type", "uom_id", "packaging_kind",
                                                            "gsm")]
        products.flush_model([field.name for field in of_product])
        templates.flush_model([field.name for field in of_template])
        rows = self.env.execute_query(SQL(
            "SELECT product.id, template.id, %s FROM product_product product "
            "JOIN product_template template ON template.id = product.product_tmpl_id "
            "WHERE product.id = ANY(%s)",
            SQL(", ").join([SQL.identifier("product", field.name) for field in of_product]
                           + [SQL.identifier("template", field.name) for field in of_template]),
            list(products.ids)))
        if rows:
            product_ids, template_ids, *values = zip(*rows, strict=True)
            known = [products.browse(product_ids)] * len(of_product) + [
                templates.browse(template_ids)] * len(of_template)
            for field, records, of_field in zip(
                    of_product + of_template, known, values, strict=True):
                field._insert_cache(records, of_field)

    def _foreign_packaging(self):
        """Return where the BoM's bag or carton is not the one on the order."""
        packaging = self._components().filtered("packaging_kind")
        texts = []
        for name, kinds in (
            ("bag_version_id", ("bag", "film")),
            ("carton_version_id", ("carton",)),
        ):
            in_bom = packaging.filtered(lambda p, kinds=kinds: p.packaging_kind in kinds)
            if self[name] and in_bom and self[name] not in in_bom:
                texts.append(self.env._("%(field)s %(ordered)s, the BoM has %(bom)s",
                               field=self._spec_label(name), ordered=self[name].display_name,
                               bom=", ".join(in_bom.mapped("display_name"))))
        return texts

    def _foreign_fabric(self):
        """Return where no fabric of the BoM has the grammage of the order (D1.4)."""
        fabrics = self._components().filtered(lambda p: p.gsm and not p.packaging_kind)
        if not self.gsm or not fabrics or any(
                float_compare(f.gsm, self.gsm, precision_digits=1) == 0 for f in fabrics):
            return []
        return [self.env._(
            "fabric %(ordered)s g/m², the BoM has %(bom)s", ordered=plain_number(self.gsm),
            bom=", ".join(f"{f.display_name} {plain_number(f.gsm)}" for f in fabrics))]

    def _basic_conditions(self):
        required = ("pieces_per_pack", "bag_version_id", "carton_version_id", "packs_per_carton",
                    "packing_method", "mark_front", "code_format", "shelf_life_months")
        conditions = [
            self._line_unmet(
                name,
                self.env._("%s is empty", self._spec_label(name)),
                self.env._("the salesperson enters it"),
            )
            for name in required
            if not line_value(self, name)
        ]
        conditions += [
            self._line_unmet(
                name,
                self.env._("%(field)s is %(value)s", field=self._spec_label(name),
                           value=self._spec_text(name)),
                self.env._("the salesperson corrects it"),
            )
            for name in ("gsm", "pieces_per_pack", "packs_per_carton", "shelf_life_months")
            if self[name] < 0
        ]
        if self.price_unit <= 0:
            conditions.append(self._line_unmet("price", self.env._("the price is empty"),
                                               self.env._("the salesperson enters it")))
        withdrawn = (self.bag_version_id | self.carton_version_id).filtered(
            lambda version: version.packaging_state == "withdrawn" or not version.active)
        conditions += [self._line_unmet(
            "withdrawn", self.env._("%s is withdrawn", version.display_name),
            self.env._("the salesperson chooses the version in use")) for version in withdrawn]
        return conditions + self._tail_carton_conditions()

    def _tail_carton_conditions(self):
        packs = self._packs()
        if (not self.packs_per_carton or self.order_id.tail_carton_agreed
                or float_compare(packs % self.packs_per_carton, 0, precision_digits=2) == 0):
            return []
        return [
            self._line_unmet(
                "tail_carton",
                self.env._(
                    "%(packs)s packs are no full cartons of %(per)s",
                    packs=plain_number(packs),
                    per=self.packs_per_carton,
                ),
                self.env._("the salesperson ticks “Tail carton” or changes the quantity"),
            )
        ]

    def _line_unmet(self, code, missing, remedy):
        return Unmet(code, f"{self.order_id.name}, {self.product_id.display_name}: {missing}",
                     remedy)

    def _duplicate_conditions(self):
        """Return one condition per product that stands on two like lines (D1.5)."""
        seen, conditions = {}, []
        for line in self.filtered("product_uom_qty"):
            key = (line.product_id, line.bag_version_id, line.carton_version_id,
                   line.mark_front or "", line.price_unit)
            if key in seen:
                conditions.append(line._line_unmet(
                    "duplicate", self.env._("stands on two like lines"),
                    self.env._("put them together, or say in the mark what differs")))
            seen[key] = line
        return conditions

    # ---------------------------------------------------------- verification

    def _prepare_ticks(self):
        """Return the verification points of these lines: groups, and each difference."""
        previous = self._previous_lines()
        differing = []
        for line in self.filtered(lambda line: line.product_id.type != "service"):
            reference = previous.get(line) or line.product_id.product_tmpl_id
            differing += [line._prepare_tick(name, reference)
                          for name in line._differing_fields(reference)]
        groups = [{"group": group} for group in ("1_size", "2_name", "3_material", "4_basic")]
        return groups + differing

    def _prepare_tick(self, name, reference):
        group = next(key for key, names in SPEC_GROUPS.items() if name in names)
        return {
            "group": group, "order_line_id": self.id, "field_name": name,
            "label": self._spec_label(name), "value": self._spec_text(name),
            "reference_value": reference._spec_text(name), "is_difference": True,
        }

    # ----------------------------------------------------------------- guards

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse a new controlled line on a locked order (D1.11)."""
        lines = super().create(vals_list)
        lines.filtered(lambda line: line._is_controlled()).order_id._gendan_on()._pass_gate(
            "_gate_edit")
        return lines

    def write(self, vals):
        """Refuse changes of frozen content, and flags that would open the guard (D1.11)."""
        watched = vals.keys() & (CONTROLLED | IDENTITY)
        if not watched:
            return super().write(vals)
        self._check_controlled(vals, watched)
        free = self.filtered(lambda line: not line._is_controlled())
        moved = self if watched & IDENTITY else self.browse()
        result = super().write(vals)
        # a down payment that gets a quantity, a line that comes from another order
        (free | moved).filtered(lambda line: line._is_controlled()).order_id._gendan_on(
            )._pass_gate("_gate_edit")
        return result

    def unlink(self):
        """Refuse to delete frozen content, before core says to set it to 0 instead (D1.11)."""
        self.filtered(lambda line: line._is_controlled()).order_id._gendan_on()._pass_gate(
            "_gate_edit")
        return super().unlink()

    def _check_controlled(self, vals, watched):
        orders = self.order_id._gendan_on()
        if not orders:
            return
        changed = self.filtered(
            lambda line: line.order_id in orders and line._is_controlled()
            and line._really_changes(vals, watched))
        changed.order_id._pass_gate("_gate_edit")

    def _really_changes(self, vals, watched):
        for name in watched:
            field = self._fields[name]
            if field.type == "many2many":
                return True
            new = field.convert_to_record(field.convert_to_cache(vals[name], self), self)
            if field.type == "float":
                if float_compare(new, self[name], precision_digits=6):
                    return True
            elif new != self[name]:
                return True
        return False

    def _prepare_restore(self, frozen):
        """Return the values that put one line back as a revision froze it."""
        self.ensure_one()
        kinds = {name: self._fields[name].type for name in SPEC_FIELDS}
        return {
            "product_id": frozen["product"],
            "product_uom_id": frozen["uom"],
            "product_uom_qty": float(frozen["quantity"]),
            "chosen_bom_id": frozen["bom"],
            "bom_snapshot": canonical_json(frozen["snapshot"]),
            **{name: float(frozen[name]) if kinds[name] == "float" else frozen[name]
               for name in SPEC_FIELDS},
            "price_unit": float(frozen["price_unit"]),
            "discount": float(frozen["discount"]),
            "tax_ids": [Command.set(frozen["taxes"])],
        }

    def _check_line_unlink(self):
        """A line that no revision ever froze may go, even from a confirmed order."""
        undeletable = super()._check_line_unlink()
        return undeletable.filtered(
            lambda line: not line.company_id.uses_gendan or line.bom_snapshot
            or not line.order_id._is_drafting_change() or line.move_ids or line.invoice_lines)

    # ------------------------------------------------------------ stock rules

    def _action_launch_stock_rule(self, *, previous_product_uom_qty=False):
        """Run the stock rules of an order only while its revision is valid (D1.10).

        A change that is being drafted waits; the rules run again at re-validity.
        """
        waiting = self.filtered(
            lambda line: line.company_id.uses_gendan and not line.order_id._stock_rules_may_run())
        return super(SaleOrderLine, self - waiting)._action_launch_stock_rule(
            previous_product_uom_qty=previous_product_uom_qty)


def line_value(record, name):
    """Return a specification value in a form that compares across models."""
    value = record[name]
    if record._fields[name].type in ("char", "text"):
        return (value or "").strip()
    return value.id if record._fields[name].type == "many2one" else value or 0
