"""Two merchandisers buy for one need in the same second (S04, X6, traps 5.1)."""

from odoo.fields import Command

from .own_database import OwnDatabaseCase
from .packaging_case import PackagingVerbs

BUYERS = ("E10", "E11")


class TestConcurrentBuying(PackagingVerbs, OwnDatabaseCase):
    """Without the turn of the need both would sum what they saw before, and both pass."""

    def setUp(self):
        super().setUp()
        order = self.new_order("E04", "C02", [("F11", 12_000, 0.85)], "2027-03-30")
        self.make_valid(order, merchandiser="E11")
        self.release(order, "E11")
        self.settle(order)
        self.need = self.need_of(order, "PK04_v1")
        self.limit = self.need.limit_quantity
        self.commit()

    def drafts(self, *quantities):
        drafts = [self.draft(self.need, quantity, number)
                  for quantity, number in zip(quantities, BUYERS, strict=True)]
        self.commit()
        return drafts

    def assert_bought(self, drafts, *states):
        self.env.cr.rollback()
        self.env.invalidate_all()
        self.assertEqual([draft.sudo().state for draft in drafts], list(states))
        self.assertLessEqual(self.need.covered, self.limit)

    def test_second_began_before_the_first_committed(self):
        drafts = self.drafts(self.limit - 100, 101)
        first, second = map(self.person, BUYERS)
        first.request(drafts[0], "button_confirm")
        self.assertRegex(second.refused(drafts[1], "button_confirm"), "at most")
        self.assertEqual(second.attempts, 2, "she had to look again")
        self.assert_bought(drafts, "purchase", "draft")

    def test_second_waits_for_the_first(self):
        drafts = self.drafts(self.limit - 100, 101)
        first, second = map(self.person, BUYERS)
        refusal = []
        first.do(drafts[0], "button_confirm")
        with self.waiting_for(first, lambda: refusal.append(
                second.refused(drafts[1], "button_confirm"))):
            first.cr.commit()
        self.assertRegex(refusal[0], "at most")
        self.assert_bought(drafts, "purchase", "draft")

    def test_with_room_for_both_both_pass(self):
        drafts = self.drafts(self.limit - 100, 100)
        first, second = map(self.person, BUYERS)
        first.request(drafts[0], "button_confirm")
        second.request(drafts[1], "button_confirm")
        self.assert_bought(drafts, "purchase", "purchase")

    def test_two_lines_are_raised_at_once(self):
        drafts = self.drafts(1000, 1000)
        for draft, number in zip(drafts, BUYERS, strict=True):
            self.person(number).request(draft, "button_confirm")
        first, second = map(self.person, BUYERS)
        first.request(drafts[0].order_line, "write", {"product_qty": self.limit - 1000})
        self.assertRegex(second.refused(
            drafts[1].order_line, "write", {"product_qty": 1001}), "at most")
        self.assert_bought(drafts, "purchase", "purchase")

    def test_one_scrap_record_makes_good_once(self):
        """X14: the keeper and the packing supervisor ask for the same spoiled cartons at once."""
        self.put("PK07_v1", 50)
        cartons = self.need_of(self.need.notice_id.order_id, "PK07_v1")
        scrap = self.env["stock.scrap"].create({
            "product_id": cartons.product_id.id, "scrap_qty": 20, "company_id": self.company.id})
        scrap.do_scrap()
        self.commit()
        asked = {"notice_line_id": cartons.notice_line_id.id, "reason": "受潮", "quantity": 20,
                 "product_id": cartons.product_id.id, "scrap_ids": [Command.set(scrap.ids)]}
        keeper, supervisor = self.person("E15"), self.person("E13")
        supplements = self.env["gendan.supplement"]
        keeper.request(supplements, "create", asked)
        self.assertRegex(supervisor.refused(supplements, "create", asked), "made good by")
        self.env.cr.rollback()
        self.assertEqual(supplements.search_count([("scrap_ids", "in", scrap.ids)]), 1)
