import psycopg2

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError

from ..models.foundation.role import ROLES
from ..models.production.check_template import CHECK_KINDS, CHECK_ROLES
from .common import photo
from .shop_floor import ShopFloorCase


class TestCheckTemplate(ShopFloorCase):
    """The points that the text names, as data (L-R2, requirements 14)."""

    def test_every_kind_has_its_points(self):
        templates = self.env["gendan.check.template"].search([])
        for kind, _label in CHECK_KINDS:
            template = templates._template_of(kind, self.company)
            self.assertTrue(template.line_ids, kind)
            self.assertFalse(template.blocking, "a check is a record, not a wall (X13)")
            self.assertTrue(set(CHECK_ROLES[kind]) <= set(ROLES))
        raw = templates._template_of("incoming_raw", self.company)
        self.assertEqual(raw.line_ids.mapped("name"), [
            "Usable width", "Print colour", "Print direction", "Hydrophilic", "Water-repellent"])

    def test_own_template_before_the_common_one(self):
        own = self.env["gendan.check.template"].create({
            "name": "Ours", "kind": "coding", "company_id": self.company.id, "sequence": 99})
        self.assertEqual(own._template_of("coding", self.company), own)

    def test_only_the_plan_manager_sets_them(self):
        template = self.env.ref("gendan_followup.check_template_coding")
        for number in ("E10", "E12", "E15", "E20", "E01"):
            with self.subTest(number), self.refused("", AccessError):
                self.by(template, number).blocking = True
            with self.subTest(number), self.refused("", AccessError):
                self.by(template.line_ids[0], number).name = "?"
        self.by(template, "E09").blocking = True
        entry = self.env["gendan.audit"].search([("gate", "=", "check.blocking")])
        self.assertRecordValues(entry, [{"kind": "setting", "user_name": "徐志强",
                                         "message": "Coding blocks from now on"}])
        with self.refused("", AccessError):
            self.by(template, "E09").unlink()

    def test_impossible_points(self):
        template = self.env.ref("gendan_followup.check_template_coding")
        point = {"template_id": template.id, "name": "?"}
        lines = self.as_user("gendan.check.template.line", "E09")
        for values in ({"judged_by": "limits", "limit_low": 2, "limit_high": 1},
                       {"deviation": -1}):
            with self.refused("", psycopg2.errors.CheckViolation):
                lines.create({**point, **values})
        with self.refused("choose a field that is a number", ValidationError):
            lines.create({**point, "judged_by": "spec", "spec_field": "code_text"})


class TestCheckSheet(ShopFloorCase):
    """Somebody looked, or did not, and it can be seen (X13, X17, L-R2, L-K2)."""

    def open_sheet(self, kind, number, **values):
        """Open a sheet of ``kind`` as employee ``number``."""
        return self.as_user("gendan.check.sheet", number).create({
            "template_id": self.env.ref(f"gendan_followup.check_template_{kind}").id, **values})

    def raw_sheet(self, number="E14"):
        """Open the check of a lot of printed film."""
        film = self.ref("RM08")
        lot = self.env["stock.lot"].create({
            "name": "L2612-08", "product_id": film.id, "company_id": self.company.id})
        return self.open_sheet("incoming_raw", number, product_id=film.id, lot_id=lot.id)

    def closed_sheet(self):
        sheet = self.raw_sheet()
        sheet.line_ids.write({"result": "ok"})
        sheet.action_close()
        return sheet

    def test_a_sheet_takes_over_its_points(self):
        with self.at("2026-12-08 08:30"):
            sheet = self.raw_sheet()
        self.assertRecordValues(sheet, [{
            "kind": "incoming_raw", "state": "open", "result": "pending", "blocking": False,
            "sample_size": 1, "opened_by_id": self.user("E14").id,
            "opened_at": fields.Datetime.to_datetime("2026-12-08 00:30:00"),
            "company_id": self.company.id}])
        self.assertRegex(sheet.name, r"^JY-2612-\d{5}$")
        self.assertEqual(sheet.line_ids.mapped("expected"), [
            "320", "4色: 棕 红 黑 白", "Head first", "None", "None"])
        template = sheet.template_id.sudo()
        template.line_ids[0].name = "Something else"
        template.kind = "sorting"
        self.assertEqual(sheet.line_ids[0].name, "Usable width", "as it was when it was opened")
        self.assertEqual(sheet.kind, "incoming_raw")

    def test_points_are_read_in_the_readers_language(self):
        """Opened by an English desk, read at a Chinese machine, and the other way round."""
        self.env["res.lang"]._activate_lang("zh_CN")
        template = self.env.ref("gendan_followup.check_template_incoming_raw")
        width = template.line_ids[0]
        width.with_context(lang="zh_CN").name = "幅宽"
        direction = template.line_ids[2]
        chinese = dict(self.env["gendan.spec.mixin"].with_context(lang="zh_CN")._fields[
            "print_direction"]._description_selection(self.env(context={"lang": "zh_CN"})))
        english = dict(self.env["gendan.spec.mixin"]._fields[
            "print_direction"]._description_selection(self.env(context={"lang": "en_US"})))
        key = next(iter(english))
        product = self.ref("RM08")
        product.product_tmpl_id.sudo().print_direction = key
        direction.spec_field = "print_direction"
        for lang in ("en_US", "zh_CN"):
            with self.subTest(opened_in=lang):
                sheet = self.as_user("gendan.check.sheet", "E14").with_context(lang=lang).create(
                    {"template_id": template.id, "product_id": product.id})
                for reader, words, asked in (("en_US", width.name, english[key]),
                                             ("zh_CN", "幅宽", chinese[key])):
                    lines = sheet.line_ids.with_context(lang=reader)
                    self.assertEqual(lines[0].label, words)
                    self.assertEqual(lines[0]._phone_point()["name"], words)
                    self.assertEqual(lines[2].requirement, asked)
        width.name = "Width of the roll"
        old = sheet.line_ids[0]
        self.assertEqual(old.with_context(lang="zh_CN").label, "幅宽", "the template's own word")
        width.with_context(lang="zh_CN").name = "卷宽"
        self.assertEqual(old.with_context(lang="zh_CN").label, "幅宽",
                         "a sheet keeps the words of its time")

    def test_an_answer_is_stamped(self):
        sheet = self.raw_sheet()
        width, colour, direction, hydrophilic, repellent = sheet.line_ids
        with self.at("2026-12-08 09:00"):
            width.write({"measured_value": 319.5, "result": "ok"})
            colour.write({"result": "ok", "photo": photo("red")})
            direction.write({"result": "not_ok", "note": "upside down"})
        with self.at("2026-12-08 09:05"):
            (hydrophilic | repellent).write({"result": "na"})
        self.assertRecordValues(sheet.line_ids, [
            {"result": result, "employee_id": self.ref("E14").id, "device": False,
             "user_id": self.user("E14").id, "is_late": False,
             "recorded_at": fields.Datetime.to_datetime(at),
             "event_at": fields.Datetime.to_datetime(at)}
            for result, at in (("ok", "2026-12-08 01:00:00"), ("ok", "2026-12-08 01:00:00"),
                               ("not_ok", "2026-12-08 01:00:00"), ("na", "2026-12-08 01:05:00"),
                               ("na", "2026-12-08 01:05:00"))])
        self.assertEqual(sheet.result, "not_ok")
        with self.at("2026-12-08 09:10"):
            sheet.action_close()
        self.assertRecordValues(sheet, [{
            "state": "closed", "result": "not_ok", "employee_id": self.ref("E14").id,
            "user_id": self.user("E14").id,
            "recorded_at": fields.Datetime.to_datetime("2026-12-08 01:10:00")}])

    def test_not_checked_is_one_tap(self):
        sheet = self.raw_sheet()
        sheet.line_ids[0].result = "ok"
        with self.refused("no answer yet for Print colour, .*Not checked"):
            sheet.action_close()
        self.assertEqual(sheet.state, "open")
        with self.at("2026-12-08 09:00"):
            sheet.action_skip()
        self.assertRecordValues(sheet, [{"state": "closed", "result": "skipped"}])
        self.assertEqual(sheet.line_ids.mapped("result"), ["ok"] + ["skipped"] * 4)
        self.assertEqual(sheet.line_ids[1].recorded_at,
                         fields.Datetime.to_datetime("2026-12-08 01:00:00"))

    def test_results(self):
        sheet = self.raw_sheet()
        points = sheet.line_ids
        points.write({"result": "na"})
        self.assertEqual(sheet.result, "ok")
        points[0].result = "skipped"
        self.assertEqual(sheet.result, "skipped")
        points[1].result = False
        self.assertEqual(sheet.result, "pending")
        points[2].result = "not_ok"
        self.assertEqual(sheet.result, "not_ok")

    def test_limits(self):
        template = self.env.ref("gendan_followup.check_template_incoming_raw")
        template.line_ids[0].write({"judged_by": "spec", "deviation": 2})
        width = self.raw_sheet().line_ids[0]
        self.assertRecordValues(width, [
            {"has_limits": True, "limit_low": 318, "limit_high": 322, "unit": "mm"}])
        for value, result in ((318, "ok"), (322, "ok"), (317.999, "not_ok"), (0.32, "not_ok")):
            width.measured_value = value
            self.assertEqual(width.result, result)
        with self.refused("322.5 mm is outside 318–322, so it is not OK"):
            width.write({"measured_value": 322.5, "result": "ok"})
        width.write({"measured_value": 320, "result": "not_ok", "note": "torn edge"})
        with self.refused("outside"):
            width.write({"measured_value": 1, "result": "ok"})
        self.assertRecordValues(width, [{"measured_value": 320, "result": "not_ok"}])

    def test_notice_is_the_measure_on_the_shop_floor(self):
        sheet = self.open_sheet("coding", "E15", notice_line_id=self.line.id)
        self.assertEqual(sheet.line_ids.mapped("expected"),
                         ["LOT 261207", "LOT yymmdd", False, False])
        self.assertEqual(sheet.notice_id, self.notice)
        sheet = self.open_sheet("piece_count", "E13", notice_line_id=self.line.id)
        # the point before it is the version of the bag in use, which is not measured
        count = sheet.line_ids.filtered("limit_high")
        self.assertRecordValues(count, [{"limit_low": 20, "limit_high": 20}])
        count.measured_value = 19
        self.assertEqual(count.result, "not_ok")

    def test_late_entry(self):
        """X17: the typed time beside the server's, and a flag."""
        point = self.raw_sheet().line_ids[0]
        with self.at("2026-12-08 14:00"):
            with self.refused("has not come yet"):
                point.write({"result": "ok", "event_at": "2026-12-08 06:30:00"})
            point.write({"result": "ok", "event_at": "2026-12-08 01:00:00"})
            point.note = "machine was running"
        self.assertRecordValues(point, [{
            "event_at": fields.Datetime.to_datetime("2026-12-08 01:00:00"),
            "recorded_at": fields.Datetime.to_datetime("2026-12-08 06:00:00"), "is_late": True}])

    def test_in_whose_name(self):
        sheet = self.raw_sheet()
        with self.refused("You are 孙涛 here and cannot record in the name of 马丽"):
            sheet.line_ids[0].write({"result": "ok", "employee_id": self.ref("E15").id})
        for values in ({"user_id": self.user("E15").id}, {"recorded_at": "2026-01-01 00:00:00"},
                       {"is_late": False}, {"name": "?"}, {"limit_high": 999},
                       {"sheet_id": sheet.id}, {"expected": "anything"}):
            with self.subTest(str(values)), self.refused("only the answer is entered"):
                sheet.line_ids[0].write({"result": "ok", **values})
        self.assertFalse(sheet.line_ids[0].result)

    def test_shared_tablet(self):
        """A device has no person: somebody shows his badge, and the device is kept too."""
        pad = self.ref("user_pad_workshop")
        sheets = self.env["gendan.check.sheet"].with_user(pad).with_company(self.company)
        values = {
            "template_id": self.env.ref("gendan_followup.check_template_start_check").id,
            "notice_line_id": self.line.id, "workcenter_id": self.ref("machine_bib").id}
        with self.refused("stands for no single person: show your badge"):
            sheets.create(values)
        sheet = self.held(sheets, "E18").create(values)
        with self.refused("stands for no single person: show your badge"):
            sheet.with_context(gendan_badge=False).line_ids[0].result = "ok"
        with self.refused("You are 罗刚 here and cannot record in the name of 黄勇"):
            sheet.line_ids[0].write({"result": "ok", "employee_id": self.ref("E17").id})
        sheet.line_ids[0].write({"result": "ok"})
        sheet.action_skip()
        self.assertRecordValues(sheet.line_ids[0], [{
            "employee_id": self.ref("E18").id, "user_id": pad.id, "device": pad.name}])
        self.assertRecordValues(sheet, [{"employee_id": self.ref("E18").id, "device": pad.name}])

    def test_whose_duty_it_is(self):
        for kind, number in (("incoming_raw", "E15"), ("incoming_packaging", "E14"),
                             ("coding", "E14"), ("sorting", "E12"), ("bag_fit", "E10")):
            with self.subTest(kind), self.refused("cannot do this on JY-.*it is the part of"):
                self.open_sheet(kind, number)
        for number in ("E03", "E07", "E09", "E16", "E27"):
            with self.subTest(number), self.refused("", AccessError):
                self.open_sheet("incoming_raw", number)
        sheet = self.raw_sheet()
        for number in ("E15", "E12", "E10"):
            with self.subTest(number), self.refused("it is the part of Raw-material keeper"):
                self.by(sheet.line_ids[0], number).result = "ok"
            with self.subTest(number), self.refused("it is the part of Raw-material keeper"):
                self.by(sheet, number).action_skip()
        self.assertFalse(sheet.line_ids[0].result)
        self.by(sheet.line_ids[0], "E21").result = "ok"
        self.assertEqual(sheet.line_ids[0].employee_id, self.ref("E21"))
        self.assertIn("check.incoming_raw", [row["gate"] for row in self.refusals()])

    def test_a_sheet_is_about_one_thing(self):
        sheet = self.raw_sheet()
        for values in ({"lot_id": False}, {"product_id": self.ref("RM06").id},
                       {"notice_line_id": self.line.id}, {"kind": "sorting"},
                       {"blocking": True}, {"name": "JY-1"},
                       {"template_id": self.env.ref("gendan_followup.check_template_sorting").id}):
            for record in (sheet, sheet.sudo()):
                with self.refused("stay as they are. Cancel the sheet and open another one"):
                    record.write(values)
        with self.refused("is of .*not of", ValidationError):
            self.open_sheet("incoming_raw", "E14", product_id=self.ref("RM06").id,
                            lot_id=sheet.lot_id.id)
        sheet.note = "unloaded in the rain"
        with self.refused("is cancelled, never deleted"):
            sheet.sudo().unlink()
        sheet.action_cancel()
        self.assertEqual(sheet.state, "cancel")
        with self.refused("it is kept as it is"):
            sheet.note = "?"

    def test_stamps_are_the_servers(self):
        for values in ({"state": "closed"}, {"opened_by_id": self.user("E15").id},
                       {"employee_id": self.ref("E15").id}):
            with self.subTest(str(values)), self.refused(""):
                self.open_sheet("incoming_raw", "E14", **values)
        sheet = self.raw_sheet().with_context(
            default_state="closed", default_employee_id=self.ref("E15").id,
            default_recorded_at="2026-01-01 00:00:00", default_result="ok",
            default_name="JY-0").create({
                "template_id": self.env.ref("gendan_followup.check_template_incoming_raw").id})
        self.assertRecordValues(sheet, [{
            "state": "open", "employee_id": False, "recorded_at": False, "result": "pending",
            "opened_by_id": self.user("E14").id}])
        self.assertNotEqual(sheet.name, "JY-0")
        for values in ({"state": "closed"}, {"recorded_at": "2026-01-01 00:00:00"},
                       {"opened_at": "2026-01-01 00:00:00"}):
            with self.subTest(str(values)), self.refused("noted by the server"):
                sheet.write(values)

    def test_a_closed_sheet_is_evidence(self):
        sheet = self.closed_sheet()
        for record in (sheet, self.by(sheet, "E20"), sheet.sudo()):
            for values in ({"note": "?"}, {"state": "open"}, {"sample_size": 9},
                           {"recorded_at": "2026-01-01 00:00:00"}):
                with self.refused(""):
                    record.write(values)
            for values in ({"result": "not_ok"}, {"note": "?"}, {"photo": False}):
                with self.refused("it is kept as it is"):
                    record.line_ids[0].write(values)
        for record in (sheet, sheet.line_ids[0]):
            with self.refused("", AccessError):
                record.unlink()
            with self.refused("it is kept as it is|never deleted"):
                record.sudo().unlink()
            with self.refused("not copied"):
                record.sudo().copy()
        with self.refused("it is kept as it is"):
            self.env["gendan.check.sheet.line"].create({"sheet_id": sheet.id, "name": "?"})
        with self.refused("", AccessError):
            self.as_user("gendan.check.sheet.line", "E14").create({
                "sheet_id": sheet.id, "name": "?"})
        with self.refused("it is kept as it is"):
            sheet.sudo().write({"line_ids": [fields.Command.clear()]})
        self.assertRecordValues(sheet, [{"state": "closed", "result": "ok", "note": False}])
        self.assertEqual(len(sheet.line_ids), 5)

    def test_photos_of_a_closed_sheet(self):
        """The file behind the field is as closed as the sheet."""
        sheet = self.raw_sheet()
        sheet.line_ids.write({"result": "ok"})
        point = sheet.line_ids[0]
        point.photo = photo("red")
        point.photo = photo("blue")
        file = self.by(self.env["ir.attachment"], "E14").search([
            ("res_model", "=", point._name), ("res_id", "=", point.id),
            ("res_field", "=", "photo")])
        before = point.photo
        sheet.action_close()
        for attachment in (file, file.sudo()):
            for values in ({"raw": b"x"}, {"res_id": sheet.line_ids[1].id}, {"res_model": False},
                           {"name": "?"}):
                with self.refused("it is kept as it is"):
                    attachment.write(values)
            with self.refused("it is kept as it is"):
                attachment.unlink()
        loose = self.by(self.env["ir.attachment"], "E14").create({"name": "x", "raw": b"x"})
        with self.refused("it is kept as it is"):
            loose.write({"res_model": point._name, "res_id": point.id, "res_field": "photo"})
        with self.refused("it is kept as it is"):
            loose.create({"name": "y", "raw": b"y", "res_model": point._name,
                          "res_id": point.id, "res_field": "photo"})
        self.env.invalidate_all()
        self.assertEqual(point.photo, before)

    def test_other_companies_sheets(self):
        sheet = self.raw_sheet()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        user = self.user("E14")
        user.company_ids = [fields.Command.link(other.id)]
        for record in (sheet, sheet.line_ids[0]):
            with self.refused("", AccessError):
                record.with_user(user).with_context(allowed_company_ids=other.ids).read(["name"])
        with self.refused("", (AccessError, UserError)):
            sheet.with_user(user).with_context(allowed_company_ids=other.ids).action_skip()
