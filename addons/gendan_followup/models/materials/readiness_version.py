from odoo import api, fields, models
from odoo.tools import SQL

from ..foundation.row_version import NEEDED

# table → where its rows hang on the root: ``i`` a line of a notice, ``nid`` its notice. One
# entry for every table that the light of a line reads; a test looks for more
ROWS = (
    *NEEDED,
    ("gendan_production_notice_line", "JOIN gendan_production_notice_line t ON t.id = root.i"),
    ("gendan_need", "JOIN need t ON t.i = root.i"),
    ("gendan_eta_enquiry", """JOIN need ON need.i = root.i
        JOIN gendan_eta_enquiry t ON t.need_id = need.id"""),
    # a purchase line is shared among all needs that it serves, those of others too
    ("gendan_purchase_allocation", """JOIN bought ON bought.i = root.i
        JOIN gendan_purchase_allocation t ON t.purchase_line_id = bought.id"""),
    ("purchase_order_line", """JOIN bought ON bought.i = root.i
        JOIN purchase_order_line t ON t.id = bought.id"""),
    ("purchase_order", """JOIN bought ON bought.i = root.i JOIN purchase_order_line l
        ON l.id = bought.id JOIN purchase_order t ON t.id = l.order_id"""),
    ("gendan_over_delivery", """JOIN bought ON bought.i = root.i
        JOIN gendan_over_delivery t ON t.purchase_line_id = bought.id"""),
    ("stock_move", "JOIN move t ON t.i = root.i"),
    ("stock_move_line", "JOIN came t ON t.i = root.i"),
    ("stock_picking", """JOIN (SELECT DISTINCT i, picking_id FROM came) c ON c.i = root.i
        JOIN stock_picking t ON t.id = c.picking_id"""),
    ("receipt_sheet", """JOIN (SELECT DISTINCT i, picking_id FROM came) c ON c.i = root.i
        JOIN gendan_check_sheet t ON t.picking_id = c.picking_id"""),
    ("stock_lot", """JOIN lot ON lot.i = root.i JOIN stock_lot t ON t.id = lot.id"""),
    ("stock_quant", """JOIN lot ON lot.i = root.i JOIN stock_quant t ON t.lot_id = lot.id"""),
    ("lot_move", """JOIN lot ON lot.i = root.i JOIN stock_move_line t ON t.lot_id = lot.id"""),
    ("gendan_check_sheet", """JOIN lot ON lot.i = root.i
        JOIN gendan_check_sheet t ON t.lot_id = lot.id"""),
    ("gendan_capability_enquiry", "JOIN asked t ON t.i = root.i"),
)
# lines that one worker remembers: some four megabytes
REMEMBERED = 4096


class ReadinessVersion(models.AbstractModel):
    """As of when a line of a notice was judged; what was judged is remembered meanwhile."""

    _name = "gendan.readiness.version"
    _inherit = "gendan.row.version"
    _description = "Version of what a line waits for"

    def init(self):
        """Write the statement as a function, see `_define`."""
        self._define("gendan_readiness_versions", "ids int[], at timestamp", self._statement())

    @api.model
    def _readiness(self, lines):
        """Return ``{line id: Readiness}``, judged anew where any row has moved.

        What is remembered belongs to one version of all that was read, the day in it, one
        language and one company.
        """
        rows = self._ask(SQL("SELECT * FROM gendan_readiness_versions(%s, %s)", list(lines.ids),
                             fields.Datetime.now())) if lines else []
        if rows is None:
            return lines._readiness()
        kept, found, missing = self._memory(REMEMBERED), {}, {}
        of_reader = (self.env.company.id, self.env.lang)
        for id_, version, _has_written in rows:
            of_version, readiness = kept.get((id_, *of_reader), (None, None))
            if of_version == version:
                found[id_] = readiness
            else:
                missing[id_] = version
        # what the caller's screen adds to the context is no part of what is remembered
        plain = lines.env(context={
            name: self.env.context[name] for name in ("lang", "tz", "allowed_company_ids")
            if name in self.env.context})
        anew = lines.browse(missing).with_env(plain)
        for id_, readiness in (anew._readiness() if anew else {}).items():
            found[id_] = readiness
            kept[(id_, *of_reader)] = missing[id_], readiness
        return found

    def _statement(self):
        # a recipe is frozen on its line; which materials are special is asked of all
        special = SQL("SELECT 'special' || t.ctid || t.xmin FROM product_template t "
                      "WHERE t.is_special_material")
        rows = SQL(" UNION ALL ").join(
            [*self._rows(ROWS), self._notice_rows(), self._day_rows()])
        return SQL(
            """
            WITH RECURSIVE root AS MATERIALIZED (
                SELECT id AS i, notice_id AS nid, product_id
                  FROM gendan_production_notice_line WHERE id = ANY(ids)
            ), need AS MATERIALIZED (
                SELECT root.i, d.id, d.product_id, d.ctid, d.xmin FROM root
                  JOIN gendan_need d ON d.notice_line_id = root.i
            ), bought AS MATERIALIZED (
                SELECT DISTINCT need.i, a.purchase_line_id AS id FROM need
                  JOIN gendan_purchase_allocation a ON a.need_id = need.id
            ), move AS MATERIALIZED (
                SELECT bought.i, m.id, m.ctid, m.xmin FROM bought
                  JOIN stock_move m ON m.purchase_line_id = bought.id
            ), came AS MATERIALIZED (
                SELECT move.i, r.lot_id, r.picking_id, r.ctid, r.xmin FROM move
                  JOIN stock_move_line r ON r.move_id = move.id
            ), lot AS MATERIALIZED (
                SELECT DISTINCT i, lot_id AS id FROM came WHERE lot_id IS NOT NULL
            ), carton AS MATERIALIZED (
                SELECT root.i, c.id, c.ctid, c.xmin FROM root
                  JOIN gendan_carton_specification c ON c.notice_line_id = root.i
            ), asked AS MATERIALIZED (
                SELECT root.i, e.notice_id, e.ctid, e.xmin FROM root
                  JOIN gendan_production_notice_line l ON l.product_id = root.product_id
                  JOIN gendan_capability_enquiry e ON e.notice_line_id = l.id
            ), goods AS MATERIALIZED (
                SELECT i, product_id FROM need UNION SELECT i, product_id FROM root
            ), %(role)s
            SELECT i, md5(%(house)s || STRING_AGG(v, ' ' ORDER BY v)) FROM (%(rows)s) seen (i, v)
          GROUP BY i
            """, rows=rows, house=self._house(special), role=self._role())

    def _notice_rows(self):
        """Return what a light says of notices: number and persons, which hardly ever change."""
        return SQL(
            """
            SELECT root.i, CONCAT_WS(' ', 'notice', t.id, t.name, t.merchandiser_id,
                                     t.salesperson_id, t.company_id)
              FROM (SELECT i, nid FROM root UNION SELECT i, notice_id FROM asked) root
              JOIN gendan_production_notice t ON t.id = root.nid
            """)

    def _day_rows(self):
        """Return the day of the company of each line: a promise is late the day after (X1)."""
        return SQL(
            """
            SELECT root.i, 'day' || (
                       (at AT TIME ZONE 'UTC') AT TIME ZONE COALESCE(c.gendan_tz, 'UTC'))::date
              FROM root JOIN gendan_production_notice_line l ON l.id = root.i
         LEFT JOIN res_company c ON c.id = l.company_id
            """)
