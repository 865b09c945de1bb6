from odoo import fields, models

from ...calc.working_time import company_date, utc


class ResCompany(models.Model):
    """Defaults of first article and shop floor, all open to the company (A25, D5.1–D5.5)."""

    _inherit = "res.company"

    trial_quantity = fields.Float(
        "Trial quantity", default=50.0, digits="Product Unit",
        help="Packs that may be made on a machine before the first article is accepted. 0: the "
        "sample is taken from the set-up waste and nothing is booked (D5.2).")
    trial_location_id = fields.Many2one(
        "stock.location", "Trial packs wait in", readonly=True, ondelete="restrict",
        help="Outside the stock: nobody can deliver them before the acceptance.")
    big_order_packs = fields.Integer(
        "Big order from (packs)", default=20000,
        help="Its first article has priority: the merchandiser is at the machine (D5.1).")
    first_article_rest_days = fields.Integer(
        "New first article after a rest of (days)", default=7,
        help="A machine that rested longer than this begins with a new one; 0: never (D5.1).")
    first_article_new_lot = fields.Boolean(
        "New first article for a new material lot", default=True,
        help="A start on a raw-material lot that was not there at the acceptance needs a new one "
        "(D5.1).")
    first_article_new_plan = fields.Boolean(
        "New first article after a change of plan", default=True,
        help="A start after the plan took the line to another day or machine needs a new one "
        "(D5.1).")
    patrol_rest_days = fields.Integer(
        "No patrol for (working days)", default=2,
        help="A merchandiser who has not walked for so long is shown; 0: never (D13.1).")
    patrol_repeats = fields.Integer(
        "Findings of a kind that repeat", default=3,
        help="So many in one area are flagged; 0: never (D13.2).")
    patrol_repeat_days = fields.Integer(
        "Findings repeat within (days)", default=30, help="How far back is counted (D13.2).")
    answer_hours = fields.Float(
        "Answer within (working hours)", default=2.0, required=True,
        help="Production's word on a deviation, and each way of passing a question on; then the "
        "plan manager hears of it (D5.5).")
    countersign_days = fields.Integer(
        "Countersign a phone decision within (days)", default=1,
        help="A decision by phone counts this long; then the salesperson must have signed it "
        "(D5.3).")
    photo_limit = fields.Integer(
        "Photo at most (MB)", default=10, help="Larger ones are refused; 0: no limit (X11).")

    _answer_hours = models.Constraint(
        "CHECK (answer_hours > 0)", "An answer takes more than no time.")
    _patrol_repeats = models.Constraint(
        "CHECK (patrol_repeats >= 0 AND patrol_repeat_days >= 0)",
        "Findings and days are counted from zero.")

    def _trial_location(self):
        """Return where trial packs wait for the salesperson's word; outside the stock.

        Inside the warehouse's view they would count as free (traps 7.5).
        """
        self.ensure_one()
        company = self.sudo()
        if not company.trial_location_id:
            company.trial_location_id = self.env["stock.location"].sudo().create({
                "name": self.env._("First article, not released"), "usage": "internal",
                "company_id": self.id, "is_trial_hold": True})
        return company.trial_location_id

    def _gendan_day_start(self):
        """Return when today began at the factory, as naive UTC (X1)."""
        self.ensure_one()
        today = company_date(fields.Datetime.now(), self.gendan_tz)
        return utc(today, None, self.gendan_tz)
