"""Orders of the demo factory, in every state, made by doing the work.

Each step is done by its own person at its own time: the clock is frozen at working
hours of the days just past, so that the boards show a factory at work this week. No
date is written behind the workflow's back.
"""

import contextlib
import io
import re
from datetime import datetime, time, timedelta, timezone

from demo_incidents import INCIDENTS
from demo_materials import MATERIALS, grade_of
from demo_shipping import SHIPPING
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.gendan_followup.calc.working_time import company_date, utc
from odoo.addons.gendan_followup.demo.factory import Factory
from odoo.addons.gendan_followup.demo.steps.pictures import picture

TZ = "Asia/Shanghai"
MARKER = "demo_stories"


def run(env):
    """Tell all stories once; a second call changes nothing."""
    factory = Factory(env)
    if factory.has(MARKER):
        return
    factory.ensure()
    book = StoryBook(factory)
    for story in STORIES:
        story(book)
        env.flush_all()
    # what a job does within minutes is there for the first person who looks
    stale = env["gendan.production.notice"].search([("milestones_stale", "!=", False)])
    stale._refresh_milestones()
    env.flush_all()
    factory.register({MARKER: factory.company})


class StoryBook:
    """The people of the factory and the days of the story."""

    def __init__(self, factory):
        self.factory = factory
        self.env = factory.env
        self.today = company_date(datetime.now(timezone.utc).replace(tzinfo=None), TZ)
        self.days = self._past_working_days(12)

    def _past_working_days(self, count):
        """Return the last ``count`` working days before today, Monday to Saturday."""
        candidates = (self.today - timedelta(days=n) for n in range(1, 3 * count))
        return [day for day in candidates if day.weekday() < 6][:count]

    @contextlib.contextmanager
    def at(self, days_back, clock):
        """Do what follows ``days_back`` working days ago, at ``'09:10'`` factory time."""
        hour, minute = map(int, clock.split(":"))
        self.env.flush_all()
        self.env.invalidate_all()
        with freeze_time(utc(self.days[days_back - 1], time(hour, minute), TZ)):
            yield
            self.env.flush_all()

    def month(self, back):
        """Return the first day of the month ``back`` months before that of yesterday.

        On the first days of a month the story still lies in the one before.
        """
        first = self.days[0].replace(day=1)
        for _month in range(back):
            first = (first - timedelta(days=1)).replace(day=1)
        return first

    def due(self, days):
        """Return a delivery date ``days`` from today, as core keeps it."""
        return utc(self.today + timedelta(days=days), time(17), TZ)

    def by(self, records, number):
        """Return ``records`` in the hands of employee ``number``."""
        return records.with_user(self.factory.ref(f"user_{number}")).sudo(False)

    def enter(self, seller, customer, lines, due, **values):
        """Enter an order; ``lines`` are ``(product, packs, price, values)``."""
        orders = self.env["sale.order"].with_user(self.factory.ref(f"user_{seller}"))
        order = orders.create({
            "partner_id": self.factory.ref(customer).id,
            "commitment_date": self.due(due),
            "payment_term_id": self.env.ref("account.account_payment_term_30days").id,
            "order_line": [Command.create({
                "product_id": self.factory.ref(code).id, "product_uom_qty": packs,
                "price_unit": price, **(rest[0] if rest else {}),
            }) for code, packs, price, *rest in lines],
            **values,
        })
        return order

    def attach(self, order):
        """Attach the customer's own order, as a PDF that looks like one."""
        order.customer_document_ids = [Command.create({
            "name": f"{order.client_order_ref or order.name}.pdf",
            "raw": purchase_order_pdf(order),
            "res_model": "sale.order", "res_id": order.id,
        })]

    def submit(self, order, seller):
        order = self.by(order, seller)
        if not order.customer_document_ids:
            self.attach(order)
        order.action_submit()

    def verify(self, order, merchandiser):
        order = self.by(order, merchandiser)
        order.revision_id.tick_ids.action_tick()
        order.action_verify()

    def sign(self, order, *numbers):
        for number in numbers:
            order = self.by(order, number)
            if number in ("E07", "E08"):
                order.action_sign_finance()
            else:
                order.action_sign_sales_manager()

    def try_in_vain(self, action, *args):
        """Do what the system refuses: it stays in the log of refused attempts."""
        with contextlib.suppress(UserError), self.env.cr.savepoint():
            action(*args)
            raise AssertionError(f"{action} should have been refused")

    def make_valid(self, order, seller, merchandiser, days_back):
        """Take an order through verification and both signatures on one day."""
        with self.at(days_back, "09:10"):
            self.submit(order, seller)
        with self.at(days_back, "10:20"):
            self.verify(order, merchandiser)
        with self.at(days_back, "14:00"):
            self.sign(order, "E07")
        with self.at(days_back, "16:30"):
            self.sign(order, "E02")

    def draft_notice(self, order, seller, day, **values):
        """Draft a shipping notice for all of ``order`` on ``day``, as its salesperson."""
        notice = order.sudo().notice_id
        return self.by(self.env["gendan.shipping.notice"], seller).create({
            "notice_id": notice.id, "ship_date": day,
            "address": order.partner_id.street or order.partner_id.name,
            "line_ids": [Command.create({
                "notice_line_id": line.id, "quantity": line.quantity})
                for line in notice.line_ids],
            **values,
        })

    def accepted_notice(self, order, seller, days_back, **values):
        """Write a shipping notice the day before it leaves, and let 李娜 accept it (D8.4)."""
        with self.at(days_back + 1, "09:00"):
            shipping = self.draft_notice(order, seller, self.days[days_back - 1], **values)
            shipping.action_submit()
        with self.at(days_back + 1, "10:20"):
            self.by(shipping, "E11").action_accept()
        return shipping

    def ship(self, order, seller, days_back):
        """Let the whole order leave ``days_back`` days ago, with both papers (D8.6)."""
        shipping = self.accepted_notice(order, seller, days_back)
        with self.at(days_back + 1, "14:00"):
            self.by(shipping, "E08").action_issue_slip()
        with self.at(days_back + 1, "15:40"):
            self.by(shipping, "E11").action_confirm_goods()
        with self.at(days_back + 1, "16:00"):
            self.by(shipping, "E16").action_start_loading()
        if shipping.needs_report:
            with self.at(days_back, "08:00"):
                self.supervise(shipping, "E11")
        with self.at(days_back, "09:40"):
            self.by(order.sudo().picking_ids, "E16").button_validate()
        return shipping

    def supervise(self, shipping, supervisor, container_no=False):
        """Stand beside the loading, count, and close the report (D6.1–D6.4)."""
        report = self.start_report(shipping, supervisor, container_no)
        for number in (supervisor, "E16"):
            self.count_all(report, number)
        self.by(report, supervisor).action_close()
        return report

    def start_report(self, shipping, supervisor, container_no=False):
        """Start a loading report with head, ticks and photos; nothing is counted yet."""
        report = self.by(self.env["gendan.loading.report"], supervisor).create(
            {"shipping_id": shipping.id})
        report.action_start()
        if container_no:
            report.write({
                "container_no": container_no, "seal_no": "SH8841207",
                **dict.fromkeys(("check_clean", "check_dry", "check_holes", "check_doors",
                                 "check_smell"), "ok")})
        report.line_ids.write({"product_ok": True, "mark_ok": True, "lot_ok": True})
        for stage in ("empty", "half", "full", "door", "seal") if container_no else ("full",):
            report.action_photo(stage, picture("carton"))
        return report

    def count_all(self, report, number):
        """Enter the right count of every line, as employee ``number``."""
        self.by(report, number).action_tally(
            {line.id: line.cartons for line in report.sudo().line_ids})

    def buy(self, need, quantity, number, supplier):
        """Order ``quantity`` for ``need`` as its merchandiser."""
        offer = need.sudo().product_id.seller_ids[:1]
        order = self.env["purchase.order"].with_user(
            self.factory.ref(f"user_{number}")).create({
                "partner_id": self.factory.ref(supplier).id,
                "order_line": [Command.create({
                    "product_id": need.product_id.id, "product_qty": quantity,
                    "price_unit": offer.price,
                    "allocation_ids": [Command.create({
                        "need_id": need.id, "quantity": quantity})],
                })],
            })
        order.button_confirm()
        return order

    def settle(self, notice, merchandiser, seller):
        """Settle what comes before packaging: keeper's answers, process, carton (D2.5–D3.9)."""
        mine = self.by(notice, merchandiser)
        mine.action_ask_materials()
        for enquiry in self.by(mine.eta_enquiry_ids, "E14"):
            enquiry.action_answer("", on_hand=enquiry.sudo().need_id.net)
        for enquiry in self.by(mine.capability_ids, "E12"):
            enquiry.action_answer("yes", speed=40)
        for line in mine.line_ids:
            spec = self.by(self.env["gendan.carton.specification"], merchandiser).create(
                {"notice_line_id": line.id, "board_grade": grade_of(line)})
            spec.action_ask()
            self.by(spec, seller).action_confirm()
            # a carton of the demo factory is called by its size
            size = re.search(r"(\d+)×(\d+)×(\d+)", spec.sudo().product_id.name)
            self.by(spec, merchandiser).action_set_size(*map(int, size.groups()))

    def receive(self, purchase, number):
        """Book in everything that was ordered, as the keeper."""
        picking = self.by(purchase.sudo().picking_ids, number)
        for move in picking.move_ids:
            move.move_line_ids.lot_name = f"{move.product_id.default_code}-{purchase.name}"
        picking.move_ids.picked = True
        picking.button_validate()


def purchase_order_pdf(order):
    """Return a one-page PDF of what the customer wrote."""
    from reportlab.lib.pagesizes import A5
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    page = canvas.Canvas(stream, pagesize=A5)
    page.setFont("STSong-Light", 15)
    page.drawString(40, 540, order.partner_id.name)
    page.setFont("STSong-Light", 11)
    rows = [f"PURCHASE ORDER {order.client_order_ref or order.name}", "",
            *(f"{line.product_id.display_name}   {line.product_uom_qty:g}   "
              f"{line.size_text or ''}" for line in order.order_line),
            "", f"Delivery {order.commitment_date:%Y-%m-%d}"]
    for index, row in enumerate(rows):
        page.drawString(40, 500 - 22 * index, row)
    page.save()
    return stream.getvalue()


# ------------------------------------------------------------------- the stories


def reserved_for_an_older_order(book):
    """80 cartons of F01 have been promised to C06 before everything else."""
    with book.at(12, "08:30"):
        order = book.enter("E05", "C06", [("F01", 1920, 8.9)], 6, client_order_ref="BL-1044")
    book.make_valid(order, "E05", "E10", 12)
    with book.at(11, "08:40"):
        book.by(order, "E10").notice_id.action_check_stock()


def delivered_from_stock(book):
    """C06 orders what lies on stock: reserved, delivered, nothing made (S02)."""
    with book.at(9, "08:50"):
        order = book.enter("E05", "C06", [("F01", 2400, 8.9)], -2, client_order_ref="BL-1051")
        order.commitment_date = book.due(1)
    book.make_valid(order, "E05", "E10", 9)
    with book.at(8, "08:40"):
        book.by(order, "E10").notice_id.action_check_stock()
    book.ship(order, "E05", 5)


def produced_and_delivered(book):
    """C03 wipes: released, made on line 2, delivered."""
    with book.at(11, "08:50"):
        order = book.enter("E04", "C03", [("F05", 9600, 0.55)], 2, client_order_ref="CL-880",
                           destination="Valparaíso")
    book.make_valid(order, "E04", "E10", 11)
    with book.at(10, "08:40"):
        notice = book.by(order, "E10").notice_id
        notice.action_check_stock()
        notice.action_release()
    produce(book, notice, 8)
    book.ship(order, "E04", 3)


def produce(book, notice, days_back):
    """The workshop makes everything that was released, after trial and first article (D5.4)."""
    accepted_first_article(book, notice, days_back)
    production = book.by(notice.sudo().production_ids.filtered(
        lambda one: one.state != "done"), "E12")
    with book.at(days_back, "10:20"):
        production.workorder_ids.button_start()
    with book.at(days_back - 1, "16:40"):
        production.qty_producing = production.product_qty
        production.action_generate_serial()
        production.move_raw_ids.picked = True
        production.button_mark_done()


def first_article(book, notice, days_back):
    """Open a first article, run its trial, take the sample, try bag and carton (D5.1, D5.2)."""
    line = notice.sudo().line_ids[:1]
    machine = line.production_ids.workorder_ids.workcenter_id[:1]
    merchandiser = notice.sudo().merchandiser_id.employee_id.barcode.replace("JH", "E")
    with book.at(days_back, "08:20"):
        article = book.by(book.env["gendan.first.article"], merchandiser).create({
            "notice_line_id": line.id, "workcenter_id": machine.id})
        article.action_present()
        article.action_start_trial()
        start = book.by(book.env["gendan.check.sheet"], "E12").create({
            "template_id": book.env.ref("gendan_followup.check_template_start_check").id,
            "notice_line_id": line.id, "workcenter_id": machine.id})
        answer_all(start)
        start.action_close()
    with book.at(days_back, "08:30"):
        article.action_finish_trial()
        answer_all(article)
        article.write({
            "operator_id": book.factory.ref("E17").id, "sample_quantity": 3,
            "retained_at": "首件板 3", "sample_photo": picture("wipes"),
            "bag_photo": picture("bag"), "code_photo": picture("carton")})
        fit = book.by(article.sudo().fit_sheet_id, "E20")
        for point, tried in zip(
                fit.line_ids.filtered(lambda one: not one.has_limits), (5, 5, 24), strict=False):
            point.write({"tried_count": tried, "good_count": tried})
        for point in fit.line_ids.filtered("has_limits"):
            point.measured_value = point.limit_low
        fit.action_close()
        article.action_sample()
    return article


def answer_all(sheet):
    """Answer every point as it should be."""
    for point in sheet.line_ids.filtered("has_limits"):
        point.measured_value = point.limit_low
    sheet.line_ids.filtered(lambda point: not point.has_limits).write({"result": "ok"})


def accepted_first_article(book, notice, days_back):
    """The salesperson accepts the piece from the machine; mass production opens."""
    article = first_article(book, notice, days_back)
    with book.at(days_back, "09:50"):
        article.with_user(notice.sudo().salesperson_id or book.factory.ref(
            "user_E09")).sudo(False).action_accept("外观、品质符合订单")
    return article


def on_the_shop_floor(book):
    """Samples that wait, are accepted and rejected; deviations with production and customer."""
    for product, seller, customer, reference in (
            ("F10", "E05", "C07", "HJ-3402"), ("F05", "E04", "C03", "CL-893"),
            ("F06", "E05", "C06", "BL-2207")):
        with book.at(4, "08:50"):
            order = book.enter(seller, customer, [(product, 4800, 5.1)], 11,
                               client_order_ref=reference, destination="仓库")
        book.make_valid(order, seller, "E10", 4)
        with book.at(3, "08:40"):
            notice = book.by(order, "E10").notice_id
            notice.action_check_stock()
            notice.action_release()
        article = first_article(book, notice, 1)
        if product != "F10":
            rejected_with_deviation(book, article, seller, at_customer=product == "F06")
    shop_floor_records(book)


def rejected_with_deviation(book, article, seller, *, at_customer):
    """The salesperson rejects; production tries; what it cannot goes to the customer (S05)."""
    with book.at(1, "09:00"):
        book.by(article, seller).action_reject("封口偏 4 mm, 压花方向反", picture("wipes"))
    with book.at(1, "09:05"):
        deviation = book.by(book.env["gendan.deviation"], "E10").create({
            "notice_line_id": article.notice_line_id.id,
            "workcenter_id": article.workcenter_id.id,
            "question": "封口偏 4 mm, 压花方向反", "photo": picture("wipes")})
        deviation.action_ask()
    if at_customer:
        with book.at(1, "10:30"):
            book.by(deviation, "E12").action_cannot("封口已调好; 压花辊要 7 天")
        with book.at(1, "10:40"):
            book.by(deviation, "E10").action_relay()


def shop_floor_records(book):
    """An abnormality with QC's stop and one that waits, packing checks, patrols (S14)."""
    machine = book.factory.ref("machine_bib")
    with book.at(1, "10:18"):
        record = book.by(book.env["gendan.abnormality"], "E20").create({
            "workcenter_id": machine.id, "description": "小熊印反 (印刷方向)", "counter": 3100})
    with book.at(1, "10:22"):
        record.action_instruct("stop", 3200)
    with book.at(1, "10:26"):
        book.by(record, "E12").action_stop(3800)
    with book.at(1, "16:20"):
        book.by(book.env["gendan.abnormality"], "E12").create({
            "workcenter_id": book.factory.ref("machine_wet1").id,
            "description": "封口温度不稳, 有漏气", "counter": 8420, "photo": picture("bag")})
    packing_checks(book)
    patrols = book.by(book.env["gendan.patrol"], "E11")
    with book.at(2, "09:40"):
        patrols.create({"area": "packing", "kind": "fine"})
    with book.at(1, "10:15"):
        finding = patrols.create({
            "area": "machine", "kind": "print", "workcenter_id": machine.id,
            "description": "RM08 L2611-08 小熊印反", "photo": picture("wipes")})
    with book.at(1, "10:40"):
        finding.action_escalate("整批印反, 车间解决不了")
    with book.at(1, "14:30"):
        patrols.create({"area": "machine", "kind": "fine"})
    with book.at(1, "15:30"):
        patrols.create({"area": "packing", "kind": "seal", "description": "封口起皱"}
                       ).action_solve("调温度, 复查 20 包")
        patrols.create({"area": "raw_store", "kind": "hygiene",
                        "description": "RM02 卷料无盖布, 落灰"})


def packing_checks(book):
    """Pieces counted and rejects sorted of what is being made (L-P2, L-P3)."""
    line = book.env["gendan.production.notice.line"].search([
        ("notice_id.state", "=", "released"), ("production_ids.state", "=", "progress")], limit=1)
    for clock, kind in (("10:50", "piece_count"), ("11:20", "sorting"), ("15:10", "piece_count")):
        with book.at(1, clock):
            mine = book.by(line, "E21")
            sheet = mine.env["gendan.check.sheet"].browse(mine.phone_open_check(kind)["id"])
            answer_all(sheet)
            sheet.action_close()


def full_container(book):
    """C01: returned for a wrong size, corrected, signed, no usable stock, released (S01)."""
    with book.at(4, "08:55"):
        order = book.enter(
            "E03", "C01", [("F02", 40800, 0.62, {"size_width": 180, "size_length": 200})], 29,
            client_order_ref="NP-26117", destination="Göteborg")
    with book.at(4, "09:10"):
        book.submit(order, "E03")
    with book.at(4, "10:00"):
        book.by(order, "E10").action_return("尺寸方向错误: 客户订单为 200×180")
    with book.at(4, "10:15"):
        book.try_in_vain(book.by(order, "E07").action_sign_finance)
    with book.at(4, "10:40"):
        book.by(order.order_line, "E03").write({"size_width": 200, "size_length": 180})
        book.submit(order, "E03")
    with book.at(4, "11:20"):
        book.verify(order, "E10")
    with book.at(4, "11:25"):
        book.try_in_vain(book.by(order, "E10").notice_id.action_release)
    with book.at(4, "14:00"):
        book.sign(order, "E07")
    with book.at(4, "16:30"):
        book.sign(order, "E02")
    with book.at(4, "16:40"):
        book.try_in_vain(book.by(order, "E10").notice_id.action_release)
    with book.at(4, "16:45"):
        book.by(order, "E10").notice_id.action_check_stock()
    with book.at(4, "16:50"):
        book.by(order, "E10").notice_id.action_release()


def short_order_running(book):
    """C07: part from stock, the rest released and running on line 1."""
    with book.at(6, "08:50"):
        order = book.enter("E05", "C07", [("F01", 13440, 8.7)], 9, client_order_ref="HJ-3391")
    book.make_valid(order, "E05", "E10", 6)
    with book.at(5, "08:40"):
        notice = book.by(order, "E10").notice_id
        notice.action_check_stock()
        notice.action_release()
    accepted_first_article(book, notice, 1)
    with book.at(1, "10:20"):
        book.by(notice.sudo().production_ids.filtered(
            lambda one: one.state != "done"), "E12").workorder_ids.button_start()


def waits_for_both_signatures(book):
    """C02 bibs: verified, on both desks."""
    with book.at(2, "09:05"):
        order = book.enter("E04", "C02", [("F11", 12000, 0.85)], 34, client_order_ref="SUN-5520",
                           destination="Melbourne")
        book.submit(order, "E04")
    with book.at(2, "11:00"):
        book.verify(order, "E11")


def waits_for_finance(book):
    """C04 in a hurry: signed by the sales manager, not by finance; four refusals (S11)."""
    with book.at(1, "09:30"):
        order = book.enter("E03", "C04", [("F04", 5000, 0.21)], 12, client_order_ref="HK-0419",
                           destination="Osaka")
        book.submit(order, "E03")
    with book.at(1, "10:10"):
        book.verify(order, "E10")
    with book.at(1, "13:20"):
        book.sign(order, "E02")
    with book.at(1, "16:00"):
        book.try_in_vain(book.by(order, "E10").notice_id.action_release)
        book.try_in_vain(book.by(order, "E03").action_confirm)


def valid_since_yesterday(book):
    """C08: valid, waits for the stock check."""
    with book.at(1, "08:40"):
        order = book.enter("E05", "C08", [("F15", 6000, 6.2)], 13, client_order_ref="MJ-77")
    book.make_valid(order, "E05", "E10", 1)


def showroom_from_stock(book):
    """The showroom's 20 cartons lie on stock (S03)."""
    with book.at(3, "08:40"):
        order = book.enter("E06", "showroom", [("F12", 1200, 4.5)], 3)
    book.make_valid(order, "E06", "E11", 3)
    with book.at(2, "08:35"):
        book.by(order, "E11").notice_id.action_check_stock()


def small_customer(book):
    """王芳 enters C09's order; 李娜 is to verify it (S13)."""
    with book.at(1, "15:10"):
        order = book.enter("E10", "C09", [("F01", 288, 9.2)], 6, user_id=False)
        book.submit(order, "E10")


def changed_after_release(book):
    """C06 adds one pack to a released order: everything holds until it is signed (S15)."""
    with book.at(7, "08:45"):
        order = book.enter("E05", "C06", [("F15", 2400, 6.4)], 8, client_order_ref="BL-1063")
    book.make_valid(order, "E05", "E10", 7)
    with book.at(6, "09:10"):
        notice = book.by(order, "E10").notice_id
        notice.action_check_stock()
        notice.action_release()
    with book.at(1, "14:00"):
        seller = book.by(order, "E05")
        seller.action_open_revision("客户加 1 包")
        seller.order_line.product_uom_qty = 2401
        seller.tail_carton_agreed = True
        seller.action_submit()


def change_being_drafted(book):
    """C07 wants a later date: 郑浩 is drafting revision B, the factory goes on."""
    with book.at(5, "08:45"):
        order = book.enter("E05", "C07", [("F10", 4800, 3.1)], 10, client_order_ref="HJ-3402")
    book.make_valid(order, "E05", "E10", 5)
    with book.at(4, "09:10"):
        notice = book.by(order, "E10").notice_id
        notice.action_check_stock()
        notice.action_release()
    with book.at(1, "15:30"):
        seller = book.by(order, "E05")
        seller.action_open_revision("客户推迟收货")
        seller.commitment_date = book.due(16)


def just_a_draft(book):
    """C05: entered, nothing attached yet."""
    with book.at(1, "16:20"):
        book.enter("E03", "C05", [("F09", 7200, 0.74)], 40, destination="Los Angeles")


def returned_order(book):
    """C03: returned by 王芳, waits for 吴婷."""
    with book.at(2, "14:05"):
        order = book.enter("E04", "C03", [("F03", 30000, 0.58)], 20, client_order_ref="CL-905",
                           destination="Valparaíso")
        book.submit(order, "E04")
    with book.at(2, "15:40"):
        book.by(order, "E10").action_return("客户订单上的喷码格式与订单不一致, 请核对")


def cancelled_order(book):
    """C08 could not pay: cancelled after the signatures."""
    with book.at(8, "08:45"):
        order = book.enter("E05", "C08", [("F17", 3000, 5.0)], 12, client_order_ref="MJ-70")
    book.make_valid(order, "E05", "E10", 8)
    with book.at(7, "11:00"):
        book.by(order, "E05").action_cancel()


def leaves_today(book):
    """C06's 80 cartons leave today: papers, goods confirmed, loaded on V1 yesterday (S02)."""
    order = book.env["sale.order"].search([("client_order_ref", "=", "BL-1044")])
    with book.at(1, "09:00"):
        shipping = book.draft_notice(order, "E05", book.today)
        shipping.action_submit()
    with book.at(1, "10:20"):
        book.by(shipping, "E11").action_accept()
    with book.at(1, "14:00"):
        book.by(shipping, "E08").action_issue_slip()
    with book.at(1, "15:40"):
        book.by(shipping, "E11").action_confirm_goods()
        dispatch = book.by(book.env["gendan.dispatch"], "E11").create({
            "day": book.today, "vehicle_id": book.factory.ref("vehicle_V1").id,
            "driver_id": book.factory.ref("E22").id,
            "stop_ids": [Command.create({"shipping_id": shipping.id, "hour_due": 10.5})],
        })
        dispatch.action_confirm()
    with book.at(1, "16:10"):
        book.by(shipping, "E16").action_start_loading()
    with book.at(1, "16:30"):
        book.by(dispatch, "E16").action_loaded()
    with book.at(1, "16:40"):
        book.by(dispatch, "E11").action_check_load()


def notice_to_decide(book):
    """The showroom's cartons are asked for, late; nobody has decided yet."""
    order = book.env["sale.order"].search([
        ("partner_id", "=", book.factory.ref("showroom").id)], limit=1)
    with book.at(1, "16:35"):
        book.draft_notice(order, "E06", book.today).action_submit()


def container_being_loaded(book):
    """C03 in a 20GP: 李娜 beside it, her count is in, the keeper's is not (S08)."""
    with book.at(10, "08:50"):
        order = book.enter("E04", "C03", [("F05", 9600, 0.55)], 3, client_order_ref="CL-912",
                           destination="Valparaíso")
    book.make_valid(order, "E04", "E10", 10)
    with book.at(9, "08:40"):
        notice = book.by(order, "E10").notice_id
        notice.action_check_stock()
        notice.action_release()
    produce(book, notice, 7)
    shipping = book.accepted_notice(
        order, "E04", 1, container_type_id=book.env.ref("gendan_followup.container_20gp").id,
        booking_no="COSU6301187", destination="Valparaíso")
    with book.at(2, "14:00"):
        book.by(shipping, "E08").action_issue_slip()
    with book.at(2, "15:40"):
        book.by(shipping, "E11").action_confirm_goods()
    with book.at(1, "08:10"):
        book.by(shipping, "E16").action_start_loading()
        report = book.start_report(shipping, "E11", "CSQU3054383")
    with book.at(1, "10:50"):
        book.count_all(report, "E11")


def samples_for_the_showroom(book):
    """林小燕 asks: one on the way, one accepted, one just asked for, one of another brand."""
    def ask(code, pieces, days, purpose):
        request = book.by(book.env["gendan.sample.request"], "E06").create({
            "product_id": book.factory.ref(code).id, "quantity": pieces, "purpose": purpose,
            "wanted_date": book.today + timedelta(days=days),
            "showroom_id": book.factory.ref("showroom_yiwu").id})
        request.action_request()
        return request

    with book.at(4, "09:30"):
        received, moving = ask("F12", 60, 0, "display"), ask("F12", 40, 1, "visit")
    with book.at(3, "10:10"):
        for request in (received, moving):
            book.by(request, "E11").action_accept_stock()
            book.by(request, "E11").action_ready()
            book.by(request, "E11").action_send()
    with book.at(2, "11:00"):
        book.by(received, "E06").action_receive_all()
    with book.at(1, "09:20"):
        ask("F11", 100, 3, "visit")
        book.by(ask("F05", 50, 2, "send"), "E11").action_accept_run()


def new_product(book):
    """徐志强 marks F13 as new: 李娜 owes the showroom samples, unasked (S03)."""
    with book.at(2, "09:00"):
        book.by(book.factory.ref("F13").product_tmpl_id, "E09").action_mark_new()


def visit_with_feedback(book):
    """A buyer comes to the showroom; production is asked what it thinks (S03)."""
    with book.at(1, "15:00"):
        entry = book.by(book.env["gendan.customer.log"], "E06").create({
            "kind": "feedback", "visitor": "宁波采购商 王先生", "question": "口袋再深 2 cm",
            "product_id": book.factory.ref("F13").id, "addressee_id": book.factory.ref(
                "user_E12").id, "due_at": book.due(2),
            "showroom_id": book.factory.ref("showroom_yiwu").id})
        entry.action_ask()


def data_for_the_plan_manager(book):
    """徐志强 wants the delay list, and help with the stock-taking (S15)."""
    def ask(kind, question, person, due):
        task = book.by(book.env["gendan.task"], "E09").create({
            "kind": kind, "question": question, "due_at": due,
            "addressee_id": book.factory.ref(f"user_{person}").id})
        task.action_ask()
        return task

    with book.at(1, "11:00"):
        delays = ask("data", "本周延误清单", "E11", book.due(0))
        ask("task", "协助月底盘点", "E10", book.due(2))
    with book.at(1, "14:20"):
        book.by(delays, "E11").action_answer("无延误, CL-912 正在装柜")


def reviews_of_yesterday(book):
    """李娜 finishes her sheet, 王芳 has not opened hers (S15)."""
    with book.at(1, "16:10"):
        review = book.by(book.env["gendan.daily.review"], "E11").create({})
        for line in review.line_ids:
            line.action_reviewed("已与业务员确认" if line.risk == "red" else False)
    with book.at(1, "16:18"):
        review.action_finish()
    with book.at(1, "17:45"):
        book.env["gendan.daily.review"]._cron_missing()


def small_customers_called(book):
    """C10 said "later" last week; nobody has called C09 for a month (S13)."""
    with book.at(12, "10:00"):
        for code, number, days in (("C09", "E10", 31), ("C10", "E11", 43)):
            book.by(book.factory.ref(code), number).action_record_contact(
                "later", "下月再看", contacted_at=utc(
                    book.today - timedelta(days=days), time(10), TZ))


def packaging_bought(book):
    """Bags within the limit, cartons at it, and a customer's cut after the bags were bought."""
    with book.at(7, "08:50"):
        order = book.enter("E04", "C02", [("F11", 12000, 0.85)], 30, client_order_ref="SUN-5388",
                           destination="Melbourne")
    book.make_valid(order, "E04", "E11", 7)
    with book.at(6, "08:40"):
        notice = book.by(order, "E11").notice_id
        notice.action_check_stock()
        notice.action_release()
    needs = {need.kind: need for need in notice.sudo().need_ids if need.kind != "raw"}
    with book.at(6, "09:20"):
        book.settle(notice, "E11", "E04")
    with book.at(6, "10:00"):
        bags = book.buy(needs["bag"], 5000, "E11", "V03")
        book.buy(needs["carton"], needs["carton"].limit_quantity, "E11", "V04")
        book.try_in_vain(book.buy, needs["carton"], 1, "E11", "V04")
    with book.at(4, "14:20"):
        book.receive(bags, "E15")
    with book.at(4, "15:00"):
        book.buy(needs["bag"], needs["bag"].headroom, "E11", "V03")
    with book.at(3, "09:00"):
        mine = book.by(order, "E04")
        mine.action_open_revision("客户减量到 10,000 包")
        mine.order_line.product_uom_qty = 10000
    book.make_valid(order, "E04", "E11", 3)


def reworks(book):
    """Leaky packs: one rework is being done, one waits for the plan manager, one was refused."""
    lot = book.env["stock.quant"].search([
        ("product_id.bom_ids", "!=", False), ("location_id.usage", "=", "internal"),
        ("lot_id.is_blocked", "=", False), ("lot_id", "!=", False),
    ]).sorted("available_quantity")[-1:].lot_id

    def ask(packs, number, fault, instruction):
        return book.by(book.env["gendan.rework"], number).create({
            "lot_id": lot.id, "quantity": packs, "fault": fault, "instruction": instruction})

    with book.at(2, "10:20"):
        running = ask(48, "E20", "封口漏气, 抽检 3 包", "拆袋, 换新袋重新封口")
        refused = ask(24, "E13", "外箱压痕", "整箱换箱")
    with book.at(2, "14:00"):
        book.by(running, "E09").action_approve()
        book.by(refused, "E09").action_refuse("压痕不影响内包装, 降级发内销")
    with book.at(2, "15:30"):
        book.by(running, "E12").action_plan()
    with book.at(1, "16:40"):
        ask(24, "E20", "打码批号缺一位", "擦除后重新打码")


def planned_days(book, count):
    """Return ``count`` days from today on, on which the company works."""
    days = [book.today + timedelta(days=n) for n in range(3 * count + 10)]
    working = book.factory.company.sudo()._working_days(days)
    return [day for day, works in zip(days, working, strict=True) if works][:count]


def promised_too_early(book, seller, merchandiser, goods, due, reference):
    """Return the notice of an order whose day cannot be kept, released three days ago."""
    with book.at(4, "08:40"):
        customer, *line = goods
        order = book.enter(seller, customer, [line], due,
                           client_order_ref=reference, destination="仓库")
    book.make_valid(order, seller, merchandiser, 4)
    with book.at(3, "08:40"):
        notice = book.by(order, merchandiser).notice_id
        notice.action_check_stock()
        notice.action_release()
    return notice.sudo()


def answered_for_the_plan(book, notices):
    """Keepers and production answer what planning waits for; some material is only promised."""
    with book.at(3, "09:10"):
        for notice in notices:
            mine = book.by(notice, notice.merchandiser_id.employee_id.barcode.replace("JH", "E"))
            mine.action_ask_materials()
            for enquiry in notice.eta_enquiry_ids.filtered(lambda one: one.state == "asked"):
                net = enquiry.need_id.net
                late = enquiry.need_id.product_id.default_code in ("RM05", "RM06")
                book.by(enquiry, "E14").action_answer(
                    "", on_hand=0 if late else net,
                    promised_date=planned_days(book, 3)[-1] if late else False)
            for enquiry in notice.capability_ids.filtered(lambda one: one.state == "asked"):
                book.by(enquiry, "E12").action_answer("yes", speed=40)


def on_machines(book, notices, days):
    """Draft the lines of the week: each notice on its own machine, a day's hours a line."""
    lines, used = book.env["gendan.plan.line"], {}
    for notice in notices:
        waits = notice.line_ids._plan_conditions()
        for line in notice.line_ids.filtered(
                lambda one, waits=waits: one.released_quantity and not waits.get(one.id)):
            machine = line.production_ids.workorder_ids.workcenter_id[:1]
            left = line.released_quantity
            while machine and left > 0 and used.get(machine, 0) < len(days):
                # a day's work; the bibs are planned too full on purpose
                part = min(left, {"湿巾1线": 18000, "围兜线": 4200}.get(machine.name, 6000))
                lines |= book.by(lines, "E10").create({
                    "workcenter_id": machine.id, "day": days[used.get(machine, 0)],
                    "notice_line_id": line.id, "quantity": part})
                left -= part
                used[machine] = used.get(machine, 0) + 1
    return lines.sudo()


def plan_of_the_week(book):
    """The week is confirmed, a revision is being drafted; an emergency, delays, a dead robot."""
    late = [promised_too_early(book, "E05", "E10", ("C08", "F15", 6000, 9.5), 4, "WY-2290"),
            promised_too_early(book, "E06", "E11", ("showroom", "F12", 7200, 4.5), 3, "店-1177")]
    notices = book.env["gendan.production.notice"].sudo().search([
        ("state", "=", "released"), ("on_hold", "=", False), ("order_id", "!=", False),
        ("id", "not in", [notice.id for notice in late])], order="id desc", limit=6)
    answered_for_the_plan(book, [*late, *notices])
    robot = book.factory.company.sudo()
    # nobody listens there: the message stays undelivered, and is shown
    robot.robot_url = "http://127.0.0.1:9/robot?key=demo"
    with book.at(2, "09:40"):
        lines = on_machines(book, notices, planned_days(book, 5))
        for notice, day in zip(late, planned_days(book, 8)[-2:], strict=True):
            lines |= on_machines(book, [notice], [day] * 2)
        for revision in lines.revision_id:
            book.by(revision, "E10").action_publish()
    with book.at(2, "09:55"):
        book.by(lines.revision_id, "E12").action_confirm_production()
    with book.at(2, "10:05"):
        book.by(lines.revision_id, "E13").action_confirm_packaging()
        book.by(lines.revision_id[:1], "E12").action_read()
    with book.at(1, "10:22"):
        report = book.by(book.env["gendan.exception"], "E10").create({
            "title": "RM05 没到: 供应商改到后天", "kind": "raw",
            "notice_ids": [Command.set(late[0].ids)]})
    with book.at(1, "10:25"):
        book.by(report, "E12").action_acknowledge()
    delays = book.env["gendan.delay.notice"].sudo().search(
        [("notice_id", "in", [notice.id for notice in late]), ("state", "=", "draft")])
    with book.at(1, "10:40"):
        for delay in delays:
            book.by(delay, delay.notice_id.merchandiser_id.employee_id.barcode.replace(
                "JH", "E")).action_ask()
    if answered := delays.filtered(lambda one: one.notice_id == late[0]):
        with book.at(1, "15:30"):
            book.by(answered, "E05").action_answer(
                "收到, 可以晚几天发货", "new_date", answered.planned_finish + timedelta(days=1))
    day_agreed(book)
    with book.at(1, "16:10"):
        drafts_a_revision(book, lines)
    with book.at(1, "16:20"):
        waiting = book.env["gendan.message"].sudo().search([("state", "=", "waiting")])
        for message in waiting:
            for _try in range(9 if message in waiting[:2] else 1):
                message._try()
    robot.robot_url = False


def day_agreed(book):
    """Yesterday afternoon three people agreed today's plan."""
    meeting = book.env["gendan.day.plan"].with_company(book.factory.company)
    with book.at(1, "15:10"):
        plan = book.by(meeting, "E10")._draft_next(book.factory.company)
        book.by(plan, "E10").action_attend()
    with book.at(1, "15:20"):
        book.by(plan, "E12").action_attend()
    with book.at(1, "15:35"):
        book.by(plan, "E13").action_attend()


def drafts_a_revision(book, lines):
    """The next change is being drafted: one line goes a day later."""
    plan = book.by(lines.revision_id.plan_id.sorted("week_start")[:1], "E10")
    plan.action_revise()
    draft = book.by(plan.draft_revision_id, "E10")
    if draft.line_ids:
        line = draft.line_ids.sorted("day")[-1]
        later = [day for day in planned_days(book, 12) if day > line.day]
        line.day = later[0]
        draft.reason = "RM05 没到"


STORIES = (
    reserved_for_an_older_order, produced_and_delivered, delivered_from_stock,
    cancelled_order, changed_after_release, short_order_running, change_being_drafted,
    full_container, on_the_shop_floor, showroom_from_stock, waits_for_both_signatures,
    returned_order, waits_for_finance, valid_since_yesterday, small_customer,
    just_a_draft, leaves_today,
    notice_to_decide, container_being_loaded, *SHIPPING, *INCIDENTS,
    samples_for_the_showroom, new_product, visit_with_feedback, data_for_the_plan_manager,
    reviews_of_yesterday, small_customers_called, packaging_bought, reworks,
    *MATERIALS,
    plan_of_the_week,
)
