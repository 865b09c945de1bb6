"""The 28 mini-cases of the scenarios, section 3, and the shares of the rules.

Both are written down here once more on purpose: the tests compare them with what the
addon ships and reckons.
"""

from decimal import Decimal
from typing import NamedTuple

from odoo.addons.gendan_liability.calc.apportionment import Part


def cents(amount):
    """Return an amount like ``'960.01'`` in cents."""
    return int(Decimal(amount) * 100)


def _parts(*words):
    return [Part(*word.split()) for word in words]


RULE_PARTS = {
    "L-S1": _parts("SP unspecified"),
    "L-S2": _parts("SP unspecified"),
    "L-S3": _parts("SP unspecified"),
    "L-S4": _parts("SP unspecified"),
    "L-S5": _parts("SP primary"),
    "L-M1": _parts("SP primary", "MR joint"),
    "L-M2": _parts("MR unspecified"),
    "L-M3": _parts("MR unspecified"),
    "L-M4": _parts("MR unspecified"),
    "L-M5": _parts("MR unspecified"),
    "L-M6": _parts("MR panel"),
    "L-R1": _parts("RK primary", "OP joint", "QC joint"),
    "L-R2": _parts("RK primary"),
    "L-R3": _parts("RK full"),
    "L-K1": _parts("KK primary", "PK joint", "QC joint"),
    "L-K2": _parts("KK primary", "PK joint", "QC joint"),
    "L-K3": _parts("KK full"),
    "L-K4": _parts("KK half", "PK half"),
    "L-O1": _parts("OP unspecified"),
    "L-O2": _parts("OP full"),
    "L-O3": _parts("QC primary", "OP joint"),
    "L-O4": _parts("OP joint"),
    "L-Q1": _parts("QC primary"),
    "L-Q2": _parts("QC primary"),
    "L-Q3": _parts("QC joint"),
    "L-P1": _parts("PK half", "KK half"),
    "L-P2": _parts("PK primary", "QC joint"),
    "L-P3": _parts("PK primary", "QC joint"),
}


class MiniCase(NamedTuple):
    """One row of the table.

    ``matched`` are the rules, the leading one first; ``persons`` says who had which role;
    ``expected`` are the persons and amounts in the order of the table.
    """

    rule: str
    loss: str
    persons: dict
    expected: tuple
    unassigned: str = "0"
    matched: tuple = ()
    panel_percent: int = 0


def _case(rule, loss, persons, amounts, unassigned="0", matched=(), panel_percent=0):
    return MiniCase(rule, loss, {role: [person] for role, person in persons.items()},
                    tuple(zip(persons.values(), amounts, strict=True)), unassigned,
                    matched or (rule,), panel_percent)


MINI_CASES = (
    _case("L-S1", "2000.00", {"SP": "E03"}, ["2000.00"]),
    _case("L-S2", "5000.00", {"SP": "E04"}, ["5000.00"]),
    _case("L-S3", "1100.00", {"SP": "E05"}, ["1100.00"]),
    _case("L-S4", "1350.00", {"SP": "E03"}, ["1350.00"]),
    _case("L-S5", "3600.00", {"SP": "E04"}, ["2520.00"], "1080.00"),
    _case("L-M1", "6000.00", {"SP": "E03", "MR": "E10"}, ["4200.00", "1800.00"]),
    _case("L-M2", "2400.00", {"MR": "E10"}, ["2400.00"]),
    _case("L-M3", "800.00", {"MR": "E11"}, ["800.00"]),
    _case("L-M4", "9500.00", {"MR": "E10"}, ["9500.00"]),
    _case("L-M5", "420.00", {"MR": "E11"}, ["420.00"]),
    _case("L-M6", "500.00", {"MR": "E11"}, ["300.00"], "200.00", panel_percent=60),
    _case("L-R1", "1000.01", {"RK": "E14", "OP": "E17", "QC": "E20"},
          ["700.01", "150.00", "150.00"]),
    _case("L-R2", "384.00", {"RK": "E14"}, ["268.80"], "115.20"),
    _case("L-R3", "1800.00", {"RK": "E14"}, ["1800.00"]),
    _case("L-K1", "960.00", {"KK": "E15", "PK": "E13", "QC": "E21"},
          ["672.00", "144.00", "144.00"]),
    _case("L-K2", "333.33", {"KK": "E15", "PK": "E13", "QC": "E21"},
          ["233.33", "50.00", "50.00"]),
    _case("L-K3", "450.00", {"KK": "E15"}, ["450.00"]),
    _case("L-K4", "960.01", {"KK": "E15", "PK": "E13"}, ["480.00", "480.01"]),
    _case("L-O1", "1200.00", {"OP": "E17"}, ["1200.00"]),
    _case("L-O2", "72.00", {"OP": "E18"}, ["72.00"]),
    _case("L-O3", "640.00", {"QC": "E20", "OP": "E18"}, ["448.00", "192.00"]),
    _case("L-O4", "384.00", {"RK": "E14", "OP": "E18"}, ["268.80", "115.20"],
          matched=("L-R2", "L-O4")),
    _case("L-Q1", "900.00", {"QC": "E21"}, ["630.00"], "270.00"),
    _case("L-Q2", "2160.00", {"QC": "E20"}, ["1512.00"], "648.00"),
    _case("L-Q3", "500.00", {"RK": "E14", "QC": "E20"}, ["350.00", "150.00"],
          matched=("L-R2", "L-Q3")),
    _case("L-P1", "151.25", {"PK": "E13", "KK": "E15"}, ["75.62", "75.63"]),
    _case("L-P2", "1440.00", {"PK": "E13", "QC": "E21"}, ["1008.00", "432.00"]),
    _case("L-P3", "260.50", {"PK": "E13", "QC": "E21"}, ["182.35", "78.15"]),
)
