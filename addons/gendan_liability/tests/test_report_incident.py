from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.shipping_case import ShippingCase

from .common import LiabilityVerbs, moment
from .test_evidence import EvidenceCase


class ShortReport(LiabilityVerbs):
    """The short report as a person fills it in."""

    def short(self, source, number, at, **values):
        """Open the short report from ``source``, fill in and report; return the case."""
        with self.at(at):
            model = self.env["gendan.incident.new"].with_user(self.user(number)).with_company(
                self.company)
            if source is not None:
                self.env.flush_all()
                self.env.invalidate_all()
                model = model.with_context(
                    **source.with_user(self.user(number)).action_report_incident()["context"])
            sheet = model.create({"subject": "出错了", **values})
            return self.env["gendan.incident"].browse(sheet.action_report()["res_id"])


class TestShortReport(ShortReport, EvidenceCase):
    """One step, and the links are there (L-G1)."""

    def test_by_hand(self):
        """Three answers are enough: what, which kind, when."""
        incident = self.short(None, "E13", "2026-12-08 11:00", cause_id=self.cause("packing").id,
                              event_at=moment("2026-12-08 10:00"), loss=12.5,
                              photo="iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q"
                              "DwADhgGAWjR9awAAAABJRU5ErkJggg==")
        self.assertRecordValues(incident.sudo(), [{
            "subject": "出错了", "origin": "hand", "state": "reported", "loss": 12.5,
            "reported_by_id": self.user("E13").id, "event_at": moment("2026-12-08 10:00"),
            "discovered_at": moment("2026-12-08 11:00"), "company_id": self.company.id}])
        self.assertEqual(self.env["ir.attachment"].sudo().search_count([
            ("res_model", "=", "gendan.incident"), ("res_id", "=", incident.id)]), 1)

    def test_from_a_check_sheet(self):
        lot = self.lot("RM08")
        sheet = self.sheet("incoming_raw", "E14", {2: "not_ok"}, lot_id=lot.id,
                           product_id=lot.product_id.id)
        incident = self.short(sheet, "E20", "2026-12-08 11:00")
        self.assertRecordValues(incident.sudo(), [{
            "origin": "qc", "cause_id": self.cause("raw_material").id, "lot_ids": lot.ids,
            "product_id": lot.product_id.id, "event_at": moment("2026-12-08 09:00")}])
        self.assertEqual(incident.sudo().link_ids.record, sheet.sudo())
        self.assertEqual(self.facts(incident, "L-R2"), {"not_ok": "supports"})

    def test_from_a_notice(self):
        incident = self.short(self.notice, "E20", "2026-12-08 11:00")
        self.assertRecordValues(incident.sudo(), [{
            "notice_id": self.notice.id, "product_id": self.line.product_id.id,
            "salesperson_id": self.user("E04").id}])

    def test_what_the_person_types_counts(self):
        """The document proposes; the reporter knows better what happened and when."""
        other = self.new_notice("SC-other")
        incident = self.short(self.notice, "E20", "2026-12-08 11:00", notice_id=other.id,
                              event_at=moment("2026-12-07 09:00"))
        self.assertEqual((incident.sudo().notice_id, incident.event_at),
                         (other, moment("2026-12-07 09:00")))

    def test_who_may_not(self):
        """A keeper reads his sheet, but incidents are reported by others (section 12)."""
        lot = self.lot("RM08")
        sheet = self.sheet("incoming_raw", "E14", {2: "not_ok"}, lot_id=lot.id,
                           product_id=lot.product_id.id)
        before = self.env["gendan.incident"].search_count([])
        with self.refused("not allowed to create|cannot do this", (AccessError, UserError)):
            self.short(sheet, "E14", "2026-12-08 11:00")
        self.assertEqual(self.env["gendan.incident"].search_count([]), before)

    def test_nobody_reports_from_what_he_may_not_read(self):
        """No link to a document of another company, by whatever reference is sent."""
        other = self.env["res.company"].create({"name": "other", "uses_gendan": True})
        notice = self.env["gendan.production.notice"].create({
            "name": "SC-x", "company_id": other.id, "delivery_date": "2026-12-22"})
        for context in ({"default_source": f"gendan.production.notice,{notice.id}"},
                        {"active_model": "gendan.production.notice", "active_id": notice.id}):
            with self.subTest(context), self.refused(
                    "gendan.production.notice", AccessError):
                self.env["gendan.incident.new"].with_user(self.user("E20")).with_company(
                    self.company).with_context(**context).create({"subject": "x"})

    def test_a_stale_reference(self):
        """What is no source, or not there, is no source: the report stands alone."""
        for context in ({"active_model": "res.partner", "active_id": 1},
                        {"active_model": "nonsense", "active_id": 1},
                        {"default_source": "gendan.production.notice,abc"}):
            with self.subTest(context):
                values = self.env["gendan.incident.new"].with_user(
                    self.user("E20")).with_context(**context).default_get(["notice_id"])
                self.assertFalse(values.get("notice_id"))

    def test_a_loss_is_not_negative(self):
        with self.refused("not below 0"):
            self.short(self.notice, "E20", "2026-12-08 11:00", loss=-1)


@tagged("post_install", "-at_install")
class TestShortReportOfLoading(ShortReport, ShippingCase):
    """From the container: report, shipping notice, container, and the charge of the event."""

    def test_from_report_and_rework(self):
        order = self.stocked_order(day="2026-12-08", due="2026-12-11")
        with self.at("2026-12-09 09:00"):
            shipping = self.papers(order)
        with self.at("2026-12-10 08:25"):
            report = self.loading_report(shipping)
            self.fill_report(report)
        incident = self.short(report, "E11", "2026-12-10 09:00")
        self.assertRecordValues(incident.sudo(), [{
            "origin": "loading", "cause_id": self.cause("loading").id,
            "loading_report_id": report.id, "shipping_id": shipping.id,
            "notice_id": order.sudo().notice_id.id, "order_id": order.id,
            "partner_id": order.partner_id.id, "container_no": "CSQU3054383",
            "product_id": self.ref("F01").id}])
        with self.at("2026-12-10 10:00"):
            event = self.as_user("gendan.loading.rework", "E11").create({
                "report_id": report.id, "cause": "count", "unloaded_cartons": 60,
                "description": "少装一层"})
        charged = self.short(event, "E09", "2026-12-10 11:00")
        self.assertEqual(charged.sudo().rework_id, event)
        self.assertEqual(self.shares(charged), [("E11", 100, "200.00")])
