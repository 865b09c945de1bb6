from odoo import api, fields, models


class ProductionNoticeLine(models.Model):
    """One product of a notice: specification, quantities, frozen bill of materials."""

    _name = "gendan.production.notice.line"
    _inherit = ["gendan.system.mixin", "gendan.spec.mixin"]
    _description = "Production notice line"
    _order = "notice_id, sequence, id"
    _rec_name = "product_id"

    notice_id = fields.Many2one("gendan.production.notice", required=True, readonly=True,
                                index=True, ondelete="restrict")
    company_id = fields.Many2one(related="notice_id.company_id", store=True, index=True)
    order_line_id = fields.Many2one(
        "sale.order.line", readonly=True, index="btree_not_null", ondelete="restrict",
        groups="gendan_followup.group_price")
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one("product.product", required=True, readonly=True, index=True)
    product_uom_id = fields.Many2one("uom.uom", "Unit", required=True, readonly=True)
    quantity = fields.Float("Ordered", digits="Product Unit", readonly=True,
                            help="In the unit of the product (packs).")
    stock_quantity = fields.Float("From stock", digits="Product Unit", readonly=True)
    to_make_quantity = fields.Float("Short", digits="Product Unit", readonly=True)
    released_quantity = fields.Float("Released", digits="Product Unit", readonly=True)
    bom_snapshot = fields.Text(readonly=True)
    bom_id = fields.Many2one("mrp.bom", "Frozen BoM", readonly=True, ondelete="restrict")
    tail_carton_agreed = fields.Boolean("Tail carton", readonly=True)
    shelf_life_share = fields.Float("Remaining shelf life", readonly=True)
    production_ids = fields.One2many("mrp.production", "notice_line_id", "Manufacturing orders")

    @api.depends("notice_id.name", "product_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.notice_id.name} {line.product_id.display_name}"

    @api.model
    def _prepare_from(self, order_line):
        """Return the values that repeat one line of the order, without any price."""
        partner = order_line.order_id.partner_id
        return {
            **order_line._spec_values(),
            "sequence": order_line.sequence,
            "product_id": order_line.product_id.id,
            "product_uom_id": order_line.product_id.uom_id.id,
            "quantity": order_line._packs(),
            "bom_snapshot": order_line.bom_snapshot,
            "tail_carton_agreed": order_line.order_id.tail_carton_agreed,
            "shelf_life_share": partner.shelf_life_share or order_line.company_id.reshelf_share,
        }

    def _about(self, text):
        """Put notice and product in front of ``text``."""
        self.ensure_one()
        return self.env._("%(notice)s, %(product)s: %(text)s", notice=self.notice_id.name,
                 product=self.product_id.display_name, text=text)
