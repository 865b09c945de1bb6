from odoo import api, fields, models

from ..foundation.gate_mixin import Gate


class ProductProduct(models.Model):
    """A version of packaging is a variant: the lot is the supplier's batch."""

    _inherit = "product.product"

    packaging_state = fields.Selection(
        [("new", "New"), ("regular", "Regular"), ("withdrawn", "Withdrawn")],
        string="Version status", readonly=True, copy=False,
        help="A version is new until it was used in an accepted first article (A14).")
    artwork = fields.Binary(
        attachment=True, copy=False, help="The approved artwork of this version.")
    artwork_name = fields.Char("Artwork file", copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        """The status of a version comes with its use, not with a form (D3.4)."""
        products = super().create(vals_list)
        products._check_version_status("packaging_state" in vals or (
            "default_packaging_state" in self.env.context) for vals in vals_list)
        return products

    def write(self, vals):
        """Refuse to call a new version regular by hand (A14, D3.4)."""
        if "packaging_state" in vals:
            self._check_version_status(
                product.packaging_state != vals["packaging_state"] for product in self)
        return super().write(vals)

    def _check_version_status(self, touched):
        """Let only the system write the status, where 跟单 is used.

        :param touched: whether the status of each of these is written
        :raise UserError: naming the versions
        """
        user = self.env.user
        if self.env.su or not any(user.sudo().company_ids.mapped("uses_gendan")):
            return
        forged = self.browse(
            product.id for product, written in zip(self, touched, strict=True) if written)
        if forged:
            gate = Gate("packaging.status", "A14 D3.4")
            self.env["gendan.audit"]._refuse(gate, forged, self.env._(
                "%s: the status of a packaging version is not typed. It follows from its first "
                "use in an accepted first article; what was in use before is entered in the "
                "cut-over.", ", ".join(forged.sudo().mapped("display_name"))))
