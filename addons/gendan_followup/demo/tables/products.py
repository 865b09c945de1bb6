"""The 20 finished products: specification, packing, prices and bill of materials.

Quantities are exact decimals; per 1,000 packs as in the table of the master data.
"""

from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

WASTE = Decimal("1.03")
CONCENTRATE = Decimal("0.03")
CENT = Decimal("0.01")
NOTHING = MappingProxyType({})
DOMESTIC_CODE = "生产日期 YYYY.MM.DD 限用日期 YYYY.MM.DD"


class Product(NamedTuple):
    code: str
    name: str
    family: str
    machine: str
    # fabric → gross kg per 1,000 packs; the first one gives the specification
    fabrics: dict
    width: int
    length: int
    gsm: int
    pieces: int
    liquid: str
    bag: str
    carton: str
    per_carton: int
    months: int
    price: str
    cost: str
    # other parts per 1,000 packs
    extras: dict = NOTHING
    # where the specification is not what the rest of the row says
    spec: dict = NOTHING


_LID = {"RM12": 1000}
_BEAR = {"print_colours": "4色: 棕 红 黑 白", "print_direction": "head", "colour": "白底小熊"}

PRODUCTS = (
    Product("F01", "贝洁婴儿湿巾 80片", "wipes", "machine_wet1", {"RM01": "133.488"},
            200, 180, 45, 80, "3.0", "PK02_v3", "PK08_v2", 24, 36, "4.20", "2.75", _LID),
    Product("F02", "Nordpark Eco 婴儿湿巾 60片", "wipes", "machine_wet1", {"RM03": "133.488"},
            200, 180, 60, 60, "3.0", "PK01_v2", "PK06_v1", 24, 24, "4.60", "3.80", _LID,
            {"mark_front": "NORDPARK BABY ART. 2060", "mark_side": "G.W. 13.7 KG / 42.5×33×29 CM",
             "code_text": "LOT NPyymmdd EXP DD.MM.YYYY",
             "code_format": "LOT NPyymmdd + EXP DD.MM.YYYY"}),
    Product("F03", "CasaLimpia 厨房湿巾 60片", "wipes", "machine_wet2", {"RM02": "123.600"},
            200, 200, 50, 60, "2.8", "PK03_v1", "PK08_v2", 24, 24, "3.60", "2.40", {},
            {"mark_front": "CASA LIMPIA 7760", "mark_side": "PESO BRUTO 12.2 KG",
             "packing_method": "24包/箱, 贴唛",
             "code_text": "ELAB DD/MM/YYYY VENCE DD/MM/YYYY",
             "code_format": "ELAB DD/MM/YYYY VENCE DD/MM/YYYY"}),
    Product("F04", "贝洁手口湿巾 10片", "wipes", "machine_wet1", {"RM04": "11.124"},
            180, 150, 40, 10, "3.0", "PK90_v1", "PK91_v1", 200, 36, "0.80", "0.32"),
    Product("F05", "宠物湿巾 50片", "wipes", "machine_wet2", {"RM02": "103.000"},
            200, 200, 50, 50, "2.8", "PK90_v1", "PK91_v1", 24, 24, "3.40", "2.05"),
    Product("F06", "卸妆湿巾 25片", "wipes", "machine_wet2", {"RM02": "38.625"},
            200, 150, 50, 25, "3.0", "PK90_v1", "PK91_v1", 60, 24, "2.40", "0.85"),
    Product("F07", "可降解湿厕巾 40片", "wipes", "machine_wet1", {"RM03": "69.216"},
            200, 140, 60, 40, "2.5", "PK90_v1", "PK91_v1", 36, 24, "3.80", "1.90"),
    Product("F08", "75%酒精湿巾 50片", "wipes", "machine_wet1", {"RM04": "51.912"},
            180, 140, 40, 50, "2.6", "PK90_v1", "PK91_v1", 40, 24, "3.20", "1.20", {},
            {"print_remark": "危险品: 含 75% 酒精, 按危险品存放和申报", "is_dangerous": True}),
    Product("F09", "成人护理湿巾 30片", "wipes", "machine_wet2", {"RM02": "92.700"},
            200, 300, 50, 30, "2.8", "PK90_v1", "PK91_v1", 24, 36, "3.60", "1.90"),
    Product("F10", "地板清洁湿巾 20片", "wipes", "machine_wet2", {"RM02": "61.800"},
            200, 300, 50, 20, "3.5", "PK90_v1", "PK91_v1", 24, 24, "2.90", "1.35"),
    Product("F11", "Sunrise 口水围兜 20片", "bibs", "machine_bib",
            {"RM06": "69.216", "RM08": "39.222"},
            320, 350, 30, 20, "", "PK04_v1", "PK07_v1", 40, 36, "7.80", "2.15", {"RM11": 1200},
            {**_BEAR, "mark_front": "SUNRISE BIBS SR-BIB-20", "mark_side": "40 BAGS / G.W. 5.8 KG",
             "code_text": "LOT SRyymmdd EXP DD/MM/YYYY",
             "code_format": "LOT SRyymmdd EXP DD/MM/YYYY",
             "print_remark": "小熊头朝领口, 注意膜的方向"}),
    Product("F12", "贝洁口水围兜 10片", "bibs", "machine_bib",
            {"RM06": "34.608", "RM08": "19.611"},
            320, 350, 30, 10, "", "PK90_v1", "PK91_v1", 60, 36, "4.50", "1.00", {}, _BEAR),
    Product("F13", "立体口袋围兜 15片", "bibs", "machine_bib",
            {"RM06": "59.328", "RM08": "33.619"},
            320, 400, 30, 15, "", "PK90_v1", "PK91_v1", 40, 36, "6.80", "1.55", {},
            {**_BEAR, "print_remark": "新产品: 口袋折边 60 mm"}),
    Product("F14", "成人围兜 50片", "bibs", "machine_bib", {"RM07": "247.200"},
            320, 600, 25, 50, "", "PK90_v1", "PK91_v1", 20, 36, "12.00", "3.10", {},
            {"print_remark": "拒水面朝外"}),
    Product("F15", "贝洁棉柔巾 100抽", "tissues", "machine_cotton", {"RM05": "247.200"},
            200, 200, 60, 100, "", "PK05_v2", "PK08_v2", 24, 36, "9.80", "7.10"),
    Product("F16", "棉柔巾卷 25 m", "rolls", "machine_cotton", {"RM05": "309.000"},
            200, 25000, 60, 1, "", "PK90_v1", "PK91_v1", 24, 36, "11.50", "8.40"),
    Product("F17", "压缩毛巾 20粒", "towels", "machine_cotton", {"RM02": "61.800"},
            200, 300, 50, 20, "", "PK90_v1", "PK91_v1", 60, 36, "5.20", "1.40"),
    Product("F18", "一次性浴巾", "towels", "machine_cotton", {"RM05": "60.564"},
            1400, 700, 60, 1, "", "PK90_v1", "PK91_v1", 60, 36, "4.90", "2.10", {},
            {"print_remark": "7 幅拼缝"}),
    Product("F19", "一次性床单", "sheets", "machine_cotton", {"RM07": "92.700"},
            1800, 2000, 25, 1, "", "PK90_v1", "PK91_v1", 50, 36, "3.60", "1.35", {},
            {"print_remark": "6 幅拼缝, 拒水面朝下"}),
    Product("F20", "无纺布擦拭布卷 100节", "rolls", "machine_cotton", {"RM02": "257.500"},
            200, 25000, 50, 1, "", "PK90_v1", "PK91_v1", 12, 60, "8.60", "4.30"),
)


def parts(product):
    """Return ``{component: quantity per 1,000 packs}`` of everything but the carton.

    The liquid is a multiple of the *net* fabric, 3 % of it concentrate, the rest water.
    """
    fabrics = {code: Decimal(kg) for code, kg in product.fabrics.items()}
    liquid = sum(fabrics.values()) / WASTE * Decimal(product.liquid or 0)
    wet = {"RM09": liquid * CONCENTRATE, "RM10": liquid * (1 - CONCENTRATE)} if liquid else {}
    extras = {code: Decimal(quantity) for code, quantity in product.extras.items()}
    return {**fabrics, **wet, **extras, product.bag: Decimal(1000)}


def batch(product):
    """Return ``(packs, {component: quantity})`` of the smallest exact bill of materials.

    1,000 packs in cartons of 24 would store 41.67 cartons and 133.49 kg; the batch is so
    large that cartons come out whole and nothing is lost to the second decimal.
    """
    per_thousand = parts(product)
    thousands = product.per_carton
    while any((quantity * thousands) % CENT for quantity in per_thousand.values()):
        thousands += product.per_carton
    quantities = {code: quantity * thousands for code, quantity in per_thousand.items()}
    quantities[product.carton] = Decimal(1000 * thousands // product.per_carton)
    return 1000 * thousands, quantities


def carton_weight(product, carton_kg):
    """Return the gross kg of a full carton: packs, their bags, and the carton itself."""
    net = sum(Decimal(kg) for kg in product.fabrics.values()) / WASTE / 1000
    bag = Decimal("0.020" if product.liquid else "0.012")
    pack = net * (1 + Decimal(product.liquid or 0)) + bag
    return product.per_carton * pack + carton_kg
