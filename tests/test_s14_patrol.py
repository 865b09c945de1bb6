"""S14: patrol finding escalated (Tuesday 2026-12-08), and the facts of its two incidents."""

from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import moment, photo
from odoo.addons.gendan_followup.tests.shop_floor import ShopFloorCase

MERCHANDISER, OPERATOR, QUALITY, PLAN_MANAGER = "E11", "E18", "E20", "E09"


@tagged("stories")
class TestS14Patrol(ShopFloorCase):
    """李娜 finds the bear upside down on 围兜线; 罗刚 runs on after 冯雪's stop."""

    def setUp(self):
        super().setUp()
        self.machine = self.ref("machine_bib")
        self.lot = self.env["stock.lot"].search([
            ("name", "=", "L2611-08"), ("product_id", "=", self.ref("RM08").id)])
        self.patrols = self.as_user("gendan.patrol", MERCHANDISER)
        with self.at("2026-12-08 10:15"):
            self.finding = self.patrols.create({
                "area": "machine", "kind": "print", "workcenter_id": self.machine.id,
                "notice_line_id": self.line.id, "lot_id": self.lot.id,
                "description": "小熊印反", "photo": photo()})

    def tablet(self, records):
        return self.held(self.by(records, "pad_workshop"), OPERATOR)

    def stopped(self):
        """1018 to 1026: told, stop at 3,200, it stands at 3,800."""
        with self.at("2026-12-08 10:18"):
            self.finding.told_id = self.ref(OPERATOR)
            log = self.tablet(self.env["gendan.abnormality"]).create({
                "workcenter_id": self.machine.id, "notice_line_id": self.line.id,
                "lot_id": self.lot.id, "description": "小熊印反", "counter": 3100})
        with self.at("2026-12-08 10:22"):
            self.by(log, QUALITY).action_instruct("stop", 3200)
        with self.at("2026-12-08 10:26"):
            self.tablet(log).action_stop(3800)
        return log

    def test_1_the_stop_and_600_pieces(self):
        log = self.stopped()
        self.assertRecordValues(self.finding, [{
            "state": "open", "user_id": self.user(MERCHANDISER).id, "lot_id": self.lot.id,
            "patrolled_at": moment("2026-12-08 10:15"), "told_id": self.ref(OPERATOR).id}])
        self.assertTrue(self.finding.photo)
        self.assertRecordValues(log, [{
            "employee_id": self.ref(OPERATOR).id, "device": self.user("pad_workshop").name,
            "event_at": moment("2026-12-08 10:18"), "instruction": "stop",
            "instructed_by_id": self.ref(QUALITY).id,
            "instructed_at": moment("2026-12-08 10:22"), "counter_at_instruction": 3200,
            "stopped_by_id": self.ref(OPERATOR).id, "stopped_at": moment("2026-12-08 10:26"),
            "counter_at_stop": 3800, "ran_on_count": 600}])
        # the figures of incidents A and B (items 3 and 4)
        self.assertEqual((log.counter_at_instruction * 12, log.ran_on_count * 12), (38400, 7200))
        with self.subTest("what QC said is not said again"), self.refused("closed|Closed"):
            self.by(log, QUALITY).action_instruct("go_on", 3800)

    def test_1_no_incoming_check_of_the_lot(self):
        """Incident A stands on this: nobody checked L2611-08 in."""
        self.assertFalse(self.env["gendan.check.sheet"].search([("lot_id", "=", self.lot.id)]))

    def test_2_escalated_answered_looked_at_again(self):
        self.stopped()
        with self.at("2026-12-08 10:35"), self.refused("nothing was done about it yet"):
            self.finding.action_close("好了")
        with self.at("2026-12-08 10:40"):
            self.finding.action_escalate("整批印反, 车间解决不了")
            with self.refused("was escalated: 徐志强 answers before it is closed"):
                self.finding.action_close("好了")
        self.assertEqual(self.finding.activity_ids.user_id, self.user(PLAN_MANAGER))
        with self.at("2026-12-08 11:05"):
            self.by(self.finding, PLAN_MANAGER).action_answer(
                "封存 L2611-08, 用旧批, 向 V02 索赔")
        self.assertFalse(self.finding.activity_ids)
        with self.at("2026-12-09 09:00"):
            self.by(self.finding, MERCHANDISER).action_close("复查: 旧批方向正确")
        self.assertRecordValues(self.finding, [{
            "state": "closed", "escalated_at": moment("2026-12-08 10:40"),
            "answered_by_id": self.user(PLAN_MANAGER).id,
            "answered_at": moment("2026-12-08 11:05"),
            "closed_by_id": self.user(MERCHANDISER).id,
            "closed_at": moment("2026-12-09 09:00")}])
        with self.refused("closed|Closed"):
            self.by(self.finding, MERCHANDISER).description = "没有事"

    def test_5_nothing_abnormal_and_an_idea(self):
        with self.at("2026-12-08 14:30"):
            walk = self.patrols.create({"area": "machine", "kind": "fine"})
            idea = self.patrols.create({
                "area": "raw_store", "kind": "idea", "description": "印刷方向箭头贴卷芯"})
            idea.action_escalate("建议")
        self.assertRecordValues(walk, [{"state": "closed", "is_repeated": False}])
        with self.at("2026-12-08 16:00"):
            self.by(idea, PLAN_MANAGER).action_answer("12 月起执行")
        with self.at("2026-12-09 09:00"):
            self.by(idea, MERCHANDISER).action_close("已贴")
        self.assertEqual(idea.state, "closed")

    def test_5_the_third_of_a_kind_in_30_days(self):
        found = {"area": "machine", "kind": "print", "description": "印反"}
        with self.at("2026-12-20 10:00"):
            self.assertFalse(self.patrols.create(found).is_repeated)
        with self.at("2027-01-07 10:00"):
            self.assertTrue(self.patrols.create(found).is_repeated, "12-08, 12-20 and 01-07")
        with self.at("2027-02-01 10:00"):
            self.assertFalse(self.patrols.create(found).is_repeated, "two within 30 days")
