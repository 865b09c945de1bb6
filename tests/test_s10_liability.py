"""S10: the wrong bag, half and half (Tuesday 2026-12-08)."""

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.gendan_followup.tests.common import FollowupCase, moment
from odoo.addons.gendan_liability.tests.common import LiabilityVerbs

SALESPERSON, MERCHANDISER, KEEPER, PACKING, QUALITY = "E05", "E10", "E15", "E13", "E21"


@tagged("stories")
class TestS10Liability(LiabilityVerbs, FollowupCase):
    """F01 for C07: 马丽's slip names v3, the pallet that she handed out was v2."""

    def setUp(self):
        super().setUp()
        with self.at("2026-12-01 09:00"):
            self.order = self.new_order(SALESPERSON, "C07", [("F01", 24000, 8.9)], "2026-12-20")
            self.make_valid(self.order, merchandiser=MERCHANDISER)
            self.notice = self.release(self.order, MERCHANDISER).sudo()
        self.line = self.notice.line_ids
        self.old = self.ref("PK02_v2").sudo()
        self.lot = self.new_lot("PK02_v2", "PK02-2609")
        self.duty("QC", QUALITY)

    def new_lot(self, code, name):
        return self.env["stock.lot"].create({
            "name": name, "product_id": self.ref(code).id, "company_id": self.company.id})

    def slip(self, code, lot):
        return self.env["gendan.material.issue"].with_user(self.user(KEEPER)).with_company(
            self.company).create({"notice_line_id": self.line.id, "quantity": 2400,
                                  "product_id": self.ref(code).id, "lot_id": lot.id})

    def hand_out(self, taken=True):
        """The slip of the morning, v3, taken over by 赵秀英."""
        with self.at("2026-12-08 08:00"):
            slip = self.slip("PK02_v3", self.new_lot("PK02_v3", "PK02-2611"))
            slip.action_issue()
        if taken:
            with self.at("2026-12-08 08:20"):
                self.by(slip, PACKING).action_take()
        return slip

    def case(self, *losses, cause="packaging_use", **values):
        """邓梅 reports what she found in packing, with the lot that she held in her hand."""
        return self.report(
            QUALITY, loss=None, cause_id=self.cause(cause).id, notice_id=self.notice.id,
            lot_ids=[Command.set((values.pop("lot", self.lot)).ids)],
            loss_ids=[Command.create({"description": text, "quantity": quantity, "price": price})
                      for text, quantity, price in losses], **values)

    def test_v2_does_not_get_onto_a_slip(self):
        with self.refused("is withdrawn and is not issued"):
            self.slip("PK02_v2", self.lot)

    def test_half_and_half(self):
        """432.00 re-packing + 528.00 bags: 马丽 480.00, 赵秀英 480.00."""
        self.hand_out()
        incident = self.case(("重新包装", 2400, 0.18), ("旧袋报废", 2400, 0.22))
        self.assertEqual(incident.sudo().loss, 960)
        self.assertEqual(set(incident.sudo().match_ids.rule_id.mapped("code")), {"L-K4", "L-P1"})
        self.assertEqual(incident.sudo().leading_rule_id.code, "L-K4")
        self.assertEqual(self.shares(incident), [
            (KEEPER, 50, "480.00"), (PACKING, 50, "480.00")])
        facts = incident.sudo().present_candidate_ids.filtered(
            lambda candidate: candidate.rule_id.code == "L-K4").fact_ids
        self.assertEqual(facts.mapped("code"), ["foreign_lot"])
        self.assertIn("PK02-2609", facts.sentence)
        with self.at("2026-12-08 11:30"):
            self.by(incident, QUALITY).action_propose()
        decision = self.decide(incident)
        self.assertEqual(decision.line_ids.mapped("amount"), [480, 480])

    def test_the_odd_cent(self):
        """960.01: the leading party takes the balance, 马丽 by K4 and 赵秀英 by P1 (L-G4)."""
        self.hand_out()
        incident = self.case(("合计", 1, 960.01))
        self.assertEqual(self.shares(incident), [
            (KEEPER, 50, "480.00"), (PACKING, 50, "480.01")])
        self.by(incident, QUALITY).match_ids.filtered(
            lambda match: match.rule_id.code == "L-P1").action_lead()
        self.assertEqual(self.shares(incident), [
            (PACKING, 50, "480.00"), (KEEPER, 50, "480.01")])

    def test_found_before_use(self):
        """No loss, no incident: a breach note without shares."""
        self.hand_out(taken=False)
        incident = self.case()
        with self.refused("neither loss nor complaint"):
            self.by(incident, QUALITY).action_propose()
        with self.at("2026-12-08 11:30"):
            self.by(incident, QUALITY).action_breach("使用前发现, 已换回")
        self.assertEqual(incident.state, "breach")
        self.assertFalse(incident.sudo().share_ids)

    def test_v3_itself_misprinted(self):
        """Booked in unchecked: K1, 672.00 / 144.00 / 144.00."""
        lot = self.new_lot("PK02_v3", "PK02-2612")
        template = self.env.ref("gendan_followup.check_template_incoming_packaging")
        with self.at("2026-12-07 09:00"):
            self.env["gendan.check.sheet"].with_user(self.user(KEEPER)).with_company(
                self.company).create({"template_id": template.id, "lot_id": lot.id,
                                      "product_id": lot.product_id.id}).action_skip()
        incident = self.case(("合计", 1, 960), cause="packaging_incoming", lot=lot)
        self.assertEqual(incident.sudo().leading_rule_id.code, "L-K1")
        self.assertEqual(self.shares(incident), [
            (KEEPER, 70, "672.00"), (PACKING, 15, "144.00"), (QUALITY, 15, "144.00")])

    def test_both_the_panel_chooses(self):
        """K4 and K1 name different primary parties: no automatic split."""
        self.hand_out()
        incident = self.case(("合计", 1, 960))
        incident.match_ids.sudo().unlink()
        self.match(incident, "L-K4", "L-K1", number=QUALITY, lead=False)
        with self.at("2026-12-08 11:30"):
            self.by(incident, QUALITY).action_propose()
        self.assertFalse(incident.sudo().share_ids)
        with self.refused("different primary parties.*choose the rule"):
            self.decide(incident, lines=[])
        self.assertEqual(incident.sudo().event_at, moment("2026-12-08 10:00"))
