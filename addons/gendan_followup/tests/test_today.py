import logging
from time import perf_counter
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from ..models.desk import today as today_module
from ..models.desk.today_version import OWN
from .common import FollowupCase
from .packaging_case import PackagingCase

_logger = logging.getLogger(__name__)
MERCHANDISER, OTHER, SELLER = "E10", "E11", "E05"


@tagged("post_install", "-at_install")
class TestToday(FollowupCase):
    """今日: who must act now, what is next, and what the lights say (D4.1, D9.1)."""

    def ordered(self, packs=240, customer="C06", due="2026-12-05", **values):
        return self.new_order(SELLER, customer, [("F01", packs, 8.9)], due, **values)

    def board(self, number=MERCHANDISER, **options):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["gendan.today"].with_user(self.user(number)).with_company(
            self.company).board(**options)

    def row(self, order, number=MERCHANDISER, **options):
        return next(row for row in self.board(number, **options)["rows"]
                    if row["id"] == order.id)

    def light(self, row, key):
        return next(light for light in row["lights"] if light["key"] == key)

    def test_from_verification_to_release(self):
        with self.at("2026-11-24 09:00"):
            order = self.ordered(30000)
            self.assertFalse(self.board()["rows"], "a draft is the salesperson's")
            order.action_submit()
            row = self.row(order)
            self.assertEqual((row["group"], row["action"]["label"]), ("me", "Verify"))
            self.verify(order, MERCHANDISER)
            row = self.row(order)
            self.assertEqual((row["group"], row["action"]["kind"]), ("others", "nudge"))
            self.assertIn("周建国", row["who"])
            self.assertEqual(self.light(row, "sign")["state"], "amber")
            self.assertEqual(self.light(row, "made")["state"], "grey")
            self.by(order, "E07").action_sign_finance()
            self.by(order, "E02").action_sign_sales_manager()
            row = self.row(order)
            self.assertEqual((row["group"], row["action"]["method"]),
                             ("me", "action_check_stock"))
            self.notice_of(order, MERCHANDISER).action_check_stock()
            row = self.row(order)
            self.assertEqual(row["action"]["method"], "action_release")
            self.assertEqual(self.light(row, "stock")["state"], "green")
            self.notice_of(order, MERCHANDISER).action_release()
            row = self.row(order)
        self.assertEqual((row["group"], row["action"]["label"]), ("me", "Order packaging"))
        self.assertEqual(self.light(row, "raw")["text"], "水刺布 平纹 亲水 45g: from stock")
        self.assertEqual(self.light(row, "plate")["state"], "green", "a regular version")
        self.assertEqual(self.light(row, "made")["text"], "0 of 18,000 made")

    def bare_first_article(self):
        """Return an order at the machine, its sample out of the set-up, presented only."""
        for code in ("RM01", "RM12", "PK02_v3", "PK08_v2"):
            self.put(code, 99000)
        order = self.ordered(30000)
        self.make_valid(order)
        self.release(order)
        self.company.sudo().trial_quantity = 0
        return order, self.open_first_article(self.notice_of(order, MERCHANDISER).line_ids)

    def assert_next(self, order, label, record=None, who=""):
        row = self.row(order)
        self.assertEqual((row["action"]["label"], row["who"]), (label, who))
        self.assertEqual(row["group"], "others" if who else "me")
        if record:
            self.assertEqual((row["action"]["model"], row["action"]["id"]),
                             (record._name, record.id))
        return self.light(row, "first")

    def test_a_first_article_waits_for_its_sample_and_the_salesperson(self):
        with self.at("2026-11-24 09:00"):
            order, article = self.bare_first_article()
            self.assert_next(order, "Take the sample", article)
            self.take_sample(article)
            light = self.assert_next(order, "Remind", who=article.salesperson_id.name)
            self.assertEqual(light["state"], "amber")
            self.accept(article)
            self.assertEqual(self.light(self.row(order), "first")["state"], "green")
            self.assertNotIn(self.row(order)["action"]["label"], ("Plan it", "Take the sample"))

    def test_what_is_on_hand_is_read_before_the_machine_tries_it(self):
        """After that the keeper's answer is news only where the rest comes later (D2.5)."""
        with self.at("2026-11-24 09:00"):
            order, article = self.bare_first_article()
            notice = self.notice_of(order, MERCHANDISER)
            # more than is made of it: something is left to ask the keeper for
            need = self.env["gendan.need"].sudo().create({
                "notice_line_id": notice.line_ids.id, "product_id": self.ref("RM05").id,
                "gross": 100})
            question = self.by(self.env["gendan.eta.enquiry"], MERCHANDISER).create({
                "need_id": need.id})
            question.action_ask()
            self.by(question, "E14").action_answer(on_hand=need.net)
            self.take_sample(article)
            self.assert_next(order, "Remind", who=article.salesperson_id.name)
            self.by(question, "E14").action_answer(on_hand=0, promised_date="2026-12-01")
            self.assertEqual(self.row(order)["action"]["label"], "Read the keeper's answer")

    def test_after_a_rejection_the_cause_is_mended_and_a_new_sample_taken(self):
        """Production first, then the salesperson; each is named on the board (D5.4–D5.6)."""
        with self.at("2026-11-24 09:00"):
            order, article = self.bare_first_article()
            self.take_sample(article)
            self.by(article, SELLER).action_reject("封口偏 4 mm")
            light = self.assert_next(order, "Rejected: tell production", article)
            self.assertEqual(light["state"], "red")
            self.assertIn("封口偏 4 mm", light["text"])
            deviation = self.by(self.env["gendan.deviation"], MERCHANDISER).create({
                "notice_line_id": article.notice_line_id.id,
                "workcenter_id": article.workcenter_id.id, "question": "封口偏 4 mm"})
            deviation.action_ask()
            self.assert_next(order, "Remind", who=self.user("E12").name)
            self.by(deviation, "E12").action_cannot("压花辊 7 天")
            self.assert_next(order, "Pass the deviation on", deviation)
            self.by(deviation, MERCHANDISER).action_relay()
            self.assert_next(order, "Remind", who=self.user(SELLER).name)
            self.by(self.env["gendan.deviation.decide"], SELLER).create({
                "deviation_id": deviation.id, "decision": "accept", "customer_message": "OK",
                "answer": "按原压花生产"}).action_confirm()
            self.assert_next(order, "Take a new sample", article)
            again = self.by(article, MERCHANDISER).action_open_again()["context"]
            self.assertEqual(again["default_notice_line_id"], article.notice_line_id.id)
            self.open_first_article(article.notice_line_id)
            self.assert_next(order, "Take the sample")

    def test_showroom_and_flagged_come_first(self):
        with self.at("2026-11-24 09:00"):
            plain, flagged = self.ordered(due="2026-12-01"), self.ordered(due="2026-12-20")
            (plain | flagged).action_submit()
            self.assertEqual([row["id"] for row in self.board()["rows"]],
                             [plain.id, flagged.id])
            self.by(flagged, MERCHANDISER).action_flag()
            self.assertEqual([row["id"] for row in self.board()["rows"]],
                             [flagged.id, plain.id])
            with self.refused("is not yours to mark"):
                self.by(plain, SELLER).action_flag()

    def test_risk_tabs_search_and_kind(self):
        with self.at("2026-11-24 09:00"):
            near, far = self.ordered(due="2026-11-25"), self.ordered(due="2026-12-20")
            (near | far).action_submit()
            self.assertEqual(self.row(near)["state"], "on_time", "nothing is planned before")
        with self.at("2026-11-25 09:00"):
            row = self.row(near)
            self.assertEqual((row["state"], row["behind"]), ("late", "Signatures"))
        with self.at("2026-11-26 09:00"):
            board = self.board()
            self.assertEqual(board["counts"], {"me": 2, "others": 0, "risk": 1, "all": 2})
            # the order's own page and the job say the same: one policy
            self.assertEqual(near._milestone_states()[near.id]["state"], "at_risk")
            near.sudo().notice_id._refresh_milestones()
            self.assertEqual(self.board()["counts"]["risk"], 1)
            self.assertEqual([row["id"] for row in self.board(tab="risk")["rows"]], [near.id])
            self.assertEqual([row["id"] for row in self.board(search=far.name)["rows"]], [far.id])
            self.assertEqual(self.board(kind="export")["total"], 0)
            with self.refused("There is no tab"):
                self.board(tab="x")

    def test_each_sees_his_own_and_a_manager_all(self):
        with self.at("2026-11-24 09:00"):
            mine = self.ordered()
            hers = self.new_order("E06", "showroom", [("F12", 60, 4.5)], "2026-12-02")
            (mine.sudo() | hers.sudo())[0].with_user(self.user(SELLER)).action_submit()
            hers.with_user(self.user("E06")).action_submit()
            self.assertEqual([r["id"] for r in self.board()["rows"]], [mine.id])
            self.assertEqual([r["id"] for r in self.board(OTHER)["rows"]], [hers.id])
            self.assertEqual({r["id"] for r in self.board("E09")["rows"]}, {mine.id, hers.id})

    def test_a_small_customer_wants_a_second_voice(self):
        with self.at("2026-11-24 09:00"):
            order = self.new_order(MERCHANDISER, "C09", [("F01", 24, 9.2)], "2026-12-05",
                                   user_id=False)
            order.with_user(self.user(MERCHANDISER)).action_submit()
            self.assertEqual(self.row(order)["group"], "others")
            row = self.row(order, OTHER)
            self.assertEqual((row["group"], row["action"]["label"]), ("me", "Verify"))

    def test_nudge_reaches_who_is_awaited(self):
        with self.at("2026-11-24 09:00"):
            order = self.ordered()
            order.action_submit()
            self.verify(order, MERCHANDISER)
            names = self.env["gendan.today"].with_user(self.user(MERCHANDISER)).with_company(
                self.company).nudge(order.id)
        self.assertIn("钱敏", names)
        notice = order.sudo().notice_id
        message = notice.message_ids[0]
        self.assertEqual(message.author_id, self.user(MERCHANDISER).partner_id)
        self.assertIn(self.user("E07").partner_id, message.partner_ids)
        todo = notice.activity_ids.filtered(lambda todo: "王芳 asks" in (todo.summary or ""))
        self.assertIn(self.user("E07"), todo.user_id)
        with self.at("2026-11-24 10:00"):
            self.env["gendan.today"].with_user(self.user(MERCHANDISER)).with_company(
                self.company).nudge(order.id)
        self.assertEqual(len(notice.activity_ids.filtered(
            lambda todo: "王芳 asks" in (todo.summary or ""))), len(todo), "one to-do, not two")

    def test_nobody_reminds_himself_or_nobody(self):
        with self.at("2026-11-24 09:00"):
            order = self.ordered()
            order.action_submit()
            today = self.env["gendan.today"].with_user(self.user(MERCHANDISER)).with_company(
                self.company)
            with self.refused("waits for nobody by name"):
                today.nudge(order.id)
            with self.assertRaises(AccessError):
                self.env["gendan.today"].with_user(self.user("E14")).nudge(order.id)

    def test_a_manager_sees_whose_turn_it_is(self):
        with self.at("2026-11-24 09:00"):
            order = self.ordered()
            order.action_submit()
            row = self.row(order, "E09")
            self.assertEqual((row["group"], row["who"]), ("others", "王芳"))
            self.verify(order, MERCHANDISER)
            row = self.row(order, "E02")
            self.assertEqual((row["group"], row["action"]["label"]), ("me", "Sign"))
            self.assertEqual(self.row(order, "E09")["group"], "others")

    def test_delivered_and_cancelled_leave_the_board(self):
        with self.at("2026-11-24 09:00"):
            order = self.ordered()
            order.action_submit()
            self.assertTrue(order.is_followed)
            order.with_user(self.user(SELLER)).sudo().action_cancel()
            self.assertFalse(order.is_followed)
            self.assertFalse(self.board()["rows"])

    def test_empty_company(self):
        board = self.board("E02")
        self.assertEqual(board["counts"], {"me": 0, "others": 0, "risk": 0, "all": 0})

    def test_two_companies_two_days(self):
        other = self.company.create({
            "name": "Los Angeles", "uses_gendan": True, "gendan_tz": "America/Los_Angeles"})
        manager = self.user("E09")
        manager.company_ids |= other
        with self.at("2026-11-25 09:00"):
            order = self.ordered(due="2026-11-25")
            order.action_submit()
            here = self.board("E09")
            there = self.env["gendan.today"].with_user(manager).with_context(
                allowed_company_ids=other.ids).with_company(other).board()
        self.assertEqual((here["today"], here["counts"]["all"]), ("2026-11-25", 1))
        self.assertEqual((there["today"], there["counts"]["all"]), ("2026-11-24", 0))
        self.assertIsNone(there["next"], "nothing of the other company")

    def test_archived_merchandiser(self):
        with self.at("2026-11-24 09:00"):
            order = self.ordered()
            order.action_submit()
            self.user(MERCHANDISER).active = False
            row = self.row(order, "E09")
            self.assertEqual(row["who"], "王芳", "it is still his: the plan manager reassigns")
            with self.refused("waits for nobody by name"):
                self.env["gendan.today"].with_user(self.user("E09")).with_company(
                    self.company).nudge(order.id)
            self.by(order, "E09").action_assign(self.user(OTHER).id, "王芳 离职")
            self.assertEqual(self.row(order, OTHER)["action"]["label"], "Verify")
            self.assertFalse(self.env["gendan.daily.review"].search([
                ("user_id", "=", self.user(MERCHANDISER).id)]))

    def clone(self, order, count):
        """Have ``count`` more open orders like this one, with their notices and milestones."""
        self.env.flush_all()
        first = self.env["sale.order"].search([], order="id desc", limit=1).id
        columns = {}
        for table in ("sale_order", "gendan_production_notice"):
            self.env.cr.execute(SQL(
                """SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0
                   AND NOT attisdropped""", table))
            columns[table] = [name for (name,) in self.env.cr.fetchall()]

        def insert(table, id_, **values):
            values = {"id": SQL("%s + g", id_), **values}
            names = columns[table]
            self.env.cr.execute(SQL(
                "INSERT INTO %s (%s) SELECT %s FROM %s o, generate_series(1, %s) g "
                "WHERE o.id = %s", SQL.identifier(table),
                SQL(", ").join(map(SQL.identifier, names)),
                SQL(", ").join(values.get(name, SQL.identifier("o", name)) for name in names),
                SQL.identifier(table), count, (order if table == "sale_order"
                                               else order.sudo().notice_id).id))

        notices = self.env["gendan.production.notice"].sudo().search(
            [], order="id desc", limit=1).id
        insert("sale_order", first, name=SQL("o.name || '-' || %s + g", first),
               access_token=SQL("NULL"), notice_id=SQL("NULL::int"))
        insert("gendan_production_notice", notices, name=SQL("o.name || '-' || %s + g", notices),
               order_id=SQL("%s + g", first))
        self.env.cr.execute(SQL(
            "UPDATE sale_order SET notice_id = id - %s + %s WHERE id > %s", first, notices, first))
        self.env.invalidate_all()

    def test_search_kind_and_pages_reach_beyond_the_first_screen(self):
        with self.at("2026-11-24 09:00"):
            order, far = self.ordered(), self.ordered(due="2027-03-05", client_order_ref="PO-FAR")
            (order | far).action_submit()
            self.clone(order, 60)
            board = self.board()
            self.assertEqual((board["counts"]["all"], board["total"], len(board["rows"])),
                             (62, 62, 40))
            self.assertNotIn(far.id, [row["id"] for row in board["rows"]])
            for options in ({"search": "PO-FAR"}, {"search": far.name}):
                board = self.board(**options)
                self.assertEqual([row["id"] for row in board["rows"]], [far.id])
                self.assertEqual(board["counts"], {"me": 1, "others": 0, "risk": 0, "all": 1})
            kind = self.board(kind=far.order_kind, limit=200)
            self.assertIn(far.id, [row["id"] for row in kind["rows"]])
            self.assertEqual(self.board(kind="export")["total"], 0)
            whole = [row["id"] for row in self.board(limit=200)["rows"]]
            parts = [row["id"] for offset in (0, 25, 50, 75)
                     for row in self.board(offset=offset, limit=25)["rows"]]
        self.assertEqual(parts, whole, "each once, in one order")

    def test_what_lies_further_off_is_as_the_job_judged_it(self):
        """Beyond the nearest deliveries the stored mark counts; these are judged at once."""
        with self.at("2026-11-24 09:00"):
            near, far = self.ordered(due="2026-11-25"), self.ordered(due="2026-11-26")
            (near | far).action_submit()
            (near | far).sudo().notice_id._refresh_milestones()
        with self.at("2026-11-27 09:00"):
            with patch.object(today_module, "JUDGED_AT_ONCE", 1):
                self.assertEqual(self.board()["counts"]["risk"], 1)
                far.sudo().notice_id._refresh_milestones()
                self.assertEqual(self.board()["counts"]["risk"], 2)
            near.sudo().notice_id.is_at_risk = False
            self.assertEqual(self.board()["counts"]["risk"], 2, "the present counts, not the mark")

    def test_the_version_watches_every_column_of_a_notice(self):
        """But those that the milestones themselves leave there."""
        [(body,)] = self.env.execute_query(SQL(
            "SELECT prosrc FROM pg_proc WHERE proname = 'gendan_versions'"))
        columns = {name for (name,) in self.env.execute_query(SQL(
            """SELECT attname FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped
               AND attrelid = 'gendan_production_notice'::regclass"""))}
        self.assertEqual({name for name in columns if f'"t"."{name}"' in body}, columns - OWN)

    def test_120_and_5000_open_orders_cost_the_same_queries(self):
        """The page is read, not the pile; 4,880 more orders are one longer statement (X12)."""
        with self.at("2026-11-24 09:00"):
            order = self.ordered()
            order.action_submit()
            order.sudo().notice_id._refresh_milestones()
            self.clone(order, 119)
            few, counts = self.count_board(), self.board()["counts"]
            self.assertEqual(counts["all"], 120)
            self.clone(order, 4880)
            started = perf_counter()
            many, counts = self.count_board(), self.board()["counts"]
            _logger.info("three boards of 5,000 orders: %.2f s", perf_counter() - started)
            self.assertEqual((counts["all"], counts["me"]), (5000, 5000))
            self.assertEqual(self.board(offset=4990)["rows"][0]["group"], "me")
        self.assertEqual(few, many)

    def count_board(self):
        self.board()  # warm the caches of the registry
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.env["gendan.today"].with_user(self.user(MERCHANDISER)).with_company(
            self.company).board(limit=2)
        return self.env.cr.sql_log_count - before

    def test_queries_do_not_grow_with_orders_or_history(self):
        with self.at("2026-11-24 09:00"):
            orders = self.env["sale.order"].concat(*(self.ordered(24) for _i in range(3)))
            orders.action_submit()
            few = self.count_board()
            history = self.env["sale.order"].concat(*(self.ordered(24) for _i in range(12)))
            history.action_submit()
            history[:6].sudo().action_cancel()
            self.assertEqual(self.count_board(), few)
        self.assertLess(few, 90)


class TestTodayShared(PackagingCase):
    """A purchase line that serves two orders: what the other has of it changes no light (D3)."""

    def test_the_others_share_is_no_part_of_a_light(self):
        orders = self.env["sale.order"].concat(*(
            self.released("E04", "C02", [("F11", 8000, 0.85)], "2026-12-28") for _i in range(2)))
        mine, other = orders.sudo()
        needs = orders.sudo().notice_id.need_ids.filtered(lambda need: need.kind == "bag")
        shares = [int(need.net) // 2 for need in needs]
        with self.at("2026-11-24 10:00"):
            self.draft(needs, sum(shares), shares=shares)
            before = self.judged(mine)
            theirs = needs.allocation_ids.filtered(
                lambda part: part.need_id.notice_id == other.notice_id)
            self.env.cr.execute(SQL(
                "UPDATE gendan_purchase_allocation SET quantity = quantity + 1 WHERE id = %s",
                theirs.id))
            self.assertEqual(self.judged(mine), before)
            own = (needs.allocation_ids - theirs).ensure_one()
            self.env.cr.execute(SQL(
                "UPDATE gendan_purchase_allocation SET quantity = quantity + 1 WHERE id = %s",
                own.id))
            self.assertNotEqual(self.judged(mine)[0], before[0], "his own is")

    def judged(self, order):
        """Return the version of an order, its lights and its state, judged from nothing."""
        self.env.flush_all()
        self.env.invalidate_all()
        return (self.env["gendan.today.version"]._of_orders(order.ids),
                self.env["gendan.today.light"]._all(order), order._milestone_states())
