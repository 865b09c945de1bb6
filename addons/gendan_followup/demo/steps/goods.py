"""Raw materials, packaging in its versions, and the finished products."""

from decimal import Decimal

from odoo.fields import Command

from ..tables.materials import (
    FABRICS,
    FILM_PIECES,
    MATERIALS,
    PACKAGING,
    PRINTED,
    VERSIONS,
    versions,
)
from ..tables.products import DOMESTIC_CODE, PRODUCTS, carton_weight
from .pictures import picture

CATEGORIES = {
    "category_fabric": ("原材料", None),
    "category_packaging": ("包材", None),
    # what expires first leaves first
    "category_finished": ("成品", "product_expiry.removal_fefo"),
}
UNITS = {"kg": "uom.product_uom_kgm", "m": "uom.product_uom_meter", "piece": "uom_piece"}
DAYS_PER_MONTH = Decimal(365) / 12


def build(factory):
    """Make everything that lies in the stores, components first."""
    factory.make("product.category", CATEGORIES, lambda row: {
        "name": row[0], "removal_strategy_id": factory.id(row[1]) if row[1] else False})
    factory.make("product.product", {f.code: f for f in FABRICS},
                 lambda fabric: _prepare_fabric(factory, fabric))
    factory.make("product.product", {m.code: m for m in MATERIALS},
                 lambda material: _prepare_material(factory, material))
    _make_packaging(factory)
    made = factory.make("product.product", {p.code: p for p in PRODUCTS},
                        lambda product: _prepare_product(factory, product))
    _add_pictures(made)


def _prepare_goods(factory, row, unit, category):
    return {
        "name": row.name, "default_code": row.code, "type": "consu", "is_storable": True,
        "uom_id": factory.id(unit), "categ_id": factory.id(category), "sale_ok": False,
    }


def _prepare_fabric(factory, fabric):
    return {
        **_prepare_goods(factory, fabric, UNITS["kg"], "category_fabric"),
        "uom_ids": [Command.set([factory.id(fabric.roll_unit)])],
        "tracking": "lot", "standard_price": float(fabric.kg_price), "weight": 1,
        "is_special_material": fabric.special, "gsm": fabric.gsm, "fibre": fabric.fibre,
        "pattern": fabric.pattern, "surface": fabric.surface, "size_width": fabric.width,
        "colour": "白", **PRINTED.get(fabric.code, {"print_direction": "none"}),
    }


def _prepare_material(factory, material):
    return {
        **_prepare_goods(factory, material, UNITS[material.unit], "category_fabric"),
        "is_storable": material.stored, "standard_price": float(material.price),
        "tracking": "lot" if material.tracked else "none",
        "purchase_ok": material.stored, "weight": 1 if material.unit == "kg" else 0,
    }


# ------------------------------------------------------------------ packaging


def _make_packaging(factory):
    """Make one template per item; its variants are the versions (design, section 2)."""
    factory.make("product.attribute", {"attribute_version": None}, lambda row: {
        "name": "版本", "create_variant": "always", "display_type": "pills"})
    factory.make("product.attribute.value", {f"version_{name}": name for name in VERSIONS},
                 lambda name: {"name": name, "attribute_id": factory.id("attribute_version")})
    factory.make("product.template", {item.code: item for item in PACKAGING},
                 lambda item: _prepare_packaging(factory, item))
    for code, item, version, status in versions():
        if not factory.has(code):
            _name_version(factory, code, item, version, status)


def _prepare_packaging(factory, item):
    films = [factory.id(f"uom_film_{code}") for code in FILM_PIECES
             if code.startswith(f"{item.code}_")]
    return {
        **_prepare_goods(factory, item, "uom_piece", "category_packaging"),
        "packaging_kind": item.kind, "image_1920": picture(item.kind),
        "uom_ids": [Command.set(films)],
        # the batch of a bag is the supplier's print run; a carton is a carton
        "tracking": "none" if item.kind == "carton" else "lot",
        "attribute_line_ids": [Command.create({
            "attribute_id": factory.id("attribute_version"),
            "value_ids": [Command.set([factory.id(f"version_{v}") for v in item.versions])],
        })],
    }


def _name_version(factory, code, item, version, status):
    """Register the variant of a version and give it what each variant has of its own."""
    template = factory.builder["product.template"].browse(factory.id(item.code))
    variant = template.product_variant_ids.filtered(
        lambda v: v.product_template_attribute_value_ids.name == version)
    variant.write({
        "default_code": code.replace("_", "-"), "packaging_state": status,
        "standard_price": float(item.price), "weight": float(item.weight),
        "volume": float(item.volume),
    })
    factory.register({code: variant})


# ----------------------------------------------------------- finished products


def _prepare_product(factory, product):
    days = int(product.months * DAYS_PER_MONTH)
    return {
        **_prepare_goods(factory, product, "uom_pack", "category_finished"),
        **_prepare_spec(factory, product), **_prepare_carton(product),
        "uom_ids": [Command.set([factory.id(f"uom_carton_{product.per_carton}")])],
        "sale_ok": True, "purchase_ok": False, "tracking": "lot",
        "route_ids": [Command.set([factory.id("mrp.route_warehouse0_manufacture")])],
        "use_expiration_date": True, "expiration_time": days, "alert_time": days // 3,
        "list_price": float(product.price), "standard_price": float(product.cost),
    }


def _prepare_spec(factory, product):
    fabric = next(f for f in FABRICS if f.code in product.fabrics)
    return {
        "size_width": product.width, "size_length": product.length, "gsm": product.gsm,
        "fibre": fabric.fibre, "pattern": fabric.pattern, "colour": "白",
        "surface": fabric.surface, "print_direction": "none",
        "pieces_per_pack": product.pieces, "shelf_life_months": product.months,
        "bag_version_id": factory.id(product.bag),
        "carton_version_id": factory.id(product.carton),
        "packs_per_carton": product.per_carton,
        "packing_method": f"{product.per_carton}包/箱, 竖装",
        "mark_front": "无唛", "mark_side": "无唛",
        "code_text": DOMESTIC_CODE, "code_format": DOMESTIC_CODE,
        **product.spec,
    }


def _prepare_carton(product):
    """Return weight and volume of a pack, so that a full carton has the carton's."""
    carton = next(item for item in PACKAGING if product.carton.startswith(f"{item.code}_"))
    gross = carton_weight(product, Decimal(carton.weight)).quantize(Decimal("0.001"))
    return {"weight": float(gross / product.per_carton),
            "volume": float(Decimal(carton.volume) / product.per_carton)}


def _add_pictures(made):
    """Give the templates their picture; a batch of variants would lose all but the first."""
    for product in PRODUCTS:
        if product.code in made:
            made[product.code].product_tmpl_id.image_1920 = picture(product.family)
