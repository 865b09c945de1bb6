from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import mute_logger

from .common import moment
from .shop_floor import ShopFloorCase


class BadgeCase(ShopFloorCase):
    """Shared phones and tablets of the factory (X17)."""

    def badges(self, device="pad_workshop", **context):
        """Return the badge model as a call of ``device`` sees it."""
        return self.as_user("gendan.badge", device).with_context(**context)

    def show(self, number, device="pad_workshop"):
        """Show the badge of ``number`` to ``device``; return the token."""
        return self.badges(device).identify(badge=self.ref(number).sudo().barcode)["token"]

    def start_check(self, **context):
        return self.as_user("gendan.check.sheet", "pad_workshop").with_context(**context).create({
            "template_id": self.env.ref("gendan_followup.check_template_start_check").id,
            "notice_line_id": self.line.id, "workcenter_id": self.ref("machine_bib").id})


class TestBadge(BadgeCase):
    """A device stands for nobody; badge or PIN says who holds it (X17)."""

    def test_badge(self):
        with self.at("2026-12-15 08:00"):
            answer = self.badges().identify(badge=" JH17 ")
            self.assertEqual(
                (answer["ok"], answer["employee_id"], answer["name"], answer["roles"]),
                (True, self.ref("E17").id, "黄勇", ["operator"]))
            seen = self.badges(gendan_badge=answer["token"]).who_am_i()
        self.assertEqual(seen, {"device": True, "name": "黄勇", "roles": ["operator"],
                                "employee_id": self.ref("E17").id})
        badge = self.env["gendan.badge"].search([])
        self.assertRecordValues(badge, [{
            "user_id": self.user("pad_workshop").id, "employee_id": self.ref("E17").id,
            "kind": "badge", "identified_at": moment("2026-12-15 08:00"),
            "expires_at": moment("2026-12-15 08:30"), "ended_at": False}])
        self.assertNotIn(answer["token"], str(badge.read()), "only the hash is kept")

    def test_pin(self):
        """Without anything to scan with: whoever left the badge at home picks his name (X12)."""
        people = self.badges().people()
        mine = next(one for one in people if one["name"] == "罗刚")
        self.assertEqual(mine, {"id": self.ref("E18").id, "name": "罗刚", "title": "开机工"})
        answer = self.badges().identify(employee_id=mine["id"], pin="1018")
        self.assertEqual((answer["ok"], answer["name"]), (True, "罗刚"))
        self.assertEqual(self.env["gendan.badge"].search([]).kind, "pin")

    def test_a_persons_own_login_needs_none(self):
        for number in ("E14", "E20", "E10"):
            self.assertFalse(self.badges(number).identify(badge="JH17")["ok"])
            self.assertFalse(self.badges(number).people())
        self.assertEqual(self.badges("E14").who_am_i(), {
            "device": False, "name": "孙涛", "roles": ["raw_keeper"],
            "employee_id": self.ref("E14").id})
        self.assertFalse(self.env["gendan.badge"].search([]))

    def test_unknown_badges_and_people(self):
        for asked in ({"badge": "JH99"}, {"badge": ""}, {}, {"pin": "1017"},
                      {"employee_id": self.ref("E17").id},
                      {"employee_id": self.ref("E17").id, "pin": ""},
                      {"employee_id": self.ref("E17").id, "pin": "1018"},
                      {"employee_id": -1, "pin": "1017"}):
            with self.subTest(str(asked)):
                answer = self.badges().identify(**asked)
                self.assertEqual(set(answer), {"ok", "message"})
        self.assertFalse(self.env["gendan.badge"].search([]))

    def test_no_pin_no_way_in(self):
        self.ref("E17").sudo().pin = False
        self.assertNotIn("黄勇", [one["name"] for one in self.badges().people()])
        self.assertFalse(self.badges().identify(employee_id=self.ref("E17").id, pin="")["ok"])

    def test_ten_wrong_pins(self):
        """The eleventh is refused even if it is right, and opens again after an hour (X17)."""
        wrong = {"employee_id": self.ref("E17").id, "pin": "0000"}
        right = {**wrong, "pin": "1017"}
        with self.at("2026-12-15 08:00"):
            for left in range(9, 0, -1):
                self.assertIn(f"{left} more tries", self.badges().identify(**wrong)["message"])
            self.assertIn("closed until 09:00", self.badges().identify(**wrong)["message"])
        entry = self.env["gendan.audit"].search([("gate", "=", "badge.identify")])
        self.assertRecordValues(entry, [{"kind": "refused", "document": "黄勇",
                                         "user_name": self.user("pad_workshop").name}])
        with self.at("2026-12-15 08:59"):
            self.assertIn("closed until 09:00", self.badges().identify(**right)["message"])
            self.assertIn("closed until", self.badges("pad_stores").identify(**right)["message"],
                          "nor at another device")
            self.assertTrue(self.badges("pad_stores").identify(badge="JH17")["ok"],
                            "his badge still does")
        with self.at("2026-12-15 09:00"):
            self.assertTrue(self.badges().identify(**right)["ok"])

    def test_nine_wrong_pins_and_a_right_one(self):
        wrong = {"employee_id": self.ref("E17").id, "pin": "0000"}
        for _round in range(3):
            for _try in range(9):
                self.assertFalse(self.badges().identify(**wrong)["ok"])
            self.assertTrue(self.badges().identify(**{**wrong, "pin": "1017"})["ok"])

    def test_a_device_is_closed_as_well(self):
        """Ten wrong ones of ten people close the device."""
        employees = self.env["hr.employee"].sudo().search(
            [("company_id", "=", self.company.id)], limit=10)
        for employee in employees:
            self.assertFalse(self.badges().identify(employee_id=employee.id, pin="x")["ok"])
        self.assertIn("Too many wrong tries", self.badges().identify(badge="JH17")["message"])
        self.assertTrue(self.badges("pad_stores").identify(badge="JH17")["ok"])

    def test_who_opens_it_again(self):
        wrong = {"employee_id": self.ref("E17").id, "pin": "0000"}
        for _try in range(11):
            self.badges().identify(**wrong)
        employee = self.ref("E17")
        for number in ("E12", "E10", "E20", "pad_workshop"):
            with self.subTest(number), self.refused("HR or the plan manager does", AccessError):
                self.by(employee, number).action_open_pin()
        self.by(employee, "E27").action_open_pin()
        self.assertTrue(self.badges().identify(**{**wrong, "pin": "1017"})["ok"])

    def test_a_made_up_token_opens_nothing(self):
        token = self.show("E17")
        other = self.show("E18", "pad_stores")
        for forged in ("x", token[:-1], token + "x", other, True, 1, [token], {"a": 1}):
            with self.subTest(str(forged)), self.refused("stands for no single person"):
                self.start_check(gendan_badge=forged)
        sheet = self.start_check(gendan_badge=token)
        for number in ("E10", "E03"):
            with self.subTest(number), self.refused("it is the part of"):
                self.by(sheet, number).with_context(gendan_badge=token).action_skip()
        self.assertEqual(sheet.state, "open")

    def test_it_ends(self):
        with self.at("2026-12-15 08:00"):
            token = self.show("E17")
            sheet = self.start_check(gendan_badge=token)
        with self.at("2026-12-15 08:30"), self.refused("stands for no single person"):
            sheet.line_ids[0].result = "ok"
        with self.at("2026-12-15 08:29"):
            sheet.line_ids[0].result = "ok"
            self.badges(gendan_badge=token).leave()
            with self.refused("stands for no single person"):
                sheet.line_ids[1].result = "ok"
        self.assertEqual(self.env["gendan.badge"].search([]).ended_at, moment("2026-12-15 08:29"))

    def test_who_has_left_holds_no_device(self):
        """The badge in his hand ends with his employment, not when its time is over."""
        token = self.show("E17")
        self.ref("E17").sudo().active = False
        self.assertFalse(self.badges(gendan_badge=token).who_am_i()["roles"])
        with self.refused("stands for no single person"):
            self.start_check(gendan_badge=token)
        self.assertFalse(self.badges().identify(badge="JH17")["ok"])

    def test_nobody_writes_badges(self):
        self.show("E17")
        badge = self.env["gendan.badge"].search([])
        for number in ("pad_workshop", "E27", "E09", "E01"):
            with self.subTest(number), self.refused("", AccessError):
                self.by(badge, number).write({"employee_id": self.ref("E18").id})
            with self.subTest(number), self.refused("", AccessError):
                self.by(badge, number).unlink()
            with self.subTest(number), self.refused("", AccessError):
                self.as_user("gendan.badge", number).create({
                    "user_id": self.user("pad_workshop").id, "token_hash": "x",
                    "employee_id": self.ref("E17").id, "company_id": self.company.id,
                    "kind": "pin", "identified_at": fields.Datetime.now(),
                    "expires_at": fields.Datetime.now()})
            with self.subTest(number), self.refused("", AccessError):
                self.by(badge, number).read(["token_hash"])

    def test_the_employees_role_counts(self):
        """The device may do more than who holds it, and less: his role decides."""
        sheet = self.start_check(gendan_badge=self.show("E17"))
        driver = self.show("E22")
        with self.refused("丁伟 cannot do this on .*it is the part of"):
            sheet.with_context(gendan_badge=driver).action_skip()
        with self.refused("丁伟 cannot do this on"):
            sheet.line_ids[0].with_context(gendan_badge=driver).result = "ok"
        qc = self.show("E20")
        sheet.line_ids[0].with_context(gendan_badge=qc).result = "ok"
        self.assertRecordValues(sheet.line_ids[0], [{
            "employee_id": self.ref("E20").id, "user_id": self.user("pad_workshop").id,
            "device": self.user("pad_workshop").name}])
        self.assertEqual(self.refusals()[-1]["user_id_int"], self.user("pad_workshop").id)

    def test_nobody_signs_on_a_device(self):
        token = self.show("E04")
        article = self.as_user("gendan.first.article", "E11").create({
            "notice_line_id": self.line.id, "workcenter_id": self.ref("machine_bib").id})
        with self.refused("one signs with his own login only"):
            self.by(article, "pad_workshop").with_context(gendan_badge=token)._sign("salesperson")

    def test_only_roles_are_roles(self):
        with self.refused("is not a role of order follow-up", ValidationError):
            self.ref("E17").sudo().role_group_ids = self.env.ref("base.group_system")

    def test_who_makes_a_device_is_on_record(self):
        user = self.user("E12").sudo()
        user.is_device = True
        entry = self.env["gendan.audit"].search([("gate", "=", "device.switch")], limit=1)
        self.assertEqual(entry.document, "刘大伟")
        self.assertNotIn(user, self.env["res.users"]._users_of_role("production", self.company))


class TestPhoneStep(BadgeCase):
    """What a phone noted without a network arrives later, once, in the right name (X11)."""

    def sync(self, sheet, steps, **context):
        return sheet.with_context(**context).action_sync(steps)

    def test_noted_without_a_network(self):
        with self.at("2026-12-15 08:00"):
            token = self.show("E17")
            sheet = self.start_check(gendan_badge=token).with_context(gendan_badge=False)
        step = {"key": "a-1", "kind": "answer", "point": sheet.line_ids[0].id,
                "values": {"result": "ok"}, "token": token,
                "noted_at": fields.Datetime.to_string(moment("2026-12-15 08:10"))}
        with self.at("2026-12-15 09:00"):
            self.assertEqual(self.sync(sheet, [step]), {"a-1": False})
            self.assertEqual(self.sync(sheet, [step]), {"a-1": False}, "twice counts once")
        self.assertRecordValues(sheet.line_ids[0], [{
            "result": "ok", "employee_id": self.ref("E17").id, "is_late": True,
            "event_at": moment("2026-12-15 08:10"), "recorded_at": moment("2026-12-15 09:00")}])
        self.assertRecordValues(self.env["gendan.phone.step"].search([]), [{
            "key": "a-1", "noted_at": moment("2026-12-15 08:10"), "res_id": sheet.id,
            "arrived_at": moment("2026-12-15 09:00"), "employee_id": self.ref("E17").id}])

    def test_what_is_refused_loses_no_other_step(self):
        with self.at("2026-12-15 08:00"):
            token = self.show("E17")
            sheet = self.start_check(gendan_badge=token)
            first, second = sheet.line_ids[:2]
            base = {"kind": "answer", "token": token, "values": {"result": "ok"}}
            late = fields.Datetime.to_string(moment("2026-12-13 08:00"))
            early = fields.Datetime.to_string(moment("2026-12-15 07:59"))
            ahead = fields.Datetime.to_string(moment("2026-12-15 08:03"))
            results = self.sync(sheet, [
                {**base, "key": "1", "point": first.id, "token": "made up"},
                {**base, "key": "2", "point": first.id, "noted_at": late},
                {**base, "key": "3", "point": first.id, "noted_at": early},
                {**base, "key": "4", "point": first.id, "noted_at": ahead},
                {**base, "key": "5", "point": second.id},
                {**base, "key": "6", "point": first.id, "values": {"name": "?"}},
            ])
        self.assertRegex(results["1"], "Nobody held")
        self.assertRegex(results["2"], "look at its clock")
        self.assertRegex(results["3"], "Nobody held")
        self.assertRegex(results["4"], "look at its clock")
        self.assertFalse(results["5"])
        self.assertTrue(results["6"])
        self.assertEqual(sheet.line_ids.mapped("result")[:2], [False, "ok"])
        with self.refused("sent something unknown"):
            self.sync(sheet, [{"key": "7", "kind": "unlink"}])
        with self.refused("sent something unknown"):
            self.sync(sheet, [{"kind": "answer"}])

    def test_a_step_that_breaks_is_told_and_not_sent_for_ever(self):
        """No refusal of ours but a fault: the phone hears of it, the next step arrives."""
        token = self.show("E17")
        sheet = self.start_check(gendan_badge=token)
        first, second = sheet.line_ids[:2]
        base = {"kind": "answer", "token": token}
        with mute_logger("odoo.addons.gendan_followup.models.foundation.phone_mixin"):
            results = self.sync(sheet, [
                {**base, "key": "d-1", "point": first.id, "values": {"measured_value": "wide"}},
                {**base, "key": "d-2", "point": second.id, "values": {"result": "ok"}},
            ])
        self.assertRegex(results["d-1"], "could not be taken: enter it again")
        self.assertFalse(results["d-2"])
        self.assertEqual(second.result, "ok")
        self.assertEqual(self.env["gendan.phone.step"].search([]).mapped("key"), ["d-2"])

    def test_own_login(self):
        sheet = self.as_user("gendan.check.sheet", "E12").create({
            "template_id": self.env.ref("gendan_followup.check_template_start_check").id,
            "notice_line_id": self.line.id, "workcenter_id": self.ref("machine_bib").id})
        now = fields.Datetime.now() - timedelta(minutes=1)
        self.sync(sheet, [{"key": "b-1", "kind": "answer", "point": sheet.line_ids[0].id,
                           "values": {"result": "ok"},
                           "noted_at": fields.Datetime.to_string(now)}])
        self.assertRecordValues(sheet.line_ids[0], [{
            "employee_id": self.ref("E12").id, "is_late": False, "device": False}])

    def test_a_step_belongs_to_its_sheet(self):
        token = self.show("E17")
        sheet, other = (self.start_check(gendan_badge=token) for _count in range(2))
        results = self.sync(sheet, [{
            "key": "c-1", "kind": "answer", "point": other.line_ids[0].id, "token": token,
            "values": {"result": "ok"}}])
        self.assertRegex(results["c-1"], "no point of")
        self.assertFalse(other.line_ids[0].result)
