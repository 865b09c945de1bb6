from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

PAGE = 40
TABS = {"me": SQL("mine"), "others": SQL("NOT mine"), "risk": SQL("state = 'at_risk'"),
        "all": SQL("TRUE")}
# what changed since the job last judged is judged at once, the nearest deliveries first; of
# what lies further off the job has it in a few minutes
JUDGED_AT_ONCE = 120
WORST_FIRST = {"at_risk": 0, "late": 1}
# mine first, showroom and flagged before the others, then the worst (D9.1)
RANK = SQL("NOT mine, NOT special, CASE state WHEN 'at_risk' THEN 0 WHEN 'late' THEN 1 ELSE 2 END, "
           "day, id")


class Seen(NamedTuple):
    """One open order, as far as all of them are judged: the page reads more of its own."""

    id: int
    special: bool
    turn: str | None
    mine: bool
    state: str | bool
    version: str | None

    @property
    def group(self):
        return "me" if self.mine else "others"


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
        limit = min(max(int(limit), 1), 200)
        counts, page = self._classified(
            self._scope(search, kind), tab, max(int(offset), 0), limit)
        today = self.env.company._company_today()
        return {
            "today": fields.Date.to_string(today),
            "counts": counts, "total": counts[tab],
            "rows": self._rows(page, today),
            "kinds": self.env["sale.order"]._fields["order_kind"]._description_selection(
                self.env),
            "next": None if counts["all"] else self._first_to_come(),
        }

    # ----------------------------------------------------------- who must act

    def _classified(self, domain, tab="all", offset=0, limit=None):
        """Return the numbers on the tabs and the :class:`Seen` of one page, worst first.

        One statement says which orders have changed since they were judged, and the one
        policy how these stand; a second one says whose turn each is, counts and ranks. The
        pile itself stays in the database.

        :param domain: the open orders that are looked at
        """
        self.env.flush_all()
        orders = self.env["sale.order"]._search(domain)
        scope = SQL("%s WHERE %s", orders.from_clause, orders.where_clause or SQL("TRUE"))
        # whoever reads the whole pile, as the daily review does, has all of it judged
        versions, states = self._moved(scope, limit and JUDGED_AT_ONCE)
        rows = self.env.execute_query(self._ranked(scope, states, SQL(
            """
            SELECT c.*, p.* FROM (
                SELECT COUNT(*), COUNT(*) FILTER (WHERE mine),
                       COUNT(*) FILTER (WHERE state = 'at_risk') FROM ranked) c
         LEFT JOIN (SELECT * FROM ranked WHERE %(tab)s ORDER BY %(rank)s
                     LIMIT %(limit)s OFFSET %(offset)s) p ON TRUE ORDER BY %(rank)s
            """, tab=TABS[tab], rank=RANK, limit=limit, offset=offset)))
        everything, mine, risk = rows[0][:3]
        return {"me": mine, "others": everything - mine, "risk": risk, "all": everything}, [
            Seen(id_, special, turn, is_mine, state or False, versions.get(id_))
            for *_counts, id_, special, turn, is_mine, state, _day in rows if id_]

    def _moved(self, scope, limit):
        """Return ``({order id: version}, {order id: state})`` of the nearest deliveries.

        A state is there where anything has moved since the job judged the order.
        """
        rows = self.env.execute_query(SQL(
            """
            SELECT o.id, n.id, n.milestones_version, n.milestones_stale IS NOT FALSE,
                   n.milestones_on
              FROM (SELECT sale_order.id, sale_order.notice_id FROM %s
                  ORDER BY sale_order.commitment_date, sale_order.id LIMIT %s) o
         LEFT JOIN gendan_production_notice n ON n.id = o.notice_id
            """, scope, limit))
        versions = self.env["gendan.today.version"]._of_orders([row[0] for row in rows])
        today = self.env.company._company_today()
        states = self._states({
            id_: versions[id_] for id_, notice, judged, stale, judged_on in rows
            if notice and id_ in versions and (
                stale or judged_on != today or judged != versions[id_])})
        return versions, {id_: state.get("state") or "" for id_, state in states.items()}

    def _ranked(self, scope, states, statement):
        """Return a statement over ``ranked``: whose turn each order is and how it stands.

        :param dict states: ``{order id: state}`` that count more than what the job stored
        """
        moved = SQL(
            "LEFT JOIN unnest(%s::int[], %s::text[]) moved (id, state) ON moved.id = o.id",
            list(states), list(states.values())) if states else SQL(
            "CROSS JOIN (SELECT NULL AS state) moved")
        return SQL(
            """
            WITH ranked AS MATERIALIZED (
                SELECT id, special, turn, COALESCE(turn = 'sign' OR %(acts)s AND turn > '', FALSE)
                       AS mine, state, day
                  FROM (SELECT o.id, o.order_kind = 'showroom' OR o.is_flagged IS TRUE AS special,
                               CASE WHEN o.id = ANY(%(signing)s) THEN 'sign' ELSE %(turn)s END
                               AS turn,
                               COALESCE(moved.state, CASE WHEN o.is_at_risk THEN 'at_risk'
                                        WHEN o.is_late THEN 'late' ELSE 'on_time' END) AS state,
                               COALESCE(o.commitment_date, %(now)s) AS day
                          FROM (%(pile)s) o %(moved)s
                        -- so that the turn is not asked for twice
                        OFFSET 0) judged
            )
            %(statement)s
            """, pile=self._pile(scope), moved=moved, signing=self._to_sign(), turn=self._turn(),
            acts=not self._sees_all(), statement=statement, now=fields.Datetime.now())

    def _to_sign(self):
        """Return the ids of the orders that wait for the signature of this manager."""
        if not self.env.user._has_role("sales_manager", "general_manager"):
            return []
        return self.env["sale.order"].search([
            ("waits_sales_manager", "=", True), ("company_id", "=", self.env.company.id)]).ids

    def _scope(self, search="", kind=""):
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
        judged = self._judged(page)
        actions = self._actions(page, judged)
        rows = []
        for row in page:
            one = judged[row.id]
            who = "" if row.mine else self._who(row, one)
            rows.append({
                **one.row, "days": (one.day - today).days if one.day else None,
                "group": row.group, "state": row.state, "risk": row.state == "at_risk",
                "lights": one.lights, "who": who,
                "action": actions.get(row.id) or self._nudge_action(row.id, who),
            })
        return rows

    def _who(self, row, one):
        """Return the names of whom an order waits for, never the reader's own."""
        asked = [one.merchandiser] if row.turn else [
            one.waiting_for, one.blocker and one.blocker["who"], one.state.get("owner")]
        for names in asked:
            others = [name for name in (names or "").split(", ")
                      if name and name != self.env.user.name]
            if others:
                return ", ".join(others)
        return ""

    def _nudge_action(self, order_id, who):
        if not who:
            return self._open(self.env._("Open it"), "sale.order", order_id)
        return {"label": self.env._("Remind"), "kind": "nudge", "model": "sale.order",
                "id": order_id}

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
        _counts, rows = self._classified([*self._scope(), ("id", "=", order.id)])
        row = rows and rows[0]
        if not row or row.mine:
            return self.env["res.users"]
        names = self._who(row, self._judged([row])[order.id])
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
        _counts, rows = self._classified(self._scope())
        judged, today = self._judged(rows), self.env.company._company_today()
        actions = self._actions(rows, judged)
        values = []
        for row in rows:
            one = judged[row.id]
            who = "" if row.mine else self._who(row, one)
            action = actions.get(row.id) or self._nudge_action(row.id, who)
            overdue = bool(one.day and one.day < today)
            values.append(((not overdue, not row.special, WORST_FIRST.get(row.state, 2),
                            one.day or today), {
                "order_id": row.id, "order_name": one.row["name"], "delivery_date": one.day,
                "customer": one.row["customer"],
                "next_step": one.row["blocker"] or action["label"],
                "next_date": one.next_date or one.day,
                "waits_for": who or self.env.user.name,
                "risk": self._risk_colour(row, one.lights),
            }))
        return [row for _key, row in sorted(values, key=lambda pair: pair[0])]

    @api.model
    def _risk_colour(self, row, lights):
        """Red asks for a word: the delivery is in danger. Amber: something is behind (D7.2)."""
        if row.state == "at_risk":
            return "red"
        behind = row.state == "late" or any(light["state"] == "red" for light in lights)
        return "amber" if behind else "green"
