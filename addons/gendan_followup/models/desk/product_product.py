from odoo import fields, models

from ...calc import stock_usability


class ProductProduct(models.Model):
    _inherit = "product.product"

    gendan_item_ids = fields.One2many("gendan.customer.item", "product_id", "Item numbers")

    def _brand_owners(self):
        """Return ``{product: customers whose item number it carries}``, in one query (D9.4)."""
        owners = dict.fromkeys(self, self.env["res.partner"])
        # whose brand it is must be known to people who may not read item numbers
        for partner, product in self.env["gendan.customer.item"].sudo()._read_group(
                [("product_id", "in", self.ids)], ["partner_id", "product_id"]):
            owners[product.sudo(False)] |= partner.sudo(False)
        return owners

    def _usual_demand(self, today, share):
        """Return what an ordinary order of today asks of a lot of this product (D2.2).

        :param date today: day of delivery
        :param float share: of the shelf life that must be left
        """
        self.ensure_one()
        return stock_usability.Demand(
            bag=self.bag_version_id.id or 0, mark=self.mark_front or "",
            needed_until=stock_usability.needed_until(today, self.shelf_life_months, share))

    def _lot_of(self, quant):
        """Return ``quant`` as the calculation of usable stock reads it."""
        lot = quant.lot_id
        return stock_usability.Lot(
            key=quant.id, on_hand=quant.quantity, reserved=quant.reserved_quantity,
            bag=(lot.bag_version_id.id or 0) if lot else None, mark=lot.mark or "",
            blocked=lot.is_blocked,
            expires=lot.expiration_date and lot.expiration_date.date())

    def action_mark_new(self):
        """Mark the products of these versions as new (D9.5)."""
        return self.product_tmpl_id.action_mark_new()

    def action_unmark_new(self):
        """Take the mark off again."""
        return self.product_tmpl_id.action_unmark_new()
