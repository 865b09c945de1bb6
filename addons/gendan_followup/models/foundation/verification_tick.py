from odoo import fields, models


class VerificationTick(models.Model):
    """One point that the merchandiser looked at before he verified (D1.2–D1.5).

    A group without difference to the last order is one row; every difference is a
    row of its own.
    """

    _name = "gendan.verification.tick"
    _inherit = ["gendan.system.mixin"]
    _description = "Verification point"
    _order = "group, order_line_id, id"

    revision_id = fields.Many2one("gendan.revision", required=True, readonly=True, index=True,
                                  ondelete="restrict")
    cycle = fields.Integer(required=True, readonly=True)
    group = fields.Selection(
        [("1_size", "Size"), ("2_name", "Name"), ("3_material", "Raw material"),
         ("4_basic", "Other basic data")], required=True, readonly=True)
    order_line_id = fields.Many2one("sale.order.line", "Line", readonly=True, ondelete="set null",
                                    index="btree_not_null")
    field_name = fields.Char(readonly=True)
    label = fields.Char("Point", readonly=True)
    value = fields.Char("On the order", readonly=True)
    reference_value = fields.Char("Last order or product", readonly=True)
    is_difference = fields.Boolean("Differs", readonly=True)
    ticked_by_id = fields.Many2one("res.users", "Ticked by", readonly=True, ondelete="restrict")
    ticked_at = fields.Datetime("Ticked at", readonly=True)

    def _describe(self):
        """Return the point as one line: what differs from what, or which group is open."""
        self.ensure_one()
        if not self.is_difference:
            group = dict(self._fields["group"]._description_selection(self.env))[self.group]
            return self.env._("%s is not ticked", group)
        return self.env._(
            "%(line)s %(point)s is %(value)s, was %(reference)s",
            line=self.order_line_id.product_id.display_name or "",
            point=self.label,
            value=self.value or self.env._("empty"),
            reference=self.reference_value or self.env._("empty"),
        )

    def action_tick(self):
        """Confirm these points: looked at, and a difference is intended (D1.2).

        :raise UserError: when the user is not the one who verifies, or the revision is
            not submitted
        """
        self.revision_id.order_id._pass_gate("_gate_tick")
        self.revision_id.notice_id._pass_gate("_gate_tick")
        # no one may write ticks by another door: the gate above has checked the person; the
        # points of an earlier submission stay as they were when it was returned
        self.sudo().filtered(
            lambda tick: not tick.ticked_by_id and tick.cycle == tick.revision_id.cycle).write({
            "ticked_by_id": self.env.uid, "ticked_at": fields.Datetime.now()})
        return True
