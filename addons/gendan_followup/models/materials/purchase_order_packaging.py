from odoo import api, models

from ..foundation.gate_mixin import gate
from ..foundation.reading import read_siblings, read_together
from .purchase_order import ORDERED_STATES, PLACING


class PurchaseOrder(models.Model):
    """What has to be settled before packaging is ordered, besides its quantity (D2.6–D3.9)."""

    _inherit = "purchase.order"

    @gate("purchase.packaging", "D2.6 D2.7 D2.8 D3.6 D3.7 D3.9")
    def _gate_packaging(self):
        """Material answered, process settled, artwork approved, carton specified."""
        orders = self.sudo()
        read_together(orders, "order_line")
        read_together(orders.order_line, "allocation_ids")
        allocations = orders.order_line.allocation_ids
        # the notices of these needs are judged by all of theirs
        read_siblings(allocations.need_id, "notice_id", "need_ids")
        needs = allocations.need_id.filtered(lambda need: need.kind != "raw")
        # before the artwork: this reads the goods and all their materials
        notices = needs._notice_unmet()
        artwork = orders.order_line.product_id._artwork_unmet()
        cartons = needs.filtered(lambda need: need.kind == "carton")._carton_unmet()
        by_order = allocations.grouped(lambda one: one.purchase_line_id.order_id)
        unmet = {}
        for order in orders:
            conditions = [one for product in order.order_line.product_id
                          for one in artwork.get(product.id, ())]
            mine = by_order.get(order, allocations.browse()).need_id & needs
            conditions += [one for notice in mine.notice_id for one in notices[notice.id]]
            conditions += [one for need in mine for one in cartons.get(need.id, ())]
            unmet[order.id] = list(dict.fromkeys(conditions))
        return unmet

    def button_confirm(self):
        """Judge all orders at once; core places them one by one."""
        ordering = self.filtered(lambda order: order.state in ("draft", "sent"))
        ordering._pass_gate("_gate_packaging")
        with ordering._gate_passed("_gate_packaging"):
            result = super().button_confirm()
        ordering.filtered(lambda order: order.state in ORDERED_STATES)._warn_proof()
        return result

    @api.model_create_multi
    def create(self, vals_list):
        """An order that is born ordered has passed no gate."""
        orders = super().create(vals_list)
        orders.filtered(lambda order: order.state in ORDERED_STATES)._pass_gate(
            "_gate_packaging")
        return orders

    def write(self, vals):
        """Order packaging only when everything about it is settled, by whatever door (X4)."""
        ordered = self.browse()
        if vals.get("state") in ORDERED_STATES:
            ordered = self.filtered(lambda order: order.state not in ORDERED_STATES)
            ordered._pass_gate("_gate_packaging")
        result = super().write(vals)
        placing = self.env.cr.cache.get(PLACING, ())
        ordered.filtered(lambda order: order.id not in placing)._warn_proof()
        return result

    def _warn_proof(self):
        """Note on an order that its plates have no approved proof yet: print waits (D2.8)."""
        if not self:
            return
        jobs = self.sudo().order_line.product_id._open_jobs()
        for order in self.sudo():
            waiting = [jobs[product] for product in order.order_line.product_id
                       if product in jobs and jobs[product].state in ("engraving", "proof")]
            for job in waiting:
                order.message_post(body=self.env._(
                    "%(version)s: the proof is not approved yet (%(job)s). The supplier must not "
                    "print before.", version=job.product_id.display_name, job=job.name))
