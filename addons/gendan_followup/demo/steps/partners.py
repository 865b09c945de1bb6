"""Customers, suppliers, what they pay and what they ask."""

from odoo import fields
from odoo.fields import Command

from ..tables.partners import (
    CUSTOMER_ITEMS,
    CUSTOMERS,
    EXPORT_PRICES,
    OFFERS,
    SUPPLIERS,
    TERMS,
    USUAL_GOODS,
    YUAN_PER_DOLLAR,
)
from .people import language


def build(factory):
    """Make partners, price list, payment terms, supplier prices and item numbers."""
    factory.make("account.payment.term", TERMS, lambda row: _prepare_terms(factory, *row))
    # a customer without a price list gets the first one there is: it must not be the dollars
    factory.make("product.pricelist", {"pricelist_domestic": None}, lambda row: {
        "name": "内销 CNY", "company_id": factory.company.id, "sequence": 1,
        "currency_id": factory.id("base.CNY")})
    factory.make("product.pricelist", {"pricelist_export": None},
                 lambda row: _prepare_pricelist(factory))
    _set_dollar(factory)
    # exports leave without VAT: a fiscal position without taxes takes them all away
    factory.make("account.fiscal.position", {"fiscal_export": None}, lambda row: {
        "name": "出口免税", "company_id": factory.company.id})
    factory.make("res.partner", {c.code: c for c in CUSTOMERS},
                 lambda customer: _prepare_customer(factory, customer))
    factory.make("res.partner", {s.code: s for s in SUPPLIERS},
                 lambda supplier: _prepare_supplier(factory, supplier))
    factory.make("product.supplierinfo",
                 {f"offer_{o.supplier}_{o.product}": o for o in OFFERS},
                 lambda offer: _prepare_offer(factory, offer))
    factory.make("gendan.customer.item", {row[0]: row[1:] for row in CUSTOMER_ITEMS},
                 lambda row: _prepare_item(factory, *row))


def _prepare_terms(factory, name, parts):
    return {
        "name": name, "company_id": factory.company.id,
        "line_ids": [Command.create({
            "value": "percent", "value_amount": share, "nb_days": days,
        }) for share, days in parts],
    }


def _prepare_pricelist(factory):
    return {
        "name": "外销 USD", "company_id": factory.company.id,
        "currency_id": factory.id("base.USD"),
        "item_ids": [Command.create({
            "applied_on": "0_product_variant", "compute_price": "fixed",
            "product_id": factory.id(code),
            "product_tmpl_id": factory.ref(code).product_tmpl_id.id,
            "fixed_price": float(price),
        }) for code, price in EXPORT_PRICES.items()],
    }


def _set_dollar(factory):
    if not factory.is_new("pricelist_export"):
        return
    dollar = factory.builder.ref("base.USD")
    dollar.active = True
    day = fields.Date.context_today(dollar).replace(month=1, day=1)
    # core's own demo data may have a rate for that day
    known = dollar.rate_ids.filtered(
        lambda rate: rate.name == day and rate.company_id == factory.company)
    values = {"name": day, "inverse_company_rate": YUAN_PER_DOLLAR,
              "company_id": factory.company.id, "currency_id": dollar.id}
    known.write(values) if known else known.create(values)


def _prepare_customer(factory, customer):
    abroad = customer.kind == "export"
    seller, merchandiser = customer.salesperson, customer.merchandiser
    return {
        **_prepare_partner(factory, customer), "customer_rank": 1, "tz": customer.tz,
        "country_id": factory.id(f"base.{customer.country}"), "email": customer.mail,
        "phone": customer.phone,
        "lang": "en_US" if abroad else language(factory.builder),
        "order_kind": customer.kind, "spec_note": customer.note, "shelf_life_share": 2 / 3,
        "user_id": factory.id(f"user_{seller}") if seller else False,
        "merchandiser_id": factory.id(f"user_{merchandiser}"),
        **_prepare_usual(factory, *USUAL_GOODS.get(customer.code, ())),
        "property_payment_term_id": factory.id(customer.terms),
        "property_product_pricelist": factory.id(
            "pricelist_export" if abroad else "pricelist_domestic"),
        "property_account_position_id": factory.id("fiscal_export") if abroad else False,
    }


def _prepare_usual(factory, product=None, packs=0):
    return {"usual_product_id": factory.id(product), "usual_quantity": packs} if product else {}


def _prepare_supplier(factory, supplier):
    return {
        **_prepare_partner(factory, supplier), "supplier_rank": 1, "comment": supplier.note,
        "country_id": factory.id("base.cn"), "lang": language(factory.builder),
    }


def _prepare_partner(factory, row):
    return {"name": row.name, "ref": row.code, "is_company": True, "city": row.city,
            "street": row.street}


def _prepare_offer(factory, offer):
    product = factory.ref(offer.product)
    return {
        "partner_id": factory.id(offer.supplier), "company_id": factory.company.id,
        "product_id": product.id, "product_tmpl_id": product.product_tmpl_id.id,
        "delay": offer.days, "min_qty": offer.minimum, "price": float(offer.price),
        "currency_id": factory.company.currency_id.id,
        **({"product_uom_id": factory.id(offer.unit)} if offer.unit else {}),
    }


def _prepare_item(factory, partner, product, number, name, language_on_bag):
    return {"partner_id": factory.id(partner), "product_id": factory.id(product),
            "item_number": number, "item_name": name, "bag_language": language_on_bag}
