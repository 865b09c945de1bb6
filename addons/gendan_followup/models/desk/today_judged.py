from math import ceil
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools.lru import LRU

from ...calc.text import plain_number

# what one worker remembers of orders, states and rows of the board: some ten megabytes
REMEMBERED = 2048


class Judged(NamedTuple):
    """What the board says of an order to whoever may read it."""

    row: dict
    lights: list
    state: dict
    blocker: dict | None
    merchandiser: str
    waiting_for: str
    notice_id: int | bool
    day: object
    next_date: object


class Today(models.AbstractModel):
    """What is the same for every reader is judged once and remembered while nothing moves."""

    _inherit = "gendan.today"

    def _judged(self, page):
        """Return ``{order id: Judged}``.

        :param list page: the :class:`Seen` of the orders that are shown
        """
        versions = {row.id: row.version for row in page if row.version}
        versions |= self.env["gendan.today.version"]._of_orders(
            [row.id for row in page if not row.version])
        return self._remembered("row", versions, self._judge)

    def _states(self, versions):
        """Return ``{order id: state}`` by the one policy, as the records are now (D4.1).

        :param dict versions: ``{order id: version}``
        """
        return self._remembered("state", versions, lambda ids: self.env["sale.order"].browse(
            ids)._milestone_states())

    def _remembered(self, kind, versions, judge):
        """Return ``{order id: what judge says}``, judged anew where anything has moved.

        What is remembered belongs to one version of all that was read, one day, one language
        and one company. It outlives no restart, and nobody has to keep it in line.

        :param judge: takes ids, returns a dict by id
        """
        company, kept = self.env.company, self._kept()
        today = company._company_today()
        keys = {id_: (kind, id_, company.id, self.env.lang) for id_ in versions}
        found, missing = {}, []
        for id_, version in versions.items():
            of_version, judged = kept.get(keys[id_], (None, None))
            if of_version == (version, today):
                found[id_] = judged
            else:
                missing.append(id_)
        if missing:
            # nothing that was read earlier in this call may be remembered as the present
            self.env.invalidate_all()
            for id_, judged in judge(missing).items():
                found[id_] = judged
                kept[keys[id_]] = (versions[id_], today), judged
        return found

    def _kept(self):
        """Return this worker's memory of this database."""
        registry = self.env.registry
        if not hasattr(registry, "gendan_today_kept"):
            registry.gendan_today_kept = LRU(REMEMBERED)
        return registry.gendan_today_kept

    # ------------------------------------------------------------------ judging

    def _judge(self, ids):
        """Return ``{order id: Judged}`` as the records are now."""
        # the person may read the order; what stands behind a light he reads when he opens it
        orders = self.env["sale.order"].sudo().browse(ids)
        lights = self.env["gendan.today.light"]._all(orders)
        states = orders._milestone_states()
        return {order.id: self._judge_one(order, lights[order.id], states[order.id])
                for order in orders}

    def _judge_one(self, order, lights, state):
        blocker, day = self._blocker(lights), order._delivery_date()
        row = {
            "id": order.id, "name": order.name, "customer": order.partner_id.display_name,
            "kind": order.order_kind, "flagged": order.is_flagged,
            "ref": order.client_order_ref or "", "letter": order.revision_id.letter or "A",
            "goods": self._goods(order),
            # of a part that has left nobody asks any more
            "parts": state.get("part_due", True) and order.parts_text or "",
            "date": fields.Date.to_string(day) or "",
            "behind": state.get("blocker_label") or "",
            "forecast": fields.Date.to_string(state.get("forecast")) or "",
            "blocker": blocker["text"] if blocker else "",
            # so many working days without a step: nobody would see it standing (D4.1)
            "idle": state.get("is_idle") and state.get("idle_days") or 0,
        }
        steps = order.notice_id.milestone_ids
        return Judged(
            row, lights, state, blocker, order.merchandiser_id.name or "",
            order.waiting_for or "", order.notice_id.id, day,
            steps.filtered(lambda step: step.code == state.get("next")).forecast)

    @api.model
    def _blocker(self, lights):
        """Return the light that holds an order up: what is missing, else what is under way."""
        return next((light for state in ("red", "amber") for light in lights
                     if light["state"] == state), None)

    @api.model
    def _goods(self, order):
        lines = order._controlled_lines()
        first = lines[:1]
        if not first:
            return ""
        per_carton = first.packs_per_carton
        cartons = first.product_uom_qty / per_carton if per_carton else 0
        much = self.env._("%s cartons", plain_number(ceil(cartons))) if cartons else (
            f"{plain_number(first.product_uom_qty)} {first.product_uom_id.name}")
        more = f" +{len(lines) - 1}" if len(lines) > 1 else ""
        return f"{first.product_id.name} {much}{more}"
