"""S08: a wrong count found at loading, 200 CNY once per event (D6.1–D6.5)."""

from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.shipping_case import ShippingCase

SALESPERSON, SUPERVISOR, KEEPER, PLAN_MANAGER = "E04", "E11", "E16", "E09"


@tagged("stories")
class TestS08CountAtLoading(ShippingCase):
    """Thursday 12-10, C02, 20GP, 432 cartons of F11; 李娜 supervises, 高军 loads."""

    def load(self):
        """Return a running report of an own order, everything but the counts entered."""
        with self.at("2026-12-01 08:30"):
            order = self.new_order(SALESPERSON, "C02", [("F11", 432 * 40, 1.35)], "2026-12-12")
            self.make_valid(order, merchandiser=SUPERVISOR)
        with self.at("2026-12-09 09:00"):
            shipping = self.new_shipping(
                order, "2026-12-10", seller=SALESPERSON, destination="Melbourne",
                container_type_id=self.container("20gp").id)
            self.by(shipping, SALESPERSON).action_submit()
            self.by(shipping, "E10").action_accept()
            self.with_slip(shipping, "定金已到")
            self.start_loading(shipping)
        with self.at("2026-12-10 08:30"):
            report = self.loading_report(shipping)
            self.fill_report(report)
        return report

    def rework(self, report, cause, unloaded, description, minutes=0):
        return self.as_user("gendan.loading.rework", SUPERVISOR).create({
            "report_id": report.id, "cause": cause, "unloaded_cartons": unloaded,
            "description": description, "minutes": minutes})

    def test_the_whole_day(self):
        with self.at("2026-12-10 10:00"):
            first = self.load()
            self.tally(first, SUPERVISOR, 432)
            self.tally(first, KEEPER, 428)
            self.assertEqual(self.by(first.line_ids, SUPERVISOR).difference, 4)
            with self.refused("merchandiser 432, keeper 428, notice 432"):
                self.by(first, SUPERVISOR).action_close()
            event = self.rework(first, "count", 60, "少 1 层 4 箱")
            self.assertEqual(event.proposal, 200)
            self.by(event, PLAN_MANAGER).action_confirm()
            with self.refused("one event, one charge"):
                self.rework(first, "count", 60, "再记一次")
            self.by(first, SUPERVISOR).action_recount()
            self.tally(first, SUPERVISOR, 432)
            self.tally(first, KEEPER, 432)
            self.by(first, SUPERVISOR).action_close()
        self.assertAlmostEqual(first.loaded_volume, 28.37, 2)
        self.assertEqual([round(first.volume_share, 3), round(first.loaded_weight)],
                         [0.857, 2502])
        with self.at("2026-12-10 13:00"):
            second = self.load()
            self.tally(second, SUPERVISOR, 430)
            self.tally(second, KEEPER, 430)
            typed = self.rework(second, "typed", 0, "两边都输错, 未卸货")
        self.assertEqual(typed.amount, 0)
        with self.at("2026-12-10 15:00"):
            third = self.load()
            self.tally(third, SUPERVISOR, 430)
            self.tally(third, KEEPER, 432)
            again = self.rework(third, "count", 48, "返工")
            self.by(again, PLAN_MANAGER).action_confirm()
            caught = self.load()
            with self.refused("this carton stays out: the mark is “NORDPARK”"):
                self.by(caught, SUPERVISOR).action_offer(self.ref("F11").id, mark="NORDPARK")
            self.tally(caught, SUPERVISOR, 432)
            self.tally(caught, KEEPER, 432)
            other = self.rework(caught, "keeper", 0, "错唛托盘, 勾选时发现", 20)
        self.assertEqual(other.amount, 0)
        mine = self.env["gendan.loading.rework"].search([
            ("responsible_id", "=", self.user(SUPERVISOR).id)])
        self.assertEqual(sum(mine.mapped("amount")), 400)

    def test_blind_until_both_are_in(self):
        with self.at("2026-12-10 10:00"):
            report = self.load()
            self.tally(report, SUPERVISOR, 432)
            self.assertEqual(self.by(report.line_ids, KEEPER).merchandiser_count, 0)
            self.tally(report, KEEPER, 428)
            self.assertEqual(self.by(report.line_ids, KEEPER).merchandiser_count, 432)

    def test_428_after_a_corrected_notice(self):
        """84.9% of the volume: it may leave, with the reason."""
        with self.at("2026-12-10 09:00"):
            report = self.load()
            shipping = report.shipping_id
            self.by(shipping, SALESPERSON).action_correct("客户同意少 4 箱")
            self.by(shipping.line_ids, SALESPERSON).quantity = 428 * 40
            # corrected on its day, it is a same-day notice now (D8.4)
            self.by(shipping, SALESPERSON).action_submit()
            self.by(shipping, "E10").action_accept("柜已到厂, 客户同意")
            self.with_slip(shipping, "定金已到")
            self.start_loading(shipping)
            self.tally(report, SUPERVISOR, 428)
            self.tally(report, KEEPER, 428)
            with self.refused("84.9% of the volume and .* used → write why"):
                self.by(report, SUPERVISOR).action_close()
            self.by(report, SUPERVISOR).space_reason = "少 4 箱, 客户同意"
            self.by(report, SUPERVISOR).action_close()
        self.assertEqual((report.state, report.loaded_cartons), ("closed", 428))

    def test_another_amount(self):
        with self.at("2026-12-10 10:00"):
            event = self.rework(self.load(), "count", 60, "少 1 层")
            with self.refused("The proposal is 200.00; say why it becomes 100.00"):
                self.by(event, PLAN_MANAGER).action_confirm(100)
            self.by(event, PLAN_MANAGER).action_confirm(100, "首次, 未误船")
        self.assertRecordValues(event, [{"amount": 100, "proposal": 200, "state": "confirmed"}])
