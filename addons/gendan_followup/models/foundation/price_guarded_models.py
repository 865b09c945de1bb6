"""The core fields that tell a price, model by model: one declaration each."""

from odoo import models


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "gendan.price.guard"]
    _price_fields = frozenset({"list_price", "standard_price", "tax_string", "total_value",
                               "avg_cost"})


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "gendan.price.guard"]
    _price_fields = frozenset({"list_price", "lst_price", "price_extra", "standard_price",
                               "tax_string", "suggest_estimated_price", "total_value", "avg_cost"})


class ProductPricelistItem(models.Model):
    _name = "product.pricelist.item"
    _inherit = ["product.pricelist.item", "gendan.price.guard"]
    _price_fields = frozenset({"fixed_price", "percent_price", "price_discount", "price_round",
                               "price_surcharge", "price_markup", "price_min_margin",
                               "price_max_margin", "price", "rule_tip"})


class ProductAttributeValue(models.Model):
    _name = "product.attribute.value"
    _inherit = ["product.attribute.value", "gendan.price.guard"]
    _price_fields = frozenset({"default_extra_price"})


class ProductTemplateAttributeValue(models.Model):
    _name = "product.template.attribute.value"
    _inherit = ["product.template.attribute.value", "gendan.price.guard"]
    _price_fields = frozenset({"price_extra"})


class ProductCombo(models.Model):
    _name = "product.combo"
    _inherit = ["product.combo", "gendan.price.guard"]
    _price_fields = frozenset({"base_price"})


class ProductComboItem(models.Model):
    _name = "product.combo.item"
    _inherit = ["product.combo.item", "gendan.price.guard"]
    _price_fields = frozenset({"lst_price", "extra_price"})


class ProductSupplierinfo(models.Model):
    _name = "product.supplierinfo"
    _inherit = ["product.supplierinfo", "gendan.price.guard"]
    _price_fields = frozenset({"price", "price_discounted", "discount"})

    def _order_to_sql(self, order, query, alias=None, reverse=False):
        """Sort suppliers without their price for who may not see it."""
        if order == self._order and not self.env.su and self._is_price_blind():
            order = "sequence, min_qty DESC, id"
        return super()._order_to_sql(order, query, alias=alias, reverse=reverse)


class StockMove(models.Model):
    _name = "stock.move"
    _inherit = ["stock.move", "gendan.price.guard"]
    _price_fields = frozenset({"price_unit", "value", "value_manual", "standard_price",
                               "remaining_value", "value_justification",
                               "value_computed_justification"})


class StockLot(models.Model):
    _name = "stock.lot"
    _inherit = ["stock.lot", "gendan.price.guard"]
    _price_fields = frozenset({"standard_price", "total_value", "avg_cost"})


class StockQuant(models.Model):
    _name = "stock.quant"
    _inherit = ["stock.quant", "gendan.price.guard"]
    _price_fields = frozenset({"value"})


class PurchaseOrder(models.Model):
    _name = "purchase.order"
    _inherit = ["purchase.order", "gendan.price.guard"]
    _price_fields = frozenset({"amount_untaxed", "amount_tax", "amount_total", "amount_total_cc",
                               "tax_totals"})


class PurchaseOrderLine(models.Model):
    _name = "purchase.order.line"
    _inherit = ["purchase.order.line", "gendan.price.guard"]
    _price_fields = frozenset({"price_unit", "price_subtotal", "price_total", "price_tax",
                               "price_unit_discounted", "technical_price_unit", "discount",
                               "price_total_cc", "price_unit_product_uom",
                               "amount_to_invoice_at_date"})


class MrpProduction(models.Model):
    _name = "mrp.production"
    _inherit = ["mrp.production", "gendan.price.guard"]
    _price_fields = frozenset({"extra_cost"})


class MrpWorkcenter(models.Model):
    _name = "mrp.workcenter"
    _inherit = ["mrp.workcenter", "gendan.price.guard"]
    _price_fields = frozenset({"costs_hour"})

    def _is_price_blind(self):
        # core notes the cost of an hour on what the workshop finishes, in its own name
        return super()._is_price_blind() and not self.env.user.has_group("mrp.group_mrp_user")


class MrpWorkorder(models.Model):
    _name = "mrp.workorder"
    _inherit = ["mrp.workorder", "gendan.price.guard"]
    _price_fields = frozenset({"costs_hour"})

    def _is_price_blind(self):
        return super()._is_price_blind() and not self.env.user.has_group("mrp.group_mrp_user")


class MrpRoutingWorkcenter(models.Model):
    _name = "mrp.routing.workcenter"
    _inherit = ["mrp.routing.workcenter", "gendan.price.guard"]
    _price_fields = frozenset({"cost"})

    def _is_price_blind(self):
        return super()._is_price_blind() and not self.env.user.has_group("mrp.group_mrp_user")
