from unittest.mock import patch

from odoo import fields

from .common import moment
from .materials_case import MaterialsCase

MR, SP, PD, RK, KK = "E11", "E04", "E12", "E14", "E15"


class TestCapability(MaterialsCase):
    """Can our process do it (D2.6)."""

    def setUp(self):
        super().setUp()
        self.line.write({"size_length": 400})

    def codes(self):
        return [one.code for one in self.notice._capability_unmet()[self.notice.id]]

    def ask(self):
        self.by(self.notice, MR).action_ask_materials()
        return self.notice.capability_ids

    def test_a_known_specification_needs_no_question(self):
        self.line.write({"size_length": self.ref("F11").size_length})
        self.assertFalse(self.codes())
        self.ref("F11").sudo().is_new_product = True
        self.assertEqual(self.codes(), ["capability_not_asked"])

    def test_asked_in_chinese(self):
        """What was asked in one language was asked for jobs and readers in every other."""
        self.line.write({"surface": "hydrophilic"})
        self.by(self.notice, MR).with_context(lang="zh_CN").action_ask_materials()
        self.assertEqual(self.codes(), ["capability_open"])

    def test_with_limits(self):
        """S01: with limits at 10:00, the salesperson accepts at 10:30."""
        self.assertEqual(self.codes(), ["capability_not_asked"])
        with self.at("2026-11-24 09:10"):
            enquiry = self.ask()
        self.assertEqual(self.codes(), ["capability_open"])
        with self.refused("it is the part of Production supervisor"):
            self.by(enquiry, MR).action_answer("yes")
        with self.refused("say which limits"):
            self.by(enquiry, PD).action_answer("limits", 40)
        for wrong in ("perhaps", "", None):
            with self.refused("yes, with limits, or no"):
                self.by(enquiry, PD).action_answer(wrong)
        with self.refused("not below zero"):
            self.by(enquiry, PD).action_answer("yes", -1)
        with self.at("2026-11-24 10:00"):
            self.by(enquiry, PD).action_answer("limits", 40, "40 packs a minute at most")
        self.assertEqual(self.codes(), ["capability_limits"])
        for number in (MR, PD, "E03", "E09"):
            with self.subTest(number), self.refused("吴婷 decides"):
                self.by(enquiry, number).action_accept_limits()
        with self.at("2026-11-24 10:30"):
            self.by(enquiry, SP).action_accept_limits()
        self.assertFalse(self.codes())
        self.assertRecordValues(enquiry, [{
            "verdict": "limits", "speed": 40, "accepted_by_id": self.user(SP).id,
            "accepted_at": moment("2026-11-24 10:30")}])
        with self.refused("names no limits to accept"):
            self.by(enquiry, SP).action_accept_limits()

    def test_no(self):
        self.by(self.ask(), PD).action_answer("no", 0, "压花辊做不了")
        unmet = self.notice._capability_unmet()[self.notice.id]
        self.assertEqual([one.code for one in unmet], ["capability_no"])
        self.assertIn("吴婷 settles it with the customer", unmet[0].remedy)

    def test_packaging_waits_for_it(self):
        order = self.order_packaging({self.new_need("PK04_v1", 12000): 5000}, MR)
        with self.refused("production was not asked"):
            order.button_confirm()
        self.by(self.ask(), PD).action_answer("yes", 50)
        self.by(order, MR).button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_another_specification_is_another_question(self):
        self.by(self.ask(), PD).action_answer("yes", 50)
        self.assertFalse(self.codes())
        self.line.write({"gsm": 99})
        self.assertEqual(self.codes(), ["capability_not_asked"])
        repeat = self.new_notice("SC-2611-0044", salesperson_id=self.user(SP).id)
        repeat.line_ids.write({"size_length": 400})
        self.assertFalse(repeat._capability_unmet()[repeat.id], "a repeat carries over")

    def test_stamps(self):
        enquiry = self.ask()
        for values in ({"verdict": "yes"}, {"spec_digest": "x"},
                       {"accepted_by_id": self.user(SP).id}):
            with self.subTest(str(values)), self.refused("noted by the server|kept as it is"):
                self.by(enquiry, MR).write(values)


class TestReadiness(MaterialsCase):
    """What a line waits for, who must act, and when it is there (D3.13, D2.5, D2.7)."""

    def readiness(self):
        self.env.invalidate_all()
        return self.line._readiness()[self.line.id]

    def codes(self):
        return [reason.code for reason in self.readiness().reasons]

    def answer(self, need, **values):
        self.by(self.notice, MR).action_ask_materials()
        self.by(need.eta_enquiry_ids, RK).action_answer("", **values)

    def test_raw_material(self):
        self.assertEqual(self.readiness().light, "green", "nothing is needed")
        need = self.new_need("RM06", 830.59)
        self.assertEqual(self.codes(), ["eta_not_asked"])
        self.assertEqual(self.notice._plan_unmet()[self.notice.id][0].code, "eta_not_asked")
        self.by(self.notice, MR).action_ask_materials()
        reason = self.readiness().reasons[0]
        self.assertEqual((reason.code, reason.part, reason.light, reason.users),
                         ("eta_open", "raw", "red", tuple(self.user(RK).ids)))
        with self.at("2026-11-24 09:00"):
            self.by(need.eta_enquiry_ids, RK).action_answer("", 300, "2026-12-02")
        self.assertFalse(self.notice._plan_unmet()[self.notice.id], "a date is enough to plan")
        with self.at("2026-12-02 17:00"):
            self.assertEqual(
                (self.readiness().light, str(self.readiness().ready_on)), ("amber", "2026-12-02"))
        with self.at("2026-12-03 08:00"):
            self.assertEqual((self.readiness().light, self.codes()), ("red", ["late"]))
        with self.at("2026-12-03 09:00"):
            self.by(need.eta_enquiry_ids, RK).action_answer("", 831)
            self.assertEqual(self.readiness().light, "green")
        self.assertEqual(len(need.eta_enquiry_ids.promise_ids), 2, "L-R3: both answers stay")

    def test_packaging_waits_for_the_keepers_answer(self):
        """D2.7: no bag or carton order before the raw material is answered."""
        raw = self.new_need("RM06", 830.59)
        order = self.order_packaging({self.new_need("PK04_v1", 12000): 5000}, MR)
        with self.refused("nobody asked the keeper about .*RM06.* → 李娜 asks"):
            order.button_confirm()
        self.by(self.notice, MR).action_ask_materials()
        with self.refused("no answer yet about .*RM06.* → 孙涛 answers"):
            self.by(order, MR).button_confirm()
        self.by(raw.eta_enquiry_ids, RK).action_answer("", 0, "2026-12-30")
        self.by(order, MR).button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_bags_ordered_promised_late_received(self):
        need = self.new_need("PK04_v1", 12000, netted=4000)
        self.assertEqual(self.codes(), ["not_ordered"])
        self.assertIn("8,000 not ordered", self.readiness().reasons[0].text)
        order = self.order_packaging({need: 8000}, MR)
        order.order_line.date_planned = moment("2026-12-09 12:00")
        order.button_confirm()
        with self.at("2026-12-08 08:00"):
            ready = self.readiness()
            self.assertEqual((ready.light, str(ready.ready_on)), ("amber", "2026-12-09"))
        with self.at("2026-12-10 08:00"):
            self.assertEqual((self.readiness().light, self.codes()), ("red", ["late"]))
        picking = self.by(order.sudo().picking_ids, KK)
        lot = self.env["stock.lot"].create(
            {"name": "PK04-2612", "product_id": self.ref("PK04_v1").id})
        picking.move_ids.move_line_ids.unlink()
        picking.move_ids.write({"quantity": 8000, "picked": True})
        picking.move_ids.move_line_ids.write({"lot_id": lot.id})
        picking.button_validate()
        self.assertEqual(lot.check_state, "unchecked")
        ready = self.readiness()
        self.assertEqual((ready.light, [one.code for one in ready.reasons]),
                         ("red", ["unchecked"]), "未检 is red (X13)")
        self.assertEqual(ready.reasons[0].users, tuple(self.user(KK).ids))
        sheet = self.as_user("gendan.check.sheet", KK).create({
            "template_id": self.env.ref("gendan_followup.check_template_incoming_packaging").id,
            "product_id": self.ref("PK04_v1").id, "lot_id": lot.id})
        sheet.line_ids.write({"result": "ok"})
        sheet.action_close()
        self.assertEqual(self.readiness().light, "green")
        lot.is_blocked = True
        self.assertEqual(self.codes(), ["on_hold"])

    def test_new_versions_and_cartons_say_what_stops_them(self):
        self.new_need("PK04_v2", 12000)
        self.new_need("PK07_v1", 300)
        by_part = {reason.part: reason for reason in self.readiness().reasons}
        self.assertEqual(by_part["bag"].code, "no_plate_job")
        self.assertEqual(by_part["carton"].code, "carton_spec")
        self.assertEqual(by_part["carton"].users, tuple(self.user(MR).ids))

    def test_as_anybody_who_looks(self):
        self.new_need("RM06", 830.59)
        for number in ("E12", "E14", "E03", "E20"):
            with self.subTest(number):
                self.assertEqual(self.by(self.line, number)._readiness()[self.line.id].light,
                                 "red")
                self.assertEqual(self.by(self.line, number).readiness, "red")

    def test_queries_do_not_grow_with_the_lines(self):
        notices = self.notice
        for number in range(8):
            notices |= self.new_notice(f"SC-2612-{number:04}")
        for line in notices.line_ids:
            for code in ("RM06", "RM08", "PK04_v1", "PK07_v1"):
                self.env["gendan.need"].create({
                    "notice_line_id": line.id, "product_id": self.ref(code).id, "gross": 100})

        def count(lines):
            lines = lines.browse(lines.ids)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            lines._readiness()
            return self.env.cr.sql_log_count - before

        count(notices.line_ids)
        few, many = count(notices.line_ids[:3]), count(notices.line_ids)
        self.assertLessEqual(many, few, "set-based")

    def test_dates_are_the_companys(self):
        need = self.new_need("RM06", 10)
        with self.at("2026-12-01 09:00"):
            self.answer(need, on_hand=0, promised_date="2026-12-02")
        with self.at("2026-12-03 00:30"):
            self.assertEqual(self.codes(), ["late"], "16:30 UTC on 12-02 is 12-03 here")
        self.assertEqual(need.eta_enquiry_ids.promised_date, fields.Date.to_date("2026-12-02"))


class TestReadinessRemembered(MaterialsCase):
    """What a line waits for is remembered while no row behind it moves, and the day is the same.

    The stories are told with it in `tests/test_board_remembers.py`.
    """

    def setUp(self):
        super().setUp()
        self.registry.__dict__.pop("gendan_memories", None)
        self.addCleanup(self.registry.__dict__.pop, "gendan_memories", None)
        self.need = self.new_need("RM06", 10)
        self.by(self.notice, MR).action_ask_materials()
        with self.at("2026-12-01 09:00"):
            self.by(self.need.eta_enquiry_ids, RK).action_answer("", 0, "2026-12-02")

    def light(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.line.readiness

    def trusting(self):
        """A test is one transaction that writes; its rows are flushed before each look."""
        return patch.object(
            self.registry["gendan.row.version"], "_has_written", lambda _self, _row: False)

    def not_judged(self):
        return patch.object(type(self.line), "_readiness", lambda _lines: self.fail("judged again"))

    def test_judged_once(self):
        with self.trusting(), self.at("2026-12-02 09:00"):
            self.assertEqual(self.light(), "amber")
            with self.not_judged():
                self.assertEqual(self.light(), "amber")
                self.assertEqual(self.line.ready_on, fields.Date.to_date("2026-12-02"))

    def test_a_row_that_moves(self):
        with self.trusting(), self.at("2026-12-02 09:00"):
            self.assertEqual(self.light(), "amber")
            self.env.cr.execute("UPDATE gendan_eta_enquiry SET promised_date = NULL")
            self.assertEqual(self.light(), "green", "whatever the door")

    def test_a_day_that_passes(self):
        with self.trusting():
            with self.at("2026-12-02 23:30"):
                self.assertEqual(self.light(), "amber")
            with self.at("2026-12-03 00:30"):
                self.assertEqual(self.light(), "red", "16:30 UTC on 12-02 is 12-03 here")

    def test_a_language(self):
        with self.trusting(), self.at("2026-12-03 09:00"):
            self.light()
            texts = {lang: self.line.with_context(lang=lang).readiness_text
                     for lang in ("en_US", "zh_CN")}
        self.assertIn("was promised for", texts["en_US"])
        self.assertNotIn("was promised for", texts["zh_CN"])

    def test_who_writes_judges_anew_and_remembers_nothing(self):
        with self.at("2026-12-02 09:00"):
            self.assertEqual(self.light(), "amber")
            with self.not_judged(), self.assertRaisesRegex(AssertionError, "judged again"):
                self.light()
