from odoo import api, fields, models
from odoo.tools import SQL

from ..foundation.row_version import NEEDED

# what the milestones' own refresh writes on a notice says nothing new about it
OWN = {"write_date", "write_uid", "milestones_stale", "milestones_on", "milestones_version",
       "first_promise",
       "forecast_date", "next_milestone", "blocked_by", "is_late", "is_at_risk"}
# table → where its rows hang on the root: ``oid`` an order, ``nid`` its notice, ``pid`` its
# customer, ``rid`` its revision. One entry for every table that a light, a milestone or a row
# of the board reads; a test looks for more. A light counts what was bought for its own need
# only: what others share of a purchase line is no part of it
ROWS = (
    *NEEDED,
    ("sale_order", "JOIN root t ON t.i = root.i"),
    ("sale_order_line", "JOIN sale_order_line t ON t.order_id = root.oid"),
    ("res_partner", """JOIN res_partner p ON p.id = root.pid JOIN res_partner t
        ON t.id IN (p.id, p.parent_id, p.commercial_partner_id)"""),
    ("gendan_revision", """JOIN (SELECT i, rid AS id FROM root UNION SELECT i, rid FROM notice) r
        ON r.i = root.i JOIN gendan_revision t ON t.id = r.id"""),
    ("gendan_signature", """JOIN gendan_signature t
        ON t.res_model = 'gendan.revision' AND t.res_id = root.rid"""),
    ("gendan_production_notice_line", "JOIN notice_line t ON t.i = root.i"),
    ("gendan_stock_check", """JOIN notice ON notice.i = root.i
        JOIN gendan_stock_check t ON t.id = notice.stock_check_id"""),
    ("gendan_need", "JOIN need t ON t.i = root.i"),
    ("gendan_eta_enquiry", "JOIN gendan_eta_enquiry t ON t.notice_id = root.nid"),
    ("gendan_purchase_allocation", "JOIN part t ON t.i = root.i"),
    ("purchase_order_line", """JOIN part ON part.i = root.i
        JOIN purchase_order_line t ON t.id = part.purchase_line_id"""),
    ("purchase_order", """JOIN part ON part.i = root.i JOIN purchase_order_line l
        ON l.id = part.purchase_line_id JOIN purchase_order t ON t.id = l.order_id"""),
    ("vendor", """JOIN part ON part.i = root.i JOIN purchase_order_line l
        ON l.id = part.purchase_line_id JOIN res_partner t ON t.id = l.partner_id"""),
    ("stock_move", """JOIN part ON part.i = root.i
        JOIN stock_move t ON t.purchase_line_id = part.purchase_line_id"""),
    ("gendan_carton_size", """JOIN carton ON carton.i = root.i
        JOIN gendan_carton_size t ON t.specification_id = carton.id"""),
    ("gendan_plan_line", "JOIN gendan_plan_line t ON t.notice_id = root.nid"),
    ("gendan_check_sheet", "JOIN sheet t ON t.i = root.i"),
    ("gendan_first_article", """JOIN sheet ON sheet.i = root.i
        JOIN gendan_first_article t ON t.sheet_id = sheet.id"""),
    ("gendan_deviation", "JOIN gendan_deviation t ON t.notice_id = root.nid"),
    ("mrp_production", "JOIN run t ON t.i = root.i"),
    ("mrp_workorder", """JOIN run ON run.i = root.i
        JOIN mrp_workorder t ON t.production_id = run.id"""),
    ("made_move", """JOIN run ON run.i = root.i
        JOIN stock_move t ON t.production_id = run.id"""),
    ("gendan_shipping_notice", "JOIN shipping t ON t.i = root.i"),
    ("gendan_issue_slip", """JOIN shipping ON shipping.i = root.i
        JOIN gendan_issue_slip t ON t.shipping_id = shipping.id"""),
)


class TodayVersion(models.AbstractModel):
    """As of when an order is judged: one word that changes with anything the board reads."""

    _name = "gendan.today.version"
    _inherit = "gendan.row.version"
    _description = "Version of what the board reads"

    def init(self):
        """Write the statement as a function: a connection plans it once, and not at each look."""
        self._define("gendan_versions", "of_orders boolean, ids int[], at timestamp",
                     self._statement())

    @api.model
    def _of_orders(self, ids):
        """Return ``{order id: version}``, in one statement."""
        return self._versions(True, ids)

    @api.model
    def _of_notices(self, ids):
        """Return ``{notice id: version}``, in one statement."""
        return self._versions(False, ids)

    def _versions(self, of_orders, ids):
        if not ids:
            return {}
        self.env.flush_all()
        return dict(self.env.execute_query(SQL(
            "SELECT i, version FROM gendan_versions(%s, %s, %s)", of_orders, list(ids),
            fields.Datetime.now())))

    def _statement(self):
        rows = SQL(" UNION ALL ").join(
            [*self._rows(ROWS), SQL("SELECT i, 'notice' || v FROM notice"), self._time_row()])
        deputies = SQL("SELECT 'gendan_deputy' || t.ctid || t.xmin || (t.date_from <= at) "
                       "FROM gendan_deputy t WHERE t.date_to > at")
        return SQL(
            """
            WITH RECURSIVE root AS MATERIALIZED (
                SELECT id AS i, id AS oid, notice_id AS nid, partner_id AS pid,
                       revision_id AS rid, ctid, xmin
                  FROM sale_order WHERE of_orders AND id = ANY(ids) UNION ALL
                SELECT n.id, o.id, n.id, o.partner_id, o.revision_id, o.ctid, o.xmin
                  FROM gendan_production_notice n LEFT JOIN sale_order o ON o.id = n.order_id
                 WHERE NOT of_orders AND n.id = ANY(ids)
            ), notice AS MATERIALIZED (
                SELECT root.i, t.revision_id AS rid, t.stock_check_id, ROW(%(read)s)::text AS v
                  FROM root JOIN gendan_production_notice t ON t.id = root.nid
            ), notice_line AS MATERIALIZED (
                SELECT root.i, l.id, l.ctid, l.xmin FROM root
                  JOIN gendan_production_notice_line l ON l.notice_id = root.nid
            ), need AS MATERIALIZED (
                SELECT root.i, d.id, d.product_id, d.ctid, d.xmin FROM root
                  JOIN gendan_need d ON d.notice_id = root.nid
            ), part AS MATERIALIZED (
                SELECT need.i, a.purchase_line_id, a.ctid, a.xmin FROM need
                  JOIN gendan_purchase_allocation a ON a.need_id = need.id
            ), carton AS MATERIALIZED (
                SELECT l.i, c.id, c.ctid, c.xmin FROM notice_line l
                  JOIN gendan_carton_specification c ON c.notice_line_id = l.id
            ), sheet AS MATERIALIZED (
                SELECT root.i, s.id, s.ctid, s.xmin FROM root
                  JOIN gendan_check_sheet s ON s.notice_id = root.nid
            ), run AS MATERIALIZED (
                SELECT root.i, p.id, p.ctid, p.xmin FROM root
                  JOIN mrp_production p ON p.notice_id = root.nid
            ), shipping AS MATERIALIZED (
                SELECT root.i, s.id, s.ctid, s.xmin FROM root
                  JOIN gendan_shipping_notice s ON s.notice_id = root.nid
            ), goods AS MATERIALIZED (
                SELECT i, product_id FROM need UNION
                SELECT root.i, l.product_id FROM root JOIN sale_order_line l ON l.order_id = oid
                 WHERE l.product_id IS NOT NULL
            ), %(role)s
            SELECT i, md5(%(house)s || STRING_AGG(v, ' ' ORDER BY v COLLATE "C"))
              FROM (%(rows)s) seen (i, v)
          GROUP BY i
            """, rows=rows, read=self._read_of_notice(), house=self._house(deputies),
            role=self._role())

    def _read_of_notice(self):
        """Return the columns of a notice, without what its own milestones leave there."""
        return SQL(", ").join(
            SQL.identifier("t", name) for name, field in sorted(
                self.env["gendan.production.notice"]._fields.items())
            if field.store and field.column_type and name not in OWN)

    def _time_row(self):
        """Return what changes by the clock alone: who stands in for whom now."""
        return SQL(
            """SELECT root.i, 'gendan_assignment' || t.ctid || t.xmin || (
                      t.date_from <= at AND (t.date_to IS NULL OR t.date_to > at))
                 FROM root JOIN gendan_assignment t ON t.order_id = root.oid""")
