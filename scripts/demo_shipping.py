"""Notices, trips and drivers' sheets in every state, for `demo_stories`."""

import contextlib
from datetime import date, time, timedelta

from freezegun import freeze_time

from odoo.fields import Command

from odoo.addons.gendan_followup.calc.working_time import utc

TZ = "Asia/Shanghai"
DISPATCHER, KEEPER, PLAN_MANAGER, GATE = "E11", "E16", "E09", "pad_gate"


def order_of(book, reference):
    return book.env["sale.order"].search([("client_order_ref", "=", reference)])


def ask(book, order, seller, day, packs, **values):
    """Draft and submit a notice for ``packs`` of the first line of ``order``."""
    line = order.sudo().notice_id.line_ids[:1]
    shipping = book.draft_notice(order, seller, day, **values, line_ids=[
        Command.create({"notice_line_id": line.id, "quantity": packs})])
    shipping.action_submit()
    return shipping


def trip(book, day, driver, *stops, **values):
    """Plan a trip, as 李娜."""
    return book.by(book.env["gendan.dispatch"], DISPATCHER).create({
        "day": day, "driver_id": driver and book.factory.ref(driver).id,
        "stop_ids": [Command.create(stop) for stop in stops], **values})


def errand(place, purpose, hour=0, kind="errand"):
    return {"kind": kind, "place": place, "purpose": purpose, "hour_due": hour}


def truck(book, code):
    return {"vehicle_id": book.factory.ref(f"vehicle_{code}").id}


# ------------------------------------------------------------------- the stories


def leaves_tomorrow(book):
    """C07's 180 cartons from stock are accepted for tomorrow and stand on no truck yet."""
    tomorrow = book.today + timedelta(days=1)
    with book.at(1, "14:10"):
        shipping = ask(book, order_of(book, "HJ-3391"), "E05", tomorrow, 4320,
                       destination="宁波门店仓")
    with book.at(1, "14:30"):
        book.by(shipping, DISPATCHER).action_accept()


def refused_and_cancelled(book):
    """One notice came on the day itself, one was not wanted any more, one is being written."""
    order = order_of(book, "HJ-3391")
    with book.at(3, "08:30"):
        same_day = ask(book, order, "E05", book.days[2], 480)
    with book.at(3, "08:45"):
        book.by(same_day, DISPATCHER).action_refuse()
    with book.at(3, "09:10"):
        urgent = ask(book, order, "E05", book.days[2], 240)
    with book.at(3, "09:20"):
        book.by(urgent, DISPATCHER).action_accept("客户停产等货, 顺路车可带")
    with book.at(3, "10:00"):
        book.by(urgent, "E05").action_cancel("客户自提")
    with book.at(1, "11:00"):
        book.draft_notice(
            order_of(book, "NP-26117"), "E03", book.today + timedelta(days=20),
            destination="Göteborg", booking_no="COSU6301190",
            container_type_id=book.env.ref("gendan_followup.container_40hq").id)


def not_loaded_in_time(book):
    """C08's cotton tissues of today have no slip: the hired truck stood empty at 17:00."""
    order = order_of(book, "MJ-77")
    with book.at(1, "10:30"):
        shipping = ask(book, order, "E05", book.today, 2400, destination="义乌美佳仓库")
    with book.at(1, "10:50"):
        book.by(shipping, DISPATCHER).action_accept()
        trip(book, book.today, False, {"shipping_id": shipping.id, "hour_due": 11},
             hired_plate="浙A·T778", hired_volume=40, hired_payload=8000,
             hired_driver="物流 王师傅")
    with book.at(1, "17:05"):
        book.env["gendan.dispatch"]._cron_late_loads()


def trips_of_these_days(book):
    """Back with waiting, on the road since yesterday, and planned for today and tomorrow."""
    yesterday, tomorrow = book.days[0], book.today + timedelta(days=1)
    with book.at(2, "15:30"):
        back = trip(book, yesterday, "E25", errand("义乌检测中心", "送检样品", 9.5),
                    **truck(book, "V3"))
        away = trip(book, yesterday, "E23", errand(
            "绍兴无纺布厂", "提水刺布 2.4 吨", 14, "pickup"), hour_to=17, **truck(book, "V4"))
        (back | away).action_confirm()
    with book.at(1, "08:00"):
        (back | away).action_duty()
    with book.at(1, "08:30"):
        away.action_depart(90410)
        back.action_depart(33120)
        back.action_note_wait("papers", 12)
        back.action_note_wait("driver", 8)
    with book.at(1, "09:25"):
        back.stop_ids.action_arrive()
    with book.at(1, "11:40"):
        back.action_return(33168)
    with book.at(1, "15:45"):
        planned = trip(book, book.today, "E24", errand("金华纸箱厂", "取样箱", 10, "pickup"),
                       errand("义乌店面", "送样品", 11), **truck(book, "V2"))
        planned.action_confirm()
        trip(book, tomorrow, "E22", errand("金华纸箱厂", "取纸箱 270 只", 9, "pickup"),
             **truck(book, "V1"))


@contextlib.contextmanager
def on(book, day, clock):
    """Do what follows on ``day``, further back than the days of the story."""
    book.env.flush_all()
    with freeze_time(utc(day, time(*map(int, clock.split(":"))), TZ)):
        yield
        book.env.flush_all()


def drivers_of_last_month(book):
    """Four sheets, submitted and acknowledged; 石磊 objects to his (S12)."""
    month = book.month(1)
    drivers = {"E22": ("V1", 5, ("late_start",)), "E23": ("V4", 4, ()),
               "E24": ("V2", 4, ("fine", "damage")), "E25": ("V3", 3, ("complaint", "praise"))}
    said = {"late_start": "迟到 25 分钟出车", "fine": "超速罚单", "damage": "碰坏 1 箱",
            "complaint": "客户投诉态度", "praise": "雨夜送货, 客户表扬"}
    for number, (code, count, kinds) in drivers.items():
        trips = [drive(book, month + timedelta(days=3 + 2 * index), number, code)
                 for index in range(count)]
        with book.at(1, "08:20"):
            for kind, one in zip(kinds, trips, strict=False):
                book.by(book.env["gendan.driver.fact"], DISPATCHER).create({
                    "driver_id": book.factory.ref(number).id, "kind": kind, "date": one.day,
                    "dispatch_id": one.id, "description": said[kind]})
    with book.at(1, "08:50"):
        sheets = book.by(book.env["gendan.driver.appraisal"], DISPATCHER).create([
            {"driver_id": book.factory.ref(number).id, "month": month} for number in drivers])
        sheets.action_submit()
    with book.at(1, "09:40"):
        book.by(sheets[:3], PLAN_MANAGER).action_acknowledge()
    with book.at(1, "12:20"):
        gate = book.by(sheets[3:], GATE)
        token = gate.env["gendan.badge"].identify(
            badge=book.factory.ref("E25").sudo().barcode)["token"]
        gate.with_context(gendan_badge=token).action_object("投诉那天是客户让等, 与我无关")


def drive(book, day, number, code):
    """Drive an errand there and back."""
    day = date.fromordinal(day.toordinal() + (day.weekday() == 6))
    with on(book, day, "07:40"):
        one = trip(book, day, number, errand("杭州", "送货"), **truck(book, code))
        one.action_confirm()
        one.action_duty()
    with on(book, day, "08:10"):
        one.action_depart(20000)
    with on(book, day, "12:30"):
        one.stop_ids.action_arrive()
        one.action_return(20180)
    return one


SHIPPING = (leaves_tomorrow, refused_and_cancelled, not_loaded_in_time, trips_of_these_days,
            drivers_of_last_month)
