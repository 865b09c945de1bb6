"""S03: samples asked and samples unasked, and the showroom's own order (D0.1, D0.2, D9)."""

from datetime import date

from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import FollowupCase, moment

SHOWROOM, MERCHANDISER, PLANNER, PRODUCTION = "E06", "E11", "E09", "E12"
NEW, PIECES = "F13", 15


@tagged("stories")
class TestS03Showroom(FollowupCase):
    """林小燕 asks, 李娜 brings, 徐志强 marks what is new."""

    def mark_new(self):
        """Item 1: 徐志强 flags F13 as new."""
        with self.at("2026-11-23 09:00"):
            self.by(self.ref(NEW).product_tmpl_id, PLANNER).action_mark_new()
        return self.env["gendan.task"].search([("kind", "=", "new_sample")])

    def ask(self, code, pieces, wanted="2026-11-28", number=SHOWROOM, purpose="visit"):
        """Ask for samples; the clock is the caller's."""
        request = self.env["gendan.sample.request"].with_user(self.user(number)).with_company(
            self.company).create({
                "product_id": self.ref(code).id, "quantity": pieces,
                "wanted_date": wanted, "purpose": purpose})
        request.action_request()
        return request

    def f13_ready(self):
        """Item 2: asked, promised, run on 围兜线, prepared and on the way."""
        with self.at("2026-11-24 10:00"):
            request = self.ask(NEW, 30)
        with self.at("2026-11-24 11:00"):
            self.by(request, MERCHANDISER).action_accept("2026-11-27", "run")
            run = self.by(request, MERCHANDISER).action_plan_run(
                40, self.ref("machine_bib"), moment("2026-11-26 08:00"))
        with self.at("2026-11-26 08:00"):
            self.produce(run, PRODUCTION)
        with self.at("2026-11-27 08:30"):
            self.by(request, MERCHANDISER).action_ready()
            self.by(request, MERCHANDISER).action_send(self.stop())
        return request, run

    def stop(self):
        """V3 stops at the showroom on Friday."""
        return self.env["gendan.dispatch"].with_user(self.user(MERCHANDISER)).with_company(
            self.company).create({
                "day": "2026-11-27", "vehicle_id": self.ref("vehicle_V3").id,
                "driver_id": self.ref("E22").id,
                "stop_ids": [(0, 0, {"kind": "sample", "place": "店面-义乌", "purpose": "F13"})],
            }).stop_ids

    # ------------------------------------------------------------------ item 1

    def test_1_new_product_asks_for_samples(self):
        task = self.mark_new()
        self.assertRecordValues(task, [{
            "addressee_id": self.user(MERCHANDISER).id, "state": "asked",
            "product_id": self.ref(NEW).id,
            "due_at": moment("2026-11-30 17:00"), "asked_at": moment("2026-11-23 09:00")}])
        self.assertEqual(self.by(task, MERCHANDISER).activity_ids.user_id,
                         self.user(MERCHANDISER))

    def test_1_no_closing_without_hand_over(self):
        task = self.mark_new()
        with self.at("2026-11-24 09:00"):
            with self.refused("no hand-over to 店面-义乌 is signed.*林小燕 signs for them"):
                self.by(task, MERCHANDISER).action_answer("已送")
            with self.refused("no hand-over to 店面-义乌 is signed"):
                self.by(task, PLANNER).action_return()
        self.assertEqual(task.state, "asked")
        self.assertFalse(task.answer_ids)

    def test_1_flagged_twice_is_one_task(self):
        self.mark_new()
        template = self.by(self.ref(NEW).product_tmpl_id, PLANNER)
        with self.at("2026-11-24 09:00"):
            template.action_unmark_new()
            template.action_mark_new()
        self.assertEqual(
            self.env["gendan.task"].search_count([("kind", "=", "new_sample")]), 1)

    def test_1_only_the_managers_mark(self):
        template = self.by(self.ref(NEW).product_tmpl_id, MERCHANDISER)
        with self.refused("plan manager or the sales manager says what is a new product"):
            template.action_mark_new()
        self.assertFalse(template.is_new_product)

    # ------------------------------------------------------------------ item 2

    def test_2_asked_and_promised(self):
        with self.at("2026-11-24 10:00"):
            request = self.ask(NEW, 2 * PIECES)
        with self.at("2026-11-24 10:30"):
            self.by(request, MERCHANDISER).action_accept("2026-11-27", "run")
        self.assertRecordValues(request, [{
            "state": "accepted", "packs": 2, "promised_date": date(2026, 11, 27),
            "requested_by_id": self.user(SHOWROOM).id,
            "requested_at": moment("2026-11-24 10:00"),
            "accepted_by_id": self.user(MERCHANDISER).id}])

    def test_2_sample_run_needs_no_notice(self):
        request, run = self.f13_ready()
        self.assertFalse(run.notice_id)
        self.assertRecordValues(run, [{"state": "done", "sample_id": request.id}])
        self.assertAlmostEqual(run.product_qty * PIECES, 40, delta=0.2)

    def test_2_above_the_limit_is_a_notice(self):
        with self.at("2026-11-24 10:00"):
            with self.refused("250 pieces.*at most 200.*must be a production notice"):
                self.ask(NEW, 250)
            request = self.ask(NEW, 30)
            self.by(request, MERCHANDISER).action_accept("2026-11-27", "run")
            with self.refused("201 pieces.*at most 200.*must be a production notice"):
                self.by(request, MERCHANDISER).action_plan_run(201)
        self.assertFalse(request.sudo().production_ids)
        self.assertEqual(self.env["gendan.sample.request"].search_count([]), 1)

    # ------------------------------------------------------------------ item 3

    def test_3_another_brand_needs_consent(self):
        self.put("F11", 40)
        with self.at("2026-11-24 10:00"):
            request = self.ask("F11", 5 * 20)
            mine = self.by(request, MERCHANDISER)
            mine.action_accept("2026-11-27")
            with self.refused("brand of Sunrise Retail.*nobody has consented.*吴婷 consents"):
                mine.action_ready()
            for number in ("E03", MERCHANDISER, SHOWROOM):
                with self.refused("brand of Sunrise Retail.*吴婷 consents"):
                    self.by(request, number).action_consent()
        with self.at("2026-11-24 15:00"):
            self.by(request, "E04").action_consent()
            self.by(request, MERCHANDISER).action_ready()
        self.assertRecordValues(request, [{
            "state": "ready", "consented_by_id": self.user("E04").id,
            "consented_at": moment("2026-11-24 15:00")}])

    # ------------------------------------------------------------------ item 4

    def test_4_signed_and_both_closed(self):
        task = self.mark_new()
        request, _run = self.f13_ready()
        with self.at("2026-11-27 11:00"):
            with self.refused("signed for by the showroom → 林小燕 signs"):
                self.by(request, MERCHANDISER).action_receive()
            self.by(request, SHOWROOM).action_receive(30)
        self.assertRecordValues(request, [{
            "state": "received", "received_quantity": 30, "lead_days": 3,
            "received_by_id": self.user(SHOWROOM).id,
            "received_at": moment("2026-11-27 11:00")}])
        self.assertRecordValues(request.handover_ids, [{
            "quantity": 30, "user_id": self.user(SHOWROOM).id, "kind": "received"}])
        self.assertEqual(request.stop_id.dispatch_id.vehicle_id, self.ref("vehicle_V3"))
        self.assertRecordValues(task, [{
            "state": "returned", "returned_at": moment("2026-11-27 11:00")}])
        shelf = self.env["stock.quant"].search([
            ("location_id", "=", self.ref("location_showroom").id),
            ("product_id", "=", self.ref(NEW).id)])
        self.assertEqual(sum(shelf.mapped("quantity")), 2)

    # ------------------------------------------------------------------ item 5

    def test_5_visit_and_feedback(self):
        with self.at("2026-11-28 15:00"):
            entry = self.env["gendan.customer.log"].with_user(self.user(SHOWROOM)).with_company(
                self.company).create({
                    "kind": "feedback", "visitor": "宁波采购商", "product_id": self.ref(NEW).id,
                    "showroom_id": self.ref("showroom_yiwu").id, "question": "口袋再深 2 cm",
                    "addressee_id": self.user(PRODUCTION).id,
                    "due_at": moment("2026-11-30 17:00")})
            entry.action_ask()
            with self.refused("asks for a reaction and has none.*刘大伟 reacts"):
                entry.action_return()
        self.assertEqual(entry.activity_ids.user_id, self.user(PRODUCTION))
        with self.at("2026-11-30 09:00"):
            with self.refused("刘大伟 reacts"):
                self.by(entry, MERCHANDISER).action_answer("行")
            self.by(entry, PRODUCTION).action_answer("口袋加深 2 cm, 下批试做")
            self.by(entry, SHOWROOM).action_return()
        self.assertRecordValues(entry, [{
            "state": "returned", "written_by_id": self.user(SHOWROOM).id,
            "written_at": moment("2026-11-28 15:00"),
            "answered_by_id": self.user(PRODUCTION).id}])
        with self.refused("kept as it is"):
            self.by(entry, SHOWROOM).question = "口袋再浅 2 cm"

    # ------------------------------------------------------------------ item 6

    def showroom_order(self):
        return self.new_order(SHOWROOM, "showroom", [("F12", 20 * 60, 4.5)], "2026-12-02")

    def test_6_showroom_order_on_the_normal_chain(self):
        with self.at("2026-11-30 09:00"):
            order = self.showroom_order()
            self.by(order, SHOWROOM).action_submit()
            self.verify(order, MERCHANDISER)
            with self.refused("缺|finance|Finance"):
                self.notice_of(order, MERCHANDISER).action_check_stock()
            self.by(order, "E07").action_sign_finance()
            self.by(order, "E02").action_sign_sales_manager()
            notice = self.release(order, MERCHANDISER)
        self.assertEqual(order.order_kind, "showroom")
        self.assertRecordValues(notice.line_ids, [{
            "stock_quantity": 20 * 60, "to_make_quantity": 0}])
        self.assertEqual(notice.sudo().order_id.picking_ids.move_ids.state, "assigned")

    def test_6_first_in_the_review(self):
        with self.at("2026-11-28 09:00"):
            other = self.new_order("E04", "C02", [("F11", 12000, 0.85)], "2026-11-30",
                                   destination="Melbourne")
            self.make_valid(other, "E04", MERCHANDISER)
        with self.at("2026-11-30 09:00"):
            mine = self.showroom_order()
            self.make_valid(mine, SHOWROOM, MERCHANDISER)
        with self.at("2026-11-30 16:10"):
            review = self.env["gendan.daily.review"].with_user(
                self.user(MERCHANDISER)).with_company(self.company).create({})
        self.assertEqual(review.line_ids.order_id.ids, [mine.id, other.id])
