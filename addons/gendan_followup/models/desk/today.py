from math import ceil
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...calc.milestones import state_of
from ...calc.text import plain_number

PAGE = 40
TABS = ("me", "others", "risk", "all")
# what changed since the job last judged is judged at once, the nearest deliveries first; were
# there ever more, the job has them in a few minutes
JUDGED_AT_ONCE = 500
WORST_FIRST = {"at_risk": 0, "late": 1}


class Seen(NamedTuple):
    """One open order, as far as all of them are judged: the page reads more of its own."""

    id: int
    kind: str
    special: bool
    turn: str | None
    mine: bool
    day: object
    state: str | bool

    @property
    def group(self):
        return "me" if self.mine else "others"

    @property
    def rank(self):
        """Mine first, showroom and flagged before the others, then the worst (D9.1)."""
        return (not self.mine, not self.special, WORST_FIRST.get(self.state, 2),
                self.day or fields.Datetime.now(), self.id)


class Today(models.AbstractModel):
    """今日: which orders wait for whom, and what is the next thing to do (D0.1, D4.1, D9.1).

    One statement says for all open orders of a person who must act now; what it shows of
    an order is read for the page only. Neither reads the history.
    """

    _name = "gendan.today"
    _description = "Today's board"

    @api.model
    def board(self, tab="all", search="", kind="", offset=0, limit=PAGE):
        """Return one page of the board and the numbers on its tabs.

        :param str tab: ``me``, ``others``, ``risk`` or ``all``
        :param str search: part of the order, the customer or his number
        :param str kind: a kind of business, or empty
        :param int offset: first row
        :param int limit: rows of a page, at most 200
        """
        self.env["sale.order"].check_access("read")
        if tab not in TABS:
            raise UserError(self.env._("There is no tab “%s”.", tab))
        rows = self._classified(search, kind)
        counts = {"me": 0, "others": 0,
                  "risk": sum(row.state == "at_risk" for row in rows), "all": len(rows)}
        for row in rows:
            counts[row.group] += 1
        shown = [row for row in rows if tab in ("all", row.group)
                 or (tab == "risk" and row.state == "at_risk")]
        limit = min(max(int(limit), 1), 200)
        page = shown[max(int(offset), 0):max(int(offset), 0) + limit]
        today = self.env.company._company_today()
        return {
            "today": fields.Date.to_string(today),
            "counts": counts, "total": len(shown),
            "rows": self._rows(page, today),
            "kinds": self.env["sale.order"]._fields["order_kind"]._description_selection(
                self.env),
            "next": None if rows else self._first_to_come(),
        }

    # ----------------------------------------------------------- who must act

    def _classified(self, search="", kind=""):
        """Return a :class:`Seen` of every open order in scope, worst first.

        One statement says whose turn each is; the one policy says which are in danger.
        """
        self._flush()
        orders = self.env["sale.order"]._search(self._scope(search, kind))
        rows = self.env.execute_query(SQL(
            """
            SELECT o.id, o.order_kind, o.order_kind = 'showroom' OR o.is_flagged IS TRUE,
                   %(turn)s, o.commitment_date,
                   COALESCE(n.is_late, FALSE), COALESCE(n.is_at_risk, FALSE),
                   n.id IS NOT NULL AND (n.milestones_stale IS NOT FALSE
                                         OR n.milestones_on IS DISTINCT FROM %(today)s)
              FROM sale_order o
         LEFT JOIN gendan_production_notice n ON n.id = o.notice_id
             WHERE o.id IN (%(orders)s)
          ORDER BY o.commitment_date, o.id
            """,
            orders=orders.select(SQL.identifier("sale_order", "id")), turn=self._turn(),
            today=self.env.company._company_today()))
        states = self._states([row[0] for row in rows if row[-1]][:JUDGED_AT_ONCE])
        is_manager, signing = self._sees_all(), self._to_sign()
        seen = []
        for id_, order_kind, special, turn, day, late, risk, _changed in rows:
            turn = "sign" if id_ in signing else turn
            mine = turn == "sign" or bool(turn and not is_manager)
            state = states[id_].get("state") if id_ in states else state_of(True, late, risk)
            seen.append(Seen(id_, order_kind, special, turn, mine, day, state))
        return sorted(seen, key=lambda row: row.rank)

    def _flush(self):
        for name in ("sale.order", "gendan.production.notice", "gendan.production.notice.line",
                     "gendan.shipping.notice", "gendan.eta.enquiry", "gendan.need",
                     "gendan.purchase.allocation", "purchase.order", "gendan.plate.job",
                     "gendan.carton.specification", "gendan.plan.line",
                     "gendan.capability.enquiry", "mrp.production"):
            self.env[name].flush_model()

    def _states(self, ids):
        """Return ``{order id: state}`` by the one policy, as the records are now (D4.1)."""
        return self.env["sale.order"].browse(ids)._milestone_states() if ids else {}

    def _to_sign(self):
        """Return the ids of the orders that wait for the signature of this manager."""
        if not self.env.user._has_role("sales_manager", "general_manager"):
            return set()
        return set(self.env["sale.order"].search([
            ("waits_sales_manager", "=", True), ("company_id", "=", self.env.company.id)]).ids)

    def _scope(self, search, kind):
        """Return the domain of what this person follows: his own, or all for a manager.

        A stand-in's orders count while he stands in (D0.3).
        """
        now = fields.Datetime.now()
        domain = [("is_followed", "=", True), ("company_id", "=", self.env.company.id)]
        if not self._sees_all():
            standing_in = self.env["gendan.deputy"].sudo()._standing_in(self.env.user, now)
            mine = (self.env.user | standing_in.principal_id).ids
            lent = self.env["gendan.assignment"].sudo().search([
                ("user_id", "=", self.env.uid), ("date_from", "<=", now), ("date_to", ">", now)])
            # what a colleague entered for his small customer wants a second voice (A34)
            second = ["&", "&", ("stage", "=", "3_submitted"), ("order_kind", "=", "small"),
                      ("create_uid", "!=", self.env.uid)]
            domain += ["|", "|", ("merchandiser_id", "in", mine),
                       ("id", "in", lent.order_id.ids), *second]
        if kind:
            domain += [("order_kind", "=", kind)]
        if search:
            domain += ["|", "|", ("name", "ilike", search), ("client_order_ref", "ilike", search),
                       ("partner_id.name", "ilike", search)]
        return domain

    def _sees_all(self):
        user = self.env.user
        return not user._has_role("merchandiser") and user._has_role(
            "plan_manager", "sales_manager", "general_manager")

    # --------------------------------------------------------------- the page

    def _rows(self, page, today):
        orders = self.env["sale.order"].browse([row.id for row in page])
        lights = self.env["gendan.today.light"]._all(orders)
        states = self._states(orders.ids)
        briefs = self._briefs(orders, {row.id: row for row in page}, lights, states)
        return [{
            "id": order.id, "name": order.name, "customer": order.partner_id.display_name,
            "kind": order.order_kind, "flagged": order.is_flagged,
            "ref": order.client_order_ref or "", "letter": order.revision_id.letter or "A",
            "goods": self._goods(order),
            "date": fields.Date.to_string(order._delivery_date()) or "",
            "days": (order._delivery_date() - today).days if order.commitment_date else None,
            "group": row.group, "state": row.state, "risk": row.state == "at_risk",
            "behind": states[order.id].get("blocker_label") or "",
            "forecast": fields.Date.to_string(states[order.id].get("forecast")) or "",
            "lights": lights[order.id], **briefs[order.id],
        } for row, order in zip(page, orders, strict=True)]

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

    def _briefs(self, orders, rows, lights, states):
        """Return ``{id: {who, blocker, action}}``: for whom it waits, why, what comes next.

        :param dict rows: ``{order id: Seen}``
        """
        actions = self._actions(orders, {id_: row.turn for id_, row in rows.items() if row.mine})
        briefs = {}
        for order in orders:
            row = rows[order.id]
            blocker = self._blocker(lights[order.id])
            who = "" if row.mine else self._who(order, row, blocker, states[order.id])
            briefs[order.id] = {
                "who": who, "blocker": blocker["text"] if blocker else "",
                "action": actions.get(order.id) or self._nudge_action(order, who),
            }
        return briefs

    @api.model
    def _blocker(self, lights):
        """Return the light that holds an order up: what is missing, else what is under way."""
        return next((light for state in ("red", "amber") for light in lights
                     if light["state"] == state), None)

    def _who(self, order, row, blocker, state):
        """Return the names of whom an order waits for, never the reader's own."""
        asked = [order.merchandiser_id.sudo().name] if row.turn else [
            order.waiting_for, blocker and blocker["who"], state.get("owner")]
        for names in asked:
            others = [name for name in (names or "").split(", ")
                      if name and name != self.env.user.name]
            if others:
                return ", ".join(others)
        return ""

    def _nudge_action(self, order, who):
        if not who:
            return self._open(self.env._("Open it"), order)
        return {"label": self.env._("Remind"), "kind": "nudge", "model": "sale.order",
                "id": order.id}

    @api.model
    def nudge(self, order_id):
        """Remind whoever an order waits for: a to-do for today and a line in the log (D4.1).

        It hangs on the production notice, which everybody concerned may open. Whom the same
        person reminded before and who has not acted has one to-do, not two.

        :param int order_id: an order that the user may read
        :return: whom it was sent to
        """
        order = self.env["sale.order"].browse(order_id).exists()
        order.check_access("read")
        users = self._awaited(order)
        if not users:
            raise UserError(self.env._("%s waits for nobody by name.", order.display_name))
        # the message is the system's; its author is the person who reminds
        document = (order.sudo().notice_id or order.sudo()).with_company(order.company_id)
        text = self.env._("%(who)s asks: %(order)s waits for you.", who=self.env.user.name,
                          order=order.name)
        document.message_post(
            author_id=self.env.user.partner_id.id, partner_ids=users.partner_id.ids, body=text,
            message_type="notification", subtype_xmlid="mail.mt_note")
        asked = document.activity_ids.filtered(lambda todo: todo.summary == text).user_id
        today = order.company_id._company_today()
        for user in users - asked:
            document.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo", user_id=user.id, date_deadline=today,
                summary=text)
        return ", ".join(users.mapped("name"))

    def _awaited(self, order):
        """Return the users whom the board names for this order."""
        row = next((row for row in self._classified() if row.id == order.id), None)
        if not row or row.mine:
            return self.env["res.users"]
        light = self.env["gendan.today.light"]._all(order)[order.id]
        names = self._who(order, row, self._blocker(light), self._states(order.ids)[order.id])
        return self.env["res.users"].sudo().search([
            ("name", "in", names.split(", ")), ("share", "=", False),
            ("company_ids", "in", order.company_id.ids)])

    def _first_to_come(self):
        """Return the next delivery of anybody, for the empty board."""
        order = self.env["sale.order"].search(
            [("is_followed", "=", True), ("company_id", "=", self.env.company.id)],
            order="commitment_date, id", limit=1)
        return order and {"id": order.id, "name": order.name,
                          "date": fields.Date.to_string(order._delivery_date()) or ""} or None

    # ----------------------------------------------------------------- review

    def _review_lines(self):
        """Return the values of the daily review: overdue first, then as on the board (D7.2)."""
        rows = self._classified()
        orders = self.env["sale.order"].browse([row.id for row in rows])
        lights = self.env["gendan.today.light"]._all(orders)
        states = self._states(orders.ids)
        briefs = self._briefs(orders, {row.id: row for row in rows}, lights, states)
        today = self.env.company._company_today()
        values = []
        for row, order in zip(rows, orders, strict=True):
            day, brief = order._delivery_date(), briefs[order.id]
            overdue = bool(day and day < today)
            values.append(((not overdue, not row.special, WORST_FIRST.get(row.state, 2),
                            day or today), {
                "order_id": order.id, "order_name": order.name, "delivery_date": day,
                "customer": order.partner_id.display_name,
                "next_step": brief["blocker"] or brief["action"]["label"],
                "next_date": self._next_date(order, states[order.id]) or day,
                "waits_for": brief["who"] or self.env.user.name,
                "risk": self._risk_colour(row, lights[order.id]),
            }))
        return [row for _key, row in sorted(values, key=lambda pair: pair[0])]

    @api.model
    def _risk_colour(self, row, lights):
        """Red asks for a word: the delivery is in danger. Amber: something is behind (D7.2)."""
        if row.state == "at_risk":
            return "red"
        behind = row.state == "late" or any(light["state"] == "red" for light in lights)
        return "amber" if behind else "green"

    @api.model
    def _next_date(self, order, state):
        """Return the day on which the next step will be done, as far as is known."""
        # who reads the order reads its milestones
        steps = order.sudo().notice_id.milestone_ids
        return steps.filtered(lambda step: step.code == state.get("next")).forecast
