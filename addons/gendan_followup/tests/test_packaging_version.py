from odoo.exceptions import AccessError

from .materials_case import MaterialsCase
from .test_check_sheet import photo

MR, SP, KK = "E11", "E04", "E15"


class TestPackagingVersion(MaterialsCase):
    """The next version of an item: new, with its plate job, priced as before (D2.8, D3.4)."""

    def window(self, code, number=MR, **values):
        product = self.by(self.ref(code), number)
        action = product.action_next_version()
        window = self.env[action["res_model"]].with_user(self.user(number)).browse(
            action["res_id"])
        window.write(values)
        return window

    def test_a_bag_and_its_plate_job(self):
        window = self.window("PK04_v1", notice_line_id=self.line.id, colours=5,
                             artwork=photo("green"), artwork_name="v3.png")
        self.assertRecordValues(window, [{"name": "v3", "salesperson_id": self.user(SP).id}])
        action = window.action_confirm()
        job = self.env["gendan.plate.job"].browse(action["res_id"])
        version = job.product_id
        self.assertRecordValues(job, [{
            "state": "artwork", "merchandiser_id": self.user(MR).id, "colours": 5,
            "salesperson_id": self.user(SP).id, "notice_line_id": self.line.id}])
        self.assertTrue(job.artwork_digest)
        self.assertRecordValues(version, [{
            "packaging_state": "new", "packaging_kind": "bag", "default_code": "PK04-v3",
            "product_tmpl_id": self.ref("PK04_v1").product_tmpl_id.id, "plate_job_id": job.id}])
        self.assertRecordValues(version.version_status_ids, [{
            "status": "new", "user_id": self.user(MR).id}])
        offers = version.sudo().seller_ids.filtered(lambda one: one.product_id == version)
        self.assertEqual(offers.partner_id, self.ref("V03"))
        self.assertIn("accepted first article", version.status_text)
        with self.subTest("nothing is ordered of it yet"):
            need = self.env["gendan.need"].create({
                "notice_line_id": self.line.id, "product_id": version.id, "gross": 100})
            self.assertEqual(need._tolerance_now(), 5)
            with self.refused("artwork not approved"):
                self.order_packaging({need: 100}, MR).button_confirm()

    def test_the_old_version_stays_what_it_was(self):
        old = self.ref("PK04_v1")
        self.window("PK04_v1").action_confirm()
        self.assertRecordValues(old, [{
            "active": True, "packaging_state": "regular", "default_code": "PK04-v1"}])

    def test_a_carton_has_no_plates(self):
        action = self.window("PK07_v1").action_confirm()
        self.assertEqual(action["res_model"], "product.product")
        version = self.env["product.product"].browse(action["res_id"])
        self.assertRecordValues(version, [{"packaging_state": "new", "packaging_kind": "carton"}])
        self.assertFalse(version.plate_job_id)

    def test_a_kilogram_of_the_new_film_is_its_own(self):
        """X3: 150 bags a kg with v1, 140 with v2; neither unit counts for the other."""
        window = self.window("PK03_v1", pieces_per_unit=140, salesperson_id=self.user(SP).id)
        old = self.ref("PK03_v1")
        job = self.env["gendan.plate.job"].browse(window.action_confirm()["res_id"])
        version = job.product_id
        unit = version.sudo().uom_ids.filtered("packaging_version_id")
        self.assertEqual(version._pieces_factor(unit), 140)
        self.assertEqual(old._pieces_factor(unit), 0)
        self.assertEqual(old._pieces_factor(self.ref("uom_film_PK03_v1")), 150)
        self.assertEqual(version.sudo().seller_ids.filtered(
            lambda one: one.product_id == version).product_uom_id, unit)

    def test_an_item_without_versions(self):
        label = self.env["product.product"].sudo().create({
            "name": "合格证", "packaging_kind": "label", "uom_id": self.ref("uom_piece").id})
        with self.refused("合格证 has no versions: give it an attribute"):
            self.by(label, MR)._make_next_version("v2")
        self.assertEqual(len(label.product_tmpl_id.product_variant_ids), 1)

    def test_bad_input(self):
        for name, message in (("v1", "has a version v1 already"), (" ", "which version")):
            with self.subTest(name), self.refused(message):
                self.by(self.ref("PK04_v1"), MR)._make_next_version(name)
        with self.refused("is no packaging and has no versions"):
            self.by(self.ref("RM06"), MR)._make_next_version("v2")

    def test_whose_part_it_is(self):
        for number in (SP, KK, "E12", "E07"):
            with self.subTest(number), self.refused("is started by the merchandiser"):
                self.by(self.ref("PK04_v1"), number)._make_next_version("v3")
            with self.subTest(number), self.refused("", AccessError):
                self.window("PK04_v1", number)
        self.assertIn("packaging.version", {row["gate"] for row in self.refusals()})

    def test_artwork_that_changes_during_engraving_is_the_next_version(self):
        job = self.approve_artwork("PK04_v2", MR, SP)
        with self.refused("Another artwork is a new version"):
            job.artwork = photo("red")
        action = job.action_next_version()
        window = self.env[action["res_model"]].with_user(self.user(MR)).browse(action["res_id"])
        self.assertEqual((window.product_id, window.name), (self.ref("PK04_v2"), "v3"))
        job.action_cancel("条码错, 重新制版")
        self.assertEqual(job.state, "cancel")

    def test_withdrawn_by_a_button_with_its_reason(self):
        wizard = self.by(self.env["gendan.reason.wizard"], MR).with_context(
            active_ids=self.ref("PK04_v2").ids).create({
                "operation": "action_withdraw_version", "res_model": "product.product",
                "reason": "客户不用了"})
        wizard.action_confirm()
        self.assertEqual(self.ref("PK04_v2").packaging_state, "withdrawn")
