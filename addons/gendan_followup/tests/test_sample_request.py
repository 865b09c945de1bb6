"""Edges of the showroom's samples beside S03: every step as the person whose step it is (D9)."""

from datetime import date

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import FollowupCase, moment

SHOWROOM, MERCHANDISER, PLANNER, SELLER = "E06", "E11", "E09", "E03"
# bibs of nobody's brand, ten to a pack, sixty packs to a carton
GOODS, PIECES = "F12", 10


class SampleCase(FollowupCase):
    """林小燕 asks for F12, of which 60 cartons lie on stock; 李娜 brings it."""

    def asked(self, pieces=3 * PIECES, code=GOODS, wanted="2026-11-28", number=SHOWROOM, **values):
        request = self.env["gendan.sample.request"].with_user(self.user(number)).with_company(
            self.company).create({"product_id": self.ref(code).id, "quantity": pieces,
                                  "wanted_date": wanted, **values})
        request.action_request()
        return request

    def prepared(self, pieces=3 * PIECES):
        request = self.asked(pieces)
        mine = self.by(request, MERCHANDISER)
        mine.action_accept()
        mine.action_ready()
        return request

    def packs_at(self, location, code=GOODS):
        return sum(self.env["stock.quant"].sudo().search([
            ("product_id", "=", self.ref(code).id),
            ("location_id", "child_of", location.id)]).mapped("quantity"))

    @property
    def shelf(self):
        return self.ref("location_showroom")

    @property
    def store(self):
        return self.ref("warehouse").lot_stock_id

    def todos(self, record):
        return record.sudo().activity_ids.user_id


@tagged("post_install", "-at_install")
class TestSampleSteps(SampleCase):
    """Asked, refused, partial, enough, given back."""

    def test_in_two_parts(self):
        with self.at("2026-11-24 10:00"):
            request = self.prepared()
            store = self.packs_at(self.store)
            mine = self.by(request, SHOWROOM)
            for wrong in (0, -5, 31):
                with self.refused("30 pieces are open"):
                    mine.action_receive(wrong)
            mine.action_receive(10, "先到一包")
            self.assertRecordValues(request, [{
                "state": "ready", "received_quantity": 10, "open_packs": 2}])
            self.assertEqual(self.packs_at(self.shelf), 1)
        with self.at("2026-11-25 10:00"):
            self.by(request, SHOWROOM).action_receive()
        self.assertRecordValues(request.handover_ids.sorted("id"), [
            {"quantity": 10, "remark": "先到一包", "signed_at": moment("2026-11-24 10:00")},
            {"quantity": 20, "remark": False, "signed_at": moment("2026-11-25 10:00")}])
        self.assertEqual((request.state, request.lead_days), ("received", 1))
        self.assertEqual((self.packs_at(self.shelf), self.packs_at(self.store)), (3, store - 3))

    def test_enough_is_the_showrooms_word(self):
        with self.at("2026-11-24 10:00"):
            request = self.prepared()
            mine = self.by(request, SHOWROOM)
            with self.refused("nothing was handed over; cancel it"):
                mine.action_finish_short("够了")
            mine.action_receive(10)
            with self.refused("signed for by the showroom"):
                self.by(request, MERCHANDISER).action_finish_short("够了")
            with self.refused("say why"):
                mine.action_finish_short(" ")
            mine.action_finish_short("够了")
        self.assertRecordValues(request, [{
            "state": "received", "closed_reason": "够了", "received_quantity": 10}])
        self.assertEqual(self.packs_at(self.shelf), 1)
        self.assertFalse(sum(self.env["stock.quant"].sudo().search([
            ("product_id", "=", self.ref(GOODS).id)]).mapped("reserved_quantity")),
            "what is not brought is free again")

    def test_given_back(self):
        with self.at("2026-11-24 10:00"):
            request = self.prepared()
            store = self.packs_at(self.store)
            mine = self.by(request, SHOWROOM)
            with self.refused("the showroom has 0 pieces of it"):
                mine.action_give_back(10, "退")
            mine.action_receive()
            with self.refused("signed for by the showroom"):
                self.by(request, MERCHANDISER).action_give_back(10, "退")
            with self.refused("say why"):
                mine.action_give_back(10, "")
            mine.action_give_back(20, "未拆封")
            with self.refused("the showroom has 10 pieces of it"):
                mine.action_give_back(20, "退")
        self.assertEqual((self.packs_at(self.shelf), self.packs_at(self.store)), (1, store - 1))
        self.assertRecordValues(request.handover_ids.filtered(
            lambda row: row.kind == "returned"), [{
                "quantity": 20, "remark": "未拆封", "user_id": self.user(SHOWROOM).id}])
        self.assertEqual(request.received_quantity, 30, "what was received stays on record")

    def test_refused_with_a_reason_that_the_showroom_reads(self):
        with self.at("2026-11-24 10:00"):
            request = self.asked()
            with self.refused("not yours to serve → *李娜 does it|李娜 does it"):
                self.by(request, SHOWROOM).action_refuse("没有")
            with self.refused("say why"):
                self.by(request, MERCHANDISER).action_refuse("")
            self.by(request, MERCHANDISER).action_refuse("停产")
        self.assertRecordValues(request, [{"state": "refused", "refusal_reason": "停产"}])
        self.assertFalse(request.activity_ids)
        self.assertIn(self.user(SHOWROOM).partner_id,
                      request.message_ids.notified_partner_ids)
        with self.refused("kept as it is"):
            self.by(request, SHOWROOM).write({"remark": "再问"})

    def test_withdrawn_frees_what_was_prepared(self):
        with self.at("2026-11-24 10:00"):
            request = self.prepared()
            with self.refused("not yours to serve"):
                self.by(request, SELLER).action_cancel("不要了") if self.by(
                    request, SELLER).has_access("read") else self.by(
                        request, "E10").action_cancel("不要了")
            self.by(request, SHOWROOM).action_cancel("客人不来")
        self.assertRecordValues(request, [{"state": "cancel", "closed_reason": "客人不来"}])
        self.assertEqual(request.sudo().picking_ids.state, "cancel")

    def test_who_asks(self):
        with self.at("2026-11-24 10:00"):
            with self.refused("the showroom asks for samples.*林小燕 asks"):
                self.asked(number="E10")
            # who serves it brings unasked, and then asks in the showroom's place (D9.5)
            self.assertEqual(self.asked(number=MERCHANDISER).state, "requested")
            for number in (SELLER, "E12", "E16", "E20"):
                with self.subTest(number=number), self.refused("", AccessError):
                    self.asked(number=number)

    def test_wanted_today_and_yesterday(self):
        with self.at("2026-11-24 10:00"):
            with self.refused("is wanted on 2026-11-23, which is over"):
                self.asked(wanted="2026-11-23")
            self.assertTrue(self.asked(wanted="2026-11-24").is_urgent)
            self.assertFalse(self.asked(wanted="2026-11-25").is_urgent)

    def test_late_from_the_day_after(self):
        with self.at("2026-11-24 10:00"):
            request = self.asked(wanted="2026-11-24")
            self.assertFalse(request.is_late)
        with self.at("2026-11-25 00:30"):
            self.by(request, SHOWROOM)
            self.assertTrue(request.is_late)
            found = self.env["gendan.sample.request"].with_user(self.user(SHOWROOM)).with_company(
                self.company).search([("is_late", "=", True)])
            self.assertEqual(found, request)

    def test_one_thread_runs_between_them(self):
        """Every answer of the merchandiser reaches who asked, on the request itself (D9.3)."""
        with self.at("2026-11-24 10:00"):
            request = self.asked()
            self.assertEqual(self.todos(request), self.user(MERCHANDISER))
            mine = self.by(request, MERCHANDISER)
            mine.action_accept("2026-11-26")
            mine.action_ready()
            mine.action_send()
            self.assertEqual(self.todos(request), self.user(SHOWROOM))
        self.assertEqual(request.promised_date, date(2026, 11, 26))
        self.assertIn(self.user(SHOWROOM).partner_id,
                      request.message_ids.notified_partner_ids)
        with self.at("2026-11-24 11:00"):
            with self.refused("a promise is for a day to come"):
                self.by(self.asked(), MERCHANDISER).action_accept("2026-11-23")


@tagged("post_install", "-at_install")
class TestSampleWindow(SampleCase):
    """What one tap does not say: another day, a machine, a part, what goes back."""

    def window(self, request, step, number, **values):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["gendan.sample.step"].with_user(self.user(number)).with_company(
            self.company).create({"request_id": request.id, "step": step, **values})

    def test_another_day_and_a_run_on_a_machine(self):
        with self.at("2026-11-24 10:00"):
            request = self.asked(30, "F13")
            window = self.window(request, "accept", MERCHANDISER, source="run")
            self.assertEqual(window.promised_date, date(2026, 11, 28))
            window.promised_date = "2026-11-27"
            window.action_confirm()
            run = self.window(request, "run", MERCHANDISER, pieces=40,
                              workcenter_id=self.ref("machine_bib").id,
                              date_start=moment("2026-11-26 08:00"))
            run.action_confirm()
        self.assertRecordValues(request, [{
            "state": "accepted", "promised_date": date(2026, 11, 27), "run_pieces": 40}])
        self.assertRecordValues(request.sudo().production_ids, [{
            "state": "confirmed", "date_start": moment("2026-11-26 08:00")}])
        self.assertEqual(request.sudo().production_ids.workorder_ids.workcenter_id,
                         self.ref("machine_bib"))

    def test_a_part_and_what_goes_back(self):
        with self.at("2026-11-24 10:00"):
            request = self.prepared()
            part = self.window(request, "receive", SHOWROOM)
            self.assertEqual(part.pieces, 30)
            part.write({"pieces": 10, "remark": "先到一包"})
            part.action_confirm()
            back = self.window(request, "give_back", SHOWROOM, remark="未拆封")
            self.assertEqual(back.pieces, 10)
            back.action_confirm()
        self.assertEqual(request.handover_ids.sorted("id").mapped("kind"),
                         ["received", "returned"])

    def test_it_has_the_same_gates(self):
        with self.at("2026-11-24 10:00"):
            request = self.asked()
            with self.refused("李娜 does it"):
                self.window(request, "accept", SHOWROOM).action_confirm()
            self.by(request, MERCHANDISER).action_accept()
            self.by(request, MERCHANDISER).action_ready()
            with self.refused("林小燕 signs"):
                self.window(request, "receive", MERCHANDISER).action_confirm()


@tagged("post_install", "-at_install")
class TestSampleLimit(SampleCase):
    """A37: lighter than an order, and therefore small."""

    def test_the_limit_is_a_setting(self):
        with self.at("2026-11-24 10:00"):
            with self.refused("201 pieces.*at most 200.*must be a production notice"):
                self.asked(201)
            self.company.sample_limit_pieces = 201
            self.assertEqual(self.asked(201).state, "requested")

    def test_cartons_count_as_well(self):
        self.company.sample_limit_pieces = 0
        carton = 60 * PIECES
        with self.at("2026-11-24 10:00"):
            with self.refused("cartons.*at most 2"):
                self.asked(2 * carton + 1)
            self.assertEqual(self.asked(2 * carton).state, "requested")

    def test_two_requests_count_together(self):
        with self.at("2026-11-24 10:00"):
            first = self.asked(150)
            with self.refused(f"210 pieces together with {first.name}"):
                self.asked(60)
            self.by(first, SHOWROOM).action_cancel("改")
            self.assertEqual(self.asked(60).state, "requested")

    def test_no_more_pieces_behind_the_request(self):
        with self.at("2026-11-24 10:00"):
            request = self.asked(30)
            for number in (SHOWROOM, MERCHANDISER, PLANNER):
                with self.subTest(number=number), self.refused("kept as it is"):
                    self.by(request, number).write({"quantity": 500})
            with self.refused("noted by the server|reckoned or noted", Exception):
                self.by(request, SHOWROOM).write({"state": "received"})

    def test_the_runs_of_one_request_count_together(self):
        with self.at("2026-11-24 10:00"):
            request = self.asked(150)
            mine = self.by(request, MERCHANDISER)
            mine.action_accept(source="run")
            mine.action_plan_run(150)
            with self.refused("at most 200"):
                mine.action_plan_run(100)


@tagged("post_install", "-at_install")
class TestSampleGoods(SampleCase):
    """What may be shown: free, and on no hold (D9.4)."""

    def test_a_held_lot_is_not_shown(self):
        with self.at("2026-11-24 10:00"):
            request = self.asked()
            mine = self.by(request, MERCHANDISER)
            mine.action_accept()
            self.env["stock.quant"].sudo().search([
                ("product_id", "=", self.ref(GOODS).id)]).lot_id.is_blocked = True
            with self.refused("0 usable, 3 wanted; reserved and held goods do not count"):
                mine.action_ready()

    def test_reserved_stock_is_not_shown(self):
        with self.at("2026-11-24 09:00"):
            order = self.new_order("E05", "C06", [(GOODS, 60 * 60, 4.5)], "2026-12-01")
            self.make_valid(order, "E05")
            self.notice_of(order, "E10").action_check_stock()
        with self.at("2026-11-24 10:00"):
            mine = self.by(self.asked(), MERCHANDISER)
            mine.action_accept()
            with self.refused("0 usable, 3 wanted"):
                mine.action_ready()

    def test_sold_from_the_shelf_is_no_order(self):
        """What stands in the showroom nets no order's need (D9.2)."""
        with self.at("2026-11-24 10:00"):
            request = self.prepared()
            self.by(request, SHOWROOM).action_receive()
            order = self.new_order("E05", "C06", [(GOODS, 60 * 60, 4.5)], "2026-12-01")
            self.make_valid(order, "E05")
            notice = self.notice_of(order, "E10")
            notice.action_check_stock()
        self.assertEqual(notice.line_ids.stock_quantity, 60 * 60 - 3)


@tagged("post_install", "-at_install")
class TestSampleShelf(SampleCase):
    """The minimum of each sample, and what is on its way."""

    def row(self, number=SHOWROOM):
        return self.by(self.ref("shelf_F12"), number)

    def test_below_minimum_until_it_lies_there(self):
        with self.at("2026-11-24 10:00"):
            self.assertRecordValues(self.row(), [{
                "minimum": 4, "on_shelf": 0, "on_the_way": 0, "is_short": True}])
            request = self.prepared(4 * PIECES)
            self.assertRecordValues(self.row(), [{
                "on_shelf": 0, "on_the_way": 4, "is_short": True}])
            self.assertIn(self.row(), self.row().search([("is_short", "=", True)]))
            self.by(request, SHOWROOM).action_receive()
            self.assertRecordValues(self.row(), [{
                "on_shelf": 4, "on_the_way": 0, "is_short": False}])
            self.assertNotIn(self.row(), self.row().search([("is_short", "=", True)]))
            self.assertIn(self.row(), self.row().search([("is_short", "=", False)]))

    def test_who_sets_it(self):
        self.row().minimum = 6
        self.row(MERCHANDISER).minimum = 5
        with self.refused("", AccessError):
            self.row(SELLER).minimum = 1


@tagged("post_install", "-at_install")
class TestSamplePeople(SampleCase):
    """Absent, gone, replaced: somebody always has it in hand."""

    def stand_in(self, principal, deputy):
        self.env["gendan.deputy"].sudo().create({
            "principal_id": self.user(principal).id, "deputy_id": self.user(deputy).id,
            "date_from": moment("2026-11-24 00:00"), "date_to": moment("2026-11-30 23:59")})

    def test_who_stands_in_for_the_showroom_signs(self):
        with self.at("2026-11-24 10:00"):
            request = self.prepared()
            with self.refused("signed for by the showroom → 林小燕 signs"):
                self.by(request, "E05").action_receive()
            self.assertFalse(self.by(request, "E05").can_sign)
            self.stand_in(SHOWROOM, "E05")
            self.assertTrue(self.by(request, "E05").can_sign)
            self.by(request, "E05").action_receive()
        self.assertEqual(request.handover_ids.user_id, self.user("E05"))

    def test_a_request_to_a_merchandiser_who_has_left_reaches_the_plan_manager(self):
        self.user(MERCHANDISER).sudo().active = False
        with self.at("2026-11-24 10:00"):
            request = self.asked()
            self.assertEqual(self.todos(request), self.user(PLANNER))
            self.by(request, PLANNER).action_accept()
            self.assertEqual(self.todos(request), self.user(PLANNER))

    def test_new_products_of_a_merchandiser_who_has_left(self):
        self.user(MERCHANDISER).sudo().active = False
        with self.at("2026-11-24 10:00"):
            self.by(self.ref("F13").product_tmpl_id, PLANNER).action_mark_new()
        task = self.env["gendan.task"].search([("kind", "=", "new_sample")])
        self.assertEqual((task.addressee_id, self.todos(task)),
                         (self.user(PLANNER), self.user(PLANNER)))

    def test_the_next_merchandiser_takes_over_what_is_open(self):
        with self.at("2026-11-24 10:00"):
            self.by(self.ref("F13").product_tmpl_id, PLANNER).action_mark_new()
            task = self.env["gendan.task"].search([("kind", "=", "new_sample")])
            request = self.asked()
            self.by(self.ref("showroom_yiwu"), PLANNER).merchandiser_id = self.user("E10")
            self.assertEqual((request.merchandiser_id, self.todos(request)),
                             (self.user("E10"), self.user("E10")))
            self.assertEqual((task.addressee_id, self.todos(task)),
                             (self.user("E10"), self.user("E10")))
            self.by(request, "E10").action_accept()
            with self.refused("王芳 does it"):
                self.by(request, MERCHANDISER).action_ready()

    def test_a_product_that_was_never_made_waits_for_its_first_article(self):
        with self.at("2026-11-24 10:00"):
            self.by(self.ref("F13").product_tmpl_id, PLANNER).action_mark_new()
            task = self.env["gendan.task"].search([("kind", "=", "new_sample")])
            self.assertEqual(self.by(task, MERCHANDISER).waiting_text, "its first production")
            self.put("F13", 10)
            self.assertFalse(self.by(task, MERCHANDISER).waiting_text)

    def test_days_for_new_samples_are_a_setting(self):
        self.company.new_sample_days = 3
        with self.at("2026-11-24 10:00"):
            self.by(self.ref("F13").product_tmpl_id, "E02").action_mark_new()
        task = self.env["gendan.task"].search([("kind", "=", "new_sample")])
        self.assertEqual(task.due_at, moment("2026-11-27 17:00"))


@tagged("post_install", "-at_install")
class TestSamplePage(SampleCase):
    """What the phone page reads and sends (screen 9)."""

    def page(self, number=SHOWROOM):
        return self.env["gendan.sample.request"].with_user(self.user(number)).with_company(
            self.company)

    def ask(self, **values):
        return self.page().page_request({
            "product_id": self.ref(GOODS).id, "quantity": 20, "wanted_date": "2026-11-28",
            "purpose": "visit", **values})

    def test_grid_dates_purposes(self):
        with self.at("2026-11-24 10:00"):
            data = self.page().page_data()
        codes = [row["code"] for row in data["products"]]
        self.assertIn(GOODS, codes)
        self.assertFalse({"PK01", "RM01"} & set(codes), "no packaging and no material")
        self.assertEqual(data["showroom"]["name"], "店面-义乌")
        self.assertEqual([chip["date"] for chip in data["dates"]],
                         ["2026-11-24", "2026-11-25", "2026-11-28"])
        with self.at("2026-11-24 10:00"):
            found = self.page().page_data("围兜")["products"]
        self.assertEqual({row["code"] for row in found}, {"F11", "F12", "F13", "F14"})

    def test_this_week_ends_with_the_last_day_that_is_worked(self):
        """X2: by the company's calendar; a chip is there once."""
        self.env["resource.calendar.leaves"].create({
            "name": "放假", "company_id": self.company.id,
            "calendar_id": self.company.resource_calendar_id.id,
            "date_from": moment("2026-11-28 00:00"), "date_to": moment("2026-11-28 23:59")})
        for day, dates in (("2026-11-24", ["2026-11-24", "2026-11-25", "2026-11-27"]),
                           ("2026-11-26", ["2026-11-26", "2026-11-27"]),
                           ("2026-11-28", ["2026-11-28", "2026-11-29"])):
            with self.subTest(day=day), self.at(f"{day} 10:00"):
                self.assertEqual([chip["date"] for chip in self.page().page_data()["dates"]],
                                 dates)

    def test_asked_in_one_call(self):
        with self.at("2026-11-24 10:00"):
            row = self.ask(remark="宁波采购商", state="received", accepted_by_id=2)
        self.assertEqual((row["state"], row["packs"]), ("requested", 2))
        self.assertEqual([step["done"] for step in row["steps"]],
                         [True, False, False, False, False])
        self.assertEqual(self.page().browse(row["id"]).remark, "宁波采购商")
        with self.at("2026-11-24 10:00"), self.refused("must be a production notice"):
            self.ask(quantity=201)

    def test_what_waits_for_a_signature_is_first(self):
        with self.at("2026-11-24 10:00"):
            ready = self.prepared(PIECES)
            for _number in range(6):
                self.ask(quantity=PIECES)
            rows = self.page().page_data()["requests"]
        self.assertEqual(rows[0]["id"], ready.id)
        self.assertTrue(rows[0]["can_receive"])

    def test_open_pieces_of_a_part(self):
        with self.at("2026-11-24 10:00"):
            request = self.prepared()
            self.by(request, SHOWROOM).action_receive(10)
            row, = self.page().page_data()["requests"]
        self.assertEqual((row["quantity"], row["open"]), (30, 20))

    def test_without_a_showroom(self):
        self.ref("showroom_yiwu").active = False
        with self.at("2026-11-24 10:00"):
            data = self.page().page_data()
        self.assertEqual((data["showroom"]["id"], data["requests"]), (False, []))

    def test_another_companys_showroom(self):
        other = self.env["res.company"].create({"name": "Other", "uses_gendan": True})
        user = self.user(SHOWROOM)
        user.sudo().company_ids = [Command.link(other.id)]
        with self.at("2026-11-24 10:00"):
            data = self.env["gendan.sample.request"].with_user(user).with_context(
                allowed_company_ids=other.ids).page_data()
        self.assertFalse(data["showroom"]["id"])
