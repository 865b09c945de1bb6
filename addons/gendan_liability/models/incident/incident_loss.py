from odoo import api, fields, models
from odoo.exceptions import UserError


class IncidentLoss(models.Model):
    """One line of a loss: what, how much, in which currency, and the paper that shows it.

    A foreign amount is reckoned at the company's rate of the day of the loss, and that rate
    is kept (S09: USD 148.80 × 7.10).
    """

    _name = "gendan.incident.loss"
    _inherit = ["gendan.incident.child.mixin"]
    _description = "Loss"
    _order = "incident_id, id"
    _rec_name = "description"

    incident_id = fields.Many2one("gendan.incident", required=True, index=True,
                                  ondelete="restrict")
    company_id = fields.Many2one(related="incident_id.company_id", store=True)
    kind = fields.Selection(
        [("material", "Material"), ("rework", "Rework"), ("idle", "Standing line"),
         ("freight", "Freight"), ("claim", "Customer's claim"), ("other", "Other")],
        required=True, default="material")
    description = fields.Char(required=True)
    quantity = fields.Float(digits="Product Unit", required=True, default=1)
    price = fields.Float("Per unit", digits=(16, 4), required=True)
    currency_id = fields.Many2one("res.currency", required=True,
                                  default=lambda self: self.env.company.currency_id)
    date = fields.Date("Day of the rate", required=True,
                       default=lambda self: self.env.company._company_today())
    amount = fields.Monetary(compute="_compute_amount", store=True)
    # not from the rates: what was reckoned stays as it was when they change
    rate = fields.Float("Rate kept", digits=(16, 6), compute="_compute_rate", store=True,
                        copy=False)
    company_currency_id = fields.Many2one(related="company_id.currency_id",
                                          string="Currency of the company")
    amount_company = fields.Monetary("In company currency", compute="_compute_amount", store=True,
                                     currency_field="company_currency_id")
    evidence_ids = fields.Many2many("ir.attachment")

    _positive = models.Constraint(
        "CHECK (quantity >= 0 AND price >= 0)",
        "A loss is not negative: leave the line out instead.")

    @api.depends("currency_id", "date", "company_id")
    def _compute_rate(self):
        for line in self:
            line.rate = line.currency_id._get_conversion_rate(
                line.currency_id, line.company_currency_id, line.company_id, line.date,
            ) if line.currency_id and line.company_currency_id else 1

    @api.depends("quantity", "price", "rate", "currency_id", "company_currency_id")
    def _compute_amount(self):
        for line in self:
            line.amount = line.currency_id.round(line.quantity * line.price)
            line.amount_company = line.company_currency_id.round(line.amount * line.rate)

    @api.model_create_multi
    def create(self, vals_list):
        """Keep the company's rate of the day; no caller brings his own."""
        return super().create([
            {name: value for name, value in vals.items() if name != "rate"}
            for vals in vals_list])

    def write(self, vals):
        """Refuse a rate of one's own."""
        if "rate" in vals:
            raise UserError(self.env._("The rate of %s is the company's rate of that day.",
                                       self[:1].display_name))
        return super().write(vals)
