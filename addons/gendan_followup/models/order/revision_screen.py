import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calc import payload_diff
from ...calc.canonical import canonical_json
from ...calc.text import plain_number
from ..foundation.spec_mixin import SPEC_FIELDS

# payload key → field that knows its label and how its value reads
HEAD_FIELDS = {
    "partner": "partner_id", "shipping": "partner_shipping_id", "kind": "order_kind",
    "customer_ref": "client_order_ref", "destination": "destination",
    "delivery_date": "commitment_date", "tail_carton": "tail_carton_agreed",
    "pricelist": "pricelist_id", "currency": "currency_id", "payment_term": "payment_term_id",
    "prepayment": "prepayment_percent", "part": "first_part_date",
    "documents": "customer_document_ids",
}
LINE_FIELDS = {
    "product": "product_id", "quantity": "product_uom_qty", "uom": "product_uom_id",
    "bom": "chosen_bom_id", "price_unit": "price_unit", "discount": "discount",
    "taxes": "tax_ids", **{name: name for name in SPEC_FIELDS},
}


class Revision(models.Model):
    """Two revisions side by side, in words that people read (D1.11)."""

    _inherit = "gendan.revision"

    signatures_text = fields.Char("Signed by", compute="_compute_signatures_text")

    @api.depends_context("lang", "tz")
    @api.depends("state", "cycle", "digest")
    def _compute_signatures_text(self):
        """Name who signed and when; a signature that was withdrawn does not count."""
        in_force = self._signatures_in_force() if self.ids else {}
        labels = self._role_labels()
        for revision in self:
            revision.signatures_text = " · ".join(
                f"{labels.get(signature.role, signature.role)} {signature.user_id.sudo().name} "
                + fields.Datetime.context_timestamp(self, signature.signed_at).strftime(
                    "%m-%d %H:%M")
                for signature in in_force.get(revision.id, ())) or False

    def compare_with(self, other_id):
        """Return what differs between this revision and an older one, for the screen.

        A revision that is being written has no frozen content yet: the order itself is
        compared, so that its salesperson sees what his change will stop.

        :param int other_id: the older revision of the same order
        :return: ``{change_class, rows: [{section, label, old, new, commercial}]}``
        """
        self.ensure_one()
        other = self.browse(other_id).exists()
        if not other or other.order_id != self.order_id or other.notice_id != self.notice_id:
            raise UserError(self.env._("Only two revisions of one order are compared."))
        changes = payload_diff.diff(other._content_shown(), self._content_shown())
        return {"change_class": payload_diff.change_class(changes),
                "rows": [self._comparison_row(change, changes) for change in changes]}

    def _content_shown(self):
        """Return the frozen content, or what is being written where nothing is frozen."""
        self.ensure_one()
        if self.state not in ("draft", "returned") or not self.order_id:
            return self._content()
        order = self.sudo().order_id
        if order.revision_id != self:
            return self._content()
        return json.loads(canonical_json(order._revision_payloads()[order.id]))

    def _comparison_row(self, change, changes):
        # products, units and terms of an old revision may be closed to this user by now
        lines = self.env["sale.order.line"].sudo()
        record = lines if change.line else self.env["sale.order"].sudo()
        names = LINE_FIELDS if change.line else HEAD_FIELDS
        name = names.get(change.field)
        return {
            "section": self._comparison_section(change),
            "label": self._comparison_label(record, change.field, name),
            "old": self._comparison_text(record, change.field, name, change.old),
            "new": self._comparison_text(record, change.field, name, change.new),
            "commercial": payload_diff.is_commercial(change, changes),
        }

    def _comparison_section(self, change):
        if not change.line:
            return self.env._("Order")
        products = [line["product"] for line in self._lines_of(change.line)]
        product = self.env["product.product"].sudo().browse(products[:1]).exists()
        return product.display_name or self.env._("Line")

    def _lines_of(self, line_id):
        revisions = self.order_id.revision_ids if self.order_id else self
        return [line for revision in revisions for line in revision._content().get("lines", ())
                if line["id"] == line_id]

    @api.model
    def _comparison_label(self, record, key, name):
        extra = {"line": self.env._("Line"), "snapshot": self.env._("Materials"),
                 "factor": self.env._("Packs per unit")}
        if name:
            return record._fields[name]._description_string(self.env)
        return extra.get(key, key)

    @api.model
    def _comparison_text(self, record, key, name, value):
        """Return one frozen value as people read it."""
        if value in (None, "", 0, False, [], "0"):
            return "—"
        if key == "line":
            product = self.env["product.product"].sudo().browse(value["product"]).exists()
            return f"{product.display_name} × {value['quantity']}"
        if key == "snapshot":
            return self._snapshot_text(value)
        if key == "documents":
            return self.env._("%s files", len(value))
        if key == "part":
            return self.env._("%(quantity)s by %(day)s", day=value[0],
                              quantity=plain_number(float(value[1])))
        field = record._fields.get(name)
        if field is None:
            return str(value)
        if field.type == "many2one":
            return self.env[field.comodel_name].sudo().browse(value).exists().display_name or "—"
        if field.type == "many2many":
            related = self.env[field.comodel_name].sudo().browse(value).exists()
            return ", ".join(related.mapped("display_name"))
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        return self.env._("Yes") if value is True else str(value)

    @api.model
    def _snapshot_text(self, snapshot):
        products = self.env["product.product"].sudo().browse(
            [component["product"] for component in snapshot]).exists()
        names = {product.id: product.display_name for product in products}
        return "; ".join(f"{names.get(c['product'], '—')} {c['quantity']}/{c['per']}"
                         for c in snapshot)
