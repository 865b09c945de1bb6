"""A check stops what follows only where the plan manager has made it block (X13)."""

from odoo.tests import tagged

from .forgery_common import ForgeryCase
from .packaging_case import KEEPER, PLAN_MANAGER, PackagingVerbs

SALESPERSON, PRODUCTION, PAD, OPERATOR, QC, PK = "E04", "E12", "pad_workshop", "E18", "E20", "E13"
PACKS, NET = 12_000, 8000
GOODS = ("mrp.production", "mrp.workorder", "stock.move", "stock.move.line", "stock.quant",
         "gendan.material.issue")


@tagged("adversary")
class TestCheckBlocking(PackagingVerbs, ForgeryCase):
    """C02's order for 12,000 packs of F11, its 8,000 bags came in and nobody looked at them."""

    def setUp(self):
        super().setUp()
        self.order = self.released(SALESPERSON, "C02", [("F11", PACKS, 0.85)], "2026-12-22")
        self.line = self.order.sudo().notice_id.line_ids
        self.production = self.line.production_ids
        with self.at("2026-11-24 09:00"):
            purchase = self.buy(self.need_of(self.order, "PK04_v1"), NET)
        with self.at("2026-12-10 08:00"):
            receipt = self.receive(purchase, NET, backorder=True)
        self.lot = receipt.sudo().move_ids.move_line_ids.lot_id
        with self.at("2026-12-10 09:00"):
            self.accept_first_article(self.production)
        self.enterContext(self.at("2026-12-10 10:00"))

    def block(self, kind, blocking=True):
        """Make a kind of check block, as the plan manager."""
        template = self.env["gendan.check.template"]._template_of(kind, self.company)
        self.by(template, PLAN_MANAGER).blocking = blocking

    def check(self, kind, number, result="ok", **values):
        """Fill a sheet of ``kind`` in and close it, as whose duty it is."""
        template = self.env["gendan.check.template"]._template_of(kind, self.company)
        sheet = self.by(self.env["gendan.check.sheet"], number).create({
            "template_id": template.id, **values})
        for point in sheet.line_ids:
            point.write({"measured_value": point.limit_low} if point.has_limits and result == "ok"
                        else {"result": result})
        sheet.action_close()
        return sheet

    def on_machine(self, kind, number, result="ok"):
        return self.check(kind, number, result, notice_line_id=self.line.id,
                          workcenter_id=self.production.workorder_ids.workcenter_id[:1].id)

    def check_bags(self, result="ok"):
        return self.check("incoming_packaging", KEEPER, result, lot_id=self.lot.id,
                          product_id=self.lot.product_id.id)

    def start(self):
        """Start the machine as its operator, at the workshop's tablet."""
        self.held(self.by(self.production.workorder_ids, PAD), OPERATOR).button_start()
        self.assertEqual(self.production.state, "progress")

    def assert_refused_to_start(self, pattern):
        error = self.assert_no_effect(
            GOODS, self.rpc, PRODUCTION, "mrp.workorder", "button_start",
            self.production.workorder_ids.ids)
        self.assertRegex(str(error), pattern)

    def from_stock(self):
        """Return the order of a product whose materials all lie on stock, its notice released."""
        order = self.released("E05", "C06", [("F15", 240, 9.5)], "2026-12-22",
                              day="2026-12-09", merchandiser="E10")
        return order.sudo().notice_id.production_ids

    def slip(self):
        return self.by(self.env["gendan.material.issue"], KEEPER).create({
            "notice_line_id": self.line.id, "product_id": self.lot.product_id.id,
            "lot_id": self.lot.id, "quantity": 4000})

    # -------------------------------------------------------------------- off

    def test_off_nothing_is_stopped(self):
        self.slip().action_issue()
        self.start()
        made = self.from_stock()
        self.produce(made, PRODUCTION, trial=False)
        self.assertEqual(made.state, "done")

    # ------------------------------------------------------------- what came in

    def test_unchecked_bags_are_not_run(self):
        self.block("incoming_packaging")
        self.assert_refused_to_start(f"PK04.*{self.lot.name} was not checked → 马丽 checks it")
        self.assertRegex(self.by(self.production, PRODUCTION).run_missing, self.lot.name)
        self.check_bags("not_ok")
        self.assert_refused_to_start(f"PK04.*{self.lot.name}")
        self.check_bags()
        self.start()

    def test_unchecked_bags_are_not_handed_out(self):
        self.block("incoming_packaging")
        slip = self.slip()
        error = self.assert_no_effect(
            GOODS, self.rpc, KEEPER, "gendan.material.issue", "action_issue", slip.ids)
        self.assertRegex(str(error), f"lot {self.lot.name} of .*PK04.* no incoming check")
        self.check_bags()
        slip.action_issue()
        self.assertEqual(slip.state, "issued")

    def test_another_check_that_blocks_asks_nothing_of_bags(self):
        self.block("incoming_raw")
        self.slip().action_issue()
        self.start()

    def test_a_slip_waits_for_quality_control(self):
        self.block("issue_recheck")
        slip = self.slip()
        slip.action_issue()
        self.assert_refused_to_start(f"{slip.name} .*PK04.*: not found right by the re-check")
        sheet = self.by(slip.recheck_id, QC)
        sheet.line_ids.write({"result": "ok"})
        sheet.action_close()
        self.start()

    # ------------------------------------------------------------- the machine

    def test_a_machine_waits_for_its_checks(self):
        for kind, label in (("start_check", "Machine start check"),
                            ("bag_fit", "Bag and carton fit")):
            self.block(kind)
            with self.subTest(kind):
                pattern = f"F11.*: no check “{label}” that found all right → .*checks it"
                self.assert_refused_to_start(pattern)
                sheet = self.on_machine(kind, QC, "skipped")
                self.assertEqual(sheet.result, "skipped")
                self.assert_refused_to_start(pattern)
                self.on_machine(kind, QC)
        self.start()

    def test_switched_off_again(self):
        self.block("start_check")
        self.assert_refused_to_start("no check")
        self.block("start_check", False)
        self.start()

    def test_the_companys_own_template_decides(self):
        self.block("start_check")
        self.by(self.env["gendan.check.template"], PLAN_MANAGER).create({
            "name": "Ours", "kind": "start_check", "company_id": self.company.id})
        self.start()

    # ------------------------------------------------------------- what was made

    def test_counts_come_before_the_booking(self):
        kinds = ("coding", "piece_count", "sorting")
        for kind in kinds:
            self.block(kind)
        made = self.from_stock()
        self.accept_first_article(made)
        for kind in kinds:
            error = self.assert_no_effect(GOODS, self.produce, made, PRODUCTION, trial=False)
            self.assertRegex(str(error), "F15.*: no check “.*” that found all right")
            self.check(kind, PK, notice_line_id=made.notice_line_id.id)
        self.produce(made, PRODUCTION, trial=False)
        self.assertEqual(made.state, "done")

    def test_the_trial_is_what_the_fit_is_tried_with(self):
        """Nothing is tried in its bag before the machine has made something to be tried."""
        for kind in ("bag_fit", "piece_count"):
            self.block(kind)
        self.company.sudo().trial_quantity = 20
        made = self.from_stock()
        self.accept_first_article(made, operator="E19", trial=True)
        self.assertEqual(sorted(made.notice_line_id.production_ids.mapped("state")),
                         ["confirmed", "done"])
