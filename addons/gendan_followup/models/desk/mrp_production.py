from odoo import api, fields, models

from ..foundation.gate_mixin import Gate, Unmet


class MrpProduction(models.Model):
    """A sample run within A37 that the merchandiser accepted needs no notice (design 6.4)."""

    _inherit = "mrp.production"

    sample_id = fields.Many2one("gendan.sample.request", "Sample request", readonly=True,
                                index="btree_not_null", ondelete="restrict", copy=False)

    def _no_notice_conditions(self):
        sample = self.sudo().sample_id
        return sample._run_conditions(self.sudo()) if sample else super()._no_notice_conditions()

    @api.model_create_multi
    def create(self, vals_list):
        """A manufacturing order becomes a sample run from its request only (A37)."""
        self._check_sample_link(any(vals.get("sample_id") for vals in vals_list))
        return super().create(vals_list)

    def write(self, vals):
        """Keep a sample run within the limit, and on its request (A37, X4)."""
        self._check_sample_link("sample_id" in vals)
        result = super().write(vals)
        if vals.keys() & {"product_qty", "product_uom_id", "product_id"}:
            for production in self.sudo().filtered(
                    lambda p: p.sample_id and p.state not in ("draft", "done", "cancel")):
                if unmet := production.sample_id._run_conditions(production):
                    self._refuse_run(unmet[0])
        return result

    def _check_sample_link(self, touched):
        if touched and not self.env.su and self.env.company.uses_gendan:
            self._refuse_run(Unmet(
                "link", self.env._("a sample run is not linked by hand"),
                self.env._("the merchandiser plans it on the sample request")))

    def _refuse_run(self, unmet):
        self.env["gendan.audit"]._refuse(Gate("sample.run", "D9.4 A37"), self, str(unmet))
