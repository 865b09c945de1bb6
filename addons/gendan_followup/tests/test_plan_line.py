import psycopg2

from odoo import fields
from odoo.exceptions import AccessError

from .shop_floor import ShopFloorCase

CHECK = psycopg2.errors.CheckViolation


class TestPlanLine(ShopFloorCase):
    """A line of the plan has two voices, and stands once both are given (D2.9, D4.3, D4.4)."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-11-27 09:00"))

    def plan(self, number="E11", **values):
        """Draft a line for 围兜线, as employee ``number``."""
        return self.as_user("gendan.plan.line", number).create({
            "workcenter_id": self.ref("machine_bib").id,
            "day": fields.Date.to_date("2026-12-01"),
            "notice_line_id": self.line.id,
            "quantity": 6000,
            **values,
        })

    def confirmed(self):
        """Return a line that both sides have confirmed."""
        line = self.plan()
        line.action_propose()
        self.by(line, "E12").action_confirm_production()
        self.by(line, "E13").action_confirm_packaging()
        return self.by(line, "E11")

    def test_two_voices(self):
        with self.at("2026-11-30 09:40"):
            line = self.plan()
            line.action_propose()
        self.assertRecordValues(line, [{
            "state": "proposed", "proposed_by_id": self.user("E11").id,
            "company_id": self.company.id, "notice_id": self.notice.id}])
        with self.at("2026-11-30 09:45"):
            self.by(line, "E13").action_confirm_packaging()
            self.assertEqual(line.state, "proposed", "one voice is not enough")
        with self.at("2026-11-30 09:50"):
            self.by(line, "E12").action_confirm_production()
        self.assertRecordValues(line, [{
            "state": "confirmed",
            "packaging_by_id": self.user("E13").id,
            "packaging_at": fields.Datetime.to_datetime("2026-11-30 01:45:00"),
            "production_by_id": self.user("E12").id,
            "production_at": fields.Datetime.to_datetime("2026-11-30 01:50:00"),
        }])

    def test_only_ones_own_voice(self):
        line = self.plan()
        line.action_propose()
        for number in ("E11", "E09", "E13", "E03", "E20"):
            with self.subTest(number), self.refused(
                    r"cannot do this .*Production supervisor \(.*刘大伟"):
                self.by(line, number).action_confirm_production()
        for number in ("E11", "E12"):
            with self.subTest(number), self.refused("Packaging supervisor"):
                self.by(line, number).action_confirm_packaging()
        self.assertRecordValues(line, [{"state": "proposed", "production_at": False,
                                        "packaging_at": False}])
        self.assertEqual(self.refusals()[0]["gate"], "plan.line.part")

    def test_a_deputy_has_the_voice_but_not_both(self):
        line = self.plan()
        line.action_propose()
        with self.at("2026-11-30 08:00"):
            self.as_user("gendan.deputy", "E13").create({
                "deputy_id": self.user("E12").id,
                "date_to": fields.Datetime.to_datetime("2026-12-05 10:00:00")})
            self.by(line, "E12").action_confirm_production()
            with self.refused("", CHECK):
                self.by(line, "E12").action_confirm_packaging()
            with self.refused("confirmed by that side already"):
                self.by(line, "E12").action_confirm_production()
        self.assertEqual(line.state, "proposed")

    def test_no_is_an_answer(self):
        line = self.plan()
        line.action_propose()
        with self.refused("say why"):
            self.by(line, "E13").action_refuse(" ")
        self.by(line, "E13").action_refuse("bags come on Wednesday")
        self.assertRecordValues(line, [{
            "state": "refused", "refused_by_id": self.user("E13").id,
            "refusal_reason": "bags come on Wednesday"}])
        with self.refused("“Refused” and cannot become “Confirmed”"):
            self.by(line, "E12").action_confirm_production()

    def test_a_draft_is_not_confirmed(self):
        line = self.plan()
        with self.refused("“Draft” and cannot become “Confirmed”; possible: Proposed, Cancelled"):
            self.by(line, "E12").action_confirm_production()

    def test_stamps_are_the_servers(self):
        for values in ({"state": "confirmed"}, {"production_by_id": self.user("E12").id},
                       {"packaging_at": fields.Datetime.now()}):
            with self.subTest(str(values)), self.refused(""):
                self.plan(**values)
        hidden = self.plan()
        line = hidden.with_context(
            default_state="confirmed", default_production_by_id=self.user("E12").id,
            default_production_at="2026-11-30 00:00:00",
            default_packaging_at="2026-11-30 00:00:00").create({
                "workcenter_id": self.ref("machine_bib").id, "day": "2026-12-02",
                "notice_line_id": self.line.id, "quantity": 1})
        self.assertRecordValues(line, [{
            "state": "draft", "production_by_id": False, "production_at": False,
            "packaging_at": False}])
        for values in ({"state": "proposed"}, {"state": "confirmed"}, {"production_at": False},
                       {"packaging_by_id": self.user("E13").id}):
            for number in ("E11", "E12", "E09"):
                with self.subTest(number, values=str(values)), self.refused(
                        "noted by the server"):
                    self.by(line, number).write(values)
        with self.refused("cannot become"):
            line.sudo().write({"state": "done"})
        line.action_propose()
        with self.refused("", CHECK):
            line.sudo().write({"state": "confirmed"})

    def test_a_confirmed_line_stands(self):
        line = self.confirmed()
        for record in (line, self.by(line, "E12"), line.sudo()):
            for values in ({"day": "2026-12-07"}, {"quantity": 1}, {"sequence": 1},
                           {"workcenter_id": self.ref("machine_wet1").id}):
                with self.refused("it is kept as it is"):
                    record.write(values)
            with self.refused("it is kept as it is"):
                record.unlink()
        with self.refused("cannot become “Cancelled”"):
            line.action_cancel()
        self.assertRecordValues(line, [{
            "day": fields.Date.to_date("2026-12-01"), "quantity": 6000, "state": "confirmed"}])
        copy = line.copy()
        self.assertRecordValues(copy, [{"state": "draft", "production_at": False,
                                        "packaging_by_id": False, "proposed_at": False}])

    def test_a_draft_moves_freely(self):
        line = self.plan()
        line.write({"day": "2026-12-02", "quantity": 12000})
        self.by(line, "E12").write({"sequence": 1})
        line.unlink()
        self.assertFalse(line.exists())

    def test_no_line_on_a_day_that_has_been(self):
        """What was made is no plan: refused when it is drafted, not only when it is dragged."""
        for day in ("2026-11-26", "2026-10-05"):
            with self.subTest(day), self.refused(f"{day} has been → choose a day to come"):
                self.plan(day=fields.Date.to_date(day))
        self.assertEqual(self.plan(day=fields.Date.to_date("2026-11-27")).state, "draft",
                         "today is still to be planned")

    def test_bad_quantities(self):
        for quantity in (0, -1):
            with self.refused("", CHECK):
                self.plan(quantity=quantity)

    def test_only_valid_notices(self):
        """D1.10: nothing is planned before both have signed, whoever plans."""
        draft = self.new_notice("SC-2611-0020", state="draft")
        line = self.plan()
        with self.refused("SC-2611-0020 is not valid yet"):
            self.plan(notice_line_id=draft.line_ids.id)
        with self.refused("SC-2611-0020 is not valid yet"):
            line.notice_line_id = draft.line_ids
        self.assertEqual(line.notice_line_id, self.line)
        self.assertEqual({row["gate"] for row in self.refusals()}, {"plan.line.plan"})
        self.notice.write({"on_hold": True, "hold_kind": "manual", "hold_reason": "Probe"})
        with self.refused("SC-2611-9012 is on hold: Probe"):
            line.action_propose()

    def test_an_order_without_finance(self):
        """S01, 14:10: 刘大伟 adds a plan line while a signature is missing."""
        with self.at("2026-11-23 09:10"):
            order = self.new_order("E03", "C01", [("F02", 40800, 0.62)], "2026-12-22")
            order.action_submit()
        with self.at("2026-11-23 11:20"):
            self.verify(order, "E10")
        with self.at("2026-11-23 14:00"):
            self.by(order, "E07").action_sign_finance()
        with self.at("2026-11-23 14:10"), self.refused("Sales manager"):
            self.plan("E12", notice_line_id=order.notice_id.line_ids.id)
        self.assertFalse(self.env["gendan.plan.line"].search(
            [("notice_id", "=", order.notice_id.id)]))
        self.assertEqual(self.refusals()[-1]["user_name"], "刘大伟")

    def test_who_plans(self):
        for number in ("E09", "E10", "E12", "E13"):
            self.plan(number)
        for number in ("E03", "E07", "E14", "E15", "E20"):
            with self.subTest(number), self.refused("", AccessError):
                self.plan(number)
