from odoo.exceptions import AccessError

from .common import moment
from .materials_case import MaterialsCase
from .test_check_sheet import photo

MR, SP, MR2 = "E11", "E04", "E10"


class TestCartonSpecification(MaterialsCase):
    """Mark, grade and packing: the salesperson. The size: the merchandiser (D3.6–D3.9)."""

    def setUp(self):
        super().setUp()
        self.line.write({"mark_front": "SUNRISE PO 5520", "mark_side": "无唛",
                         "packing_method": "40袋/箱 竖装"})
        self.need = self.new_need("PK07_v1", 300)

    def spec(self, **values):
        spec = self.specify_carton(self.line, MR)
        if values:
            spec.write(values)
        return spec

    def order(self):
        return self.order_packaging({self.need: 300}, MR, "V04")

    def test_wednesday_morning(self):
        """S01: 09:30 refused, 10:10 confirmed, 10:20 sample asked, 10:30 size open, Friday done."""
        order = self.order()
        with self.refused("no carton specification.* → 李娜 writes it"):
            order.button_confirm()
        spec = self.spec()
        spec.action_ask()
        self.assertFalse(spec.confirmed_text)
        with self.refused("the salesperson has not confirmed mark, packing and grade → 吴婷"):
            order.button_confirm()
        with self.at("2026-11-25 10:10"):
            self.by(spec, SP).action_confirm()
        self.assertIn("吴婷 11-25", spec.with_context(tz="Asia/Shanghai").confirmed_text)
        with self.refused("the final size is open → 李娜 sets it"):
            self.by(order, MR).button_confirm()
        with self.at("2026-11-25 10:20"):
            self.by(spec, MR).action_ask_sample(self.ref("V04").id)
        with self.refused("sample carton is not measured and tried yet"):
            self.by(order, MR).button_confirm()
        with self.refused("sample carton is not measured and tried yet"):
            self.by(spec, MR).action_set_size(480, 380, 360)
        sample = self.by(spec.sample_ids, MR)
        sample.action_receive()
        with self.refused("Measure length, width and height"):
            sample.action_try(True)
        sample.write({"measured_length": 480, "measured_width": 380, "measured_height": 360,
                      "packs_tried": 39, "photo": photo("red")})
        with self.refused("39 packs went in, the notice wants 40"):
            sample.action_try(True)
        sample.packs_tried = 40
        sample.action_try(True)
        with self.at("2026-11-27 15:00"):
            self.by(spec, MR).action_set_size(480, 380, 360, "sample")
        self.assertRecordValues(spec, [{"size_text": "480×380×360", "status": "ready"}])
        self.by(order, MR).button_confirm()
        self.assertEqual(order.state, "purchase")
        self.assertRecordValues(spec.size_ids, [{
            "source": "sample", "user_id": self.user(MR).id, "size_height": 360,
            "set_at": moment("2026-11-27 15:00")}])

    def test_every_missing_point_is_named_at_once(self):
        self.line.write({"mark_side": False, "packing_method": False})
        spec = self.specify_carton(self.line, MR, grade=False)
        with self.refused("Side mark, Packing method, Board grade missing.*无唛"):
            spec.action_ask()
        with self.refused(r"(?s)Side mark missing.*Packing method missing.*Board grade missing.*"
                          r"not confirmed.*final size is open"):
            self.order().button_confirm()

    def test_content_changed_is_not_confirmed(self):
        spec = self.confirm_carton(self.line, MR, SP, (480, 380, 360))
        self.assertEqual(spec.status, "ready")
        before = {"board_grade": spec.board_grade, "mark_image": False}
        for values in ({"board_grade": "三层 A=B"}, {"mark_image": photo("red")}):
            with self.subTest(str(values)):
                self.by(spec, MR).write(values)
                self.assertFalse(spec._confirmations()[spec.id])
                with self.refused("has not confirmed"):
                    self.order().button_confirm()
                self.by(spec, MR).write({name: before[name] for name in values})
                self.assertTrue(spec._confirmations()[spec.id], "changed back")
        self.line.write({"mark_front": "SUNRISE PO 5521"})
        self.assertFalse(spec._confirmations()[spec.id], "another mark on the notice")
        with self.refused("has not confirmed"):
            self.order().button_confirm()
        self.by(spec, MR).action_ask()
        self.by(spec, SP).action_confirm()
        self.assertEqual(spec.status, "ready", "the size is no part of it")

    def test_the_drawing_is_not_exchanged_behind_the_confirmation(self):
        """D3.7: another drawing is another content, by whatever door it comes."""
        spec = self.confirm_carton(self.line, MR, SP, (480, 380, 360))
        self.by(spec, MR).write({"mark_image": photo("green")})
        self.by(spec, MR).action_ask()
        self.by(spec, SP).action_confirm()
        file = self.env["ir.attachment"].sudo().search([
            ("res_model", "=", spec._name), ("res_field", "=", "mark_image"),
            ("res_id", "=", spec.id)])
        self.assertTrue(file)
        for number in (MR, MR2, "E09"):
            mine = self.by(file, number)
            for door in (lambda mine=mine: mine.write({"datas": photo("red")}),
                         lambda mine=mine: mine.unlink(),
                         lambda mine=mine: mine.copy({"datas": photo("red")})):
                with self.subTest(number), self.refused("change it on the specification"):
                    door()
        self.assertTrue(spec._confirmations()[spec.id])

    def test_only_the_salesperson_of_that_order(self):
        spec = self.spec()
        with self.refused("is not put before the salesperson yet"):
            self.by(spec, SP).action_confirm()
        self.by(spec, MR).action_ask()
        for number in ("E03", "E02", "E09", MR, MR2, "E15", "E13"):
            with self.subTest(number), self.refused("is not the salesperson of .* 吴婷 decides"):
                self.by(spec, number).action_confirm()
        self.assertEqual(spec.status, "asked")
        self.assertFalse(spec._confirmations()[spec.id])
        with self.at("2026-11-24 08:00"):
            self.as_user("gendan.deputy", SP).create({
                "deputy_id": self.user("E03").id, "date_to": "2026-11-25 00:00:00"})
            self.by(spec, "E03").action_confirm()
        self.assertTrue(spec._confirmations()[spec.id])

    def test_a_customer_without_salesperson(self):
        """A34: sales manager or plan manager, never who asked."""
        line = self.new_notice("SC-2611-0031").line_ids
        line.write({"mark_front": "无唛", "mark_side": "无唛", "packing_method": "竖装"})
        spec = self.specify_carton(line, "E09")
        spec.action_ask()
        with self.refused("is your own work"):
            self.by(spec, "E09").action_confirm()
        with self.refused("the sales manager or the plan manager decides"):
            self.by(spec, MR).action_confirm()
        self.by(spec, "E02").action_confirm()
        self.assertTrue(spec._confirmations()[spec.id])

    def test_nobody_confirms_what_changed_while_he_looked(self):
        spec = self.specify_carton(self.line, MR)
        spec.action_ask()
        seen = self.by(spec, SP).content_digest
        spec.board_grade = "五层 A=A"
        with self.refused("was changed meanwhile"):
            self.by(spec, SP).with_context(seen_digest=seen).action_confirm()
        self.assertEqual(spec.status, "asked")
        self.env.invalidate_all()
        self.by(spec, SP).with_context(
            seen_digest=self.by(spec, SP).content_digest).action_confirm()
        self.assertEqual(spec.status, "confirmed")

    def test_the_salesperson_objects(self):
        spec = self.spec()
        spec.action_ask()
        with self.refused("say what is wrong"):
            self.by(spec, SP).action_object("")
        self.by(spec, SP).action_object("客户要五层 A=A")
        self.assertRecordValues(spec, [{
            "objection": "客户要五层 A=A", "asked_at": False, "status": "open"}])

    def test_the_size_is_the_merchandisers(self):
        spec = self.spec()
        for number in (SP, "E09", "E15", "E12", "E02"):
            with self.subTest(number), self.refused("it is the part of Merchandiser"):
                self.by(spec, number).action_set_size(480, 380, 360)
        for size in ((0, 380, 360), (-1, 380, 360), (480, 380, 36000)):
            with self.subTest(size), self.refused("is no carton"):
                self.by(spec, MR).action_set_size(*size)
        for values in ({"size_length": 480}, {"size_set_by_id": self.user(MR).id},
                       {"digest": "x"}, {"asked_at": "2026-01-01 00:00:00"}):
            with self.subTest(str(values)), self.refused("noted by their own steps"):
                self.by(spec, MR).write(values)
        with self.refused("", AccessError):
            self.by(spec, SP).write({"board_grade": "?"})

    def test_a_sample_that_fails_needs_a_second_one(self):
        spec = self.confirm_carton(self.line, MR, SP, (480, 380, 350))
        self.by(spec, MR).action_ask_sample()
        self.assertFalse(spec.size_set_at, "asked for a sample: the size is open again")
        sample = self.by(spec.sample_ids, MR)
        sample.action_receive()
        sample.write({"measured_length": 480, "measured_width": 380, "measured_height": 350,
                      "packs_tried": 38, "photo": photo("red")})
        sample.action_try(False)
        with self.refused("the sample carton does not fit"):
            self.by(spec, MR).action_set_size(480, 380, 360)
        with self.refused("kept as it is"):
            sample.write({"packs_tried": 40})
        self.by(spec, MR).action_ask_sample()
        second = self.by(spec.sample_ids.sorted("id")[-1:], MR)
        second.action_receive()
        second.write({"measured_length": 480, "measured_width": 380, "measured_height": 360,
                      "packs_tried": 40, "photo": photo("green")})
        second.action_try(True)
        self.by(spec, MR).action_set_size(480, 380, 360, "sample")
        self.assertEqual(spec.size_ids.mapped("size_height"), [350, 360], "D3.10: the history")

    def test_one_per_line_and_never_deleted(self):
        spec = self.spec()
        with self.refused("", Exception):
            self.specify_carton(self.line, MR)
        with self.refused("is kept"):
            spec.sudo().unlink()
        with self.refused("belongs to its own order"):
            spec.sudo().copy()
