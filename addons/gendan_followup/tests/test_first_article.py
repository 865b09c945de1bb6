import base64

import psycopg2

from odoo import fields
from odoo.exceptions import AccessError

from .common import photo
from .shop_floor import ShopFloorCase


class TestFirstArticle(ShopFloorCase):
    """The piece from the running machine, and the salesperson's word on it (D5.1–D5.4).

    The trial packs have their own tests; here the sample comes out of the set-up.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.trial_quantity = 0

    def open_article(self, number="E11", **values):
        """Open a first article on 围兜线."""
        return self.as_user("gendan.first.article", number).create({
            "notice_line_id": self.line.id, "workcenter_id": self.ref("machine_bib").id,
            **values})

    def sampled(self, **values):
        """Return a first article with its sample taken."""
        article = self.open_article(**values)
        article.action_present()
        article.write({"operator_id": self.ref("E18").id, "sample_quantity": 3,
                       "sample_photo": photo()})
        article.action_sample()
        return article

    def test_from_machine_to_acceptance(self):
        with self.at("2026-12-15 08:20"):
            article = self.open_article()
        with self.at("2026-12-15 08:30"):
            article.action_present()
            article.write({"operator_id": self.ref("E18").id, "sample_quantity": 3,
                           "retained_at": "board 3", "sample_photo": photo("red")})
            article.action_sample()
            article.line_ids[0].write({"measured_value": 320, "result": "ok"})
        self.assertRecordValues(article, [{
            "kind": "first_article", "decision": "pending", "notice_id": self.notice.id,
            "present_by_id": self.user("E11").id,
            "present_at": fields.Datetime.to_datetime("2026-12-15 00:30:00"),
            "sampled_by_id": self.user("E11").id, "company_id": self.company.id}])
        self.assertEqual(article.line_ids[0].expected, "320")
        with self.at("2026-12-15 09:50"):
            self.by(article, "E04").action_accept()
        self.assertRecordValues(article, [{
            "decision": "accepted", "decided_by_id": self.user("E04").id,
            "decided_at": fields.Datetime.to_datetime("2026-12-15 01:50:00"),
            "state": "closed", "result": "skipped"}])
        skipped = article.line_ids.filtered(lambda line: line.result == "skipped")
        self.assertEqual(len(skipped), len(article.line_ids) - 1, "shown, but no obstacle (D5.3)")
        self.assertEqual(skipped.employee_id, self.ref("E04"))

    def test_only_the_salesperson_decides(self):
        article = self.sampled()
        for number in ("E11", "E10", "E03", "E09", "E12", "E20", "E07"):
            with self.subTest(number), self.refused("吴婷 decides, or the sales manager"):
                self.by(article, number).action_accept()
        self.assertRecordValues(article, [{"decision": "pending", "state": "open"}])
        self.assertEqual({row["gate"] for row in self.refusals()}, {"first_article.decide"})
        self.by(article, "E02").action_accept()
        self.assertEqual(article.decided_by_id, self.user("E02"))

    def test_a_deputy_decides(self):
        article = self.sampled()
        with self.at("2026-12-15 08:00"):
            self.as_user("gendan.deputy", "E04").create({
                "deputy_id": self.user("E03").id, "date_to": "2026-12-16 00:00:00"})
            self.by(article, "E03").action_accept()
        self.assertEqual(article.decided_by_id, self.user("E03"))

    def test_a_customer_without_salesperson(self):
        """A34: the second voice is another merchandiser's or the plan manager's."""
        notice = self.new_notice("SC-2611-0030")
        first = self.sampled(notice_line_id=notice.line_ids.id)
        second = self.sampled(notice_line_id=notice.line_ids.id)
        with self.refused("another merchandiser or the plan manager"):
            self.by(first, "E11").action_accept()
        self.by(first, "E10").action_accept()
        self.by(second, "E09").action_accept()
        self.assertEqual((first | second).mapped("decision"), ["accepted", "accepted"])

    def test_nothing_is_decided_without_a_sample(self):
        article = self.open_article()
        with self.refused("no sample was taken from the machine"):
            self.by(article, "E04").action_accept()
        with self.refused("Machine operator, Sample Quantity, Photo of the sample missing"):
            self.by(article, "E11").action_sample()
        self.assertRecordValues(article, [{"decision": "pending", "sampled_at": False}])

    def test_a_rejection_says_why(self):
        article = self.sampled()
        with self.refused("say what is wrong"):
            self.by(article, "E04").action_reject("")
        self.by(article, "E04").action_reject("seal 4 mm off")
        self.assertRecordValues(article, [{
            "decision": "rejected", "decision_reason": "seal 4 mm off"}])
        for step in ("action_accept", "action_withdraw", "action_reject"):
            with self.subTest(step), self.refused("cannot become"):
                getattr(self.by(article, "E04"), step)("after all")

    def test_an_acceptance_can_be_withdrawn(self):
        article = self.sampled()
        with self.at("2026-12-15 09:50"):
            self.by(article, "E04").action_accept()
        with self.refused("吴婷 decides"):
            self.by(article, "E12").action_withdraw("wrong colour")
        with self.at("2026-12-15 11:00"):
            self.by(article, "E04").action_withdraw("wrong colour")
        self.assertRecordValues(article, [{
            "decision": "withdrawn", "withdrawal_reason": "wrong colour",
            "withdrawn_by_id": self.user("E04").id, "decided_by_id": self.user("E04").id,
            "decided_at": fields.Datetime.to_datetime("2026-12-15 01:50:00")}])

    def test_stamps_are_the_servers(self):
        for values in ({"decision": "accepted"}, {"decided_by_id": self.user("E04").id},
                       {"sampled_at": "2026-12-01 00:00:00"}, {"digest": "x"}):
            with self.subTest(str(values)), self.refused(""):
                self.open_article(**values)
        article = self.open_article().with_context(
            default_decision="accepted", default_decided_by_id=self.user("E04").id,
            default_decided_at="2026-12-01 00:00:00").create({
                "notice_line_id": self.line.id, "workcenter_id": self.ref("machine_wet1").id})
        with self.refused("begins as “Open”"):
            article.with_context(default_state="closed").create({
                "notice_line_id": self.line.id, "workcenter_id": self.ref("machine_wet1").id})
        self.assertRecordValues(article, [{
            "decision": "pending", "decided_by_id": False, "state": "open"}])
        for values in ({"decision": "accepted"}, {"present_by_id": self.user("E11").id},
                       {"hand_count": 7}, {"cycle": 3}, {"state": "closed"}):
            with self.subTest(str(values)), self.refused("noted by the server"):
                article.write(values)
        with self.refused("", psycopg2.errors.CheckViolation):
            article.sudo().write({"decision": "accepted"})

    def test_a_decided_article_is_evidence(self):
        article = self.sampled()
        article.sample_photo = photo("red")
        self.by(article, "E04").action_accept()
        file = self.env["ir.attachment"].search([
            ("res_model", "=", article._name), ("res_id", "=", article.id),
            ("res_field", "=", "sample_photo")])
        for record in (self.by(article, "E11"), article.sudo()):
            for values in ({"sample_quantity": 99}, {"operator_id": self.ref("E17").id},
                           {"note": "?"}, {"sample_photo": False}):
                with self.refused("it is kept as it is"):
                    record.write(values)
            with self.refused("it is kept as it is"):
                record.line_ids[0].result = "ok"
            with self.refused("it is kept as it is"):
                record.action_present()
        for attachment in (file, self.by(file, "E11")):
            with self.refused("it is kept as it is"):
                attachment.unlink()
        with self.refused("", AccessError):
            self.by(article, "E11").unlink()
        with self.refused("it is kept as it is|never deleted"):
            article.sudo().unlink()
        with self.refused("not copied"):
            article.sudo().copy()
        self.assertEqual(article.sample_quantity, 3)
        self.assertTrue(base64.b64decode(article.sample_photo))

    def test_notice_and_machine(self):
        with self.refused("Machine missing"):
            self.open_article(workcenter_id=False)
        with self.refused("Notice line missing"):
            self.open_article(notice_line_id=False)
        sheet = self.as_user("gendan.check.sheet", "E20").create({
            "template_id": self.env.ref("gendan_followup.check_template_sorting").id,
            "notice_line_id": self.line.id, "workcenter_id": self.ref("machine_bib").id})
        with self.refused("is a sheet of another kind"):
            self.as_user("gendan.first.article", "E11").create({"sheet_id": sheet.id})
        article = self.open_article()
        with self.refused("", psycopg2.errors.UniqueViolation):
            article.create({"sheet_id": article.sheet_id.id})
        with self.refused("keeps its sheet"):
            article.sheet_id = sheet
        with self.refused("stay as they are"):
            article.workcenter_id = self.ref("machine_wet1")

    def test_a_cancelled_sheet_is_not_decided(self):
        article = self.sampled()
        with self.refused("is cancelled, never deleted"):
            article.sudo().unlink()
        self.by(article.sheet_id, "E11").action_cancel()
        with self.refused("the sheet is cancelled"):
            self.by(article, "E04").action_accept()

    def test_whose_part_it_is(self):
        for number in ("E10", "E12", "E20"):
            self.open_article(number)
        for number in ("E03", "E04", "E13", "E14", "E02"):
            with self.subTest(number), self.refused("", AccessError):
                self.open_article(number)
        article = self.open_article()
        for number in ("E12", "E20", "E04"):
            with self.subTest(number), self.refused("it is the part of Merchandiser"):
                self.by(article, number).action_present()
        with self.refused("it is the part of Merchandiser, Production supervisor"):
            self.by(article, "E04").sample_quantity = 3
