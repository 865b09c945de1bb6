"""Fabrics and other raw materials; packaging items and their versions."""

from decimal import Decimal
from typing import NamedTuple


class Fabric(NamedTuple):
    """A roll good, kept by the kg and delivered by the roll."""

    code: str
    name: str
    gsm: int
    fibre: str
    pattern: str
    surface: str
    width: int
    roll_kg: str
    kg_price: str
    special: bool = False

    @property
    def roll_unit(self):
        """Return the code of the unit "one roll of this weight"."""
        return roll_unit(self.roll_kg)

    @property
    def roll_price(self):
        """Return the price of a roll; the printed film is sold by the kg."""
        return "" if self.code == "RM08" else str(Decimal(self.roll_kg) * Decimal(self.kg_price))


class Material(NamedTuple):
    """Any other raw material."""

    code: str
    name: str
    unit: str
    price: str
    tracked: bool
    stored: bool = True


class Packaging(NamedTuple):
    """A packaging item; ``versions`` maps each version to its status."""

    code: str
    name: str
    kind: str
    versions: dict
    price: str
    volume: str = "0"
    weight: str = "0"


def roll_unit(kg):
    """Return the code of the unit for a roll of ``kg``."""
    return f"uom_roll_{kg.replace('.', '_')}"


FABRICS = (
    Fabric("RM01", "水刺布 平纹 亲水 45g", 45, "50% 粘胶 / 50% 涤纶", "平纹", "hydrophilic", 200,
           "13.50", "13.50"),
    Fabric("RM02", "水刺布 珍珠纹 50g", 50, "70% 粘胶 / 30% 涤纶", "珍珠纹", "hydrophilic", 200,
           "15.00", "14.80"),
    Fabric("RM03", "水刺布 可降解 60g", 60, "100% 粘胶", "平纹", "hydrophilic", 200,
           "14.40", "22.00", special=True),
    Fabric("RM04", "水刺布 40g", 40, "30% 粘胶 / 70% 涤纶", "平纹", "hydrophilic", 180,
           "10.80", "11.50"),
    Fabric("RM05", "全棉水刺布 60g", 60, "100% 棉", "平纹", "hydrophilic", 200,
           "14.40", "26.00"),
    Fabric("RM06", "PP纺粘 亲水 30g", 30, "100% PP", "平纹", "hydrophilic", 320,
           "19.20", "9.80"),
    Fabric("RM07", "PP纺粘 拒水 25g", 25, "100% PP", "平纹", "repellent", 320,
           "16.00", "9.50"),
    Fabric("RM08", "PE流延印花膜 小熊 4色", 17, "LDPE 18 µm", "小熊", "none", 320,
           "16.32", "16.00"),
)
# what is printed on a fabric, and which end comes first from the roll
PRINTED = {"RM08": {"print_colours": "4色: 棕 红 黑 白", "print_direction": "head"}}
MATERIALS = (
    Material("RM09", "婴儿湿巾浓缩液", "kg", "18.00", tracked=True),
    # made in house, never counted
    Material("RM10", "RO纯水", "kg", "0.01", tracked=False, stored=False),
    Material("RM11", "固定胶贴 10 mm", "m", "0.03", tracked=False),
    Material("RM12", "PP翻盖 85×50", "piece", "0.14", tracked=False),
)
PACKAGING = (
    Packaging("PK01", "袋 Nordpark 60片", "bag", {"v1": "regular", "v2": "new"}, "0.26"),
    Packaging("PK02", "袋 贝洁 80片", "bag", {"v2": "withdrawn", "v3": "regular"}, "0.22"),
    Packaging("PK03", "卷膜 CasaLimpia 60片", "film", {"v1": "regular"}, "0.16"),
    Packaging("PK04", "袋 Sunrise 围兜20片", "bag", {"v1": "regular", "v2": "new"}, "0.35"),
    Packaging("PK05", "袋 贝洁 棉柔巾100抽", "bag", {"v2": "regular"}, "0.20"),
    Packaging("PK06", "纸箱 Nordpark 24包 五层 K=K 425×330×290", "carton", {"v1": "regular"},
              "4.20", "0.0406725", "0.75"),
    Packaging("PK07", "纸箱 Sunrise 40袋 五层 A=A 480×380×360", "carton", {"v1": "regular"},
              "6.20", "0.065664", "1.10"),
    Packaging("PK08", "纸箱 通用湿巾24包 三层 A=B 425×330×290 无唛/贴唛", "carton",
              {"v2": "regular"}, "2.90", "0.0406725", "0.75"),
    # "通用" of the product table: neutral, outside the eight items
    Packaging("PK90", "通用袋 透明", "bag", {"v1": "regular"}, "0.10"),
    Packaging("PK91", "通用纸箱 三层 A=B 无唛 480×360×300", "carton", {"v1": "regular"},
              "2.60", "0.05184", "0.75"),
)
# roll film is bought by the kg and used by the bag: pieces per kg, version by version (X3)
FILM_PIECES = {"PK03_v1": 150}
VERSIONS = ("v1", "v2", "v3")


def versions():
    """Return ``(code of the version, item, version, status)`` of all packaging."""
    return [(f"{item.code}_{version}", item, version, status)
            for item in PACKAGING for version, status in item.versions.items()]
