from odoo import api, fields, models


class Showroom(models.Model):
    """店面: where samples are shown, who sells there, and which merchandiser serves it (D9)."""

    _name = "gendan.showroom"
    _inherit = ["gendan.reckoned.mixin", "gendan.turn.mixin"]
    _description = "Showroom"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, index=True,
                                 default=lambda self: self.env.company)
    location_id = fields.Many2one(
        "stock.location", "Shelf", required=True, check_company=True, ondelete="restrict",
        domain=[("usage", "=", "internal")],
        help="Outside the warehouse: what lies here is no stock for orders.")
    partner_id = fields.Many2one("res.partner", "Customer of its orders", ondelete="restrict",
                                 check_company=True)
    salesperson_ids = fields.Many2many(
        "res.users", string="Showroom salespeople", domain=[("share", "=", False)])
    merchandiser_id = fields.Many2one(
        "res.users", required=True, ondelete="restrict", domain=[("share", "=", False)],
        help="Brings the samples, asked and unasked (D9.4, D9.5).")
    minimum_ids = fields.One2many("gendan.showroom.minimum", "showroom_id", "Sample stock")
    request_ids = fields.One2many("gendan.sample.request", "showroom_id", "Sample requests")
    short_count = fields.Integer("Below minimum", compute="_compute_short_count")

    @api.depends("minimum_ids.is_short")
    def _compute_short_count(self):
        for showroom in self:
            showroom.short_count = len(showroom.minimum_ids.filtered("is_short"))

    def _serving(self):
        """Return the merchandiser of each showroom and who stands in for him now."""
        in_charge = self.sudo().merchandiser_id.filtered("active")
        deputies = self.env["gendan.deputy"].sudo()._deputies_of(
            in_charge, fields.Datetime.now())
        return in_charge | deputies.deputy_id

    def _selling(self):
        """Return the salespeople of each showroom and who stands in for them now."""
        sellers = self.sudo().salesperson_ids.filtered("active")
        deputies = self.env["gendan.deputy"].sudo()._deputies_of(sellers, fields.Datetime.now())
        return sellers | deputies.deputy_id

    def _of_user(self):
        """Return the showrooms in which the present user sells, else those of his company."""
        showrooms = self.search([("company_id", "=", self.env.company.id)])
        mine = showrooms.filtered(lambda showroom: self.env.user in showroom._selling())
        return mine or showrooms
