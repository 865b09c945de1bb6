"""Bills of materials of all products, each with the one operation of its machine."""

from odoo.fields import Command

from ..tables.products import PRODUCTS, batch


def build(factory):
    """Make the bills of materials."""
    factory.make("mrp.bom", {f"bom_{p.code}": p for p in PRODUCTS},
                 lambda product: _prepare_bom(factory, product))


def _prepare_bom(factory, product):
    packs, components = batch(product)
    return {
        "product_tmpl_id": factory.ref(product.code).product_tmpl_id.id,
        "company_id": factory.company.id, "type": "normal",
        "product_qty": packs, "product_uom_id": factory.id("uom_pack"),
        # real consumption differs: tolerance is judged when it is bought, not when it is used
        "consumption": "flexible",
        "bom_line_ids": [Command.create({
            "product_id": factory.id(code), "product_qty": float(quantity),
            "product_uom_id": factory.ref(code).uom_id.id,
        }) for code, quantity in components.items()],
        "operation_ids": [Command.create({
            "name": "生产包装", "workcenter_id": factory.id(product.machine),
            "time_cycle_manual": 1,
        })],
    }
