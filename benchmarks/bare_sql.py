"""What a database person would write for the first screen of each report, on the tables alone.

Same period, same grouping, same figures, and names where the screen has names; no translation.
"""

import re

STATEMENTS = {
    "delivery": """
        WITH line AS (
            SELECT n.id, n.delivery_date, l.quantity, SUM(s.quantity) AS gone,
                   SUM(s.quantity) FILTER (WHERE DAY(h.shipped_at)
                       <= COALESCE(n.first_promise, n.delivery_date)) AS first,
                   COALESCE(n.first_promise, n.delivery_date) AS promised
              FROM gendan_production_notice n
              JOIN gendan_production_notice_line l ON l.notice_id = n.id AND l.quantity > 0
         LEFT JOIN (gendan_shipping_notice_line s
              JOIN gendan_shipping_notice h ON h.id = s.shipping_id AND h.state = 'shipped')
                ON s.notice_line_id = l.id
             WHERE n.valid_at IS NOT NULL AND n.state <> 'cancel'
               AND n.delivery_date >= %(since)s
          GROUP BY n.id, l.id
        ), verdict AS (
            SELECT id, delivery_date, CASE
                   WHEN BOOL_OR(COALESCE(first, 0) < quantity
                        AND (promised < current_date OR gone >= quantity)) THEN 0
                   WHEN BOOL_AND(first >= quantity) THEN 1 END AS in_time
              FROM line GROUP BY id, delivery_date)
        SELECT date_trunc('month', delivery_date), 100.0 * AVG(in_time)
          FROM verdict GROUP BY 1 ORDER BY 1""",
    "lateness": """
        WITH step AS (
            SELECT m.notice_id, m.code, m.sequence, m.id,
                   GREATEST(COALESCE(m.actual, CASE WHEN n.state IN ('draft', 'valid', 'released')
                       THEN current_date END) - m.planned, 0) AS late
              FROM gendan_milestone m JOIN gendan_production_notice n ON n.id = m.notice_id
             WHERE n.state <> 'cancel' AND m.status <> 'none' AND n.delivery_date >= %(since)s
        ), lost AS (
            SELECT code, GREATEST(late - COALESCE(MAX(late) OVER (
                       PARTITION BY notice_id ORDER BY sequence, id
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0), 0) AS days
              FROM step)
        SELECT code, SUM(days) FROM lost WHERE days > 0 GROUP BY code ORDER BY code""",
    "stage": """
        WITH moment AS (
            SELECT n.submitted_at, n.verified_at, n.valid_at, n.released_at, made.at AS made_at,
                   CASE WHEN n.state = 'done' THEN gone.at END AS gone_at
              FROM gendan_production_notice n
         LEFT JOIN (SELECT notice_id, MAX(date_finished) AS at FROM mrp_production
                     WHERE notice_id IS NOT NULL AND state = 'done' GROUP BY notice_id) made
                ON made.notice_id = n.id
         LEFT JOIN (SELECT notice_id, MAX(shipped_at) AS at FROM gendan_shipping_notice
                     WHERE state = 'shipped' GROUP BY notice_id) gone ON gone.notice_id = n.id
        ), part AS (
            SELECT 1 AS stage, submitted_at AS began, verified_at AS ended FROM moment
             UNION ALL SELECT 2, verified_at, valid_at FROM moment
             UNION ALL SELECT 3, valid_at, released_at FROM moment
             UNION ALL SELECT 4, released_at, made_at FROM moment
             UNION ALL SELECT 5, made_at, gone_at FROM moment)
        SELECT stage, AVG(EXTRACT(EPOCH FROM ended - began) / 3600)
          FROM part WHERE ended >= began AND DAY(ended) >= %(since)s
      GROUP BY stage ORDER BY stage""",
    "workload": """
        SELECT u.id, p.name,
               CASE WHEN o.is_followed IS NOT TRUE THEN '5_done'
                    WHEN DAY(o.commitment_date) < TODAY THEN '1_overdue'
                    WHEN n.is_at_risk OR n.is_late THEN '2_risk'
                    WHEN DAY(o.commitment_date) <= TODAY + 7 THEN '3_soon'
                    ELSE '4_normal' END AS situation, COUNT(*)
          FROM sale_order o
     LEFT JOIN gendan_production_notice n ON n.id = o.notice_id
          JOIN res_users u ON u.id = o.merchandiser_id
          JOIN res_partner p ON p.id = u.partner_id
         WHERE o.state <> 'cancel' AND n.state IS DISTINCT FROM 'cancel' AND o.company_id = 1
           AND (o.is_followed OR DAY(o.commitment_date) >= %(since)s)
      GROUP BY u.id, p.name, situation ORDER BY p.name, situation""",
    "packaging": """
        SELECT p.id, COALESCE(tried.number, 0)
          FROM product_product p
          JOIN product_template t ON t.id = p.product_tmpl_id AND t.packaging_kind IS NOT NULL
          JOIN (SELECT product_id, SUM(quantity) AS number FROM stock_quant q
                  JOIN stock_location s ON s.id = q.location_id AND s.usage = 'internal'
              GROUP BY product_id) lying ON lying.product_id = p.id
     LEFT JOIN (SELECT d.product_id, SUM(d.gross) FILTER (
                           WHERE n.state IN ('draft', 'valid', 'released')) AS number
                  FROM gendan_need d JOIN gendan_production_notice n ON n.id = d.notice_id
                 WHERE d.kind <> 'raw' AND n.state <> 'cancel'
              GROUP BY d.product_id) wanted ON wanted.product_id = p.id
     LEFT JOIN (SELECT d.product_id, COUNT(DISTINCT a.id) AS number FROM gendan_audit a
                  JOIN LATERAL jsonb_array_elements_text(a.res_ids::jsonb) AS one (id) ON TRUE
                  JOIN gendan_need d ON d.id = one.id::int
                 WHERE a.kind = 'refused' AND a.gate = 'need.limit'
              GROUP BY d.product_id) tried ON tried.product_id = p.id
         WHERE lying.number > COALESCE(wanted.number, 0)""",
    "refusal": """
        SELECT split_part(gate, '.', 1), COUNT(*) FROM gendan_audit
         WHERE kind = 'refused' AND company_id_int = 1 AND DAY(occurred_at) >= %(since)s
      GROUP BY 1 ORDER BY 1""",
    "first.article": """
        SELECT s.workcenter_id, AVG(CASE WHEN a.decision IN ('accepted', 'ended')
                                         THEN 100.0 ELSE 0 END)
          FROM gendan_first_article a JOIN gendan_check_sheet s ON s.id = a.sheet_id
         WHERE DAY(a.decided_at) >= %(since)s GROUP BY s.workcenter_id""",
    "output": """
        SELECT date_trunc('week', DAY(p.date_finished)),
               SUM(p.qty_producing / COALESCE(NULLIF(l.packs_per_carton, 0), 1))
          FROM mrp_production p
     LEFT JOIN gendan_production_notice_line l ON l.id = p.notice_line_id
         WHERE p.state = 'done' AND p.notice_id IS NOT NULL
           AND DAY(p.date_finished) >= %(since)s
      GROUP BY 1 ORDER BY 1""",
    "loading": """
        SELECT h.container_type_id, 100 * SUM(r.loaded_volume) / SUM(t.volume)
          FROM gendan_loading_report r
          JOIN gendan_shipping_notice h ON h.id = r.shipping_id
     LEFT JOIN gendan_container_type t ON t.id = h.container_type_id
         WHERE r.state = 'closed' AND DAY(r.closed_at) >= %(since)s
      GROUP BY h.container_type_id""",
    "shipping": """
        SELECT u.id, p.name, COUNT(*) FILTER (WHERE h.is_same_day)
          FROM gendan_shipping_notice h
     LEFT JOIN (res_users u JOIN res_partner p ON p.id = u.partner_id) ON u.id = h.salesperson_id
         WHERE h.submitted_at IS NOT NULL AND h.ship_date >= %(since)s AND h.company_id = 1
      GROUP BY u.id, p.name ORDER BY 2""",
    "driver": """
        SELECT COALESCE(a.driver_id, d.driver_id), AVG(a.score)
          FROM (SELECT driver_id, month, CASE WHEN is_scored THEN score END AS score
                  FROM gendan_driver_appraisal WHERE state <> 'revised') a
     FULL JOIN (SELECT t.driver_id, date_trunc('month', t.day)::date AS month, COUNT(*),
                       COUNT(*) FILTER (WHERE s.late_minutes <= 0)
                  FROM gendan_dispatch t
             LEFT JOIN gendan_dispatch_stop s ON s.dispatch_id = t.id
                 WHERE driver_id IS NOT NULL AND departed_at IS NOT NULL
              GROUP BY 1, 2) d ON d.driver_id = a.driver_id AND d.month = a.month
         WHERE COALESCE(a.month, d.month) >= %(since)s GROUP BY 1""",
    "sample": """
        SELECT date_trunc('month', DAY(received_at)), AVG(DAY(received_at)
               - DAY(requested_at))
          FROM gendan_sample_request
         WHERE state = 'received' AND DAY(received_at) >= %(since)s GROUP BY 1""",
}
# DAY(moment) is the date of a UTC moment where the factory stands, TODAY the present one
BARE = {name: re.sub(
    r"DAY\(([\w.]+)\)", r"((\1 AT TIME ZONE 'UTC') AT TIME ZONE 'Asia/Shanghai')::date", statement
    ).replace("TODAY", "(now() AT TIME ZONE 'Asia/Shanghai')::date")
    for name, statement in STATEMENTS.items()}
