from odoo import api, fields, models
from odoo.tools import ormcache

from .forgetting import forget_cached
from .gate_mixin import Gate


class ResCompany(models.Model):
    _inherit = "res.company"

    uses_gendan = fields.Boolean(
        "Uses 跟单", default=False,
        help="While on, every gate of order follow-up holds in this company (X20).")
    gendan_tz = fields.Char(
        "Company timezone", default="Asia/Shanghai", required=True,
        help="All day rules are judged in it, whatever the user's own timezone (X1).")
    badge_minutes = fields.Integer(
        "Minutes with one badge", default=30, required=True,
        help="How long a shared phone stays with a person before it asks for the badge again.")
    cutover_closed_at = fields.Datetime("Cut-over closed at", readonly=True)
    cutover_closed_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    release_rounding = fields.Boolean(
        "Round a release up to full cartons", default=True,
        help="Only with the salesperson's consent (D2.4).")
    reshelf_share = fields.Float(
        "Default remaining shelf life", default=2 / 3, help="Used where a customer has none (D2.2)."
    )

    _badge_minutes = models.Constraint(
        "CHECK (badge_minutes BETWEEN 1 AND 720)",
        "A badge holds a device for at least a minute and at most a shift of 12 hours.")

    def write(self, vals):
        """Log who switched order follow-up on or off (X20)."""
        switched = self.browse()
        if "uses_gendan" in vals:
            switched = self.filtered(lambda c: c.uses_gendan != bool(vals["uses_gendan"]))
        result = super().write(vals)
        if vals.keys() & {"uses_gendan", "gendan_tz"}:
            forget_cached(self.env)
        for company in switched:
            self.env["gendan.audit"]._note(
                "setting", Gate("company.switch", "X20"), company,
                self.env._("Order follow-up switched on") if company.uses_gendan
                else self.env._("Order follow-up switched off"))
        if switched.filtered("uses_gendan"):
            switched.filtered("uses_gendan")._gendan_switched_on()
        return result

    @api.model_create_multi
    def create(self, vals_list):
        """A company may begin with the switch on (X20)."""
        companies = super().create(vals_list)
        forget_cached(self.env)
        return companies

    @api.model
    @ormcache()
    def _timezones_on(self):
        """Return ``{id: timezone}`` of the companies that use 跟单: every gate asks."""
        companies = self.sudo().with_context(active_test=False).search(
            [("uses_gendan", "=", True)])
        return {company.id: company.gendan_tz for company in companies}

    @api.model
    @ormcache()
    def _one_timezone(self):
        """Return the timezone of all companies, False where they have several."""
        zones = self.sudo().with_context(active_test=False)._read_group([], ["gendan_tz"])
        return len(zones) == 1 and zones[0][0]

    def _gendan_switched_on(self):
        """Prepare these companies: outgoing goods are reserved by the stock check only."""
        self.env["stock.picking.type"].search([
            ("company_id", "in", self.ids), ("code", "=", "outgoing"),
        ]).reservation_method = "manual"
