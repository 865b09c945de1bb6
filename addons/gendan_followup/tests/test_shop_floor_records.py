"""Abnormality log with QC's stop and the counters, patrols (L-O2, D13, S14)."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import moment, photo
from .shop_floor import ShopFloorCase


@tagged("adversary")
class TestAbnormality(ShopFloorCase):
    """S14: 罗刚 runs on from 3,200 to 3,800 after 冯雪's stop."""

    def note(self, number="E20", counter=3100, **values):
        return self.as_user("gendan.abnormality", number).create({
            "workcenter_id": self.ref("machine_bib").id, "notice_line_id": self.line.id,
            "description": "小熊印反", "counter": counter, **values})

    def test_the_stop_and_what_ran_on(self):
        with self.at("2026-12-08 10:18"):
            record = self.note()
        with self.at("2026-12-08 10:22"):
            self.by(record, "E20").action_instruct("stop", 3200)
        with self.at("2026-12-08 10:26"):
            self.by(record, "E12").action_stop(3800)
        self.assertRecordValues(record, [{
            "state": "closed", "counter_at_instruction": 3200, "counter_at_stop": 3800,
            "ran_on_count": 600, "instructed_by_id": self.ref("E20").id,
            "instructed_at": moment("2026-12-08 10:22"),
            "stopped_at": moment("2026-12-08 10:26")}])

    def test_on_a_shared_device_the_badge_says_who(self):
        with self.refused("show your badge"):
            self.note("pad_workshop")
        record = self.held(self.as_user("gendan.abnormality", "pad_workshop"), "E18").create({
            "workcenter_id": self.ref("machine_bib").id, "description": "异响", "counter": 10})
        self.assertRecordValues(record, [{
            "employee_id": self.ref("E18").id, "device": self.user("pad_workshop").name,
            "is_late": False}])

    def test_entered_afterwards(self):
        with self.at("2026-12-08 14:00"):
            record = self.note(event_at=moment("2026-12-08 10:18"))
            with self.refused("has not come yet"):
                self.note(event_at=moment("2026-12-08 15:00"))
        self.assertRecordValues(record, [{
            "is_late": True, "event_at": moment("2026-12-08 10:18"),
            "recorded_at": moment("2026-12-08 14:00")}])

    def test_counters(self):
        with self.refused("shows -1: a counter is never below zero"):
            self.note(counter=-1)
        for absurd in (10 ** 12, 100_000_000, "3100", 31.5):
            with self.subTest(counter=absurd), self.refused("is no figure of a counter"):
                self.note(counter=absurd)
        record = self.note()
        with self.refused("shows -5"):
            self.by(record, "E20").action_instruct("stop", -5)
        with self.refused("stood at 3100 when it was seen and cannot be 3000 now"):
            self.by(record, "E20").action_instruct("stop", 3000)
        self.by(record, "E20").action_instruct("stop", 3200)
        with self.refused("stood at 3200 at QC's instruction and cannot be 3199"):
            self.by(record, "E12").action_stop(3199)
        self.assertEqual(record.state, "instructed")

    def test_whose_part(self):
        record = self.note()
        for number in ("E12", "E10", "E13"):
            with self.subTest(number), self.refused("it is the part of Quality control"):
                self.by(record, number).action_instruct("go_on", 3300)
        with self.refused("", AccessError):
            self.note("E05")
        with self.refused("cannot record in the name of"):
            self.note("E20", employee_id=self.ref("E18").id)

    def test_nobody_rewords_what_another_told(self):
        """X5: it stands under the name of whoever told it, until QC has spoken and after."""
        device = self.held(self.as_user("gendan.abnormality", "pad_workshop"), "E18")
        record = device.create({
            "workcenter_id": self.ref("machine_bib").id, "description": "小熊印反",
            "counter": 3100})
        for number in ("E20", "E12", "E10", "E13"):
            for values in ({"description": "没事"}, {"counter": 1}, {"photo": photo()},
                           {"workcenter_id": self.ref("machine_wet1").id}):
                with self.subTest(user=number, values=str(values)), self.refused(
                        "罗刚 told it and corrects it"):
                    self.by(record, number).write(values)
        with self.refused("罗刚 told it and corrects it"):
            self.held(self.by(record, "pad_workshop"), "E17").counter = 5
        with self.refused("shows -1: a counter is never below zero"):
            self.held(self.by(record, "pad_workshop"), "E18").counter = -1
        self.held(self.by(record, "pad_workshop"), "E18").counter = 3110
        self.by(record, "E20").notice_line_id = self.line
        self.assertRecordValues(record, [{
            "description": "小熊印反", "counter": 3110, "employee_id": self.ref("E18").id}])

    def test_it_is_evidence(self):
        record = self.note(photo=photo())
        for values in ({"state": "closed"}, {"instructed_by_id": self.ref("E20").id},
                       {"counter_at_stop": 1}, {"event_at": "2026-12-01 00:00:00"}):
            with self.subTest(str(values)), self.refused("noted by the server"):
                self.by(record, "E20").write(values)
        self.by(record, "E20").action_instruct("stop", 3200)
        with self.refused("it is kept as it is"):
            self.by(record, "E20").description = "没事"
        with self.refused("never deleted|it is kept"):
            record.sudo().unlink()


@tagged("adversary")
class TestPatrol(ShopFloorCase):
    """李娜 walks; what she cannot solve goes to 徐志强, and both close it."""

    def walk(self, number="E11", **values):
        return self.as_user("gendan.patrol", number).create({"area": "machine", **values})

    def finding(self, **values):
        return self.walk(kind="print", description="小熊印反", photo=photo(), **values)

    def test_nothing_abnormal_is_one_step(self):
        with self.at("2026-12-08 14:30"):
            patrol = self.walk()
        self.assertRecordValues(patrol, [{
            "kind": "fine", "state": "closed", "user_id": self.user("E11").id,
            "patrolled_at": moment("2026-12-08 14:30")}])

    def test_escalated_and_closed_together(self):
        """S14 items 1 and 2."""
        with self.at("2026-12-08 10:15"):
            patrol = self.finding()
        with self.refused("nothing was done about it yet"):
            patrol.action_close("看过")
        with self.at("2026-12-08 10:40"):
            patrol.action_escalate("整批印反, 车间解决不了")
        self.assertEqual(patrol.activity_ids.user_id, self.user("E09"))
        with self.refused("was escalated: 徐志强 answers before it is closed"):
            patrol.action_close("好了")
        with self.refused("it is the part of Plan manager"):
            patrol.action_answer("封存")
        with self.at("2026-12-08 11:05"):
            self.by(patrol, "E09").action_answer("封存该批, 用旧批, 向 V02 索赔")
        with self.at("2026-12-09 09:00"):
            self.by(patrol, "E11").action_close("已换旧批")
        self.assertRecordValues(patrol, [{
            "state": "closed", "answered_by_id": self.user("E09").id,
            "escalated_at": moment("2026-12-08 10:40"),
            "answered_at": moment("2026-12-08 11:05"),
            "closed_at": moment("2026-12-09 09:00")}])
        with self.refused("it is kept as it is"):
            patrol.sudo().description = "?"

    def test_out_of_hours_it_goes_up_all_the_same(self):
        """D13.3 edge: on Sunday night, on the list of the plan manager for that very day."""
        with self.at("2026-12-13 22:40"):
            patrol = self.finding()
            patrol.action_escalate("夜班, 整批印反")
        self.assertRecordValues(patrol, [{
            "state": "escalated", "escalated_at": moment("2026-12-13 22:40")}])
        self.assertRecordValues(patrol.activity_ids, [{"user_id": self.user("E09").id}])

    def test_the_plan_manager_is_on_leave(self):
        """D13.3 edge: to whom he named, who answers as himself; after his leave to him again."""
        with self.at("2026-12-08 08:00"):
            self.env["gendan.deputy"].with_user(self.user("E09")).create({
                "principal_id": self.user("E09").id, "deputy_id": self.user("E10").id,
                "date_from": moment("2026-12-08 08:00"), "date_to": moment("2026-12-12 08:00")})
        with self.at("2026-12-09 10:40"):
            patrol = self.finding()
            patrol.action_escalate("整批印反")
            self.assertEqual(patrol.activity_ids.user_id, self.user("E10"))
            with self.refused("was escalated: 王芳 answers before it is closed"):
                patrol.action_close("好了")
            self.by(patrol, "E10").action_answer("封存该批")
        self.assertEqual(patrol.answered_by_id, self.user("E10"))
        with self.at("2026-12-12 08:00"):
            later = self.finding()
            later.action_escalate("又是印反")
        self.assertEqual(later.activity_ids.user_id, self.user("E09"))

    def test_on_leave_without_a_deputy(self):
        """PM absent → GM, as long as it lasts."""
        resource = self.ref("E09").sudo().resource_id
        self.env["resource.calendar.leaves"].sudo().create({
            "name": "年假", "resource_id": resource.id, "calendar_id": resource.calendar_id.id,
            "date_from": moment("2026-12-08 00:00"), "date_to": moment("2026-12-09 23:59")})
        for clock, boss in (("2026-12-09 10:40", "E01"), ("2026-12-10 10:40", "E09")):
            with self.subTest(clock), self.at(clock):
                patrol = self.finding()
                patrol.action_escalate("整批印反")
                self.assertEqual(patrol.activity_ids.user_id, self.user(boss))

    def test_without_a_plan_manager_the_general_manager(self):
        self.user("E09").sudo().active = False
        patrol = self.finding()
        patrol.action_escalate("整批印反")
        self.assertEqual(patrol.activity_ids.user_id, self.user("E01"))
        self.by(patrol, "E01").action_answer("封存该批")
        self.assertEqual(patrol.answered_by_id, self.user("E01"))

    def test_an_idea_is_answered_as_well(self):
        """S14 item 5."""
        idea = self.walk(kind="idea", description="印刷方向箭头贴卷芯")
        idea.action_escalate("建议")
        self.by(idea, "E09").action_answer("采用")
        self.by(idea, "E11").action_close("已贴")
        self.assertFalse(idea.is_repeated)

    def test_solved_at_the_source(self):
        patrol = self.finding()
        with self.refused("say it in one sentence"):
            patrol.action_solve(" ")
        patrol.action_solve("换卷, 首卷复查")
        patrol.action_close("10 分钟后正常")
        self.assertEqual(patrol.state, "closed")

    def test_the_third_one_in_30_days(self):
        days = ("2026-11-08 10:00", "2026-12-01 11:00", "2026-12-08 09:30", "2026-12-08 10:15")
        found = []
        for day in days:
            with self.at(day):
                found.append(self.finding())
        self.assertEqual([one.is_repeated for one in found], [False, False, True, True])
        with self.at("2026-12-08 11:00"):
            self.assertFalse(self.walk(kind="seal", description="?").is_repeated)

    def test_how_often_is_the_companys(self):
        self.company.sudo().write({"patrol_repeats": 2, "patrol_repeat_days": 7})
        found = []
        for day in ("2026-12-01 11:00", "2026-12-09 09:30", "2026-12-10 10:15"):
            with self.at(day):
                found.append(self.finding().is_repeated)
        self.assertEqual(found, [False, False, True])
        self.company.sudo().patrol_repeats = 0
        with self.at("2026-12-10 11:00"):
            self.assertFalse(self.finding().is_repeated)

    def test_what_was_seen_is_whose_walk_it_was(self):
        """X5: no other one rewords a finding, and nobody writes it away."""
        found = []
        for day in ("2026-12-08 09:30", "2026-12-08 10:15", "2026-12-08 11:00"):
            with self.at(day):
                found.append(self.finding(workcenter_id=self.ref("machine_bib").id) if found[1:]
                             else self.walk(kind="seal" if found else "print",
                                            description="小熊印反"))
        patrol = found[1]
        for number in ("E10", "E09", "E01"):
            for values in ({"description": "没事"}, {"kind": "idea"}, {"area": "dock"},
                           {"photo": False}):
                with self.subTest(user=number, values=str(values)), self.refused(
                        "李娜 saw it and corrects it"):
                    self.by(patrol, number).write(values)
        with self.refused("something was found. Solve it, or escalate it"):
            self.by(patrol, "E11").kind = "fine"
        self.assertFalse(patrol.is_repeated)
        self.by(patrol, "E11").kind = "print"
        self.assertTrue(patrol.is_repeated, "reckoned again")
        self.by(patrol, "E10").told_id = self.ref("E12")
        self.assertEqual(patrol.told_id, self.ref("E12"))

    def test_always_at_the_same_hour(self):
        for day in ("05", "07", "08"):
            with self.at(f"2026-12-{day} 14:10"):
                self.assertFalse(self.walk().is_pattern)
        with self.at("2026-12-09 14:40"):
            self.assertTrue(self.walk().is_pattern)
        with self.at("2026-12-09 09:00"):
            self.assertFalse(self.walk().is_pattern)

    def test_whose_part(self):
        for number in ("E12", "E20", "E05", "E14"):
            with self.subTest(number), self.refused("", AccessError):
                self.walk(number)
        with self.refused("Say what you saw"):
            self.walk(kind="print")
        patrol = self.finding()
        for values in ({"state": "closed"}, {"patrolled_at": "2026-12-01 00:00:00"},
                       {"is_repeated": True}, {"plan_answer": "ok"}):
            with self.subTest(str(values)), self.refused("noted by the server"):
                patrol.write(values)
