from odoo import api, models
from odoo.tools import SQL

NOTICE = "gendan.production.notice"
# turn → the record that it is about
BEHIND = (
    ("shipping", "gendan.shipping.notice", [("state", "=", "submitted")]),
    ("deviation", "gendan.deviation",
     [("state", "=", "asked"), ("production_result", "=", "cannot")]),
)


class Today(models.AbstractModel):
    """What the merchandiser has to do next for an order: one word each, said by SQL (D4.1).

    The first condition that holds, in the order of the work, is his turn; where none holds
    the order waits for somebody else. Each reads indexed columns of one order only, or the
    few rows in a state that passes, so that 5,000 open orders are judged in one statement and
    no history is read.
    """

    _inherit = "gendan.today"

    def init(self):
        """Write the longest question as a function: a connection plans it once, not each look."""
        self.env.cr.execute(SQL(
            """
            CREATE OR REPLACE FUNCTION gendan_wants_sample(notice int)
            RETURNS boolean LANGUAGE plpgsql STABLE AS $body$
            BEGIN RETURN %s; END $body$
            """, self._is_there(self._to_sample_rows(SQL("= notice")))))

    def _turns(self):
        """Return ``[(turn, condition as SQL)]`` over the columns of :meth:`_pile`.

        What is still to be made comes after these: its needs, then the plan.
        """
        return [
            # what a colleague entered for his small customer wants a second voice (A34)
            ("verify", SQL(
                "o.stage = '3_submitted' AND (o.order_kind <> 'small' OR o.create_uid <> %s)",
                self.env.uid)),
            ("shipping", SQL("o.notice_id IN %s", self._now(SQL(
                "gendan_shipping_notice WHERE state = 'submitted'")))),
            # a machine stands: before anything that is still to be read, asked or ordered
            ("deviation", SQL("o.is_unmade AND o.notice_id IN %s", self._now(SQL(
                "gendan_deviation WHERE state = 'asked' AND production_result = 'cannot'")))),
            ("sample", SQL("o.is_begun AND gendan_wants_sample(o.notice_id)")),
            # of goods that are made nobody has to know any more when their material comes; nor
            # that it is there, once a machine has tried it
            ("answer", SQL("(o.notice_state <> 'released' OR o.is_unmade) AND %s",
                           self._is_there(SQL("""gendan_eta_enquiry e
                               WHERE e.notice_id = o.notice_id AND e.state = 'answered'
                                 AND (e.promised_date IS NOT NULL OR NOT o.is_begun)""")))),
            # what the system holds goes on by itself with the next signature
            ("hold", SQL("o.stage = '5_valid' AND o.on_hold")),
            ("stock", SQL("o.is_free AND o.stock_check_id IS NULL")),
            ("release", SQL("o.is_free AND %s", self._is_there(
                SQL("gendan_production_notice_line l "
                    "WHERE l.notice_id = o.notice_id AND l.to_make_quantity > 0")))),
        ]

    def _pile(self, scope):
        """Return the open orders as a statement, each with what several turns ask of it.

        An order that is followed has a notice that is open, or none yet: of the notices only
        the open ones are read, at once where there are many. Each OFFSET keeps its column
        from being reckoned again for every condition that reads it.
        """
        return SQL(
            """
            SELECT o.*, o.is_unmade AND %(begun)s AS is_begun
              FROM (SELECT o.*, n.state AS notice_state, n.on_hold, n.stock_check_id,
                           n.is_at_risk, n.is_late,
                           o.stage = '5_valid' AND n.on_hold IS NOT TRUE AND n.state = 'valid'
                               AS is_free,
                           o.stage = '5_valid' AND n.on_hold IS NOT TRUE
                               AND n.state = 'released' AND n.id IN %(unmade)s AS is_unmade
                      FROM (SELECT sale_order.id, sale_order.notice_id, sale_order.order_kind,
                                   sale_order.is_flagged, sale_order.stage, sale_order.create_uid,
                                   sale_order.commitment_date FROM %(scope)s) o
                 LEFT JOIN gendan_production_notice n
                           ON n.id = o.notice_id AND n.state IN ('draft', 'valid', 'released')
                    OFFSET 0) o
            OFFSET 0
            """, scope=scope, unmade=self._now(SQL(
                "mrp_production WHERE state NOT IN ('done', 'cancel', 'to_close')")),
            begun=self._is_there(SQL(
                """gendan_first_article a JOIN gendan_check_sheet s ON s.id = a.sheet_id
                   WHERE s.notice_id = o.notice_id""")))

    @api.model
    def _is_there(self, rows):
        """Return the condition that some of these rows exist, asked of one order at a time.

        A bare EXISTS may be planned as a table of all orders that ever were, and then each
        look at the board would read the whole history.
        """
        return SQL("COALESCE((SELECT TRUE FROM %s LIMIT 1), FALSE)", rows)

    @api.model
    def _now(self, rows):
        """Return the notices of these rows: a state that passes, so that its rows are few.

        They are read once, by an index of that state, and kept aside for all orders.
        """
        return SQL("(SELECT notice_id FROM %s AND notice_id IS NOT NULL)", rows)

    @api.model
    def _turn_of_needs(self):
        """Return the turn that the needs of an order ask for: all are looked at once.

        A need without a net quantity asks for nothing. Packaging is ordered when it may be
        and is not (D3.1): what is on its way through plate making, or lies with the
        salesperson for the carton's mark, waits for others.
        """
        # "ask" comes before "order", in the work as in the alphabet
        return SQL(
            """(SELECT MIN(CASE
                 WHEN d.kind = 'raw' THEN CASE WHEN NOT EXISTS (
                    SELECT FROM gendan_eta_enquiry e
                     WHERE e.need_id = d.id AND e.state <> 'cancel') THEN 'ask' END
                 WHEN d.net > (
                    SELECT COALESCE(SUM(a.quantity), 0)
                      FROM gendan_purchase_allocation a
                      JOIN purchase_order_line pl ON pl.id = a.purchase_line_id
                      JOIN purchase_order po ON po.id = pl.order_id
                     WHERE a.need_id = d.id AND po.state = 'purchase')
                   AND NOT EXISTS (
                    SELECT FROM gendan_plate_job j
                     WHERE j.product_id = d.product_id
                       AND j.state IN ('artwork', 'salesperson', 'customer', 'engraving', 'proof'))
                   AND NOT EXISTS (
                    SELECT FROM gendan_carton_specification c
                     WHERE d.kind = 'carton' AND c.notice_line_id = d.notice_line_id
                       AND c.asked_at IS NOT NULL AND c.size_set_at IS NULL) THEN 'order' END)
                 FROM gendan_need d
                WHERE d.notice_id = o.notice_id AND d.net > 0
                  AND d.kind IN ('raw', 'bag', 'film', 'carton'))""")

    @api.model
    def _is_unplanned(self):
        # whose first article was begun stands at the machine, planned or not
        return SQL("o.notice_id NOT IN %s AND NOT o.is_begun AND NOT %s", self._now(SQL(
            "gendan_capability_enquiry WHERE state IN ('asked', 'relayed')")),
            self._is_there(SQL(
                """gendan_plan_line p WHERE p.notice_id = o.notice_id
                   AND p.state IN ('draft', 'proposed', 'confirmed', 'done')""")))

    @api.model
    def _to_sample_rows(self, notices):
        """Return as SQL the first articles that want a sample of the merchandiser (D5.2, D5.6).

        The last one of a line on a machine is without its sample, or its sample was rejected.
        While production mends the cause, or the salesperson talks to the customer, it waits
        for them; what was moved to another machine or is made wants no more sample.

        :param SQL notices: what the notice is compared with
        """
        return SQL(
            """gendan_first_article a JOIN gendan_check_sheet s ON s.id = a.sheet_id
                 WHERE s.notice_id %s AND (a.decision IN ('rejected', 'withdrawn')
                    OR a.decision = 'pending' AND a.sampled_at IS NULL)
                   AND NOT EXISTS (
                    SELECT FROM gendan_first_article b JOIN gendan_check_sheet c
                        ON c.id = b.sheet_id
                     WHERE c.notice_line_id = s.notice_line_id
                       AND c.workcenter_id = s.workcenter_id AND b.id > a.id)
                   AND NOT EXISTS (
                    SELECT FROM gendan_deviation v
                     WHERE v.notice_line_id = s.notice_line_id
                       AND v.workcenter_id = s.workcenter_id AND v.state IN ('asked', 'relayed'))
                   AND EXISTS (
                    SELECT FROM mrp_production p JOIN mrp_workorder w ON w.production_id = p.id
                     WHERE p.notice_line_id = s.notice_line_id
                       AND w.workcenter_id = s.workcenter_id
                       AND w.state NOT IN ('done', 'cancel'))""", notices)

    def _turn(self):
        """Return the merchandiser's turn of an order, NULL where it waits for others, as SQL."""
        return SQL(
            "CASE %s WHEN o.is_unmade THEN COALESCE(%s, CASE WHEN %s THEN 'plan' END) END",
            SQL(" ").join(SQL("WHEN %s THEN %s", condition, turn)
                          for turn, condition in self._turns()),
            self._turn_of_needs(), self._is_unplanned())

    # --------------------------------------------------------------- the button

    def _actions(self, page, judged):
        """Return ``{order id: the button}`` of those whose turn is the reader's.

        :param list page: the :class:`Seen` of the orders that are shown
        :param dict judged: ``{order id: Judged}``
        """
        mine = [row for row in page if row.mine]
        behind = self._behind(mine, judged)
        return {row.id: getattr(self, f"_action_{row.turn}")(
            row.id, judged[row.id].notice_id,
            behind.get(row.turn, {}).get(judged[row.id].notice_id)) for row in mine}

    def _behind(self, page, judged):
        """Return ``{turn: {notice id: the oldest record that it is about}}``."""
        found = {turn: self._oldest(
            [judged[row.id].notice_id for row in page if row.turn == turn], model, domain)
            for turn, model, domain in BEHIND}
        found["sample"] = self._to_sample(
            [judged[row.id].notice_id for row in page if row.turn == "sample"])
        return found

    def _oldest(self, notices, model, domain):
        # what the board shows is judged for whoever may read the order
        return {record.notice_id.id: record.id for record in self.env[model].sudo().search_fetch(
            [("notice_id", "in", notices), *domain], ["notice_id"],
            order="id desc")} if notices else {}

    def _to_sample(self, notices):
        """Return ``{notice id: the first article that wants a sample}``."""
        if not notices:
            return {}
        rows = self.env.execute_query(SQL(
            "SELECT s.notice_id, MIN(a.id) FROM %s GROUP BY s.notice_id",
            self._to_sample_rows(SQL("= ANY(%s)", notices))))
        articles = self.env["gendan.first.article"].sudo()
        return {notice: articles.browse(article) for notice, article in rows}

    def _action_verify(self, order, _notice, _record):
        return self._open(self.env._("Verify"), "sale.order", order)

    def _action_shipping(self, _order, _notice, shipping):
        return self._open(
            self.env._("Decide the shipping notice"), "gendan.shipping.notice", shipping)

    def _action_answer(self, _order, notice, _enquiry):
        # a keeper answers for every material of a notice: they are read together
        return self._list(self.env._("Read the keeper's answer"), "gendan.eta.enquiry",
                          [("notice_id", "=", notice), ("state", "=", "answered")])

    def _action_deviation(self, _order, _notice, deviation):
        return self._open(self.env._("Pass the deviation on"), "gendan.deviation", deviation)

    def _action_sample(self, _order, _notice, article):
        told = article.notice_line_id.deviation_ids.first_article_id
        if article.decision == "rejected" and article not in told:
            label = self.env._("Rejected: tell production")
        elif article.decision == "pending":
            label = self.env._("Take the sample")
        else:
            label = self.env._("Take a new sample")
        return self._open(label, article._name, article.id)

    def _action_hold(self, _order, notice, _record):
        return self._open(self.env._("See why it is on hold"), NOTICE, notice)

    def _action_sign(self, order, _notice, _record):
        # the page with what the sales manager judges by: prices, date, history
        return {**self._open(self.env._("Sign"), "sale.order", order),
                "view": self.env.ref("gendan_followup.view_order_sign_form").id,
                "context": {"sign_role": "sales_manager"}}

    def _action_stock(self, _order, notice, _record):
        return self._call(self.env._("Check the stock"), NOTICE, notice, "action_check_stock")

    def _action_release(self, _order, notice, _record):
        return self._call(
            self.env._("Release the production notice"), NOTICE, notice, "action_release")

    def _action_ask(self, _order, notice, _record):
        return self._list(self.env._("Ask the keeper"), "gendan.need",
                          [("notice_id", "=", notice), ("kind", "=", "raw")])

    def _action_order(self, _order, notice, _record):
        return self._list(self.env._("Order packaging"), "gendan.need",
                          [("notice_id", "=", notice),
                           ("kind", "in", ("bag", "film", "carton"))])

    def _action_plan(self, _order, notice, _record):
        return self._open(self.env._("Plan it"), NOTICE, notice)

    @api.model
    def _open(self, label, model, id_):
        return {"label": label, "kind": "open", "model": model, "id": id_}

    @api.model
    def _list(self, label, model, domain):
        return {"label": label, "kind": "list", "model": model, "id": False, "domain": domain}

    @api.model
    def _call(self, label, model, id_, method):
        return {"label": label, "kind": "call", "model": model, "id": id_, "method": method}
