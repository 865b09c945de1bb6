"""Machines and vehicles."""

from odoo.fields import Command

from ..tables.fleet import HOUR_COST, MACHINES, MODELS, VEHICLES
from ..tables.products import PRODUCTS


def build(factory):
    """Make the machines with their rates, then the trucks with their drivers."""
    factory.make("mrp.workcenter", {m.code: m for m in MACHINES},
                 lambda machine: _prepare_machine(factory, machine))
    factory.make("fleet.vehicle.model.brand", {"vehicle_brand": None},
                 lambda row: {"name": "自有车辆"})
    factory.make("fleet.vehicle.model.category",
                 {f"load_{v.code}": v for v in VEHICLES}, _prepare_category)
    factory.make("fleet.vehicle.model", MODELS, lambda name: {
        "name": name, "brand_id": factory.id("vehicle_brand"), "default_fuel_type": "diesel"})
    factory.make("fleet.vehicle", {v.code: v for v in VEHICLES},
                 lambda vehicle: _prepare_vehicle(factory, vehicle))


def _prepare_machine(factory, machine):
    return {
        "name": machine.name, "company_id": factory.company.id, "costs_hour": HOUR_COST,
        "resource_calendar_id": factory.id("calendar"),
        "capacity_ids": [Command.create(row) for row in _prepare_rates(factory, machine)],
    }


def _prepare_rates(factory, machine):
    """Return what the machine makes in one minute, so that an operation lasts one minute.

    Without such a row Odoo takes the whole bill of materials as one cycle.
    """
    if machine.packs:
        return [{"capacity": machine.packs, "product_uom_id": factory.id("uom_pack")}]
    return [{"capacity": machine.pieces / product.pieces, "product_id": factory.id(product.code),
             "product_uom_id": factory.id("uom_pack")}
            for product in PRODUCTS if product.machine == machine.code]


def _prepare_category(vehicle):
    """Return what one truck carries: two of a model differ in payload (stock_fleet)."""
    return {"name": f"{MODELS[vehicle.model]} {vehicle.kilograms} kg",
            "weight_capacity": vehicle.kilograms, "volume_capacity": vehicle.cubic_metres}


def _prepare_vehicle(factory, vehicle):
    return {
        "model_id": factory.id(vehicle.model), "license_plate": vehicle.plate,
        "category_id": factory.id(f"load_{vehicle.code}"), "company_id": factory.company.id,
        "driver_id": factory.ref(vehicle.driver).sudo().work_contact_id.id,
    }
