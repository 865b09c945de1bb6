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

    def write(self, vals):
        """Let the next merchandiser take over what is open, as an order's is handed over."""
        result = super().write(vals)
        if "merchandiser_id" in vals:
            # what is asked of the one before is the system's to move
            self.env["gendan.task"].sudo()._hand_to_showroom(self.sudo())
            self.request_ids.sudo()._remind_next_merchandiser()
        return result

    def _serving(self):
        """Return the merchandiser of each showroom and who stands in for him now.

        Whose merchandiser has left is served by the plan manager, until he names another.
        """
        in_charge = self.sudo().merchandiser_id.filtered("active")
        deputies = self.env["gendan.deputy"].sudo()._deputies_of(
            in_charge, fields.Datetime.now())
        left = self.filtered(lambda showroom: not showroom.sudo().merchandiser_id.active)
        planners = (self.env["res.users"]._users_of_role("plan_manager", company)
                    for company in left.sudo().company_id)
        return in_charge.union(deputies.deputy_id, *planners)

    def _in_charge(self):
        """Return the one person of whom something is asked for this showroom."""
        self.ensure_one()
        return self.sudo().merchandiser_id.filtered("active") or self._serving()[:1]

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
