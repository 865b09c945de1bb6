from odoo.fields import Command

from .shipping_case import DISPATCHER, FINANCE, KEEPER, SELLER, ShippingCase

MORNING = "2026-11-25 09:00"


class TestShippingImport(ShippingCase):
    """An import file is no other door: every refusal of the room holds for `load` (X4)."""

    def setUp(self):
        super().setUp()
        self.order = self.stocked_order()
        with self.at(MORNING):
            self.shipping = self.accepted_shipping(self.order, "2026-11-26")

    def refused_import(self, model, number, values, text, at="2026-11-25 10:00"):
        """Import one row of ``values`` as employee ``number``; expect ``text`` and no row.

        :param dict values: column → value; ``.id`` columns name records by their id
        """
        records = self.as_user(model, number)
        known = records.sudo().search_count([])
        with self.at(at), self.subTest(model=model, user=number, columns=tuple(values)):
            result = records.load(list(values), [[str(value) for value in values.values()]])
            self.assertFalse(result["ids"], "it went through")
            self.assertRegex("\n".join(row["message"] for row in result["messages"]), text)
            self.env.invalidate_all()
            self.assertEqual(records.sudo().search_count([]), known)

    def test_shipping_notices(self):
        notice = self.order.sudo().notice_id.id
        new = {"notice_id/.id": notice, "ship_date": "2026-11-27", "address": "杭州"}
        name = "gendan.shipping.notice"
        self.refused_import(name, SELLER, {**new, "state": "accepted"}, "begins as")
        self.refused_import(name, SELLER, {**new, "is_same_day": "1"}, "noted by the server")
        for column, value in (("truck_plate", "浙G·A1001"), ("carton_count", 240),
                              ("loading_at", "2026-11-26 00:30:00")):
            self.refused_import(name, SELLER, {**new, column: value}, "this is the merchandiser's")
        for number in (DISPATCHER, "E03"):
            self.refused_import(name, number, new, "is the salesperson's to write")
        for number in (KEEPER, FINANCE, "pad_gate"):
            self.refused_import(name, number, new, "not allowed")
        self.refused_import(name, SELLER, {".id": self.shipping.id, "ship_date": "2026-11-27"},
                            "is Accepted → 郑浩 corrects it")
        self.refused_import(name, SELLER, {".id": self.shipping.id, "state": "shipped"},
                            "noted by the server")
        self.refused_import("gendan.shipping.notice.line", SELLER, {
            ".id": self.shipping.line_ids.id, "quantity": 24}, "is Accepted → 郑浩 corrects it")
        self.refused_import("gendan.shipping.notice.line", SELLER, {
            "shipping_id/.id": self.shipping.id, "product_id/.id": self.ref("F12").id,
            "quantity": 24}, "is Accepted → 郑浩 corrects it")
        self.assertRecordValues(self.shipping, [{"state": "accepted", "cartons": 240}])

    def test_slips(self):
        name = "gendan.issue.slip"
        new = {"shipping_id/.id": self.shipping.id,
               "line_ids/shipping_line_id/.id": self.shipping.line_ids.id,
               "line_ids/quantity": 5760}
        for number in (SELLER, DISPATCHER, KEEPER, "E09"):
            self.refused_import(name, number, new, "not allowed")
        self.refused_import(name, FINANCE, {**new, "state": "issued"}, "begins as")
        self.refused_import(name, FINANCE, {**new, "line_ids/quantity": -5760},
                            "line_positive|above 0")
        with self.at(MORNING):
            slip = self.with_slip(self.shipping)
        self.refused_import(name, FINANCE, {".id": slip.id, "release_remark": "x"}, "kept as it is")
        self.refused_import(name, FINANCE, {".id": slip.id, "state": "void"},
                            "noted by the server")
        self.refused_import("gendan.issue.slip.line", FINANCE, {
            ".id": slip.line_ids.id, "quantity": 5736}, "kept as it is")
        self.assertEqual((slip.state, slip.line_ids.quantity), ("issued", 5760))

    def trip(self, vehicle="vehicle_V4", driver="E23", **values):
        return {"day": "2026-11-26", "vehicle_id/.id": self.ref(vehicle).id,
                "driver_id/.id": self.ref(driver).id, "stop_ids/kind": "delivery",
                "stop_ids/shipping_id/.id": self.shipping.id, **values}

    def test_trips(self):
        name = "gendan.dispatch"
        self.refused_import(name, DISPATCHER, self.trip("vehicle_V2", "E24"),
                            "3,281 kg on a truck of 2,000 kg")
        self.refused_import(name, DISPATCHER, {**self.trip(), "state": "confirmed"}, "begins as")
        self.refused_import(name, DISPATCHER, {**self.trip(), "departed_at": "2026-11-26 00:10:00"},
                            "noted by the server")
        self.refused_import(name, DISPATCHER, {**self.trip(), "hour_from": 13},
                            "begins before it ends")
        self.ref("vehicle_V4").sudo().insurance_expires = "2026-11-25"
        self.refused_import(name, DISPATCHER, self.trip(), "insurance of .* ended on 2026-11-25")
        self.ref("vehicle_V4").sudo().insurance_expires = False
        for number in (SELLER, KEEPER, "pad_gate"):
            self.refused_import(name, number, self.trip(), "not allowed")
        with self.at(MORNING):
            trip = self.as_user(name, DISPATCHER).create({
                "day": "2026-11-26", "vehicle_id": self.ref("vehicle_V4").id,
                "driver_id": self.ref("E23").id,
                "stop_ids": [Command.create({"shipping_id": self.shipping.id})]})
        errand = {**self.trip("vehicle_V2"), "stop_ids/kind": "errand", "stop_ids/purpose": "送样"}
        del errand["stop_ids/shipping_id/.id"]
        self.refused_import(name, DISPATCHER, errand, "金涛 is on PC-.* at that time")
        self.refused_import("gendan.dispatch.stop", DISPATCHER, {
            "dispatch_id/.id": trip.id, "kind": "private", "purpose": "搬家"},
            "private errands are not driven")
        self.refused_import("gendan.dispatch.stop", DISPATCHER, {
            ".id": trip.stop_ids.id, "arrived_at": "2026-11-26 02:00:00"}, "noted on the trip")
        self.refused_import("gendan.dispatch.wait", DISPATCHER, {
            "dispatch_id/.id": trip.id, "cause": "driver", "minutes": 5}, "written by the steps")

    def test_loading_reports(self):
        name, new = "gendan.loading.report", {"shipping_id/.id": self.shipping.id}
        for number in (FINANCE, SELLER, KEEPER, "pad_gate"):
            self.refused_import(name, number, new, "not allowed")
        self.refused_import(name, DISPATCHER, {**new, "state": "closed"}, "begins as")
        self.refused_import(name, DISPATCHER, {**new, "container_no": "CSQ3054383"},
                            "is no container number")
        self.refused_import(name, DISPATCHER, {**new, "loaded_cartons": 240},
                            "noted by the server")
        with self.at(MORNING):
            self.with_slip(self.shipping)
            self.start_loading(self.shipping)
            report = self.loading_report(self.shipping)
        line = report.sudo().line_ids
        for values, text in (({"state": "closed"}, "noted by the server"),
                             ({"container_no": "12345678901"}, "is no container number"),
                             ({"supervisor_id/.id": self.user("E10").id}, "before the loading")):
            self.refused_import(name, DISPATCHER, {".id": report.id, **values}, text)
        self.refused_import(name, "E10", {".id": report.id, "seal_no": "X"},
                            "is not yours to write → 李娜")
        self.refused_import("gendan.loading.line", "E10", {".id": line.id, "mark_ok": "1"},
                            "is not yours to write|are those of the notice")
        self.refused_import("gendan.loading.tally", DISPATCHER, {
            "round_id/.id": report.sudo().round_id.id, "line_id/.id": line.id, "side": "keeper",
            "cartons": 240}, "not allowed|written by the steps")
        self.refused_import("gendan.loading.rework", DISPATCHER, {
            "report_id/.id": report.id, "cause": "count", "unloaded_cartons": 60,
            "description": "x", "amount": 5}, "noted by the server")
        self.refused_import("gendan.loading.rework", DISPATCHER, {
            "report_id/.id": report.id, "cause": "count", "unloaded_cartons": -60,
            "description": "x"}, "below 0")

    def test_appraisals(self):
        name = "gendan.driver.appraisal"
        new = {"driver_id/.id": self.ref("E22").id, "month": "2026-11-01"}
        day = "2026-12-01 09:00"
        self.refused_import(name, DISPATCHER, {**new, "state": "acknowledged"}, "begins as", day)
        self.refused_import(name, DISPATCHER, {**new, "month": "2026-11-02"}, "first day", day)
        for number in (SELLER, KEEPER, "pad_gate"):
            self.refused_import(name, number, new, "not allowed", day)
        with self.at("2026-11-30 17:00"):
            fact = self.as_user("gendan.driver.fact", DISPATCHER).create({
                "driver_id": self.ref("E22").id, "kind": "fine", "date": "2026-11-12",
                "description": "超速"})
        with self.at(day):
            sheet = self.as_user(name, DISPATCHER).create(
                {"driver_id": self.ref("E22").id, "month": "2026-11-01"})
        self.refused_import(name, "E10", new, "is there already, prepared by 李娜", day)
        line = {"appraisal_id/.id": sheet.id, "points": 5}
        model = "gendan.driver.appraisal.line"
        self.refused_import(model, DISPATCHER, line, "fact", day)
        self.refused_import(model, DISPATCHER, {".id": sheet.line_ids.id, "points": 101},
                            "between 0 and 100", day)
        self.refused_import("gendan.driver.fact", DISPATCHER, {
            ".id": fact.id, "kind": "praise"}, "is written once", day)
        self.refused_import("gendan.driver.fact", DISPATCHER, {
            "driver_id/.id": self.ref("E22").id, "kind": "late_start", "date": "2026-11-12",
            "description": "x", "is_excluded": "1"}, "follows from the trip", day)
        with self.at("2026-12-02 09:00"):
            self.by(sheet, DISPATCHER).action_submit()
        self.refused_import(name, DISPATCHER, {".id": sheet.id, "remark": "x"}, "locked", day)
        self.refused_import(model, DISPATCHER, {".id": sheet.line_ids.id, "points": 0}, "locked",
                            day)
        self.assertRecordValues(sheet, [{"state": "submitted", "score": 95}])
