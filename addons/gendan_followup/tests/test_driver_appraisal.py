from odoo.exceptions import AccessError
from odoo.fields import Command

from .common import moment
from .shipping_case import DISPATCHER, ShippingCase

NOVEMBER = "2026-11-01"


class TestDriverAppraisal(ShippingCase):
    """100 points a month, from facts (D11.1–D11.3), with the figures of S12."""

    def trip(self, driver, day, duty="08:00", depart="08:10", arrive=None, due=0, waits=()):
        """Drive a trip of ``driver`` with an errand stop."""
        dispatch = self.as_user("gendan.dispatch", DISPATCHER).create({
            "day": day, "vehicle_id": self.ref("vehicle_V4").id, "driver_id": self.ref(driver).id,
            "stop_ids": [Command.create({"kind": "errand", "purpose": "送货", "place": "杭州",
                                         "hour_due": due})]})
        with self.at(f"{day} {duty}"):
            dispatch.action_confirm()
            self.at_gate(dispatch, driver).action_duty()
        with self.at(f"{day} {depart}"):
            self.at_gate(dispatch, driver).action_depart(100)
            for cause, minutes in waits:
                self.by(dispatch, DISPATCHER).action_note_wait(cause, minutes)
        if arrive:
            with self.at(f"{day} {arrive}"):
                self.at_gate(dispatch.stop_ids, driver).action_arrive()
        return dispatch

    def fact(self, driver, kind, day="2026-11-12", number=DISPATCHER, **values):
        return self.as_user("gendan.driver.fact", number).create({
            "driver_id": self.ref(driver).id, "kind": kind, "date": day,
            "description": f"{kind} {day}", **values})

    def sheet(self, driver, number=DISPATCHER, **values):
        return self.as_user("gendan.driver.appraisal", number).create({
            "driver_id": self.ref(driver).id, "month": NOVEMBER, **values})

    # --------------------------------------------------------------- facts of trips

    def test_late_start_is_the_drivers_only_when_it_is_his(self):
        self.trip("E22", "2026-11-10", duty="08:20", depart="08:25")
        self.trip("E22", "2026-11-11", depart="09:10", waits=[("goods", 70)])
        self.trip("E22", "2026-11-12", duty="08:15", depart="08:20")
        with self.at("2026-12-01 09:00"):
            sheet = self.sheet("E22")
        self.assertRecordValues(sheet.line_ids.fact_id, [{
            "kind": "late_start", "from_trip": True, "points": 3, "group": "punctual"}])
        self.assertRecordValues(sheet, [{"score": 97, "punctual_score": 27, "trip_count": 3}])

    def test_late_arrival_by_goods_is_excluded(self):
        self.trip("E23", "2026-11-10", arrive="11:30", due=10.5)
        self.trip("E23", "2026-11-11", depart="09:10", arrive="11:30", due=10.5,
                  waits=[("goods", 70)])
        with self.at("2026-12-01 09:00"):
            sheet = self.sheet("E23")
        facts = self.env["gendan.driver.fact"].search([
            ("driver_id", "=", self.ref("E23").id)], order="date")
        self.assertRecordValues(facts, [
            {"kind": "late_arrival", "is_excluded": False},
            {"kind": "late_arrival", "is_excluded": True}])
        self.assertEqual((len(sheet.line_ids), sheet.score), (1, 95))
        with self.at("2026-12-01 09:10"), self.refused("is not counted: he waited for others"):
            self.by(sheet, DISPATCHER).line_ids = [
                Command.create({"fact_id": facts[1].id, "points": 5})]

    # ------------------------------------------------------------- figures of S12

    def test_figures_of_november(self):
        cases = {"E22": (["late_start", "note_missing"], 95), "E24": (["fine", "damage"], 90),
                 "E25": (["refused_trip", "complaint"], 90), "E23": (["late_arrival"], 95)}
        with self.at("2026-11-30 17:00"):
            for driver, (kinds, _score) in cases.items():
                for kind in kinds:
                    self.fact(driver, kind)
        with self.at("2026-12-01 09:00"):
            for driver, (_kinds, score) in cases.items():
                sheet = self.sheet(driver)
                with self.subTest(driver=driver):
                    self.assertRecordValues(sheet, [{"score": score, "is_scored": True}])

    def test_joined_in_the_month(self):
        self.assertEqual(str(self.ref("E26").sudo().driver_since), "2026-11-20")
        self.trip("E26", "2026-11-23")
        with self.at("2026-12-01 09:00"):
            sheet = self.sheet("E26")
        self.assertRecordValues(sheet, [{"is_scored": False, "score": 0}])
        self.ref("E26").sudo().driver_since = "2026-11-16"
        sheet.invalidate_recordset()
        self.env.add_to_compute(sheet._fields["is_scored"], sheet)
        self.assertTrue(sheet.is_scored, "15 days are enough")

    def test_nobody_is_judged_who_did_not_drive(self):
        with self.at("2026-12-01 09:00"):
            sheet = self.sheet("E22")
        self.assertRecordValues(sheet, [{"is_scored": False, "score": 0, "trip_count": 0}])

    def test_praise_stands_on_the_sheet_and_takes_nothing_off(self):
        self.trip("E22", "2026-11-10")
        with self.at("2026-11-30 17:00"):
            self.fact("E22", "praise")
        with self.at("2026-12-01 09:00"):
            sheet = self.sheet("E22")
        self.assertRecordValues(sheet.line_ids, [{"kind": "praise", "points": 0}])
        self.assertEqual(sheet.score, 100)

    def test_no_group_below_zero(self):
        with self.at("2026-11-30 17:00"):
            for day in range(10, 14):
                self.fact("E22", "complaint", f"2026-11-{day}")
        with self.at("2026-12-01 09:00"):
            self.assertRecordValues(self.sheet("E22"), [{"service_score": 0, "score": 90}])

    # ------------------------------------------------------------------- refusals

    def test_no_deduction_without_a_fact(self):
        self.trip("E22", "2026-11-10")
        with self.at("2026-12-01 09:00"):
            sheet = self.sheet("E22")
            with self.refused("A deduction rests on a fact"):
                self.by(sheet, DISPATCHER).line_ids = [Command.create({"points": 5})]
            fact = self.fact("E22", "fine")
            for points in (-1, 101):
                with self.subTest(points=points), self.refused("between 0 and 100 points"):
                    self.by(sheet, DISPATCHER).line_ids = [
                        Command.create({"fact_id": fact.id, "points": points})]
            with self.refused("takes at most 5 points off"):
                self.by(sheet, DISPATCHER).line_ids = [
                    Command.create({"fact_id": fact.id, "points": 6})]
            other = self.fact("E23", "fine")
            with self.refused("is about 金涛"):
                self.by(sheet, DISPATCHER).line_ids = [
                    Command.create({"fact_id": other.id, "points": 5})]
        self.assertEqual(sheet.score, 100)

    def test_one_sheet_for_driver_and_month(self):
        with self.at("2026-12-01 09:00"):
            self.sheet("E22")
            for number in (DISPATCHER, "E10"):
                with self.subTest(user=number), self.refused(
                        "丁伟 2026-11 is there already, prepared by 李娜"):
                    self.sheet("E22", number)

    def test_the_other_merchandiser_does_not_prepare_it(self):
        with self.at("2026-12-01 09:00"):
            sheet = self.sheet("E22")
            with self.refused("is not yours to prepare → 李娜 prepares it"):
                self.by(sheet, "E10").remark = "x"
            with self.refused("is not yours to prepare"):
                self.by(sheet, "E10").action_submit()
        for number in ("E05", "E16"):
            with self.subTest(user=number), self.refused("not allowed", AccessError):
                self.sheet("E23", number)

    def test_facts_are_written_once(self):
        with self.at("2026-11-12 18:00"):
            fact = self.fact("E22", "fine")
            with self.refused("has not come yet"):
                self.fact("E22", "fine", "2026-11-13")
            with self.refused("What is not counted follows from the trip"):
                self.fact("E22", "fine", is_excluded=True)
        with self.refused("is written once"):
            self.by(fact, DISPATCHER).kind = "praise"
        with self.refused("never deleted"):
            fact.sudo().unlink()

    def test_locked_after_submission(self):
        with self.at("2026-11-30 17:00"):
            self.fact("E25", "complaint")
        with self.at("2026-11-30 18:00"):
            early = self.sheet("E23")
            with self.refused("2026-11 is not over yet"):
                early.action_submit()
        with self.at("2026-12-02 09:00"):
            sheet = self.sheet("E25")
            sheet.action_submit()
            with self.refused("is Submitted and locked → make a revision"):
                self.by(sheet, DISPATCHER).remark = "x"
            with self.refused("is Submitted and locked"):
                self.by(sheet.line_ids, DISPATCHER).points = 1
            with self.refused("is Submitted and locked"):
                self.by(sheet.line_ids, DISPATCHER).unlink()
            with self.refused("goes up to the plan manager → 徐志强"):
                self.by(sheet, DISPATCHER).action_acknowledge()
            with self.refused("noted by the server"):
                self.by(sheet, DISPATCHER).write({"state": "acknowledged"})
        self.assertEqual(sheet.activity_ids.user_id, self.user("E09"))
        with self.at("2026-12-03 09:00"):
            self.by(sheet, "E09").action_acknowledge()
            with self.refused("only 石磊 objects to his sheet"):
                self.by(sheet, DISPATCHER).action_object("x")
            for holder in (None, "E22", "E17"):
                device = self.by(sheet, "pad_gate")
                with self.subTest(badge=holder), self.refused(
                        "only 石磊 objects to his sheet → he shows his badge at the gate"):
                    (self.held(device, holder) if holder else device).action_object("x")
            with self.refused("Say what is wrong in the sheet"):
                self.at_gate(sheet, "E25").action_object(" ")
            self.at_gate(sheet, "E25").action_object("投诉与我无关")
            with self.refused("an objection is on record already"):
                self.at_gate(sheet, "E25").action_object("再次")
            self.by(sheet, "E09").action_answer("客户已确认, 维持")
        self.assertRecordValues(sheet, [{
            "state": "acknowledged", "objection": "投诉与我无关", "score": 95,
            "acknowledged_by_id": self.user("E09").id}])

    def test_a_driver_reads_his_own_sheet_at_the_gate(self):
        self.trip("E22", "2026-11-10")
        with self.at("2026-12-02 09:00"):
            mine, other = self.sheet("E22"), self.sheet("E23")
            gate = self.as_user("gendan.driver.appraisal", "pad_gate")
            self.assertEqual(self.at_gate(gate, "E22").phone_sheets(), [], "a draft is no sheet")
            (mine | other).action_submit()
            self.assertEqual(gate.phone_sheets(), [], "nobody holds the phone")
            self.assertFalse(gate.search([]), "the device itself reads nobody's sheet")
            self.assertFalse(self.as_user("gendan.driver.fact", "pad_gate").search([]))
            lines = self.as_user("gendan.driver.appraisal.line", "pad_gate")
            self.assertFalse(lines.search([]), "nor what was taken off")
            self.assertFalse(lines._read_group([], ["group"], ["points:sum"]))
        with self.at("2026-12-02 17:00"):
            seen, = self.at_gate(gate, "E22").phone_sheets()
        self.assertEqual((seen["id"], seen["score"], seen["month"]), (mine.id, 100, "2026-11"))
        self.assertEqual(sum(group["of"] for group in seen["groups"]), 100)
        self.assertRecordValues(mine | other, [
            {"read_at": moment("2026-12-02 17:00")}, {"read_at": False}])

    def test_revision_and_late_facts(self):
        with self.at("2026-11-30 17:00"):
            self.fact("E24", "damage")
        with self.at("2026-12-02 09:00"):
            sheet = self.sheet("E24")
            sheet.action_submit()
            late = self.fact("E24", "fine", "2026-11-28")
            with self.refused("Say why the sheet is revised"):
                sheet.action_revise()
            fresh = sheet.action_revise("漏计罚款")
            fresh.line_ids = [Command.create({"fact_id": late.id, "points": 5})]
            fresh.action_submit()
        self.assertRecordValues(sheet | fresh, [
            {"state": "revised", "version": 1, "score": 95},
            {"state": "submitted", "version": 2, "score": 90}])
        with self.at("2026-12-03 09:00"):
            self.fact("E24", "note_missing", "2026-11-29")
        with self.at("2027-01-04 09:00"):
            december = self.as_user("gendan.driver.appraisal", DISPATCHER).create({
                "driver_id": self.ref("E24").id, "month": "2026-12-01"})
        self.assertEqual(december.line_ids.fact_id.mapped("kind"), ["note_missing"])

    def test_missing_on_the_third_working_day(self):
        self.trip("E22", "2026-11-10")
        self.trip("E23", "2026-11-11")
        with self.at("2026-12-02 09:00"):
            self.sheet("E22").action_submit()
            self.env["gendan.driver.appraisal"]._cron_missing()
        manager = self.user("E09").partner_id
        self.assertFalse(manager.activity_ids)
        with self.at("2026-12-03 09:00"):
            self.env["gendan.driver.appraisal"]._cron_missing()
        self.assertEqual(manager.activity_ids.mapped("summary"),
                         ["Driver appraisals missing: 金涛"])
