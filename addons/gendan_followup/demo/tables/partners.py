"""Customers, suppliers, the showroom, and what is agreed with each of them."""

from typing import NamedTuple

from .materials import FABRICS


class Customer(NamedTuple):
    code: str
    name: str
    kind: str
    salesperson: str
    merchandiser: str
    country: str
    city: str
    street: str
    terms: str
    note: str
    tz: str = "Asia/Shanghai"
    mail: str = ""
    phone: str = ""


class Supplier(NamedTuple):
    code: str
    name: str
    city: str
    street: str
    note: str


TERMS = {
    "terms_deposit": ("30% 定金, 余款见提单副本", ((30, 0), (70, 30))),
    "terms_month": ("月结 30 天", ((100, 30),)),
    "terms_advance": ("款到发货", ((100, 0),)),
}
CUSTOMERS = (
    Customer("C01", "Nordpark Baby AB", "export", "E03", "E10", "se", "Göteborg",
             "Magasinsgatan 11", "terms_deposit",
             "喷码 LOT NPyymmdd + EXP DD.MM.YYYY; 40HQ; 美元结算",
             "Europe/Stockholm", "orders@nordpark.example"),
    Customer("C02", "Sunrise Retail Pty Ltd", "export", "E04", "E11", "au", "Melbourne",
             "88 Collins Street", "terms_deposit", "20GP; 唛头带客户订单号",
             "Australia/Melbourne", "buying@sunrise.example"),
    Customer("C03", "Casa Limpia S.A.", "export", "E04", "E10", "cl", "Santiago",
             "Avenida Providencia 1208", "terms_deposit",
             "喷码 ELAB DD/MM/YYYY VENCE DD/MM/YYYY; 当地时间 UTC−3",
             "America/Santiago", "compras@casalimpia.example"),
    Customer("C04", "北都衛生 Hokuto Hygiene K.K.", "export", "E03", "E10", "jp", "札幌市",
             "中央区北一条西 5-2", "terms_deposit", "喷码 製造 YYYY.MM 期限 YYYY.MM, 要求严格",
             "Asia/Tokyo", "koubai@hokuto.example"),
    Customer("C05", "GreenLeaf Brands LLC", "export", "E03", "E10", "us", "Savannah",
             "410 River Street", "terms_deposit", "40′ 柜公路限重 19,000 kg",
             "America/New_York", "supply@greenleaf.example"),
    Customer("C06", "杭州贝乐母婴连锁", "domestic", "E05", "E10", "cn", "杭州市",
             "拱墅区莫干山路 666 号", "terms_month", "自有车辆送货, 月结"),
    Customer("C07", "上海惠家超市", "domestic", "E05", "E10", "cn", "上海市",
             "嘉定区曹安公路 2688 号", "terms_month", "剩余保质期 ≥ 2/3"),
    Customer("C08", "义乌美佳日化批发", "domestic", "E05", "E10", "cn", "义乌市",
             "国际商贸城五区 1207 号", "terms_advance", "款到发货"),
    Customer("C09", "金华小太阳幼儿园", "small", "", "E10", "cn", "金华市",
             "婺城区宾虹路 35 号", "terms_advance", "常订: F01 10 箱",
             phone="0579-5550-0135"),
    Customer("C10", "临安山居民宿", "small", "", "E11", "cn", "杭州市",
             "临安区天目山镇 18 号", "terms_advance", "常订: F15 8 箱",
             phone="0571-5550-0118"),
    Customer("showroom", "店面-义乌", "showroom", "E06", "E11", "cn", "义乌市",
             "国际商贸城四区 3 楼 40112 号", "terms_advance", "本公司店面"),
)
# small customers: what they usually order, in packs
USUAL_GOODS = {"C09": ("F01", 240), "C10": ("F15", 192)}
SUPPLIERS = (
    Supplier("V01", "恒织无纺布", "绍兴市", "柯桥区齐贤镇 9 号", "交期 10–14 天, 起订 1 卷"),
    Supplier("V02", "顺达塑业", "台州市", "黄岩区江口街道 22 号", "交期 12 天, 起订 500 kg"),
    Supplier("V03", "彩捷软包装", "温州市", "龙港镇印刷工业园 7 号",
             "制版 5 个工作日 + 制袋 7 天; 膜起订 300 kg, 袋起订 5,000"),
    Supplier("V04", "大成纸箱", "义乌市", "佛堂镇双峰路 101 号", "交期 5 天, 样箱 2 天, 起订 100"),
    Supplier("V05", "优唐日化", "广州市", "白云区石井工业区 6 号", "交期 7 天"),
)
# product, customer, his number, his name for it, language on the bag
CUSTOMER_ITEMS = (
    ("item_C01_F02", "C01", "F02", "NP-2060", "Nordpark Eco Baby Wipes 60", "Svenska / English"),
    ("item_C02_F11", "C02", "F11", "SR-BIB-20", "Sunrise Disposable Bibs 20", "English"),
    ("item_C03_F03", "C03", "F03", "CL-7760", "Toallitas de Cocina 60", "Español"),
    ("item_C04_F04", "C04", "F04", "HK-0410", "おしりふき 10枚", "日本語"),
    ("item_C05_F02", "C05", "F02", "GL-ECO60", "GreenLeaf Eco Wipes 60", "English"),
)
# US dollars per pack
EXPORT_PRICES = {"F02": "0.62", "F03": "0.48", "F04": "0.12", "F11": "1.35", "F12": "0.72"}
YUAN_PER_DOLLAR = 7.10


class Offer(NamedTuple):
    """What a supplier asks for one product; ``unit`` empty means the product's own."""

    supplier: str
    product: str
    days: int
    minimum: int
    price: str
    unit: str = ""


# fabrics are priced by the kg and ordered by the roll
OFFERS = (
    *(Offer("V01", f.code, 12, 1, f.roll_price, f.roll_unit) for f in FABRICS if f.roll_price),
    Offer("V02", "RM08", 12, 500, "16.00"),
    Offer("V03", "PK01_v1", 7, 5000, "0.24"),
    Offer("V03", "PK01_v2", 7, 5000, "0.26"),
    Offer("V03", "PK02_v3", 7, 5000, "0.22"),
    Offer("V03", "PK03_v1", 7, 300, "24.00", "uom_film_PK03_v1"),
    Offer("V03", "PK04_v1", 7, 5000, "0.35"),
    Offer("V03", "PK04_v2", 7, 5000, "0.36"),
    Offer("V03", "PK05_v2", 7, 5000, "0.20"),
    Offer("V03", "PK90_v1", 7, 5000, "0.10"),
    Offer("V04", "PK06_v1", 5, 100, "4.20"),
    Offer("V04", "PK07_v1", 5, 100, "6.20"),
    Offer("V04", "PK08_v2", 5, 100, "2.90"),
    Offer("V04", "PK91_v1", 5, 100, "2.60"),
    Offer("V05", "RM09", 7, 0, "18.00"),
    Offer("V05", "RM11", 7, 0, "0.03"),
    Offer("V05", "RM12", 7, 0, "0.14"),
)
