from odoo import api, fields, models

from ..foundation.gate_mixin import Unmet


class LoadingRound(models.Model):
    """One counting by both sides; a difference is counted anew in the next one (D6.4)."""

    _name = "gendan.loading.round"
    _inherit = ["gendan.system.mixin"]
    _description = "Count of a load"
    _order = "report_id, number"
    _rec_name = "number"

    report_id = fields.Many2one("gendan.loading.report", required=True, readonly=True, index=True,
                                ondelete="restrict")
    number = fields.Integer(required=True, readonly=True)
    is_revealed = fields.Boolean("Both are in", readonly=True)
    revealed_at = fields.Datetime(readonly=True)
    tally_ids = fields.One2many("gendan.loading.tally", "round_id", "Tallies", readonly=True)

    _one = models.Constraint("UNIQUE (report_id, number)", "That count exists already.")

    @api.depends("report_id.name", "number")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.report_id.name} #{row.number}"

    def _reveal_when_both(self):
        """Show both counts to both sides once every line has both."""
        for row in self.sudo():
            lines = row.report_id.line_ids
            both = lines and all(
                row.tally_ids.filtered(lambda t: t.line_id == line)._of_side(side)
                for line in lines for side in ("merchandiser", "keeper"))
            if both and not row.is_revealed:
                row.write({"is_revealed": True, "revealed_at": fields.Datetime.now()})

    def _conditions(self):
        """Return what keeps this count from being the last one (D6.4)."""
        if not self:
            return [Unmet("count", self.env._("nothing was counted"), "")]
        if not self.is_revealed:
            return self._missing_conditions()
        conditions = []
        for line in self.report_id.line_ids:
            mine, theirs = (self.tally_ids.filtered(lambda t: t.line_id == line)
                            ._of_side(side).cartons for side in ("merchandiser", "keeper"))
            if mine != theirs or mine != line.cartons:
                conditions.append(Unmet("difference", self.env._(
                    "%(product)s: merchandiser %(mine)s, keeper %(theirs)s, notice %(notice)s "
                    "cartons", product=line.product_id.display_name, mine=mine, theirs=theirs,
                    notice=line.cartons),
                    self.env._("count again, or the salesperson corrects the notice first")))
        return conditions

    def _missing_conditions(self):
        """Say who has not counted yet, and nothing of what the other one has counted."""
        self.ensure_one()
        conditions = []
        for side, who in (("merchandiser", self.report_id.supervisor_id.name),
                          ("keeper", self.report_id.keeper_id.name)):
            counted = all(self.tally_ids.filtered(lambda t: t.line_id == line)._of_side(side)
                          for line in self.report_id.line_ids)
            if not counted:
                conditions.append(Unmet(
                    f"tally_{side}", self.env._("%s has not counted yet", who or side),
                    self.env._("enter the tally")))
        return conditions
