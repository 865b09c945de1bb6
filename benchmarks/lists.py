"""First screens beside the plain stored list of the same rows, without and with a year of history.

``make bench ARGS=--lists``
"""

import time
from datetime import timedelta

from history import History
from lxml import etree

from odoo.fields import Command

LIMIT = 80
RUNS = 25


class Screens:
    """What a list or board reads when it opens, in a database that has the addon."""

    def __init__(self, world):
        self.world = world
        self.env = world.env
        today = world.company._company_today()
        open_ = [("state", "in", ("submitted", "accepted", "loading"))]
        self.screens = {
            "shipping notices, open": ("gendan.shipping.notice", "list", open_),
            "shipping notices, cards": ("gendan.shipping.notice", "kanban", open_),
            "dispatch sheets of today": ("gendan.dispatch", "list", [("day", "=", today)]),
            "dispatch board of today": ("gendan.dispatch", "kanban", [("day", "=", today)]),
        }

    def figures(self):
        """Return ``{screen: (SQL, seconds, SQL of the plain list, its seconds)}``."""
        return {**{name: self._measure(model, domain, (
            self._specification(model, kind), self._plain(model, kind)))
            for name, (model, kind, domain) in self.screens.items()},
            "board of vehicles and days": self._board()}

    def _measure(self, model, domain, specifications):
        """Read screen and plain list in turn; the quickest of each is without the neighbours."""
        records = self.world.by(self.env[model], "merchandiser")
        runs = [[self._read(records, domain, one) for one in specifications]
                for _run in range(RUNS + 1)][1:]
        return [figure for of_one in zip(*runs, strict=True)
                for figure in (of_one[0][0], min(seconds for _queries, seconds in of_one))]

    def _read(self, records, domain, specification):
        return self._timed(lambda: records.web_search_read(domain, specification, limit=LIMIT))

    def _timed(self, read):
        self.env.invalidate_all()
        queries, started = self.env.cr.sql_log_count, time.process_time()
        read()
        return self.env.cr.sql_log_count - queries, time.process_time() - started

    def _board(self):
        """Read the board of six days, and the plain lists of the trips and notices on it."""
        trips = self.world.by(self.env["gendan.dispatch"], "merchandiser")
        notices = self.world.by(self.env["gendan.shipping.notice"], "merchandiser")
        shown = trips.board()
        rows = [(trips.browse([one["id"] for one in shown["trips"]]), "list"),
                (notices.browse([one["id"] for one in shown["notices"]]), "list")]

        def plain():
            for records, kind in rows:
                records.web_read(self._plain(records._name, kind))

        runs = [(self._timed(trips.board), self._timed(plain)) for _run in range(RUNS + 1)][1:]
        return [figure for of_one in zip(*runs, strict=True)
                for figure in (of_one[0][0], min(seconds for _queries, seconds in of_one))]

    def _names(self, model, kind):
        """Return the fields that the view shows, those of nested views left out."""
        arch = etree.fromstring(self.world.by(self.env[model], "merchandiser").get_view(
            view_type=kind)["arch"])
        return list(dict.fromkeys(
            node.get("name") for node in arch.iter("field")
            if not any(parent.tag == "field" for parent in node.iterancestors())))

    def _specification(self, model, kind):
        fields = self.env[model]._fields
        return {name: {"fields": {"display_name": {}}} if fields[name].relational else {}
                for name in self._names(model, kind)}

    def _plain(self, model, kind):
        fields = self.env[model]._fields
        return {name: value for name, value in self._specification(model, kind).items()
                if fields[name].store and fields[name].column_type}


def shipped_world(world, walk):
    """Make the templates by the real steps: an accepted notice with its slip, and a trip."""
    orders = walk.new_orders(1, "STOCKED")
    walk.make_valid(orders, measured=False)
    walk.notices_of(orders).action_check_stock()
    notice = orders.sudo().notice_id
    day = world.company._company_today() + timedelta(days=1)
    shipping = world.by(world.env["gendan.shipping.notice"], "seller").create({
        "notice_id": notice.id, "ship_date": day, "address": "Bench street 1",
        "line_ids": [Command.create({"notice_line_id": line.id, "quantity": line.quantity})
                     for line in notice.line_ids]})
    for login, action in (("seller", "action_submit"), ("merchandiser", "action_accept"),
                          ("finance", "action_issue_slip")):
        getattr(world.by(shipping, login), action)()
    dispatch = world.by(world.env["gendan.dispatch"], "merchandiser").create({
        "day": day, "hired_plate": "B-1", "hired_volume": 60, "hired_payload": 20000,
        "hired_driver": "Bench driver",
        "stop_ids": [Command.create({"kind": "delivery", "shipping_id": shipping.id}),
                     Command.create({"kind": "errand", "purpose": "fetch", "place": "port"})]})
    return shipping.sudo(), dispatch.sudo()


def measure(world, walk):
    """Return the figures without and with history; the caller rolls back."""
    shipping, dispatch = shipped_world(world, walk)
    history = History(world.env)
    history.open_shipping(shipping, dispatch)
    before = Screens(world).figures()
    history.past_shipping(shipping, dispatch)
    return before, Screens(world).figures()


def markdown(before, after):
    """Return the table of the screens."""
    rows = ["| first screen (80 rows) | SQL | with a year | × plain list | with a year | growth "
            "| goal ≤ ×1.5 |", "|---|--:|--:|--:|--:|--:|---|"]
    for name, (queries, seconds, _plain_queries, plain) in before.items():
        queries2, seconds2, _queries, plain2 = after[name]
        met = seconds / plain <= 1.5 and seconds2 / plain2 <= 1.5 and queries == queries2
        rows.append(
            f"| {name} | {queries} | {queries2} | ×{seconds / plain:.2f} | "
            f"×{seconds2 / plain2:.2f} | ×{seconds2 / seconds:.2f} | "
            f"{'met' if met else '**missed**'} |")
    return "\n".join(rows)
