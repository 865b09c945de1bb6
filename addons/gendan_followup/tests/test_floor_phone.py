"""The workshop's phone pages: machine and light, checks, abnormality, first article, patrol."""

import base64
from itertools import count

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import moment, photo
from .shop_floor import ShopFloorCase
from .test_badge import BadgeCase
from .test_first_article_gate import PACKS, TRIAL, FirstArticleCase

MISPRINT = "小熊印反"


class PhoneVerbs:
    """What a phone sends: each step with its key, its time and the badge of its holder."""

    keys = count()

    def step(self, kind, **values):
        return {"key": f"floor-{next(self.keys)}", "kind": kind, **values}

    def sync(self, records, *steps):
        """Send steps as the page does; return why they were refused, or nothing."""
        return [why for why in records.action_sync(list(steps)).values() if why]


@tagged("adversary")
class TestMachinePage(PhoneVerbs, FirstArticleCase):
    """The light of a machine says what its gate says, and who must act (D5.4, screens 6)."""

    def work(self, number="pad_workshop", machine=None):
        machines = self.by(self.env["mrp.workcenter"], number).phone_machines()
        works = next(one for one in machines if one["id"] == (machine or self.machine).id)["works"]
        return next((one for one in works if one["line"] == self.line.id), None)

    def test_from_red_to_green(self):
        self.assertEqual(self.work()["light"], "none")
        article = self.trial_run()
        self.assertEqual(self.work()["light"], "trial")
        self.take_sample(article)
        row = self.work()
        self.assertEqual((row["light"], row["decider"]), ("waiting", "郑浩"))
        self.assertIn("郑浩 decides", row["why"])
        self.accept(article)
        row = self.work()
        self.assertEqual((row["light"], row["why"]), ("go", ""))
        self.assertEqual(row["quantity"], PACKS - TRIAL, "the trial is none of it")
        self.by(article, "E05").action_withdraw("色差")
        self.assertEqual(self.work()["light"], "none")

    def test_rejected_and_held(self):
        article = self.sampled()
        self.by(article, "E05").action_reject("封口偏 4 mm")
        self.assertEqual(self.work()["light"], "rejected")
        self.assertIn("封口偏 4 mm", self.work()["why"])
        deviation = self.by(self.env["gendan.deviation"], "E10").create({
            "notice_line_id": self.line.id, "workcenter_id": self.machine.id,
            "question": "封口偏 4 mm"})
        deviation.action_ask()
        self.assertEqual(self.work()["light"], "rejected")
        self.assertIn("is open: 封口偏 4 mm → 刘大伟 answers", self.work()["why"])
        self.by(self.order.sudo().notice_id, "E10").action_hold("客户来电")
        self.assertEqual(self.work()["light"], "stop")

    def test_no_price_and_no_other_machine(self):
        self.assertIsNone(self.work(machine=self.ref("machine_cotton")))
        self.assertFalse({"price", "amount", "customer"} & self.work().keys())

    def test_what_is_packed_today(self):
        with self.at("2026-12-08 09:00"):
            line = self.by(self.line, "E13")
            sheet = line.phone_open_check("piece_count")
            self.sync(line.env["gendan.check.sheet"].browse(sheet["id"]), self.step("skip"))
        with self.at("2026-12-08 16:00"):
            row = next(one for one in line.phone_packing() if one["line"] == line.id)
            self.assertEqual((row["piece_count"], row["sorting"], row["bad"]), (1, 0, 1))
        with self.at("2026-12-09 08:00"):
            row = next(one for one in line.phone_packing() if one["line"] == line.id)
            self.assertEqual(row["piece_count"], 0, "a new day")

    def test_the_light_costs_the_same_for_ten_orders(self):
        """One page of lights: no question more for each order."""
        self.work("E12")

        def asked():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.work("E12")
            return self.env.cr.sql_log_count - before

        alone = asked()
        rest = self.by(self.production, "E12")
        for _more in range(9):
            rest = rest._split_productions({rest: [rest.product_qty - 100, 100]})[0]
        self.assertEqual(len(self.line.production_ids), 10)
        self.assertLessEqual(asked(), alone + 2)

    def test_the_qr_code_opens_the_machine(self):
        machine = self.by(self.machine, "E12")
        self.assertEqual(machine.phone_url.split("/odoo/")[1], f"machines?machine={machine.id}")


@tagged("adversary")
class TestArticlePage(PhoneVerbs, FirstArticleCase):
    """The sample on the phone, and the word of the salesperson (D5.2, D5.3)."""

    def opened(self, number="E10"):
        model = self.by(self.env["gendan.first.article"], number)
        return model.browse(model.phone_open(self.line.id, self.machine.id)["id"])

    def filled(self, article, **values):
        return self.step("fill", values={
            "operator_id": self.ref("E17").id, "sample_quantity": 3, **values})

    def test_from_the_machine_to_the_salesperson(self):
        article = self.opened()
        self.assertEqual(article, self.opened(), "one sheet is open at a time")
        self.assertFalse(self.sync(
            article, self.step("present"), self.step("trial"), self.step("made", quantity=50)))
        point = article.line_ids.filtered("has_limits")[:1]
        self.assertFalse(self.sync(
            article, self.filled(article, sample_photo=photo().decode()),
            self.step("answer", point=point.id, values={"measured_value": point.limit_low}),
            self.step("send")))
        self.assertRecordValues(article, [{
            "present_by_id": self.user("E10").id, "sampled_by_id": self.user("E10").id,
            "operator_id": self.ref("E17").id, "sample_quantity": 3}])
        self.assertEqual(point.result, "ok")
        state = article.phone_article()
        self.assertEqual((state["trial"], state["decider"]), ("done", "郑浩"))
        self.assertTrue(state["photos"]["sample_photo"] and not state["photos"]["bag_photo"])

        rows = self.by(article, "E05").phone_decisions()
        self.assertEqual([row["id"] for row in rows], article.ids)
        self.assertFalse(self.by(article, "E04").phone_decisions(), "another one's customer")
        page = self.by(article, "E05").phone_decision()
        self.assertTrue(page["can_decide"] and not page["missing"])
        shown = next(one for one in page["points"] if one["id"] == point.id)
        self.assertEqual((shown["value"], shown["result"]), (point.limit_low, "ok"))
        self.assertTrue(shown["expected"], "what was ordered stands beside it")
        self.assertFalse(self.by(article, "E11").phone_decision()["can_decide"])
        self.by(article, "E05").action_accept()
        self.assertFalse(self.by(article, "E05").phone_decisions())

    def test_without_a_photo_nothing_is_sent(self):
        article = self.opened()
        self.sync(article, self.step("present"), self.step("trial"), self.step("made"))
        refused = self.sync(article, self.filled(article), self.step("send"))
        self.assertRegex(refused[0], "Photo of the sample missing")
        self.assertFalse(article.sampled_at)
        self.assertFalse(self.by(article, "E05").phone_decisions())

    def test_what_a_phone_may_not_write(self):
        article = self.opened()
        refused = self.sync(
            article, self.step("fill", values={"decision": "accepted"}),
            self.step("fill", values={"decided_by_id": 2, "sample_quantity": 3}),
            self.step("fill", values={}), self.step("made", quantity=50))
        self.assertEqual(len(refused), 4, refused)
        self.assertEqual(article.decision, "pending")
        with self.refused("something unknown"):
            article.action_sync([self.step("accept")])

    def test_a_negative_sample(self):
        article = self.opened()
        refused = self.sync(article, self.filled(article, sample_quantity=-3))
        self.assertRegex(refused[0], "-3 samples: a sample cannot be below zero")
        self.assertFalse(article.sample_quantity)

    def test_a_photo_of_40_megabytes(self):
        article = self.opened()
        large = base64.b64encode(bytes(40 * 1024 * 1024)).decode()
        refused = self.sync(article, self.step("fill", values={"sample_photo": large}))
        self.assertRegex(refused[0], "the photo has 40.0 MB, at most 10 MB are taken")
        self.assertFalse(article.sample_photo)
        with self.subTest("nor as a mark on the rejection"):
            self.sync(article, self.step("present"), self.step("trial"), self.step("made"))
            self.take_sample(article)
            with self.refused("the photo has 40.0 MB"):
                self.by(article, "E05").action_reject("色差", large)
            self.assertEqual(article.decision, "pending")

    def test_rejected_with_a_finger_on_the_photo(self):
        article = self.sampled()
        self.by(article, "E05").action_reject("封口偏 4 mm", photo("blue").decode())
        self.assertTrue(article.marked_photo)
        self.assertTrue(article.phone_article()["photos"]["marked_photo"])
        todo = self.env["mail.activity"].search([
            ("res_model", "=", article._name), ("res_id", "=", article.id)])
        self.assertEqual(todo.user_id, self.user("E10"), "she tells production (D5.5)")
        self.by(self.env["gendan.deviation"], "E10").create({
            "notice_line_id": self.line.id, "workcenter_id": self.machine.id,
            "question": "封口偏 4 mm"}).action_ask()
        self.assertFalse(todo.exists())
        self.assertEqual(self.env["gendan.deviation"].search([]).first_article_id, article)

    def test_nobody_puts_a_mark_on_it_afterwards(self):
        article = self.sampled()
        self.by(article, "E05").action_reject("色差")
        with self.refused("noted by the server|closed|Rejected"):
            self.by(article, "E10").marked_photo = photo()

    def test_whose_page_it_is(self):
        with self.refused("allowed to create|not allowed", AccessError):
            self.opened("pad_workshop")
        article = self.opened()
        refused = self.sync(self.by(article, "E12"), self.step("present"))
        self.assertRegex(refused[0], "part of Merchandiser")
        self.assertFalse(article.present_at)

    def test_by_phone_he_countersigns_on_the_page(self):
        article = self.sampled()
        with self.at(fields.Datetime.to_string(fields.Datetime.now())[:16]):
            article.action_accept_by_phone("电话: 可以")
        rows = self.by(article, "E05").phone_decisions()
        self.assertEqual([row["countersign"] for row in rows], [True])
        self.by(article, "E05").action_countersign()
        self.assertFalse(self.by(article, "E05").phone_decisions())


@tagged("adversary")
class TestDeviationPage(PhoneVerbs, FirstArticleCase):
    """Told at the machine; production answers on the workshop's tablet (D5.5, D5.6)."""

    def setUp(self):
        super().setUp()
        self.model = self.by(self.env["gendan.deviation"], "E10")

    def told(self, **values):
        self.assertFalse(self.sync(self.model, self.step(
            "note", notice_line_id=self.line.id, workcenter_id=self.machine.id,
            question="封口偏 4 mm", photo=photo().decode(), **values)))
        return self.env["gendan.deviation"].search([], order="id desc", limit=1)

    def at_tablet(self, number, deviation, kind, **values):
        """Do one step on the shared tablet in the hands of ``number``."""
        model = self.held(self.by(self.env["gendan.deviation"], "pad_workshop"), number)
        return self.sync(model.browse(deviation.ids), self.step(
            kind, token=model.env.context["gendan_badge"], **values))

    def row(self, number="E12"):
        return self.by(self.env["gendan.deviation"], number).phone_deviations()[0]

    def test_from_the_machine_to_the_salesperson(self):
        with self.at("2026-12-08 09:05"):
            deviation = self.told()
        self.assertRecordValues(deviation, [{
            "state": "asked", "asked_by_id": self.user("E10").id,
            "addressee_id": self.user("E12").id, "due_at": moment("2026-12-08 11:05")}])
        self.assertTrue(deviation.photo and self.row()["photo"])
        with self.at("2026-12-08 10:00"):
            self.assertRegex(self.sync(
                self.model.browse(deviation.ids), self.step("relay"))[0],
                "production has not answered")
            self.assertRegex(self.at_tablet("E17", deviation, "cannot", words="不行")[0],
                             "it is the part of Production supervisor")
            self.assertRegex(self.at_tablet("E12", deviation, "cannot", words=" ")[0],
                             "say how, or why not")
            self.assertFalse(self.at_tablet("E12", deviation, "cannot", words="压花辊 7 天"))
        self.assertRecordValues(deviation, [{
            "production_result": "cannot", "production_by_id": self.user("E12").id,
            "production_at": moment("2026-12-08 10:00")}])
        self.assertEqual((self.row()["result"], self.row()["salesperson"]), ("cannot", "郑浩"))
        with self.at("2026-12-08 10:30"):
            self.assertFalse(self.sync(self.model.browse(deviation.ids), self.step("relay")))
        self.assertEqual(deviation.relayed_to_id, self.user("E05"))

    def test_solved_at_the_tablet(self):
        deviation = self.told()
        self.assertFalse(self.at_tablet("E12", deviation, "solved", words="封口模调整 4 mm"))
        self.assertRecordValues(deviation, [{
            "state": "answered", "answer": "封口模调整 4 mm",
            "answered_by_id": self.user("E12").id}])
        self.assertEqual(self.row()["state"], "answered")

    def test_what_a_phone_may_not_write(self):
        refused = self.sync(self.by(self.env["gendan.deviation"], "E12"), self.step(
            "note", notice_line_id=self.line.id, workcenter_id=self.machine.id, question="?"))
        self.assertEqual(len(refused), 1, "production answers, it does not ask")
        large = base64.b64encode(bytes(40 * 1024 * 1024)).decode()
        refused = self.sync(self.model, self.step(
            "note", notice_line_id=self.line.id, workcenter_id=self.machine.id, question="?",
            photo=large))
        self.assertRegex(refused[0], "the photo has 40.0 MB")
        self.assertFalse(self.env["gendan.deviation"].search([]))
        self.told()
        self.assertFalse({"price", "amount", "concession"} & self.row().keys())


@tagged("adversary")
class TestFloorChecks(PhoneVerbs, BadgeCase):
    """Start check, bag fit, piece count and sorting by badge on the shared tablet (X13, X17)."""

    def held_line(self, number):
        return self.held(self.by(self.line, "pad_workshop"), number)

    def check(self, number, kind, machine="machine_bib"):
        line = self.held_line(number)
        sheet = line.phone_open_check(kind, self.ref(machine).id if machine else False)
        return line.env["gendan.check.sheet"].browse(sheet["id"])

    def stamped(self, sheet, kind, **values):
        token = sheet.env.context["gendan_badge"]
        return self.step(kind, token=token, **values)

    def test_start_check_by_badge(self):
        with self.at("2026-12-08 07:55"):
            sheet = self.check("E18", "start_check")
            again = self.check("E18", "start_check")
            self.assertEqual(sheet, again, "one is open at a time")
            sheet = again
            answers = [self.stamped(sheet, "answer", point=point.id, values=(
                {"measured_value": point.limit_low} if point.has_limits else {"result": "ok"}))
                for point in sheet.line_ids]
            self.assertFalse(self.sync(sheet, *answers, self.stamped(sheet, "close")))
        self.assertRecordValues(sheet, [{
            "state": "closed", "result": "ok", "kind": "start_check",
            "employee_id": self.ref("E18").id, "device": self.user("pad_workshop").name,
            "event_at": moment("2026-12-08 07:55"), "workcenter_id": self.ref("machine_bib").id}])

    def test_nobody_without_a_badge(self):
        line = self.by(self.line, "pad_workshop")
        with self.refused("show your badge"):
            line.phone_open_check("start_check", self.ref("machine_bib").id)

    def test_whose_duty(self):
        for number, kind in (("E18", "piece_count"), ("E18", "sorting"), ("E13", "start_check"),
                             ("E10", "start_check")):
            with self.subTest(number=number, kind=kind), self.refused("it is the part of"):
                self.check(number, kind)
        with self.refused("coding is not checked on this page"):
            self.check("E20", "coding")

    def test_five_of_five_fit(self):
        sheet = self.check("E20", "bag_fit")
        bag = sheet.line_ids[:1]
        self.assertTrue(bag._phone_point()["counts"])
        self.assertFalse(self.sync(sheet, self.stamped(
            sheet, "answer", point=bag.id, values={"tried_count": 5, "good_count": 4})))
        self.assertRecordValues(bag, [{"tried_count": 5, "good_count": 4, "result": "not_ok"}])

    def test_piece_count_and_sorting(self):
        """L-P2, L-P3: counted below the mark is red; rejects are sorted out and counted."""
        sheet = self.check("E13", "piece_count", machine=None)
        pieces = sheet.line_ids.filtered("has_limits")
        self.sync(sheet, self.stamped(
            sheet, "answer", point=pieces.id, values={"measured_value": pieces.limit_low - 1}))
        self.assertEqual(pieces.result, "not_ok")
        for point in sheet.line_ids - pieces:
            self.sync(sheet, self.stamped(sheet, "answer", point=point.id,
                                          values={"result": "ok"}))
        self.assertFalse(self.sync(sheet, self.stamped(sheet, "close")))
        self.assertRecordValues(sheet, [{
            "result": "not_ok", "state": "closed", "employee_id": self.ref("E13").id}])
        sorting = self.check("E13", "sorting", machine=None)
        self.assertFalse(self.sync(sorting, self.stamped(sorting, "skip")))
        self.assertEqual(sorting.result, "skipped", "not sorted is said openly, and red")


@tagged("adversary")
class TestAbnormalityPage(PhoneVerbs, BadgeCase):
    """S14: told at 10:18, stop at 3,200 at 10:22, ran on to 3,800 until 10:26 (L-O2)."""

    def setUp(self):
        super().setUp()
        self.model = self.by(self.env["gendan.abnormality"], "pad_workshop")
        self.machine = self.ref("machine_bib")

    def hands(self, number, kind, record=None, at=None, **values):
        """Do one step on the shared tablet in the hands of ``number``."""
        model = self.held(self.model, number)
        step = self.step(kind, token=model.env.context["gendan_badge"], **values)
        if at:
            step["noted_at"] = fields.Datetime.to_string(moment(at))
        return self.sync(model.browse(record.ids) if record else model, step)

    def told(self, number="E18", **values):
        self.assertFalse(self.hands(number, "note", **{
            "workcenter_id": self.machine.id, "notice_line_id": self.line.id,
            "description": MISPRINT, "counter": 3100, **values}))
        return self.env["gendan.abnormality"].search([], limit=1)

    def test_stop_and_what_ran_on(self):
        with self.at("2026-12-08 10:18"):
            record = self.told()
        with self.at("2026-12-08 10:22"):
            refused = self.hands("E18", "instruct", record, instruction="go_on", counter=3200)
            self.assertRegex(refused[0], "part of Quality control")
            self.assertFalse(self.hands("E20", "instruct", record, instruction="stop",
                                        counter=3200))
        with self.at("2026-12-08 10:26"):
            self.assertFalse(self.hands("E18", "stop", record, counter=3800))
            self.assertRecordValues(record, [{
                "ran_on_count": 600, "employee_id": self.ref("E18").id, "is_late": False,
                "instructed_by_id": self.ref("E20").id, "stopped_by_id": self.ref("E18").id,
                "instructed_at": moment("2026-12-08 10:22"),
                "stopped_at": moment("2026-12-08 10:26")}])
            row = self.model.phone_abnormalities(self.machine.id)[0]
        self.assertEqual((row["ran_on"], row["instructed_at"]), (600, "10:22"))
        with self.at("2026-12-09 10:00"):
            self.assertFalse(self.model.phone_abnormalities(), "closed yesterday")

    def test_the_machine_says_stop(self):
        """L-O2: who runs it sees QC's word beside the light, until the stop is noted."""
        def stop():
            machines = self.held(self.by(self.env["mrp.workcenter"], "pad_workshop"),
                                 "E18").phone_machines()
            return next(one for one in machines if one["id"] == self.machine.id)["stop"]

        with self.at("2026-12-08 10:18"):
            record = self.told()
            self.assertFalse(stop())
        with self.at("2026-12-08 10:22"):
            self.hands("E20", "instruct", record, instruction="stop", counter=3200)
            self.assertRegex(stop(), f"冯雪 of QC said stop at .*10:22, counter 3,200: {MISPRINT}")
        with self.at("2026-12-08 10:26"):
            self.hands("E18", "stop", record, counter=3800)
            self.assertFalse(stop())

    def test_bad_counters(self):
        refused = self.hands("E18", "note", workcenter_id=self.machine.id,
                             description=MISPRINT, counter=-1)
        self.assertRegex(refused[0], "shows -1: a counter is never below zero")
        record = self.told()
        refused = self.hands("E20", "instruct", record, instruction="stop", counter=-3)
        self.assertRegex(refused[0], "never below zero")
        refused = self.hands("E20", "instruct", record, instruction="perhaps", counter=3200)
        self.assertRegex(refused[0], "Stop, adjust or go on")
        self.assertEqual(record.state, "open")

    def test_noted_without_a_network(self):
        """QC's word counts from when it was given, and shows that it came late (X17)."""
        with self.at("2026-12-08 10:18"):
            record = self.told()
            self.held(self.model, "E20")
        with self.at("2026-12-08 10:40"):
            model = self.held(self.model, "E20")
            step = self.step("instruct", instruction="stop", counter=3200,
                             token=model.env.context["gendan_badge"],
                             noted_at=fields.Datetime.to_string(moment("2026-12-08 10:22")))
            refused = self.sync(model.browse(record.ids), step)
            self.assertRegex(refused[0], "Nobody held", "that badge was not shown yet")
            own = self.by(record, "E20")
            self.assertFalse(self.sync(own, self.step(
                "instruct", instruction="stop", counter=3200,
                noted_at=fields.Datetime.to_string(moment("2026-12-08 10:22")))))
        self.assertRecordValues(record, [{
            "instructed_at": moment("2026-12-08 10:22"), "is_late": True}])


@tagged("adversary")
class TestPatrolPage(PhoneVerbs, ShopFloorCase):
    """巡视 on the phone (D13.1–D13.4)."""

    def send(self, number, kind, record=None, **values):
        model = self.by(self.env["gendan.patrol"], number)
        return self.sync(model.browse(record.ids) if record else model, self.step(kind, **values))

    def board(self, number="E11"):
        return self.by(self.env["gendan.patrol"], number).phone_patrols()

    @property
    def last(self):
        return self.env["gendan.patrol"].search([], limit=1)

    def test_one_tap(self):
        with self.at("2026-12-08 14:30"):
            self.assertFalse(self.send("E11", "walk", area="machine", finding="fine"))
            self.assertRecordValues(self.last, [{"state": "closed", "kind": "fine"}])
            board = self.board()
        self.assertEqual((board["rest"], board["is_silent"], board["is_walker"]), (0, False, True))
        self.assertFalse(board["open"])

    def test_found_and_escalated_and_closed_together(self):
        refused = self.send("E11", "walk", area="machine", finding="print")
        self.assertRegex(refused[0], "Say what you saw")
        self.assertFalse(self.last)
        self.send("E11", "walk", area="machine", finding="print", description=MISPRINT,
                  escalation="整批印反", photo=photo().decode(),
                  workcenter_id=self.ref("machine_bib").id)
        patrol = self.last
        self.assertEqual((patrol.state, patrol.escalation), ("escalated", "整批印反"))
        refused = self.send("E11", "close", patrol, words="好了")
        self.assertRegex(refused[0], "徐志强 answers before it is closed")
        refused = self.send("E11", "answer", patrol, words="好了")
        self.assertRegex(refused[0], "part of Plan manager, General manager")
        self.assertTrue(self.board("E09")["is_manager"])
        self.assertFalse(self.send("E09", "answer", patrol, words="用旧批"))
        self.assertFalse(self.send("E11", "close", patrol, words="复查好"))
        self.assertEqual(patrol.state, "closed")

    def test_who_was_told_and_by_when(self):
        """D13.2: action, who, by when; a day that has passed is red."""
        with self.at("2026-12-12 15:30"):
            board = self.board()
            self.assertEqual([day for day, _label in board["days"]], ["2026-12-12", "2026-12-14"],
                             "Sunday is no working day")
            told = next(one for one in board["people"] if one["name"] == "孙涛")
            self.assertNotIn("陈立", {one["name"] for one in board["people"]})
            self.assertFalse(self.send("E11", "walk", area="raw_store", finding="hygiene",
                                       description="卷料无盖布", told_id=told["id"],
                                       due_date=board["days"][1][0]))
        self.assertRecordValues(self.last, [{
            "state": "open", "told_id": self.ref("E14").id,
            "due_date": fields.Date.to_date("2026-12-14")}])
        for clock, late in (("2026-12-14 17:00", False), ("2026-12-15 08:00", True)):
            with self.subTest(clock), self.at(clock):
                row = self.board()["open"][0]
                self.assertEqual((row["told"], row["due"], row["late"]), ("孙涛", "12-14", late))

    def test_solved_on_the_spot(self):
        self.send("E11", "walk", area="packing", finding="seal", description="封口起皱",
                  action="调温度")
        self.assertRecordValues(self.last, [{"state": "solved", "action_text": "调温度"}])
        refused = self.send("E11", "walk", area="packing", finding="seal", description="起皱",
                            action=" ")
        self.assertRegex(refused[0], "say it in one sentence")

    def test_none_in_two_working_days(self):
        """Friday's walk is fresh on Saturday and shown on Monday: Sunday is no working day."""
        with self.at("2026-12-04 10:00"):
            self.send("E11", "walk", area="machine", finding="fine")
        for clock, rest, silent in (("2026-12-05 16:00", 1, False), ("2026-12-06 12:00", 1, False),
                                    ("2026-12-07 08:00", 2, True)):
            with self.subTest(clock), self.at(clock):
                board = self.board()
                self.assertEqual((board["rest"], board["is_silent"]), (rest, silent))
                row = self.by(self.env["gendan.patrol.rest"], "E09").search([
                    ("user_id", "=", self.user("E11").id)])
                self.assertEqual((row.rest_days, row.is_silent), (rest, silent))
        with self.subTest("who never walked"), self.at("2026-12-07 08:00"):
            self.assertTrue(self.board("E10")["is_silent"])
            self.company.sudo().patrol_rest_days = 0
            self.assertFalse(self.board("E10")["is_silent"])

    def test_the_plan_manager_sees_who_walked(self):
        rows = self.by(self.env["gendan.patrol.rest"], "E09").search([])
        self.assertEqual(rows.user_id, self.user("E10") | self.user("E11"))
        with self.refused("not allowed to access", AccessError):
            self.by(self.env["gendan.patrol.rest"], "E05").search([])

    def test_no_plan_manager_then_the_general_manager(self):
        """D13.3: his deputy, and without either the general manager."""
        self.user("E09").sudo().active = False
        self.send("E11", "walk", area="machine", finding="print", description=MISPRINT,
                  escalation="整批印反")
        self.assertEqual(self.last.activity_ids.user_id, self.user("E01"))
        self.assertFalse(self.send("E01", "answer", self.last, words="用旧批"))
