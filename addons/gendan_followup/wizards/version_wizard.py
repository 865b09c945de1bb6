from odoo import api, fields, models

from ..models.materials.product_version_next import WITH_PLATES


class VersionWizard(models.TransientModel):
    """Make the next version of a bag, film or carton, and start its plate job (D2.8, D3.4)."""

    _name = "gendan.version.wizard"
    _description = "Next version"

    product_id = fields.Many2one("product.product", "Present version", required=True,
                                 readonly=True)
    packaging_kind = fields.Selection(related="product_id.packaging_kind")
    name = fields.Char("Next version is called", compute="_compute_proposal", store=True,
                       readonly=False, precompute=True, required=True)
    pieces_per_unit = fields.Float("Pieces per kg", compute="_compute_proposal", store=True,
                                   readonly=False, precompute=True)
    notice_line_id = fields.Many2one(
        "gendan.production.notice.line", "For notice line",
        domain="[('notice_id.state', 'in', ('draft', 'valid', 'released'))]")
    salesperson_id = fields.Many2one("res.users", compute="_compute_salesperson_id",
                                     store=True, readonly=False, precompute=True)
    artwork = fields.Image(max_width=0, max_height=0)
    artwork_name = fields.Char("Artwork file")
    colours = fields.Integer("Cylinders")

    @api.depends("product_id")
    def _compute_proposal(self):
        for wizard in self:
            version = wizard.product_id
            wizard.name = version._next_version_name() if version else False
            unit = version.sudo()._weight_unit() if version.packaging_kind == "film" else None
            wizard.pieces_per_unit = version.sudo()._pieces_factor(unit) if unit else 0

    @api.depends("notice_line_id")
    def _compute_salesperson_id(self):
        for wizard in self:
            wizard.salesperson_id = wizard.notice_line_id.notice_id.salesperson_id

    def action_confirm(self):
        """Make the version; open its plate job, or the version itself for a carton."""
        self.ensure_one()
        version = self.product_id._make_next_version(
            self.name, self.packaging_kind == "film" and self.pieces_per_unit)
        if self.packaging_kind not in WITH_PLATES:
            return self._open(version)
        job = self.env["gendan.plate.job"].create({
            "product_id": version.id, "notice_line_id": self.notice_line_id.id,
            "salesperson_id": self.salesperson_id.id, "colours": self.colours,
            "artwork": self.artwork, "artwork_name": self.artwork_name,
            "supplier_id": self.product_id.sudo().seller_ids[:1].partner_id.id})
        return self._open(job)

    @api.model
    def _open(self, record):
        return {"type": "ir.actions.act_window", "res_model": record._name, "res_id": record.id,
                "views": [(False, "form")]}
