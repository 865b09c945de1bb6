"""Edges of the daily review and of tasks beside S15 (D7, D12)."""

from base64 import b64encode

from lxml import etree
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import FollowupCase, moment

FANG, NA, PLANNER, MANAGER = "E10", "E11", "E09", "E01"


class DeskCase(FollowupCase):
    def submitted(self, due="2026-12-30", **values):
        """An open order of 李娜, entered by 吴婷."""
        order = self.new_order("E04", "C02", [("F11", 1200, 0.85)], due,
                               destination="Melbourne", **values)
        order.action_submit()
        return order

    def review(self, number=NA):
        return self.env["gendan.daily.review"].with_user(self.user(number)).with_company(
            self.company)

    def stand_in(self, principal, deputy, first="2026-12-09 00:00", last="2026-12-09 23:59"):
        self.env["gendan.deputy"].sudo().create({
            "principal_id": self.user(principal).id, "deputy_id": self.user(deputy).id,
            "date_from": moment(first), "date_to": moment(last)})


@tagged("post_install", "-at_install")
class TestDailyReview(DeskCase):
    """李娜 looks at every order, once a day, and nobody in her place by accident."""

    def test_nothing_open_is_one_click(self):
        with self.at("2026-12-09 16:10"):
            review = self.review().browse(self.review().action_start()["res_id"])
            self.assertFalse(review.line_ids)
            review.action_finish()
        self.assertRecordValues(review, [{"state": "done", "order_count": 0}])

    def test_opened_twice_is_one_sheet(self):
        with self.at("2026-12-09 16:10"):
            first = self.review().action_start()["res_id"]
            self.assertEqual(self.review().action_start()["res_id"], first)
            with self.refused("gendan_daily_review_once", IntegrityError):
                self.review().create({})

    def test_one_key_for_all_that_needs_no_word(self):
        with self.at("2026-12-08 09:00"):
            red = self.submitted("2026-12-08")
            self.submitted(), self.submitted()
        with self.at("2026-12-09 16:10"):
            review = self.review().create({})
            self.assertEqual(review.line_ids[0].order_id, red, "overdue on top")
            review.action_review_green()
            left = review.line_ids.filtered(lambda line: not line.is_reviewed)
            self.assertEqual(left.order_id, red)
            with self.refused(f"2 of 3 orders are reviewed; left: {red.name}"):
                review.action_finish()
            left.action_reviewed("今天催生产")
            review.action_finish()
        self.assertEqual((review.state, left.note), ("done", "今天催生产"))

    def test_overdue_then_showroom_then_flagged_then_the_rest(self):
        with self.at("2026-12-08 09:00"):
            plain = self.submitted("2026-12-20")
            flagged = self.submitted("2026-12-30")
            self.by(flagged, NA).is_flagged = True
            overdue = self.submitted("2026-12-08")
        with self.at("2026-12-09 16:10"):
            review = self.review().create({})
        self.assertEqual(review.line_ids.order_id.ids, [overdue.id, flagged.id, plain.id])

    def test_sixty_orders(self):
        with self.at("2026-12-08 09:00"):
            orders = self.env["sale.order"].concat(*(self.submitted() for _n in range(60)))
        with self.at("2026-12-09 16:10"):
            review = self.review().create({})
            self.assertEqual(review.line_ids.order_id, orders)
            review.action_review_green()
            review.action_finish()
        self.assertEqual(review.reviewed_count, 60)

    def test_only_a_merchandiser_has_one(self):
        for number in (PLANNER, MANAGER, "E04", "E12"):
            with self.subTest(number=number), self.at("2026-12-09 16:10"):
                with self.refused("", (AccessError, Exception)):
                    self.review(number).create({})

    def test_nobody_writes_marks_times_or_days(self):
        with self.at("2026-12-08 09:00"):
            self.submitted()
        with self.at("2026-12-09 16:10"):
            review = self.review().create({})
            for values in ({"state": "done"}, {"finished_at": moment("2026-12-09 16:20")},
                           {"day": "2026-12-08"}, {"user_id": self.user(FANG).id},
                           {"minutes": 15}):
                with self.subTest(values=values), self.refused("noted|reckoned", Exception):
                    review.write(values)
            for values in ({"is_reviewed": True}, {"risk": "green"}):
                with self.subTest(values=values), self.refused("", Exception):
                    review.line_ids.write(values)
            with self.refused("", Exception):
                review.line_ids.unlink()

    def test_another_merchandisers_sheet_is_not_even_read(self):
        with self.at("2026-12-09 16:10"):
            review = self.review().create({})
        self.assertFalse(self.review(FANG).search([("id", "=", review.id)]))
        self.assertTrue(self.review(PLANNER).search([("id", "=", review.id)]))
        with self.refused("", AccessError):
            self.by(review, PLANNER).plan = "改"

    def test_the_hour_is_a_setting(self):
        with self.at("2026-12-08 09:00"):
            self.submitted()
        self.company.review_hour = 20
        for time, count in (("19:59", 0), ("20:00", 1)):
            with self.at(f"2026-12-09 {time}"):
                self.env["gendan.daily.review"]._cron_missing()
            self.assertEqual(self.env["gendan.daily.review"].search_count([]), count, time)

    def test_forgotten_and_made_up_for(self):
        with self.at("2026-12-08 09:00"):
            self.submitted()
        with self.at("2026-12-09 17:45"):
            self.env["gendan.daily.review"]._cron_missing()
        missing = self.env["gendan.daily.review"].search([])
        with self.at("2026-12-09 18:00"):
            self.assertEqual(self.review().action_start()["res_id"], missing.id)
            mine = self.by(missing, NA)
            mine.line_ids.action_reviewed()
        with self.at("2026-12-09 18:10"):
            mine.action_finish()
        self.assertRecordValues(missing, [{"state": "done", "minutes": 10}])
        self.assertFalse(missing.activity_ids, "the plan manager need not ask any more")

    def test_yesterdays_sheet_stays_missing_and_today_has_its_own(self):
        with self.at("2026-12-08 09:00"):
            self.submitted()
        with self.at("2026-12-09 17:45"):
            self.env["gendan.daily.review"]._cron_missing()
        with self.at("2026-12-10 00:10"):
            review = self.review().browse(self.review().action_start()["res_id"])
        self.assertEqual((str(review.day), review.state), ("2026-12-10", "open"))

    def test_whose_orders_a_stand_in_looks_at(self):
        with self.at("2026-12-08 09:00"):
            order = self.submitted()
        self.stand_in(NA, FANG)
        with self.at("2026-12-09 16:10"):
            self.assertIn(order, self.review(FANG).create({}).line_ids.order_id)

    def test_archived_merchandiser_owes_nothing(self):
        with self.at("2026-12-08 09:00"):
            self.submitted()
        self.user(NA).sudo().active = False
        with self.at("2026-12-09 17:45"):
            self.env["gendan.daily.review"]._cron_missing()
        self.assertFalse(self.env["gendan.daily.review"].search([]))

    def test_each_company_has_its_own_evening(self):
        """17:45 in Shanghai is the morning in Berlin: nobody there owes a sheet yet (X1)."""
        other = self.env["res.company"].create({
            "name": "Berlin", "uses_gendan": True, "gendan_tz": "Europe/Berlin"})
        asked = []
        self.patch(self.registry["gendan.daily.review"], "_note_missing",
                   lambda _self, company, day: asked.append((company, str(day))))
        with self.at("2026-12-09 17:45"):
            self.env["gendan.daily.review"]._cron_missing()
        self.assertIn((self.company, "2026-12-09"), asked)
        self.assertNotIn(other, [company for company, _day in asked])
        asked.clear()
        with self.at("2026-12-10 00:45"):
            self.env["gendan.daily.review"]._cron_missing()
        self.assertEqual([row for row in asked if row[0] in (other, self.company)],
                         [(other, "2026-12-09")])


@tagged("post_install", "-at_install")
class TestResting(DeskCase):
    """An order on which no step is done is told on the board (D4.1)."""

    def idle(self, order):
        rows = self.env["gendan.today"].with_user(self.user(NA)).with_company(
            self.company).board()["rows"]
        return next(row["idle"] for row in rows if row["id"] == order.id)

    def test_three_working_days_and_the_companys_own_number(self):
        with self.at("2026-11-23 09:00"):
            order = self.submitted()
            self.make_valid_from_submitted(order)
        for days, clock, told in ((3, "2026-11-26 08:00", 0), (3, "2026-11-27 08:00", 3),
                                  (5, "2026-11-28 08:00", 0), (5, "2026-11-30 08:00", 5)):
            self.company.idle_days = days
            with self.subTest(clock), self.at(clock):
                self.assertEqual(self.idle(order), told)

    def make_valid_from_submitted(self, order):
        self.verify(order, NA)
        self.by(order, "E07").action_sign_finance()
        self.by(order, "E02").action_sign_sales_manager()


@tagged("post_install", "-at_install")
class TestFlag(DeskCase):
    """Which orders need attention is said by merchandiser and managers (D9.1)."""

    def test_who_marks(self):
        with self.at("2026-12-08 09:00"):
            order = self.submitted()
            for number in (NA, "E02", PLANNER, MANAGER):
                with self.subTest(number=number):
                    self.by(order, number).action_flag()
                    self.assertTrue(order.is_flagged)
                    self.by(order, number).action_flag()
                    self.assertFalse(order.is_flagged)

    def test_nobody_marks_his_own_order(self):
        with self.at("2026-12-08 09:00"):
            order = self.submitted()
            mine = self.by(order, "E04")
            for step in (mine.action_flag, lambda: mine.write({"is_flagged": True})):
                with self.refused("is not yours to mark → 李娜 does it"):
                    step()
            mine.write({"is_flagged": False})
            with self.refused("is not yours to mark"):
                self.submitted(is_flagged=True)
        self.assertFalse(order.is_flagged)

    def test_the_button_is_there_for_whose_part_it_is(self):
        for number, shown in ((NA, True), ("E02", True), ("E04", False), ("E07", False)):
            arch = self.env["sale.order"].with_user(self.user(number)).get_view(
                self.env.ref("sale.view_order_form").id, "form")["arch"]
            self.assertEqual('name="action_flag"' in arch, shown, number)


@tagged("post_install", "-at_install")
class TestTask(DeskCase):
    """徐志强 asks; the person asked answers, declines, or is late (D12)."""

    def ask(self, number=NA, kind="data", asker=PLANNER, due="2026-12-09 15:00"):
        task = self.env["gendan.task"].with_user(self.user(asker)).with_company(
            self.company).create({"kind": kind, "question": "延误清单",
                                  "addressee_id": self.user(number).id, "due_at": moment(due)})
        task.action_ask()
        return task

    def test_two_are_asked_each_answers(self):
        with self.at("2026-12-09 11:00"):
            one, two = self.ask(NA), self.ask(FANG)
            self.by(one, NA).action_answer("见附件")
            self.assertEqual((one.state, two.state), ("answered", "asked"))
            with self.refused("was not asked of you → 王芳 answers"):
                self.by(two, NA).action_answer("一样")

    def test_due_in_the_past_or_of_nobody(self):
        with self.at("2026-12-09 11:00"):
            with self.refused("due in the past"):
                self.ask(due="2026-12-09 10:59")
            with self.refused("say who is to do it"):
                task = self.env["gendan.task"].with_user(self.user(PLANNER)).with_company(
                    self.company).create({"question": "?", "due_at": moment("2026-12-10 11:00")})
                task.action_ask()

    def test_a_file_alone_is_an_answer(self):
        with self.at("2026-12-09 11:00"):
            task = self.ask()
            with self.refused("write the answer or attach the file"):
                self.by(task, NA).action_answer(" ")
            self.by(task, NA).action_answer(file=b64encode(b"a;b").decode(), file_name="a.csv")
        self.assertEqual((task.answer, task.answer_ids.file_name), ("a.csv", "a.csv"))
        self.assertEqual(task.activity_ids.user_id, self.user(PLANNER), "who asked is told")

    def test_the_answer_wizard_is_the_same_door(self):
        with self.at("2026-12-09 11:00"):
            task = self.ask()
            for number in (FANG, PLANNER):
                wizard = self.env["gendan.answer.wizard"].with_user(self.user(number)).create(
                    {"task_id": task.id, "answer": "好"})
                with self.subTest(number=number), self.refused("was not asked of you"):
                    wizard.action_confirm()

    def test_declined_and_asked_again(self):
        with self.at("2026-12-09 11:00"):
            task = self.ask(kind="task")
            self.by(task, NA).action_decline("监柜")
            self.by(task, PLANNER).action_ask()
            self.assertEqual(task.state, "asked")
            self.by(task, NA).action_answer("已完成")
            self.by(task, PLANNER).action_return()
        self.assertEqual(task.state, "returned")

    def test_late_by_the_minute(self):
        with self.at("2026-12-09 11:00"):
            in_time, late = self.ask(), self.ask()
        with self.at("2026-12-09 15:00"):
            self.assertFalse(in_time.is_overdue)
            self.by(in_time, NA).action_answer("好")
        with self.at("2026-12-09 15:01"):
            self.by(late, NA).action_answer("好")
        with self.at("2026-12-10 09:00"):
            self.by(in_time, NA).action_answer("更正")
        self.assertEqual((in_time.is_answered_late, late.is_answered_late), (False, True),
                         "a correction does not make the answer late")

    def test_who_closes_and_who_takes_back(self):
        with self.at("2026-12-09 11:00"):
            task = self.ask(asker=MANAGER)
            with self.refused("", Exception):
                self.by(task, NA).action_cancel("忙")
            self.by(task, NA).action_answer("好")
            for number in (NA, FANG):
                with self.subTest(number=number), self.refused("", Exception):
                    self.by(task, number).action_return()
            self.by(task, MANAGER).action_return()
            with self.refused("cannot become|kept as it is"):
                self.by(task, NA).action_answer("晚了")

    def test_the_person_who_stands_in_answers(self):
        with self.at("2026-12-09 11:00"):
            task = self.ask()
            self.stand_in(NA, FANG)
            self.by(task, FANG).action_answer("代答")
        self.assertEqual(task.answer_ids.user_id, self.user(FANG))

    def mine(self, number):
        """What stands in the menu "Asked of me"."""
        action = self.env.ref("gendan_followup.action_task_mine")
        tree = etree.fromstring(action.search_view_id.arch)
        domain = safe_eval(tree.xpath("//filter[@name='mine']")[0].get("domain"),
                           {"uid": self.user(number).id})
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["gendan.task"].with_user(self.user(number)).with_company(
            self.company).search(domain)

    def test_who_stands_in_is_told_and_finds_it(self):
        """Absent users have deputies (X8)."""
        with self.at("2026-12-08 11:00"):
            before = self.ask(due="2026-12-09 15:00")
        self.stand_in(NA, FANG)
        with self.at("2026-12-09 11:00"):
            task = self.ask()
            self.assertEqual(task.activity_ids.user_id, self.user(NA) | self.user(FANG))
            self.assertEqual(self.mine(FANG), before | task)
            self.by(task, FANG).action_answer("代答")
            self.assertEqual(task.activity_ids.user_id, self.user(PLANNER))
            self.assertEqual(self.mine(FANG), before)
        with self.at("2026-12-10 11:00"):
            self.assertFalse(self.mine(FANG))
            self.assertEqual(self.mine(NA), before)

    def test_no_answer_is_written_by_hand(self):
        with self.at("2026-12-09 11:00"):
            task = self.ask()
            with self.refused("", Exception):
                self.env["gendan.task.answer"].with_user(self.user(NA)).create(
                    {"task_id": task.id, "answer": "好"})
            for values in ({"answer": "好"}, {"state": "answered"}):
                with self.subTest(values=values), self.refused("", Exception):
                    self.by(task, PLANNER).write(values)
            with self.refused("kept as it is"):
                self.by(task, PLANNER).due_at = moment("2026-12-20 15:00")
