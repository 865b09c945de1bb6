from odoo.tests import tagged

from .common import FollowupVerbs, moment
from .print_case import PrintCase

SHOWROOM, MERCHANDISER, PRODUCTION = "E06", "E11", "E12"


@tagged("post_install", "-at_install")
class TestDeskPapers(FollowupVerbs, PrintCase):
    """样品申请单, 客户联络记录 and 日整理表 of form 13 as they come out of the printer (X10)."""

    def paper(self, name, records, number):
        return self.printed(f"gendan_followup.report_{name}", records, number, lang="zh_CN")

    def enter(self, model, number, **values):
        return self.env[model].with_user(self.user(number)).with_company(
            self.company).create(values)

    def test_sample_request(self):
        with self.at("2026-11-24 10:00"):
            request = self.enter(
                "gendan.sample.request", SHOWROOM, product_id=self.ref("F13").id, quantity=30,
                wanted_date="2026-11-28", purpose="visit", remark="周六来看样")
            request.action_request()
            self.by(request, MERCHANDISER).action_accept("2026-11-27")
        pages = self.paper("sample_request", request, SHOWROOM)
        self.assertEqual(len(pages), 1)
        for word in (request.name, "F13", "30", "2026-11-28", "2026-11-27", "林小燕", "李娜",
                     "2026-11-24 10:00", "周六来看样", "店面-义乌"):
            self.assertIn(word, pages[0])

    def test_customer_contact(self):
        with self.at("2026-11-28 15:00"):
            entry = self.enter(
                "gendan.customer.log", SHOWROOM, kind="feedback", visitor="宁波采购商",
                product_id=self.ref("F13").id, showroom_id=self.ref("showroom_yiwu").id,
                question="口袋再深 2 cm", addressee_id=self.user(PRODUCTION).id,
                due_at=moment("2026-11-30 17:00"))
            entry.action_ask()
        with self.at("2026-11-30 09:00"):
            self.by(entry, PRODUCTION).action_answer("口袋加深, 下批试做")
        pages = self.paper("customer_log", entry, SHOWROOM)
        self.assertEqual(len(pages), 1)
        for word in ("宁波采购商", "口袋再深 2 cm", "刘大伟", "2026-11-30 17:00",
                     "口袋加深, 下批试做", "2026-11-28 15:00"):
            self.assertIn(word, pages[0])

    def test_daily_review(self):
        with self.at("2026-12-09 09:00"):
            order = self.new_order("E04", "C02", [("F11", 1200, 0.85)], "2026-12-30",
                                   destination="Melbourne")
            order.action_submit()
        with self.at("2026-12-09 16:10"):
            review = self.enter("gendan.daily.review", MERCHANDISER)
            review.line_ids.action_reviewed(note="催签字")
        self.assertIn(order.name, self.paper("daily_review", review, MERCHANDISER)[0])
        with self.at("2026-12-09 16:18"):
            review.plan = "明天先排围兜线"
            review.action_finish()
        pages = self.paper("daily_review", review, "E09")
        self.assertEqual(len(pages), 1)
        for word in (order.name, "李娜", "2026-12-09 16:10", "2026-12-09 16:18", "8", "催签字",
                     "明天先排围兜线"):
            self.assertIn(word, pages[0])
