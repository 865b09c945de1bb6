"""The core fields that tell a price, model by model: one declaration each."""

from odoo import models


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "gendan.price.guard"]
    _price_fields = frozenset({"list_price", "standard_price", "seller_ids", "variant_seller_ids",
                               "total_value", "avg_cost"})


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "gendan.price.guard"]
    _price_fields = frozenset({"list_price", "lst_price", "price_extra", "standard_price",
                               "seller_ids", "variant_seller_ids", "total_value", "avg_cost"})


class ProductSupplierinfo(models.Model):
    _name = "product.supplierinfo"
    _inherit = ["product.supplierinfo", "gendan.price.guard"]
    _price_fields = frozenset({"price", "price_discounted", "discount"})


class StockMove(models.Model):
    _name = "stock.move"
    _inherit = ["stock.move", "gendan.price.guard"]
    _price_fields = frozenset({"price_unit", "value", "value_manual", "standard_price",
                               "remaining_value", "value_justification"})


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
                               "price_total_cc", "price_unit_product_uom"})


class MrpProduction(models.Model):
    _name = "mrp.production"
    _inherit = ["mrp.production", "gendan.price.guard"]
    _price_fields = frozenset({"extra_cost"})
