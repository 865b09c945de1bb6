"""To-dos: who must act now finds it in his own list, and nobody else does (D1.1, X8)."""

from datetime import date
from unittest.mock import patch

from odoo.tools import mute_logger

from odoo.addons.mail.tools.discuss import Store

from .common import FollowupCase


class TestRevisionTodo(FollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.revisions = cls.env["gendan.revision"]
        cls.revisions.search([])._sync_todos()

    # ------------------------------------------------------------------ verbs

    def order(self, at="2026-11-23 09:10"):
        """Enter and submit the order of S01."""
        with self.at(at):
            order = self.new_order("E03", "C01", [("F02", 40800, 0.62)], "2026-12-22")
            order.with_user(self.user("E03")).action_submit()
        return order

    def sync(self, at="2026-11-23 12:00"):
        """Let the job run, without its commits."""
        self.env.flush_all()
        with self.at(at):
            self.revisions.search([("todo_stale", "=", True)])._sync_todos()

    def todos(self, order):
        """Return the to-dos of ``order`` as a set of (kind, name of who is asked)."""
        order.invalidate_recordset()
        names = {type_: kind for kind, type_ in self.revisions._todo_types().items()}
        activities = self.env["mail.activity"].search([
            ("res_model", "=", "sale.order"), ("res_id", "=", order.id)])
        return {(names[activity.activity_type_id], activity.user_id.name)
                for activity in activities}

    def deputise(self, absent, present, until="2026-12-01 00:00:00"):
        """Name a deputy from now on, as HR."""
        self.by(self.env["gendan.deputy"], "E27").create({
            "principal_id": self.user(absent).id, "deputy_id": self.user(present).id,
            "date_to": until})

    # ------------------------------------------------------------ the steps

    def test_each_step_moves_the_todo_to_who_must_act(self):
        order = self.order()
        self.sync()
        self.assertEqual(self.todos(order), {("verify", "王芳")})
        self.by(order, "E10").action_return("尺寸方向")
        self.sync()
        self.assertEqual(self.todos(order), {("correct", "陈立")})
        self.by(order, "E03").action_submit()
        self.verify(order, "E10")
        self.sync()
        self.assertEqual(self.todos(order), {
            ("sign_finance", "钱敏"), ("sign_sales_manager", "周建国")})
        self.by(order, "E07").action_sign_finance()
        self.sync()
        self.assertEqual(self.todos(order), {("sign_sales_manager", "周建国")})
        self.by(order, "E02").action_sign_sales_manager()
        self.sync()
        self.assertEqual(self.todos(order), {("release", "王芳")})
        self.by(order.notice_id, "E10").action_check_stock()
        self.sync()
        self.assertEqual(self.todos(order), {("release", "王芳")}, "40,800 are short")
        self.by(order.notice_id, "E10").action_release()
        self.sync()
        self.assertEqual(self.todos(order), set())

    def test_stock_that_covers_everything_leaves_nothing_to_do(self):
        with self.at("2026-11-24 09:00"):
            order = self.new_order("E05", "C06", [("F01", 240, 4.2)], "2026-11-26")
            self.make_valid(order)
            self.by(order.notice_id, "E10").action_check_stock()
        self.sync()
        self.assertEqual(self.todos(order), set())

    def test_a_signature_withdrawn_is_asked_again(self):
        order = self.order()
        self.verify(order, "E10")
        self.by(order, "E07").action_sign_finance()
        self.by(order, "E07").action_withdraw_signature()
        self.sync()
        self.assertIn(("sign_finance", "钱敏"), self.todos(order))

    def test_withdrawn_and_cancelled_orders_wait_for_nobody(self):
        order = self.order()
        self.sync()
        self.by(order, "E03").action_withdraw_submission()
        self.sync()
        self.assertEqual(self.todos(order), set())
        self.by(order, "E03").action_submit()
        self.sync()
        self.by(order, "E03")._action_cancel()
        self.sync()
        self.assertEqual(self.todos(order), set())

    def test_a_drafted_change_leaves_the_release_to_do(self):
        order = self.order()
        self.verify(order, "E10")
        self.by(order, "E07").action_sign_finance()
        self.by(order, "E02").action_sign_sales_manager()
        self.by(order, "E03").action_open_revision("perhaps more")
        order.sudo().revision_id.todo_stale = True
        self.sync()
        self.assertEqual(self.todos(order), {("release", "王芳")})
        self.by(order, "E03").action_submit()
        self.sync()
        self.assertEqual(self.todos(order), {("verify", "王芳")})

    def test_a_notice_on_hold_is_not_released(self):
        order = self.order()
        self.verify(order, "E10")
        self.by(order, "E07").action_sign_finance()
        self.by(order, "E02").action_sign_sales_manager()
        self.sync()
        self.by(order.notice_id, "E10").action_hold("等客户")
        self.sync()
        self.assertEqual(self.todos(order), set())
        self.by(order.notice_id, "E10").action_resume()
        self.sync()
        self.assertEqual(self.todos(order), {("release", "王芳")})

    # ------------------------------------------------------------ the persons

    def test_deputies_are_asked_too_while_they_stand_in(self):
        order = self.order()
        with self.at("2026-11-23 10:00"):
            self.deputise("E10", "E11")
            self.deputise("E07", "E08")
        self.sync()
        self.assertEqual(self.todos(order), {("verify", "王芳"), ("verify", "李娜")})
        with self.at("2026-11-23 11:00"):
            self.verify(order, "E11")
        self.sync()
        self.assertEqual(self.todos(order), {
            ("sign_finance", "钱敏"), ("sign_finance", "何丽"), ("sign_sales_manager", "周建国")})
        with self.at("2026-12-02 09:00"):
            order.sudo().revision_id._sync_todos()
        self.assertEqual(self.todos(order), {
            ("sign_finance", "钱敏"), ("sign_sales_manager", "周建国")}, "his time is over")

    def test_the_refresh_follows_the_clock_and_puts_back_what_was_ticked_off(self):
        order = self.order()
        self.sync()
        self.env["mail.activity"].search([
            ("res_model", "=", "sale.order"), ("res_id", "=", order.id)]).unlink()
        with self.at("2026-11-23 13:00"):
            self.deputise("E10", "E11")
        with self.at("2026-11-23 14:00"), self.enter_registry_test_mode():
            self.env.ref("gendan_followup.cron_refresh_todos").method_direct_trigger()
        self.assertEqual(self.todos(order), {("verify", "王芳"), ("verify", "李娜")})

    def test_the_sales_managers_own_order_is_signed_by_the_general_manager(self):
        with self.at("2026-11-23 09:00"):
            order = self.new_order("E02", "C01", [("F02", 40800, 0.62)], "2026-12-22",
                                   user_id=self.user("E02").id)
            order.with_user(self.user("E02")).action_submit()
        self.verify(order, "E10")
        self.sync()
        self.assertEqual(self.todos(order), {
            ("sign_finance", "钱敏"), ("sign_sales_manager", "沈国平")})

    def test_who_signed_finance_is_not_asked_as_sales_manager(self):
        self.user("E07").group_ids += self.env.ref("gendan_followup.group_sales_manager")
        self.user("E02").active = False
        order = self.order()
        self.verify(order, "E10")
        self.by(order, "E07").action_sign_finance()
        self.sync()
        self.assertNotIn("钱敏", {name for _kind, name in self.todos(order)})

    def test_a_reassigned_order_takes_its_todo_along(self):
        order = self.order()
        self.sync()
        with self.at("2026-11-23 10:00"):
            self.by(order, "E09").action_assign(self.user("E11").id, "交接")
        self.sync()
        self.assertEqual(self.todos(order), {("verify", "李娜")})

    def test_it_is_due_today_in_the_factory(self):
        """00:30 in Yiwu is still yesterday in UTC."""
        order = self.order("2026-11-23 23:50")
        self.sync("2026-11-24 00:30")
        activity = self.env["mail.activity"].search([
            ("res_model", "=", "sale.order"), ("res_id", "=", order.id)])
        self.assertEqual(activity.date_deadline, date(2026, 11, 24))
        self.sync("2026-11-25 09:00")
        self.assertEqual(activity.date_deadline, date(2026, 11, 24), "it gets older, not newer")

    def test_everybody_sees_his_own_in_his_list(self):
        self.order()
        self.sync()
        systray = self.by(self.env["res.users"], "E10")._get_activity_groups()
        self.assertIn("sale.order", [group["model"] for group in systray])

    # ------------------------------------------------------------ the job

    def test_a_step_only_wakes_the_job(self):
        """A signature has no query to spare: all it does is to be remembered."""
        order = self.order()
        self.verify(order, "E10")
        self.sync()
        self.env.cr.postcommit.clear()
        self.env.cr.postcommit.data.clear()
        before = self.env["mail.activity"].search_count([])
        self.by(order, "E07").action_sign_finance()
        self.assertEqual(self.env["mail.activity"].search_count([]), before)
        self.assertTrue(order.revision_id.todo_stale)
        self.assertEqual(len(self.env.cr.postcommit._funcs), 1)
        self.by(order, "E07").action_withdraw_signature()
        self.assertEqual(len(self.env.cr.postcommit._funcs), 1, "once for a transaction")

    def test_the_job_works_through_everything(self):
        orders = [self.order() for _ in range(3)]
        with patch("odoo.addons.gendan_followup.models.foundation.revision_todo.BATCH", 2), \
                self.at("2026-11-23 12:00"), self.enter_registry_test_mode():
            self.env.ref("gendan_followup.cron_todos").method_direct_trigger()
        self.assertEqual([self.todos(order) for order in orders], [{("verify", "王芳")}] * 3)
        self.assertFalse(self.revisions.search_count([("todo_stale", "=", True)]))

    def test_a_job_writes_in_the_companys_language(self):
        """Core runs a job without a language, and what it wrote was English."""
        spoken = []
        self.env.company.partner_id.lang = "zh_CN"
        with patch.object(self.env.registry["ir.actions.server"], "run",
                          lambda action: spoken.append(action.env.context.get("lang"))), \
                self.enter_registry_test_mode():
            for job in ("gendan_followup.cron_todos", "base.autovacuum_job"):
                self.env.ref(job).method_direct_trigger()
        self.assertEqual(spoken, ["zh_CN", None], "core's own jobs are left alone")

    def test_the_chatter_knows_what_a_todo_is_called(self):
        order = self.order()
        self.sync()
        todo = self.env["mail.activity"].search(
            [("res_model", "=", "sale.order"), ("res_id", "=", order.id)])
        sent = Store().add(todo).get_result()["mail.activity"]
        self.assertEqual([one["display_name"] for one in sent],
                         [todo.activity_type_id.display_name])

    def test_one_that_fails_does_not_stop_the_others(self):
        bad, good = self.order(), self.order()
        real = type(self.revisions)._todos

        def failing(revision):
            if revision == bad.revision_id:
                raise ValueError("broken")
            return real(revision)

        with patch.object(type(self.revisions), "_todos", failing), mute_logger(
                "odoo.addons.gendan_followup.models.foundation.revision_todo"):
            self.revisions.search([("todo_stale", "=", True)])._sync_or_log()
        self.assertEqual(self.todos(good), {("verify", "王芳")})
        self.assertTrue(bad.revision_id.todo_stale)

    def test_many_cost_hardly_more_than_one(self):
        orders = [self.order() for _ in range(12)]
        self.env.flush_all()
        counts = []
        for batch in (orders[:1], orders[1:11]):
            revisions = self.env["sale.order"].union(*batch).revision_id
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            revisions._sync_todos()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        # asking who must act takes its queries per order; making the activities does not
        self.assertLessEqual(counts[1], counts[0] + 9 * 12)

    # ------------------------------------------------------------ the hold

    def hold_messages(self, notice):
        """Return the messages of the hold subtype, newest first."""
        return notice.message_ids.filtered(
            lambda message: message.subtype_id == self.env.ref(
                "gendan_followup.subtype_notice_hold"))

    def tell(self):
        """Let the job tell the holds."""
        with self.enter_registry_test_mode():
            self.env.ref("gendan_followup.cron_todos").method_direct_trigger()

    def released(self):
        """Return a released notice."""
        order = self.order()
        self.verify(order, "E10")
        self.by(order, "E07").action_sign_finance()
        self.by(order, "E02").action_sign_sales_manager()
        return self.release(order)

    def test_a_hold_is_told_to_everybody_who_works_from_the_notice(self):
        notice = self.released()
        self.by(notice, "E10").action_hold("膜的颜色不对")
        self.assertFalse(self.hold_messages(notice), "not inside the step")
        self.tell()
        message = self.hold_messages(notice)
        self.assertEqual(len(message), 1)
        self.assertIn("膜的颜色不对", message.body)
        told = {self.user(number).partner_id for number in (
            "E12", "E13", "E14", "E15", "E16", "E20", "E21")}
        self.assertLessEqual(told, set(message.notified_partner_ids))
        self.by(notice, "E10").action_resume()
        self.tell()
        self.assertEqual(len(self.hold_messages(notice)), 2)
        self.assertNotIn("膜的颜色不对", self.hold_messages(notice)[0].body)

    def test_a_submitted_change_is_told_as_a_hold(self):
        notice = self.released()
        order = self.by(notice.order_id, "E03")
        order.action_open_revision("more")
        order.order_line.product_uom_qty = 48000
        order.action_submit()
        self.tell()
        self.assertEqual(len(self.hold_messages(notice)), 1)

    def test_a_hold_before_the_release_concerns_nobody_in_the_workshop(self):
        order = self.order()
        self.verify(order, "E10")
        self.by(order, "E07").action_sign_finance()
        self.by(order, "E02").action_sign_sales_manager()
        self.by(order.notice_id, "E10").action_hold("等客户")
        self.tell()
        self.assertFalse(self.hold_messages(order.notice_id))
