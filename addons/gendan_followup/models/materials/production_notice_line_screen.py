from odoo import api, fields, models


class ProductionNoticeLine(models.Model):
    """The pictures and the counting words of one line on the notice's page."""

    _inherit = "gendan.production.notice.line"

    product_image = fields.Image(related="product_id.image_512", string="Picture")
    bag_image = fields.Image(related="bag_version_id.image_256", string="Bag picture")
    cartons_text = fields.Char("Cartons", compute="_compute_cartons_text")

    @api.depends("quantity", "packs_per_carton")
    def _compute_cartons_text(self):
        for line in self:
            line.cartons_text = line._cartons_text() if line.packs_per_carton else False

    def _cartons_text(self):
        cartons, rest = divmod(self.quantity, self.packs_per_carton)
        if rest:
            return self.env._("%(cartons)s cartons and %(rest)s over",
                              cartons=f"{cartons:,g}", rest=f"{rest:g}")
        return self.env._("%s cartons", f"{cartons:,g}")
