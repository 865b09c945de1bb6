"""The 27 employees, who of them logs in, and the devices that the others share."""

from typing import NamedTuple


class Person(NamedTuple):
    """One employee; ``role`` is the title on the card, ``groups`` what it opens."""

    code: str
    name: str
    department: str
    role: str
    login: str = ""
    groups: tuple = ()
    driver_since: str = ""


class Device(NamedTuple):
    """A login without a person: badge or PIN says who holds it (X17)."""

    code: str
    name: str
    role: str
    groups: tuple


DEPARTMENTS = {
    "department_office": "总经办",
    "department_sales": "销售部",
    "department_showroom": "店面",
    "department_finance": "财务部",
    "department_plan": "计划部",
    "department_production": "生产部",
    "department_packing": "包装部",
    "department_stores": "仓储部",
    "department_quality": "质检部",
    "department_fleet": "车队",
    "department_hr": "人事部",
}
# departments whose head is in the text; stores, quality and fleet have none
HEADS = {
    "department_office": "E01",
    "department_sales": "E02",
    "department_showroom": "E02",
    "department_finance": "E07",
    "department_plan": "E09",
    "department_production": "E12",
    "department_packing": "E13",
    "department_hr": "E27",
}
PEOPLE = (
    Person("E01", "沈国平", "department_office", "总经理", "shenguoping", ("general_manager",)),
    Person("E02", "周建国", "department_sales", "销售经理", "zhoujianguo", ("sales_manager",)),
    Person("E03", "陈立", "department_sales", "业务员(外贸)", "chenli", ("salesperson",)),
    Person("E04", "吴婷", "department_sales", "业务员(外贸)", "wuting", ("salesperson",)),
    Person("E05", "郑浩", "department_sales", "业务员(内销)", "zhenghao", ("salesperson",)),
    Person("E06", "林小燕", "department_showroom", "店面业务员", "linxiaoyan", ("showroom",)),
    Person("E07", "钱敏", "department_finance", "财务主管", "qianmin", ("finance",)),
    Person("E08", "何丽", "department_finance", "财务开单", "heli", ("finance",)),
    Person("E09", "徐志强", "department_plan", "计划部经理", "xuzhiqiang", ("plan_manager",)),
    Person("E10", "王芳", "department_plan", "跟单员", "wangfang", ("merchandiser",)),
    Person("E11", "李娜", "department_plan", "跟单员", "lina", ("merchandiser",)),
    Person("E12", "刘大伟", "department_production", "生产主任", "liudawei", ("production",)),
    Person("E13", "赵秀英", "department_packing", "包装主任", "zhaoxiuying", ("packaging",)),
    Person("E14", "孙涛", "department_stores", "原材料仓管", "suntao", ("raw_keeper",)),
    Person("E15", "马丽", "department_stores", "包材仓管", "mali", ("packaging_keeper",)),
    Person("E16", "高军", "department_stores", "成品仓管", "gaojun", ("finished_keeper",)),
    Person("E17", "黄勇", "department_production", "开机工"),
    Person("E18", "罗刚", "department_production", "开机工"),
    Person("E19", "谢强", "department_production", "开机工"),
    Person("E20", "冯雪", "department_quality", "质检(车间)", "fengxue", ("qc",)),
    Person("E21", "邓梅", "department_quality", "质检(包装、来料)", "dengmei", ("qc",)),
    Person("E22", "丁伟", "department_fleet", "司机"),
    Person("E23", "金涛", "department_fleet", "司机"),
    Person("E24", "孔亮", "department_fleet", "司机"),
    Person("E25", "石磊", "department_fleet", "司机"),
    Person("E26", "汤明", "department_fleet", "司机", driver_since="2026-11-20"),
    Person("E27", "韩雪", "department_hr", "人事", "hanxue", ("hr",)),
)
DEVICES = (
    Device("pad_workshop", "车间平板", "开机工(车间平板)", ("operator",)),
    Device("pad_stores", "仓库手机", "仓管、质检(仓库手机)",
           ("raw_keeper", "packaging_keeper", "finished_keeper", "qc")),
    Device("pad_gate", "门卫手机", "司机(门卫手机)", ("driver",)),
)
MAIL_DOMAIN = "jiehe.example"


def badge(person):
    """Return what the badge of ``person`` carries; letters and digits only."""
    return f"JH{person.code[1:]}"


def pin(person):
    """Return the PIN of ``person``, for phones that cannot scan."""
    return f"10{person.code[1:]}"


def logins():
    """Return ``(role, login, name)`` of everybody and everything that logs in."""
    people = [(p.role, p.login, p.name) for p in PEOPLE if p.login]
    return people + [(d.role, d.code, d.name) for d in DEVICES]
