from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.foundation.gate_mixin import Gate, Unmet, gate
from ..models.order.sale_order_cutover import CUTOVER_ROLES


class CutoverWizard(models.TransientModel):
    """期初建账: what was open, in use and in stock when the work with this system began (X16).

    Merchandisers and the plan manager enter it; the general manager closes it, once.
    """

    _name = "gendan.cutover.wizard"
    _inherit = ["gendan.gate.mixin"]
    _description = "Cut-over"

    company_id = fields.Many2one("res.company", required=True, readonly=True,
                                 default=lambda self: self.env.company)
    order_ids = fields.One2many("gendan.cutover.order", "wizard_id", "Open orders")
    version_ids = fields.One2many("gendan.cutover.version", "wizard_id", "Packaging versions")
    closed_text = fields.Char("Closed", compute="_compute_figures")
    may_close = fields.Boolean(compute="_compute_figures")
    paper_count = fields.Integer("Orders loaded", compute="_compute_figures")
    draft_count = fields.Integer("Orders never submitted", compute="_compute_figures")
    quant_count = fields.Integer("Products in stock", compute="_compute_figures")
    open_version_count = fields.Integer("Versions without status", compute="_compute_figures")
    no_artwork_count = fields.Integer("Versions without artwork", compute="_compute_figures")

    @api.depends("company_id")
    def _compute_figures(self):
        for wizard in self:
            company = wizard.company_id.sudo()
            versions = wizard._versions()
            own = [("company_id", "=", company.id)]
            wizard.closed_text = company.cutover_closed_at and company._cutover_closed_text()
            wizard.may_close = self.env.user._has_role("general_manager")
            wizard.paper_count = self.env["gendan.revision"].search_count(
                [*own, ("signature_kind", "=", "paper")])
            wizard.draft_count = self.env["sale.order"].search_count(
                [*own, ("revision_id", "=", False), ("state", "!=", "cancel")])
            wizard.quant_count = len(self.env["stock.quant"]._read_group(
                [*own, ("location_id.usage", "=", "internal"), ("quantity", ">", 0)],
                ["product_id"]))
            wizard.open_version_count = len(versions.filtered(lambda v: not v.packaging_state))
            wizard.no_artwork_count = len(versions.filtered(
                lambda v: v.packaging_state != "withdrawn" and not v.artwork_name))

    def _versions(self):
        """Return the packaging versions that this company may use."""
        return self.env["product.product"].search([
            ("packaging_kind", "!=", False),
            ("company_id", "in", [False, self.company_id.id])], order="default_code, id")

    @api.model
    def default_get(self, fields_list):
        """Propose the orders selected in a list, and the versions that have no status yet."""
        values = super().default_get(fields_list)
        if "order_ids" in fields_list and self.env.context.get("active_model") == "sale.order":
            values["order_ids"] = [
                fields.Command.create({"order_id": id_})
                for id_ in self.env.context.get("active_ids", [])]
        if "version_ids" in fields_list:
            wizard = self.new({"company_id": self.env.company.id})
            values["version_ids"] = [
                fields.Command.create({"product_id": version.id})
                for version in wizard._versions() if not version.packaging_state]
        return values

    @api.model_create_multi
    def create(self, vals_list):
        """Open the window only while the cut-over is open, for the present company.

        :raise UserError: after the closing, or where 跟单 is not used
        """
        company = self.env.company
        if not company.uses_gendan:
            raise UserError(self.env._(
                "%s does not use order follow-up: switch it on in the settings first.",
                company.name))
        wizards = super().create([{**vals, "company_id": company.id} for vals in vals_list])
        wizards._pass_gate("_gate_open")
        return wizards

    def write(self, vals):
        """Keep the window to its company."""
        return super().write({name: vals[name] for name in vals if name != "company_id"})

    # ------------------------------------------------------------------ gates

    @gate("cutover.open", "X16")
    def _gate_open(self):
        """What was closed once stays closed, for everybody."""
        return {wizard.id: wizard._closed_conditions() for wizard in self}

    def _closed_conditions(self):
        company = self.company_id.sudo()
        if not company.cutover_closed_at:
            return []
        return [Unmet("closed", f"{company.name}: {company._cutover_closed_text()}",
                      self.env._("orders are submitted and signed here, versions follow their "
                                 "use"))]

    @gate("cutover.prepare", "X16")
    def _gate_prepare(self):
        """Merchandisers and the plan manager enter what was there."""
        allowed = any(self.env.user._principals(role) for role in CUTOVER_ROLES)
        return {wizard.id: wizard._closed_conditions() + ([] if allowed else [Unmet(
            "role", self.env._("the cut-over is not yours to enter"),
            self.env._("a merchandiser or the plan manager enters it"))]) for wizard in self}

    @gate("cutover.close", "X16")
    def _gate_close(self):
        """The general manager closes it, when no version is left without status."""
        return {wizard.id: wizard._closed_conditions() or wizard._closing_conditions()
                for wizard in self}

    def _closing_conditions(self):
        self.ensure_one()
        conditions = []
        if not self.env.user._has_role("general_manager"):
            managers = self.env.user._users_of_role("general_manager", self.company_id)
            conditions.append(Unmet(
                "role", self.env._("the cut-over is closed by the general manager"),
                self.env._("ask %s", ", ".join(managers.mapped("name"))), tuple(managers.ids)))
        if open_versions := self._versions().filtered(lambda v: not v.packaging_state):
            conditions.append(Unmet(
                "versions", self.env._(
                    "%(count)s packaging versions have no status: %(names)s",
                    count=len(open_versions),
                    names=", ".join(open_versions[:5].mapped("display_name"))),
                self.env._("enter it here, it cannot be entered later")))
        return conditions

    # ---------------------------------------------------------------- actions

    def action_load_orders(self):
        """Load the listed orders as valid, each with its scanned paper.

        :raise UserError: what is missing on any of them; none is loaded then
        """
        self._pass_gate("_gate_prepare")
        self.order_ids._load()
        self.order_ids.unlink()
        return self._reopen()

    def action_set_versions(self):
        """Enter status and artwork of the listed packaging versions."""
        self._pass_gate("_gate_prepare")
        self.company_id._keep_cutover_open()
        self.version_ids._set_status()
        self.version_ids.unlink()
        return self._reopen()

    def action_close(self):
        """Close the cut-over for good; the closing is on record.

        :raise UserError: by another than the general manager, or with versions open
        """
        self.ensure_one()
        self._pass_gate("_gate_close")
        company = self.company_id.sudo()
        company._close_cutover()
        self.env["gendan.audit"]._note(
            "cutover", Gate("cutover.close", "X16"), company, self.env._(
                "Cut-over closed: %(orders)s orders loaded, %(versions)s packaging versions, "
                "%(products)s products in stock",
                orders=self.paper_count, versions=len(self._versions()),
                products=self.quant_count))
        return {"type": "ir.actions.act_window_close"}

    def action_open_import(self):
        """Open core's import of orders; they are loaded here afterwards."""
        return {"type": "ir.actions.client", "tag": "import",
                "params": {"active_model": "sale.order", "context": {}}}

    def action_open_inventory(self):
        """Open core's physical inventory."""
        return self.env["stock.quant"].action_view_inventory()

    def _reopen(self):
        return {
            "type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id,
            "name": self.env["ir.model"]._get(self._name).sudo().name,
            "views": [(False, "form")], "target": "new",
            "context": {"dialog_size": "extra-large"},
        }
