import base64
import hashlib

from odoo import fields
from odoo.exceptions import AccessError

from .common import moment
from .materials_case import MaterialsCase
from .test_check_sheet import photo

MR, SP, SP2 = "E11", "E04", "E03"


class TestPlateJob(MaterialsCase):
    """A new version from its artwork to the plates (D2.8, L-S5)."""

    def job(self, **values):
        return self.start_plates("PK04_v2", MR, SP, notice_line_id=self.line.id, **values)

    def with_customer(self):
        job = self.job()
        job.action_submit_artwork()
        self.by(job, SP).action_approve_artwork()
        return self.by(job, MR)

    def test_stage_by_stage(self):
        """S01's days: approved 11-24, engraved 11-25 to 12-01, proof approved 12-03."""
        with self.at("2026-11-24 11:00"):
            job = self.job()
            self.assertEqual(str(job.stage_due), "2026-11-26")
            job.action_submit_artwork()
            self.assertRecordValues(job, [{
                "state": "salesperson", "owner_id": self.user(SP).id, "is_late": False}])
        with self.at("2026-11-24 15:00"):
            self.by(job, SP).action_approve_artwork()
        with self.at("2026-11-24 22:40"):
            self.by(job, SP).action_customer_approved("Approved. Nordpark, 22:38")
        self.assertRecordValues(job, [{"state": "engraving", "owner_id": self.user(MR).id}])
        self.assertEqual(str(job.stage_due), "2026-11-30", "5 working days, Sunday is none")
        self.assertEqual(self.ref("PK04_v2").artwork_name, "PK04_v2.png")
        with self.at("2026-12-01 16:00"):
            self.by(job, MR).write({"proof": photo("blue"), "proof_name": "proof.png"})
            self.by(job, MR).action_submit_proof()
        with self.at("2026-12-03 09:00"):
            self.by(job, SP).action_approve_proof()
        with self.at("2026-12-03 10:00"):
            self.by(job, MR).action_release_plates()
        self.assertEqual(job.state, "released")
        self.assertEqual(job.stage_ids.mapped("stage"), [
            "salesperson", "customer", "engraving", "proof", "approved", "released"])
        late = job.stage_ids[3]
        self.assertRecordValues(late, [{
            "from_stage": "engraving", "due": fields.Date.to_date("2026-11-30"),
            "happened_at": moment("2026-12-01 16:00"), "user_id": self.user(MR).id}])

    def test_who_approved_which_file(self):
        """L-S5: a query finds the approved file, its digest, who and when."""
        job = self.job()
        job.action_submit_artwork()
        with self.at("2026-11-24 15:00"):
            self.by(job, SP).action_approve_artwork()
        found = self.env["gendan.artwork.approval"].search([
            ("product_id", "=", self.ref("PK04_v2").id), ("kind", "=", "salesperson")])
        digest = hashlib.sha256(base64.b64decode(photo("green"))).hexdigest()
        self.assertRecordValues(found, [{
            "digest": digest, "file_name": "PK04_v2.png", "user_id": self.user(SP).id,
            "approved_at": moment("2026-11-24 15:00")}])
        self.assertEqual(
            hashlib.sha256(base64.b64decode(found.with_context(bin_size=False).file)).hexdigest(),
            digest, "the file itself is kept")
        for number in (SP, MR, "E09", "E01"):
            with self.subTest(number), self.refused("", AccessError):
                self.by(found, number).write({"digest": "x"})
            with self.subTest(number), self.refused("", AccessError):
                self.by(found, number).unlink()

    def test_another_file_voids_the_approval(self):
        job = self.with_customer()
        self.assertTrue(job._approved("salesperson", "artwork"))
        job.write({"artwork": photo("red"), "artwork_name": "changed.png"})
        self.assertFalse(job._approved("salesperson", "artwork"))
        self.assertEqual(job.state, "salesperson", "back on the salesperson's desk")
        with self.refused("cannot become"):
            self.by(job, SP).action_customer_approved("OK")
        self.by(job, SP).action_approve_artwork()
        self.by(job, SP).action_customer_approved("OK")
        self.assertFalse(job._artwork_conditions())

    def test_the_same_file_again_voids_nothing(self):
        job = self.with_customer()
        job.write({"artwork": photo("green")})
        self.assertTrue(job._approved("salesperson", "artwork"))
        self.assertEqual(job.state, "customer")

    def test_no_file_behind_the_back_of_the_job(self):
        job = self.with_customer()
        attachment = self.env["ir.attachment"].sudo().search([
            ("res_model", "=", job._name), ("res_id", "=", job.id),
            ("res_field", "=", "artwork")])
        self.assertTrue(attachment)
        for number in (MR, "E09"):
            with self.subTest(number), self.refused(""):
                self.by(attachment, number).write({"raw": b"other"})
        for step in (lambda: attachment.write({"raw": b"other"}), attachment.unlink):
            with self.refused("exchanged on the job itself"):
                step()

    def test_nothing_changes_while_the_plates_are_made(self):
        job = self.approve_artwork("PK04_v2", MR, SP)
        with self.refused("Another artwork is a new version"):
            job.write({"artwork": photo("red")})
        with self.refused("stays the job of its version"):
            job.write({"product_id": self.ref("PK04_v1").id})
        with self.refused("neither changed nor deleted"):
            job.sudo().unlink()
        with self.refused("cancelled, never deleted"):
            self.job().sudo().unlink()
        job.write({"proof": photo("blue")})
        job.action_submit_proof()
        self.by(job, SP).action_approve_proof()
        with self.refused("the proof is approved and stays"):
            job.write({"proof": photo("red")})

    def test_only_the_salesperson_approves(self):
        job = self.job()
        job.action_submit_artwork()
        for number in (MR, "E10", SP2, "E09", "E02", "E15", "E07"):
            for step in ("action_approve_artwork", "action_approve_proof"):
                with self.subTest(number, step=step), self.refused("吴婷 approves it|access"):
                    getattr(self.by(job, number), step)()
        self.assertEqual(job.state, "salesperson")
        self.assertIn("plate.approve", [row["gate"] for row in self.refusals()])
        with self.at("2026-11-24 08:00"):
            self.as_user("gendan.deputy", SP).create({
                "deputy_id": self.user(SP2).id, "date_to": "2026-11-25 00:00:00"})
            self.by(job, SP2).action_approve_artwork()
        self.assertEqual(job.approval_ids.user_id, self.user(SP2))

    def test_nobody_approves_a_file_that_he_has_not_seen(self):
        """L-S5: the page of the salesperson shows one file, the merchandiser attaches another."""
        job = self.job()
        job.action_submit_artwork()
        seen = job.artwork_digest
        job.artwork = photo("red")
        with self.refused("another file was attached meanwhile"):
            self.by(job, SP).with_context(seen_digest=seen).action_approve_artwork()
        self.assertFalse(job.approval_ids)
        self.by(job, SP).with_context(seen_digest=job.artwork_digest).action_approve_artwork()
        with self.refused("another file was attached meanwhile"):
            self.by(job, SP).with_context(seen_digest=seen).action_customer_approved("ok")
        self.by(job, SP).action_customer_approved("ok")
        self.by(job, MR).proof = photo("blue")
        self.by(job, MR).action_submit_proof()
        seen = job.proof_digest
        self.by(job, MR).proof = photo("red")
        with self.refused("another file was attached meanwhile"):
            self.by(job, SP).with_context(seen_digest=seen).action_approve_proof()
        self.assertEqual(job.state, "proof")

    def test_every_stage_says_who_does_what_by_when(self):
        with self.at("2026-11-24 11:00"):
            job = self.job()
            said = [job.next_text]
            job.action_submit_artwork()
            said.append(job.next_text)
            self.by(job, SP).action_approve_artwork()
            said.append(job.next_text)
            self.by(job, SP).action_customer_approved("OK")
            said.append(job.next_text)
            self.by(job, MR).proof = photo("blue")
            self.by(job, MR).action_submit_proof()
            said.append(job.next_text)
            self.by(job, SP).action_approve_proof()
            said.append(job.next_text)
            self.by(job, MR).action_release_plates()
        self.assertEqual(said, [
            "李娜: attach the artwork and give it to the salesperson, by 11-26",
            "吴婷: look whether the content of the artwork is right, by 11-25",
            "吴婷: show it to the customer and note what he says, by 11-27",
            "李娜: follow the engraver; attach his proof when it is there, by 11-30",
            "吴婷: compare the proof with the artwork, by 11-26",
            "李娜: see the plates to the printer and release them, by 11-25"])
        self.assertFalse(job.next_text)

    def test_steps_are_told_in_words(self):
        job = self.job()
        job.action_submit_artwork()
        self.by(job, MR).action_touch("called")
        self.assertEqual(job.stage_ids.mapped("stage_text"), [
            "Artwork → With the salesperson", "With the salesperson"])
        self.env["res.lang"]._activate_lang("zh_CN")
        self.assertNotIn("salesperson", "".join(
            job.with_context(lang="zh_CN").stage_ids.mapped("stage_text")))

    def test_returned_and_rejected_with_a_reason(self):
        job = self.job()
        job.action_submit_artwork()
        with self.refused("write what is wrong"):
            self.by(job, SP).action_return_artwork(" ")
        self.by(job, SP).action_return_artwork("条码错误")
        self.assertEqual(job.state, "artwork")
        job.write({"artwork": photo("red")})
        self.by(job, MR).action_submit_artwork()
        self.by(job, SP).action_approve_artwork()
        with self.refused("what the customer said"):
            self.by(job, SP).action_customer_approved("")
        self.by(job, SP).action_customer_approved("ok")
        with self.refused("attach the proof first"):
            self.by(job, MR).action_submit_proof()
        self.by(job, MR).write({"proof": photo("blue")})
        self.by(job, MR).action_submit_proof()
        self.by(job, SP).action_reject_proof("红色偏暗")
        self.assertEqual(job.state, "engraving")
        self.assertIn("红色偏暗", job.stage_ids.mapped("note"))

    def test_stamps_are_the_servers(self):
        for values in ({"state": "released"}, {"artwork_digest": "x"}, {"stage_due": "2027-01-01"}):
            with self.subTest(str(values)), self.refused(""):
                self.job(**values)
        job = self.job()
        for values in ({"state": "released"}, {"artwork_digest": "x"}, {"touched_at": False}):
            with self.subTest(str(values)), self.refused("noted by the server"):
                job.write(values)
        with self.refused("", AccessError):
            self.by(job, "E15").write({"colours": 9})

    def test_nobody_makes_himself_the_approver(self):
        """D2.8, L-S5: the content is the salesperson's word, not that of whoever claims it."""
        job = self.job()
        job.action_submit_artwork()
        for number in (SP2, "E05", "E06"):
            with self.subTest(number), self.refused("to change .* does it"):
                self.by(job, number).write({"salesperson_id": self.user(number).id})
            with self.subTest(number), self.refused("to change .* does it"):
                self.by(job, number).write({"artwork": photo("blue"), "artwork_name": "x.png"})
        for number in (MR, "E10", "E09"):
            with self.subTest(number), self.refused("does not approve"):
                self.by(job, number).write({"salesperson_id": self.user(number).id})
        with self.refused("does not approve"):
            self.by(job, MR).write({"merchandiser_id": self.user("E10").id,
                                    "salesperson_id": self.user(MR).id})
        with self.refused("does not approve"):
            self.start_plates("PK02_v3", MR, MR, notice_line_id=self.line.id)
        self.assertEqual(job.salesperson_id, self.user(SP))
        self.by(job, SP).action_approve_artwork()

    def test_a_job_without_artwork_or_salesperson(self):
        job = self.job(artwork=False)
        with self.refused("attach the artwork first"):
            job.action_submit_artwork()
        job.write({"artwork": photo("red"), "salesperson_id": False})
        with self.refused("name the salesperson"):
            job.action_submit_artwork()

    def test_reminders(self):
        """Late, or untouched for two working days: owner and merchandiser, once a day (D2.8)."""
        with self.at("2026-11-27 10:00"):
            job = self.approve_artwork("PK04_v2", MR, SP)
        jobs = self.env["gendan.plate.job"]

        def todos():
            return job.sudo().activity_ids.filtered(
                lambda a: a.user_id == self.user(MR) and "Engraving" not in (
                    a.summary or "").split(": ")[-1:])

        with self.at("2026-11-28 10:00"):
            jobs._cron_remind()
        self.assertFalse(todos(), "one working day")
        with self.at("2026-11-30 09:00"):
            jobs._cron_remind()
            jobs._cron_remind()
        self.assertEqual(len(todos()), 1, "Saturday and Monday; asked once")
        self.assertIn("2 working days", todos().summary)
        with self.at("2026-11-30 15:00"):
            job.action_touch("电话: 周四出样")
        self.assertFalse(todos())
        with self.at("2026-12-04 09:00"):
            jobs._cron_remind()
        self.assertIn("is late", todos().summary)
        with self.refused("what was said"):
            job.action_touch("")

    def test_reminders_do_not_pile_up(self):
        """Each day says it anew; whoever is asked has one to-do of the job, not one a day."""
        with self.at("2026-11-24 10:00"):
            job = self.start_plates("PK04_v2", MR, SP)
            job.action_submit_artwork()
        jobs = self.env["gendan.plate.job"]
        for day in ("2026-11-27", "2026-11-30", "2026-12-01"):
            with self.at(f"{day} 09:00"):
                jobs._cron_remind()
        todos = job.sudo().activity_ids
        self.assertEqual(sorted(todos.user_id.ids), sorted((self.user(MR) | self.user(SP)).ids))
        self.assertEqual(len(todos), 2, "the salesperson's to-do of the stage is that reminder")
        self.assertTrue(all("is late" in todo.summary for todo in todos))


class TestVersionOrder(MaterialsCase):
    """What may be ordered of a version (D2.8), and when it becomes regular (A14)."""

    def test_no_order_before_the_artwork_is_approved(self):
        order = self.order_packaging({"PK04_v2": 1000}, MR)
        for door in (lambda: order.button_confirm(), lambda: order.write({"state": "purchase"})):
            with self.refused("is new and has no approved artwork → the merchandiser starts"):
                door()
        job = self.start_plates("PK04_v2", MR, SP)
        job.action_submit_artwork()
        with self.refused("artwork not approved .*With the salesperson.* → 吴婷 acts next"):
            order.button_confirm()
        self.by(job, SP).action_approve_artwork()
        with self.refused("With the customer"):
            self.by(order, MR).button_confirm()
        self.by(job, SP).action_customer_approved("OK")
        self.by(order, MR).button_confirm()
        self.assertEqual(order.state, "purchase")
        self.assertTrue(any("must not print before" in (message.body or "")
                            for message in order.sudo().message_ids), "warned of the proof")

    def test_a_salesperson_who_buys_himself_meets_the_same(self):
        """L-S3: found by its buyer; the same conditions hold."""
        order = self.order_packaging({"PK04_v2": 1000}, MR)
        order.sudo().user_id = self.user(SP)
        with self.refused("no approved artwork"):
            order.sudo().button_confirm()

    def test_later_lines_are_judged(self):
        order = self.order_packaging({"PK04_v1": 1000}, MR)
        order.button_confirm()
        with self.refused("is bought for no notice"):
            self.env["purchase.order.line"].with_user(self.user(MR)).create({
                "order_id": order.id, "product_id": self.ref("PK04_v2").id, "product_qty": 1})
        with self.refused("no approved artwork|was allocated to a need of"):
            order.order_line.write({"product_id": self.ref("PK04_v2").id})

    def test_withdrawn_versions(self):
        order = self.order_packaging({"PK02_v2": 1000}, MR)
        with self.refused("PK02.*is withdrawn"):
            order.button_confirm()
        version = self.ref("PK04_v1")
        with self.refused("say why"):
            self.by(version, MR).action_withdraw_version("")
        with self.refused("withdrawn by the merchandiser or the salesperson"):
            self.by(version, "E15").action_withdraw_version("?")
        self.by(version, MR).action_withdraw_version("customer has a new design")
        self.assertRecordValues(version.sudo().version_status_ids, [{
            "old_status": "regular", "status": "withdrawn", "user_id": self.user(MR).id,
            "reason": "customer has a new design"}])

    def test_another_company_does_as_it_likes(self):
        self.company.sudo().uses_gendan = False
        order = self.order_packaging({"PK04_v2": 1000}, MR)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def article(self):
        # the sample comes out of the set-up
        self.company.sudo().trial_quantity = 0
        article = self.open_first_article(self.line, self.ref("machine_bib"))
        self.take_sample(article, "E18")
        return article

    def test_regular_by_its_first_use(self):
        version = self.ref("PK04_v2").sudo()
        self.line.write({"bag_version_id": version.id})
        article = self.article()
        self.line._use_versions(article)
        self.assertEqual(version.packaging_state, "new", "nothing of it was ever received")
        self.env["stock.quant"].sudo().create({
            "product_id": version.id, "inventory_quantity": 500,
            "location_id": self.ref("warehouse").lot_stock_id.id,
            "lot_id": self.env["stock.lot"].sudo().create(
                {"name": "PK04-V2", "product_id": version.id}).id}).action_apply_inventory()
        with self.at("2026-12-15 09:50"):
            self.line._use_versions(article)
        self.assertEqual(version.packaging_state, "regular")
        self.assertRecordValues(version.version_status_ids, [{
            "old_status": "new", "status": "regular", "first_article_id": article.id,
            "changed_at": moment("2026-12-15 09:50")}])
        for number in (MR, "E09"):
            with self.subTest(number), self.refused("not typed|access", (Exception,)):
                self.by(version, number).write({"packaging_state": "new"})
        self.line._use_versions(article)
        self.assertEqual(len(version.version_status_ids), 1)
