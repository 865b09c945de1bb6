from odoo import fields, models
from odoo.tools import SQL

PACKAGING = [("bag", "Bag"), ("film", "Roll film"), ("carton", "Carton"),
             ("label", "Label"), ("other", "Other packaging")]


class ReportPackaging(models.Model):
    """包材版本: what was needed, bought and tried above the limit, and what lies there (D3.3).

    Idle is what no open order needs: with a version that customers have replaced it is
    money on a shelf.
    """

    _name = "gendan.report.packaging"
    _inherit = ["gendan.report.mixin"]
    _description = "Packaging versions"
    _auto = False
    _order = "attempts desc, idle desc, id"
    _rec_name = "product_id"

    company_id = fields.Many2one("res.company", readonly=True)
    product_id = fields.Many2one("product.product", "Version", readonly=True)
    kind = fields.Selection(PACKAGING, "Kind of packaging", readonly=True)
    status = fields.Selection([("new", "New"), ("regular", "Regular"), ("withdrawn", "Withdrawn")],
                              readonly=True)
    net = fields.Float("Net need", readonly=True, digits="Product Unit")
    ordered = fields.Float("Bought", readonly=True, digits="Product Unit")
    received = fields.Float(readonly=True, digits="Product Unit")
    on_hand = fields.Float("On stock", readonly=True, digits="Product Unit")
    open_need = fields.Float("Needed by open orders", readonly=True, digits="Product Unit")
    idle = fields.Float("Left over", readonly=True, digits="Product Unit",
                        help="On stock beyond what open orders need.")
    surplus = fields.Float("Above the limit after a change", readonly=True,
                           digits="Product Unit")
    attempts = fields.Integer("Refused above the limit", readonly=True)
    last_attempt_on = fields.Date("Last refused on", readonly=True)

    @property
    def _table_query(self):
        """Return one row for each version and company in which it was needed or lies."""
        return SQL(
            """
            WITH need AS (
                SELECT d.product_id, d.company_id, SUM(d.net) AS net,
                       SUM(d.gross) FILTER (WHERE n.state IN ('draft', 'valid', 'released'))
                           AS open_need
                  FROM gendan_need d
                  JOIN gendan_production_notice n ON n.id = d.notice_id
                 WHERE d.kind <> 'raw' AND n.state <> 'cancel'
              GROUP BY d.product_id, d.company_id
            ), bought AS (
                SELECT l.product_id, l.company_id, SUM(l.product_uom_qty) AS ordered,
                       SUM(l.qty_received * l.product_uom_qty / NULLIF(l.product_qty, 0))
                           AS received
                  FROM purchase_order_line l
                  JOIN purchase_order o ON o.id = l.order_id AND o.state = 'purchase'
              GROUP BY l.product_id, l.company_id
            ), lying AS (
                SELECT q.product_id, q.company_id, SUM(q.quantity) AS on_hand
                  FROM stock_quant q
                  JOIN stock_location s ON s.id = q.location_id AND s.usage = 'internal'
              GROUP BY q.product_id, q.company_id
            ), tried AS (
                SELECT d.product_id, a.company_id_int AS company_id, COUNT(DISTINCT a.id) AS tries,
                       MAX(a.occurred_at) AS last_at
                  FROM gendan_audit a
                  JOIN LATERAL jsonb_array_elements_text(a.res_ids::jsonb) AS tried (id) ON TRUE
                  JOIN gendan_need d ON d.id = tried.id::int
                 WHERE a.kind = 'refused' AND a.gate = 'need.limit'
                   AND a.res_model = 'gendan.need'
              GROUP BY d.product_id, a.company_id_int
            ), extra AS (
                SELECT product_id, company_id, SUM("left") AS surplus
                  FROM gendan_over_limit_case WHERE state IN ('open', 'surplus')
              GROUP BY product_id, company_id
            ), pair AS (
                SELECT product_id, company_id FROM need
                 UNION SELECT product_id, company_id FROM lying WHERE on_hand <> 0
                 UNION SELECT product_id, company_id FROM bought)
            SELECT p.id::bigint * 4096 + c.id AS id, c.id AS company_id, p.id AS product_id,
                   t.packaging_kind AS kind, p.packaging_state AS status,
                   COALESCE(net, 0) AS net, COALESCE(ordered, 0) AS ordered,
                   COALESCE(received, 0) AS received, COALESCE(on_hand, 0) AS on_hand,
                   COALESCE(open_need, 0) AS open_need,
                   GREATEST(COALESCE(on_hand, 0) - COALESCE(open_need, 0), 0) AS idle,
                   COALESCE(surplus, 0) AS surplus, COALESCE(tries, 0) AS attempts,
                   %(last_on)s AS last_attempt_on
              FROM pair
              JOIN product_product p ON p.id = pair.product_id
              JOIN product_template t ON t.id = p.product_tmpl_id
              JOIN res_company c ON c.id = pair.company_id
         LEFT JOIN need ON need.product_id = p.id AND need.company_id = c.id
         LEFT JOIN bought ON bought.product_id = p.id AND bought.company_id = c.id
         LEFT JOIN lying ON lying.product_id = p.id AND lying.company_id = c.id
         LEFT JOIN tried ON tried.product_id = p.id AND tried.company_id = c.id
         LEFT JOIN extra ON extra.product_id = p.id AND extra.company_id = c.id
             WHERE t.packaging_kind IS NOT NULL
            """, last_on=self._day("tried.last_at"))

    def action_open_notice(self):
        """Open the version behind a row."""
        self.ensure_one()
        return self._action_show(self.product_id)
