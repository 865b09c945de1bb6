from odoo import fields, models

from ..foundation.gate_mixin import Unmet, gate

MARKS = {"bag_version_id", "mark", "is_blocked", "expiration_date"}


class StockLot(models.Model):
    """What was packed into what: two lots of one product may wear different bags (D2.2)."""

    _name = "stock.lot"
    _inherit = ["stock.lot", "gendan.gate.mixin"]

    bag_version_id = fields.Many2one(
        "product.product", "Bag version", index="btree_not_null", ondelete="restrict",
        domain=[("packaging_kind", "in", ("bag", "film"))])
    mark = fields.Char("Shipping mark", help="The front mark that stands on these cartons.")
    is_blocked = fields.Boolean("QC hold", help="Blocked goods are no usable stock.")

    def write(self, vals):
        """Keep what decides whether a lot is usable stock (D2.2).

        Everybody who works with lots may block one, and note a bag, mark or expiry that nobody
        noted yet; who paints over it, or lifts a hold, is quality control.
        """
        if vals.keys() & MARKS and not self.env.su:
            self.filtered(lambda lot: lot._paints_over(vals) and (
                lot.company_id or self.env.company).uses_gendan)._pass_gate("_gate_marks")
        return super().write(vals)

    def _gendan_on(self):
        """A lot without company is judged by the company that works with it."""
        return self.filtered(lambda lot: (lot.company_id or self.env.company).uses_gendan)

    def _paints_over(self, vals):
        self.ensure_one()
        lot = self.sudo()
        return (lot.is_blocked and not vals.get("is_blocked", True)
                or bool(lot.bag_version_id) and "bag_version_id" in vals
                and lot.bag_version_id.id != vals["bag_version_id"]
                or bool(lot.mark) and "mark" in vals and lot.mark != vals["mark"]
                or bool(lot.expiration_date) and "expiration_date" in vals
                and lot.expiration_date != fields.Datetime.to_datetime(vals["expiration_date"]))

    @gate("lot.marks", "D2.2")
    def _gate_marks(self):
        """Quality control lifts a hold and corrects what a lot wears; so may the plan manager."""
        if any(self.env.user._principals(role) for role in ("qc", "plan_manager")):
            return {}
        users = self.env["res.users"]._users_of_role("qc")
        return {lot.id: [Unmet(
            "role", self.env._("lot %s carries its bag, mark, expiry or hold already", lot.name),
            self.env._("%s corrects it", ", ".join(users.mapped("name"))), tuple(users.ids))]
            for lot in self}
