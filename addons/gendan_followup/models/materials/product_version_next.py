import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..foundation.gate_mixin import Gate

# who starts the next version: it is bought by the merchandiser (D2.8, D3.4)
STARTERS = ("merchandiser", "plan_manager")
WITH_PLATES = ("bag", "film", "label")


class ProductProduct(models.Model):
    """The next version of a packaging item: another artwork or size is another version (D3.4)."""

    _inherit = "product.product"

    plate_job_id = fields.Many2one("gendan.plate.job", "Plate job",
                                   compute="_compute_version_screen")
    status_text = fields.Char("Ends being new", compute="_compute_version_screen")

    @api.depends("packaging_state")
    @api.depends_context("lang")
    def _compute_version_screen(self):
        """Say what stops a new version now, and which event makes it regular (A14)."""
        jobs = self._open_jobs()
        for version in self:
            job = jobs.get(version.sudo(), self.env["gendan.plate.job"])
            version.plate_job_id = job.sudo(False)
            version.status_text = version.packaging_state == "new" and self.env._(
                "New until it was received and used in an accepted first article")

    def action_next_version(self):
        """Open the window that makes the next version of this one."""
        self.ensure_one()
        wizard = self.env["gendan.version.wizard"].create({"product_id": self.id})
        return {"type": "ir.actions.act_window", "res_model": wizard._name, "res_id": wizard.id,
                "views": [(False, "form")], "target": "new", "name": self.env._("Next version")}

    def _next_version_name(self):
        """Return ``v3`` where the highest version of this item is v2."""
        self.ensure_one()
        names = self.sudo().product_tmpl_id.with_context(active_test=False).product_variant_ids
        numbers = [int(found[1]) for name in names.product_template_attribute_value_ids.mapped(
            "name") if (found := re.fullmatch(r"[vV](\d+)", name or ""))]
        return f"v{max(numbers, default=1) + 1}"

    def _make_next_version(self, name, pieces_per_unit=0):
        """Make the variant ``name`` of this packaging item, new, with what its sister has.

        :param str name: e.g. ``v3``
        :param float pieces_per_unit: pieces per kg of a roll film that is bought by weight
        :return: the new version
        :raise UserError: by another than the merchandiser or the plan manager, for a name that
            is there already, or what has no versions
        """
        self.ensure_one()
        user = self.env.user
        if not any(user._principals(role) for role in STARTERS):
            self.env["gendan.audit"]._refuse(
                Gate("packaging.version", "D2.8 D3.4"), self, self.env._(
                    "%s: the next version is started by the merchandiser.", self.display_name))
        if not self.packaging_kind:
            raise UserError(self.env._("%s is no packaging and has no versions.",
                                       self.display_name))
        name = (name or "").strip()
        if not name:
            raise UserError(self.env._("%s: which version? e.g. v2.", self.display_name))
        # a merchandiser keeps no product catalogue; the checks above have passed
        version = self.sudo()._add_version_variant(name)
        version.write(self.sudo()._prepare_next_version(name))
        self.sudo()._copy_offers(version)
        if pieces_per_unit:
            self.sudo()._make_version_unit(version, pieces_per_unit)
        version._set_version_status("new", reason=self.env._("next version after %s",
                                                             self.display_name))
        return version.sudo(False)

    def _add_version_variant(self, name):
        template = self.product_tmpl_id
        line = template.attribute_line_ids.filtered(
            lambda one: one.attribute_id.create_variant == "always")[:1]
        if not line:
            raise UserError(self.env._(
                "%s has no versions: give it an attribute with its present version first, in the "
                "product.", template.display_name))
        value = self._version_value(line.attribute_id, name)
        if value in line.value_ids:
            raise UserError(self.env._(
                "%(item)s has a version %(version)s already.", item=template.display_name,
                version=name))
        template.write({"attribute_line_ids": [Command.update(
            line.id, {"value_ids": [Command.link(value.id)]})]})
        return template.product_variant_ids.filtered(
            lambda one: name in one.product_template_attribute_value_ids.mapped("name"))

    @api.model
    def _version_value(self, attribute, name):
        values = self.env["product.attribute.value"]
        return values.search([("attribute_id", "=", attribute.id), ("name", "=", name)],
                             limit=1) or values.create(
                                 {"attribute_id": attribute.id, "name": name})

    def _prepare_next_version(self, name):
        self.ensure_one()
        stem = re.sub(r"[-_ ]?[vV]\d+$", "", self.default_code or "")
        return {"default_code": f"{stem}-{name}" if stem else False, "weight": self.weight,
                "volume": self.volume, "standard_price": self.standard_price}

    def _copy_offers(self, version):
        """Let the suppliers of this version offer the next one, at the price so far."""
        for offer in self.seller_ids.filtered(lambda one: one.product_id == self):
            offer.copy({"product_id": version.id})

    def _make_version_unit(self, version, pieces):
        unit = self.env["uom.uom"].create({
            "name": f"kg({version.default_code}: {pieces:.12g})", "relative_factor": pieces,
            "relative_uom_id": self.uom_id.id, "packaging_version_id": version.id})
        version.product_tmpl_id.uom_ids += unit
        version.seller_ids.filtered(lambda one: one.product_id == version).product_uom_id = unit

    def _weight_unit(self):
        """Return the unit in which this roll film is bought by weight, if any."""
        self.ensure_one()
        return self.uom_ids.filtered(lambda unit: self._pieces_factor(unit) > 1)[:1]
