from odoo import api, fields, models

from ..foundation.gate_mixin import Gate, Unmet


class MrpProduction(models.Model):
    """Approved rework needs no notice of its own (design 6.4)."""

    _inherit = "mrp.production"

    rework_id = fields.Many2one("gendan.rework", readonly=True, copy=False,
                                index="btree_not_null", ondelete="restrict")

    def _no_notice_conditions(self):
        rework = self.sudo().rework_id
        return rework._run_conditions(self.sudo()) if rework else super()._no_notice_conditions()

    def action_open_rework(self):
        """Open the rework that this order is."""
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": "gendan.rework",
                "res_id": self.rework_id.id, "views": [(False, "form")]}

    @api.model_create_multi
    def create(self, vals_list):
        """A manufacturing order becomes rework by its approved request only (X4)."""
        self._check_rework_link(any(vals.get("rework_id") for vals in vals_list))
        return super().create(vals_list)

    def write(self, vals):
        """Keep a rework within its quantity, and on its request (X4)."""
        self._check_rework_link("rework_id" in vals)
        result = super().write(vals)
        if vals.get("state") == "done":
            self.sudo().rework_id._close_finished()
        if vals.keys() & {"product_qty", "product_uom_id", "product_id"}:
            for production in self.sudo().filtered(
                    lambda p: p.rework_id and p.state not in ("draft", "done", "cancel")):
                if unmet := production.rework_id._run_conditions(production):
                    self._refuse_rework(unmet[0])
        return result

    def _check_rework_link(self, touched):
        if touched and not self.env.su and self.env.company.uses_gendan:
            self._refuse_rework(Unmet(
                "link", self.env._("a rework is not linked by hand"),
                self.env._("it is planned on the approved rework")))

    def _refuse_rework(self, unmet):
        self.env["gendan.audit"]._refuse(Gate("rework.run", "D1.10 X4"), self, str(unmet))

    def _get_backorder_mo_vals(self):
        """What is split off a rework is still that rework."""
        return {**super()._get_backorder_mo_vals(), "rework_id": self.rework_id.id}

    def _lot_marks(self):
        """What was worked over wears the bag it wore before."""
        lot = self.sudo().rework_id.lot_id
        if not lot:
            return super()._lot_marks()
        return {"bag_version_id": lot.bag_version_id.id, "mark": lot.mark}
