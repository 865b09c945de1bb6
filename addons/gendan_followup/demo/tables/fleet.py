"""Machines with their rates, vehicles with their capacities and usual drivers."""

from typing import NamedTuple


class Machine(NamedTuple):
    code: str
    name: str
    # packs per minute, or pieces per minute where packs differ too much
    packs: int = 0
    pieces: int = 0


class Vehicle(NamedTuple):
    code: str
    plate: str
    model: str
    cubic_metres: float
    kilograms: float
    driver: str


# what an hour of a standing line costs
HOUR_COST = 600
MACHINES = (
    Machine("machine_wet1", "湿巾1线", packs=40),
    Machine("machine_wet2", "湿巾2线", packs=30),
    Machine("machine_bib", "围兜线", pieces=150),
    Machine("machine_cotton", "棉柔巾线", packs=15),
)
MODELS = {"model_box42": "4.2 米厢式", "model_van": "面包车", "model_box74": "7.4 米厢式"}
VEHICLES = (
    Vehicle("vehicle_V1", "浙G·A1001", "model_box42", 14.0, 1500, "E22"),
    Vehicle("vehicle_V2", "浙G·A1002", "model_box42", 14.0, 2000, "E24"),
    Vehicle("vehicle_V3", "浙G·A1003", "model_van", 5.0, 800, "E25"),
    Vehicle("vehicle_V4", "浙G·A1004", "model_box74", 35.8, 5000, "E23"),
)
