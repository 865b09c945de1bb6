from odoo import api, fields, models

from ...calc.text import plain_number


class ProductionNoticeLine(models.Model):
    """The pictures and the counting words of one line on the notice's page."""

    _inherit = "gendan.production.notice.line"

    product_image = fields.Image(related="product_id.image_512", string="Picture")
    bag_image = fields.Image(related="bag_version_id.image_256", string="Bag picture")
    ordered_text = fields.Char("Ordered packs", compute="_compute_quantity_texts")
    stock_text = fields.Char("Taken from stock", compute="_compute_quantity_texts")
    to_make_text = fields.Char("To make", compute="_compute_quantity_texts")
    released_text = fields.Char("Released packs", compute="_compute_quantity_texts")

    @api.depends("quantity", "stock_quantity", "to_make_quantity", "released_quantity",
                 "packs_per_carton", "product_uom_id")
    @api.depends_context("lang")
    def _compute_quantity_texts(self):
        """Spell the quantities: packs and cartons, and nothing that has no meaning yet."""
        for line in self:
            line.ordered_text = line._packs_and_cartons(line.quantity)
            line.stock_text = line._packs_and_cartons(
                line.stock_quantity) if line.stock_quantity else False
            line.released_text = line._packs_and_cartons(
                line.released_quantity) if line.released_quantity else False
            # 0 to make is news as soon as the stock was checked, and not before
            checked = line.notice_id.state == "valid" and line.notice_id.is_stock_checked
            line.to_make_text = line._packs_and_cartons(
                line.to_make_quantity) if line.to_make_quantity or checked else False

    def _packs_and_cartons(self, packs):
        self.ensure_one()
        text = f"{plain_number(packs)} {self.product_uom_id.name}"
        if not self.packs_per_carton or not packs:
            return text
        cartons, rest = divmod(packs, self.packs_per_carton)
        if rest:
            return self.env._("%(packs)s = %(cartons)s cartons and %(rest)s over", packs=text,
                              cartons=plain_number(cartons), rest=plain_number(rest))
        return self.env._("%(packs)s = %(cartons)s cartons", packs=text,
                          cartons=plain_number(cartons))
