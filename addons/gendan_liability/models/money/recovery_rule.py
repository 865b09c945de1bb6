from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.gendan_followup.calc.working_time import company_date


class RecoveryRule(models.Model):
    """What a region allows, with its source and date (L-G7, A33).

    Without such a rule a decided amount is an appraisal figure (绩效) and nothing else.
    """

    _name = "gendan.recovery.rule"
    _description = "Recovery rule of a region"
    _order = "region_id, date_from desc, id desc"

    region_id = fields.Many2one("res.country.state", required=True, index=True,
                                ondelete="restrict")
    date_from = fields.Date("In force from", required=True, index=True)
    allows_recovery = fields.Boolean("Allows recovery from wages")
    ceiling_percent = fields.Float("At most % of the month's wage", digits=(6, 2), default=20)
    minimum_wage = fields.Float("Minimum wage a month", digits=(16, 2), required=True)
    source = fields.Char(required=True,
                         help="Law, article and place where it was read.")
    source_date = fields.Date("Read on", required=True)

    _ceiling = models.Constraint(
        "CHECK (ceiling_percent BETWEEN 0 AND 20 AND minimum_wage >= 0)",
        "工资支付暂行规定 Art. 16: at most 20 % of the month's wage.")
    _one_a_day = models.Constraint("UNIQUE (region_id, date_from)",
                                   "This region has a rule from that day already.")

    @api.depends("region_id", "date_from")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = f"{rule.region_id.name or ''} {rule.date_from or ''}"

    @api.model
    def _in_force(self, company, at):
        """Return the rule of the company's region at a moment, empty if there is none.

        :param datetime at: naive UTC
        """
        if not company.recovery_region_id:
            return self.browse()
        return self.search(
            Domain("region_id", "=", company.recovery_region_id.id)
            & Domain("date_from", "<=", company_date(at, company.gendan_tz)),
            order="date_from desc", limit=1)

    def write(self, vals):
        """Refuse: months were reckoned under it.

        :raise UserError: unless nothing is written
        """
        if not vals or not self:
            return super().write(vals)
        raise UserError(self.env._(
            "The rule %s is not rewritten: enter a new one from its own date on.",
            self[0].display_name))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The rule %s is kept: months were reckoned under it.",
                                   self[0].display_name))
