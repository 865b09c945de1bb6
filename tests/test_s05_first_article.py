"""S05: first article rejected, production cannot solve it, the customer decides."""

from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import FollowupCase, moment

SALESPERSON, MERCHANDISER, PRODUCTION, FINANCE, MANAGER = "E04", "E10", "E12", "E07", "E02"
PACKS, TRIAL = 30000, 50


@tagged("stories")
class TestS05FirstArticle(FollowupCase):
    """C03, F03 30,000 packs on 湿巾2线, merchandiser 王芳, salesperson 吴婷."""

    def setUp(self):
        super().setUp()
        with self.at("2026-11-30 09:00"):
            self.order = self.new_order(
                SALESPERSON, "C03", [("F03", PACKS, 0.55)], "2026-12-08")
            self.make_valid(self.order, SALESPERSON, MERCHANDISER)
            self.release(self.order, MERCHANDISER)
        self.line = self.order.sudo().notice_id.line_ids
        self.machine = self.ref("machine_wet2")
        self.line.production_ids.workorder_ids.workcenter_id = self.machine
        # film and cartons ordered meanwhile (D3) have arrived
        for code in ("PK03_v1", "PK08_v2"):
            self.put(code, PACKS + 10 * TRIAL)
        self.line.production_ids.action_assign()

    def trial(self):
        article = self.open_first_article(self.line, self.machine)
        article.action_start_trial()
        article.action_finish_trial()
        self.take_sample(article, "E19")
        return article

    def rest(self, number):
        return self.by(self.line.production_ids.filtered(
            lambda one: one.state not in ("done", "cancel")), number)

    def test_the_whole_story(self):
        with self.at("2026-12-01 08:40"):
            first = self.trial()
        with self.at("2026-12-01 09:00"):
            self.by(first, SALESPERSON).action_reject("封口偏 4 mm, 压花方向反")
        with self.at("2026-12-01 09:05"):
            deviation = self.by(self.env["gendan.deviation"], MERCHANDISER).create({
                "notice_line_id": self.line.id, "workcenter_id": self.machine.id,
                "question": "封口偏 4 mm, 压花方向反"})
            deviation.action_ask()
        self.assertEqual(deviation.due_at, moment("2026-12-01 11:05"))
        with self.at("2026-12-01 09:10"), self.refused("production has not answered"):
            self.by(deviation, MERCHANDISER).action_relay()
        with self.at("2026-12-01 11:00"):
            second = self.trial()
            self.by(deviation, PRODUCTION).action_cannot("封口已解决; 压花辊要 7 天")
            self.by(deviation, MERCHANDISER).action_relay()
            self.by(second, SALESPERSON).action_reject("压花方向反")
        self.assertEqual(deviation.relayed_to_id, self.user(SALESPERSON))
        self.assertEqual(deviation.first_article_id, first)
        with self.at("2026-12-02 14:00"), self.refused("was rejected: 压花方向反"):
            self.held(self.by(self.rest("E12").workorder_ids, "pad_workshop"),
                      "E19").button_start()
        with self.at("2026-12-03 08:30"):
            self.by(self.env["gendan.deviation.decide"], SALESPERSON).create({
                "deviation_id": deviation.id, "decision": "concession",
                "concession_amount": PACKS / 100, "answer": "按原压花生产",
                "customer_message": "12-02 21:30: OK, USD 0.01 per pack off, 12-10"}
            ).action_confirm()
            order = self.by(self.order, SALESPERSON)
            order.action_open_revision("让步 0.01/包")
            order.order_line.price_unit = 0.54
            order.commitment_date = moment("2026-12-10 17:00")
            order.action_submit()
        with self.at("2026-12-03 10:00"):
            self.verify(self.order, MERCHANDISER)
            self.by(self.order, FINANCE).action_sign_finance()
            self.by(self.order, MANAGER).action_sign_sales_manager()
        self.assertEqual(self.order.sudo().revision_id.change_class, "commercial")
        self.assertEqual(self.order.sudo().notice_id.delivery_date.isoformat(), "2026-12-10")
        self.assertEqual((first | second).mapped("decision"), ["rejected", "rejected"])
        with self.at("2026-12-03 10:40"):
            third = self.trial()
            self.by(third, SALESPERSON).action_accept()
            self.rest("pad_workshop").workorder_ids.button_start()
        self.assertEqual(self.rest(PRODUCTION).state, "progress")
        self.assertEqual(self.rest(PRODUCTION).product_qty, PACKS - TRIAL)
        self.assertRecordValues(deviation.sudo(), [{
            "concession_amount": 300, "customer_decision": "concession",
            "answered_by_id": self.user(SALESPERSON).id,
            "answered_at": moment("2026-12-03 08:30")}])

    # ------------------------------------------------------------- dates on the plan

    def settle(self):
        """The materials are there and the process is known: the line may be planned."""
        self.by(self.order.sudo().notice_id, MERCHANDISER).action_ask_materials()
        for question in self.order.sudo().notice_id.eta_enquiry_ids.filtered(
                lambda one: one.state == "asked"):
            self.by(question, "E14").action_answer(on_hand=question.sudo().need_id.net)
        self.settle_capability(self.order.sudo().notice_id, MERCHANDISER)

    def confirmed(self, revision):
        """Publish a revision of the plan and have both sides confirm it."""
        self.by(revision, MERCHANDISER).action_publish()
        self.by(revision, PRODUCTION).action_confirm_production()
        self.by(revision, "E13").action_confirm_packaging()
        return revision

    def moved(self, revision, days, reason):
        """Return the next revision of their week, the lines moved to ``days``, published."""
        lines = revision.line_ids.filtered(lambda line: line.state == "confirmed")
        plan = self.by(self.env["gendan.week.plan"]._of(self.company, lines[0].day),
                       MERCHANDISER)
        plan.action_revise()
        draft = self.by(plan.draft_revision_id, MERCHANDISER)
        for line, day in zip(draft.line_ids.sorted("day"), days, strict=True):
            line.day = day
        draft.reason = reason
        return self.confirmed(draft)

    def planned(self):
        """Return what the plan in force says: days, and whether the delivery is in danger."""
        notice = self.order.sudo().notice_id
        self.env.invalidate_all()
        lines = self.env["gendan.plan.line"].search(
            [("notice_id", "=", notice.id), ("state", "=", "confirmed")], order="day")
        state = notice._milestone_states()[notice.id]
        return [f"{line.day:%m-%d}" for line in lines], f"{state['due']:%m-%d}", (
            state["is_at_risk"])

    def test_the_new_date_on_the_plan(self):
        """1,000 minutes on three days; the roller moves them behind 12-08, the customer to 12-10.

        With the sheet in sight they are pulled forward again, each time openly (S06's rules).
        """
        with self.at("2026-11-30 09:40"):
            self.settle()
            lines = self.by(self.env["gendan.plan.line"], MERCHANDISER).create([{
                "workcenter_id": self.machine.id, "day": day, "quantity": packs,
                "notice_line_id": self.line.id} for day, packs in (
                    ("2026-12-01", 14400), ("2026-12-02", 14400), ("2026-12-03", 1200))])
            first = self.confirmed(lines.revision_id)
            self.assertAlmostEqual(sum(lines.mapped("hours")), 1000 / 60, 1)
            self.assertEqual(self.planned(), (["12-01", "12-02", "12-03"], "12-08", False))
        with self.at("2026-12-01 08:40"):
            self.by(self.trial(), SALESPERSON).action_reject("压花方向反")
        with self.at("2026-12-01 09:05"):
            deviation = self.by(self.env["gendan.deviation"], MERCHANDISER).create({
                "notice_line_id": self.line.id, "workcenter_id": self.machine.id,
                "question": "压花方向反"})
            deviation.action_ask()
        with self.at("2026-12-01 11:10"):
            self.by(deviation, PRODUCTION).action_cannot("压花辊要 7 天")
            self.by(deviation, MERCHANDISER).action_relay()
            second = self.moved(first, ("2026-12-07", "2026-12-08", "2026-12-09"), "压花辊 7 天")
            self.assertEqual(self.planned(), (["12-07", "12-08", "12-09"], "12-08", True))
            self.assertIn("压花辊 7 天", second.difference)
            self.assertEqual(second.told_ids.user_id, self.user(SALESPERSON)
                             | self.user(PRODUCTION) | self.user("E13"))
            delay = self.env["gendan.delay.notice"].search(
                [("notice_id", "=", self.line.notice_id.id)])
            self.assertEqual((str(delay.planned_finish), str(delay.customer_date)),
                             ("2026-12-09", "2026-12-08"))
            self.by(delay, MERCHANDISER).action_ask()
            self.assertTrue(delay.is_in_advance)
        with self.at("2026-12-03 08:30"):
            self.by(self.env["gendan.deviation.decide"], SALESPERSON).create({
                "deviation_id": deviation.id, "decision": "concession",
                "concession_amount": PACKS / 100, "answer": "按原压花生产",
                "customer_message": "OK, USD 0.01 per pack off, 12-10"}).action_confirm()
            order = self.by(self.order, SALESPERSON)
            order.action_open_revision("让步 0.01/包")
            order.order_line.price_unit = 0.54
            self.by(delay, SALESPERSON).action_answer("12-10 OK", "new_date", "2026-12-10")
            self.by(delay, SALESPERSON).action_change_order()
            self.assertEqual(self.planned()[1:], ("12-08", True), "not before it is signed")
        with self.at("2026-12-03 10:00"):
            self.verify(self.order, MERCHANDISER)
            self.by(self.order, FINANCE).action_sign_finance()
            self.by(self.order, MANAGER).action_sign_sales_manager()
            self.assertRecordValues(self.order.sudo().revision_id, [
                {"letter": "B", "state": "valid", "change_class": "commercial"}])
            self.assertEqual(self.planned(), (["12-07", "12-08", "12-09"], "12-10", False))
            self.env["gendan.delay.notice"]._detect(self.line.notice_id)
            self.assertEqual(self.env["gendan.delay.notice"].search_count(
                [("notice_id", "=", self.line.notice_id.id)]), 1, "and it is not asked again")
        with self.at("2026-12-03 10:10"):
            third = self.moved(second, ("2026-12-03", "2026-12-04", "2026-12-05"), "让步放行")
            self.assertEqual(self.planned(), (["12-03", "12-04", "12-05"], "12-10", False))
            self.assertIn(self.user(SALESPERSON), third.told_ids.user_id, "and is told again")
            self.assertEqual(
                self.rest(PRODUCTION).workorder_ids.date_start, moment("2026-12-03 08:00"))
        with self.at("2026-12-03 10:40"):
            self.by(self.trial(), SALESPERSON).action_accept()
            self.rest("pad_workshop").workorder_ids.button_start()
        self.assertEqual(self.rest(PRODUCTION).state, "progress")

    def test_the_sales_manager_decides_for_her(self):
        with self.at("2026-12-01 08:40"):
            article = self.trial()
        with self.at("2026-12-01 09:00"):
            self.by(article, MANAGER).action_accept()
        self.assertEqual(article.decided_by_id, self.user(MANAGER))

    def test_her_deputy_decides_for_her(self):
        with self.at("2026-12-01 08:40"):
            article = self.trial()
            self.env["gendan.deputy"].sudo().create({
                "principal_id": self.user(SALESPERSON).id, "deputy_id": self.user("E03").id,
                "date_from": moment("2026-12-01 00:00"), "date_to": moment("2026-12-05 00:00")})
        with self.at("2026-12-01 09:00"):
            self.by(article, "E03").action_accept()
        self.assertEqual(article.decided_by_id, self.user("E03"))

    def test_silent_until_1105(self):
        """刘大伟 says nothing for two working hours: 徐志强 is told, once."""
        with self.at("2026-12-01 09:05"):
            deviation = self.by(self.env["gendan.deviation"], MERCHANDISER).create({
                "notice_line_id": self.line.id, "workcenter_id": self.machine.id,
                "question": "压花方向反"})
            deviation.action_ask()
        for clock, told in (("2026-12-01 11:04", False), ("2026-12-01 11:05", True),
                            ("2026-12-01 12:00", True)):
            with self.subTest(clock), self.at(clock):
                self.env["gendan.deviation"]._cron_tell_plan_manager()
                self.assertEqual(bool(deviation.escalated_at), told)
        self.assertEqual(deviation.escalated_at, moment("2026-12-01 11:05"))
        self.assertEqual(deviation.activity_ids.filtered(
            lambda one: one.user_id == self.user("E09")).mapped("user_id"), self.user("E09"))

    def test_just_run(self):
        """吴婷 says "just run" of her own: no customer's message stands with it (L-S2)."""
        with self.at("2026-12-01 08:40"):
            article = self.trial()
            self.by(article, SALESPERSON).action_reject("压花方向反")
        with self.at("2026-12-01 09:05"):
            deviation = self.by(self.env["gendan.deviation"], MERCHANDISER).create({
                "notice_line_id": self.line.id, "workcenter_id": self.machine.id,
                "question": "压花方向反"})
            deviation.action_ask()
            self.by(deviation, PRODUCTION).action_cannot("压花辊要 7 天")
            self.by(deviation, MERCHANDISER).action_relay()
        with self.at("2026-12-01 10:00"):
            self.by(deviation, SALESPERSON).action_answer("开吧", decision="accept")
        self.assertRecordValues(deviation, [{
            "customer_message": False, "answered_by_id": self.user(SALESPERSON).id,
            "customer_decision": "accept", "answered_at": moment("2026-12-01 10:00")}])
        with self.subTest("and still nothing runs without an accepted sheet"), self.refused(
                "was rejected: 压花方向反"):
            self.held(self.by(self.rest("E12").workorder_ids, "pad_workshop"),
                      "E19").button_start()

    def test_two_machines_one_accepted_one_not(self):
        """The full path on 湿巾2线; 湿巾1线 joins with a sheet of its own, rejected there."""
        other = self.ref("machine_wet1")
        with self.at("2026-12-01 08:40"):
            here = self.trial()
            self.by(here, SALESPERSON).action_accept()
            rest = self.rest(PRODUCTION)
            second = rest._split_productions({rest: [15_000, rest.product_qty - 15_000]})[1]
            self.by(second.workorder_ids, PRODUCTION).workcenter_id = other
        with self.at("2026-12-01 10:00"):
            there = self.open_first_article(self.line, other)
            there.action_start_trial()
            there.action_finish_trial()
            self.take_sample(there, "E17")
            lights = {one["name"]: [work["light"] for work in one["works"]]
                      for one in self.by(other, "E12").phone_machines()}
            self.assertEqual(lights[self.machine.name], ["go"])
            self.assertEqual(lights[other.name], ["waiting"])
            self.by(there, SALESPERSON).action_reject("色差")
        with self.at("2026-12-01 10:30"):
            self.held(self.by(rest.workorder_ids, "pad_workshop"), "E19").button_start()
            for attempt in ("button_start", "button_finish"):
                with self.subTest(attempt), self.refused("was rejected: 色差"):
                    getattr(self.held(self.by(second.sudo().workorder_ids, "pad_workshop"),
                                      "E17"), attempt)()
            with self.refused("was rejected: 色差"):
                worker = self.by(second.sudo(), PRODUCTION)
                worker.qty_producing = worker.product_qty
                worker.move_raw_ids.picked = True
                worker.button_mark_done()
        self.assertEqual(rest.state, "progress")
        self.assertEqual(second.sudo().state, "confirmed")
