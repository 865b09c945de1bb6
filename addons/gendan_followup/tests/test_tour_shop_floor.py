from odoo.tests import tagged

from .test_tour_order import TourCase

HOME, MACHINES = "/odoo/phone", "/odoo/machines"
PIN = "4711"


@tagged("post_install", "-at_install")
class TestTourShopFloor(TourCase):
    """The workshop's pages on a phone: first article, start check by badge, patrol (X11, X17)."""

    browser_size = "390x844"
    touch_enabled = True

    def released(self):
        order = self.new_order("E05", "C06", [("F04", 4000, 9.0)], "2027-12-20",
                               client_order_ref="BL-PHONE")
        self.make_valid(order)
        self.release(order)
        return order.sudo().notice_id

    def test_first_article_from_sample_to_release(self):
        """D5.1–D5.4: the merchandiser at the machine, the salesperson anywhere, then green."""
        notice = self.released()
        self.tour("E10", "gendan_article_phone", HOME)
        article = self.env["gendan.first.article"].search([("notice_id", "=", notice.id)])
        self.assertRecordValues(article, [{
            "decision": "pending", "sampled_by_id": self.user("E10").id, "trial_state": "done",
            "operator_id": self.ref("E17").id, "sample_quantity": 3, "result": "ok"}])
        self.assertTrue(article.sample_photo and article.bag_photo and article.code_photo)
        self.tour("E12", "gendan_machine_waits", MACHINES)
        self.tour("E05", "gendan_decide_phone", "/odoo/first-articles-to-decide")
        self.assertRecordValues(article, [{
            "decision": "accepted", "decided_by_id": self.user("E05").id}])
        self.tour("E12", "gendan_machine_runs", MACHINES)

    def test_deviation_from_the_machine(self):
        """D5.5: told at the machine, production cannot, on to the salesperson."""
        notice = self.released()
        self.tour("E10", "gendan_deviation_phone", MACHINES)
        deviation = self.env["gendan.deviation"].search([("notice_id", "=", notice.id)])
        self.assertRecordValues(deviation, [{
            "state": "asked", "asked_by_id": self.user("E10").id, "question": "封口偏 4 mm"}])
        self.assertTrue(deviation.photo)
        self.tour("E12", "gendan_deviation_answer", HOME)
        self.assertRecordValues(deviation, [{
            "production_result": "cannot", "production_by_id": self.user("E12").id}])
        self.tour("E10", "gendan_deviation_relay", HOME)
        self.assertEqual(deviation.relayed_to_id, self.user("E05"))

    def test_start_check_by_badge(self):
        """L-O1: 黄勇 with his PIN on the workshop's tablet."""
        notice = self.released()
        self.ref("E17").sudo().pin = PIN
        self.tour("pad_workshop", "gendan_start_check_phone", HOME)
        self.assertRecordValues(self.env["gendan.check.sheet"].search([
            ("notice_id", "=", notice.id), ("kind", "=", "start_check")]), [{
                "state": "closed", "employee_id": self.ref("E17").id,
                "device": self.user("pad_workshop").name, "is_late": False}])

    def test_patrol_escalated(self):
        """D13.1–D13.4: found, escalated, answered, closed together."""
        self.tour("E11", "gendan_patrol_phone", HOME)
        patrol = self.env["gendan.patrol"].search([("kind", "=", "print")], limit=1)
        self.assertRecordValues(patrol, [{
            "state": "escalated", "user_id": self.user("E11").id, "area": "machine"}])
        self.tour("E09", "gendan_patrol_answer", "/odoo/patrols")
        self.assertEqual(patrol.answered_by_id, self.user("E09"))
        self.tour("E11", "gendan_patrol_close", "/odoo/patrols")
        self.assertEqual(patrol.state, "closed")
        self.assertTrue(patrol.photo)
