"""期初建账: loaded until the general manager closes it, and by nobody afterwards (X16)."""

import base64
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form

from .common import FollowupCase

SCAN = base64.b64encode(b"the signed paper")
PAPER = {"scan": SCAN, "scan_name": "SC-0815.pdf", "finance": "钱敏", "sales_manager": "周建国",
         "signed_on": "2026-11-10"}
ONLY_HERE = "by the cut-over window only"


class TestCutover(FollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.versions = cls.env["product.product"].search([("packaging_kind", "!=", False)])

    # ------------------------------------------------------------------ verbs

    def draft(self, due="2026-12-22", **values):
        """Enter an open order that has no document of the customer here."""
        order = self.new_order("E03", "C01", [("F02", 40800, 0.62)], due,
                               client_order_ref="NP-PO-7781", **values)
        order.customer_document_ids = [Command.clear()]
        return order

    def wizard(self, number, *orders, **paper):
        """Open the window as ``number``, with a line of paper for each order."""
        return self.by(self.env["gendan.cutover.wizard"], number).create({
            "version_ids": [],
            "order_ids": [Command.create({**PAPER, "order_id": order.id, **paper})
                          for order in orders]})

    def load(self, *orders, number="E10", **paper):
        """Load orders as ``number``."""
        with self.at("2026-11-23 09:00"):
            self.wizard(number, *orders, **paper).action_load_orders()

    def close(self):
        """Close the cut-over as the general manager."""
        with self.at("2026-11-23 18:00"):
            self.wizard("E01").action_close()

    def assert_untouched(self, order):
        """Nothing of a refused load is left."""
        order.invalidate_recordset()
        self.assertRecordValues(order, [{
            "state": "draft", "revision_id": False, "notice_id": False, "merchandiser_id": False,
            "valid_revision_id": False}])
        self.assertFalse(order.customer_document_ids)

    # ---------------------------------------------------------------- loading

    def test_a_merchandiser_loads_an_open_order(self):
        order = self.draft()
        self.load(order)
        self.assertRecordValues(order, [{
            "state": "sale", "revision_state": "valid", "merchandiser_id": self.user("E10").id}])
        revision = order.revision_id
        self.assertRecordValues(revision, [{
            "letter": "A", "signature_kind": "paper", "paper_finance": "钱敏",
            "paper_sales_manager": "周建国", "paper_signed_on": date(2026, 11, 10),
            "verified_by_id": self.user("E10").id, "missing_signatures": ""}])
        self.assertEqual(revision.document_ids.mapped("raw"), [b"the signed paper"])
        self.assertFalse(revision.signature_ids, "nobody's signature is made up")
        self.assertEqual(order.assignment_ids.user_id, self.user("E10"))
        self.assertTrue(order.notice_id.name.startswith("SC-2611-"))
        self.assertEqual(order.notice_id.state, "valid")
        self.assertEqual(order.picking_ids.move_ids.product_uom_qty, 40800)
        log = self.env["gendan.audit"].search([("kind", "=", "cutover")])
        self.assertRecordValues(log, [{"gate": "cutover.load", "document": order.name,
                                       "user_id_int": self.user("E10").id}])
        self.assertIn("钱敏", log.message)

    def test_the_plan_manager_loads_several(self):
        orders = [self.draft() for _ in range(3)]
        self.load(*orders, number="E09")
        self.assertEqual([order.revision_state for order in orders], ["valid"] * 3)
        self.assertEqual(len({order.notice_id.name for order in orders}), 3)

    def test_a_loaded_order_is_worked_on_like_any_other(self):
        order = self.draft()
        self.load(order)
        with self.at("2026-11-23 10:00"):
            notice = self.release(order)
        self.assertEqual(notice.state, "released")
        self.assertEqual(notice.production_ids.product_qty, 40800)
        signs = self.by(
            self.env["report.gendan_followup.report_production_notice"], "E12"
        )._get_report_values(notice.ids)["sheets"][0].signs
        self.assertEqual([(sign.name, sign.at) for sign in signs[2:]],
                         [("钱敏", "2026-11-10"), ("周建国", "2026-11-10")])

    def test_a_change_of_a_loaded_order_is_really_signed(self):
        order = self.draft()
        self.load(order)
        self.close()
        seller = self.by(order, "E03")
        with self.refused("cannot be edited"):
            seller.order_line.product_uom_qty = 48000
        with self.at("2026-11-24 09:00"):
            seller.action_open_revision("more")
            seller.order_line.product_uom_qty = 48000
            seller.action_submit()
            self.assertEqual(order.revision_id.signature_kind, "system")
            self.verify(order, "E10")
            self.by(order, "E07").action_sign_finance()
            self.assertEqual(order.revision_state, "verified")
            with self.refused("missing signature of Sales manager"):
                self.by(order.notice_id, "E10").action_check_stock()
            self.by(order, "E02").action_sign_sales_manager()
        self.assertEqual((order.revision_letter, order.revision_state), ("B", "valid"))

    def test_a_discarded_change_leaves_the_paper_in_force(self):
        order = self.draft()
        self.load(order)
        seller = self.by(order, "E03")
        seller.action_open_revision("perhaps more")
        seller.order_line.product_uom_qty = 48000
        seller.action_discard_revision()
        self.assertFalse(order._drifted())
        self.assertEqual(order.revision_letter, "A")
        self.assertFalse(order._gate_unmet("_gate_valid"))

    def test_an_order_that_core_confirmed_before_is_loaded(self):
        self.company.uses_gendan = False
        order = self.draft()
        order.action_confirm()
        self.company.uses_gendan = True
        self.by(order, "E03").order_line.write({
            **self.ref("F02").product_tmpl_id._spec_values(),
            "chosen_bom_id": self.ref("bom_F02").id})
        deliveries = order.picking_ids
        self.load(order)
        self.assertRecordValues(order, [{"state": "sale", "revision_state": "valid"}])
        self.assertEqual(order.picking_ids, deliveries)

    def test_a_late_order_is_loaded_with_its_date(self):
        order = self.draft("2026-11-01")
        self.load(order)
        self.assertEqual(order.revision_state, "valid")
        self.assertEqual(order.notice_id.delivery_date, date(2026, 11, 1))

    # ---------------------------------------------------- what is not loaded

    def test_paper_without_scan_or_names_is_refused(self):
        order = self.draft()
        for change, text in (({"scan": False}, "Scanned notice is missing"),
                             ({"finance": " "}, "Finance signed is missing"),
                             ({"sales_manager": False}, "Sales manager signed is missing"),
                             ({"signed_on": False}, "is missing"),
                             ({"signed_on": "2026-11-24"}, "was not signed in the future")):
            with self.subTest(change=change), self.refused(f"{order.name}.*{text}"):
                self.load(order, **change)
            self.assert_untouched(order)

    def test_an_incomplete_order_is_refused_and_none_is_loaded(self):
        good, bad, dateless = self.draft(), self.draft(), self.draft()
        bad.order_line.write({"size_width": 0, "packing_method": False})
        dateless.commitment_date = False
        with self.refused(f"{bad.name}(.|\n)*size is empty(.|\n)*Packing method is empty"):
            self.load(good, bad)
        self.assert_untouched(good)
        self.assert_untouched(bad)
        with self.refused("has no delivery date"):
            self.load(dateless)

    def test_what_was_submitted_here_is_signed_here(self):
        order = self.new_order("E03", "C01", [("F02", 40800, 0.62)], "2026-12-22")
        order.with_user(self.user("E03")).action_submit()
        with self.refused("has been submitted here already"):
            self.load(order)
        self.assertEqual(order.revision_id.signature_kind, "system")
        self.by(order, "E03").action_withdraw_submission()
        with self.refused("has been submitted here already"):
            self.load(order)

    def test_an_order_of_another_company_is_refused(self):
        company = self.env["res.company"].create({"name": "Elsewhere", "uses_gendan": True})
        order = self.draft()
        user = self.user("E10")
        user.company_ids |= company
        wizard = self.env["gendan.cutover.wizard"].with_user(user).with_context(
            allowed_company_ids=[company.id, self.company.id]).create({
                "company_id": self.company.id,
                "order_ids": [Command.create({**PAPER, "order_id": order.id})]})
        self.assertEqual(wizard.company_id, company)
        with self.refused("belongs to"):
            wizard.action_load_orders()
        self.assert_untouched(order)

    def test_others_may_not_even_open_it(self):
        order = self.draft()
        for number in ("E02", "E03", "E06", "E07", "E12", "E13", "E14", "E15", "E16", "E20", "E27"):
            with self.subTest(number=number), self.refused("", AccessError):
                self.wizard(number, order)
        self.assert_untouched(order)

    def test_the_general_manager_closes_and_loads_nothing(self):
        order = self.draft()
        wizard = self.wizard("E01", order)
        with self.refused("not yours to enter"):
            wizard.action_load_orders()
        self.assert_untouched(order)

    # -------------------------------------------------------------- versions

    def version_wizard(self, number, *lines):
        """Open the window as ``number``, with a line for each (version, status)."""
        return self.by(self.env["gendan.cutover.wizard"], number).create({
            "version_ids": [Command.create({"product_id": version.id, "packaging_state": status,
                                            "artwork": SCAN, "artwork_name": "v.pdf"})
                            for version, status in lines]})

    def test_status_and_artwork_of_versions_are_entered(self):
        v1, v2 = self.ref("PK01_v1"), self.ref("PK01_v2")
        (v1 | v2).packaging_state = False
        self.version_wizard("E10", (v1, "regular"), (v2, "new")).action_set_versions()
        self.assertRecordValues(v1 | v2, [
            {"packaging_state": "regular", "artwork_name": "v.pdf"},
            {"packaging_state": "new", "artwork_name": "v.pdf"}])
        self.assertEqual(v1.artwork, SCAN)

    def test_the_status_of_a_version_is_not_typed(self):
        """New to regular by hand would open 20 % where 5 % hold (D3.4)."""
        version = self.ref("PK01_v2")
        for number in ("E02", "E09", "E10"):
            products = self.by(version, number)
            for door in (lambda p: p.write({"packaging_state": "regular"}),
                         lambda p: p.create({"name": "x", "packaging_kind": "bag",
                                             "packaging_state": "regular"}),
                         lambda p: p.with_context(default_packaging_state="regular").create(
                             {"name": "x", "packaging_kind": "bag"})):
                with self.subTest(number=number), self.refused(
                        "status of a packaging version is not typed|not allowed", UserError):
                    door(products)
            self.assertEqual(version.packaging_state, "new")
        result = self.by(version, "E09").load(
            [".id", "packaging_state"], [[str(version.id), "regular"]])
        self.assertFalse(result["ids"])
        self.assertEqual(version.packaging_state, "new")

    # --------------------------------------------------------------- closing

    def test_only_the_general_manager_closes_it(self):
        for number in ("E09", "E10"):
            with self.subTest(number=number), self.refused("closed by the general manager"):
                self.wizard(number).action_close()
        self.assertFalse(self.company.cutover_closed_at)

    def test_a_deputy_does_not_close_it(self):
        """It is done once and never undone: in person."""
        self.by(self.env["gendan.deputy"], "E27").create({
            "principal_id": self.user("E01").id, "deputy_id": self.user("E09").id,
            "date_to": "2030-01-01"})
        with self.refused("closed by the general manager"):
            self.wizard("E09").action_close()

    def test_versions_without_status_keep_it_open(self):
        self.ref("PK04_v2").packaging_state = False
        with self.refused("1 packaging versions have no status: .*PK04"):
            self.wizard("E01").action_close()
        self.assertFalse(self.company.cutover_closed_at)

    def test_the_closing_is_logged(self):
        self.load(self.draft())
        self.close()
        self.assertEqual(self.company.cutover_closed_by_id, self.user("E01"))
        log = self.env["gendan.audit"].search([("gate", "=", "cutover.close")])
        self.assertRecordValues(log, [{"kind": "cutover", "user_id_int": self.user("E01").id,
                                       "document": self.company.name}])
        self.assertIn("1 orders loaded", log.message)

    def test_after_the_closing_every_door_is_shut(self):
        order, loaded = self.draft(), self.draft()
        self.load(loaded)
        before = {number: self.wizard(number, order) for number in ("E01", "E09", "E10")}
        version_wizard = self.version_wizard("E10", (self.ref("PK01_v2"), "regular"))
        self.close()
        for number in ("E01", "E09", "E10"):
            with self.subTest(number=number):
                with self.refused("cut-over was closed on 2026-11-23 18:00 by 沈国平"):
                    self.wizard(number, order)
                with self.refused("cut-over was closed"):
                    before[number].action_load_orders()
                with self.refused("cut-over was closed"):
                    before[number].action_close()
        with self.refused("cut-over was closed"):
            version_wizard.action_set_versions()
        with self.refused("cut-over was closed"):
            self.by(order, "E10")._load_signed_on_paper(
                self.env["ir.attachment"], {})
        self.assert_untouched(order)
        self.assertEqual(self.ref("PK01_v2").packaging_state, "new")
        self.assertEqual(self.company.cutover_closed_at.isoformat(), "2026-11-23T10:00:00")
        # what was loaded before keeps its force
        self.assertFalse(loaded._gate_unmet("_gate_valid"))

    def test_nobody_writes_or_reopens_the_closing(self):
        administrator = self.env["res.users"].with_context(no_reset_password=True).create({
            "name": "administrator", "login": "administrator2",
            "company_id": self.company.id, "company_ids": [Command.set(self.company.ids)],
            "group_ids": [Command.link(self.env.ref("base.group_system").id)]})
        companies = (self.company.with_user(administrator), self.company.sudo(),
                     self.company.with_user(self.user("E01")))
        for closed in (False, True):
            if closed:
                self.close()
            for company in companies:
                for values in ({"cutover_closed_at": False},
                               {"cutover_closed_at": "2030-01-01 00:00:00"},
                               {"cutover_closed_by_id": administrator.id}):
                    with self.subTest(closed=closed, values=values), self.refused(
                            "once and for good|not allowed", UserError):
                        company.write(values)
        self.assertEqual(self.company.cutover_closed_by_id, self.user("E01"))
        with self.refused("once and for good"):
            self.env["res.company"].create({
                "name": "x", "cutover_closed_at": "2026-01-01 00:00:00"})
        born = self.env["res.company"].with_context(
            default_cutover_closed_at="2026-01-01 00:00:00").create({"name": "y"})
        self.assertFalse(born.cutover_closed_at)

    def test_nobody_puts_a_revision_on_paper(self):
        order = self.new_order("E03", "C01", [("F02", 40800, 0.62)], "2026-12-22")
        order.with_user(self.user("E03")).with_context(
            default_signature_kind="paper", default_state="valid").action_submit()
        revision = order.revision_id
        self.assertRecordValues(revision, [{"signature_kind": "system", "state": "submitted"}])
        for closed in (False, True):
            if closed:
                self.close()
            with self.refused(ONLY_HERE):
                revision.sudo().signature_kind = "paper"
            with self.refused(ONLY_HERE):
                revision.sudo().write({"paper_finance": "x"})
            with self.refused(ONLY_HERE):
                self.env["gendan.revision"].sudo().create({
                    "company_id": self.company.id, "number": 5, "signature_kind": "paper"})
            for number in ("E01", "E09", "E10"):
                with self.refused("", AccessError):
                    self.by(revision, number).write({"signature_kind": "paper"})
                with self.refused("", AccessError):
                    self.by(revision, number).create({
                        "company_id": self.company.id, "number": 5, "signature_kind": "paper"})
        with self.refused(ONLY_HERE):
            revision._sign_on_paper({
                "paper_finance": "x", "paper_sales_manager": "y",
                "paper_signed_on": "2026-11-01"})
        self.assertEqual(revision.state, "submitted")

    # ---------------------------------------------------------------- screen

    def test_the_window_proposes_orders_and_versions(self):
        order = self.draft()
        self.ref("PK04_v2").packaging_state = False
        self.user("E10").lang = "en_US"
        form = Form(self.by(self.env["gendan.cutover.wizard"], "E10").with_context(
            active_model="sale.order", active_ids=order.ids))
        self.assertEqual(form.open_version_count, 1)
        self.assertEqual(len(form.version_ids), 1)
        with form.order_ids.edit(0) as line:
            self.assertEqual(line.order_id, order)
            line.scan = SCAN
            line.finance = "钱敏"
            line.sales_manager = "周建国"
            line.signed_on = "2026-11-10"
        wizard = form.save()
        wizard.action_load_orders()
        self.assertEqual(order.revision_state, "valid")
        self.assertFalse(wizard.order_ids)
        self.assertEqual(wizard.paper_count, 1)

    def test_it_leads_to_import_and_inventory(self):
        wizard = self.wizard("E09")
        self.assertEqual(wizard.action_open_import()["tag"], "import")
        self.assertEqual(wizard.action_open_inventory()["res_model"], "stock.quant")

    def test_without_the_switch_there_is_none(self):
        self.company.uses_gendan = False
        with self.refused("does not use order follow-up"):
            self.wizard("E10")
