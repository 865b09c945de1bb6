import json
from functools import lru_cache

from odoo import fields, models

from ..foundation.gate_mixin import Unmet
from .capability_enquiry import digest_of

# what the process has to be able to do; marks, codes and cartons are no question of process
PROCESS_FIELDS = ("size_width", "size_length", "gsm", "fibre", "pattern", "colour", "surface",
                  "print_colours", "print_direction", "pieces_per_pack")


@lru_cache(maxsize=1024)
def recipe_products(snapshot):
    """Return the ids of the products in a frozen recipe; boards ask for the same ones all day."""
    return frozenset(row["product"] for row in json.loads(snapshot or "[]"))


class ProductionNoticeLine(models.Model):
    """Whether production was asked if it can make this line, and what it said (D2.6)."""

    _inherit = "gendan.production.notice.line"

    capability_ids = fields.One2many("gendan.capability.enquiry", "notice_line_id",
                                     "Capability enquiries", readonly=True)

    def _capability_unmet(self):
        """Return ``{line id: [Unmet, …]}`` of the lines whose process is not settled (D2.6).

        For special material, a new product and a new specification; a repeat of what was
        answered before carries over.
        """
        lines = self.sudo()
        # the goods and the materials of all recipes in one read, so that each line finds its
        # own in memory
        self.env["product.product"].sudo().browse(set(lines.product_id.ids).union(
            *map(recipe_products, lines.mapped("bom_snapshot")))).mapped("is_special_material")
        asking = lines.filtered(lambda line: line.quantity and line._needs_capability())
        asked = asking._capability_answers() if asking else {}
        return {line.id: line._capability_conditions(asked) for line in asking}

    def _capability_answers(self):
        """Return ``{(product id, digest): latest enquiry}``, of any order, in one query."""
        enquiries = self.env["gendan.capability.enquiry"].sudo().search([
            ("notice_line_id.product_id", "in", self.product_id.ids),
            ("company_id", "in", self.company_id.ids), ("state", "not in", ("draft", "cancel")),
        ], order="asked_at, id")
        return {(one.product_id.id, one.spec_digest): one for one in enquiries}

    def _needs_capability(self):
        """Whether special material, a new product or a new specification is in this line."""
        self.ensure_one()
        return bool(self.product_id.is_new_product or self._is_new_specification()
                    or self._special_materials())

    def _special_materials(self):
        """Return the special materials of the frozen recipe (D2.5, D3.12)."""
        self.ensure_one()
        products = self.env["product.product"].sudo().browse(recipe_products(self.bom_snapshot))
        return products.filtered("is_special_material")

    def _named_products(self):
        """Return the ids of the materials and versions that this line names."""
        self.ensure_one()
        return recipe_products(self.bom_snapshot) | {
            self.bag_version_id.id, self.carton_version_id.id}

    def _is_new_specification(self):
        product = self.product_id.product_tmpl_id
        return any(self[name] != product[name] for name in PROCESS_FIELDS)

    def _capability_digest(self):
        """Return what identifies the specification that production is asked about.

        Of the values, not of their words: who asks in Chinese is answered for every reader.
        """
        values = self._spec_values()
        return digest_of([[str(values[name] or "").strip() for name in PROCESS_FIELDS],
                          sorted(self._special_materials().ids)])

    def _capability_conditions(self, asked):
        self.ensure_one()
        notice = self.notice_id
        enquiry = asked.get((self.product_id.id, self._capability_digest()))
        production = self.env["res.users"]._users_of_role("production", self.company_id)
        if not enquiry:
            return [Unmet("capability_not_asked", self._about(
                self.env._("production was not asked whether our process can do it")),
                self.env._("%s asks", notice.merchandiser_id.name or self.env._(
                    "the merchandiser")), tuple(notice.merchandiser_id.ids))]
        if not enquiry.verdict:
            return [Unmet("capability_open", self._about(
                self.env._("production has not answered whether our process can do it")),
                self.env._("%s answers", ", ".join(production.mapped("name"))),
                tuple(production.ids))]
        if enquiry.verdict == "no":
            return [Unmet("capability_no", self._about(
                self.env._("our process cannot do it: %s", enquiry.limits)),
                self.env._("%s settles it with the customer", notice._salesperson_text()),
                tuple(notice.salesperson_id.ids))]
        if enquiry.verdict == "limits" and not enquiry.accepted_at:
            return [Unmet("capability_limits", self._about(
                self.env._("limits of the process are not accepted: %s", enquiry.limits)),
                self.env._("%s accepts them", enquiry.notice_id._salesperson_text()),
                tuple(enquiry.notice_id.salesperson_id.ids))]
        return []
