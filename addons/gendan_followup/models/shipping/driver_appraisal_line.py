from odoo import api, fields, models
from odoo.exceptions import UserError


class DriverAppraisalLine(models.Model):
    """Points taken off for one fact (D11.2)."""

    _name = "gendan.driver.appraisal.line"
    _inherit = ["gendan.reckoned.mixin"]
    _description = "Deduction of a driver appraisal"
    _order = "appraisal_id, id"
    _rec_name = "fact_id"

    appraisal_id = fields.Many2one("gendan.driver.appraisal", required=True, index=True,
                                   ondelete="cascade")
    fact_id = fields.Many2one("gendan.driver.fact", required=True, index=True,
                              ondelete="restrict")
    kind = fields.Selection(related="fact_id.kind")
    date = fields.Date(related="fact_id.date")
    group = fields.Selection(related="fact_id.group", store=True)
    points = fields.Integer("Points off", required=True)

    _range = models.Constraint("CHECK (points BETWEEN 0 AND 100)",
                               "A deduction is between 0 and 100 points.")
    _once = models.Constraint("UNIQUE (appraisal_id, fact_id)",
                              "A fact counts once on a sheet.")

    @api.model_create_multi
    def create(self, vals_list):
        """Take points off for a fact of this driver, that no other sheet has counted."""
        for vals in vals_list:
            if not vals.get("fact_id"):
                raise UserError(self.env._(
                    "A deduction rests on a fact: note the fact first (D11.2)."))
            if not 0 <= vals.get("points", 0) <= 100:
                raise UserError(self.env._("A deduction is between 0 and 100 points: %s",
                                           vals["points"]))
        lines = super().create(vals_list)
        lines._check_facts()
        return lines

    def write(self, vals):
        """Change a deduction of a draft."""
        self._check_prepare()
        if "points" in vals and not 0 <= vals["points"] <= 100:
            raise UserError(self.env._("A deduction is between 0 and 100 points: %s",
                                       vals["points"]))
        result = super().write(vals)
        self._check_facts()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_draft_only(self):
        self._check_prepare()

    def _check_prepare(self):
        self.appraisal_id._pass_gate("_gate_prepare")

    def _check_facts(self):
        self._check_prepare()
        for line in self.sudo():
            fact = line.fact_id
            if fact.driver_id != line.appraisal_id.driver_id:
                raise UserError(self.env._("“%(fact)s” is about %(driver)s.",
                                           fact=fact.description, driver=fact.driver_id.name))
            if fact.is_excluded:
                raise UserError(self.env._("“%(fact)s” is not counted: %(reason)s.",
                                           fact=fact.description, reason=fact.exclusion))
            if line.points > fact.points:
                raise UserError(self.env._("“%(fact)s” takes at most %(points)s points off.",
                                           fact=fact.description, points=fact.points))
            if fact._is_cited(line):
                raise UserError(self.env._("“%s” has been counted already.", fact.description))
