"""The company: which one, its working hours, units and switches."""

from datetime import date, time
from itertools import product

from odoo.fields import Command

from ...calc.working_time import utc
from ..tables.materials import FABRICS, FILM_PIECES
from ..tables.products import PRODUCTS

NAME = "义乌市洁和无纺制品有限公司"
ZONE = "Asia/Shanghai"
LANGUAGES = ("zh_CN", "en_US")
HOLIDAYS = {"holiday_new_year": ("元旦", date(2027, 1, 1))}
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六")
HALVES = (("上午", "morning", 8, 12), ("下午", "afternoon", 13, 17))
# what the shop floor sees in its forms: units, lots, places, operations, price lists
FEATURES = (
    "uom.group_uom",
    "product.group_product_variant",
    "product.group_product_pricelist",
    "stock.group_production_lot",
    "stock.group_stock_multi_locations",
    "mrp.group_mrp_routings",
)
# a pack weighs 13.672 kg / 24 and takes 0.0406725 m³ / 24: two decimals would lose a container
ACCURACY = {"Stock Weight": 8, "Volume": 10}


def choose_company(env):
    """Return the company that becomes the factory.

    The main company where it keeps its books in yuan; else (Odoo's own demo data make
    it American) a new one.
    """
    main = env.ref("base.main_company")
    return main if main.currency_id == env.ref("base.CNY") else _make_company(env)


def _make_company(env):
    env.ref("base.CNY").active = True
    company = env["res.company"].sudo().create({
        "name": NAME, "country_id": env.ref("base.cn").id, "currency_id": env.ref("base.CNY").id,
        "city": "义乌市",
    })
    env.ref("base.user_admin").sudo().company_ids = [Command.link(company.id)]
    if env["ir.module.module"]._get("l10n_cn").state == "installed":
        env["account.chart.template"].try_loading("cn", company)
    return company


def set_up(factory):
    """Working hours, holidays, warehouse, precision; the settings only at the first time."""
    factory.make("resource.calendar", {"calendar": None}, lambda row: _prepare_calendar(factory))
    factory.make("resource.calendar.leaves", HOLIDAYS,
                 lambda row: _prepare_holiday(factory, *row))
    _ensure_warehouse(factory)
    if factory.is_new("company"):
        company = factory.builder["res.company"].browse(factory.company.id)
        company.write({"resource_calendar_id": factory.id("calendar"), "gendan_tz": ZONE})
        _open_features(factory.builder)
        _sharpen(factory.builder)
    _begin_weeks_on_monday(factory)


def _begin_weeks_on_monday(factory):
    """Reports count the weeks of the plan (D4.4); Odoo's Chinese week begins on Sunday.

    An update of `base` would set them back, so it no longer touches these languages.
    """
    for code in LANGUAGES:
        if not factory.has(f"weeks_{code}"):
            language = factory.builder["res.lang"].with_context(active_test=False).search(
                [("code", "=", code)])
            language.week_start = "1"
            factory.builder["ir.model.data"].search([
                ("model", "=", "res.lang"), ("res_id", "=", language.id)]).noupdate = True
            factory.register({f"weeks_{code}": language})


def switch_on(factory):
    """Let the gates hold from now on (X20)."""
    if factory.is_new("company"):
        factory.builder["res.company"].browse(factory.company.id).uses_gendan = True


def _prepare_calendar(factory):
    return {
        "name": "周一至周六 8:00–17:00", "tz": ZONE, "company_id": factory.company.id,
        "attendance_ids": [Command.create({
            "name": f"{day}{half}", "dayofweek": str(number), "day_period": period,
            "hour_from": start, "hour_to": end,
        }) for (number, day), (half, period, start, end) in product(enumerate(WEEKDAYS), HALVES)],
    }


def _prepare_holiday(factory, name, day):
    return {
        "name": name, "calendar_id": factory.id("calendar"), "company_id": factory.company.id,
        "date_from": utc(day, None, ZONE), "date_to": utc(day, time(23, 59, 59), ZONE),
    }


def _ensure_warehouse(factory):
    if factory.has("warehouse"):
        return
    # core gives the main company one, a new company only in tests
    found = factory.builder["stock.warehouse"].search(
        [("company_id", "=", factory.company.id)], limit=1)
    if found:
        factory.register({"warehouse": found})
    else:
        factory.make("stock.warehouse", {"warehouse": None}, lambda row: {
            "name": "义乌工厂", "code": "YW", "company_id": factory.company.id})


def _open_features(env):
    groups = [env.ref(xmlid) for xmlid in FEATURES]
    env.ref("base.group_user").implied_ids = [Command.link(group.id) for group in groups]


def _sharpen(env):
    for accuracy in env["decimal.precision"].search([("name", "in", list(ACCURACY))]):
        accuracy.digits = max(accuracy.digits, ACCURACY[accuracy.name])


def make_units(factory):
    """Packs and pieces; cartons of so many packs, rolls of so many kg, film by the kg."""
    pieces = {"uom_pack": ("包", 1, "uom.product_uom_unit"),
              "uom_piece": ("个", 1, "uom.product_uom_unit")}
    cartons = {f"uom_carton_{count}": (f"箱({count}包)", count, "uom_pack")
               for count in sorted({p.per_carton for p in PRODUCTS})}
    rolls = {f.roll_unit: (f"卷({f.roll_kg} kg)", float(f.roll_kg), "uom.product_uom_kgm")
             for f in FABRICS}
    films = {f"uom_film_{code}": (f"kg({code.replace('_', ' ')}: {count}个)", count, "uom_piece")
             for code, count in FILM_PIECES.items()}
    for units in (pieces, cartons | rolls | films):
        factory.make("uom.uom", units, lambda row: {
            "name": row[0], "relative_factor": row[1], "relative_uom_id": factory.id(row[2])})
