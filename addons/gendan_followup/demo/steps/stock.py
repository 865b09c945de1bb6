"""Places apart from the warehouse, lots, and what was counted on the first day."""

from dateutil.relativedelta import relativedelta

from odoo import fields

from ..tables.products import PRODUCTS
from ..tables.stock import STOCK

# outside the warehouse's view, or their goods would count as free
PLACES = {"location_apart": "不合格品/冻结", "location_showroom": "店面-义乌"}
MONTHS = {product.code: product.months for product in PRODUCTS}


def build(factory):
    """Make places and lots, then count the stock by an inventory."""
    factory.make("stock.location", PLACES, lambda name: {
        "name": name, "usage": "internal", "company_id": factory.company.id})
    factory.make("stock.lot", {_lot_code(row): row for row in STOCK if row.lot},
                 lambda row: _prepare_lot(factory, row))
    # no second count: what was used since then is gone
    uncounted = [row for row in STOCK
                 if factory.is_new(_lot_code(row) if row.lot else row.product)]
    factory.builder["stock.quant"].create(
        [_prepare_count(factory, row) for row in uncounted]).action_apply_inventory()


def _lot_code(row):
    return f"lot_{row.lot}"


def _prepare_lot(factory, row):
    values = {
        "name": row.lot, "product_id": factory.id(row.product),
        "company_id": factory.company.id, "is_blocked": row.blocked,
    }
    if row.bag:
        left = relativedelta(months=MONTHS[row.product] - row.months)
        values.update(
            bag_version_id=factory.id(row.bag), mark=factory.ref(row.product).mark_front,
            expiration_date=fields.Datetime.now() + left)
    return values


def _prepare_count(factory, row):
    store = factory.ref("warehouse").sudo().lot_stock_id
    return {
        "product_id": factory.id(row.product), "inventory_quantity": row.quantity,
        "location_id": factory.id("location_apart") if row.apart else store.id,
        "lot_id": factory.id(_lot_code(row)) if row.lot else False,
    }
