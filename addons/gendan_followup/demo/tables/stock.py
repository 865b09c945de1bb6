"""What lies in the stores on the first day of the story."""

from typing import NamedTuple


class Row(NamedTuple):
    """A quantity of one product; finished goods wear a bag, and age by ``months``."""

    product: str
    quantity: int
    lot: str = ""
    # apart from usable stock, outside the warehouse
    apart: bool = False
    blocked: bool = False
    bag: str = ""
    months: int = 0


STOCK = (
    Row("RM01", 2500, "RM01-2610"),
    Row("RM02", 4200, "RM02-2610"),
    Row("RM04", 800, "RM04-2610"),
    Row("RM05", 300, "RM05-2610"),
    Row("RM06", 1000, "RM06-2610"),
    Row("RM07", 600, "RM07-2610"),
    Row("RM08", 160, "L2610-21"),
    Row("RM08", 240, "L2611-08"),
    Row("RM09", 900, "RM09-2610"),
    Row("RM11", 30000),
    Row("RM12", 45000),
    Row("PK01_v1", 3200, "PK01-V1-2608"),
    Row("PK02_v3", 6000, "PK02-V3-2609"),
    Row("PK02_v2", 2400, "PK02-V2-2602", apart=True, blocked=True),
    Row("PK04_v1", 4000, "PK04-V1-2609"),
    Row("PK05_v2", 5000, "PK05-V2-2609"),
    # an old order number stands in the mark
    Row("PK06_v1", 40, apart=True),
    Row("PK08_v2", 150),
    Row("PK90_v1", 60000, "PK90-V1-2609"),
    Row("PK91_v1", 2000),
    Row("F01", 500 * 24, "F01-V3-2610", bag="PK02_v3", months=1),
    Row("F01", 60 * 24, "F01-V2-2604", bag="PK02_v2", months=7, blocked=True),
    Row("F02", 96 * 24, "F02-V1-2609", bag="PK01_v1", months=2),
    Row("F12", 60 * 60, "F12-V1-2610", bag="PK90_v1", months=1),
)
