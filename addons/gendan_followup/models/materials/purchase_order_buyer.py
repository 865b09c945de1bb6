from odoo import api, fields, models

from ..foundation.gate_mixin import Gate, Unmet, gate
from ..foundation.role import ROLES

# who decides what packaging is bought (D3.1, D3.11)
BUYERS = ("merchandiser", "plan_manager")
# a salesperson may buy himself: under the same limits, and on record (L-S3)
SALESPEOPLE = ("salesperson", "showroom", "sales_manager")
STAMPS = frozenset({"buyer_id", "buyer_role", "bought_at"})


class PurchaseOrder(models.Model):
    """Who bought packaging, in which role: the proof for L-M2 and L-S3 (D3.1)."""

    _inherit = "purchase.order"

    buyer_id = fields.Many2one("res.users", "Bought by", readonly=True, copy=False,
                               ondelete="restrict", index="btree_not_null")
    buyer_role = fields.Selection(
        [("merchandiser", "Merchandiser"), ("plan_manager", "Plan manager"),
         ("salesperson", "Salesperson himself")], "Bought as", readonly=True, copy=False,
        index="btree_not_null")
    bought_at = fields.Datetime("Bought at", readonly=True, copy=False)

    @gate("purchase.buyer", "D3.1 D3.11")
    def _gate_buyer(self):
        """The quantity of packaging is the merchandiser's; who else types it does not order."""
        if self._buyer_role_now():
            return {}
        return {order.id: [Unmet(
            "role",
            self.env._("%(order)s buys packaging or special material: %(user)s does not decide "
                       "how much", order=order.name, user=self.env.user.name),
            self.env._("%s orders it", self.env._(ROLES["merchandiser"])))]
            for order in self.filtered("is_for_needs")}

    def _buyer_role_now(self):
        """Return the role in which the present user buys packaging, or False."""
        user = self.env.user
        for role in BUYERS:
            if user._has_role(role):
                return role
        # a deputy buys in the role of whom he stands in for
        for role in BUYERS:
            if user._principals(role):
                return role
        return "salesperson" if user._has_role(*SALESPEOPLE) else False

    def _prepare_buyer(self):
        """Return the stamps of who places the order now."""
        return {"buyer_id": self.env.uid, "buyer_role": self._buyer_role_now(),
                "bought_at": fields.Datetime.now()}

    @api.model_create_multi
    def create(self, vals_list):
        """Stamps are the server's (D3.1)."""
        for vals in vals_list:
            self._check_stamps(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Stamps are the server's (D3.1)."""
        self._check_stamps(vals)
        return super().write(vals)

    def _check_stamps(self, vals):
        if not self.env.su and any(vals.get(name) for name in STAMPS):
            self.env["gendan.audit"]._refuse(
                Gate("purchase.stamps", "D3.1 X5"), self, self.env._(
                    "%s: who bought it, and when, is noted by the server when it is ordered.",
                    ", ".join(self.mapped("name")) or self._description))
