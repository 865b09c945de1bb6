from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError

from .shop_floor import ShopFloorCase


class TestMilestone(ShopFloorCase):
    """Planned, forecast and actual of every step, from the records (D4.1, D7.2)."""

    def refresh(self, clock="2026-11-30 02:00", notices=None):
        with self.at(clock):
            (notices or self.notice)._refresh_milestones()
        return {row.code: row for row in self.notice.milestone_ids}

    def test_planned_from_the_delivery_date(self):
        """C02's notice for 12-22: shipping on the day, production two working days before."""
        self.notice.kind = "export"
        rows = self.refresh()
        self.assertEqual(rows["ship"].planned.isoformat(), "2026-12-22")
        self.assertEqual(rows["made"].planned.isoformat(), "2026-12-19", "Sunday between")
        self.assertRecordValues(rows["sign"], [{
            "status": "done", "actual": fields.Date.to_date("2026-11-23")}])
        self.assertEqual(rows["first"].owner_id, self.user("E04"))
        self.assertEqual(self.notice.next_milestone, "stock")

    def test_own_kind_goes_first(self):
        self.notice.kind = "domestic"
        self.assertEqual(self.refresh()["made"].planned.isoformat(), "2026-12-21")

    def test_promise_of_the_keeper_puts_the_delivery_at_risk(self):
        need = self.new_need("RM06", 100)
        enquiry = self.as_user("gendan.eta.enquiry", "E11").create({"need_id": need.id})
        enquiry.action_ask()
        self.by(enquiry, "E14").action_answer(on_hand=0, promised_date="2026-12-24")
        rows = self.refresh()
        self.assertEqual(rows["raw"].forecast.isoformat(), "2026-12-24")
        self.assertTrue(self.notice.is_at_risk)
        self.assertEqual(self.notice.forecast_date.isoformat(), "2026-12-24")

    def test_first_promise_is_kept(self):
        self.refresh()
        self.notice.delivery_date = "2026-12-28"
        self.assertTrue(self.notice.milestones_stale)
        rows = self.refresh()
        self.assertEqual(self.notice.first_promise.isoformat(), "2026-12-22")
        self.assertEqual(rows["ship"].planned.isoformat(), "2026-12-28")
        self.assertEqual(rows["ship"].first_planned.isoformat(), "2026-12-22")

    def article(self):
        """Return a first article of the line, its sample taken out of the set-up."""
        self.company.sudo().trial_quantity = 0
        article = self.as_user("gendan.first.article", "E11").create({
            "notice_line_id": self.line.id, "workcenter_id": self.ref("machine_bib").id})
        article.action_present()
        self.take_sample(article, "E18")
        return article

    def stand(self):
        """Return what the line of dots says of the first article, and which step is open."""
        self.refresh()
        self.notice.invalidate_recordset(["milestone_line"])
        row = next(one for one in self.notice.milestone_line if one["key"] == "first")
        return row.get("note"), row["who"], self.next_at_machine()

    def next_at_machine(self):
        """Return the first step at the machine that is open; materials have tests of their own."""
        return self.notice.milestone_ids.sorted("sequence").filtered(
            lambda row: row.status not in ("done", "none")
            and row.code in ("plan", "first", "made"))[:1].code

    def test_who_stands_at_the_machine_is_planned_no_more(self):
        """Not the plan is next once the sample was taken, but whoever decides (D4.1)."""
        self.assertEqual(self.stand(), (None, "吴婷", "plan"))
        article = self.article()
        self.assertEqual(self.stand(), ("Sample sent", "吴婷", "first"))
        self.assertEqual(self.refresh()["plan"].status, "none")
        self.by(article, "E04").action_reject("封口偏 4 mm")
        self.assertEqual(self.stand(), ("Rejected", "李娜", "first"))
        deviation = self.as_user("gendan.deviation", "E11").create({
            "notice_line_id": self.line.id, "workcenter_id": self.ref("machine_bib").id,
            "question": "封口偏 4 mm"})
        deviation.action_ask()
        self.assertEqual(self.stand(), ("Rejected", "刘大伟", "first"))
        self.by(deviation, "E12").action_cannot("7 天")
        self.assertEqual(self.stand(), ("Rejected", "李娜", "first"))
        self.by(deviation, "E11").action_relay()
        self.assertEqual(self.stand(), ("Rejected", "吴婷", "first"))
        with self.subTest("a plan that was begun stays a step"):
            self.env["gendan.plan.line"].sudo().create({
                "workcenter_id": self.ref("machine_bib").id, "day": "2026-12-14",
                "quantity": 1000, "notice_line_id": self.line.id})
            self.assertEqual(self.stand()[2], "plan")

    def test_late_from_the_day_after(self):
        self.notice.kind = "domestic"
        day = self.refresh()["stock"].planned
        self.refresh(f"{day} 12:00")
        self.assertFalse(self.notice.is_late)
        self.refresh(f"{fields.Date.add(day, days=1)} 00:01")
        self.assertTrue(self.notice.is_late)
        self.assertEqual(self.notice.blocked_by, "stock")

    def test_one_policy_for_every_screen(self):
        """Fresh rows are read, what changed since is judged at once: both say the same."""
        self.notice.kind = "domestic"
        planned = self.refresh()["stock"].planned
        for clock, state in ((f"{planned} 12:00", "on_time"),
                             (f"{fields.Date.add(planned, days=1)} 00:01", "late"),
                             ("2026-12-23 08:00", "at_risk")):
            with self.subTest(clock), self.at(clock):
                live = self.notice._milestone_states()[self.notice.id]
                self.notice._refresh_milestones()
                stored = self.notice._milestone_states()[self.notice.id]
                self.assertEqual(live, stored)
                self.assertEqual(stored["state"], state)
                self.assertEqual((stored["next"], stored["owner"]), ("stock", "李娜"))
        self.assertEqual(stored["blocker"], "stock")
        self.assertTrue(stored["blocker_label"])
        self.notice.state = "done"
        self.assertEqual(self.notice._milestone_states()[self.notice.id]["state"], "done")

    def test_an_order_that_does_not_move(self):
        """D4.1: signed on Monday 11-23; Tuesday to Thursday nothing: flagged on Friday."""
        for clock, days in (("2026-11-23 18:00", 0), ("2026-11-24 08:00", 0),
                            ("2026-11-26 08:00", 2), ("2026-11-27 08:00", 3),
                            ("2026-11-30 08:00", 5)):
            for refreshed in (False, True):
                with self.subTest(clock), self.at(clock):
                    if refreshed:
                        self.notice._refresh_milestones()
                    state = self.notice._milestone_states()[self.notice.id]
                    self.assertEqual((state["idle_days"], state["is_idle"]), (days, days >= 3))

    def test_states_cost_the_same_for_many(self):
        counts = []
        # what is asked once in a server's life
        self.notice._milestone_states()
        for batch, size in ((1, 3), (2, 10)):
            notices = self.notice.concat(*(
                self.new_notice(f"SC-{batch}-{n:04d}") for n in range(size)))
            for stale in (True, False):
                self.refresh(notices=notices)
                notices.milestones_stale = stale
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                with self.at("2026-11-30 02:00"):
                    notices._milestone_states()
                counts.append(self.env.cr.sql_log_count - before)
        for few, many in zip(counts[:2], counts[2:], strict=True):
            self.assertLessEqual(many, few, "ten cost what three cost")
        # notice, company, milestones (2), working days since the last movement (4), owner (2)
        self.assertLessEqual(counts[1], 10, "what is fresh is only read")
        self.assertLess(counts[1], counts[0])

    def test_real_progress_moves_the_forecast(self):
        """D4.7: planned for 12-17 and nothing made: two days later it ends after 12-17."""
        self.notice.sudo().state = "released"
        self.line.sudo().released_quantity = 6000
        self.draft_production("E12", self.line, 6000)
        with self.at("2026-12-14 09:30"):
            line = self.as_user("gendan.plan.line", "E11").create({
                "workcenter_id": self.ref("machine_bib").id, "day": "2026-12-17",
                "notice_line_id": self.line.id, "quantity": 6000})
            line.action_propose()
            self.by(line, "E12").action_confirm_production()
            self.by(line, "E13").action_confirm_packaging()
        self.assertEqual(self.refresh("2026-12-17 08:00")["made"].forecast.isoformat(),
                         "2026-12-19", "planned by the calendar for the 19th")
        # 6,000 packs are 800 minutes: two days of 480 after Saturday 12-19
        self.assertEqual(self.refresh("2026-12-20 08:00")["made"].forecast.isoformat(),
                         "2026-12-22")

    def test_nobody_types_a_milestone(self):
        row = self.refresh()["made"]
        for number in ("E09", "E10", "E11", "E12"):
            with self.subTest(number), self.refused("written by", AccessError):
                self.by(row, number).write({"actual": "2026-12-01"})

    def test_nightly_job_goes_on_where_it_was(self):
        # the test's own cursor must not be committed
        progress = patch.object(self.env.registry["ir.cron"], "_commit_progress",
                                lambda *_args, **_kwargs: 1)
        with progress, self.at("2026-11-30 02:00"):
            self.env["gendan.production.notice"]._cron_refresh_milestones()
            self.assertEqual(self.notice.milestones_on.isoformat(), "2026-11-30")
            self.assertFalse(self.notice.milestones_stale)
            before = self.env.cr.sql_log_count
            self.env["gendan.production.notice"]._cron_refresh_milestones()
            self.assertLess(self.env.cr.sql_log_count - before, 15, "done is not done again")

    def test_a_run_that_is_cut_off_goes_on(self):
        """Cut off after two of five: those are done, and the next run does only the others."""
        notices = self.notice.concat(*(self.new_notice(f"SC-CUT-{n}") for n in range(4)))
        others = self.env["gendan.production.notice"].search([("id", "not in", notices.ids)])
        others.write({"milestones_stale": False, "milestones_on": "2026-11-30"})
        seen, refresh = [], type(self.notice)._refresh_milestones

        def remember(records):
            seen.append(len(records))
            return refresh(records)

        def stop(_self, processed=0, **_kwargs):
            return 0 if processed else 1

        registry, module = self.env.registry, "odoo.addons.gendan_followup.models.desk"
        with patch(f"{module}.production_notice.BATCH", 2), patch.object(
                registry["gendan.production.notice"], "_refresh_milestones", remember), \
                self.at("2026-11-30 02:00"):
            for expected in (2, 2, 1, 0):
                seen.clear()
                with patch.object(registry["ir.cron"], "_commit_progress", stop):
                    self.env["gendan.production.notice"]._cron_refresh_milestones()
                self.assertEqual(sum(seen), expected)
        self.assertFalse(notices.filtered("milestones_stale"))
        self.assertEqual(set(notices.mapped("milestones_on")), {fields.Date.to_date("2026-11-30")})

    def test_constant_queries(self):
        """Ten notices cost what three cost."""
        counts = []
        for batch, size in ((1, 3), (2, 10)):
            notices = self.notice.concat(*(
                self.new_notice(f"SC-{batch}-{n:04d}") for n in range(size)))
            self.env.flush_all()
            self.refresh(notices=notices)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.refresh(notices=notices)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
