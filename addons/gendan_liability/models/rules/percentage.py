from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.gendan_followup.calc.working_time import company_date

from ...calc.apportionment import Percentages, exact

WORTH = ("full", "primary", "joint", "half", "unspecified")


class LiabilityPercentage(models.Model):
    """What the words of the text are worth from a date on (A26, A28).

    A version is never rewritten: what was decided under it names it. Another worth is a
    new version, and it counts from the day of its entry at the earliest.
    """

    _name = "gendan.liability.percentage"
    _description = "Percentages of the rules"
    _order = "date_from desc, id desc"
    _rec_name = "date_from"

    company_id = fields.Many2one("res.company", index=True, ondelete="restrict",
                                 help="Empty: for every company without a version of its own.")
    date_from = fields.Date("In force from", required=True, index=True)
    full = fields.Float("Full 全责", digits=(6, 2), required=True, default=100)
    primary = fields.Float("Primary 主要", digits=(6, 2), required=True, default=70)
    joint = fields.Float("Joint together 连带", digits=(6, 2), required=True, default=30,
                         help="Shared equally by the joint parties.")
    half = fields.Float("Half 对半", digits=(6, 2), required=True, default=50)
    unspecified = fields.Float("No word of share", digits=(6, 2), required=True, default=100)
    objection_days = fields.Integer("Working days for an objection", required=True, default=5)
    reason = fields.Char("Why", required=True)

    _range = models.Constraint(
        "CHECK (LEAST(\"full\", \"primary\", joint, half, unspecified) >= 0 "
        "AND GREATEST(\"full\", \"primary\" + joint, 2 * half, unspecified) <= 100 "
        "AND objection_days > 0)",
        "No party bears less than nothing, and all together never more than 100 %: primary and "
        "joint together, and twice the half, are at most 100.")
    _one_a_day = models.UniqueIndex("(COALESCE(company_id, 0), date_from)",
                                    "There is a version from that day already.")

    @api.depends("date_from", "primary", "joint")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "from %(date)s: %(primary)s / %(joint)s", date=version.date_from or "",
                primary=f"{version.primary:.12g}", joint=f"{version.joint:.12g}")

    @api.model
    def _in_force(self, company, at):
        """Return the version that counts for ``company`` at a moment.

        :param datetime at: naive UTC
        :raise UserError: when there is none
        """
        day = company_date(at, company.gendan_tz)
        # everybody who proposes needs the settings, whoever may read them
        version = self.sudo().search(
            Domain("company_id", "in", [company.id, False]) & Domain("date_from", "<=", day),
            order="company_id NULLS LAST, date_from desc", limit=1)
        if not version:
            raise UserError(self.env._("No percentages are in force on %s: enter a version.", day))
        return version

    def _percentages(self):
        """Return this version for `calc.apportionment`."""
        self.ensure_one()
        return Percentages(*(exact(self[name]) for name in WORTH))

    @api.model_create_multi
    def create(self, vals_list):
        """Take a new version, for the time to come.

        :raise ValidationError: for a date that has passed
        """
        versions = super().create(vals_list)
        for version in versions if self.pool.ready or not self.env.su else ():
            company = version.company_id or self.env.company
            if version.date_from < company_date(fields.Datetime.now(), company.gendan_tz):
                raise ValidationError(self.env._(
                    "%(date)s has passed: percentages change for the time to come, what was "
                    "decided stays decided.", date=version.date_from))
        return versions

    def write(self, vals):
        """Refuse: a version stays as it is.

        :raise UserError: always, except while the module itself is being updated
        """
        if not vals or not self or self.env.su and not self.pool.ready:
            return super().write(vals)
        raise UserError(self.env._(
            "The percentages %s are not rewritten, decisions refer to them: enter a new version.",
            self[0].display_name))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._(
            "The percentages %s are kept, decisions refer to them: enter a new version.",
            self[0].display_name))
