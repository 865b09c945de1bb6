from odoo import fields, models

from ...calc.load_plan import NOTHING, Load, exact
from ..foundation.gate_mixin import Unmet, gate

TICKS = ("product_ok", "mark_ok", "lot_ok")


class LoadingLine(models.Model):
    """One sort of goods in a load: is it the right one, and how many (D6.3, D6.4)."""

    _name = "gendan.loading.line"
    _inherit = ["gendan.reckoned.mixin", "gendan.gate.mixin"]
    _description = "Goods of a loading report"
    _order = "report_id, id"
    _rec_name = "product_id"

    report_id = fields.Many2one("gendan.loading.report", required=True, readonly=True, index=True,
                                ondelete="restrict")
    company_id = fields.Many2one(related="report_id.company_id", store=True, index=True)
    shipping_line_id = fields.Many2one("gendan.shipping.notice.line", required=True,
                                       readonly=True, index=True, ondelete="restrict")
    product_id = fields.Many2one(related="shipping_line_id.product_id", store=True)
    mark = fields.Text(related="shipping_line_id.mark")
    cartons = fields.Integer(related="shipping_line_id.cartons", string="On the notice")
    product_ok = fields.Boolean("Right product and version")
    mark_ok = fields.Boolean("Right mark")
    lot_ok = fields.Boolean("Right lot")
    my_count = fields.Integer("My count", compute="_compute_counts")
    merchandiser_count = fields.Integer(compute="_compute_counts")
    keeper_count = fields.Integer(compute="_compute_counts")
    difference = fields.Integer(compute="_compute_counts",
                                help="Merchandiser's count less the keeper's, once both are in.")
    is_revealed = fields.Boolean(related="report_id.round_id.is_revealed")

    def _compute_counts(self):
        for line in self:
            present = line.report_id.sudo().round_id
            tallies = present.tally_ids.filtered(lambda t: t.line_id == line)
            line.my_count = tallies._own()[-1:].cartons
            # blind until both are in
            seen = tallies if present.is_revealed else tallies.browse()
            line.merchandiser_count = seen._of_side("merchandiser").cartons
            line.keeper_count = seen._of_side("keeper").cartons
            line.difference = line.merchandiser_count - line.keeper_count

    def write(self, vals):
        """Tick what was looked at, as the supervisor, while loading."""
        if vals.keys() - set(TICKS) and not self.env.su:
            self.env["gendan.audit"]._refuse(
                self._gate_of("_gate_tick"), self,
                self.env._("The lines of a loading report are those of the notice."))
        self._pass_gate("_gate_tick")
        return super().write(vals)

    @gate("loading.tick", "D6.3")
    def _gate_tick(self):
        """Ticked by the supervisor while it is being loaded."""
        unmet = self.report_id._gate_supervise()
        result = {}
        for line in self:
            conditions = list(unmet.get(line.report_id.id, []))
            if line.report_id.state in ("closed", "cancel"):
                conditions.append(Unmet("closed", line.report_id._locked_message(), ""))
            result[line.id] = conditions
        return result

    def _tick_conditions(self):
        """Return what of these goods was not looked at (D6.3)."""
        self.ensure_one()
        missing = [self._fields[name]._description_string(self.env) for name in TICKS
                   if not self[name]]
        return [Unmet("tick", self.env._("%(product)s not ticked: %(points)s",
                                         product=self.product_id.display_name,
                                         points=", ".join(missing)),
                      self.env._("look at the goods"))] if missing else []

    def _counted_load(self):
        """Return what the supervisor's count of this line takes."""
        self.ensure_one()
        asked = self.shipping_line_id
        count = self.report_id.round_id.tally_ids.filtered(
            lambda t: t.line_id == self)._of_side("merchandiser").cartons
        if not asked.cartons:
            return NOTHING
        part = exact(count) / exact(asked.cartons)
        return Load(count, (exact(round(asked.volume, 4)) * part).quantize(exact("0.0001")),
                    (exact(round(asked.weight, 2)) * part).quantize(exact("0.01")))
