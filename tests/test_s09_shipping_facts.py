"""S09, the facts of the shipping room: what the loading of S01 says when C01 complains."""

from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import moment
from odoo.addons.gendan_followup.tests.shipping_case import PIXEL, ShippingCase
from odoo.addons.gendan_liability.tests.common import LiabilityVerbs

SALESPERSON, MERCHANDISER, KEEPER, NEW_OWNER = "E03", "E10", "E16", "E11"
CARTONS, PER_CARTON = 1700, 24


@tagged("stories")
class TestS09ShippingFacts(LiabilityVerbs, ShippingCase):
    """1,690 arrived of 1,700: report, both tallies, seal and photos lie on the incident."""

    def make_order(self):
        """Return C01's valid order whose goods are made and reserved."""
        with self.at("2026-12-14 08:30"):
            order = self.new_order(
                SALESPERSON, "C01", [("F02", CARTONS * PER_CARTON, 0.62)], "2026-12-22",
                destination="Göteborg")
            self.make_valid(order, merchandiser=MERCHANDISER)
            self.lay_on_stock(order, CARTONS * PER_CARTON)
            self.release(order, MERCHANDISER)
        return order

    def shipped(self, cartons=CARTONS):
        """Return the closed report of a 40HQ of Wednesday 12-23; a whole order has left."""
        order = self.make_order()
        with self.at("2026-12-21 10:00"):
            shipping = self.new_shipping(
                order, "2026-12-23", cartons * PER_CARTON, SALESPERSON, destination="Göteborg",
                container_type_id=self.container("40hq").id)
            self.by(shipping, SALESPERSON).action_submit()
            self.by(shipping, MERCHANDISER).action_accept()
            self.with_slip(shipping, "定金已到, 水单 1221-02")
            self.start_loading(shipping)
        with self.at("2026-12-23 08:25"):
            report = self.loading_report(shipping, MERCHANDISER)
            self.fill_report(report, MERCHANDISER)
            self.tally(report, MERCHANDISER, cartons)
            self.tally(report, KEEPER, cartons)
        with self.at("2026-12-23 11:40"):
            self.by(report, MERCHANDISER).action_close()
            if cartons == CARTONS:
                self.delivery(order).button_validate()
        order.sudo().merchandiser_id = self.user(NEW_OWNER)
        return order, report

    def complaint(self, order, kind="complaint"):
        """陈立 writes down what C01 wrote on 01-28, and reports it in one step."""
        dollar = self.env.ref("base.USD")
        dollar.active = True
        dollar.rate_ids.sudo().unlink()
        self.env["res.currency.rate"].sudo().create({
            "currency_id": dollar.id, "company_id": self.company.id, "name": "2026-01-01",
            "inverse_company_rate": 7.10})
        with self.at("2027-01-28 09:00"):
            entry = self.as_user("gendan.customer.log", SALESPERSON).create({
                "kind": kind, "partner_id": order.partner_id.id, "order_id": order.id,
                "question": "到货 1,690 箱, 少 10 箱"})
            sheet = self.as_user("gendan.incident.new", SALESPERSON).with_context(
                **entry.action_report_incident()["context"]).create({
                    "subject": "少 10 箱", "cause_id": self.cause("loading").id,
                    "currency_id": dollar.id, "loss": 10 * PER_CARTON * 0.62})
            return self.env["gendan.incident"].browse(sheet.action_report()["res_id"]).sudo()

    def test_what_the_loading_says(self):
        order, report = self.shipped()
        incident = self.complaint(order)
        self.assertRecordValues(incident, [{
            "loading_report_id": report.id, "container_no": "CSQU3054383", "loss": 1056.48,
            "is_complaint": True, "discovered_in": "customer"}])
        found = incident.loading_report_id
        self.assertRecordValues(found, [{
            "seal_no": "SH8841207", "loaded_cartons": CARTONS,
            "supervisor_id": self.user(MERCHANDISER).id,
            "closed_at": moment("2026-12-23 11:40")}])
        self.assertEqual(
            {(tally.side, tally.cartons, tally.user_id) for tally in found.round_id.tally_ids},
            {("merchandiser", CARTONS, self.user(MERCHANDISER)),
             ("keeper", CARTONS, self.user(KEEPER))})
        self.assertEqual(found.photo_ids.mapped("stage"),
                         ["empty", "half", "full", "door", "seal"])
        self.assertEqual(self.shares(incident), [(MERCHANDISER, 100, "1056.48")],
                         "the merchandiser of that report, not 李娜 who has the orders now")
        self.assertFalse(found.rework_ids, "nothing was re-worked: the 200.00 is not proposed")

    def test_none_of_it_is_changed_afterwards(self):
        _order, report = self.shipped()
        with self.at("2027-01-28 10:00"):
            mine = self.by(report, MERCHANDISER)
            doors = {
                "seal": lambda: mine.write({"seal_no": "SH0000001"}),
                "photo": lambda: mine.action_photo("seal", PIXEL),
                "tally": lambda: self.tally(report, KEEPER, 1690),
                "rework": lambda: self.as_user("gendan.loading.rework", MERCHANDISER).create({
                    "report_id": report.id, "cause": "count", "unloaded_cartons": 10,
                    "description": "x"}),
                "correct": lambda: self.by(report.shipping_id, SALESPERSON).action_correct("少装"),
            }
            for door, open_it in doors.items():
                with self.subTest(door=door), self.refused(
                        "is Closed|kept as it is|cannot become|both counts", Exception):
                    open_it()
        self.assertRecordValues(report, [{"seal_no": "SH8841207", "loaded_cartons": CARTONS}])

    def test_the_notice_itself_said_1690(self):
        """Tally and notice agree at 1,690: the field of the salesperson shows who wrote it."""
        order, report = self.shipped(1690)
        entry = report.shipping_id.entry_ids.filtered(lambda row: row.field_name == "line_ids")
        self.assertRecordValues(entry, [{
            "owner": "sales", "user_id": self.user(SALESPERSON).id, "version": 1}])
        self.assertIn("= 1690 cartons", entry.value)
        self.assertEqual(report.loaded_cartons, 1690)
