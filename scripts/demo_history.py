"""Half a year of orders that are closed: what the managers' reports and dashboards show.

Each order went the whole way, from the customer's paper to the truck, by the hands of its
own people at working hours of days gone by. Some came late, some first articles did not
pass, some trucks were asked for on the very day: as in any factory.
"""

from datetime import timedelta
from math import ceil
from typing import NamedTuple

from demo_shipping import drive as errand
from demo_stories import StoryBook, answer_all, first_article
from freezegun import freeze_time

from odoo.fields import Command

from odoo.addons.gendan_followup.calc.working_time import utc
from odoo.addons.gendan_followup.demo.factory import Factory
from odoo.addons.gendan_followup.demo.steps.pictures import picture

MARKER = "demo_history"
DAYS = 160


class Case(NamedTuple):
    """A closed order: when it was entered and left, in working days back, and how it went."""

    entered: int
    left: int
    seller: str
    merchandiser: str
    customer: str
    product: str
    packs: int
    price: float
    # calendar days that the promise lies after the day it left; below 0 it came late
    margin: int = 2
    # the customer agreed to this later date, in days after the day it left
    revised: int | None = None
    rejected: int = 0
    same_day: bool = False
    container: str = ""
    wrong_count: bool = False
    destination: str = ""
    # minutes that the truck came late
    truck_late: int = 0
    # why the container left with room in it
    not_full: str = ""


CASES = (
    Case(152, 141, "E05", "E10", "C06", "F05", 480, 3.4, margin=3),
    Case(146, 134, "E04", "E10", "C03", "F05", 12480, 0.55, margin=1, container="20gp",
         destination="Valparaíso", not_full="客户本次只订这些, 不拼柜"),
    Case(133, 121, "E05", "E10", "C07", "F10", 480, 3.1, margin=-2, rejected=1, truck_late=25),
    Case(127, 115, "E04", "E11", "C02", "F17", 36000, 0.9, margin=2, container="20gp",
         destination="Melbourne", wrong_count=True),
    Case(112, 101, "E05", "E10", "C06", "F17", 600, 5.0, margin=1, same_day=True),
    Case(106, 94, "E03", "E10", "C04", "F04", 2000, 0.21, margin=-4, revised=1, rejected=1,
         destination="Osaka"),
    Case(84, 72, "E04", "E10", "C03", "F10", 14400, 0.6, margin=-3, rejected=2, container="20gp",
         destination="Valparaíso"),
    Case(62, 50, "E03", "E10", "C05", "F19", 29500, 0.74, margin=1, container="20gp",
         destination="Savannah"),
    Case(42, 31, "E04", "E11", "C02", "F17", 35400, 0.9, margin=-5, revised=0, rejected=1,
         destination="Melbourne", container="20gp"),
    Case(25, 14, "E03", "E10", "C04", "F04", 112000, 0.21, margin=1, destination="Osaka",
         wrong_count=True, container="20gp", not_full="客户仓位只收这些"),
)
SAMPLES = ((118, 2, "F12", 40), (76, 4, "F12", 60), (45, 1, "F12", 20), (22, 3, "F12", 40))
# whoever drives, and his vehicle on errands
DRIVERS = {"E22": "V1", "E23": "V4", "E25": "V3"}
# months back and driver: who drove nothing, and what was noted about the others
RESTED = (2, "E23")
FACTS = {
    (3, "E23"): ("complaint", "客户投诉卸货态度"),
    (3, "E25"): ("vehicle_care", "回场没有冲洗车厢"),
    (2, "E25"): ("fine", "违停罚单"),
    (2, "E22"): ("late_start", "迟到 20 分钟出车"),
}


def run(env):
    """Tell the half year once; a second call changes nothing."""
    factory = Factory(env)
    if factory.has(MARKER):
        return
    factory.ensure()
    book = HistoryBook(factory)
    for number, case in enumerate(CASES):
        closed_order(book, case, number)
    for sample in SAMPLES:
        received_sample(book, *sample)
    appraisals(book)
    env.flush_all()
    factory.register({MARKER: factory.company})


class HistoryBook(StoryBook):
    """The same people, over a longer time."""

    def __init__(self, factory):
        super().__init__(factory)
        self.days = self._past_working_days(DAYS)

    def promise(self, case, margin):
        """Return the delivery date that lies ``margin`` days from the day the goods left."""
        return self.due((self.days[case.left - 1] - self.today).days + margin)


def closed_order(book, case, number):
    """Take one order through the whole chain."""
    begin = case.entered
    with book.at(begin, "08:40"):
        order = book.enter(
            case.seller, case.customer, [(case.product, case.packs, case.price)], 0,
            client_order_ref=f"H-{2600 + number}", destination=case.destination or False)
        order.commitment_date = book.promise(case, case.margin)
    if case.container:
        supply(book, order)
    book.make_valid(order, case.seller, case.merchandiser, begin)
    if case.revised is not None:
        later(book, order, case, begin - 1)
    with book.at(begin - 2, "09:00"):
        notice = book.by(order, case.merchandiser).notice_id
        notice.action_check_stock()
        notice.action_release()
    day = begin - 3
    for _time in range(case.rejected):
        article = set_up_piece(book, notice, day)
        with book.at(day, "11:30"):
            book.by(article, case.seller).action_reject("封口不齐, 重做首件")
        day -= 1
    make(book, notice, day, hours=2 + number % 3)
    leave(book, order, case)
    with book.at(case.left - 1, "08:00"):
        notice.sudo()._refresh_milestones()


def supply(book, order):
    """Lay on stock what a full container takes, so that today's stock is what it is."""
    line = order.sudo().order_line
    recipe = line.product_id.bom_ids[:1]
    store = book.factory.ref("warehouse").sudo().lot_stock_id
    for part in recipe.bom_line_ids.filtered("product_id.is_storable"):
        lot = book.env["stock.lot"].sudo().search(
            [("product_id", "=", part.product_id.id), ("is_blocked", "=", False)], limit=1)
        book.env["stock.quant"].sudo()._update_available_quantity(
            part.product_id, store,
            ceil(part.product_qty * line.product_uom_qty / recipe.product_qty), lot_id=lot)


def set_up_piece(book, notice, day):
    """Take a piece out of the set-up, before any trial packs were booked (D5.2)."""
    company = book.factory.company.sudo()
    packs, company.trial_quantity = company.trial_quantity, 0
    line = notice.sudo().line_ids[:1]
    with book.at(day, "08:20"):
        article = book.by(book.env["gendan.first.article"], "E10").create({
            "notice_line_id": line.id,
            "workcenter_id": line.production_ids.workorder_ids.workcenter_id[:1].id})
        article.action_present()
    with book.at(day, "08:40"):
        answer_all(article)
        article.write({"operator_id": book.factory.ref("E17").id, "sample_quantity": 3,
                       "retained_at": "首件板 3", "sample_photo": picture("wipes")})
        article.action_sample()
    company.trial_quantity = packs
    return article


def make(book, notice, day, hours):
    """Accept the first article after some hours, then make everything."""
    article = first_article(book, notice, day)
    with book.at(day, f"{8 + hours:02d}:50"):
        article.with_user(notice.sudo().salesperson_id).sudo(False).action_accept("符合订单")
    production = book.by(notice.sudo().production_ids.filtered(
        lambda one: one.state != "done"), "E12")
    with book.at(day, "13:20"):
        production.workorder_ids.button_start()
    with book.at(day - 1, "16:40"):
        production.qty_producing = production.product_qty
        production.action_generate_serial()
        production.move_raw_ids.picked = True
        # a split leaves fractions of a carton to consume: the dialog is core's
        production.with_context(skip_consumption=True).button_mark_done()


def later(book, order, case, day):
    """The customer agrees to a later date; the revision is signed again."""
    with book.at(day, "08:30"):
        seller = book.by(order, case.seller)
        seller.action_open_revision("客户同意推迟")
        seller.commitment_date = book.promise(case, case.revised)
    book.make_valid(order, case.seller, case.merchandiser, day)


def leave(book, order, case):
    """Shipping notice, slip, truck, loading, and out of the gate."""
    asked = case.left if case.same_day else case.left + 1
    values = {"container_type_id": book.env.ref(
        f"gendan_followup.container_{case.container}").id, "booking_no": f"COSU{case.entered}",
        "destination": case.destination} if case.container else {}
    with book.at(asked, "08:05"):
        shipping = book.draft_notice(order, case.seller, book.days[case.left - 1], **values)
        shipping.action_submit()
    with book.at(asked, "08:20"):
        book.by(shipping, "E11").action_accept("客户急用" if case.same_day else False)
    with book.at(asked, "08:40"):
        book.by(shipping, "E08").action_issue_slip()
        book.by(shipping, "E11").action_confirm_goods()
        trip = None if case.container else plan_trip(book, shipping, case)
    with book.at(case.left, "09:00"):
        book.by(shipping, "E16").action_start_loading()
        if shipping.needs_report:
            report = book.start_report(shipping, "E11", case.container and "CSQU3054383")
            if case.wrong_count:
                miscount(book, report)
            for number in ("E11", "E16"):
                book.count_all(report, number)
            report.space_reason = case.not_full
            report.action_close()
        if trip:
            book.by(trip, "E16").action_loaded()
            book.by(trip, "E11").action_check_load()
    with book.at(case.left, "09:40"):
        book.by(order.sudo().picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")), "E16").button_validate()
    if trip:
        drive(book, trip, case)


def miscount(book, report):
    """The keeper counts one carton less; both count again."""
    book.count_all(report, "E11")
    lines = report.sudo().line_ids
    book.by(report, "E16").action_tally({line.id: line.cartons - 1 for line in lines})
    book.by(report, "E11").action_recount()


def plan_trip(book, shipping, case):
    trip = book.by(book.env["gendan.dispatch"], "E11").create({
        "day": book.days[case.left - 1], "vehicle_id": book.factory.ref("vehicle_V1").id,
        "driver_id": book.factory.ref(list(DRIVERS)[case.entered % 2]).id, "hour_from": 10,
        "hour_to": 16, "stop_ids": [Command.create({
            "shipping_id": shipping.id, "hour_due": 13})]})
    trip.action_confirm()
    return trip


def drive(book, trip, case):
    """Off at ten, there at one or later, back before four."""
    gate = book.by(trip, "E11")
    with book.at(case.left, "09:50"):
        gate.action_duty()
    with book.at(case.left, "10:00"):
        gate.action_depart(1000 * (200 - case.entered))
    with book.at(case.left, f"13:{case.truck_late:02d}" if case.truck_late else "12:50"):
        gate.stop_ids.action_arrive()
    with book.at(case.left, "15:40"):
        gate.action_return(1000 * (200 - case.entered) + 120)
    with book.at(case.left, "16:30"):
        gate.stop_ids.action_note_back()


def received_sample(book, asked, took, code, pieces):
    """The showroom asks for samples and signs for them ``took`` working days later."""
    with book.at(asked, "09:30"):
        request = book.by(book.env["gendan.sample.request"], "E06").create({
            "product_id": book.factory.ref(code).id, "quantity": pieces, "purpose": "display",
            "wanted_date": book.days[asked - 1] + timedelta(days=2),
            "showroom_id": book.factory.ref("showroom_yiwu").id})
        request.action_request()
    with book.at(asked, "15:10"):
        book.by(request, "E11").action_accept_stock()
    with book.at(asked - took, "10:00"):
        book.by(request, "E11").action_ready()
        book.by(request, "E11").action_send()
    with book.at(asked - took, "16:00"):
        book.by(request, "E06").action_receive_all()


def appraisals(book):
    """李娜 notes what was wrong on which trip, and prepares the sheets of two months (S12).

    Last month's are told by `demo_shipping`: a driver has one sheet a month. 金涛 had none to
    drive in the later of the two, so that his sheet has no score (D11.1).
    """
    for back in (3, 2):
        first = book.month(back)
        trips = {driver: errands_of(book, first, driver) for driver in DRIVERS
                 if (back, driver) != RESTED}
        after = (first + timedelta(days=32)).replace(day=1)
        with freeze_time(utc(after, None, "Asia/Shanghai") + timedelta(hours=9)):
            for driver in DRIVERS:
                if fact := FACTS.get((back, driver)):
                    note_fact(book, driver, trips[driver][0], *fact)
                sheet = book.by(book.env["gendan.driver.appraisal"], "E11").create({
                    "driver_id": book.factory.ref(driver).id, "month": first})
                sheet.action_submit()
            book.env.flush_all()
        book.env.invalidate_all()


def errands_of(book, first, driver):
    """Drive three errands in the month that begins on ``first``, on days without a trip."""
    busy = set(book.env["gendan.dispatch"].search([]).mapped("day"))
    days = (first + timedelta(days=number) for number in range(1, 27))
    free = [day for day in days if day.weekday() < 6 and day not in busy]
    return [errand(book, free[4 * index], driver, DRIVERS[driver]) for index in range(3)]


def note_fact(book, driver, trip, kind, text):
    book.by(book.env["gendan.driver.fact"], "E11").create({
        "driver_id": book.factory.ref(driver).id, "kind": kind, "date": trip.day,
        "dispatch_id": trip.id, "description": text})
