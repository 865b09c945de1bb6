"""The same steps beside a long history, in Odoo without and with the addon.

``make bench ARGS='--growth 20000 --minutes 4'``

One order of each kind is taken through the real steps, on both sides; what it left behind is
multiplied in bulk SQL, as old and finished. Then the steps are measured again. What counts is
the ratio of the two, with the addon against without: core itself grows on some of them.
"""

import statistics

from history import History
from steps import AddonRound, Round
from world import World

from odoo.api import SUPERUSER_ID, Environment

ROUNDS = 3
# what a finished order leaves behind, in the order of its links
LEFT_BEHIND = (
    "sale.order", "sale.order.line", "gendan.production.notice", "gendan.production.notice.line",
    "gendan.revision", "gendan.revision.event", "gendan.signature", "gendan.assignment",
    "stock.picking", "mrp.production", "mrp.workorder", "stock.move", "stock.move.line",
    "mail.message",
)  # fmt: skip
# how many rows of a kind one order leaves
ROWS = {"gendan.revision.event": 6, "gendan.signature": 2, "stock.move": 5, "stock.move.line": 5,
        "mail.message": 10}  # fmt: skip
NUMBERED = ("sale.order", "gendan.production.notice", "stock.picking", "mrp.production")


def compare(registries, count, one_round):
    """Return the figures before and after, ``{side: {step: [(SQL, CPU)]}}`` each."""
    before = _figures(registries, one_round)
    for side, registry in registries.items():
        with registry.cursor() as cr:
            _grow(World(Environment(cr, SUPERUSER_ID, {}), side == "with"), count)
            cr.commit()
            cr.execute("ANALYZE")
    return before, _figures(registries, one_round)


def _figures(registries, one_round):
    rounds = {side: [one_round(registries, side, 1) for _round in range(ROUNDS)]
              for side in registries}
    return {side: {step: tuple(statistics.median(figures[step][part] for figures in of_side)
                               for part in (0, 1)) for step in of_side[0]}
            for side, of_side in rounds.items()}


def _grow(world, count):
    """Finish one order, and multiply what it left behind, links and all."""
    walk = (AddonRound if world.with_addon else Round)(world, 1)
    walk.orders_to_make()
    history, firsts = History(world.env), {}
    for name in LEFT_BEHIND:
        if name in world.env:
            model = world.env[name].with_context(active_test=False)
            for template in model.search([], order="id desc", limit=ROWS.get(name, 1)):
                ids = history.multiply(name, template, count, **_columns(template, firsts))
                firsts[name, template.id] = ids[0]


def _columns(template, firsts):
    """Return what differs from copy to copy: the name, and links to what was copied as well."""
    columns = {"name": "'OLD-' || g"} if template._name in NUMBERED else {}
    for name, field in template._fields.items():
        if field.type == "many2one" and field.store and field.column_type:
            first = firsts.get((field.comodel_name, template[name].id))
            if first:
                columns[name] = f"{first - 1} + g"
    if {"res_id", "model"} <= template._fields.keys() or template._name == "gendan.signature":
        model = template["res_model" if template._name == "gendan.signature" else "model"]
        if first := firsts.get((model, template.res_id)):
            columns["res_id"] = f"{first - 1} + g"
    return columns


def markdown(count, before, after):
    """Return the table: how much slower each step became, without and with the addon."""
    rows = [f"## Beside a history of {count} orders", "",
            "| step | without: CPU | with: CPU | SQL more, with | goal ≤ ×1.1 |",
            "|---|--:|--:|--:|---|"]
    for step, (queries, seconds) in before["with"].items():
        queries2, seconds2 = after["with"][step]
        bare = (f"×{after['without'][step][1] / before['without'][step][1]:.2f}"
                if step in before["without"] else "–")
        ratio = seconds2 / seconds
        rows.append(f"| {step} | {bare} | ×{ratio:.2f} | {queries2 - queries:+.1f} | "
                    f"{'met' if ratio <= 1.1 else '**missed**'} |")
    return "\n".join(rows)
