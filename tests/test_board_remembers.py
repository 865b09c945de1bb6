"""What 今日 remembers is what it would judge now: S01 and S06 with the board looked at on and on.

The stories are told once more; before each person acts, and when a moment ends, the board as it
is remembered is put beside one that is judged from nothing, light by light, for every open order.
So is what each line of a notice waits for, and when the machines work, as the plan shows them.
The job that keeps the milestones runs now and then, so that what it stored is looked at as well.
"""

import re
import uuid
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

import test_board_of_stories as board_story
import test_s01_first_article as s01_first
import test_s01_materials as s01_materials
import test_s01_plan as s01_plan
import test_s01_shipping as s01_shipping

from odoo.tests import tagged
from odoo.tools.lru import LRU

from odoo.addons.gendan_followup.models.desk.today_version import ROWS
from odoo.addons.gendan_followup.models.foundation.row_version import HOUSE
from odoo.addons.gendan_followup.models.materials import readiness_version
from odoo.addons.gendan_followup.models.production import machine_version

PLANNER = "E09"
# Odoo's own registers and what is only asked for rights, for words or for numbers
NOT_JUDGED = re.compile(
    r"(ir_|rule_group_rel$|res_lang$|res_groups|res_users_settings|base_|mail_|bus_|decimal_|res_currency)")
TABLE = re.compile(r'(?:FROM|JOIN)\s+"?([a-z_]+)"?', re.IGNORECASE)


class Watched:
    """Looks at the board at every step of a story; mixed in before the story."""

    def setUp(self):
        # the story's own set-up is looked at as well
        self.looks, self.watching, self.tables, self.read_by_lines = 0, False, set(), set()
        # a story is one transaction, which writes; its rows are flushed before each look
        trusting = patch.object(
            self.registry["gendan.row.version"], "_has_written", lambda _self, _row: False)
        trusting.start()
        self.addCleanup(trusting.stop)
        self.registry.__dict__.pop("gendan_memories", None)
        self.addCleanup(self.registry.__dict__.pop, "gendan_memories", None)
        super().setUp()

    @contextmanager
    def at(self, text):
        with super().at(text):
            yield
            self.look()

    def by(self, records, number):
        self.look()
        return super().by(records, number)

    def look(self):
        """Put what is remembered beside what is judged anew, now and then in Chinese."""
        if self.watching:
            return
        self.watching = True
        self.env.flush_all()
        self.looks += 1
        lang = "en_US" if self.looks % 4 else "zh_CN"
        self.assertEqual(self.seen(lang), self.judged_anew(lang))
        self.assertEqual(self.waited_for(lang), self.waited_for_anew(lang))
        if self.looks % 3 == 0:
            notices = self.env["gendan.production.notice"].sudo().search(
                [("milestones_stale", "=", True)])
            notices._refresh_milestones()
            self.env.flush_all()
        self.watching = False

    def seen(self, lang):
        self.env.invalidate_all()
        return self.env["gendan.today"].with_user(self.user(PLANNER)).with_company(
            self.company).with_context(lang=lang).board(limit=200)

    def judged_anew(self, lang):
        """Return the board with an empty memory and nothing that fits what the job stored."""
        registry = self.env.registry
        versions = registry["gendan.today.version"]._versions
        with patch.object(registry["gendan.today"], "_kept", lambda _self: LRU(1000)), \
                patch.object(registry["gendan.today.version"], "_versions", lambda records, *args: {
                    id_: uuid.uuid4().hex for id_ in versions(records, *args)}), \
                self.reading():
            return self.seen(lang)

    def waited_for(self, lang):
        """Return what every line waits for, and when the machines work in these weeks."""
        self.env.invalidate_all()
        env = self.env(user=self.user(PLANNER), context={
            "lang": lang, "allowed_company_ids": self.company.ids})
        lines = env["gendan.production.notice.line"].sudo().search([])
        today = self.company._company_today()
        machines = env["mrp.workcenter"].sudo().search([])
        return (
            {line.id: (line.readiness, line.readiness_text, line.ready_on) for line in lines},
            machines._machine_days(self.company, today, today + timedelta(days=14)))

    def waited_for_anew(self, lang):
        with patch.object(self.registry["gendan.row.version"], "_memory",
                          lambda _self, size: LRU(size)), self.reading(self.read_by_lines):
            return self.waited_for(lang)

    @contextmanager
    def reading(self, tables=None):
        """Note every table that is read."""
        tables = self.tables if tables is None else tables
        execute, cursor = type(self.env.cr).execute, type(self.env.cr)

        def noted(cr, query, *args, **kwargs):
            tables.update(TABLE.findall(getattr(query, "code", query)))
            return execute(cr, query, *args, **kwargs)

        with patch.object(cursor, "execute", noted):
            yield

    def tearDown(self):
        if self.looks:
            # the milestones are what is judged; whose turn it is, is never remembered, nor
            # how the orders rank
            self.assert_known(self.tables, (*ROWS, *HOUSE), {
                "ranked", "unnest",
                "gendan_versions", "gendan_assignment", "gendan_deputy",
                "gendan_production_notice", "gendan_milestone", "gendan_capability_enquiry"})
            self.assert_known(
                self.read_by_lines, (*readiness_version.ROWS, *HOUSE, *machine_version.ROWS),
                {"gendan_readiness_versions", "gendan_machine_version",
                 "gendan_production_notice"})
        super().tearDown()

    def assert_known(self, tables, rows, known):
        """Refuse a table that is read and is no part of the version."""
        known = known | {tag for tag, _where in rows} | set(re.findall(
            r"(?:JOIN |^| )([a-z_]+) [a-z]\b", " ".join(where for _tag, where in rows)))
        self.assertFalse(sorted(table for table in tables - known
                                if not NOT_JUDGED.match(table)), "read, and in no version")


@tagged("stories")
class TestRememberedS01Materials(Watched, s01_materials.TestS01Materials):
    """Material, plates, cartons, purchases and deliveries."""


@tagged("stories")
class TestRememberedS01Plan(Watched, s01_plan.TestS01Plan):
    """The plan."""


@tagged("stories")
class TestRememberedS01First(Watched, s01_first.TestS01FirstArticle):
    """The first article and the production."""


@tagged("stories")
class TestRememberedS01Shipping(Watched, s01_shipping.TestS01Shipping):
    """The container."""


@tagged("stories")
class TestRememberedBoard(Watched, board_story.TestBoardOfStories):
    """The board's own stories: the order until its release, the keeper, a plan that moves."""
