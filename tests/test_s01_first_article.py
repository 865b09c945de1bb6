"""S01, rows 12-15 to 12-17: trial, first article, mass production of Nordpark's container."""

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import FollowupCase, moment

SALESPERSON, MERCHANDISER, OTHER, PRODUCTION, QUALITY = "E03", "E10", "E11", "E12", "E20"
OPERATOR = "E17"
PACKS, TRIAL, PER_CARTON, PER_MINUTE = 40_800, 50, 24, 40


@tagged("stories")
class TestS01FirstArticle(FollowupCase):
    """黄勇 runs the trial, 王芳 takes the sample, 陈立 accepts, 40,800 packs are made."""

    def setUp(self):
        super().setUp()
        with self.at("2026-11-23 09:10"):
            self.order = self.new_order(SALESPERSON, "C01", [("F02", PACKS, 0.62)], "2026-12-22",
                                        destination="Göteborg")
            self.make_valid(self.order, SALESPERSON, MERCHANDISER)
            self.release(self.order, MERCHANDISER)
        self.line = self.order.sudo().notice_id.line_ids
        self.machine = self.ref("machine_wet1")
        with self.at("2026-12-10 16:00"):
            # what 孙涛 and 马丽 received from 12-08 to 12-10
            for code, quantity in (("RM03", 5457.6), ("PK06_v1", 1_700)):
                self.put(code, quantity)
            self.booked_in("PK01_v2", 42_500)
            self.line.production_ids.action_assign()

    def booked_in(self, code, quantity):
        """Book a version in by a move, so that it was received once (A14)."""
        product = self.ref(code).sudo()
        lot = self.env["stock.lot"].sudo().create({
            "product_id": product.id, "name": f"T-{code}"}
        ) if product.tracking != "none" else self.env["stock.lot"]
        self.env["stock.quant"].sudo().with_context(inventory_mode=True).create({
            "product_id": product.id, "lot_id": lot.id, "inventory_quantity": quantity,
            "location_id": self.ref("warehouse").sudo().lot_stock_id.id,
        }).action_apply_inventory()

    def tablet(self, records):
        """Return ``records`` on the workshop's tablet in 黄勇's hands."""
        return self.held(self.by(records, "pad_workshop"), OPERATOR)

    def rest(self):
        return self.line.production_ids.filtered(lambda one: one.state not in ("done", "cancel"))

    def sampled(self):
        """0820 to 0830: the trial, its 51st pack, sample and fit."""
        with self.at("2026-12-15 08:20"):
            article = self.open_first_article(self.line, self.machine)
            self.tablet(article).action_start_trial()
            trial = article.sudo().trial_production_id
            with self.refused("50 packs, not 51: no accepted first article → 陈立 decides"):
                worker = self.tablet(trial)
                worker.qty_producing = TRIAL + 1
                worker.move_raw_ids.picked = True
                worker.button_mark_done()
            with self.refused("is not accepted yet"):
                self.tablet(self.rest().filtered(
                    lambda one: one != trial).workorder_ids).button_start()
            self.tablet(article).action_finish_trial()
        with self.at("2026-12-15 08:30"):
            fit = self.by(article.sudo().fit_sheet_id, QUALITY)
            for point, tried in zip(fit.line_ids.filtered(lambda one: not one.has_limits),
                                    (5, 5, PER_CARTON), strict=True):
                point.write({"tried_count": tried, "good_count": tried})
            fit.line_ids.filtered("has_limits").measured_value = PER_CARTON
            self.take_sample(self.by(article, MERCHANDISER), OPERATOR)
        return article

    def test_from_the_trial_to_the_last_pack(self):
        article = self.sampled()
        self.assertRecordValues(article, [{
            "is_new_spec": True, "is_big": True, "is_priority": True, "fit_result": "ok",
            "present_by_id": self.user(MERCHANDISER).id,
            "sampled_at": moment("2026-12-15 08:30"), "trial_quantity": TRIAL}])
        status = self.env["gendan.version.status"].search([
            ("product_id", "=", self.ref("PK01_v2").id)])
        self.assertFalse(status.first_article_id)
        with self.at("2026-12-15 09:40"), self.refused("李娜 is not the one who decides → 陈立"):
            self.by(article, OTHER).action_accept()
        self.assertEqual(article.decision, "pending")
        with self.at("2026-12-15 09:50"):
            self.by(article, SALESPERSON).action_accept()
            self.tablet(self.rest().workorder_ids).button_start()
        self.assertRecordValues(article, [{
            "decision": "accepted", "decided_by_id": self.user(SALESPERSON).id,
            "decided_at": moment("2026-12-15 09:50")}])
        self.tell("2026-12-15 10:00")
        with self.at("2026-12-16 14:00"):
            self.make(PACKS / 2 - TRIAL)
        self.tell("2026-12-16 14:10")
        with self.at("2026-12-17 15:00"):
            self.make(PACKS / 2)
        said = self.tell("2026-12-17 15:10")
        self.assertEqual(PACKS / PER_MINUTE, 1020)
        made = self.line.production_ids.filtered(lambda one: one.state == "done")
        self.assertEqual(sum(made.mapped("qty_produced")), PACKS)
        self.assertFalse(self.rest())
        self.assertRecordValues(said.filtered(lambda row: row.code != "daily"), [
            {"code": "start", "user_id": self.user(SALESPERSON).id},
            {"code": "half", "user_id": self.user(SALESPERSON).id},
            {"code": "full", "user_id": self.user(SALESPERSON).id}])
        self.assertRecordValues(said.filtered(lambda row: row.code in ("half", "full")), [
            {"produced": PACKS / 2, "total": PACKS}, {"produced": PACKS, "total": PACKS}])

    def test_the_new_version_becomes_regular(self):
        """12-15 09:50: PK01 v2 is regular, so a repeat order has 20 % (D3.5)."""
        version, statuses = self.ref("PK01_v2"), self.env["gendan.version.status"]
        before = statuses.search([("product_id", "=", version.id), ("status", "=", "regular")])
        article = self.sampled()
        with self.at("2026-12-15 09:50"):
            self.by(article, SALESPERSON).action_accept()
        now = statuses.search([
            ("product_id", "=", version.id), ("status", "=", "regular")]) - before
        self.assertRecordValues(now, [{
            "first_article_id": article.id, "changed_at": moment("2026-12-15 09:50")}])

    def make(self, packs):
        worker = self.by(self.rest(), PRODUCTION)
        worker.qty_producing = packs
        worker.action_generate_serial()
        worker.move_raw_ids.picked = True
        action = worker.with_context(skip_consumption=True).button_mark_done()
        if isinstance(action, dict) and action.get("res_model") == "mrp.production.backorder":
            self.by(self.env["mrp.production.backorder"], PRODUCTION).with_context(
                **action["context"]).create(
                    {"mrp_production_ids": [(6, 0, worker.ids)]}).action_backorder()

    def tell(self, clock):
        with patch.object(self.env.registry["ir.cron"], "_commit_progress",
                          lambda *_args, **_kwargs: 1), self.at(clock):
            self.env["gendan.progress"]._cron_tell()
        return self.env["gendan.progress"].search(
            [("notice_line_id", "=", self.line.id)], order="id")
