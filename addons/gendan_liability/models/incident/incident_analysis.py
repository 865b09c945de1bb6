from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from . import incident as base
from .incident import AMOUNTS

REPEAT_DAYS = 90
# nobody writes what the analysis stands on
RECKONED = frozenset({"rest_percent", "rest_amount", "ruled_by_id"})
# what decides which cases are of the same kind, and before which other one
REPEAT_FIELDS = frozenset({"company_id", "cause_id", "product_id", "event_at"})


class Incident(models.Model):
    """What the analysis reads of a case, kept where it changes and not reckoned at every look.

    With ten thousand cases a report is then a plain sum (L-G10).
    """

    _inherit = "gendan.incident"

    _stamps = base.Incident._stamps | {"same_before"}

    rest_percent = fields.Float("Borne by nobody %", compute="_compute_rest", store=True,
                                digits=(12, 8))
    rest_amount = fields.Monetary("Borne by nobody", compute="_compute_rest", store=True,
                                  groups=AMOUNTS, currency_field="company_currency_id")
    ruled_by_id = fields.Many2one("gendan.liability.rule", "Decided or proposed under",
                                  compute="_compute_ruled_by", store=True, index=True,
                                  ondelete="restrict")
    same_before = fields.Integer("Same within 90 days", readonly=True, copy=False, default=0,
                                 aggregator="max")

    @api.depends("loss", "share_ids.employee_id", "share_ids.percent", "share_ids.amount",
                 "decision_id.loss", "decision_id.line_ids.employee_id",
                 "decision_id.line_ids.percent", "decision_id.line_ids.share_amount")
    def _compute_rest(self):
        for incident in self:
            decision = incident.decision_id
            lines = (decision.line_ids if decision else incident.share_ids).filtered("employee_id")
            name = "share_amount" if decision else "amount"
            incident.rest_percent = max(100 - sum(lines.mapped("percent")), 0)
            incident.rest_amount = (decision.loss if decision else incident.loss) - sum(
                lines.mapped(name))

    @api.depends("leading_rule_id", "decision_id.leading_rule_id")
    def _compute_ruled_by(self):
        for incident in self:
            incident.ruled_by_id = incident.decision_id.leading_rule_id or (
                incident.leading_rule_id)

    # the like cases of some weeks are found without reading those of years
    _repeats = models.Index("(cause_id, event_at)")

    @api.model_create_multi
    def create(self, vals_list):
        """Count the like cases before it, and it with those after it."""
        incidents = super().create([
            {name: value for name, value in vals.items() if name not in RECKONED}
            for vals in vals_list])
        incidents._count_repeats(incidents._repeat_places())
        return incidents

    def write(self, vals):
        """Count anew where the case moves to another kind, product or time, or falls away."""
        if vals.keys() & RECKONED:
            raise UserError(self.env._(
                "%s: what nobody bears is reckoned, not written.", self[:1].display_name))
        if not (vals.keys() & REPEAT_FIELDS or vals.get("state") == "cancel"):
            return super().write(vals)
        places = self._repeat_places()
        result = super().write(vals)
        self._count_repeats(places + self._repeat_places())
        return result

    @api.model
    @api.readonly
    def formatted_read_group(self, domain, groupby=(), aggregates=(), having=(), offset=0,
                             limit=None, order=None):
        """Return the groups; products with the largest loss first, unless told otherwise (L-G10).

        There are many products, and sorting ten thousand cases by their names tells nobody
        anything.
        """
        if not order and list(groupby) == ["product_id"] and "loss:sum" in aggregates:
            order = "loss:sum DESC"
        return super().formatted_read_group(
            domain, groupby, aggregates, having=having, offset=offset, limit=limit, order=order)

    def _repeat_places(self):
        """Return ``[(company id, kind id, product id or None, time of the fault)]``."""
        return [(case.company_id.id, case.cause_id.id, case.product_id.id or None, case.event_at)
                for case in self.sudo() if case.cause_id and case.event_at]

    def _count_repeats(self, places):
        """Write for these cases, and the like ones after ``places``, how many came before.

        What comes later counts those of the 90 days before it, so it alone can have changed.

        :param places: as of `_repeat_places`, where a case is now or was before
        """
        self.env["gendan.incident"].flush_model([*REPEAT_FIELDS, "state"])
        companies, causes, products, moments = map(list, zip(*places, strict=True)) if (
            places) else ([], [], [], [])
        self.env.cr.execute(SQL(
            """
            WITH place AS (
                SELECT * FROM unnest(%(companies)s::int[], %(causes)s::int[], %(products)s::int[],
                    %(moments)s::timestamp[]) AS one(company_id, cause_id, product_id, event_at)
            ), touched AS (
                SELECT unnest(%(ids)s::int[]) AS id
                 UNION
                SELECT later.id FROM place
                  JOIN gendan_incident later ON later.cause_id = place.cause_id
                   AND later.company_id = place.company_id
                   AND later.product_id IS NOT DISTINCT FROM place.product_id
                   AND later.event_at BETWEEN place.event_at AND place.event_at + %(days)s::interval
            ), counted AS (
                SELECT i.id, CASE WHEN i.state = 'cancel' THEN 0 ELSE (
                    SELECT COUNT(*) FROM gendan_incident before
                     WHERE before.cause_id = i.cause_id AND before.company_id = i.company_id
                       AND before.product_id IS NOT DISTINCT FROM i.product_id
                       AND before.state <> 'cancel' AND before.id <> i.id
                       AND before.event_at BETWEEN i.event_at - %(days)s::interval AND i.event_at
                    ) END AS n
                  FROM touched JOIN gendan_incident i ON i.id = touched.id
            )
            UPDATE gendan_incident i SET same_before = counted.n FROM counted
             WHERE counted.id = i.id AND i.same_before IS DISTINCT FROM counted.n
            """, companies=companies, causes=causes, products=products, moments=moments,
            ids=self.ids, days=f"{REPEAT_DAYS} days"))
        self.env["gendan.incident"].invalidate_model(["same_before"])
