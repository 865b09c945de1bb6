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
        with self.at("2026-12-02 14:00"), self.refused("was rejected: 压花方向反"):
            self.rest("pad_workshop").workorder_ids.button_start()
        with self.at("2026-12-03 08:30"):
            self.by(self.env["gendan.deviation.decide"], SALESPERSON).create({
                "deviation_id": deviation.id, "decision": "concession",
                "concession_amount": PACKS / 100, "answer": "按原压花生产",
                "customer_message": "12-02 21:30: OK, USD 0.01 per pack off, 12-10"}
            ).action_confirm()
            order = self.by(self.order, SALESPERSON)
            order.action_open_revision("让步 0.01/包")
            order.order_line.price_unit = 0.54
            order.action_submit()
        with self.at("2026-12-03 10:00"):
            self.verify(self.order, MERCHANDISER)
            self.by(self.order, FINANCE).action_sign_finance()
            self.by(self.order, MANAGER).action_sign_sales_manager()
        self.assertEqual(self.order.sudo().revision_id.change_class, "commercial")
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

    def test_the_sales_manager_decides_for_her(self):
        with self.at("2026-12-01 08:40"):
            article = self.trial()
        with self.at("2026-12-01 09:00"):
            self.by(article, MANAGER).action_accept()
        self.assertEqual(article.decided_by_id, self.user(MANAGER))
