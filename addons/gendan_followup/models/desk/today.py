from datetime import timedelta
from math import ceil

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...calc.text import plain_number
from ...calc.working_time import utc

PAGE = 40
# the nearer the day, the less time for what is not made yet
RISK_DAYS = 3
TABS = ("me", "others", "risk", "all")


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
        counts = dict.fromkeys(TABS, 0)
        for _id, _kind, group, risk in rows:
            counts[group] += 1
            counts["all"] += 1
            counts["risk"] += bool(risk)
        shown = [row for row in rows if tab == "all" or row[2] == tab or (tab == "risk" and row[3])]
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
        """Return ``(order, kind, me or others, risk)`` of every open order in scope, worst first.

        Showroom and flagged domestic orders lead their group (D9.1), then the earliest day.
        """
        self.env["sale.order"].flush_model()
        self.env["gendan.production.notice"].flush_model()
        self.env["gendan.production.notice.line"].flush_model()
        self.env["gendan.shipping.notice"].flush_model()
        self.env["gendan.eta.enquiry"].flush_model()
        company = self.env.company
        today = company._company_today()
        orders = self.env["sale.order"]._search(self._scope(search, kind))
        return self.env.execute_query(SQL(
            """
            WITH open AS (%(orders)s), judged AS (
                SELECT o.id, o.order_kind, o.commitment_date,
                       o.order_kind = 'showroom' OR o.is_flagged IS TRUE AS special,
                       %(mine)s AS mine, %(risk)s AS risk
                  FROM sale_order o
             LEFT JOIN gendan_production_notice n ON n.id = o.notice_id
                 WHERE o.id IN (SELECT id FROM open))
            SELECT id, order_kind, CASE WHEN mine THEN 'me' ELSE 'others' END, risk
              FROM judged
          ORDER BY mine DESC, special DESC, risk DESC, commitment_date, id
            """,
            orders=orders.select(SQL.identifier("sale_order", "id")),
            mine=self._mine(), risk=self._risk(today, company)))

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

    def _mine(self):
        """Return the condition under which the merchandiser must act now, as SQL."""
        return SQL(
            """((o.stage = '3_submitted' AND (o.order_kind <> 'small'
                    OR o.create_uid <> %(uid)s))
                OR (o.stage = '5_valid' AND n.state = 'valid' AND n.on_hold IS NOT TRUE
                    AND (n.stock_check_id IS NULL OR EXISTS (
                        SELECT FROM gendan_production_notice_line l
                         WHERE l.notice_id = n.id AND l.to_make_quantity > 0)))
                OR EXISTS (SELECT FROM gendan_shipping_notice s
                            WHERE s.notice_id = n.id AND s.state = 'submitted')
                OR EXISTS (SELECT FROM gendan_eta_enquiry e
                            WHERE e.notice_id = n.id AND e.state = 'answered'))""",
            uid=self.env.uid)

    def _risk(self, today, company):
        """Return the condition under which the delivery is at risk, as SQL.

        Late already; or the day is near and something is still to be made or signed.
        """
        begin = utc(today, None, company.gendan_tz)
        near = utc(today + timedelta(days=RISK_DAYS + 1), None, company.gendan_tz)
        return SQL(
            """COALESCE(o.commitment_date < %(begin)s OR (o.commitment_date < %(near)s AND (
                o.stage <> '5_valid' OR n.on_hold IS TRUE OR EXISTS (
                    SELECT FROM mrp_production p
                     WHERE p.notice_id = n.id AND p.state NOT IN ('done', 'cancel'))
                OR EXISTS (SELECT FROM gendan_production_notice_line l
                            WHERE l.notice_id = n.id AND l.to_make_quantity > 0))), FALSE)""",
            begin=begin, near=near)

    # --------------------------------------------------------------- the page

    def _rows(self, page, today):
        orders = self.env["sale.order"].browse([row[0] for row in page])
        lights = self.env["gendan.today.light"]._all(orders)
        briefs = self._briefs(orders, {row[0]: row[2] for row in page}, lights)
        groups = {row[0]: row for row in page}
        return [{
            "id": order.id, "name": order.name, "customer": order.partner_id.display_name,
            "kind": order.order_kind, "flagged": order.is_flagged,
            "ref": order.client_order_ref or "", "letter": order.revision_id.letter or "A",
            "goods": self._goods(order),
            "date": fields.Date.to_string(order._delivery_date()) or "",
            "days": (order._delivery_date() - today).days if order.commitment_date else None,
            "group": groups[order.id][2], "risk": bool(groups[order.id][3]),
            "lights": lights[order.id], **briefs[order.id],
        } for order in orders]

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

    def _briefs(self, orders, groups, lights):
        """Return ``{id: {who, blocker, action}}``: for whom it waits, why, what comes next."""
        shipping = self._first_of("gendan.shipping.notice", orders, [("state", "=", "submitted")])
        answers = self._first_of("gendan.eta.enquiry", orders, [("state", "=", "answered")])
        briefs = {}
        for order in orders:
            notice = order.notice_id
            action = self._action(order, notice, shipping.get(notice.id), answers.get(notice.id))
            blocker = next((light for light in lights[order.id]
                            if light["state"] in ("red", "amber")), None)
            mine = groups.get(order.id) == "me"
            who = "" if mine else (order.waiting_for or (blocker and blocker["who"]) or "")
            briefs[order.id] = {
                "who": who, "blocker": blocker["text"] if blocker else "",
                "action": action if mine else self._nudge_action(order, who),
            }
        return briefs

    def _first_of(self, model, orders, domain):
        """Return ``{notice id: the oldest record of model}``, in one query."""
        found = {}
        # what the lights show is judged for whoever may read the order
        for record in self.env[model].sudo().search(
                [("notice_id", "in", orders.notice_id.ids), *domain], order="id desc"):
            found[record.notice_id.id] = record
        return found

    def _action(self, order, notice, shipping, answer):
        """Return the next action of the merchandiser: its label and what the button calls."""
        if order.stage == "3_submitted":
            return self._open(self.env._("Verify"), "sale.order", order.id)
        if shipping:
            return self._open(self.env._("Decide the shipping notice"),
                              "gendan.shipping.notice", shipping.id)
        if answer:
            return self._open(self.env._("Read the keeper's answer"), "gendan.eta.enquiry",
                              answer.id)
        if not notice.is_stock_checked:
            return self._call(self.env._("Check the stock"), notice, "action_check_stock")
        return self._call(self.env._("Release the production notice"), notice, "action_release")

    @api.model
    def _open(self, label, model, id_):
        return {"label": label, "kind": "open", "model": model, "id": id_}

    @api.model
    def _call(self, label, record, method):
        return {"label": label, "kind": "call", "model": record._name, "id": record.id,
                "method": method}

    def _nudge_action(self, order, who):
        if not who:
            return self._open(self.env._("Open it"), "sale.order", order.id)
        return {"label": self.env._("Remind"), "kind": "nudge", "model": "sale.order",
                "id": order.id}

    @api.model
    def nudge(self, order_id):
        """Remind whoever an order waits for, by a message that he finds in his inbox (D4.1).

        :param int order_id: an order that the user may read
        :return: whom it was sent to
        """
        order = self.env["sale.order"].browse(order_id).exists()
        order.check_access("read")
        users = self._awaited(order)
        if not users:
            raise UserError(self.env._("%s waits for nobody by name.", order.display_name))
        # the message is the system's; its author is the person who reminds
        order.sudo().message_post(
            author_id=self.env.user.partner_id.id, partner_ids=users.partner_id.ids,
            body=self.env._("Please: %s waits for you.", order.name), message_type="notification",
            subtype_xmlid="mail.mt_note")
        return ", ".join(users.mapped("name"))

    def _awaited(self, order):
        names = (order.waiting_for or "").split(", ")
        if names == [""]:
            lights = self.env["gendan.today.light"]._all(order)[order.id]
            names = next((light["who"].split(", ") for light in lights
                          if light["state"] in ("red", "amber") and light["who"]), [])
        return self.env["res.users"].sudo().search([
            ("name", "in", [name for name in names if name]), ("share", "=", False),
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
        orders = self.env["sale.order"].browse([row[0] for row in rows])
        lights = self.env["gendan.today.light"]._all(orders)
        briefs = self._briefs(orders, {row[0]: row[2] for row in rows}, lights)
        today = self.env.company._company_today()
        values = []
        for (id_, kind, _group, risk), order in zip(rows, orders, strict=True):
            day, brief = order._delivery_date(), briefs[id_]
            overdue = bool(day and day < today)
            values.append(((not overdue, kind != "showroom" and not order.is_flagged, not risk,
                            day or today), {
                "order_id": id_, "order_name": order.name, "delivery_date": day,
                "customer": order.partner_id.display_name,
                "next_step": brief["blocker"] or brief["action"]["label"],
                "next_date": day, "waits_for": brief["who"] or self.env.user.name,
                "risk": "red" if risk else "amber" if any(
                    light["state"] == "red" for light in lights[id_]) else "green",
            }))
        return [row for _key, row in sorted(values, key=lambda pair: pair[0])]
